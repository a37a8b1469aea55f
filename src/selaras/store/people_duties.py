"""What SKPs wait for one person: the own ones, those of the people below, objections to ratings of the people below them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from selaras.core.access import Act, Actor, may_somewhere
from selaras.core.duties import Item
from selaras.core.people.skp import SkpState
from selaras.core.people.waiting import OpenPlan, waiting
from selaras.core.period import Span
from selaras.store import models as tables
from selaras.store.people import objection_until, rules_of
from selaras.store.people_rows import NAMED, plan_record


def people_items(actor: Actor, agency: str, year: int, today: date) -> tuple[Item, ...]:
    """Every step on an SKP of the year that waits for the actor on a day. One query; none for who can have no plan."""
    if not (actor.employed or actor.positions) or not may_somewhere(actor, Act.KEEP_SKP, agency):
        return ()
    return tuple(_items(actor, agency, year, today))


def readable_plans(actor: Actor) -> Q:
    """The plans whose files the actor may read in every agency, as `core.people.privacy` says, for a search."""
    found = Q(pk__in=[])
    if not (actor.employed or actor.positions):
        return found
    for agency in {home for home, _ in actor.positions} | set(actor.agencies):
        if may_somewhere(actor, Act.KEEP_SKP, agency):
            held = [position for home, position in actor.positions if home == agency]
            found |= Q(agency__code=agency) & (
                _own(actor.login, held)
                | Q(assessor__code__in=held)
                | Q(assessor__superior__code__in=held, objection__isnull=False)
            )
    return found


def _own(login: str, held: list[str]) -> Q:
    return Q(employee__in=tables.StaffSeat.objects.filter(user__username=login).values("employee")) | Q(
        employee__isnull=True, position__code__in=held
    )


def _items(actor: Actor, agency: str, year: int, today: date) -> Iterator[Item]:
    held = [position for home, position in actor.positions if home == agency]
    assessments = tables.SkpAssessment.objects.filter(plan=OuterRef("pk"))
    open_rows = tables.SkpPlan.objects.filter(agency__code=agency, year=year).exclude(state=SkpState.FINAL.value)
    above = Q(assessor__superior__code__in=held, state=SkpState.OBJECTED.value)
    rows = open_rows.filter(_own(actor.login, held) | Q(assessor__code__in=held) | above)
    annotated = rows.select_related(*NAMED, "assessor__superior").annotate(
        rated=Subquery(assessments.filter(span=OuterRef("cycle")).order_by("-index").values("index")[:1]),
        rated_on=Subquery(assessments.filter(span=Span.YEAR.value).values("on")[:1]),
        login=F("employee__seat__user__username"),
    )
    for row in annotated.order_by("position__order", "pk"):
        yield from waiting(_open(row, actor.login, frozenset(held)), actor.login, rules_of(year).due, today)


def _open(row: Any, login: str, held: frozenset[str]) -> OpenPlan:
    plan = plan_record(row)
    superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
    return OpenPlan(
        plan, row.employee.name if row.employee else row.position.title,
        own=row.login == login if row.employee else plan.position in held, assesses=plan.assessor in held,
        above=superior in held, rated=row.rated or 0,
        until=objection_until(plan, row.rated_on) if row.rated_on else None,
    )  # fmt: skip
