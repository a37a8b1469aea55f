"""Facts and signs that the system draws by itself for an evaluation, by two queries; by one where nothing has happened.

What is read is kept by the process until somebody acts on the agency (`store.kept`); the day on which it is looked at is
not part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from threading import local
from typing import Any, TypeVar

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
from selaras.core.reporting.evaluation_facts import Evaluated, Reported, Staffed, aimed_from, facts_from
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.rulebook.deadlines import load_deadlines
from selaras.rulebook.lke_evidence import clues_for
from selaras.store.evaluation_lines import AGREED, AGREEMENT, ANNUAL, lines_of
from selaras.store.kept import kept
from selaras.store.measuring import figures_of
from selaras.store.models.work import ReviewState
from selaras.store.open_work import Line
from selaras.store.rows import key_text
from selaras.store.together import load_together

KINDS: Collection[type[Any]] = (
    ReportSettings, Unit, Position, ParentPlan, StrategicPlan, Node, Contribution, Indicator, WeightedPart, Target, Support,
    BudgetVersion, BudgetLine, Agreement, AgreementLine, Realisation, Evidence, Explanation, Obstacle, Spending,
    DataQuality,
)  # fmt: skip
ANSWER, ADOPT, ADD_PROOF, REMOVE_PROOF = (
    "mengisi lembar evaluasi", "mengambil alih jawaban", "menambah bukti evaluasi", "menghapus bukti evaluasi",
)  # fmt: skip
WRITE_NOTE, WRITE_LETTER = "menulis catatan LHE", "mengisi surat LHE"
FILLING_IN = (ANSWER, ADOPT, ADD_PROOF, REMOVE_PROOF, WRITE_NOTE, WRITE_LETTER)
"""The acts, as the trail names them, that change a sheet but none of the facts behind it."""
Made = TypeVar("Made")


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

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives of these facts, which do not change: computed once for each thread."""
        if not hasattr(self.own, "made"):
            self.own.made = {}
        if what not in self.own.made:
            self.own.made[what] = make()
        found: Made = self.own.made[what]
        return found


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
        return _Records(load_together(agency, year, KINDS), tuple(lines_of(agency, year)), local())

    def size(records: _Records) -> int:
        held = (getattr(records.snapshot, part.name) for part in fields(records.snapshot))
        return len(records.lines) + sum(len(part) for part in held if isinstance(part, tuple))

    return kept(agency, year, "evaluasi", made, size, apart=FILLING_IN)


def _facts(records: _Records, unit: str) -> Facts:
    today = timezone.localdate()
    return records.once(("facts", unit, today), lambda: _facts_on(records, unit, today))


def _facts_on(records: _Records, unit: str, today: date) -> Facts:
    return facts_from(
        records.figures(), unit, entered=_entered(records), due=_due(records), reported=_reported(records),
        evaluated=_evaluated(records, unit), staff=_staff(records), today=today,
    )  # fmt: skip


def _signs(records: _Records, unit: str) -> tuple[Finding, ...]:
    return records.once(("signs", unit), lambda: _signs_in(records, unit))


def _signs_in(records: _Records, unit: str) -> tuple[Finding, ...]:
    figures, snapshot = records.figures(), records.snapshot
    aimed = aimed_from(figures, unit)
    changes = changes_of(snapshot.agreements, snapshot.agreement_lines, [item.indicator for item in aimed])
    return signs(aimed, changes, figures.law.grade_scales)


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


def _staff(records: _Records) -> dict[str, Staffed]:
    found: dict[str, Staffed] = {}
    for line in records.part("staff"):
        before = found.get(line.place, Staffed())
        found[line.place] = Staffed(
            before.people + line.number, before.with_goals + line.number * (line.state == AGREED)
        )
    return found


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
