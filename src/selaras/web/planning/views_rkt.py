"""The RKT of the year: its targets beside those of the Renstra and last year's results, with reasons where they differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import copy_targets, save_targets
from selaras.core.access import Act
from selaras.core.errors import Conflict, Refusal
from selaras.core.measurement.planned import deviates
from selaras.core.period import Period
from selaras.core.planning import Indicator, Node, PlanDocument, Target
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.store.reasons import reasons_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import SheetCell, Spot, Typed, by_key, cell, read_cells, spots_by_name, with_typed
from selaras.web.planning.findings import about, findings_of, last_values
from selaras.web.planning.frame import MEASURED, address, exported, facts, figures_of, tabs, wants_xlsx

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
    renstra: str
    last: str
    cell: SheetCell
    reason: str
    differs: bool
    may_copy: bool


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
            return redirect(address(request, "rkt"))
    lines = _lines(request, figures, typed)
    if wants_xlsx(request):
        rows = [
            [line.level, line.node.title, line.indicator.code, line.indicator.name, line.indicator.unit, line.renstra,
             line.last, line.cell.seen, line.reason]
            for line in lines
        ]  # fmt: skip
        return exported(request, f"RKT {request.place.year}", HEADS, rows)
    return render(request, "planning/rkt.html", tabs(request, "rkt") | {
        "lines": lines, "typed": typed, "conflict": conflict, "findings": _beside(figures),
        "last_year": figures.year - 1, "copyable": sum(line.may_copy for line in lines),
        "silent": sum(line.differs and not line.reason for line in lines),
        "may_edit": request.place.can[Act.EDIT_PLAN.name],
    }, status=status)  # fmt: skip


@inside(methods=("POST",))
def check(request: InsideRequest) -> HttpResponse:
    """What the checks would say if the sheet were stored as it is typed."""
    figures = facts(request, MEASURED)
    typed = read_cells(request.POST, spots_by_name(_spots(figures)), by_key(figures.snapshot.targets))
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
    return redirect(address(request, "rkt"))


def _save(request: InsideRequest, figures: Figures) -> tuple[Typed, Conflict | None, int]:
    held = by_key(figures.snapshot.targets)
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
    request: InsideRequest, typed: Typed, spots: dict[str, Spot], held: dict[str, Target]
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
    return [
        Spot(indicator, Period(figures.year), PlanDocument.RKT)
        for node in figures.walk()
        for indicator in figures.by_node[node.code]
    ]


def _lines(request: InsideRequest, figures: Figures, typed: Typed | None) -> list[Line]:
    held = by_key(figures.snapshot.targets)
    spots = _spots(figures)
    reasons = reasons_of(request.place.code, Target.__name__, [spot.key for spot in spots])
    last = last_values(figures)
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
                renstra=strategic.value.shown() if strategic.value else "",
                last=value.shown() if value else "",
                cell=cell(spot, held, typed),
                reason=reason,
                differs=deviates(annual.value, strategic.value),
                may_copy=strategic.value is not None and annual.value is None,
            )
        )
    return lines


def _beside(figures: Figures) -> list[Any]:
    """The findings that concern the year's targets."""
    found = findings_of(figures, chain=False)
    of_year = [item.place.record for item in figures.snapshot.targets if item.period.year == figures.year]
    loose = [
        finding for finding in found if finding.code == "PLAN-TARGET" and not any(p.record for p in finding.places)
    ]
    return about(found, *of_year) + loose
