"""The RKT of the year: its targets beside those of the Renstra and last year's results, with reasons where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import copy_targets, save_targets
from selaras.core.access import Act
from selaras.core.errors import Conflict, Refusal
from selaras.core.finding import Finding
from selaras.core.measurement.planned import deviates
from selaras.core.period import Period
from selaras.core.planning import Indicator, Node, PlanDocument, Target
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.store.measuring import figures_of
from selaras.store.reasons import reasons_of
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import SheetCell, Spot, Typed, cell, held_targets, read_cells, spots_by_name, with_typed
from selaras.web.planning.findings import about, findings_of, last_values
from selaras.web.planning.frame import MEASURED, PER_SHEET, address, facts, indicator_pages, paged, tabs
from selaras.web.planning.remembered import remembered

HEADS = (
    "Jenjang",
    "Simpul",
    "Kode",
    "Indikator",
    "Satuan",
    "Renstra",
    "Realisasi tahun lalu",
    "RKT",
    "Alasan perbedaan",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the annual plan."""

    node: Node
    level: str
    begins: bool
    indicator: Indicator
    url: str
    renstra: str
    last: str
    cell: SheetCell
    reason: str
    differs: bool


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """The annual plan as a sheet; POST stores it at once."""
    figures = facts(request, MEASURED)
    typed: Typed | None = None
    conflict: Conflict | None = None
    status = 200
    if request.method == "POST":
        typed, conflict, status = _save(request, figures)
        if status == 200:
            messages.success(request, _("RKT tersimpan.") if typed.changed else _("Tidak ada yang berubah."))
            return redirect(request.get_full_path())
    held = _held_up(request, figures)
    spots = _asked(request, figures, held)
    if wants_xlsx(request):
        rows = [_cells(figures, line) for line in _lines(request, figures, spots, typed)]
        return exported(request, f"RKT {request.place.year}", HEADS, rows)
    part = paged(request, spots, PER_SHEET)
    return render(request, "planning/rkt.html", tabs(request, "rkt") | {
        "lines": _lines(request, figures, list(part.object_list), typed), "page": part, "any": bool(figures.indicators),
        "typed": typed, "conflict": conflict, "findings": _beside(figures),
        "last_year": figures.year - 1, "copyable": len(held.copyable), "silent": len(held.silent),
        "words": request.GET.get("cari", "").strip(), "show": request.GET.get("tampil", ""),
        "may_edit": request.place.can[Act.EDIT_PLAN.name],
    }, status=status)  # fmt: skip


@inside(methods=("POST",))
def check(request: InsideRequest) -> HttpResponse:
    """What the checks would say if the sheet were stored as it is typed."""
    figures = facts(request, MEASURED)
    typed = read_cells(request.POST, spots_by_name(_spots(figures)), held_targets(figures))
    later = figures_of(replace(figures.snapshot, targets=with_typed(figures.snapshot.targets, typed)))
    return render(
        request, "planning/findings_part.html", {"findings": _beside(later), "wrong": typed.faults, "live": True}
    )


@inside(Act.EDIT_PLAN, methods=("POST",))
def copy(request: InsideRequest) -> HttpResponse:
    """Take the Renstra's targets over: of the ticked indicators, or of all that the RKT has not yet."""
    chosen = request.POST.getlist("pilih")
    if request.POST.get("semua") != "ya" and not chosen:
        raise Refusal(_("Pilih dahulu indikator yang targetnya disalin."))
    copy_targets(
        request.actor, agency=request.place.code, year=request.place.year,
        indicators=None if request.POST.get("semua") == "ya" else chosen, overwrite=bool(chosen),
    )  # fmt: skip
    messages.success(request, _("Target Renstra disalin ke RKT."))
    return redirect(f"{address(request, 'rkt')}?{request.GET.urlencode()}".removesuffix("?"))


def _save(request: InsideRequest, figures: Figures) -> tuple[Typed, Conflict | None, int]:
    held = held_targets(figures)
    spots = spots_by_name(_spots(figures))
    typed = read_cells(request.POST, spots, held)
    if typed.faults:
        return typed, None, 422
    given, reasons = _with_reasons(request, typed, spots, held)
    try:
        save_targets(
            request.actor, agency=request.place.code, given=given, removed=typed.removed, seen=typed.seen,
            reasons=reasons,
        )  # fmt: skip
    except Conflict as refusal:
        typed.accept(refusal, spots)
        return typed, refusal, 409
    except Refusal as refusal:
        if not refusal.faults:
            raise
        typed.blame(refusal, spots)
        return typed, None, 422
    return typed, None, 200


