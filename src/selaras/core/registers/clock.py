"""Deadlines of a register and their clock: due date, days used, late, stopped, extended.

All of it is data: working or calendar days, whether day one is the day after the event, whether collective leave stops
the days, in which states the clock stands still. A term is chosen by the content of the record and the day on which
the clock began, so that an election stage or a newer regulation is another term, not another program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from selaras.core.access import Role
from selaras.core.calendar import FIVE_DAYS, DayKind, is_working_day
from selaras.core.law import Law, Source
from selaras.core.registers.day_table import DayTable, day_table
from selaras.core.registers.filters import ALWAYS, Facts, Filter, holds

LONGEST_TERM = 3660


class FirstDay(StrEnum):
    """Which day is day one. The day of the event itself not counting is inferred from practice, hence a setting."""

    NEXT = "hari berikutnya"
    SAME = "hari itu juga"


class Verdict(StrEnum):
    """How a deadline stands."""

    WAITING = "belum mulai"
    RUNNING = "berjalan"
    STOPPED = "dihentikan sementara"
    OVERDUE = "lewat batas"
    ON_TIME = "tepat waktu"
    LATE = "terlambat"
    NO_LIMIT = "tanpa batas waktu"


ENDED = frozenset({Verdict.ON_TIME, Verdict.LATE})


@dataclass(frozen=True, slots=True)
class Workdays:
    """The table by which days are counted: national holidays, collective leave, weekdays worked (Monday is 0)."""

    holidays: Collection[date] = frozenset()
    leave: Collection[date] = frozenset()
    week: frozenset[int] = FIVE_DAYS


def workdays_of(law: Law, week: frozenset[int] = FIVE_DAYS) -> Workdays:
    """The table of the rulebook, for a unit that works on these weekdays."""
    return Workdays(law.holidays, law.collective_leave, week)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a deadline is in one case; the first one in force whose `when` holds is taken.

    `days` from the start, or the day in the field `promised`; neither of both means that there is no limit. `extension`
    is what one grant adds, `times` how often that may happen.
    """

    code: str
    source: Source
    days: int | None = None
    promised: str = ""
    extension: int = 0
    times: int = 1
    when: Filter = ALWAYS


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. `start` and `stops` are subjects that hold a date; the clock ends at the earliest of `stops`.

    `pauses` are states in which the clock stands still. `leave`: collective leave is no working day. `roll`: a last day
    that is not worked moves to the next working day (calendar days only). `remind` says how many such days before the
    end somebody is reminded, `escalate` who hears of it once it is past.
    """

    code: str
    name: str
    start: str
    stops: tuple[str, ...]
    terms: tuple[Term, ...]
    days: DayKind = DayKind.WORKING
    first: FirstDay = FirstDay.NEXT
    leave: bool = True
    roll: bool = False
    pauses: tuple[str, ...] = ()
    remind: tuple[int, ...] = ()
    escalate: Role | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood still: the days after `since` up to `until`; None while it lasts."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """How a deadline of one record stands: what began it, when it is due, what was used of it.

    `used` and `late_by` are days of the deadline's own kind; `due` is None without limit or while the clock is stopped.
    `unknown_years` are years without a table of holidays that the count ran through: it is then too high.
    """

    deadline: str
    verdict: Verdict
    start: date | None = None
    due: date | None = None
    end: date | None = None
    allowed: int | None = None
    used: int | None = None
    late_by: int = 0
    left: int | None = None
    extended: int = 0
    term: Term | None = None
    unknown_years: tuple[int, ...] = field(default=())


def read_clock(
    deadline: Deadline, facts: Facts, workdays: Workdays, as_of: date, *, pauses: Iterable[Pause] = (), grants: int = 0
) -> Clock:
    """How the deadline stands at the end of `as_of`. `facts` tells the record's dates, `grants` counts extensions.

    Late is what ended after the due date, overdue what is open on a later day. An end on a day off after the due date
    is late too, although it used no further working day.
    """
    start = _date(facts(deadline.start))
    if start is None or start > as_of:
        return Clock(deadline.code, Verdict.WAITING, start)
    ends = [day for day in map(_date, map(facts, deadline.stops)) if day is not None and start <= day <= as_of]
    end = min(ends, default=None)
    term = term_of(deadline, facts, start)
    stood = _until(end or as_of, pauses, ended=end is not None)
    used = days_used(start, end or as_of, deadline, workdays, stood)
    if term is None or (term.days is None and not term.promised):
        return Clock(deadline.code, Verdict.NO_LIMIT, start, end=end, used=used, term=term)
    extended = min(grants, term.times) * term.extension
    if end is None and any(pause.until is None for pause in stood):
        allowed = None if term.days is None else term.days + extended
        return Clock(
            deadline.code, Verdict.STOPPED, start, allowed=allowed, used=used, extended=extended, term=term,
            left=None if allowed is None else max(0, allowed - used),
        )  # fmt: skip
    due = _due(deadline, term, facts, workdays, start, extended, stood)
    if due is None:
        return Clock(deadline.code, Verdict.NO_LIMIT, start, end=end, used=used, term=term)
    return _told(deadline, term, workdays, start, due, end, as_of, used, extended, stood)


def term_of(deadline: Deadline, facts: Facts, start: date) -> Term | None:
    """The first term in force on the day the clock began whose condition holds for the record."""
    return next((term for term in deadline.terms if term.source.holds_on(start) and holds(term.when, facts)), None)


def due_date(start: date, days: int, deadline: Deadline, workdays: Workdays, pauses: Iterable[Pause] = ()) -> date:
    """The day on which `days` days from `start` end, by the settings of the deadline; zero days end on `start`.

    Raises ValueError for a negative or absurd number, an empty week, or a pause that has no end.
    """
    stood = tuple(pauses)
    table = _table(deadline, workdays)
    if not 0 <= days <= LONGEST_TERM or not workdays.week or any(pause.until is None for pause in stood):
        raise ValueError("days are counted forward, in a week that has some, over pauses that ended")
    day, left = start, days
    if left and deadline.first is FirstDay.SAME and _counts(day, deadline, workdays, stood):
        left -= 1
    while left:
        # So many days are needed at least; where all of them count, the last is the day.
        ahead = day + timedelta(days=1 if stood else left)
        left -= _counts(ahead, deadline, workdays, stood) if stood else _passed(day, ahead, deadline, table)
        day = ahead
    while deadline.roll and days and not _worked(day, deadline, workdays):
        day += timedelta(days=1)
    return day


def days_used(start: date, end: date, deadline: Deadline, workdays: Workdays, pauses: Iterable[Pause] = ()) -> int:
    """How many days of the deadline's kind passed from `start` up to and including `end`.

    An event on Friday that is published on Monday took one working day. Zero if `end` does not lie after `start`,
    unless the day itself is day one.
    """
    stood = tuple(pauses)
    first = 0 if deadline.first is FirstDay.SAME else 1
    if not stood:
        before = start - timedelta(days=1 - first)
        return _passed(before, end, deadline, _table(deadline, workdays)) if end > before else 0
    span = range(first, (end - start).days + 1)
    return sum(_counts(start + timedelta(days=step), deadline, workdays, stood) for step in span)


def pauses_of(states: Collection[str], moves: Iterable[tuple[str, date]]) -> tuple[Pause, ...]:
    """The times spent in `states`, from the states a record went through in order; touching times become one."""
    made: list[Pause] = []
    since: date | None = None
    for state, day in moves:
        if state in states:
            since = since or day
        elif since is not None:
            made.append(Pause(since, day))
            since = None
    return (*made, Pause(since)) if since is not None else tuple(made)


def reminders(deadline: Deadline, clock: Clock, workdays: Workdays) -> Mapping[int, date]:
    """On which day to remind, by the number of days before the due date; only while the clock runs."""
    if clock.due is None or clock.start is None or clock.end is not None:
        return {}
    found = {}
    for before in deadline.remind:
        day, left = clock.due, before
        while left and day > clock.start:
            day -= timedelta(days=1)
            left -= _counts(day, deadline, workdays, ())
        found[before] = day
    return found


def _due(
    deadline: Deadline, term: Term, facts: Facts, workdays: Workdays, start: date, extended: int,
    pauses: tuple[Pause, ...],
) -> date | None:  # fmt: skip
    if term.days is not None:
        return due_date(start, term.days + extended, deadline, workdays, pauses)
    promised = _date(facts(term.promised))
    return due_date(promised, extended, deadline, workdays) if promised and extended else promised


def _told(
    deadline: Deadline, term: Term, workdays: Workdays, start: date, due: date, end: date | None, as_of: date,
    used: int, extended: int, pauses: tuple[Pause, ...],
) -> Clock:  # fmt: skip
    until = end or as_of
    over = until > due
    verdict = (
        (Verdict.LATE if over else Verdict.ON_TIME) if end else (Verdict.OVERDUE if over else Verdict.RUNNING)
    )  # fmt: skip
    after = Deadline("", "", "", (), (), deadline.days, FirstDay.NEXT, deadline.leave)
    late_by = days_used(due, until, after, workdays, pauses) if over else 0
    left = days_used(as_of, due, after, workdays, pauses) if verdict is Verdict.RUNNING else None
    years: tuple[int, ...] = ()
    if deadline.days is DayKind.WORKING or deadline.roll:
        known = _table(deadline, workdays).years
        years = tuple(year for year in range(start.year, max(due, until).year + 1) if year not in known)
    allowed = None if term.days is None else term.days + extended
    return Clock(deadline.code, verdict, start, due, end, allowed, used, late_by, left, extended, term, years)


def _until(day: date, pauses: Iterable[Pause], *, ended: bool) -> tuple[Pause, ...]:
    """The pauses as they stood on `day`; one that was still open then lasts, unless the clock ended on that day."""
    made = []
    for pause in pauses:
        if pause.since <= day and not (ended and pause.since == day):
            later = pause.until is None or pause.until > day
            made.append(Pause(pause.since, (day if ended else None) if later else pause.until))
    return tuple(made)


def _table(deadline: Deadline, workdays: Workdays) -> DayTable:
    return day_table(workdays.holidays, workdays.leave if deadline.leave else (), workdays.week)


def _passed(after: date, until: date, deadline: Deadline, table: DayTable) -> int:
    """How many days of the deadline's kind lie after `after` up to and including `until`, without a pause."""
    if deadline.days is DayKind.CALENDAR:
        return (until - after).days
    return table.worked(after, until)


def _counts(day: date, deadline: Deadline, workdays: Workdays, pauses: tuple[Pause, ...]) -> bool:
    if any(pause.since < day and (pause.until is None or day <= pause.until) for pause in pauses):
        return False
    return deadline.days is DayKind.CALENDAR or _worked(day, deadline, workdays)


def _worked(day: date, deadline: Deadline, workdays: Workdays) -> bool:
    leave = workdays.leave if deadline.leave else ()
    return is_working_day(day, workdays.holidays, leave, week=workdays.week)


def _date(content: object) -> date | None:
    return content if isinstance(content, date) else None
