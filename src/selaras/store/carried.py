"""What an evaluation looks back at: last year's score of the same unit, and recommendations that are still open."""

from __future__ import annotations

from django.db.models import QuerySet

from selaras.core.access import Actor
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import State
from selaras.store.evaluations import seen_by
from selaras.store.models import Evaluation, Recommendation


def carried_over(actor: Actor, agency: str, unit: str, year: int) -> QuerySet[Recommendation]:
    """Recommendations to a unit (empty: the agency as a whole) from before a year that nobody has verified, oldest first.

    One query; only what the actor may see.
    """
    rows = Recommendation.objects.filter(agency__code=agency, year__lt=year).filter(seen_by(actor, agency))
    rows = rows.filter(unit__code=unit) if unit else rows.filter(unit__isnull=True)
    return rows.exclude(stage=Stage.VERIFIED.value).select_related("responsible").order_by("year", "order", "pk")


def last_final(evaluation: Evaluation) -> Evaluation | None:
    """The closed evaluation of the same unit over the year before; None where there is none. One query."""
    rows = Evaluation.objects.filter(
        agency=evaluation.agency_id, unit=evaluation.unit_id, year=evaluation.year - 1, state=State.FINAL.value
    )
    return rows.defer("content").first()


def given_in(evaluation: Evaluation) -> QuerySet[Recommendation]:
    """The recommendations that came out of an evaluation, in their order; one query."""
    rows = Recommendation.objects.filter(evaluation=evaluation.pk).select_related("responsible")
    return rows.order_by("order", "pk")
