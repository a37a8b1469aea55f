"""Who is told when a piece of work waits for its turn (`store.turns`): apart, so that a command loads nothing for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SILENT = 1.0
"""Who waits no longer than so many seconds is told nothing."""
_teller: ContextVar[Callable[[str], None] | None] = ContextVar("teller", default=None)


@contextmanager
def told_to(teller: Callable[[str], None]) -> Iterator[None]:
    """Inside, whoever waits tells for what and in which place, as a sentence, whenever the place changes."""
    token = _teller.set(teller)
    try:
        yield
    finally:
        _teller.reset(token)


def tell_wait(sentence: str) -> None:
    """Tell whoever listens."""
    teller = _teller.get()
    if teller is not None:
        teller(sentence)
