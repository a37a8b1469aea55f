"""What a record is called to people and in its history: its sheet, the headers of its columns, its own name and key."""

from __future__ import annotations

from typing import Any

from selaras.documents.workbook.columns import Column
from selaras.documents.workbook.schema import BY_RECORD
from selaras.store.rows import Table, key_text


def sheet_name(table: Table) -> str:
    """The sheet in which a kind of record stands."""
    return BY_RECORD[table.record].name


def header_of(table: Table, name: str) -> str:
    """The header of the column of a field."""
    columns = (column for column in BY_RECORD[table.record].columns if isinstance(column, Column))
    return next((column.header for column in columns if column.root == name), name)


def history_key(table: Table, item: Any) -> tuple[str, str]:
    """Under which kind and key the history of a record stands."""
    return table.record.__name__, key_text(getattr(item, name) for name in table.key)


def name_of(table: Table, item: Any) -> str:
    """A record by its natural key."""
    return table.place_of({name: getattr(item, name) for name in table.key}).record
