"""Counting rules over the tables: what is final is counted by SQL, the rest by `core`, so that both say the same.

A row is final on a day when nothing that it names lies after that day and its facts were reckoned by the definition and
the table of days of today. Other rows (after a change of the holidays; a stock at the end of a past year) are read and
counted one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain

from django.db.models import Count, Exists, Q, QuerySet

from selaras.core.calendar import years_without_holidays
from selaras.core.period import Period
from selaras.core.registers.clock import Workdays
from selaras.core.registers.counting import Figure, bounds, count, figure_of, records_alike, summary_of
from selaras.core.registers.definition import (
    DUE,
    OPENED,
    USED,
    VERDICT,
    Basis,
    CountingRule,
    Register,
    Summary,
    Tally,
    Tallying,
    kind_of,
)
from selaras.core.registers.fields import NUMERIC
from selaras.core.registers.filters import Filter, subjects
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.register_filters import ALWAYS, NEVER, Translator, both, either
from selaras.store.register_rows import record_of, seal_of, whole_rows, workdays_on
from selaras.store.register_slots import slots_in
from selaras.store.register_summaries import rows_alike

CLOCKS = (VERDICT, DUE, USED)
PARTS = ("met", "missed", "waiting")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with how many records are behind each part of it."""

    figure: Figure
    met: int
    missed: int
    waiting: int


