"""Results of employees' goals (SKP) that count themselves from a register: the figure through the end of a period."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from selaras.core.deadlines import last_day
from selaras.core.people.skp import SkpPlan
from selaras.core.period import Period
from selaras.core.registers.binding import Whose
from selaras.core.registers.counting import Figure
from selaras.store import models as tables
from selaras.store.register_access import held_of
from selaras.store.register_counts import Counting


def bound_rows(agency: str, plan: str) -> dict[int, tables.RegisterSkpBinding]:
    """What the results of a plan are bound to, by the order of the result. One query."""
    rows = tables.RegisterSkpBinding.objects.filter(row__plan__agency__code=agency, row__plan__code=plan)
    return {item.row.order: item for item in rows.select_related("row", "definition__agency")}


def countable(agency: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The rules that a result can count itself by, by the name of the register: `register|rule` and its name. One query."""
    rows = tables.RegisterDefinition.objects.filter(agency__code=agency, active=True).select_related("agency")
    return tuple(
        (row.name, tuple((f"{row.code}|{rule.code}", rule.name) for rule in rules))
        for row in rows.order_by("sequence", "pk") if (rules := held_of(row).register.rules)
    )  # fmt: skip


def counted_of(agency: str, plan: SkpPlan, period: Period, today: date | None = None) -> dict[int, Figure]:
    """The figure of every bound result of a plan from the beginning of the year, as it stood when `period` ended.

    One query where nothing is bound, three more for each result that is. Raises Refusal where a clock ran through a year
    without a table of holidays.
    """
    day = min(last_day(period), today or timezone.localdate())
    made = {}
    for order, bound in bound_rows(agency, plan.code).items():
        held = held_of(bound.definition)
        rule = held.register.rule(bound.rule)
        narrow = narrow_of(bound, plan)
        if rule is not None:
            counting = Counting(held.pk, held.register, held.row.body, day, narrow=narrow)
            made[order] = counting.rule(rule, Period(plan.year)).figure
    return made


def narrow_of(bound: tables.RegisterSkpBinding, plan: SkpPlan) -> Q | None:
    """The records that count for a plan: those of its unit or its person; None for all of them."""
    if bound.whose == Whose.UNIT.value:
        return Q(unit__code=plan.unit)
    if bound.whose == Whose.OWN.value:
        field = held_of(bound.definition).register.field(bound.field)
        head = "private__content" if field is not None and field.personal else "content"
        # Without a person in the position nobody's records count.
        return Q(**{f"{head}__{bound.field}": plan.employee}) if plan.employee else Q(pk__in=[])
    return None
