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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    with seat(Lane.READING) as is_free:
        if not is_free:
            return  # whoever has a place takes this work, too, before giving it up
    home = data / "reviews"
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "selaras.web.settings")
    environment = os.environ | {"SELARAS_DATA": str(data), "DJANGO_SETTINGS_MODULE": settings}
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / "runner.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", ENTRY, str(data)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, env=environment,
            )  # fmt: skip
    except OSError as error:
        raise CannotRun(f"Pembaca laporan tidak dapat dijalankan: {reason_of(error)}.") from error
    threading.Thread(target=process.wait, daemon=True).start()  # so that no dead child stays behind


def main() -> None:
    """Take a place, read what waits one case after the other, each in the name of who asked for it, and end."""
    from selaras.store import setup

    setup(Path(sys.argv[1]), migrating=False)
    if hasattr(os, "nice"):
        os.nice(NICE)
    while True:
        with seat(Lane.READING) as got:
            while got and _one():
                pass
        if not got or not waits(Lane.READING):  # what was offered while the place was given up
            return


def _one() -> bool:
    """Read the next case; whether there was one."""
    from django.utils import timezone

    from selaras.actions.reviews import read_case
    from selaras.core.access import operator
    from selaras.store.reviews import MOST_SECONDS
    from selaras.store.users import actor_of, find_user

    with offered(Lane.READING) as order:
        if order is None:
            return False
        try:
            login = order["login"]
            by = actor_of(find_user(login), timezone.localdate()) if login else operator(order["name"])
            with at_most(MOST_SECONDS):
                read_case(by, agency=order["agency"], case=order["case"], ticket=order["ticket"])
        except Exception:
            log.exception("case %s", order["case"])  # the next case does not suffer for this one
        return True


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
