"""PK, SKP and Renstra beside each other with every gap and the way to mend it; the cascade down to the person."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.core.finding import Severity
from selaras.core.people.alignment import AlignCode, AlignedRow
from selaras.core.people.chain import Strand
from selaras.core.people.skp import SkpState
from selaras.store.people import me_in
from selaras.store.people_reports import AlignmentReport, Cascade, alignment_of, cascade_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import exported
from selaras.web.people.frame import PER_PAGE, address, tabs
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
"""Levels of the cascade that stand open at first; of a large one no more are shown on one page."""
MOST_ROWS = 400
MOST_BOXES = 80
"""More results than these are not drawn as one picture, which nobody could read."""


@inside(Act.EXPORT)
def alignment(request: InsideRequest) -> HttpResponse:
    """The report; `temuan` narrows it to one kind of gap."""
    place = request.place
    report = alignment_of(place.code, place.year)
    wanted = request.GET.get("temuan", "")
    rows = [row for row in report.table if not wanted or any(item.code == wanted for item in row.findings)]
    if request.GET.get("format") == "xlsx":
        heads = [_("Jabatan"), _("Indikator PK"), _("Target PK"), _("Hasil kerja SKP"), _("Indikator SKP"), _("Target SKP"),
                 _("Target Renstra"), _("Didukung"), _("Temuan")]  # fmt: skip
        return exported(request, _("Keselarasan"), heads, (_cells(report, row) for row in rows))
    counts = Counter(item.code for item in report.findings)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    held = me_in(request.actor, place.code).held
    return render(request, "people/alignment.html", {
        "tabs": tabs(request, "alignment"), "page": page, "whole": len(report.table), "wanted": wanted,
        "lines": [_line(request, report, row, held) for row in page],
        "tiles": [
            {"label": label, "value": counts[code], "url": f"?{urlencode({'temuan': code.value})}",
             "tone": "bad" if code in BAD else ""}
            for code, label in CODES.items() if counts[code]
        ],
    })  # fmt: skip


@inside(Act.EXPORT)
def cascade(request: InsideRequest) -> HttpResponse:
    """The results from the head down to the person, by positions; no name and no rating.

    `jabatan` begins at the results of one position. What is too large for one page shows its first levels, and each
    result leads to what hangs on it.
    """
    place = request.place
    found = cascade_of(place.code, place.year)
    every = [strand for top in found.strands for strand in top.walk()]
    wanted = request.GET.get("jabatan", "")
    tops = [strand for strand in every if strand.plan.position == wanted] if wanted else list(found.strands)
    if wanted and not tops:
        raise NotFound(_("Jabatan %(code)s tidak mempunyai hasil kerja.") % {"code": wanted})
    is_large = sum(1 for top in tops for _strand in top.walk()) > MOST_ROWS
    page = Paginator(tops, PER_PAGE if is_large else max(len(tops), 1)).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    deep = DEEP if is_large else None
    boxes = [_box(found, top, deep) for top in page]
    few = sum(1 for box in boxes for _box_below in box.walk()) <= MOST_BOXES
    return render(request, "people/cascade.html", {
        "tabs": tabs(request, "cascade"), "page": page, "is_large": is_large,
        "nodes": [_node(found, top, str(number), deep) for number, top in enumerate(page, page.start_index())],
        "people": len({strand.plan.code for strand in every}), "rows": len(every),
        "picture": draw(boxes, _("Hasil kerja dari pimpinan sampai pegawai")) if few else "",
        "from_title": found.titles.get(wanted, wanted), "whole_url": address(request, "cascade"),
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


def _cells(report: AlignmentReport, row: AlignedRow) -> list[Any]:
    own, line = row.row, row.line
    position = report.plans.get(own.plan, "") if own else ""
    return [
        report.titles.get(position, position), line.wording if line else "", line.target.shown() if line else "",
        own.result if own else "", own.measure if own else "", own.target_text() if own else "",
        row.strategic.value.shown() if row.strategic else "", row.below, "; ".join(item.message for item in row.findings),
    ]  # fmt: skip


def _node(found: Cascade, strand: Strand, number: str, deep: int | None) -> dict[str, Any]:
    """A result in the tree; below level `deep` what hangs on it stands on a page of its own."""
    plan, row = strand.plan, strand.row
    label, tone, icon = _state(strand)
    target = row.target_text()
    is_cut = deep is not None and number.count("-") + 1 >= deep and bool(strand.below)
    return {
        "id": number, "kind": "tujuan" if strand.depth == 0 else "pegawai",
        "kind_label": _("Tingkat %(n)s") % {"n": strand.depth + 1}, "title": row.result,
        "note": format_html(
            "{} · {}{}", found.titles.get(plan.position, plan.position), row.measure, f" · {target}" if target else ""
        ),
        "chip": chip(str(label), tone, icon), "open": strand.depth < DEEP,
        "url": f"?{urlencode({'jabatan': plan.position})}" if is_cut else "",
        "children": [
            _node(found, below, f"{number}-{index}", deep) for index, below in enumerate(strand.below, 1)
        ] if not is_cut else [],
    }  # fmt: skip


def _box(found: Cascade, strand: Strand, deep: int | None, level: int = 1) -> Box:
    """A result in the picture, with the position that carries it."""
    plan, row = strand.plan, strand.row
    label, tone, _icon = _state(strand)
    lines = [found.titles.get(plan.position, plan.position), " · ".join(filter(None, (row.measure, row.target_text())))]
    below = [] if deep is not None and level >= deep else [_box(found, item, deep, level + 1) for item in strand.below]
    return Box(row.result, [line for line in lines if line], str(label), tone if tone in LOOKS else "", below=below)


def _state(strand: Strand) -> tuple[Any, str, str]:
    """How far the plan came, but not whether it was rated."""
    early = strand.plan.state in {SkpState.DRAFT, SkpState.PROPOSED}
    return STATES[strand.plan.state if early else SkpState.AGREED]
