"""An evaluation as a page opens it: with last year's score, what is asked for, and recommendations that are still open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from selaras.core.access import Actor
from selaras.core.errors import NotFound
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import State, TeamRole
from selaras.store.evaluations import evaluations_of, seen_by, teamless
from selaras.store.models import Evaluation, EvaluationMember, EvaluationRequest, Recommendation


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One evaluation, the actor's place in its team, how many requests are open, last year's final score, and whether

    others of its year have no team yet.
    """

    row: Evaluation
    role: TeamRole | None
    open_requests: int
    last_score: Decimal | None
    last_predicate: str
    others_lack_team: bool


def opened_row(actor: Actor, agency: str, pk: int) -> OpenedRow:
    """One evaluation as a page opens it, by one query. Raises NotFound where there is none that the actor may see."""
    mine = EvaluationMember.objects.filter(evaluation=OuterRef("pk"), user__username=actor.login)
    asked = EvaluationRequest.objects.filter(evaluation=OuterRef("pk"), closed_at__isnull=True).order_by()
    count = Subquery(asked.values("evaluation").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    last = Evaluation.objects.annotate(of=Coalesce(F("unit"), 0)).filter(
        agency=OuterRef("agency"), of=OuterRef("of"), year=OuterRef("year") - 1, state=State.FINAL.value
    )
    rows = evaluations_of(actor, agency).defer(None).annotate(of=Coalesce(F("unit"), 0))
    rows = rows.annotate(
        my_role=Subquery(mine.values("role")[:1]), asked=Coalesce(count, 0), last_score=Subquery(last.values("score")[:1]),
        last_predicate=Subquery(last.values("predicate")[:1]),
        others_lack_team=Exists(teamless(agency, OuterRef("year")).exclude(pk=OuterRef("pk"))),
    )  # fmt: skip
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound("Evaluasi ini tidak ditemukan.")
    role = TeamRole(row.my_role) if row.my_role else None
    return OpenedRow(row, role, row.asked, row.last_score, row.last_predicate or "", row.others_lack_team)


def carried_over(actor: Actor, agency: str, unit: str, year: int) -> QuerySet[Recommendation]:
    """Recommendations to a unit (empty: the agency as a whole) from before a year that nobody has verified, oldest first.

    One query; only what the actor may see.
    """
    rows = Recommendation.objects.filter(agency__code=agency, year__lt=year).filter(seen_by(actor, agency))
    rows = rows.filter(unit__code=unit) if unit else rows.filter(unit__isnull=True)
    return rows.exclude(stage=Stage.VERIFIED.value).select_related("responsible").order_by("year", "order", "pk")


def given_in(evaluation: Evaluation) -> QuerySet[Recommendation]:
    """The recommendations that came out of an evaluation, in their order; one query."""
    rows = Recommendation.objects.filter(evaluation=evaluation.pk).select_related("responsible")
    return rows.order_by("order", "pk")
