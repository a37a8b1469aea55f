"""The open workspace: moving to another one, and bringing its tables up to date."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from selaras.core.errors import CannotRun
from selaras.store.database import database


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
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        if _lacks_cache():
            call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise CannotRun(f"Basis data tidak dapat dibuka: {str(error).strip()}.") from error


def _lacks_cache() -> bool:
    """Whether the settings keep the cache in a table that is not there yet (those of the web do, others have none)."""
    kept = settings.CACHES["default"]
    if not kept["BACKEND"].endswith("DatabaseCache"):
        return False
    return kept["LOCATION"] not in connection.introspection.table_names()
