"""Open work that the figures of a year show: values missing or to be verified, gaps in explanations, spending, follow-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from selaras.core.deadlines import Due, Matter, Slot, last_day
from selaras.core.duties import Item, Work
from selaras.core.measurement.limits import Limits, Need, need_of
from selaras.core.measurement.records import FollowUp
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.planning import Indicator, PlanDocument
from selaras.core.reporting.entry import Entry
from selaras.core.reporting.figures import Figures


@dataclass(frozen=True, slots=True)
class Gap:
    """A period of an indicator without a value, or with one that is submitted and not yet verified."""

    indicator: str
    name: str
    node: str
    responsible: str
    period: Period
    author: str = ""
    is_submitted: bool = False


@dataclass(frozen=True)
class Pending:
    """The year of one agency, looked at on `today`, with the limits of entry and the days on which things are due."""

    figures: Figures
    limits: Limits
    today: date
    due: Mapping[Slot, Due]

    @property
    def year(self) -> int:
        """The year that is looked at."""
        return self.figures.year

    @property
    def is_over(self) -> bool:
        """Whether the year has ended."""
        return self.today.year > self.year

    @cached_property
    def spans(self) -> dict[str, Span]:
        """The periods within the year for which each indicator has targets of the action plan: the shortest, if several."""
        found: dict[str, Span] = {}
        for target in self.figures.snapshot.targets:
            span = target.period.span
            within = target.period.year == self.year and target.document is PlanDocument.ACTION_PLAN
            if within and span is not Span.YEAR:
                held = found.get(target.indicator)
                if held is None or PER_YEAR[span] > PER_YEAR[held]:
                    found[target.indicator] = span
        return found

    @cached_property
    def usual_span(self) -> Span:
        """The periods in which most indicators are measured within the year; quarters where nothing says so."""
        counts: dict[Span, int] = defaultdict(int)
        for span in self.spans.values():
            counts[span] += 1
        return max(counts, key=lambda span: counts[span], default=Span.QUARTER)

    @cached_property
    def at(self) -> Period | None:
        """The period that is looked at: the year when it is over, else the last one within it that has ended.

        None where nothing is measured within the year, or nothing has ended yet.
        """
        if self.is_over:
            return Period(self.year)
        ended = self.ended(self.usual_span) if self.spans else []
        return ended[-1] if ended else None

    def ended(self, span: Span) -> list[Period]:
        """The periods of one length that have ended."""
        return ended(self.year, span, self.today)

    def due_on(self, what: Matter, period: Period | None = None) -> date | None:
        """Until when something is due for a period; the quarter's day counts for lengths that have none of their own."""
        if period is None:
            found = self.due.get(Slot(what.value))
        else:
            found = self.due.get(Slot(what.value, period.span, period.index)) or self.due.get(
                Slot(what.value, Span.QUARTER, (period.last_month + 2) // 3)
            )
        return found.day if found else None

    def unit_of(self, node: str) -> str:
        """The unit that owns a node, or the nearest node above it that has an owner."""
        seen: set[str] = set()
        while node in self.figures.nodes and node not in seen:
            seen.add(node)
            if owner := self.figures.nodes[node].owner:
                return owner
            node = self.figures.nodes[node].parent
        return ""

    # ---- measurement ---------------------------------------------------------------------------------------------

    def measurement(self, gaps: Iterable[Gap]) -> Iterator[Item]:
        """Values that are missing, and submitted ones that wait for somebody else than their author."""
        for gap in gaps:
            yield Item(
                Work.VERIFY if gap.is_submitted else Work.MEASURE, gap.indicator, gap.name, gap.period.name,
                self.unit_of(gap.node), "" if gap.is_submitted else gap.responsible, author=gap.author,
                due=self.due_on(Matter.MEASUREMENT, gap.period),
            )  # fmt: skip

    def unexplained(self) -> Iterator[Item]:
        """Missed or far exceeded targets without a word on why."""
        for indicator in self.figures.measured:
            entry = self.entry(indicator)
            if entry is not None and self.need(entry) and not entry.is_explained:
                yield Item(
                    Work.EXPLAIN, indicator.code, indicator.name, entry.period.name, self.unit_of(indicator.node),
                    indicator.responsible, due=self.due_on(Matter.MEASUREMENT, entry.period),
                    note=entry.achievement.shown(),
                )  # fmt: skip

    def entry(self, indicator: Indicator) -> Entry | None:
        """An indicator in the period that is looked at."""
        return Entry(self.figures, indicator, self.at, self.limits) if self.at else None

    def need(self, entry: Entry) -> Need | None:
        """Why an achievement must be explained, also where the year's value is made of its periods."""
        return need_of(entry.achievement, self.limits)

    # ---- budget and follow-up --------------------------------------------------------------------------------------

    def spending(self) -> Iterator[Item]:
        """Months that have ended after the last one with any entry; a later entry may hold the months before it."""
        if self.figures.budget_version is None:
            return
        last = max((item.month for item in self.figures.snapshot.spending), default=0)
        for period in self.ended(Span.MONTH):
            if period.last_month > last:
                yield Item(
                    Work.SPEND, str(period.last_month), period.name, f"Tahun {self.year}",
                    due=self.due_on(Matter.BUDGET, period),
                )  # fmt: skip

    def obstacles(self) -> Iterator[Item]:
        """Obstacles whose follow-up is not done."""
        for item in self.figures.snapshot.obstacles:
            if item.status is not FollowUp.DONE:
                yield Item(
                    Work.FOLLOW_UP, item.code, item.obstacle, "", self.unit_of(item.node), item.responsible,
                    due=item.due, note=item.follow_up,
                )  # fmt: skip


def ended(year: int, span: Span, today: date) -> list[Period]:
    """The periods of one length within a year that have ended before `today`."""
    periods = (Period(year, span, index) for index in range(1, PER_YEAR[span] + 1))
    return [period for period in periods if last_day(period) < today]
