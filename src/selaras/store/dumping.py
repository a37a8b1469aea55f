"""A whole database as one file and back: SQLite by its backup interface, PostgreSQL by its own programs.

Both see one moment of the database while others go on writing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from selaras.core.errors import CannotRun, Fault, Refusal, reason_of

ASIDE = "sebelum_"
"""Schemas with this beginning hold what a restore put aside; they are not dumped."""


def dump(path: Path) -> str:
    """Write the open database to the file `path`, which must not exist; returns its vendor. Raises CannotRun."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _run("pg_dump", connection.settings_dict, "--format=custom", "--no-owner", "--no-privileges",
             f"--exclude-schema={ASIDE}*", f"--file={path}")  # fmt: skip
        return "postgresql"
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(path)) as copy:
            # All pages in one step: in steps, a writer in between would make it begin again, perhaps for ever.
            connection.connection.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check_sound(copy, path)
    except sqlite3.Error as error:
        raise CannotRun(f"Basis data tidak dapat disalin: {error}.") from error
    return "sqlite"


def check_copy(path: Path) -> None:
    """Raise Refusal if a file is no sound SQLite database."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            _check_sound(copy, path)
    except sqlite3.DatabaseError as error:
        raise Refusal(f"Basis data dalam cadangan rusak: {error}.") from error


def check_unused(path: Path) -> None:
    """Raise Refusal while some process has the SQLite database `path` open; leaves its content as it is."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as there:
            # Nobody may leave the write-ahead log while somebody else is in the database.
            there.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise Refusal(
            f"Basis data {path} masih dipakai.",
            Fault("layanan masih berjalan", remedy="Hentikan `selaras serve` dan perintah lain, lalu coba lagi."),
        ) from error
    except sqlite3.DatabaseError:
        return  # a damaged database is a reason to restore


def tables_in(described: dict[str, Any]) -> int:
    """How many tables a PostgreSQL database has in the schema where ours lie. Raises CannotRun."""
    return int(_asked(described, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()") or 0)


def put_aside(described: dict[str, Any], stamp: str) -> str:
    """Rename the schema with all its tables and make an empty one; returns the new name of the old one."""
    name = f"{ASIDE}{stamp}"
    _asked(described, f'ALTER SCHEMA public RENAME TO "{name}"', "CREATE SCHEMA public")
    return name


def take_back(described: dict[str, Any], name: str) -> None:
    """Undo `put_aside`."""
    _asked(described, "DROP SCHEMA public CASCADE", f'ALTER SCHEMA "{name}" RENAME TO public')


def fill(described: dict[str, Any], path: Path) -> None:
    """Load a dump into an empty PostgreSQL database, all or nothing. Raises CannotRun."""
    _run("pg_restore", described, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
         last=(str(path),))  # fmt: skip


def _check_sound(copy: sqlite3.Connection, path: Path) -> None:
    (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise Refusal(f"Basis data {path.name} rusak: {found}.")


def _asked(described: dict[str, Any], *statements: str) -> Any:
    import psycopg

    try:
        with psycopg.connect(**_words(described), password=described["PASSWORD"] or None) as open_:
            answer = None
            for statement in statements:
                cursor = open_.execute(statement.encode())
                answer = cursor.fetchone() if cursor.description else None
            return answer[0] if answer else None
    except psycopg.Error as error:
        raise CannotRun(f"Basis data tidak dapat dipakai: {str(error).strip()}.") from error


def _words(described: dict[str, Any]) -> dict[str, Any]:
    named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    options = {key: value for key, value in described.get("OPTIONS", {}).items() if isinstance(value, str)}
    return options | {word: described[name] for word, name in named.items() if described[name]}


def _run(program: str, described: dict[str, Any], *options: str, last: Sequence[str] = ()) -> None:
    from psycopg.conninfo import make_conninfo

    found = shutil.which(program)
    if found is None:
        raise CannotRun(
            f"Program {program} tidak ditemukan.",
            Fault("klien PostgreSQL belum dipasang", remedy="Pasang (Debian: postgresql-client), versi server atau lebih baru."),
        )  # fmt: skip
    command = [found, *options, "--no-password", f"--dbname={make_conninfo(**_words(described))}", *last]
    # The password goes through the environment: other users of the machine read command lines.
    environment = os.environ | ({"PGPASSWORD": described["PASSWORD"]} if described["PASSWORD"] else {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotRun(f"{program} tidak dapat dijalankan: {reason_of(error)}.") from error
    if done.returncode:
        raise CannotRun(f"{program} gagal: {done.stderr.strip()[-1000:]}")
