"""The predicate of the organisation that a plan stands under, for the head of its evaluation."""

from __future__ import annotations

from selaras.core.people.ratings import OrganisationPredicate
from selaras.core.people.skp import SkpPlan
from selaras.core.period import Span
from selaras.store import models as tables


def unit_predicate(agency: str, plan: SkpPlan) -> OrganisationPredicate | None:
    """The year's predicate of the plan's unit, else of the agency; None while nobody decided. One query."""
    rows = tables.OrganisationDecision.objects.filter(agency__code=agency, year=plan.year, span=Span.YEAR.value)
    decided = {unit or "": made for unit, made in rows.values_list("unit__code", "predicate")}
    made = decided.get(plan.unit) or decided.get("")
    return OrganisationPredicate(made) if made else None
