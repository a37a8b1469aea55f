"""Reading a report outside the request: a process of its own that takes a place in a short queue, reads, and ends.

It belongs to no worker of the web server, so that a restart of the server does not end it; what a crash of the whole
machine leaves as “dibaca” can be started again once it is older than `store.reviews.STALE`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SLOTS = 2
"""So many reports are read at once; the others wait."""
ENTRY = "from selaras.actions._runner import main; main()"


def launch(data: Path, agency: str, case: int, ticket: str, login: str, name: str) -> None:
    """Start reading a case and come back at once. Messages of the process go to `reviews/runner.log`."""
    order = {"data": str(data), "agency": agency, "case": case, "ticket": ticket, "login": login, "name": name}
    home = data / "reviews"
    home.mkdir(parents=True, exist_ok=True)
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    with (home / "runner.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", ENTRY], stdin=subprocess.PIPE, stdout=log, stderr=log,
            start_new_session=True, env=environment,
        )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(json.dumps(order).encode())
    process.stdin.close()
    threading.Thread(target=process.wait, daemon=True).start()  # so that no dead child stays behind


def main() -> None:
    """Take the order from standard input, wait for a place, read the case in the name of who asked for it."""
    order: dict[str, Any] = json.load(sys.stdin)
    from selaras.store import setup

    data = Path(order["data"])
    setup(data, migrating=False)
    from django.utils import timezone

    from selaras.actions.reviews import read_case
    from selaras.core.access import operator
    from selaras.store.reviews import MOST_SECONDS
    from selaras.store.users import actor_of, find_user

    with slot(data / "reviews"):
        login = order["login"]
        by = actor_of(find_user(login), timezone.localdate()) if login else operator(order["name"])
        with at_most(MOST_SECONDS):
            read_case(by, agency=order["agency"], case=order["case"], ticket=order["ticket"])


@contextmanager
def slot(home: Path) -> Iterator[None]:
    """One of the places in which a report may be read; waits until one is free."""
    try:
        import fcntl
    except ImportError:  # a system without such locks has one person at one terminal
        yield
        return
    home.mkdir(parents=True, exist_ok=True)
    locks = [(home / f".slot-{number}").open("w") for number in range(SLOTS)]
    try:
        for lock in locks:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            break
        else:
            fcntl.flock(locks[os.getpid() % SLOTS], fcntl.LOCK_EX)
        yield
    finally:
        for lock in locks:
            lock.close()


class TooLong(Exception):
    """The work took longer than it may."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise TooLong in this process after so many seconds."""

    def ring(_number: int, _frame: object) -> None:
        raise TooLong

    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
