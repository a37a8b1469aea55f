"""Records typed by hand, field by field, read and shown as a row of the workbook is: the same words, the same refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from selaras.core.calendar import format_date
from selaras.core.value import ValueKind
from selaras.documents.workbook.columns import Sheet
from selaras.documents.workbook.contents import content_of
from selaras.documents.workbook.rows import Row, RowReader
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.values import expectation_of, plain_text


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A text that a person typed, as the reader of cells wants it."""

    value: str
    data_type: str = "s"
    number_format: str | None = None


def read_typed(sheet: Sheet, texts: Mapping[str, str], kinds: Mapping[str, ValueKind]) -> Row:
    """The record that somebody typed into the fields of a sheet, or everything that is wrong, by column header.

    `kinds` are the indicators' kinds of value, which decide what a bare number means.
    """
    columns = {column.field: position for position, column in enumerate(sheet.inputs)}
    cells = {field: TypedCell(text) for field, text in texts.items() if field in columns and text.strip()}
    return RowReader(sheet, "", columns).read(0, cells, kinds)


def texts_of(item: Any, kinds: Mapping[str, ValueKind]) -> dict[str, str]:
    """A record as texts by field, such that `read_typed` gives the same record again."""
    expected = expectation_of(item, kinds)
    found = {}
    for column in BY_RECORD[type(item)].inputs:
        content = content_of(column, item, expected)
        found[column.field] = "" if content is None else _text(content.value, content.number_format)
    return found


def _text(value: str | Decimal | date, number_format: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        if "%" in number_format:
            return f"{plain_text(value.scaleb(2))}%"
        return f"{plain_text(value)} (angka)" if "(angka)" in number_format else plain_text(value)
    return format_date(value)
