"""The Renstra: plan, missions, and a sheet of targets by the years of its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import save_targets
from selaras.core.access import Act
from selaras.core.errors import Conflict, Refusal
from selaras.core.period import Period
from selaras.core.planning import Indicator, Mission, Node, NodeLevel, ParentPlan, PlanDocument, StrategicPlan
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.store.measuring import figures_of
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import (
    SheetCell,
    Spot,
    Typed,
    cell,
    held_targets,
    read_cells,
    spots_by_name,
    with_typed,
)
from selaras.web.planning.findings import about, findings_of
from selaras.web.planning.frame import MEASURED, PER_SHEET, facts, paged, tabs

KINDS = (*MEASURED, ParentPlan, Mission)
RESULTS = (NodeLevel.TUJUAN, NodeLevel.SASARAN)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in the sheet, below its node."""

    node: str
    level: str
    title: str
    begins: bool
    indicator: Indicator
    baseline: str
    cells: list[SheetCell]


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """The Renstra of the chosen plan (`rencana`); POST stores the whole sheet at once."""
    figures = facts(request, KINDS)
    plan = _plan(request, figures)
    typed: Typed | None = None
    conflict: Conflict | None = None
    status = 200
    if request.method == "POST" and plan:
        typed, conflict, status = _save(request, figures, plan)
        if status == 200:
            messages.success(request, _("Target tersimpan.") if typed.changed else _("Tidak ada yang berubah."))
            return redirect(request.get_full_path())
    if wants_xlsx(request) and plan:
        heads = [
            "Jenjang",
            "Simpul",
            "Indikator",
            "Satuan",
            "Tahun awal",
            "Kondisi awal",
            *(str(year) for year in _years(plan)),
        ]
        rows = [
            [line.level, line.title, line.indicator.name, line.indicator.unit, line.indicator.baseline_year,
             line.indicator.baseline,
             *(figures.planned(line.indicator, year, PlanDocument.RENSTRA).value for year in _years(plan))]
            for line in _lines(figures, plan, _asked(request, figures), None)
        ]  # fmt: skip
        return exported(request, f"Renstra {plan.first_year}-{plan.last_year}", heads, rows)
    return render(request, "planning/renstra.html", _context(request, figures, plan, typed, conflict), status=status)


@inside(methods=("POST",))
def check(request: InsideRequest) -> HttpResponse:
    """What the checks would say if the sheet were stored as it is typed."""
    figures = facts(request, KINDS)
    plan = _plan(request, figures)
    found: list[Any] = []
    typed = Typed()
    if plan:
        spots = spots_by_name(_spots(figures, plan))
        typed = read_cells(request.POST, spots, held_targets(figures))
        later = figures_of(replace(figures.snapshot, targets=with_typed(figures.snapshot.targets, typed)))
        found = _beside(later, plan)
    return render(request, "planning/findings_part.html", {"findings": found, "wrong": typed.faults, "live": True})


