"""Turns for heavy work: so many at once in one installation, agencies in turn, and a place in the queue that is told.

Composing, reading and verifying documents take whole seconds of a processor. Whoever begins such work takes a turn in its
lane; all processes of the installation share the queue, because it lies as files in the workspace:

`turns/<lane>/<ticket>`  one piece of work, waiting or under way; locked by its process while it is under way, so that
                         a process that dies gives its turn back at that moment
`turns/<lane>/served`    when each agency was served last
`turns/<lane>/.lock`     held for the moment in which the queue is looked at

The order: who has the fewest turns under way goes first, then who was served longest ago, then who came first. So one
agency that asks a hundred times waits behind the first question of every other. Where a lane has several places, one
agency never takes all of them.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.conf import settings

from selaras.core.errors import CannotRun, Fault, Waiting, reason_of
from selaras.store.waiting import SILENT, tell_wait

LOOK = 0.1
"""Seconds between two looks at the queue of one who waits."""
PRESENT = 1.5
"""Whoever looked within so many seconds waits right now and can be given a turn."""
ABSENT = 60.0
"""A person who asked and does not come back within so many seconds loses the place."""
LONGEST = 600.0
"""Seconds after which one who waits is told that it takes too long."""
LINGER = 3.0
"""So long a request of the web waits when its turn is near; else it is told its place and comes back."""


class Lane(StrEnum):
    """Kinds of heavy work, each with places of its own, so that long readings do not hold up short compositions."""

    COMPOSING = "menyusun"
    READING = "membaca"
    VERIFYING = "memeriksa"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One piece of work in the queue: of which agency, since when (seconds since 1970), under way or waiting."""

    name: str
    agency: str
    at: float
    running: bool = False
    present: bool = False
    order: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Door:
    """How somebody asks: a person at a browser does not wait in the request for long and comes back with a ticket."""

    ticket: str = ""
    lingers: bool = True


_PATIENT = _Door()
_door: ContextVar[_Door] = ContextVar("door", default=_PATIENT)
_holding: ContextVar[frozenset[Lane]] = ContextVar("holding", default=frozenset())


def places(_lane: Lane) -> int:
    """How many of a lane may be under way at once: `SELARAS_TURNS`, else as many as there are processors, at most 4."""
    given = os.environ.get("SELARAS_TURNS", "")
    return max(1, int(given)) if given.isdigit() else max(1, min(4, os.cpu_count() or 1))


@contextmanager
def from_browser(ticket: str = "") -> Iterator[None]:
    """Inside, work that finds no free place is refused with Waiting instead of being waited for; `ticket`: of before."""
    token = _door.set(_Door(ticket, lingers=False))
    try:
        yield
    finally:
        _door.reset(token)


@contextmanager
def turn(lane: Lane, agency: str, *, ticket: str = "") -> Iterator[None]:
    """Wait for a turn and hold it; work inside other work of the same lane has it already.

    Raises Waiting for a request of the web that has to come back, CannotRun after `LONGEST` seconds or where the
    workspace cannot be written to.
    """
    if lane in _holding.get() or not _has_locks():
        yield
        return
    door = _door.get()
    home = _home(lane)
    name = ticket or door.ticket
    mine = _entered(home, name if _is_name(name) else uuid4().hex, agency)
    try:
        held = _awaited(home, lane, mine, lingers=door.lingers)
    except Waiting:
        raise  # the place is kept for the person to come back to
    except BaseException:
        (home / mine.name).unlink(missing_ok=True)
        raise
    token = _holding.set(_holding.get() | {lane})
    try:
        yield
    finally:
        _holding.reset(token)
        (home / mine.name).unlink(missing_ok=True)
        held.close()


def offer(lane: Lane, agency: str, ticket: str, order: Mapping[str, Any]) -> None:
    """Put work into the queue that a process of its own takes out again (`offered`). Raises CannotRun."""
    home = _home(lane)
    with _alone(home):
        _write(home / ticket, agency, time.time(), order=order)


