"""Recommendations out of the tables: the register for its pages, one with its steps, and those of a report's snapshot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from selaras.core.access import Actor
from selaras.core.errors import NotFound
from selaras.core.evaluation import recommendations as core
from selaras.core.evaluation.recommendations import Reply, Stage
from selaras.core.place import Place
from selaras.store.evaluations import seen_by
from selaras.store.models import Recommendation, RecommendationReply, RecommendationStep


@dataclass(frozen=True, slots=True)
class Given:
    """One recommendation as people see it: the record, where it stands, its steps and what of a plan answers it."""

    row: Recommendation
    record: core.Recommendation
    steps: tuple[RecommendationStep, ...]
    replies: tuple[RecommendationReply, ...]

    @property
    def unit_name(self) -> str:
        """The unit in words; empty for the agency as a whole."""
        return self.row.unit.name if self.row.unit else ""

    @property
    def responsible_title(self) -> str:
        """The responsible position in words; empty for none."""
        return self.row.responsible.title if self.row.responsible else ""

    @property
    def unverified(self) -> int:
        """How many steps wait for a verifier."""
        return sum(step.verified_at is None and not step.returned for step in self.steps)


def recommendations_of(
    actor: Actor, agency: str, *, year: int | None = None, open_only: bool = False, unit: str | None = None
) -> tuple[Given, ...]:
    """The recommendations of an agency that an actor may see, by year and order, by three queries.

    `year` is the evaluated year; with `open_only` those that nobody has verified; `unit` those of one unit (empty: of
    the agency as a whole).
    """
    rows = _rows(actor, agency)
    if year is not None:
        rows = rows.filter(year=year)
    if open_only:
        rows = rows.exclude(stage=Stage.VERIFIED.value)
    if unit is not None:
        rows = rows.filter(unit__code=unit) if unit else rows.filter(unit__isnull=True)
    return _given(list(rows))


def recommendation_at(actor: Actor, agency: str, code: str) -> Given:
    """One recommendation by its code. Raises NotFound where there is none that the actor may see."""
    rows = list(_rows(actor, agency).filter(code=code)[:1])
    if not rows:
        raise NotFound(f"Rekomendasi {code} tidak ditemukan.")
    return _given(rows)[0]


def of_report(agency: str, year: int) -> tuple[tuple[core.Recommendation, ...], tuple[Reply, ...]]:
    """What the report of a year tells of recommendations given before, with the answers of its plan; three queries.

    Those that were closed before the year are left out.
    """
    begun = Q(decided_on__isnull=True) | Q(decided_on__year__gte=year) | ~Q(stage=Stage.VERIFIED.value)
    rows = Recommendation.objects.filter(begun, agency__code=agency, year__lt=year).order_by("year", "order", "pk")
    rows = rows.select_related("unit", "responsible").prefetch_related("steps")
    found = tuple(record_of(row, row.steps.all()) for row in rows)
    names = ("recommendation__code", "year", "indicator__code", "node__code", "note")
    replies = RecommendationReply.objects.filter(agency__code=agency, year=year).values_list(*names)
    return found, tuple(
        Reply(code, of, indicator or "", node or "", note) for code, of, indicator, node, note in replies
    )


def record_of(row: Recommendation, steps: Iterable[RecommendationStep]) -> core.Recommendation:
    """The record of `core` in a row; its evidence are the files and links of the steps that nobody returned."""
    return core.Recommendation(
        row.code,
        row.year,
        row.unit.code if row.unit else "",
        row.component,
        row.text,
        row.given_on or date(row.year + 1, 1, 1),
        Stage(row.stage),
        row.action,
        row.responsible.code if row.responsible else "",
        row.due,
        tuple(dict.fromkeys(step.file for step in steps if step.file and not step.returned)),
        row.claimed_by,
        row.claimed_on,
        row.decided_by,
        row.decided_on,
        row.note,
        row.order,
        Place(record=f"Rekomendasi {row.code}"),
    )


def _given(rows: list[Recommendation]) -> tuple[Given, ...]:
    replies: dict[int, list[RecommendationReply]] = {}
    wanted = RecommendationReply.objects.filter(recommendation__in=rows).select_related("indicator", "node")
    for reply in wanted.order_by("year", "pk"):
        replies.setdefault(reply.recommendation_id, []).append(reply)
    found = []
    for row in rows:
        steps = tuple(row.steps.all())
        found.append(Given(row, record_of(row, steps), steps, tuple(replies.get(row.pk, ()))))
    return tuple(found)


def _rows(actor: Actor, agency: str) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(agency__code=agency).filter(seen_by(actor, agency))
    rows = rows.select_related("unit", "responsible", "agency", "evaluation__unit").defer("evaluation__content")
    return rows.prefetch_related("steps").order_by("-year", "order", "pk")
