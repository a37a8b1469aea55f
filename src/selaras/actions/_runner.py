"""Reading a report outside the request: processes of their own take turns (`store.turns`), read, and end.

They belong to no worker of the web server, so that a restart of the server does not end them; what a crash of the whole
machine leaves as “dibaca” can be started again once it is older than `store.reviews.STALE`.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selaras.core.errors import CannotRun, reason_of
from selaras.store.turns import Lane, offer, offered, seat, waits

NICE = 10
"""Pages that people wait for go before."""
log = logging.getLogger(__name__)
ENTRY = "from selaras.actions._runner import main; main()"


def launch(data: Path, agency: str, case: int, ticket: str, login: str, name: str) -> None:
    """Have a case read and come back at once; at most `store.turns.places` processes read, agencies in turn.

    Messages of the processes go to `reviews/runner.log`. Raises CannotRun where the workspace cannot be written to.
    """
    order = {"agency": agency, "case": case, "ticket": ticket, "login": login, "name": name}
    offer(Lane.READING, agency, ticket, order)
    begin(Lane.READING, data, ENTRY, data / "reviews" / "runner.log")


def begin(lane: Lane, data: Path, entry: str, told: Path) -> None:
    """Start one more process for what waits in a lane, unless every place has one; its messages go to `told`.

    Raises CannotRun where the workspace cannot be written to.
    """
    with seat(lane) as is_free:
        if not is_free:
            return  # whoever has a place takes this work, too, before giving it up
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    try:
        told.parent.mkdir(parents=True, exist_ok=True)
        with told.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", entry, str(data)], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                start_new_session=True, env=environment,
            )  # fmt: skip
    except OSError as error:
        raise CannotRun(f"Pekerjaan yang menunggu tidak dapat dijalankan: {reason_of(error)}.") from error
    threading.Thread(target=process.wait, daemon=True).start()  # so that no dead child stays behind


def main() -> None:
    """Take a place, read what waits one case after the other, each in the name of who asked for it, and end."""
    from selaras.store import setup

    setup(Path(sys.argv[1]), migrating=False)
    if hasattr(os, "nice"):
        os.nice(NICE)
    work_off(Lane.READING, _read)
    _tell_lost()


def _tell_lost() -> None:
    from selaras.actions.reviews import tell_lost
    from selaras.core.access import Actor

    tell_lost(Actor("pembaca laporan"))


def work_off(lane: Lane, work: Callable[[Mapping[str, Any]], None]) -> None:
    """Do what is offered in a lane, one order after the other, as long as there is a place and something waits."""
    while True:
        with seat(lane) as got:
            while got and _one(lane, work):
                pass
        if not got or not waits(lane):  # what was offered while the place was given up
            return


def _one(lane: Lane, work: Callable[[Mapping[str, Any]], None]) -> bool:
    """Do the next order; whether there was one."""
    with offered(lane) as order:
        if order is None:
            return False
        try:
            work(order)
        except Exception:
            log.exception("%s %s", lane.value, order.get("case", ""))  # the next does not suffer for this one
        return True


def _read(order: Mapping[str, Any]) -> None:
    from django.utils import timezone

    from selaras.actions.reviews import read_case
    from selaras.core.access import operator
    from selaras.store.reviews import MOST_SECONDS
    from selaras.store.users import actor_of, find_user

    login = order["login"]
    by = actor_of(find_user(login), timezone.localdate()) if login else operator(order["name"])
    with at_most(MOST_SECONDS):
        read_case(by, agency=order["agency"], case=order["case"], ticket=order["ticket"])


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
