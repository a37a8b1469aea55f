"""The facts of an agency's year as they were read last: kept by the process until somebody acts on the agency.

Every act writes its audit record in the transaction of its changes, so facts are still those of the database as long as
the trail holds no newer record of the agency and the last one seen is still the same (it is not, once a backup was
restored). That is asked by one query each time. Nothing is kept by person: who may see an agency sees all of its plan.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, fields
from threading import Lock, local
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max, Q

from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot
from selaras.store.measuring import figures_of
from selaras.store.models import AuditRecord

ROOM = 60_000
"""How many records one process keeps, of whatever agencies were asked for last: about a kilobyte each."""
FAR = 1000
"""After so many acts on other agencies the place in the trail is moved up, so that the question stays small."""

Head = tuple[int, str]
"""A record of the trail, by number and hash; (0, "") before the first."""
Key = tuple[str, str, int, Hashable]
Made = TypeVar("Made")


@dataclass(slots=True)
class _Kept:
    """Something made of an agency's year, how many records it holds, and the last record of the trail before."""

    head: Head
    made: Any
    size: int


@dataclass(frozen=True)
class _Facts:
    """A snapshot with its figures in each thread: while figures compute they are in between, so threads share none."""

    snapshot: Snapshot
    own: local

    def figures(self) -> Figures:
        """The figures of this thread."""
        if not hasattr(self.own, "figures"):
            self.own.figures = figures_of(self.snapshot)
        found: Figures = self.own.figures
        return found


_memory: OrderedDict[Key, _Kept] = OrderedDict()
_lock = Lock()


def kept_figures(agency_code: str, year: int, what: Hashable, read: Callable[[], Snapshot]) -> Figures:
    """The figures of a snapshot of an agency's year that `read` gives, as the database holds it now.

    One query where nobody has acted on the agency since it was read last; else one more, and those of `read`.
    """

    def size(facts: _Facts) -> int:
        held = (getattr(facts.snapshot, part.name) for part in fields(facts.snapshot))
        return sum(len(records) for records in held if isinstance(records, tuple))

    return kept(agency_code, year, what, lambda: _Facts(read(), local()), size).figures()


def kept(
    agency_code: str, year: int, what: Hashable, make: Callable[[], Made], size: Callable[[Made], int], *,
    apart: Collection[str] = (),
) -> Made:  # fmt: skip
    """What `make` gives of an agency's year; made anew only if somebody has acted on the agency since.

    `what` tells such things apart; `size` says for about how many records one stands; `apart` names acts that change
    nothing of it. Threads and requests share what was made: nobody changes it, and it does not depend on the person, the
    language or the day.
    """
    key = (str(connection.settings_dict["NAME"]), agency_code, year, what)
    with _lock:
        held = _memory.get(key)
    if held is None or not _is_fresh(held, agency_code, apart):
        # The trail is read before the facts: what is written in between is at worst read twice.
        head = AuditRecord.objects.order_by("-pk").values_list("pk", "hash").first() or (0, "")
        made = make()
        held = _Kept(head, made, size(made))
    with _lock:
        _memory[key] = held
        _memory.move_to_end(key)
        _make_room()
    found: Made = held.made
    return found


def forget() -> None:
    """Forget everything: for who writes past the actions, as tests do."""
    with _lock:
        _memory.clear()


def _is_fresh(held: _Kept, agency_code: str, apart: Collection[str]) -> bool:
    """Whether the trail goes on from where it was, without an act on the agency."""
    at, mark = held.head
    acts = Q(pk__gt=at, agency=agency_code)
    acts &= ~Q(action__in=list(apart)) if apart else Q()
    since = (
        AuditRecord.objects.filter(pk__gte=at)
        .order_by()
        .aggregate(last=Max("pk"), same=Max("hash", filter=Q(pk=at)), act=Max("pk", filter=acts))
    )
    if (since["same"] or "") != mark or since["act"] is not None:
        return False
    if since["last"] is not None and since["last"] - at > FAR:
        held.head = AuditRecord.objects.values_list("pk", "hash").get(pk=since["last"])
    return True


def _make_room() -> None:
    """Forget what was asked for longest ago; the last one stays, however large."""
    while len(_memory) > 1 and sum(held.size for held in _memory.values()) > ROOM:
        _memory.popitem(last=False)
