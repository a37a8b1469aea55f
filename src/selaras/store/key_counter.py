"""The counter of keys that SQLite keeps beside a table: it remembers keys of rows that are gone."""

from __future__ import annotations

from django.db import connection, models


def last_key_given(model: type[models.Model]) -> int:
    """The highest key that a row of the table ever got; 0 before the first, and on a database without such a counter."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])  # noqa: SLF001
        row = cursor.fetchone()
    return int(row[0]) if row else 0
