"""The years of an agency: those in which work has begun, and those that its plans only reach."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, IntegerField, Value

from selaras.core.period import Span
from selaras.core.planning import PlanDocument
from selaras.store import models as tables

LONGEST_PLAN = 30
NO, YES = Value(0, IntegerField()), Value(1, IntegerField())


def years_of_work(agency: int) -> dict[int, bool]:
    """Every year that the agency's plans cover or that has settings, in order: whether its work has begun; one query.

    A year has begun when somebody has settled how its report is made (`actions.years.begin_year`, a workbook).
    """
    plans = tables.StrategicPlan.objects.filter(agency_id=agency).order_by().annotate(begun=NO)
    settings = tables.ReportSettings.objects.filter(agency_id=agency).order_by().annotate(begun=YES)
    found: dict[int, bool] = {}
    rows = plans.values_list("begun", "first_year", "last_year").union(settings.values_list("begun", "year", "year"))
    for begun, first, last in rows:
        for year in range(first, min(last, first + LONGEST_PLAN) + 1):
            found[year] = found.get(year, False) or bool(begun)
    return dict(sorted(found.items()))


def source_of(agency: int, year: int) -> int | None:
    """The year that a new one is begun from: the nearest begun before it, else the first begun; None if there is none."""
    begun = [known for known, is_begun in years_of_work(agency).items() if is_begun]
    earlier = [known for known in begun if known < year]
    return max(earlier) if earlier else min(begun, default=None)


@dataclass(frozen=True, slots=True)
class Content:
    """How much stands in a year: RKT targets, budget versions, agreements, values measured."""

    targets: int = 0
    budgets: int = 0
    agreements: int = 0
    values: int = 0


def contents_of(agency: int) -> dict[int, Content]:
    """What stands in each year of an agency, by four queries."""
    of = {"agency_id": agency}
    targets = tables.Target.objects.filter(**of, document=PlanDocument.RKT.value, span=Span.YEAR.value)
    kinds = (targets, tables.BudgetVersion.objects.filter(**of), tables.Agreement.objects.filter(**of),
             tables.Realisation.objects.filter(**of))  # fmt: skip
    counts = [dict(rows.order_by().values_list("year").annotate(found=Count("pk"))) for rows in kinds]
    return {year: Content(*(found.get(year, 0) for found in counts)) for year in sorted({*chain(*counts)})}
