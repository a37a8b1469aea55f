"""Verifying outside the request: a process that works off what waits, never more than a few at once, and then ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SLOTS = 2
"""So many files are verified at once; the others wait in their row."""
MEMORY = 3 << 30
ENTRY = "from selaras.actions._verifying_runner import main; main()"


def launch(data: Path) -> None:
    """Start working off what waits, and come back at once; does nothing while every place is taken."""
    home = data / "verifications"
    home.mkdir(parents=True, exist_ok=True)
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    with free_slot(home) as found:
        if not found:
            return
    with (home / "runner.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", ENTRY], stdin=subprocess.PIPE, stdout=log, stderr=log,
            start_new_session=True, env=environment,
        )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(json.dumps({"data": str(data)}).encode())
    process.stdin.close()
    threading.Thread(target=process.wait, daemon=True).start()  # so that no dead child stays behind


def main() -> None:
    """Take a place; verify one file after the other until none waits."""
    data = Path(json.load(sys.stdin)["data"])
    bound()
    with free_slot(data / "verifications") as found:
        if not found:
            return
        from selaras.store import setup

        setup(data, migrating=False)
        from selaras.actions.verifying import work_off
        from selaras.core.access import Actor

        work_off(Actor("pemeriksa berkas"))


def bound() -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


@contextmanager
def free_slot(home: Path) -> Iterator[bool]:
    """One of the places, held for the block; False where all are taken."""
    try:
        import fcntl
    except ImportError:  # a system without such locks has one person at one terminal
        yield True
        return
    home.mkdir(parents=True, exist_ok=True)
    locks = [(home / f".slot-{number}").open("w") for number in range(SLOTS)]
    try:
        for lock in locks:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            yield True
            return
        yield False
    finally:
        for lock in locks:
            lock.close()
