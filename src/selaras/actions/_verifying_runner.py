"""Verifying outside the request: processes of their own take turns (`store.turns`), look at one file each, and end."""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from selaras.actions._runner import begin, work_off
from selaras.store.turns import Lane, offer, place_of

MEMORY = 3 << 30
ENTRY = "from selaras.actions._verifying_runner import main; main()"
log = logging.getLogger(__name__)


def launch(data: Path, waiting: Mapping[str, str]) -> None:
    """Have files verified and come back at once: of each the code and who asked (strangers by the code itself).

    Who asks for much waits behind who asks for little. What is in the queue already keeps its place. Raises CannotRun.
    """
    for code, who in waiting.items():
        ticket = ticket_of(code)
        if place_of(Lane.VERIFYING, ticket) is None:
            offer(Lane.VERIFYING, who, ticket, {"code": code})
    begin(Lane.VERIFYING, data, ENTRY, data / "verifications" / "runner.log")


def ticket_of(code: str) -> str:
    """The ticket of a verification in the queue; its secret code stands in no name of a file."""
    return hashlib.sha256(code.encode()).hexdigest()[:32]


def main() -> None:
    """Take a place; verify one file after the other until none waits."""
    from selaras.store import setup

    bound()
    setup(Path(sys.argv[1]), migrating=False)
    work_off(Lane.VERIFYING, _verify)


def _verify(order: Mapping[str, str]) -> None:
    from selaras.actions.verifying import verify_waiting
    from selaras.core.access import Actor

    verify_waiting(Actor("pemeriksa berkas"), code=order["code"])


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
