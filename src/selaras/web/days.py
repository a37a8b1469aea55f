"""Days, months and periods in the language of the page; documents stay with `core.calendar`, which is Indonesian."""

from __future__ import annotations

from datetime import date

from selaras.core import calendar
from selaras.core.period import MONTHS, Period, Span
from selaras.web.core_words import said, word

SHORT = 3


def format_date(day: date) -> str:
    """`7 Desember 2021`, or `7 December 2021` on an English page."""
    name = MONTHS[day.month - 1]
    return calendar.format_date(day).replace(name, word(name))


def month_name(month: int) -> str:
    """The month by its number, 1 to 12."""
    return word(MONTHS[month - 1])


def short_month(month: int) -> str:
    """The month in three letters."""
    return month_name(month)[:SHORT]


def period_name(period: Period) -> str:
    """`Triwulan III Tahun 2024`, `Maret 2024`, as the page's language says it."""
    if period.span is Span.MONTH:
        return f"{month_name(period.index)} {period.year}"
    return said(period.name)
