"""A table of days made ready for counting many stretches of it: days worked by arithmetic instead of one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class DayTable:
    """A table of days made ready for counting: the days off that fall on days of the week, and the years it knows."""

    week: frozenset[int]
    off: tuple[int, ...]
    years: frozenset[int]

    def worked(self, after: date, until: date) -> int:
        """How many days after `after` up to and including `until`, a later day, are worked."""
        first, last = after.toordinal(), until.toordinal()
        weeks, rest = divmod(last - first, 7)
        # Ordinal 1 is a Monday.
        worked = weeks * len(self.week) + sum((first + step) % 7 in self.week for step in range(rest))
        return worked - (bisect_right(self.off, last) - bisect_right(self.off, first))


def day_table(holidays: Collection[date], leave: Collection[date], week: Collection[int]) -> DayTable:
    """The table of these holidays, days of collective leave and weekdays worked (Monday is 0); made once."""
    return _made_table(frozenset(holidays), frozenset(leave), frozenset(week))


@lru_cache(maxsize=64)
def _made_table(holidays: frozenset[date], leave: frozenset[date], week: frozenset[int]) -> DayTable:
    off = sorted(day.toordinal() for day in holidays | leave if day.weekday() in week)
    return DayTable(week, tuple(off), frozenset(day.year for day in holidays))
