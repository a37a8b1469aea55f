"""Which database: reads DATABASE_URL into Django's words, and sets SQLite up for more than one process."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from selaras.core.errors import CannotRun

FILE_NAME = "selaras.sqlite3"
TIMEOUT = 45  # seconds to wait for another process that writes: a large import; less than a proxy waits for an answer
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was acknowledged outlives a loss of power, too: one fsync for each act
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's settings for one database; an empty `url` means SQLite in the workspace `data`.

    Known are `sqlite:///relative`, `sqlite:////absolute`, `postgres://…` and `postgresql://…`; a socket folder
    is given as `postgres://user@/name?host=/run/postgresql`. Raises CannotRun for anything else.
    """
    if not url:
        return sqlite(data / FILE_NAME)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme in {"postgres", "postgresql"}:
        options = {"connect_timeout": "5"} | dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", unquote(parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise CannotRun(
        f"DATABASE_URL diawali “{parts.scheme}”, seharusnya sqlite:/// atau postgres://."
        if parts.scheme else "DATABASE_URL tidak menyebut jenis basis data: sqlite:/// atau postgres://."
    )  # fmt: skip


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite with write-ahead log; Django itself switches foreign keys on, `timeout` is the busy timeout.

    Transactions begin IMMEDIATE: a deferred one that first reads and then writes fails at once, whatever the
    timeout, when another process has written in between.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": TIMEOUT, "init_command": ";".join(PRAGMAS)},
    }
