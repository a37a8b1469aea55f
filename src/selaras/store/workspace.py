"""The open workspace: moving to another one, and bringing its tables up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from selaras.core.errors import CannotRun, Fault
from selaras.store.database import database
from selaras.store.room import outage_at

MIGRATING = 0x53454C41524153
"""The number under which servers know that somebody makes the tables of Selaras."""


def move(data: Path) -> None:
    """Point this process at the workspace `data`; a DATABASE_URL in the environment still decides the database."""
    connections["default"].close()
    del connections["default"]
    settings.DATA = data
    fresh = database(os.environ.get("DATABASE_URL", ""), data)
    connections.settings["default"].update(fresh)
    settings.DATABASES["default"].update(fresh)


def migrate() -> None:
    """Bring the tables up to date, without a word; takes some milliseconds when they are."""
    try:
        if _is_up_to_date():
            return
        with _alone():
            if not _is_up_to_date():
                call_command("migrate", verbosity=0, interactive=False)
                if _lacks_cache():
                    call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        outage = outage_at(error, Path(settings.DATA))
        if outage is None:
            raise CannotRun(f"Basis data tidak dapat dibuka: {str(error).strip()}.") from error
        raise CannotRun(outage.sentence(str(connection.settings_dict["NAME"])), Fault(outage.told)) from error


def _is_up_to_date() -> bool:
    """Whether nothing is left to do. Raises CannotRun for the tables of a newer program."""
    executor = MigrationExecutor(connection)
    _refuse_newer(newer_than_program(executor))
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not _lacks_cache()


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes tables in a server that several machines share; for SQLite the workspace is locked."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def newer_than_program(executor: MigrationExecutor) -> list[str]:
    """The steps that a later version of the program has done in this database, by name; none in the usual case."""
    ours = executor.loader.disk_migrations or {}
    apps = {app for app, _ in ours}
    return sorted(
        f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in apps and (app, name) not in ours
    )


def _refuse_newer(steps: list[str]) -> None:
    if steps:
        raise CannotRun(
            "Basis data ini sudah dipakai oleh Selaras yang lebih baru; versi ini tidak menyentuhnya.",
            Fault(
                "langkah basis data yang tidak dikenal program ini", read=", ".join(steps[:5]),
                expected="program dengan versi yang sama atau lebih baru",
                remedy="Pasang lagi versi yang baru, atau pulihkan cadangan dari sebelum pembaruan (`selaras restore`).",
            ),
        )  # fmt: skip


def _lacks_cache() -> bool:
    """Whether the settings keep the cache in a table that is not there yet (those of the web do, others have none)."""
    kept: dict[str, Any] = settings.CACHES["default"]
    if not kept["BACKEND"].endswith("DatabaseCache"):
        return False
    return kept["LOCATION"] not in connection.introspection.table_names()
