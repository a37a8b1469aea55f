"""PK, SKP and Renstra beside each other with every gap and the way to mend it; the cascade down to the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.access import Act
from selaras.core.board import count_words
from selaras.core.errors import NotFound
from selaras.core.finding import Severity
from selaras.core.people.alignment import AlignCode, AlignedRow
from selaras.core.people.chain import Strand
from selaras.core.people.skp import SkpState
from selaras.store.people_parts import (
    PLANS,
    TOPS,
    Extent,
    alignment_part,
    cascade_part,
    extent_of,
    unit_counts,
    unplanned,
    unplanned_part,
)
from selaras.store.people_reports import AlignmentReport, alignment_of, cascade_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import PER_PAGE, address, paged, tabs, whole_number
from selaras.web.people.papers import alignment_sent
from selaras.web.people.words import STATES
from selaras.web.templatetags.ui import chip
from selaras.web.tree_picture import LOOKS, Box, draw

CODES: dict[AlignCode, Any] = {
    AlignCode.OWNER: gettext_lazy("Tanpa pemilik"),
    AlignCode.NO_PLAN: gettext_lazy("Belum ada SKP"),
    AlignCode.CARRIED: gettext_lazy("Belum didukung bawahan"),
    AlignCode.PARENT: gettext_lazy("Tanpa induk"),
    AlignCode.TARGET: gettext_lazy("Target berbeda"),
    AlignCode.UNIT: gettext_lazy("Satuan berbeda"),
    AlignCode.WORDING: gettext_lazy("Rumusan berbeda"),
    AlignCode.RENSTRA: gettext_lazy("Target Renstra berbeda"),
}
TONES = {Severity.ERROR: ("bad", "x-circle"), Severity.WARNING: ("warn", "alert"), Severity.INFO: ("info", "info")}
BAD = frozenset({AlignCode.OWNER, AlignCode.NO_PLAN, AlignCode.TARGET, AlignCode.UNIT})
DEEP = 2
"""Levels of the cascade that stand open at first."""
MOST_ROWS = 600
MOST_ALIGNED = 600
"""More results than these are read a page at a time."""
MOST_BOXES = 80
"""More results than these are not drawn as one picture, which nobody could read."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a node of the cascade needs beside its own row: how positions are called, how many rows support each."""

    titles: Mapping[str, str]
    carried: Mapping[tuple[str, int], int]


@inside(Act.EXPORT)
def alignment(request: InsideRequest) -> HttpResponse:
    """The report; `temuan` narrows it to one kind of gap.

    With more results than one page can be about, the units are listed with what a count tells of them, and each is read
    by itself: `unit`, or `tanpa` for agreements without any SKP. The file is whole.
    """
    place, asked = request.place, request.GET
    if asked.get("format") == "xlsx":
        return alignment_sent(request, asked.get("temuan", ""))
    if "unit" in asked or "tanpa" in asked:
        return _alignment_part(request)
    extent = extent_of(place.code, place.year)
    if extent.rows + extent.lines > MOST_ALIGNED:
        return _alignment_units(request, extent)
    report = alignment_of(place.code, place.year)
    rows = _wanted(request, report)
    page = paged(request, rows, PER_PAGE)
    return _aligned(request, report, page, list(page), len(rows))


def _alignment_part(request: InsideRequest) -> HttpResponse:
    """Some SKPs of one unit, or some agreements without any SKP, read by themselves."""
    place, asked = request.place, request.GET
    number = whole_number(asked.get("halaman", ""))
    unit = asked.get("unit", "")
    if "tanpa" in asked:
        part = unplanned_part(place.code, place.year, number)
        title = _("Perjanjian kinerja tanpa SKP")
    else:
        part = alignment_part(place.code, place.year, unit, number)
        if not part.total:
            raise NotFound(_("Unit %(code)s tidak mempunyai SKP.") % {"code": unit})
        title = part.name
    rows = _wanted(request, part.report)
    page = paged(request, range(part.total), PLANS)
    return _aligned(request, part.report, page, rows, len(rows), part=part, part_title=title)


