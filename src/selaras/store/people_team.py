"""The people below somebody: with their plans, or without one yet; and one's own plans as a list shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from selaras.core.access import Actor
from selaras.core.nip import compact, mask
from selaras.core.org import Capacity
from selaras.core.people.objection import Objection, after
from selaras.core.people.ratings import Predicate, Rating
from selaras.core.people.realisation import Assessment
from selaras.core.people.skp import SkpPlan, SkpState
from selaras.core.period import Period, Span
from selaras.store import models as tables
from selaras.store.people import WITH, Face, Me, face_of, held_on, me_in, objection_of, rules_of
from selaras.store.people_rows import plan_record


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list of one's own or of one's subordinates.

    `predicate` is that of the year's rating, after the decision on an objection; None while there is none.
    """

    plan: SkpPlan
    who: Face
    assessor: str
    rows: int
    feedback: int
    last_feedback: date | None
    predicate: Predicate | None
    objected: bool
    note: str


@dataclass(frozen=True, slots=True)
class Subordinate:
    """Somebody below: with a plan, or without one yet (`line` is None; `employee` or `position` says who it is)."""

    who: Face
    employee: str
    line: PlanLine | None


def my_plans(actor: Actor, agency: str, year: int) -> tuple[PlanLine, ...]:
    """One's own plans of a year, in the order of their time. Three queries."""
    me = me_in(actor, agency)
    own = Q(employee__isnull=True, position__code__in=me.held)
    if me.employee:
        own |= Q(employee__code=me.employee)
    return _lines(tables.SkpPlan.objects.filter(own, agency__code=agency, year=year).order_by("since", "pk"))


def subordinates(actor: Actor, agency: str, year: int, *, open_only: bool = False) -> tuple[Subordinate, ...]:
    """The people whose assessor the actor is: those with a plan, then positions and employees without one.

    Without a plan stand the positions directly below one's own, and the employees of the unit that one heads. Five
    queries. `open_only` leaves out whose plan is final.
    """
    me = me_in(actor, agency)
    if not me.held:
        return ()
    rows = tables.SkpPlan.objects.filter(agency__code=agency, year=year, assessor__code__in=me.held)
    lines = _lines(rows.order_by("position__order", "position__code", "since"))
    found = [Subordinate(line.who, line.plan.employee, line) for line in lines]
    if open_only:
        found = [item for item in found if item.line and item.line.plan.state is not SkpState.FINAL]
    return (*found, *_without(me, year))


def _lines(rows: QuerySet[tables.SkpPlan]) -> tuple[PlanLine, ...]:
    """Plans that the person may read, as lines of a list; two queries."""
    annual = tables.SkpAssessment.objects.filter(plan=OuterRef("pk"), year=OuterRef("year"), span=Span.YEAR.value)
    annual = annual.order_by()
    told = tables.SkpFeedback.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    counted = tables.SkpRow.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    found = list(
        rows.select_related(*WITH).annotate(
            row_count=Subquery(counted.annotate(n=Count("pk")).values("n")),
            feedback_count=Subquery(told.annotate(n=Count("pk")).values("n")),
            feedback_last=Subquery(told.annotate(n=Max("on")).values("n")),
            annual_results=Subquery(annual.values("results")[:1]),
            annual_behaviour=Subquery(annual.values("behaviour")[:1]),
        )
    )
    holders = _holders_of_many(found)
    return tuple(_line(row, holders) for row in found)


def _line(row: Any, holders: Mapping[int, Face]) -> PlanLine:
    plan, objection = plan_record(row), objection_of(row)
    return PlanLine(
        plan, face_of(row, {row.position.code: holders[row.pk]} if row.pk in holders else {}, whole=False),
        row.assessor.title if row.assessor else "", row.row_count or 0, row.feedback_count or 0, row.feedback_last,
        _predicate(row, plan, objection), objection is not None, row.note,
    )  # fmt: skip


def _predicate(row: Any, plan: SkpPlan, objection: Objection | None) -> Predicate | None:
    if not row.annual_results:
        return None
    results, behaviour = Rating(row.annual_results), Rating(row.annual_behaviour)
    given = Assessment(plan.code, Period(plan.year), results, behaviour, plan.assessor, plan.until)
    final = after(given, objection) if objection else given
    return rules_of(plan.year).matrix.predicate(final.results, final.behaviour)


def _holders_of_many(rows: Collection[tables.SkpPlan]) -> dict[int, Face]:
    """Who holds the positions of the plans that name no employee, each at the end of its plan; one query."""
    wanted = {row.pk: row for row in rows if row.employee is None}
    if not wanted:
        return {}
    tenures = tables.Tenure.objects.filter(position__in={row.position_id for row in wanted.values()})
    found: dict[int, Face] = {}
    for tenure in tenures.select_related("position"):
        for pk, row in wanted.items():
            if tenure.position_id == row.position_id and _holds(tenure, row.until):
                better = Capacity(tenure.capacity) is Capacity(row.capacity)
                if pk not in found or better:
                    found[pk] = Face(row.position.code, row.position.title, tenure.name, tenure.nip, tenure.rank)
    return found


def _without(me: Me, year: int) -> tuple[Subordinate, ...]:
    """Who is below the person and has no plan in the year: positions first, then employees of the units headed."""
    of_year = tables.SkpPlan.objects.filter(agency__code=me.agency, year=year)
    bare = Q(superior__code__in=me.held, outside=False) & ~Q(pk__in=of_year.values("position"))
    today = timezone.localdate()
    day = today if today.year == year else date(year, 12, 31)
    holder = held_on(day).filter(position=OuterRef("pk"))
    holder = holder.order_by(Case(When(capacity=Capacity.DEFINITIVE.value, then=0), default=1), "-since")
    chairs = tables.Position.objects.filter(bare | Q(code__in=me.held), agency__code=me.agency)
    found, taken = [], set()
    for code, title, unit, *person in (
        chairs.annotate(
            holder_name=Subquery(holder.values("name")[:1]),
            holder_nip=Subquery(holder.values("nip")[:1]),
            holder_rank=Subquery(holder.values("rank")[:1]),
        )
        .order_by("order", "sequence", "pk")
        .values_list("code", "title", "unit__name", "holder_name", "holder_nip", "holder_rank")
    ):
        name, nip, rank = (part or "" for part in person)
        taken |= {compact(nip)} if nip else set()
        if code not in me.held and name:  # nobody holds it: there is no person who lacks a plan
            found.append(Subordinate(Face(code, title, name, mask(nip), rank, unit or ""), "", None))
    heads = tables.Position.objects.filter(agency__code=me.agency, code__in=me.held, unit__isnull=False)
    staff = tables.Employee.objects.filter(agency__code=me.agency, unit__in=heads.values("unit"))
    staff = staff.exclude(pk__in=of_year.filter(employee__isnull=False).values("employee")).exclude(code=me.employee)
    for code, name, job, nip, rank, unit in staff.order_by("order", "name", "pk").values_list(
        "code", "name", "job", "nip", "rank", "unit__name"
    ):
        if not nip or compact(nip) not in taken:
            found.append(Subordinate(Face("", job, name, mask(nip), rank, unit or ""), code, None))
    return tuple(found)


def _holds(tenure: tables.Tenure, day: date) -> bool:
    return (tenure.since is None or tenure.since <= day) and (tenure.until is None or day <= tenure.until)
