"""The goals of a promiser: where an SKP stands, its rows are they, whatever a workbook says; one register, not two."""

from __future__ import annotations

from collections.abc import Iterable

from selaras.core.agreements import HeadGoal
from selaras.core.people.skp import SkpState
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.models.columns import VALUE_PARTS, value_of
from selaras.store.rows import tidy


def with_own_goals(agency: int, year: int, goals: Iterable[HeadGoal]) -> list[HeadGoal]:
    """The goals of workbooks, with the rows of every SKP that was proposed in their place; one query.

    A draft counts for nothing yet. Of two SKPs of one promiser (change of position) the later one counts; rows without a
    target are none.
    """
    rows = tables.SkpRow.objects.filter(
        plan__agency=agency, plan__year=year, plan__agreement__isnull=False, target_kind__gt=""
    ).exclude(plan__state=SkpState.DRAFT.value)
    found: dict[str, dict[str, list[HeadGoal]]] = {}
    columns = ("plan__agreement__code", "plan__code", "order", "measure", "unit", "indicator__code")
    ordered = rows.order_by("plan__since", "plan", "order")
    for agreement, plan, order, measure, unit, indicator, *parts in ordered.values_list(
        *columns, *(f"target_{part}" for part in VALUE_PARTS)
    ):
        kind, amount, upper, grade, flag = parts
        target = value_of(kind, tidy(amount), tidy(upper), grade, flag)
        assert target is not None
        place = Place(record=f"SKP {plan}, hasil kerja {order}")
        goal = HeadGoal(agreement, order, measure, target, unit, indicator or "", place)
        found.setdefault(agreement, {}).setdefault(plan, []).append(goal)
    latest = {agreement: list(plans.values())[-1] for agreement, plans in found.items()}
    kept = [goal for goal in goals if goal.agreement not in latest]
    return [*kept, *(goal for own in latest.values() for goal in own)]
