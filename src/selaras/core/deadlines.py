"""Until when something is due: the slots of a year, the rules that propose a day for each, and which day counts."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selaras.core.law import Source
from selaras.core.org import AgencyKind
from selaras.core.period import PER_YEAR, Period, Span


class Matter(StrEnum):
    """What is due. The first word says whom the reminder reaches."""

    AGREEMENT = "perjanjian"
    MEASUREMENT = "pengukuran"
    BUDGET = "anggaran"
    INTERIM = "laporan kinerja interim"
    REPORT = "laporan kinerja"


class Anchor(StrEnum):
    """The day from which a rule counts."""

    BUDGET = "anggaran disahkan"
    PERIOD = "akhir periode"


def name_of(what: str) -> str:
    """A matter with a capital, as a heading says it."""
    return "Perjanjian kinerja" if what == Matter.AGREEMENT.value else f"{what[:1].upper()}{what[1:]}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that is due once: what, and for which part of the year (`index` 0 and no span: the year as such)."""

    what: str
    span: Span | None = None
    index: int = 0

    def period(self, year: int) -> Period:
        """The part of `year` that the slot is about."""
        return Period(year, self.span, self.index) if self.span else Period(year)

    def title(self, year: int) -> str:
        """The slot in Indonesian: `Pengukuran Triwulan I Tahun 2026`."""
        return f"{name_of(self.what)} {self.period(year).name}"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How one kind of agency finds its day: some months and days after an anchor. No kinds means every kind."""

    code: str
    what: Matter
    span: Span | None
    kinds: tuple[AgencyKind, ...]
    anchor: Anchor
    months: int
    days: int
    source: Source

    def slots(self) -> tuple[Slot, ...]:
        """What the rule gives a day to within one year."""
        if self.span is None:
            return (Slot(self.what.value),)
        return tuple(Slot(self.what.value, self.span, index) for index in range(1, PER_YEAR[self.span] + 1))

    def day(self, slot: Slot, year: int, budget_on: date | None) -> date:
        """The day that the rule proposes for a slot of `year`.

        `budget_on` is the day on which the budget was approved; the last day of the year before stands for one that
        nobody has recorded, because budgets are to be approved before their year begins.
        """
        start = (budget_on or date(year - 1, 12, 31)) if self.anchor is Anchor.BUDGET else last_day(slot.period(year))
        return months_after(start, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Due:
    """The day that counts for a slot: the agency's own, or the proposal of a rule where it has set none."""

    slot: Slot
    day: date
    own: date | None = None
    proposed: date | None = None
    rule: DeadlineRule | None = None


def last_day(period: Period) -> date:
    """The last day of a period."""
    return date(period.year, period.last_month, calendar.monthrange(period.year, period.last_month)[1])


def months_after(start: date, months: int) -> date:
    """The same day some months later; the last day of a month stays the last day (31 December + 2 = end of February)."""
    if not months:
        return start
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    is_last = start.day == calendar.monthrange(start.year, start.month)[1]
    return date(year, month + 1, longest if is_last else min(start.day, longest))


def due_days(
    rules: Iterable[DeadlineRule],
    kind: AgencyKind,
    year: int,
    *,
    budget_on: date | None = None,
    own: Mapping[Slot, date] | None = None,
) -> dict[Slot, Due]:
    """Every slot of a year with the day that counts, by day: the agency's own days before the proposals.

    The rule that names the kind of agency goes before the one for all.
    """
    mine = dict(own or {})
    chosen: dict[Slot, DeadlineRule] = {}
    for rule in sorted(rules, key=lambda rule: not rule.kinds):
        if not rule.kinds or kind in rule.kinds:
            for slot in rule.slots():
                chosen.setdefault(slot, rule)
    found = []
    for slot in dict.fromkeys([*chosen, *mine]):
        basis = chosen.get(slot)
        proposed = basis.day(slot, year, budget_on) if basis else None
        day = mine.get(slot, proposed)
        if day is not None:
            found.append(Due(slot, day, mine.get(slot), proposed, basis))
    return {due.slot: due for due in sorted(found, key=lambda due: due.day)}
