"""Dates in Indonesian, working days, and the table of holidays."""

import tomllib
from datetime import date, time, timedelta
from importlib.resources import files

import holidays as package
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.calendar import (
    SIX_DAYS,
    add_working_days,
    format_date,
    format_date_range,
    format_time,
    is_working_day,
    parse_date,
    weekday_name,
    working_days_between,
    years_without_holidays,
)
from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.place import Place

YEARS = tomllib.loads(files("selaras.rulebook").joinpath("data/holidays.toml").read_text(encoding="utf-8"))["year"]
HOLIDAYS = {day["date"]: day["name"] for year in YEARS for day in year["days"] if not day["leave"]}
LEAVE = {day["date"]: day["name"] for year in YEARS for day in year["days"] if day["leave"]}


def test_dates_and_times_are_written_as_documents_do():
    assert format_date(date(2021, 12, 7)) == "7 Desember 2021"
    assert format_time(time(7, 30)) == "07.30"
    assert weekday_name(date(2021, 12, 7)) == "Selasa"
    assert weekday_name(date(2021, 12, 12)) == "Minggu"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2021, 12, 7), date(2021, 12, 7), "7 Desember 2021"),
        (date(2021, 12, 7), date(2021, 12, 9), "7 s.d. 9 Desember 2021"),
        (date(2021, 11, 30), date(2021, 12, 2), "30 November s.d. 2 Desember 2021"),
        (date(2021, 12, 30), date(2022, 1, 2), "30 Desember 2021 s.d. 2 Januari 2022"),
    ],
)
def test_a_range_writes_once_what_both_ends_share(start, end, text):
    assert format_date_range(start, end) == text


def test_a_range_does_not_run_backwards():
    with pytest.raises(ValueError, match="before"):
        format_date_range(date(2021, 12, 9), date(2021, 12, 7))


@pytest.mark.parametrize(
    "text",
    [
        "7 Desember 2021",
        "07 desember 2021",
        " 7  Desember\u00a02021 ",
        "7 Des 2021",
        "7 Des. 2021",
        "Selasa, 7 Desember 2021",
        "Selasa,7 Desember 2021",
        "selasa 7 Desember 2021",
        "07/12/2021",
        "7/12/2021",
        "07-12-2021",
        "07.12.2021",
        "2021-12-07",
        "2021-12-07 00:00:00",
        "2021-12-07T00:00:00",
    ],
)
def test_it_reads_a_date(text):
    assert parse_date(text) == date(2021, 12, 7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Pebruari 2022", date(2022, 2, 1)),
        ("1 Nopember 2022", date(2022, 11, 1)),
        ("1 Nop 2022", date(2022, 11, 1)),
        ("17 Agt 2022", date(2022, 8, 17)),
        ("Jum'at, 19 Agustus 2022", date(2022, 8, 19)),
        ("Jumat, 19 Agustus 2022", date(2022, 8, 19)),
        ("Ahad, 21 Agustus 2022", date(2022, 8, 21)),
        ("29 Februari 2024", date(2024, 2, 29)),
        ("01/02/2024", date(2024, 2, 1)),
    ],
)
def test_it_reads_older_and_shorter_names_and_the_day_first(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Desember 2021",
        "7 December 2021",
        "7 Desember 21",
        "07/12/21",
        "12/31/2021",
        "31/02/2021",
        "29 Februari 2023",
        "07/12-2021",
        "2021/12/07",
        "20211207",
        "44537",
        "7 Desember 1821",
        "Rabu, 7 Desember 2021",
        "Tanggal 7 Desember 2021",
        "2021-12-07 13:45:00",
        "7 Desember 2021 pukul 07.30",
    ],
)
def test_it_refuses_what_is_not_a_date(text):
    with pytest.raises(Refusal) as refused:
        parse_date(text, place=Place(sheet="Realisasi", cell="D4"))
    (fault,) = refused.value.faults
    assert fault.read == text
    assert fault.expected
    assert fault.sentence().startswith("lembar Realisasi, sel D4: Tanggal tidak terbaca")


def test_a_wrong_weekday_is_answered_with_the_right_one():
    with pytest.raises(Refusal, match="Selasa, 7 Desember 2021"):
        parse_date("Rabu, 7 Desember 2021")


