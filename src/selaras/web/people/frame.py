"""What the pages of the SKP share: tabs of the stage and of a plan, the course of a plan, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.access import Act
from selaras.core.calendar import format_date
from selaras.core.people.ratings import OrganisationPredicate, Predicate
from selaras.core.people.skp import SkpPlan, SkpState
from selaras.core.people.skp import periods as periods_of
from selaras.core.period import Period, Span
from selaras.store.people import PlanFile, Standing
from selaras.web.gate import InsideRequest
from selaras.web.people.words import COURSE, PREDICATES, STATES

PER_PAGE = 50
LONGEST_NUMBER = 7


def address(request: InsideRequest, name: str, *more: object) -> str:
    """The address of a page of the stage for the agency and year that are open."""
    return reverse(f"people:{name}", args=(request.place.code, request.place.year, *more))


def paged(request: InsideRequest, rows: Sequence[Any], size: int) -> Page[Any]:
    """The page of a list that the address asks for, with the numbers that are shown of its pages."""
    page = Paginator(rows, size).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    return page


def whole_number(text: str) -> int:
    """A whole number out of an address; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The tabs of the stage that the person may open."""
    can = request.place.can
    named = [
        ("mine", _("SKP saya"), Act.KEEP_SKP),
        ("team", _("SKP bawahan"), Act.KEEP_SKP),
        ("alignment", _("Keselarasan"), Act.EXPORT),
        ("cascade", _("Penjenjangan hasil"), Act.EXPORT),
        ("spread", _("Distribusi predikat"), Act.COUNT_PREDICATES),
        ("organisation", _("Predikat organisasi"), Act.COUNT_PREDICATES),
        ("staff", _("Data pegawai"), Act.MANAGE_SKP),
    ]
    return [
        {"title": title, "url": address(request, name), "current": name == current}
        for name, title, act in named if can[act.name]
    ]  # fmt: skip


def plan_tabs(request: InsideRequest, file: PlanFile, current: str) -> list[dict[str, Any]]:
    """The tabs of one plan."""
    code = file.plan.code
    named = [
        ("plan", _("Rencana kinerja"), None),
        ("talk", _("Dialog dan umpan balik"), len(file.dialogues) + len(file.feedback)),
        ("rating", _("Realisasi dan penilaian"), None),
    ]
    if file.standing & {Standing.OWN, Standing.ASSESSOR}:
        named.append(("matrix", _("Matriks peran hasil"), None))
    return [
        {"title": title, "url": address(request, name, code), "count": count, "current": name == current}
        for name, title, count in named
    ]


def head_of(request: InsideRequest, file: PlanFile, current: str) -> dict[str, Any]:
    """What stands above every page of one plan: whose it is, for how long, how far it came."""
    plan = file.plan
    is_own = Standing.OWN in file.standing
    back = (_("SKP saya"), address(request, "mine")) if is_own else (_("SKP bawahan"), address(request, "team"))
    return {
        "file": file, "plan": plan, "is_own": is_own, "is_assessor": Standing.ASSESSOR in file.standing,
        "is_superior": Standing.SUPERIOR in file.standing,
        "crumbs": [back, (file.who.title, "")], "tabs": plan_tabs(request, file, current),
        "steps": course(plan.state, objected=file.objection is not None),
        "stretch": stretch(plan), "here": request.get_full_path(), "state": state_look(plan.state),
        "predicate": predicate_look(file.predicate), "is_open": plan.state is not SkpState.FINAL,
    }  # fmt: skip


def course(state: SkpState, *, objected: bool = False) -> list[dict[str, Any]]:
    """The steps of a plan for the stepper, with the objection where there is one."""
    way = list(COURSE)
    if objected or state is SkpState.OBJECTED:
        way.insert(-1, SkpState.OBJECTED)
    at = way.index(state)
    marks = ["done" if index < at else "current" if index == at else "next" for index in range(len(way))]
    if state is SkpState.FINAL:
        marks[-1] = "done"
    return [{"title": STATES[item][0], "state": mark} for item, mark in zip(way, marks, strict=True)]


def state_look(state: SkpState) -> dict[str, Any]:
    """A state as a chip."""
    label, tone, icon = STATES[state]
    return {"label": label, "tone": tone, "icon": icon}


def state_choices() -> list[tuple[str, Any]]:
    """Every state with its words, for a filter."""
    return [(state.value, STATES[state][0]) for state in SkpState]


def predicate_look(predicate: Predicate | OrganisationPredicate | None) -> dict[str, Any] | None:
    """A predicate as a chip; None while there is none."""
    if predicate is None:
        return None
    label, tone = PREDICATES[predicate]
    return {"label": label, "tone": tone, "value": predicate.value}


def stretch(plan: SkpPlan) -> str:
    """From when to when a plan runs, in words."""
    return f"{format_date(plan.since)} s.d. {format_date(plan.until)}"


def rating_periods(plan: SkpPlan) -> tuple[Period, ...]:
    """The periods that a plan is rated for: those of its cycle, then the year."""
    return (*periods_of(plan), Period(plan.year, Span.YEAR))


def period_key(period: Period) -> str:
    """A period as it stands in an address: `triwulan-2`, `tahun`."""
    return period.span.value if period.span is Span.YEAR else f"{period.span.value}-{period.index}"


def period_of(plan: SkpPlan, key: str) -> Period | None:
    """The period that an address names; None for one that the plan is not rated for."""
    return next((period for period in rating_periods(plan) if period_key(period) == key), None)
