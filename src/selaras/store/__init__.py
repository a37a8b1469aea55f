"""What we remember: Django tables, migrations and the loader of snapshots."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEY_NAME = "secret.key"
LOCK_NAME = ".lock"


def setup(data: Path, *, migrating: bool = True) -> None:
    """Make `data` the workspace of this process: folder, secret key, Django, and tables up to date.

    Without `migrating` the tables stay as they are. Comes before the first import of a verb or a table, because
    these need Django. May be called again, also with another folder. Raises CannotRun if the folder or the database
    cannot be used.
    """
    from selaras.core.errors import CannotRun, reason_of

    data = data.absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
        with alone(data):
            key = secret_key(data)
            _open(data, key, migrating=migrating)
    except OSError as error:
        raise CannotRun(f"Folder kerja {data} tidak dapat dipakai: {reason_of(error)}.") from error


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One process at a time makes the workspace ready: two that both make the tables would trip over each other."""
    try:
        import fcntl
    except ImportError:  # a system without it has one person at one terminal
        yield
        return
    with (data / LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes with its process, however that ends
        yield


def _open(data: Path, key: str, *, migrating: bool) -> None:
    os.environ["SELARAS_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selaras.store.settings")

    import django
    from django.apps import apps
    from django.conf import settings

    from selaras.store import workspace

    if not apps.ready:
        django.setup()
    if Path(settings.DATA) != data:
        workspace.move(data)
    settings.SECRET_KEY = key
    if migrating:
        workspace.migrate()


def secret_key(data: Path) -> str:
    """The secret key of the workspace; made once, readable by its owner only. Raises OSError."""
    given = os.environ.get("SELARAS_SECRET_KEY", "")
    if given:
        return given
    path = data / KEY_NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
