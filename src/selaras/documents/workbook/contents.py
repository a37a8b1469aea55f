"""What a field of a record puts into its cell: a text, a number with its format, a date, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from selaras.core.calendar import format_date
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.columns import Column, Kind
from selaras.documents.workbook.periods import part_name
from selaras.documents.workbook.styles import decimals
from selaras.documents.workbook.texts import clean
from selaras.documents.workbook.values import (
    PLAIN_MARK,
    Expectation,
    fits_a_cell,
    places_of,
    plain,
    plain_text,
    text_of,
)

FIRST_SAFE_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900; earlier days stand as text."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one cell, with a number format of its own where the column's does not do."""

    value: str | Decimal | date
    number_format: str = ""


def content_of(column: Column, item: Any, expected: Expectation) -> Content | None:
    """What `column` shows of the record `item`, None for an empty cell."""
    given = getattr(item, column.root)
    if column.kind is Kind.YEAR and column.field == "period.year":
        return Content(Decimal(given.year))
    if column.kind is Kind.PART:
        return Content(part_name(given))
    return _content(given, column.kind, expected)


def _content(given: Any, kind: Kind, expected: Expectation) -> Content | None:
    if given is None:
        return None
    if isinstance(given, Enum):
        return Content(str(given.value))
    if isinstance(given, str):
        text = clean(given)
        return Content(text) if text else None
    if isinstance(given, bool):
        return Content("Ya" if given else "Tidak")
    if isinstance(given, Value):
        return _value(given, expected)
    if isinstance(given, date):
        return Content(given) if given >= FIRST_SAFE_DAY else Content(format_date(given))
    return _number(Decimal(given), kind)


def _number(amount: Decimal, kind: Kind) -> Content:
    if not fits_a_cell(amount):
        return Content(plain_text(amount))
    if kind in {Kind.AMOUNT, Kind.DECIMAL}:
        return Content(plain(amount), decimals(places_of(amount)))
    return Content(plain(amount))


def _value(value: Value, expected: Expectation) -> Content | None:
    if value.amount is None or value.upper is not None or not fits_a_cell(value.amount):
        text = clean(text_of(value, expected))
        return Content(text) if text else None
    amount, places = plain(value.amount), places_of(value.amount)
    if value.kind is ValueKind.PERCENT:
        return Content(plain(amount.scaleb(-2)), decimals(places, percent=True))
    mark = PLAIN_MARK if expected.bare is ValueKind.PERCENT else ""
    return Content(amount, decimals(places, mark=mark))