@contextmanager
def seat(lane: Lane) -> Iterator[bool]:
    """One of the places in which a process does offered work; False where each is taken by a process already.

    The queue is looked at and the place given up in one moment (`offered`), so no work waits beside an empty place.
    """
    home = _home(lane)
    held: IO[str] | None = None
    with _alone(home):
        for number in range(places(lane)):
            lock = (home / f".seat-{number}").open("w")
            if _locked(lock):
                held = lock
                break
            lock.close()
    try:
        yield held is not None
    finally:
        if held is not None:
            held.close()


@contextmanager
def offered(lane: Lane) -> Iterator[Mapping[str, Any] | None]:
    """The next offered work that may begin, as its order; None, and an end of the seat, where there is none."""
    home, most = _home(lane), places(lane)
    held: IO[str] | None = None
    order: Mapping[str, Any] | None = None
    path = home
    with _alone(home):
        tickets, served = list(_tickets(home)), _served(home)
        for item in ordered(tickets, served):
            if item.order is not None and is_next(item.name, tickets, served, most):
                path, order = home / item.name, item.order
                _write(path, item.agency, item.at, running=True, order=order)
                held = path.open()
                _locked(held)
                _note_served(home, served, item.agency)
                break
    token = _holding.set(_holding.get() | {lane})
    try:
        yield order
    finally:
        _holding.reset(token)
        if held is not None:
            path.unlink(missing_ok=True)
            held.close()


def waits(lane: Lane) -> bool:
    """Whether there is offered work that may begin now."""
    home = _home(lane)
    with _alone(home):
        tickets, served = list(_tickets(home)), _served(home)
    return any(item.order is not None and is_next(item.name, tickets, served, places(lane)) for item in tickets)


def place_of(lane: Lane, ticket: str) -> int | None:
    """The place of a ticket in the queue, from 1; 0 when its work is under way, None when it is not in the queue."""
    home = _home(lane)
    with _alone(home):
        tickets = list(_tickets(home))
        served = _served(home)
    if any(item.name == ticket and item.running for item in tickets):
        return 0
    order = [item.name for item in ordered(tickets, served)]
    return order.index(ticket) + 1 if ticket in order else None


def queue(lane: Lane) -> tuple[Ticket, ...]:
    """Everything under way, and what waits in its order: for the operator."""
    home = _home(lane)
    with _alone(home):
        tickets = list(_tickets(home))
        served = _served(home)
    return (*(item for item in tickets if item.running), *ordered(tickets, served))


def ordered(tickets: Iterable[Ticket], served: Mapping[str, float]) -> list[Ticket]:
    """Who waits, in the order in which they are served: agencies in turn, each from its oldest."""
    known = list(tickets)
    turns = Counter(item.agency for item in known if item.running)
    keyed = []
    for item in sorted((item for item in known if not item.running), key=lambda item: (item.at, item.name)):
        keyed.append(((turns[item.agency], served.get(item.agency, 0.0), item.at, item.name), item))
        turns[item.agency] += 1
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def is_next(name: str, tickets: Iterable[Ticket], served: Mapping[str, float], most: int) -> bool:
    """Whether a waiting ticket may begin now: a place is free, and nobody who is present comes before.

    With several places one agency takes at most all but one.
    """
    known = list(tickets)
    running = Counter(item.agency for item in known if item.running)
    free, own = most - running.total(), max(1, most - 1)
    for item in ordered(known, served):
        if free <= 0:
            return False
        if running[item.agency] >= own or not (item.present or item.name == name):
            continue
        if item.name == name:
            return True
        running[item.agency] += 1
        free -= 1
    return False