def _with_reasons(
    request: InsideRequest, typed: Typed, spots: dict[str, Spot], held: Mapping[str, Target]
) -> tuple[list[Target], dict[str, str]]:
    """The targets to store, with those whose reason alone was written; and the reasons by key."""
    told = {spot.key: request.POST.get(f"r-{name}", "").strip() for name, spot in spots.items()}
    before = {spot.key: request.POST.get(f"rs-{name}", "").strip() for name, spot in spots.items()}
    given = list(typed.given)
    known = {spot.key for spot in spots.values() for item in given if item.indicator == spot.indicator.code}
    fresh = [key for key, reason in told.items() if reason and reason != before[key]]
    given += [held[key] for key in fresh if key in held and key not in known]
    return given, {key: reason for key, reason in told.items() if reason}


def _spots(figures: Figures) -> list[Spot]:
    known: dict[str, list[Spot]] = remembered(figures, "rkt spots")
    if not known:
        known["all"] = [
            Spot(indicator, Period(figures.year), PlanDocument.RKT)
            for node in figures.walk()
            for indicator in figures.by_node[node.code]
        ]
    return known["all"]


@dataclass(frozen=True, slots=True)
class HeldUp:
    """The indicators whose target differs from the Renstra's without a reason, and those that have none to copy yet."""

    silent: frozenset[str]
    copyable: frozenset[str]


def _held_up(request: InsideRequest, figures: Figures) -> HeldUp:
    """What is still to be done, in the whole plan; one query for the reasons of what differs."""
    known: dict[str, list[Spot]] = remembered(figures, "rkt against renstra")
    if not known:
        known |= {"differs": [], "copyable": []}
        for spot in _spots(figures):
            strategic = figures.planned(spot.indicator, figures.year, PlanDocument.RENSTRA).value
            annual = figures.planned(spot.indicator, figures.year, PlanDocument.RKT).value
            if deviates(annual, strategic):
                known["differs"].append(spot)
            if strategic is not None and annual is None:
                known["copyable"].append(spot)
    told = reasons_of(request.place.code, Target.__name__, [spot.key for spot in known["differs"]])
    return HeldUp(
        frozenset(spot.indicator.code for spot in known["differs"] if not told.get(spot.key)),
        frozenset(spot.indicator.code for spot in known["copyable"]),
    )


def _asked(request: InsideRequest, figures: Figures, held: HeldUp) -> list[Spot]:
    """The lines that fit the words (`cari`) and what is to be shown (`tampil`): everything, `alasan` or `kosong`."""
    spots, show, words = _spots(figures), request.GET.get("tampil", ""), request.GET.get("cari", "").casefold().split()
    if show == "alasan":
        spots = [spot for spot in spots if spot.indicator.code in held.silent]
    elif show == "kosong":
        spots = [spot for spot in spots if spot.key not in held_targets(figures)]
    return [spot for spot in spots if _has(figures, spot, words)] if words else spots


def _has(figures: Figures, spot: Spot, words: Sequence[str]) -> bool:
    node = figures.nodes[spot.indicator.node]
    text = f"{spot.indicator.code} {spot.indicator.name} {node.code} {node.title}".casefold()
    return all(word in text for word in words)


def _lines(request: InsideRequest, figures: Figures, spots: Sequence[Spot], typed: Typed | None) -> list[Line]:
    held = held_targets(figures)
    reasons = reasons_of(request.place.code, Target.__name__, [spot.key for spot in spots])
    last, sheets = last_values(figures), indicator_pages(request)
    lines: list[Line] = []
    for spot in spots:
        node = figures.nodes[spot.indicator.node]
        strategic = figures.planned(spot.indicator, figures.year, PlanDocument.RENSTRA)
        annual = figures.planned(spot.indicator, figures.year, PlanDocument.RKT)
        value = last.get(spot.indicator.code)
        reason = request.POST.get(f"r-{spot.name}", "") if typed else reasons.get(spot.key, "")
        lines.append(
            Line(
                node=node,
                level=level_name(node.level).capitalize(),
                begins=not lines or lines[-1].node.code != node.code,
                indicator=spot.indicator,
                url=sheets(spot.indicator.code),
                renstra=strategic.value.shown() if strategic.value else "",
                last=value.shown() if value else "",
                cell=cell(spot, held, typed),
                reason=reason,
                differs=deviates(annual.value, strategic.value),
            )
        )
    return lines


def _cells(figures: Figures, line: Line) -> list[Any]:
    node, indicator, year = line.node, line.indicator, figures.year
    return [
        line.level, node.title, indicator.code, indicator.name, indicator.unit,
        figures.planned(indicator, year, PlanDocument.RENSTRA).value, last_values(figures).get(indicator.code),
        figures.planned(indicator, year, PlanDocument.RKT).value, line.reason,
    ]  # fmt: skip


def _beside(figures: Figures) -> list[Finding]:
    """The findings that concern the year's targets."""
    known: dict[str, list[Finding]] = remembered(figures, "rkt findings")
    if not known:
        found = findings_of(figures, chain=False)
        of_year = [item.place.record for item in figures.snapshot.targets if item.period.year == figures.year]
        loose = [
            finding for finding in found if finding.code == "PLAN-TARGET" and not any(p.record for p in finding.places)
        ]
        known["all"] = about(found, *of_year) + loose
    return known["all"]
