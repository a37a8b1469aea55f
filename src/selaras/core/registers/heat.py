"""The heat map of deadlines: for each row how much is overdue and how much falls due on each of the coming days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from selaras.core.calendar import is_working_day
from selaras.core.registers.clock import Clock, Verdict, Workdays


@dataclass(frozen=True, slots=True)
class Waiting:
    """One deadline that is open: the row it stands in (unit or register), its record, how it stands."""

    row: str
    record: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many deadlines fall on one day, whose records they are; `worked` is False on a day off."""

    day: date
    records: tuple[str, ...]
    worked: bool

    @property
    def amount(self) -> int:
        """How many."""
        return len(self.records)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: what is overdue, the coming days, what is due later, what is stopped."""

    name: str
    overdue: tuple[str, ...]
    cells: tuple[HeatCell, ...]
    later: tuple[str, ...]
    stopped: tuple[str, ...]


def heat_map(waiting: Iterable[Waiting], *, today: date, days: int, workdays: Workdays) -> tuple[HeatRow, ...]:
    """The open deadlines in rows, the row with most overdue first, then by name; `days` from today on are columns.

    Every open deadline stands in exactly one place. Raises ValueError for fewer than one day.
    """
    if days < 1:
        raise ValueError("a heat map has at least one day")
    rows: dict[str, list[Waiting]] = {}
    for item in waiting:
        if item.clock.verdict in {Verdict.RUNNING, Verdict.OVERDUE, Verdict.STOPPED}:
            rows.setdefault(item.row, []).append(item)
    made = [_row(name, items, today, days, workdays) for name, items in rows.items()]
    return tuple(sorted(made, key=lambda row: (-len(row.overdue), row.name)))


def _row(name: str, items: list[Waiting], today: date, days: int, workdays: Workdays) -> HeatRow:
    overdue: list[str] = []
    later: list[str] = []
    stopped: list[str] = []
    columns: dict[date, list[str]] = {today + timedelta(days=step): [] for step in range(days)}
    for item in items:
        due = item.clock.due
        if due is None:
            stopped.append(item.record)
        elif due < today:
            overdue.append(item.record)
        else:
            columns.get(due, later).append(item.record)
    cells = tuple(
        HeatCell(
            day, tuple(sorted(records)), is_working_day(day, workdays.holidays, workdays.leave, week=workdays.week)
        )
        for day, records in columns.items()
    )
    return HeatRow(name, tuple(sorted(overdue)), cells, tuple(sorted(later)), tuple(sorted(stopped)))