days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(days)
def test_a_date_that_is_written_is_read_back(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(f"{weekday_name(day)}, {format_date(day)}") == day
    assert parse_date(f"{day:%d/%m/%Y}") == day
    assert parse_date(day.isoformat()) == day


def test_a_friday_event_published_on_monday_took_one_working_day():
    friday, monday = date(2024, 7, 5), date(2024, 7, 8)
    assert working_days_between(friday, monday, HOLIDAYS, LEAVE) == 1
    assert working_days_between(friday, friday, HOLIDAYS, LEAVE) == 0
    assert working_days_between(friday, date(2024, 7, 7), HOLIDAYS, LEAVE) == 0


def test_holidays_and_collective_leave_are_not_worked():
    assert not is_working_day(date(2024, 4, 10), HOLIDAYS, LEAVE)
    assert not is_working_day(date(2024, 4, 8), HOLIDAYS, LEAVE)
    assert is_working_day(date(2024, 4, 16), HOLIDAYS, LEAVE)
    assert not is_working_day(date(2024, 4, 20), HOLIDAYS, LEAVE)
    assert working_days_between(date(2024, 4, 5), date(2024, 4, 16), HOLIDAYS, LEAVE) == 1


def test_collective_leave_counts_where_it_does_not_stop_a_deadline():
    assert is_working_day(date(2024, 4, 8), HOLIDAYS, {})
    assert working_days_between(date(2024, 4, 5), date(2024, 4, 16), HOLIDAYS, {}) == 5


def test_a_unit_may_work_six_days():
    assert is_working_day(date(2024, 4, 20), HOLIDAYS, LEAVE, week=SIX_DAYS)
    assert working_days_between(date(2024, 7, 5), date(2024, 7, 8), HOLIDAYS, LEAVE, week=SIX_DAYS) == 2


def test_it_refuses_an_end_before_the_start():
    with pytest.raises(Refusal, match="mendahului"):
        working_days_between(date(2024, 7, 8), date(2024, 7, 5), HOLIDAYS, LEAVE)


def test_a_period_ends_on_its_last_working_day():
    assert add_working_days(date(2024, 7, 5), 1, HOLIDAYS, LEAVE) == date(2024, 7, 8)
    assert add_working_days(date(2024, 4, 5), 1, HOLIDAYS, LEAVE) == date(2024, 4, 16)
    assert add_working_days(date(2024, 7, 6), 0, HOLIDAYS, LEAVE) == date(2024, 7, 6)


@pytest.mark.parametrize(("count", "week"), [(-1, SIX_DAYS), (1, frozenset())])
def test_working_days_are_counted_forward_in_a_week_that_has_some(count, week):
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2024, 7, 5), count, HOLIDAYS, LEAVE, week=week)


table_days = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@given(table_days, st.integers(1, 60))
def test_adding_and_counting_agree(start, count):
    end = add_working_days(start, count, HOLIDAYS, LEAVE)
    assert is_working_day(end, HOLIDAYS, LEAVE)
    assert working_days_between(start, end, HOLIDAYS, LEAVE) == count


@given(table_days, st.integers(0, 60), st.integers(0, 60))
def test_counts_of_adjoining_periods_add_up(start, first, second):
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = [working_days_between(*ends, HOLIDAYS, LEAVE) for ends in ((start, middle), (middle, end))]
    assert working_days_between(start, end, HOLIDAYS, LEAVE) == sum(parts)


def test_years_outside_the_table_are_named():
    assert years_without_holidays(date(2024, 1, 1), date(2025, 1, 1), HOLIDAYS) == ()
    assert years_without_holidays(date(2026, 1, 1), date(2029, 1, 1), HOLIDAYS) == (2028, 2029)


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year["year"]))
def test_the_table_holds_what_the_package_knows(year):
    def known(category):
        found = package.country_holidays("ID", years=year["year"], categories=(category,), language="id")
        return {day: name.replace("Pegangti", "Pengganti") for day, name in found.items()}

    public = known("public")
    written = {
        leave: {day["date"]: day["name"] for day in year["days"] if day["leave"] is leave} for leave in (True, False)
    }
    assert written[False] == public
    assert written[True] == {day: name for day, name in known("government").items() if day not in public}


def test_every_year_says_where_it_comes_from_and_how_sure_it_is():
    assert [year["year"] for year in YEARS] == list(range(2020, 2028))
    for year in YEARS:
        assert "naskah SKB belum dibandingkan" in year["source"]
        assert Certainty(year["certainty"]) is not Certainty.CONFIRMED
        dates = [day["date"] for day in year["days"]]
        assert dates == sorted(set(dates))
        assert {day.year for day in dates} == {year["year"]}


def test_the_counts_are_those_of_the_published_lists():
    counts = {
        year["year"]: (sum(not d["leave"] for d in year["days"]), sum(d["leave"] for d in year["days"]))
        for year in YEARS
    }
    assert counts[2022] == (16, 4)
    assert counts[2024] == (19, 10)
    assert counts[2025] == (17, 11)
    assert counts[2026] == (17, 8)
