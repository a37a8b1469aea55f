"""Facts and signs that the system draws by itself for an evaluation, by two queries; by one where nothing has happened.

What is read is kept by the process until somebody acts on the agency (`store.kept`); the day on which it is looked at is
not part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from threading import local
from typing import Any

from django.db.models import Count, F, Min, Q, TextField
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.deadlines import Due, Slot, due_days
from selaras.core.evaluation.facts import Facts, Observed, drawn
from selaras.core.evaluation.gaming import changes_of, signs
from selaras.core.evaluation.recommendations import Recommendation, Reply, Stage
from selaras.core.evaluation.stages import State
from selaras.core.evaluation.template import Template
from selaras.core.finding import Finding
from selaras.core.measurement.origin import finding_of
from selaras.core.measurement.records import (
    DataQuality,
    Evidence,
    Explanation,
    FollowUp,
    Obstacle,
    Realisation,
    Spending,
)
from selaras.core.org import Position, Unit
from selaras.core.period import Period, Span
from selaras.core.planning import (
    BudgetLine,
    BudgetVersion,
    Contribution,
    Indicator,
    Node,
    ParentPlan,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.core.reporting.evaluation_facts import Evaluated, Reported, aimed_from, facts_from
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.rulebook.deadlines import load_deadlines
from selaras.rulebook.lke_evidence import clues_for
from selaras.store import models as tables
from selaras.store.kept import kept
from selaras.store.measuring import figures_of
from selaras.store.models.work import EditionState, Judgement, ReviewState
from selaras.store.open_work import Line, line_part
from selaras.store.rows import key_text
from selaras.store.together import load_together

KINDS: Collection[type[Any]] = (
    ReportSettings, Unit, Position, ParentPlan, StrategicPlan, Node, Contribution, Indicator, WeightedPart, Target, Support,
    BudgetVersion, BudgetLine, Agreement, AgreementLine, Realisation, Evidence, Explanation, Obstacle, Spending,
    DataQuality,
)  # fmt: skip
ANNUAL, AGREEMENT = "lkjip", "pk"
ANSWER, ADOPT, ADD_PROOF, REMOVE_PROOF = (
    "mengisi lembar evaluasi", "mengambil alih jawaban", "menambah bukti evaluasi", "menghapus bukti evaluasi",
)  # fmt: skip
WRITE_NOTE, WRITE_LETTER = "menulis catatan LHE", "mengisi surat LHE"
FILLING_IN = (ANSWER, ADOPT, ADD_PROOF, REMOVE_PROOF, WRITE_NOTE, WRITE_LETTER)
"""The acts, as the trail names them, that change a sheet but none of the facts behind it."""
UNSEEN = frozenset({EditionState.DRAFT.value, EditionState.WITHDRAWN.value})


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the system says of a unit and year by itself: facts, what they say on each criterion, signs of gaming."""

    facts: Facts
    observed: dict[str, tuple[Observed, ...]]
    signs: tuple[Finding, ...]


@dataclass(frozen=True)
class _Records:
    """The facts of an agency's year as they were read; figures compute for each thread by themselves."""

    snapshot: Snapshot
    lines: tuple[Line, ...]
    own: local

    def figures(self) -> Figures:
        if not hasattr(self.own, "figures"):
            self.own.figures = figures_of(self.snapshot)
        found: Figures = self.own.figures
        return found

    def part(self, name: str) -> Iterator[Line]:
        return (line for line in self.lines if line.part == name)


def facts_of(agency: str, unit: str, year: int) -> Facts:
    """The facts of a unit (empty: the agency as a whole) for one year of performance. Raises NotFound."""
    return _facts(_records(agency, year), unit)


def signs_of(agency: str, unit: str, year: int) -> tuple[Finding, ...]:
    """Signs that the figures of a unit serve the score: for a person to judge. Raises NotFound."""
    return _signs(_records(agency, year), unit)


def drawn_of(agency: str, unit: str, year: int, template: Template) -> Drawn:
    """Facts, what they say on the criteria of an instrument, and signs, all by one look. Raises NotFound."""
    records = _records(agency, year)
    facts = _facts(records, unit)
    return Drawn(facts, drawn(clues_for(template), facts), _signs(records, unit))


def _records(agency: str, year: int) -> _Records:
    def made() -> _Records:
        return _Records(load_together(agency, year, KINDS), tuple(_lines(agency, year)), local())

    def size(records: _Records) -> int:
        held = (getattr(records.snapshot, part.name) for part in fields(records.snapshot))
        return len(records.lines) + sum(len(part) for part in held if isinstance(part, tuple))

    return kept(agency, year, "evaluasi", made, size, apart=FILLING_IN)


def _facts(records: _Records, unit: str) -> Facts:
    return facts_from(
        records.figures(), unit, entered=_entered(records), due=_due(records), reported=_reported(records),
        evaluated=_evaluated(records, unit), today=timezone.localdate(),
    )  # fmt: skip


def _signs(records: _Records, unit: str) -> tuple[Finding, ...]:
    figures, snapshot = records.figures(), records.snapshot
    aimed = aimed_from(figures, unit)
    changes = changes_of(snapshot.agreements, snapshot.agreement_lines, [item.indicator for item in aimed])
    return signs(aimed, changes, figures.law.grade_scales)


