"""Deadlines: working and calendar days, leave, year ends, extensions, pauses, terms that depend on the record."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.registers.made import DAYS, SOURCE, deadline

from selaras.core.calendar import DayKind
from selaras.core.law import Certainty, Source
from selaras.core.registers.clock import (
    Clock,
    Deadline,
    FirstDay,
    Pause,
    Term,
    Verdict,
    Workdays,
    days_used,
    due_date,
    pauses_of,
    read_clock,
    reminders,
    workdays_of,
)
from selaras.core.registers.filters import Comparison, Op
from selaras.rulebook import load
from selaras.rulebook.registers import preset

CALENDAR = {"days": DayKind.CALENDAR}
SAME = {"first": FirstDay.SAME}


@pytest.mark.parametrize(
    ("start", "days", "settings", "due"),
    [
        (date(2024, 3, 4), 0, {}, date(2024, 3, 4)),
        (date(2024, 3, 4), 1, {}, date(2024, 3, 5)),
        (date(2024, 3, 1), 1, {}, date(2024, 3, 4)),  # Friday to Monday
        (date(2024, 3, 2), 1, {}, date(2024, 3, 4)),  # received on Saturday
        (date(2024, 3, 3), 5, {}, date(2024, 3, 8)),  # received on Sunday
        (date(2024, 3, 8), 1, {}, date(2024, 3, 13)),  # over a holiday and collective leave
        (date(2024, 3, 8), 1, {"leave": False}, date(2024, 3, 12)),  # leave does not stop the public's days
        (date(2024, 3, 4), 10, {}, date(2024, 3, 20)),
        (date(2024, 3, 4), 17, {}, date(2024, 3, 29)),  # ten, extended by seven
        (date(2024, 12, 20), 5, {}, date(2024, 12, 31)),  # Christmas and leave
        (date(2024, 12, 20), 6, {}, date(2025, 1, 2)),  # over the end of the year
        (date(2023, 12, 22), 5, {}, date(2024, 1, 2)),
        (date(2024, 2, 28), 1, {}, date(2024, 2, 29)),
        (date(2024, 3, 4), 1, SAME, date(2024, 3, 4)),
        (date(2024, 3, 2), 1, SAME, date(2024, 3, 4)),
        (date(2024, 3, 4), 10, CALENDAR, date(2024, 3, 14)),
        (date(2024, 3, 4), 5, CALENDAR, date(2024, 3, 9)),
        (date(2024, 3, 4), 5, {**CALENDAR, "roll": True}, date(2024, 3, 13)),  # Saturday, Sunday, holiday, leave
        (date(2024, 3, 4), 5, {**CALENDAR, "roll": True, "leave": False}, date(2024, 3, 12)),
    ],
)
def test_a_deadline_ends_on_its_day(start, days, settings, due):
    assert due_date(start, days, deadline(**settings), DAYS) == due


@pytest.mark.parametrize(
    ("start", "end", "used"),
    [
        (date(2024, 3, 15), date(2024, 3, 18), 1),  # a Friday event published on Monday
        (date(2024, 3, 15), date(2024, 3, 15), 0),
        (date(2024, 3, 15), date(2024, 3, 17), 0),
        (date(2024, 3, 8), date(2024, 3, 13), 1),
        (date(2024, 12, 24), date(2025, 1, 2), 4),
        (date(2024, 3, 18), date(2024, 3, 15), 0),
    ],
)
def test_days_used_are_counted_from_the_day_after(start, end, used):
    assert days_used(start, end, deadline(), DAYS) == used


def test_a_unit_with_six_days_works_on_saturday():
    six = Workdays(DAYS.holidays, DAYS.leave, frozenset(range(6)))
    assert due_date(date(2024, 3, 15), 1, deadline(), six) == date(2024, 3, 16)


def test_it_refuses_to_count_backwards_or_without_end():
    with pytest.raises(ValueError, match="forward"):
        due_date(date(2024, 3, 4), -1, deadline(), DAYS)
    with pytest.raises(ValueError, match="forward"):
        due_date(date(2024, 3, 4), 1, deadline(), Workdays(week=frozenset()))
    with pytest.raises(ValueError, match="forward"):
        due_date(date(2024, 3, 4), 1, deadline(), DAYS, [Pause(date(2024, 3, 5))])


dates = st.dates(date(2023, 12, 1), date(2025, 1, 31))
settings = st.fixed_dictionaries(
    {}, optional={"days": st.sampled_from(DayKind), "leave": st.booleans(), "first": st.sampled_from(FirstDay)}
)
breaks = st.lists(st.tuples(dates, st.integers(0, 15)), max_size=3).map(
    lambda found: tuple(Pause(day, day + timedelta(days=length)) for day, length in found)
)


@given(dates, st.integers(1, 60), settings, breaks)
def test_exactly_the_allowed_days_are_used_up_on_the_due_date(start, days, changes, pauses):
    rule = deadline(**changes)
    due = due_date(start, days, rule, DAYS, pauses)
    assert days_used(start, due, rule, DAYS, pauses) == days
    assert days_used(start, due - timedelta(days=1), rule, DAYS, pauses) == days - 1


@given(dates, st.integers(0, 40), st.integers(0, 20), settings)
def test_an_extension_only_adds_days_at_the_end(start, days, more, changes):
    rule = deadline(**{**changes, "first": FirstDay.NEXT})
    assert due_date(due_date(start, days, rule, DAYS), more, rule, DAYS) == due_date(start, days + more, rule, DAYS)


@given(dates, st.integers(1, 40), breaks)
def test_a_pause_never_brings_the_due_date_nearer(start, days, pauses):
    assert due_date(start, days, deadline(), DAYS, pauses) >= due_date(start, days, deadline(), DAYS)


def told(rule, as_of, pauses=(), grants=0, days=DAYS, **facts):
    return read_clock(
        rule, lambda subject: facts.get(subject.strip("@").replace(".", "_")), days, as_of, pauses=pauses, grants=grants
    )


@pytest.mark.parametrize(
    ("as_of", "ended", "verdict", "late_by", "left"),
    [
        (date(2024, 3, 4), None, Verdict.RUNNING, 0, 10),
        (date(2024, 3, 20), None, Verdict.RUNNING, 0, 0),
        (date(2024, 3, 21), None, Verdict.OVERDUE, 1, None),
        (date(2024, 3, 25), None, Verdict.OVERDUE, 3, None),
        (date(2024, 4, 1), date(2024, 3, 20), Verdict.ON_TIME, 0, None),
        (date(2024, 4, 1), date(2024, 3, 22), Verdict.LATE, 2, None),
        (date(2024, 3, 1), None, Verdict.WAITING, 0, None),
    ],
)
def test_the_clock_says_how_a_deadline_stands(as_of, ended, verdict, late_by, left):
    clock = told(deadline(), as_of, opened=date(2024, 3, 4), reached_selesai=ended)
    assert (clock.verdict, clock.late_by, clock.left) == (verdict, late_by, left)


def test_an_end_on_a_day_off_after_the_due_date_is_late_by_no_working_day():
    clock = told(deadline(5), date(2024, 4, 1), opened=date(2024, 3, 15), reached_selesai=date(2024, 3, 23))
    assert (clock.due, clock.verdict, clock.late_by, clock.used) == (date(2024, 3, 22), Verdict.LATE, 0, 5)


def test_the_first_of_several_ends_counts_and_none_before_the_start():
    rule = deadline(stops=("terbit", "@reached.selesai"))
    clock = told(
        rule, date(2024, 4, 1), opened=date(2024, 3, 4), terbit=date(2024, 3, 1), reached_selesai=date(2024, 3, 6)
    )
    assert clock.end == date(2024, 3, 6)


def test_a_stopped_clock_has_no_due_date_and_keeps_what_is_left():
    clock = told(deadline(), date(2024, 5, 1), [Pause(date(2024, 3, 6))], opened=date(2024, 3, 4))
    assert (clock.verdict, clock.due, clock.used, clock.left) == (Verdict.STOPPED, None, 2, 8)


def test_a_pause_that_ended_moves_the_due_date_by_its_working_days():
    clock = told(deadline(), date(2024, 3, 25), [Pause(date(2024, 3, 6), date(2024, 3, 8))], opened=date(2024, 3, 4))
    assert clock.due == date(2024, 3, 22)


def test_a_pause_of_the_future_is_not_known_yet():
    later = [Pause(date(2024, 3, 18), date(2024, 3, 19))]
    assert told(deadline(), date(2024, 3, 6), later, opened=date(2024, 3, 4)).verdict is Verdict.RUNNING
    assert told(deadline(), date(2024, 3, 18), later, opened=date(2024, 3, 4)).verdict is Verdict.STOPPED


def test_an_end_within_an_open_pause_ends_the_clock():
    clock = told(
        deadline(),
        date(2024, 5, 1),
        [Pause(date(2024, 3, 6))],
        opened=date(2024, 3, 4),
        reached_selesai=date(2024, 4, 2),
    )
    assert (clock.verdict, clock.used) == (Verdict.ON_TIME, 2)


def test_extensions_count_as_often_as_the_rule_allows():
    rule = deadline(terms=(Term("biasa", SOURCE, days=10, extension=7),))
    assert told(rule, date(2024, 3, 4), grants=3, opened=date(2024, 3, 4)).due == date(2024, 3, 29)


def test_the_term_depends_on_the_record_and_on_the_day():
    old = Source("Aturan lama", Certainty.CONFIRMED, until=date(2023, 10, 31))
    new = Source("Aturan baru", Certainty.CONFIRMED, since=date(2023, 11, 1))
    quick = Comparison("kilat", Op.IS, value=True)
    rule = deadline(
        terms=(
            Term("lama", old, days=2, when=quick),
            Term("baru", new, days=3, when=quick),
            Term("biasa", SOURCE, days=10),
        )
    )
    for start, content, code in (
        (date(2023, 10, 31), True, "lama"),
        (date(2023, 11, 1), True, "baru"),
        (date(2023, 11, 1), None, "biasa"),
    ):
        assert told(rule, date(2024, 1, 1), opened=start, kilat=content).term.code == code


def test_a_term_without_days_has_no_limit():
    clock = told(deadline(None), date(2024, 9, 1), opened=date(2024, 3, 4))
    assert (clock.verdict, clock.due) == (Verdict.NO_LIMIT, None)
    future = Term("nanti", Source("x", Certainty.INFERRED, since=date(2030, 1, 1)), days=3)
    assert told(deadline(terms=(future,)), date(2024, 9, 1), opened=date(2024, 3, 4)).verdict is Verdict.NO_LIMIT


def test_a_promised_day_is_the_due_date():
    rule = deadline(terms=(Term("janji", SOURCE, promised="terjadi"),))
    ready = {"opened": date(2024, 3, 4), "terjadi": date(2024, 3, 7)}
    assert told(rule, date(2024, 3, 7), **ready).verdict is Verdict.RUNNING
    assert told(rule, date(2024, 3, 8), **ready).verdict is Verdict.OVERDUE
    assert told(rule, date(2024, 3, 8), opened=date(2024, 3, 4)).verdict is Verdict.NO_LIMIT


def test_years_without_holidays_are_named():
    clock = told(deadline(), date(2019, 3, 4), opened=date(2019, 3, 1))
    assert clock.unknown_years == (2019,)
    assert (
        told(deadline(terms=(Term("x", SOURCE, days=3),)), date(2024, 3, 4), opened=date(2024, 3, 1)).unknown_years
        == ()
    )


def test_reminders_stand_working_days_before_the_end():
    rule = deadline(remind=(3, 1, 0))
    clock = told(rule, date(2024, 3, 4), opened=date(2024, 3, 4))
    assert reminders(rule, clock, DAYS) == {3: date(2024, 3, 15), 1: date(2024, 3, 19), 0: date(2024, 3, 20)}
    assert reminders(rule, Clock("jawab", Verdict.STOPPED), DAYS) == {}


def test_touching_pauses_become_one():
    moves = [("baru", date(2024, 3, 1)), ("a", date(2024, 3, 4)), ("b", date(2024, 3, 5)), ("baru", date(2024, 3, 8))]
    assert pauses_of({"a", "b"}, moves) == (Pause(date(2024, 3, 4), date(2024, 3, 8)),)
    assert pauses_of({"a"}, moves[:2]) == (Pause(date(2024, 3, 4)),)


@pytest.mark.parametrize(
    ("start", "stage", "grants", "due"),
    [
        (date(2024, 1, 2), True, 0, date(2024, 1, 5)),  # KPU, election stage: three working days
        (date(2024, 1, 2), True, 1, date(2024, 1, 9)),  # and two more
        (date(2023, 10, 2), True, 0, date(2023, 10, 4)),  # two days by the rule before
        (date(2024, 1, 2), False, 0, date(2024, 1, 16)),
        (date(2024, 1, 2), False, 1, date(2024, 1, 25)),
        (date(2024, 4, 4), False, 0, date(2024, 4, 26)),  # Idul Fitri with collective leave
        (date(2024, 12, 20), True, 0, date(2024, 12, 27)),
    ],
)
def test_a_request_is_answered_by_the_days_of_the_law_and_the_table_of_the_year(start, stage, grants, due):
    rule = preset("permohonan_informasi").deadline("jawab")
    clock = told(rule, start, grants=grants, days=workdays_of(load(date(2025, 1, 1))), opened=start, tahapan=stage)
    assert clock.due == due


@given(
    start=st.dates(date(2023, 12, 1), date(2024, 12, 31)), step=st.integers(-10, 90), days=st.integers(0, 60),
    first=st.sampled_from(FirstDay), kind=st.sampled_from(DayKind), leave=st.booleans(),
)  # fmt: skip
def test_days_counted_at_once_are_the_days_counted_one_by_one(start, step, days, first, kind, leave):
    one = Deadline("x", "X", "@opened", (), (), kind, first, leave)
    end = start + timedelta(days=step)
    # A pause long before changes nothing, but lets every day be looked at by itself.
    long_ago = (Pause(date(2020, 1, 1), date(2020, 1, 2)),)
    assert days_used(start, end, one, DAYS) == days_used(start, end, one, DAYS, long_ago)
    assert due_date(start, days, one, DAYS) == due_date(start, days, one, DAYS, long_ago)
