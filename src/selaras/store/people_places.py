"""Where somebody can begin an SKP, and in whose teams the person stands: what the own page offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, IntegerField, Q, TextField, Value
from django.db.models.functions import Cast

from selaras.core.access import Actor
from selaras.core.people.skp import SkpPlan
from selaras.store import models as tables
from selaras.store.people import Me, me_in


def places_for(actor: Actor, agency: str) -> tuple[Me, tuple[tuple[str, str], ...]]:
    """Who the person is, and the positions an own plan can be made for: those held, then those of the own unit.

    Codes with titles; two queries. Raises NotAllowed and NotFound.
    """
    me = me_in(actor, agency)
    mine = Q(code__in=me.held)
    if me.employee:
        seats = tables.StaffSeat.objects.filter(employee__agency__code=agency, employee__code=me.employee)
        mine |= Q(unit__in=seats.values("employee__unit"))
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
