"""The predicate of the organisation that a plan stands under: of its unit, else of the nearest unit above it."""

from __future__ import annotations

from selaras.core.people.ratings import OrganisationPredicate
from selaras.core.people.skp import SkpPlan
from selaras.core.period import Period
from selaras.store import models as tables


def unit_predicate(agency: int, plan: SkpPlan, period: Period | None = None) -> OrganisationPredicate | None:
    """The predicate of a period (without one: of the year) that counts for a plan; None while nobody decided any.

    Takes one query, and a second where only a unit above or the agency as a whole has one.
    """
    when = period or Period(plan.year)
    rows = tables.OrganisationDecision.objects.filter(
        agency=agency, year=when.year, span=when.span.value, index=when.index
    )
    decided = {unit or "": made for unit, made in rows.values_list("unit__code", "predicate")}
    if not decided:
        return None
    at = plan.unit
    if at and at not in decided:
        above = dict(tables.Unit.objects.filter(agency=agency).values_list("code", "parent__code"))
        passed: set[str] = set()
        while at and at not in decided and at not in passed:
            passed.add(at)
            at = above.get(at) or ""
    made = decided.get(at) or decided.get("")
    return OrganisationPredicate(made) if made else None