class Counting:
    """One register on one day, ready to be counted. `workdays` are those of the rulebook unless given.

    `narrow` leaves only some of the records, those of a unit or of a person.
    """

    def __init__(
        self,
        definition: int,
        register: Register,
        body: str,
        as_of: date,
        workdays: Workdays | None = None,
        narrow: Q | None = None,
    ) -> None:
        self.definition = definition
        self.register = register
        self.as_of = as_of
        self.workdays = workdays or workdays_on(as_of)
        self.seal = seal_of(register, body, self.workdays)
        self.narrow = narrow
        self.slots = slots_in(body)
        self._known: dict[date, tuple[bool, bool]] = {}

    def rule(self, rule: CountingRule, period: Period) -> Counted:
        """The figure of a rule over a period.

        Raises Refusal where a clock ran through a year without holidays: the figure would not be right.
        """
        parts, final, others = self._split(rule, period)
        rest = self._counted(rule, others, period)
        self._sure(rule, final, parts, period)
        found = final.aggregate(
            met=Count("pk", filter=parts["met"]), waiting=Count("pk", filter=parts["waiting"]), whole=Count("pk")
        )
        found["missed"] = found["whole"] - found["met"] - found["waiting"]
        numbers = {name: found[name] + len(getattr(rest, name)) for name in PARTS}
        if (others and _is_distinct(rule)) or _is_of_clock(rule):
            # Different contents cannot be added up; where some rows are not final, every record is looked at.
            every = self._counted(rule, self._records(whole_rows(self._rows()).order_by("pk")), period)
            return self._told(rule, period, every.numerator, every.denominator, numbers)
        numerator = rest.numerator + self._tally(rule.numerator, final.filter(parts["met"]), found["met"])
        denominator = None
        if rule.denominator is not None and rest.denominator is not None:
            counted = final.filter(either([parts["met"], parts["missed"]]))
            denominator = rest.denominator + self._tally(rule.denominator, counted, found["met"] + found["missed"])
        return self._told(rule, period, numerator, denominator, numbers)

    def behind(self, rule: CountingRule, period: Period, part: str, *, start: int = 0, most: int = 50) -> list[str]:
        """The numbers of the records of one part of a figure (`met`, `missed`, `waiting`), a page of them."""
        parts, final, others = self._split(rule, period)
        rest = self._counted(rule, others, period)
        first: tuple[str, ...] = getattr(rest, part)
        page = list(first[start : start + most])
        if len(page) < most:
            at = max(0, start - len(first))
            rows = final.filter(parts[part]).order_by("opened", "pk").values_list("number", flat=True)
            page += list(rows[at : at + most - len(page)])
        return page

    def summaries(self, wanted: Sequence[Summary], period: Period) -> tuple[tuple[tuple[str, Decimal], ...], ...]:
        """Tables of the yearly report, label and amount; one query for all that is final."""
        first, last = bounds(Basis.WITHIN, period)
        translator = Translator(self.register, self.as_of, self.slots)
        finals, rests = [], []
        for summary in wanted:
            where = summary.tally.where
            asked = {*subjects(where), summary.by, summary.tally.of, summary.dated}
            final, others = self._apart(translator, asked, where, summary.dated, first, last)
            inside = translator.dated(summary.dated, first, last) & translator.condition(where)
            finals.append(self._rows().filter(final & inside))
            rests.append(
                records_alike(self.register, summary, others, period=period, workdays=self.workdays, as_of=self.as_of)
            )
        found = rows_alike(translator, wanted, finals)
        return tuple(
            summary_of(self.register, summary, chain(alike, rest))
            for summary, alike, rest in zip(wanted, found, rests, strict=True)
        )

    def _rows(self) -> QuerySet[tables.RegisterRecord]:
        rows = tables.RegisterRecord.objects.filter(definition=self.definition).order_by()
        return rows if self.narrow is None else rows.filter(self.narrow)

    def _records(self, rows: QuerySet[tables.RegisterRecord]) -> Iterator[Record]:
        for row in rows.iterator(chunk_size=1000):
            yield record_of(self.register, row)

    def _day(self, basis: Basis, period: Period) -> date:
        return min(self.as_of, bounds(basis, period)[1]) if basis is Basis.STOCK else self.as_of

    def _split(
        self, rule: CountingRule, period: Period
    ) -> tuple[dict[str, Q], QuerySet[tables.RegisterRecord], list[Record]]:
        """The parts of a rule, the final rows of its base that lie in the period, and every other record that may."""
        day = self._day(rule.basis, period)
        first, last = bounds(rule.basis, period)
        translator = Translator(self.register, day, self.slots)
        where = (rule.denominator or rule.numerator).where
        final, listed = self._apart(translator, _asked(rule), where, rule.dated, first, last)
        base = translator.condition(where)
        found = self._rows().filter(final & translator.dated(rule.dated, first, last) & base)
        return _parts(translator, rule), found, listed

    def _apart(
        self, translator: Translator, asked: Collection[str], where: Filter, dated: str, first: date, last: date
    ) -> tuple[Q, list[Record]]:
        """Which rows are final for what is asked on the day, and every other record that may pass and lie in the period."""
        day, final = translator.as_of, Q(last_on__lte=translator.as_of, seal=self.seal)
        running = self._runs(asked, day)
        if not (running or self._unsettled(day)[0]):
            return final, []
        other = Q(last_on__gt=day) | Q(seal__lt=self.seal) | Q(seal__gt=self.seal)
        if running:
            still = final & Q(running=True)
            if not self._runs({*subjects(where), dated}, day):
                # What the filter asks is final, only what is added up is not: SQL leaves out most of what still runs.
                still &= translator.condition(where) & translator.dated(dated, first, last)
            final, other = final & Q(running=False), other | still
        opened = Q(opened__lte=last) if first == date.min else Q(opened__range=(first, last))
        inside = self._rows().filter(opened) if dated == OPENED else self._rows()
        return final, list(self._records(whole_rows(inside.filter(other)).order_by("pk")))

    def _runs(self, asked: Iterable[str], day: date) -> bool:
        """Whether something that is asked changes from day to day while a clock runs."""
        clocks = [subject for subject in asked if subject.startswith(CLOCKS)]
        return any(subject.startswith(USED) for subject in clocks) or (bool(clocks) and self._unknown(day))

    def _unsettled(self, day: date) -> tuple[bool, bool]:
        """Whether some row is not final on a day, and whether some clock ran through a year without holidays."""
        if day not in self._known:
            rows = self._rows()
            asked = {
                "later": Exists(rows.filter(last_on__gt=day)), "below": Exists(rows.filter(seal__lt=self.seal)),
                "above": Exists(rows.filter(seal__gt=self.seal)), "unsure": Exists(rows.filter(unsure=True)),
            }  # fmt: skip
            # Four looks into four indexes: one condition over all of them would read every row.
            found = tables.RegisterDefinition.objects.filter(pk=self.definition).values_list(*asked.values()).first()
            later, below, above, unsure = found or (False,) * len(asked)
            self._known[day] = (later or below or above, unsure)
        return self._known[day]

    def _counted(self, rule: CountingRule, records: Iterable[Record], period: Period) -> Figure:
        """The figure of some records, with its lists whatever the register is."""
        register = replace(self.register, restricted=False)
        return count(register, rule, records, period=period, workdays=self.workdays, as_of=self.as_of)

    def _unknown(self, day: date) -> bool:
        """Whether clocks that still run have come into a year without holidays."""
        return bool(years_without_holidays(day, day, self.workdays.holidays))

    def _sure(
        self, rule: CountingRule, final: QuerySet[tables.RegisterRecord], parts: dict[str, Q], period: Period
    ) -> None:
        """Let `core` refuse where a clock that is asked about ran through a year without holidays."""
        if any(subject.startswith(CLOCKS) for subject in _asked(rule)) and self._unsettled(self.as_of)[1]:
            rows = whole_rows(final.filter(either([parts["met"], parts["missed"]]), unsure=True).order_by("pk"))
            self._counted(rule, [record_of(self.register, row) for row in rows[:200]], period)

    def _tally(self, tally: Tally, rows: QuerySet[tables.RegisterRecord], amount: int) -> Decimal:
        """The amount of a tally over final rows, `amount` of them."""
        if tally.how is Tallying.RECORDS:
            return Decimal(amount)
        groups = list(
            rows.values_list(Translator(self.register, self.as_of, self.slots).amount(tally.of)).annotate(Count("pk"))
        )
        kind = kind_of(self.register, tally.of)
        if tally.how is Tallying.DISTINCT:
            numeric = kind is not None and kind[0] in NUMERIC and not tally.of.startswith("@")
            return Decimal(len({Decimal(str(text)) if numeric else text for text, _ in groups if text is not None}))
        return sum((Decimal(str(text)) * times for text, times in groups if text is not None), Decimal(0))

    def _told(
        self, rule: CountingRule, period: Period, numerator: Decimal, denominator: Decimal | None,
        numbers: dict[str, int],
    ) -> Counted:  # fmt: skip
        figure = figure_of(
            self.register, rule, period=period, as_of=self.as_of, numerator=numerator, denominator=denominator,
            waiting=numbers["waiting"],
        )  # fmt: skip
        return Counted(figure, numbers["met"], numbers["missed"], numbers["waiting"])


def _asked(rule: CountingRule) -> set[str]:
    """Every subject that a rule asks about but for its date."""
    tallies = [rule.numerator] + ([rule.denominator] if rule.denominator else [])
    asked = {subject for tally in tallies for subject in subjects(tally.where)} | {tally.of for tally in tallies}
    if rule.pending is not None:
        asked |= set(subjects(rule.pending))
    return asked | {rule.dated}


def _parts(translator: Translator, rule: CountingRule) -> dict[str, Q]:
    """The three parts of the base of a rule as conditions."""
    pending = translator.condition(rule.pending) if rule.pending else NEVER
    ready = translator.condition(rule.pending, holds=False) if rule.pending else ALWAYS
    return {
        "met": both([translator.condition(rule.numerator.where), ready]),
        "missed": both([translator.condition(rule.numerator.where, holds=False), ready]),
        "waiting": pending,
    }


def _is_of_clock(rule: CountingRule) -> bool:
    """Whether something of a clock itself is added up."""
    return any(item is not None and item.of.startswith((VERDICT, USED)) for item in (rule.numerator, rule.denominator))


def _is_distinct(rule: CountingRule) -> bool:
    return any(item is not None and item.how is Tallying.DISTINCT for item in (rule.numerator, rule.denominator))
