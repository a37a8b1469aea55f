"""Where somebody can begin an SKP, and in whose teams the person stands: what the own page offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from selaras.core.access import Actor
from selaras.core.org import Capacity
from selaras.core.people.skp import SkpPlan
from selaras.store import models as tables
from selaras.store.people import Me, Standing, me_in, readable_row
from selaras.store.people_rows import plan_record


def places_for(actor: Actor, agency: str) -> tuple[Me, tuple[tuple[str, str], ...]]:
    """Who the person is, and the positions an own plan can be made for: those held, then those of the own unit.

    A position of the unit that somebody else holds is not among them. Codes with titles; two queries. Raises
    NotAllowed and NotFound.
    """
    me = me_in(actor, agency)
    mine = Q(code__in=me.held)
    if me.employee:
        seats = tables.StaffSeat.objects.filter(employee__agency__code=agency, employee__code=me.employee)
        today = timezone.localdate()
        held = tables.Tenure.objects.filter(Q(until__isnull=True) | Q(until__gte=today), position=OuterRef("pk"))
        mine |= Q(unit__in=seats.values("employee__unit")) & ~Q(Exists(held))
    rows = tables.Position.objects.filter(mine, agency__code=agency, outside=False).order_by("order", "sequence", "pk")
    found = list(rows.values_list("code", "title"))
    found.sort(key=lambda item: item[0] not in me.held)
    return me, tuple(found)


def teams_of(actor: Actor, agency: str, year: int) -> tuple[tuple[str, str], ...]:
    """The leaders' plans of a year in whose matrix a person stands: code of the plan, title of the leader. One query."""
    if not actor.login:
        return ()
    rows = tables.SkpPlan.objects.filter(
        agency__code=agency, year=year, members__employee__seat__user__username=actor.login
    )
    return tuple(rows.order_by("code").values_list("code", "position__title"))


def places_below(actor: Actor, agency: str) -> tuple[tuple[str, str], ...]:
    """The positions that an employee of the units one heads can stand in: codes with titles. One query."""
    held = {position for home, position in actor.positions if home == agency}
    headed = tables.Position.objects.filter(agency__code=agency, code__in=held, unit__isnull=False).values("unit")
    rows = tables.Position.objects.filter(agency__code=agency, unit__in=headed, outside=False).exclude(code__in=held)
    return tuple(rows.order_by("order", "sequence", "pk").values_list("code", "title"))


@dataclass(frozen=True, slots=True)
class RowChoices:
    """What a row of a plan may name: results of the assessor's plans as (plan, order, words), indicators by code."""

    parents: tuple[tuple[str, int, str], ...]
    indicators: tuple[tuple[str, str], ...]


def row_choices(agency: int, plan: SkpPlan) -> RowChoices:
    """What a row of a plan may name; one query."""
    above = tables.SkpRow.objects.filter(
        plan__agency=agency, plan__year=plan.year, plan__position__code=plan.assessor or None
    )
    indicators = tables.Indicator.objects.filter(agency=agency)
    parts = [
        rows.order_by()
        .annotate(part=Value(kind, CharField()), key=Cast(code, TextField()), at=Cast(order, IntegerField()),
                  words=Cast(title, TextField()))
        .values_list("part", "at", "key", "words")
        for kind, rows, code, order, title in (
            ("row", above, "plan__code", "order", "result"), ("indicator", indicators, "code", "sequence", "name"),
        )
    ]  # fmt: skip
    found = list(parts[0].union(parts[1], all=True).order_by("part", "at"))
    return RowChoices(
        tuple((key, at, words) for part, at, key, words in found if part == "row"),
        tuple((key, words) for part, at, key, words in found if part == "indicator"),
    )


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """A plan with what its head may name: positions, agreements of the year, the own plans as acting official."""

    plan: SkpPlan
    title: str
    standing: frozenset[Standing]
    positions: tuple[tuple[str, str], ...]
    agreements: tuple[str, ...]
    acting: tuple[tuple[str, str], ...]


def settings_of(actor: Actor, agency: str, code: str) -> PlanSettings:
    """What the head of a plan may name. Four queries. Raises NotFound for who may not read the plan."""
    row, standing = readable_row(me_in(actor, agency), code)
    positions = tables.Position.objects.filter(agency=row.agency_id).order_by("order", "sequence", "pk")
    columns = ("part", "code", "words")
    promised = tables.Agreement.objects.filter(agency=row.agency_id, year=row.year, promiser=row.position_id).order_by()
    own = tables.SkpPlan.objects.filter(agency=row.agency_id, year=row.year, employee=row.employee_id).exclude(
        pk=row.pk
    )
    own = own.exclude(capacity=Capacity.DEFINITIVE.value).order_by()
    agreements = promised.annotate(part=Value("agreement", CharField()), words=Cast("code", TextField()))
    acting = own.annotate(part=Value("acting", CharField()), words=Cast("position__title", TextField()))
    found = list(agreements.values_list(*columns).union(acting.values_list(*columns), all=True))
    return PlanSettings(
        plan_record(row), row.position.title, standing, tuple(positions.values_list("code", "title")),
        tuple(sorted(key for part, key, _ in found if part == "agreement")),
        tuple(sorted((key, words) for part, key, words in found if part == "acting")),
    )  # fmt: skip