def _alignment_units(request: InsideRequest, extent: Extent) -> HttpResponse:
    """The units of a large agency with what counts tell of them."""
    place = request.place
    units = unit_counts(place.code, place.year)
    without = unplanned(place.code, place.year)
    page = paged(request, units, PER_PAGE)
    return render(request, "people/alignment_units.html", {
        "tabs": tabs(request, "alignment"), "page": page,
        "tiles": [
            {"label": _("SKP yang memuat hasil kerja"), "value": count_words(extent.plans), "icon": "users", "tone": "", "url": ""},
            {"label": _("Hasil kerja"), "value": count_words(extent.rows), "icon": "table", "tone": "", "url": ""},
            {"label": _("Hasil kerja tanpa induk"), "value": count_words(sum(item.orphans for item in units)),
             "icon": "flag", "tone": "", "url": ""},
            {"label": CODES[AlignCode.NO_PLAN], "value": count_words(without), "icon": "flag",
             "tone": "bad" if without else "", "url": "?tanpa=1" if without else ""},
        ],
        "units": [
            {
                "name": item.name, "depth": min(item.depth, 4), "plans": count_words(item.plans),
                "rows": count_words(item.rows), "orphans": item.orphans, "orphans_shown": count_words(item.orphans),
                "url": f"?{urlencode({'unit': item.unit})}",
            }
            for item in page
        ],
    })  # fmt: skip


def _wanted(request: InsideRequest, report: AlignmentReport) -> list[AlignedRow]:
    wanted = request.GET.get("temuan", "")
    return [row for row in report.table if not wanted or any(item.code == wanted for item in row.findings)]


def _aligned(
    request: InsideRequest, report: AlignmentReport, page: Page[Any], rows: list[AlignedRow], total: int, **more: Any
) -> HttpResponse:
    """The table of some rows of a report, with its gaps counted."""
    counts = Counter(item.code for item in report.findings)
    held = frozenset(position for home, position in request.actor.positions if home == request.place.code)
    kept = {name: request.GET[name] for name in ("unit", "tanpa") if name in request.GET}
    if (number := request.GET.get("halaman")) and kept:
        kept["halaman"] = number
    return render(request, "people/alignment.html", {
        "tabs": tabs(request, "alignment"), "page": page, "whole": len(report.table), "total": total,
        "wanted": request.GET.get("temuan", ""), "lines": [_line(request, report, row, held) for row in rows],
        "all_url": f"?{urlencode(kept)}" if kept else request.path,
        "tiles": [
            {"label": label, "value": counts[code], "url": f"?{urlencode({**kept, 'temuan': code.value})}",
             "tone": "bad" if code in BAD else ""}
            for code, label in CODES.items() if counts[code]
        ],
        **more,
    })  # fmt: skip


@inside(Act.EXPORT)
def cascade(request: InsideRequest) -> HttpResponse:
    """The results from the head down to the person, by positions; no name and no rating.

    `jabatan` begins at the results of one position, with `hasil` at those that support one of its results. What is too
    large for one page shows its first levels, and each result leads to what hangs on it.
    """
    place = request.place
    extent = extent_of(place.code, place.year)
    wanted, order = request.GET.get("jabatan", ""), whole_number(request.GET.get("hasil", ""))
    if extent.rows > MOST_ROWS or order:
        return _cascade_part(request, extent, wanted, order or None)
    found = cascade_of(place.code, place.year)
    every = [strand for top in found.strands for strand in top.walk()]
    tops = [strand for strand in every if strand.plan.position == wanted] if wanted else list(found.strands)
    if wanted and not tops:
        raise NotFound(_("Jabatan %(code)s tidak mempunyai hasil kerja.") % {"code": wanted})
    tree = Tree(found.titles, {})
    return _cascade(request, extent, tops, tree, first=1, from_title=found.titles.get(wanted, wanted))


def _cascade_part(request: InsideRequest, extent: Extent, wanted: str, order: int | None) -> HttpResponse:
    """Two levels of a large cascade, one page of it."""
    place = request.place
    part = cascade_part(place.code, place.year, wanted, order, whole_number(request.GET.get("halaman", "")))
    if (wanted or order) and not part.strands:
        raise NotFound(_("Jabatan %(code)s tidak mempunyai hasil kerja.") % {"code": wanted})
    title = part.titles.get(wanted, wanted)
    if order is not None and wanted:
        title = _("jabatan %(code)s nomor %(n)s") % {"code": wanted, "n": order}
    page = paged(request, range(part.total), TOPS)
    tree = Tree(part.titles, part.carried)
    return _cascade(request, extent, part.strands, tree, first=(part.page - 1) * TOPS + 1, from_title=title, page=page)


