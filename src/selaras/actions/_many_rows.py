"""Many rows of one table at once, for imports: a statement that the driver repeats, without an object for each row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models


def new_keys(model: type[models.Model], amount: int) -> list[int]:
    """Keys for rows that are about to be inserted, which nobody else gets; call inside a transaction that writes."""
    table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 (Django's documented way to the options)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, amount],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
    return list(range(last + 1, last + 1 + amount))


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows by columns of the table; every column without a default of the database must be given."""
    insert_plain(model, columns, map(plain_row, rows))


def insert_plain(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The same for rows that `plain_row` made."""
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608, SLF001 (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def plain_row(row: Iterable[Any]) -> list[Any]:
    """Values as both drivers take them; a moment is the only one that is not also a value of JSON then."""
    return [_PLAIN.get(type(value), _same)(value) for value in row]


def _same(value: Any) -> Any:
    return value


def _moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


_JSON = json.JSONEncoder(ensure_ascii=False).encode
_PLAIN: dict[type, Callable[[Any], Any]] = {dict: _JSON, list: _JSON, date: date.isoformat, datetime: _moment}
"""How both drivers take values of these types."""
