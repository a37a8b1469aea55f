"""Spans of a year in which performance is measured: the year, a semester, a quarter, a month."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Span(StrEnum):
    """The length of a period."""

    YEAR = "tahun"
    SEMESTER = "semester"
    QUARTER = "triwulan"
    MONTH = "bulan"


PER_YEAR = {Span.YEAR: 1, Span.SEMESTER: 2, Span.QUARTER: 4, Span.MONTH: 12}
ROMAN = ("", "I", "II", "III", "IV")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: the year 2024, triwulan III 2024, Maret 2024. `index` counts from 1."""

    year: int
    span: Span = Span.YEAR
    index: int = 1

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2200:
            raise ValueError(f"tahun {self.year} di luar 1900–2200")
        if not 1 <= self.index <= PER_YEAR[self.span]:
            raise ValueError(f"{self.span} {self.index} tidak ada")

    @property
    def last_month(self) -> int:
        """The month (1..12) in which the period ends."""
        return self.index * 12 // PER_YEAR[self.span]

    @property
    def name(self) -> str:
        """The period in Indonesian: `Tahun 2024`, `Triwulan III Tahun 2024`, `Maret 2024`."""
        return _name(self.year, self.span, self.index)


@cache
def _name(year: int, span: Span, index: int) -> str:
    if span is Span.YEAR:
        return f"Tahun {year}"
    if span is Span.MONTH:
        return f"{MONTHS[index - 1]} {year}"
    return f"{span.value.capitalize()} {ROMAN[index]} Tahun {year}"


def quarter(year: int, index: int) -> Period:
    """Triwulan `index` (1..4) of `year`."""
    return Period(year, Span.QUARTER, index)
