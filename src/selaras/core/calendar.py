"""Dates as Indonesian documents write them, and working days counted from a table of holidays.

The table (national holidays and collective leave, per year) is passed in; it lives in the rulebook. The working
week of five days is that of Perpres 21/2023; units with six days pass their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NoReturn

from selaras.core.errors import Fault, Refusal
from selaras.core.period import MONTHS
from selaras.core.place import NOWHERE, Place


class DayKind(StrEnum):
    """Which days of a deadline count."""

    CALENDAR = "hari kalender"
    WORKING = "hari kerja"


WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
FIVE_DAYS = frozenset(range(5))
SIX_DAYS = frozenset(range(6))

_OLDER_NAMES = {"pebruari": 2, "nopember": 11, "agt": 8, "ags": 8, "sept": 9, "peb": 2, "nop": 11}
_MONTH_NUMBERS = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)},
    **_OLDER_NAMES,
}
_OLDER_WEEKDAYS = {"jum'at": 4, "jum’at": 4, "ahad": 6}
_WEEKDAY_NUMBERS = {**{name.casefold(): number for number, name in enumerate(WEEKDAYS)}, **_OLDER_WEEKDAYS}
_IN_WORDS = re.compile(
    r"(?:(?P<weekday>[a-z]+(?:['’]at)?)(?:\s*,\s*|\s+))?"
    r"(?P<day>[0-9]{1,2})\s+(?P<month>[a-z]+)\.?\s+(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[/.\-])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ]00:00(?::00)?)?")


def format_date(day: date) -> str:
    """`7 Desember 2021`, no leading zero."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_date_range(start: date, end: date) -> str:
    """`7 s.d. 9 Desember 2021`; what both ends share is written once, and one day is written as one day.

    Raises ValueError if `end` lies before `start`.
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}")
    if start == end:
        return format_date(start)
    if start.year != end.year:
        first = format_date(start)
    elif start.month != end.month:
        first = f"{start.day} {MONTHS[start.month - 1]}"
    else:
        first = str(start.day)
    return f"{first} s.d. {format_date(end)}"


def format_time(moment: time) -> str:
    """`07.30`: hours and minutes with a dot."""
    return f"{moment.hour:02}.{moment.minute:02}"


def weekday_name(day: date) -> str:
    """`Senin` … `Minggu`."""
    return WEEKDAYS[day.weekday()]


def parse_date(text: str, *, place: Place = NOWHERE) -> date:
    """The date written as `7 Desember 2021`, `Selasa, 7 Desember 2021`, `07/12/2021` or `2021-12-07`.

    Digits with `/`, `.` or `-` are always day, month, year. Months may be shortened to three letters or carry the
    older names Pebruari and Nopember. Raises Refusal for anything else, a date that does not exist, a year outside
    1900..2200, two-digit years, and a weekday that is not that of the date.
    """
    written = " ".join(text.split())
    found = _IN_WORDS.fullmatch(written) or _DAY_FIRST.fullmatch(written) or _YEAR_FIRST.fullmatch(written)
    if found is None:
        _refuse(text, place)
    parts = found.groupdict()
    month = int(parts["month"]) if parts["month"].isdigit() else _MONTH_NUMBERS.get(parts["month"].casefold(), 0)
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        _refuse(text, place)
    if not 1900 <= day.year <= 2200:
        _refuse(text, place, expected="tahun antara 1900 dan 2200")
    weekday = parts.get("weekday")
    if weekday and _WEEKDAY_NUMBERS.get(weekday.casefold()) != day.weekday():
        _refuse(text, place, expected=f"{weekday_name(day)}, {format_date(day)}")
    return day


def is_working_day(
    day: date, holidays: Collection[date], leave: Collection[date], *, week: frozenset[int] = FIVE_DAYS
) -> bool:
    """Whether `day` is worked: a day of the working week, no national holiday, no collective leave.

    `holidays` and `leave` are any collections of dates, such as `Law.holidays` and `Law.collective_leave`. Whether
    collective leave also stops the public's deadlines is not settled: pass an empty collection where it does not.
    `week` holds the weekdays worked, Monday is 0.
    """
    return day.weekday() in week and day not in holidays and day not in leave


def working_days_between(
    start: date,
    end: date,
    holidays: Collection[date],
    leave: Collection[date],
    *,
    week: frozenset[int] = FIVE_DAYS,
) -> int:
    """The working days after `start` up to and including `end`; the day of the event is not counted.

    An event on Friday that is published on Monday took 1 day; on the same day, 0. Raises Refusal if `end` lies
    before `start`. The rule is inferred from practice (day one is the next working day).
    """
    if end < start:
        fault = Fault(
            "Tanggal akhir mendahului tanggal awal",
            read=f"{format_date(start)} s.d. {format_date(end)}",
            expected=f"tanggal akhir paling awal {format_date(start)}",
            remedy="Periksa kedua tanggal itu.",
        )
        raise Refusal("Hari kerja tidak dapat dihitung.", fault)
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays, leave, week=week) for day in days)


def add_working_days(
    start: date,
    count: int,
    holidays: Collection[date],
    leave: Collection[date],
    *,
    week: frozenset[int] = FIVE_DAYS,
) -> date:
    """The day on which a period of `count` working days from `start` ends; `start` itself is not counted.

    Zero gives `start`. Raises ValueError for a negative count or an empty week.
    """
    if count < 0 or not week:
        raise ValueError("working days are counted forward, in a week that has some")
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays, leave, week=week)
    return day


def years_without_holidays(start: date, end: date, holidays: Collection[date]) -> tuple[int, ...]:
    """The years from `start` to `end` for which the table holds nothing: a count over them would be too high."""
    known = {day.year for day in holidays}
    return tuple(year for year in range(start.year, end.year + 1) if year not in known)


def _refuse(text: str, place: Place, *, expected: str = "tanggal seperti 7 Desember 2021 atau 07/12/2021") -> NoReturn:
    fault = Fault(
        "Tanggal tidak terbaca",
        place,
        read=text.strip()[:80],
        expected=expected,
        remedy="Tulis hari, bulan, lalu tahun empat angka.",
    )
    raise Refusal("Tanggal tidak terbaca.", fault)