def _awaited(home: Path, lane: Lane, mine: Ticket, *, lingers: bool) -> IO[str]:
    """The locked file of one's own turn, once it has come."""
    began, most = time.monotonic(), places(lane)
    said = 0
    while True:
        held, place = _looked(home, mine, most)
        if held is not None:
            return held
        if place != said and time.monotonic() - began > SILENT:
            said = place
            tell_wait(
                f"Menunggu giliran {lane.value} dokumen: antrean ke-{place}. Paling banyak {most} pekerjaan berat "
                f"berjalan bersamaan di instalasi ini; ditunggu paling lama {LONGEST / 60:.0f} menit."
            )
        if time.time() - mine.at > LONGEST or time.monotonic() - began > LONGEST:
            (home / mine.name).unlink(missing_ok=True)
            raise CannotRun(
                f"Pekerjaan ini menunggu giliran lebih dari {LONGEST / 60:.0f} menit (antrean ke-{place}) dan dihentikan.",
                Fault("server sedang penuh", remedy="Coba lagi beberapa menit lagi; tidak ada yang berubah."),
            )
        if not lingers and (place > 2 * most or time.monotonic() - began > LINGER):
            raise Waiting(
                f"Antrean ke-{place}: pekerjaan berat dikerjakan bergiliran antarinstansi. Belum ada yang berubah.",
                ticket=mine.name, place=place, seconds=min(10, max(1, place // most)),
            )  # fmt: skip
        time.sleep(LOOK)


def _looked(home: Path, mine: Ticket, most: int) -> tuple[IO[str] | None, int]:
    """One look at the queue: the own file, locked, if it is the own turn; else None and the own place."""
    with _alone(home):
        path = home / mine.name
        if path.exists():
            os.utime(path)
        else:
            _write(path, mine.agency, mine.at)  # somebody cleared it away, such as after a long suspension
        tickets, served = list(_tickets(home)), _served(home)
        if is_next(mine.name, tickets, served, most):
            _write(path, mine.agency, mine.at, running=True)
            held = path.open()
            _locked(held)
            _note_served(home, served, mine.agency)
            return held, 0
        order = [item.name for item in ordered(tickets, served)]
        return None, order.index(mine.name) + 1 if mine.name in order else len(order) + 1


def _entered(home: Path, name: str, agency: str) -> Ticket:
    with _alone(home):
        known = next((item for item in _tickets(home) if item.name == name), None)
        if known is not None and known.agency == agency and not known.running:
            return known
        made = Ticket(name if known is None else uuid4().hex, agency, time.time())
        _write(home / made.name, agency, made.at)
        return made


def _tickets(home: Path) -> Iterator[Ticket]:
    """Everything in the queue; what dead processes and people who left have left behind is cleared away."""
    import fcntl

    now = time.time()
    for path in home.iterdir():
        if not _is_name(path.name):
            continue
        try:
            with path.open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                    running = False
                except OSError:
                    running = True
                told = json.load(file)
                seen = path.stat().st_mtime
        except (OSError, ValueError):
            path.unlink(missing_ok=True)
            continue
        order = told.get("order")
        if not running and (told.get("running") or (order is None and now - seen > ABSENT)):
            path.unlink(missing_ok=True)
            continue
        present = order is not None or now - seen < PRESENT
        yield Ticket(path.name, str(told["agency"]), float(told["at"]), running, present, order)


def _write(
    path: Path, agency: str, at: float, *, running: bool = False, order: Mapping[str, Any] | None = None
) -> None:
    path.write_text(json.dumps({"agency": agency, "at": at, "running": running, "order": order}), "utf-8")


def _served(home: Path) -> dict[str, float]:
    try:
        told = json.loads((home / "served").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(agency): float(at) for agency, at in told.items()}


def _note_served(home: Path, served: Mapping[str, float], agency: str) -> None:
    now = time.time()
    recent = {name: at for name, at in served.items() if now - LONGEST < at <= now} | {agency: now}
    (home / "served").write_text(json.dumps(recent), "utf-8")


def _locked(file: IO[str]) -> bool:
    """Lock a file for this process, if nobody has."""
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _home(lane: Lane) -> Path:
    home = Path(settings.DATA) / "turns" / lane.value
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(home, error) from error
    return home


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """The queue for oneself, for a moment."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        lock = (home / ".lock").open("w")
    except OSError as error:
        raise _unusable(home, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        except OSError as error:
            raise _unusable(home, error) from error


def _unusable(home: Path, error: OSError) -> CannotRun:
    return CannotRun(
        f"Antrean pekerjaan di {home} tidak dapat ditulis: {reason_of(error)}.",
        Fault("folder kerja tidak dapat ditulis", remedy="Kosongkan ruang atau perbaiki izin folder kerja."),
    )


def _has_locks() -> bool:
    """Whether the system has locks that go with their process; one without has one person at one terminal."""
    with suppress(ImportError):
        import fcntl

        return bool(fcntl)
    return False


def _is_name(text: str) -> bool:
    return len(text) == 32 and not set(text) - set("0123456789abcdef")
