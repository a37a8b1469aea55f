"""Many rows at once, for imports: laid aside in temporary tables, without an object for each row, and copied at the end.

Whoever fills a table of a million rows while others write must not hold the database for as long as the filling takes:
SQLite lets only one write, and whoever waits too long for it is refused. Temporary tables belong to one connection and
hinder nobody; copying them into the real ones is a single statement of the database for each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self

from django.db import connection, models

from selaras.store.key_counter import last_key_given


class Aside:
    """Temporary tables of this connection, by name: each with some columns of a table.

    A context manager, at whose end they are dropped. They lie in a file, not in memory, but where a transaction is under
    way already.
    """

    def __init__(self, kept: Mapping[str, tuple[type[models.Model], Sequence[str]]]) -> None:
        self._kept = kept
        self._in_file = connection.vendor == "sqlite" and not connection.in_atomic_block

    def __enter__(self) -> Self:
        if self._in_file:
            run("PRAGMA temp_store = FILE")
        for name, (model, columns) in self._kept.items():
            run(f"DROP TABLE IF EXISTS {name}")
            run(f"CREATE TEMPORARY TABLE {name} AS SELECT {_names(columns)} FROM {table_of(model)} WHERE 1 = 0")  # noqa: S608 (our own names)
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._kept:
            run(f"DROP TABLE IF EXISTS {name}")
        if self._in_file:
            run("PRAGMA temp_store = MEMORY")

    def fill(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows that `plain_row` made to one of the tables."""
        columns = self._kept[name][1]
        places = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {name} ({_names(columns)}) VALUES ({places})", list(rows))  # noqa: S608


def run(statement: str, values: Sequence[Any] = ()) -> None:
    """Run a statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(statement: str, values: Sequence[Any] = ()) -> list[Any]:
    """The first column of every row that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def table_of(model: type[models.Model]) -> str:
    """The table of a model, quoted."""
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 (Django's documented way to the options)


def insert_copied(model: type[models.Model], columns: Mapping[str, Any], source: str) -> None:
    """Insert the rows of `source` (what stands behind FROM); a column is a text of SQL, or a value in a tuple of one."""
    parts = ["%s" if isinstance(part, tuple) else part for part in columns.values()]
    values = [part[0] for part in columns.values() if isinstance(part, tuple)]
    statement = f"INSERT INTO {table_of(model)} ({_names(columns)}) SELECT {', '.join(parts)} FROM {source}"  # noqa: S608
    run(statement, values)


def keys_aside(model: type[models.Model], amount: int, before: int) -> list[int]:
    """Keys for rows that are laid aside behind `before` others.

    PostgreSQL gives keys that nobody else gets. On SQLite they are the places 1, 2, 3 …, to which `shift_of` adds.
    """
    if connection.vendor != "postgresql":
        return list(range(before + 1, before + 1 + amount))
    key = model._meta.pk.column  # noqa: SLF001
    sequence = f"nextval(pg_get_serial_sequence('{table_of(model)}', '{key}'))"
    return found(f"SELECT {sequence} FROM generate_series(1, %s)", [amount])  # noqa: S608


def shift_of(model: type[models.Model]) -> int:
    """What is added to the keys of rows that were laid aside; call inside the transaction that writes them.

    Nothing on PostgreSQL, whose keys are final from the start.
    """
    return last_key_given(model)


def plain_row(row: Iterable[Any]) -> list[Any]:
    """Values as both drivers take them."""
    return [_PLAIN.get(type(value), _same)(value) for value in row]


def _names(columns: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


def _same(value: Any) -> Any:
    return value


def _moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


_JSON = json.JSONEncoder(ensure_ascii=False).encode
_PLAIN: dict[type, Callable[[Any], Any]] = {dict: _JSON, list: _JSON, date: date.isoformat, datetime: _moment}
"""How both drivers take values of these types."""
