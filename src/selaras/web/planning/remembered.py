"""What was worked out of the plan's figures, remembered for as long as the figures themselves are kept."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from selaras.core.reporting.figures import Figures

_known: WeakKeyDictionary[Figures, dict[str, dict[Any, Any]]] = WeakKeyDictionary()


def remembered(figures: Figures, what: str) -> dict[Any, Any]:
    """The answers known so far to one sort of question, by key; to be filled by who asks.

    Only for what follows from the figures alone: never for what depends on the person, the language or the address.
    """
    return _known.setdefault(figures, {}).setdefault(what, {})