def _cascade(
    request: InsideRequest, extent: Extent, tops: Sequence[Strand], tree: Tree, *, first: int, from_title: str,
    page: Page[Any] | None = None,
) -> HttpResponse:  # fmt: skip
    boxes = [_box(tree, top) for top in tops]
    few = sum(1 for box in boxes for _box_below in box.walk()) <= MOST_BOXES
    return render(request, "people/cascade.html", {
        "tabs": tabs(request, "cascade"), "page": page, "is_large": page is not None,
        "nodes": [_node(tree, top, str(number)) for number, top in enumerate(tops, first)],
        "people": count_words(extent.plans), "rows": count_words(extent.rows),
        "picture": draw(boxes, _("Hasil kerja dari pimpinan sampai pegawai")) if few and boxes else "",
        "from_title": from_title, "whole_url": address(request, "cascade"),
    })  # fmt: skip


def _line(request: InsideRequest, report: AlignmentReport, row: AlignedRow, held: frozenset[str]) -> dict[str, Any]:
    plan = row.row.plan if row.row else ""
    position = report.plans.get(plan, "")
    return {
        "who": report.titles.get(position, position), "line": row.line, "row": row.row,
        "line_target": row.line.target.shown() if row.line else "", "row_target": row.row.target_text() if row.row else "",
        "strategic": row.strategic.value.shown() if row.strategic else "", "below": row.below,
        "findings": [(CODES.get(AlignCode(item.code), item.code), *TONES[item.severity], item.message) for item in row.findings],
        "ways": _ways(request, row, plan, mine=position in held),
    }  # fmt: skip


def _ways(request: InsideRequest, row: AlignedRow, plan: str, *, mine: bool) -> list[tuple[str, str]]:
    """Where a gap is mended: the agreement, and the own SKP with its matrix. Files of others are not linked."""
    if not row.findings:
        return []
    at = (request.place.code, request.place.year)
    ways = [(_("Perjanjian kinerja"), reverse("agreements:case", args=(*at, row.line.agreement)))] if row.line else []
    if plan and mine:
        ways.append((_("SKP"), f"{address(request, 'plan', plan)}#hasil-{row.row.order if row.row else 1}"))
        if any(item.code == AlignCode.CARRIED for item in row.findings):
            ways.append((_("Matriks peran hasil"), address(request, "matrix", plan)))
    if any(item.code in {AlignCode.OWNER, AlignCode.NO_PLAN} for item in row.findings) and not plan:
        ways.append((_("SKP saya"), address(request, "mine")))
    return ways


def _node(tree: Tree, strand: Strand, number: str) -> dict[str, Any]:
    """A result in the tree; what was not read of those that support it stands on a page of its own."""
    plan, row = strand.plan, strand.row
    label, tone, icon = _state(strand)
    target = row.target_text()
    is_cut = tree.carried.get(row.key, 0) > len(strand.below)
    return {
        "id": number, "kind": "tujuan" if strand.depth == 0 else "pegawai",
        "kind_label": _("Tingkat %(n)s") % {"n": strand.depth + 1}, "title": row.result,
        "note": format_html(
            "{} · {}{}", tree.titles.get(plan.position, plan.position), row.measure, f" · {target}" if target else ""
        ),
        "chip": chip(str(label), tone, icon), "open": strand.depth < DEEP,
        "url": f"?{urlencode({'jabatan': plan.position, 'hasil': row.order})}" if is_cut else "",
        "children": [_node(tree, below, f"{number}-{index}") for index, below in enumerate(strand.below, 1)],
    }  # fmt: skip


def _box(tree: Tree, strand: Strand) -> Box:
    """A result in the picture, with the position that carries it."""
    plan, row = strand.plan, strand.row
    label, tone, _icon = _state(strand)
    lines = [tree.titles.get(plan.position, plan.position), " · ".join(filter(None, (row.measure, row.target_text())))]
    below = [_box(tree, item) for item in strand.below]
    return Box(row.result, [line for line in lines if line], str(label), tone if tone in LOOKS else "", below=below)


def _state(strand: Strand) -> tuple[Any, str, str]:
    """How far the plan came, but not whether it was rated."""
    early = strand.plan.state in {SkpState.DRAFT, SkpState.PROPOSED}
    return STATES[strand.plan.state if early else SkpState.AGREED]
