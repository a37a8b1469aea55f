"""Periods and months as two cells write them: a year, and `Tahun`, `Semester I`, `TW III` or `Maret`."""

from __future__ import annotations

from selaras.core.period import MONTHS, PER_YEAR, Period, Span
from selaras.documents.workbook.columns import PARTS
from selaras.documents.workbook.texts import folded

_SPANS = [(span, index) for span in (Span.YEAR, Span.SEMESTER, Span.QUARTER, Span.MONTH)
          for index in range(1, PER_YEAR[span] + 1)]  # fmt: skip
_NAMES: dict[tuple[Span, int], str] = dict(zip(_SPANS, PARTS, strict=True))
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}
_OTHER_NAMES = {"pebruari": "Februari", "nopember": "November", "tahunan": "Tahun", "setahun": "Tahun"}
_READ = {folded(name): key for key, name in _NAMES.items()}
_READ |= {old: _READ[folded(name)] for old, name in _OTHER_NAMES.items()}
_MONTHS = {folded(name): number for number, name in enumerate(MONTHS, 1)}
_MONTHS |= {"pebruari": 2, "nopember": 11}


def part_name(period: Period) -> str:
    """The part of the year as its cell writes it."""
    return _NAMES[period.span, period.index]


def read_part(text: str) -> tuple[Span, int] | None:
    """The span and index that a cell names, None if it names none; `Triwulan 3` and `tw iii` are the same."""
    words = folded(text).replace("triwulan", "tw").replace("tw", "tw ").split()
    return _READ.get(" ".join(_ROMAN.get(word, word) for word in words))


def read_month(text: str) -> int | None:
    """The number of a month given by number or name, None if it is neither."""
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTHS.get(folded(text))
