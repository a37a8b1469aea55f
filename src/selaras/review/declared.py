"""Differences that a report declares itself: a sentence or note that names both sides is an explanation, not a fault."""

from __future__ import annotations

import re
from functools import lru_cache

from selaras.review.concordance import saying
from selaras.review.report import Report

_DIFFERS = re.compile(
    r"\b(?:berbeda|perbedaan|berubah|perubahan|semula|tidak sama|sedangkan|disesuaikan|direvisi)\b", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def declared(report: Report, *sides: str) -> bool:
    """Whether one sentence or cell speaks of a difference and holds every figure and name in `sides` (at least two)."""
    wanted = {_plain(_BRACKETS.sub(" ", side)) for side in sides}
    return len(wanted) > 1 and any(all(side in text for side in wanted) for text in _texts(report))


def _texts(report: Report) -> tuple[str, ...]:
    found: tuple[str, ...] = report.once("declared", _that_differ)
    return found


def _that_differ(report: Report) -> tuple[str, ...]:
    return tuple(_plain(sentence.text) for sentence in saying(report, _DIFFERS))


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Small letters and digits apart by single spaces, with a space at both ends; `Rp` is left out."""
    words = _NOT_WORDS.sub(" ", re.sub(r"\brp\.?(?=\s?[0-9])", " ", text.casefold()))
    return f" {words.strip()} "