# ---- what stands outside the snapshot --------------------------------------------------------------------------------


def _lines(agency: str, year: int) -> Iterator[Line]:
    """Editions, their reviews, own deadlines, first entries, evaluations and recommendations, by one query."""
    first, *others = _parts(agency, year)
    for row in first.union(*others, all=True).order_by("line_part", "line_pk"):
        yield Line(*row[1:])


def _parts(agency: str, year: int) -> Iterator[Any]:
    of_agency = {"agency__code": agency}
    yield line_part(
        tables.ReportEdition.objects.filter(**of_agency, year=year).exclude(state__in=UNSEEN), "edition",
        key=F("kind"), state=F("state"), title=_day("frozen_at"), login=_day("approved_at"), author=_day("published_at"),
        number=F("version"),
    )  # fmt: skip
    yield line_part(
        tables.ReviewCase.objects.filter(**of_agency, edition__year=year, edition__kind=ANNUAL), "case",
        key=Cast("pk", TextField()), state=F("state"), due=TruncDate("closed_at"),
        number=Count("decisions", filter=Q(decisions__judgement=Judgement.ACCEPTED.value)),
    )  # fmt: skip
    yield line_part(
        tables.Deadline.objects.filter(**of_agency, year=year), "deadline",
        key=F("what"), state=F("span"), due=F("due"), number=F("index"),
    )  # fmt: skip
    yield line_part(
        tables.FieldChange.objects.filter(agency=agency, kind="Realisation", key__contains=str(year))
        .values("key")
        .annotate(first=Min("at"), last=Min("pk")),
        "entered", pk="last", key=F("key"), due=TruncDate("first"),
    )  # fmt: skip
    yield line_part(
        tables.Evaluation.objects.filter(**of_agency, year__gte=year - 2, year__lte=year), "evaluation",
        key=F("unit__code"), state=F("state"), title=F("score"), due=TruncDate("closed_at"), number=F("year"),
    )  # fmt: skip
    yield line_part(
        tables.Recommendation.objects.filter(**of_agency, year=year - 1), "recommendation",
        key=F("code"), place=F("unit__code"), state=F("stage"), due=F("given_on"), number=F("year"),
    )  # fmt: skip
    yield line_part(
        tables.RecommendationReply.objects.filter(**of_agency, year=year), "reply",
        key=F("recommendation__code"), title=F("indicator__code"), place=F("node__code"), number=F("year"),
    )  # fmt: skip


def _day(column: str) -> Any:
    return Cast(TruncDate(column), TextField())


def _entered(records: _Records) -> dict[tuple[str, Period], date]:
    first = {line.key: line.due for line in records.part("entered")}
    keys = {(item.indicator, item.period) for item in records.snapshot.realisations}
    return {key: day for key in keys if (day := first.get(key_text(key)))}


def _due(records: _Records) -> dict[Slot, Due]:
    snapshot = records.snapshot
    versions = sorted(snapshot.budget_versions, key=lambda item: item.order)
    own = {
        Slot(line.key, Span(line.state) if line.state else None, line.number): line.due
        for line in records.part("deadline")
        if line.due
    }
    rules = load_deadlines(date(snapshot.year, 12, 31))
    budget = versions[0].dated if versions else None
    return due_days(rules, snapshot.agency.kind, snapshot.year, budget_on=budget, own=own)


def _reported(records: _Records) -> Reported:
    editions = list(records.part("edition"))
    annual = [line for line in editions if line.key == ANNUAL]
    agreements = [line for line in editions if line.key == AGREEMENT]
    case = max(records.part("case"), key=lambda line: int(line.key), default=None)
    reviewed = case.due if case and case.state == ReviewState.DONE.value else None
    done = [
        found for item in records.snapshot.obstacles
        if item.status is FollowUp.DONE and (found := finding_of(item.code))
    ]  # fmt: skip
    mended = sum(case is not None and number == int(case.key) for number, _ in done)
    return Reported(
        made_on=_first(line.title for line in annual),
        signed_on=_first(line.login for line in annual),
        published_on=_first(line.author for line in annual),
        agreement_published_on=_first(line.author for line in agreements),
        interim=sum(line.key not in {ANNUAL, AGREEMENT} for line in editions),
        reviewed_on=reviewed,
        findings=case.number if case else None,
        findings_open=max(0, case.number - mended) if case else None,
    )


def _evaluated(records: _Records, unit: str) -> Evaluated:
    year = records.snapshot.year
    final = [line for line in records.part("evaluation") if line.state == State.FINAL.value]
    mine = {line.number: line for line in final if line.key == unit}
    last = mine.get(year - 1)
    given = tuple(
        Recommendation(line.key, line.number, line.place, "", "", line.due or date.min, Stage(line.state))
        for line in records.part("recommendation")
        if not unit or line.place == unit
    )
    replies = tuple(
        Reply(line.key, line.number, line.title, "" if line.title else line.place) for line in records.part("reply")
    )
    return Evaluated(
        {number: Decimal(line.title) for number, line in mine.items() if line.title},
        last.due if last else None,
        frozenset(line.key for line in final if line.number == year - 1 and line.key),
        given,
        replies,
    )


def _first(days: Iterable[str]) -> date | None:
    """The first of some days written as text; None where there is none."""
    return min((date.fromisoformat(day[:10]) for day in days if day), default=None)