def _save(request: InsideRequest, figures: Figures, plan: StrategicPlan) -> tuple[Typed, Conflict | None, int]:
    spots = spots_by_name(_spots(figures, plan))
    typed = read_cells(request.POST, spots, held_targets(figures))
    if typed.faults:
        return typed, None, 422
    reason = request.POST.get("reason", "").strip()
    try:
        save_targets(
            request.actor, agency=request.place.code, given=typed.given, removed=typed.removed, seen=typed.seen,
            reasons={spot.key: reason for spot in spots.values()} if reason else None,
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


def _context(
    request: InsideRequest, figures: Figures, plan: StrategicPlan | None, typed: Typed | None, conflict: Conflict | None
) -> dict[str, Any]:
    snapshot = figures.snapshot
    parents = {item.code: item for item in snapshot.parent_plans}
    part = paged(request, _asked(request, figures), PER_SHEET)
    return tabs(request, "renstra") | {
        "plan": plan, "plans": snapshot.plans, "parent": parents.get(plan.parent) if plan else None,
        "parents": snapshot.parent_plans,
        "missions": sorted((item for item in snapshot.missions if plan and item.plan == plan.code), key=lambda m: m.order),
        "years": _years(plan) if plan else [],
        "year_in_plan": plan.year_in_plan(figures.year) if plan and figures.year in _years(plan) else None,
        "lines": _lines(figures, plan, list(part.object_list), typed) if plan else [],
        "page": part, "any": bool(_indicators(figures)), "words": request.GET.get("cari", "").strip(),
        "findings": _beside(figures, plan) if plan else [],
        "typed": typed, "conflict": conflict,
        "may_edit": request.place.can[Act.EDIT_PLAN.name],
    }  # fmt: skip


def _plan(request: InsideRequest, figures: Figures) -> StrategicPlan | None:
    wanted = request.GET.get("rencana", "")
    chosen = next((plan for plan in figures.snapshot.plans if plan.code == wanted), None)
    return chosen or figures.plan or next(iter(figures.snapshot.plans), None)


def _years(plan: StrategicPlan) -> list[int]:
    return list(range(plan.first_year, plan.last_year + 1))


def _shown_nodes(figures: Figures, *, whole: bool) -> list[Node]:
    return [node for node in figures.walk() if whole or node.level in RESULTS]


def _indicators(figures: Figures) -> list[tuple[Node, Indicator]]:
    """The indicators of tujuan and sasaran, and those below that have any Renstra target."""
    planned = {item.indicator for item in figures.snapshot.targets if item.document is PlanDocument.RENSTRA}
    return [
        (node, indicator)
        for node in _shown_nodes(figures, whole=True)
        for indicator in figures.by_node[node.code]
        if node.level in RESULTS or indicator.code in planned
    ]


def _asked(request: InsideRequest, figures: Figures) -> list[tuple[Node, Indicator]]:
    """Those in which every word of `cari` stands."""
    words = request.GET.get("cari", "").casefold().split()
    return [
        (node, item)
        for node, item in _indicators(figures)
        if all(word in f"{item.code} {item.name} {node.code} {node.title}".casefold() for word in words)
    ]


def _spots(figures: Figures, plan: StrategicPlan) -> list[Spot]:
    return [
        Spot(indicator, Period(year), PlanDocument.RENSTRA)
        for _node, indicator in _indicators(figures)
        for year in _years(plan)
    ]


def _lines(
    figures: Figures, plan: StrategicPlan, asked: Sequence[tuple[Node, Indicator]], typed: Typed | None
) -> list[Line]:
    held = held_targets(figures)
    lines: list[Line] = []
    for node, indicator in asked:
        cells = [cell(Spot(indicator, Period(year), PlanDocument.RENSTRA), held, typed) for year in _years(plan)]
        begins = not lines or lines[-1].node != node.code
        baseline = indicator.baseline.shown() if indicator.baseline else ""
        if baseline and indicator.baseline_year:
            baseline = f"{baseline} ({indicator.baseline_year})"
        lines.append(
            Line(node.code, level_name(node.level).capitalize(), node.title, begins, indicator, baseline, cells)
        )
    return lines


def _beside(figures: Figures, plan: StrategicPlan) -> list[Any]:
    """The findings that concern the Renstra: those of its indicators, its targets and the plan itself."""
    indicators = [indicator for _node, indicator in _indicators(figures)]
    own = {indicator.code for indicator in indicators}
    records = [indicator.place.record for indicator in indicators]
    records += [item.place.record for item in figures.snapshot.targets if item.indicator in own]
    records += [node.place.record for node in _shown_nodes(figures, whole=False)]
    # A target that was only typed has no place yet.
    found = findings_of(figures, chain=False)
    loose = [
        finding for finding in found if finding.code == "PLAN-TARGET" and not any(p.record for p in finding.places)
    ]
    return about(found, plan.place.record, *records) + loose
