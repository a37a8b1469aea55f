"""Where a long Indonesian word may be broken, for narrow table columns: the typesetter knows no Indonesian."""

from __future__ import annotations

import re
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"
_UNITS = re.compile(r"ng|ny|sy|kh|[bcdfghjklmnpqrstvwxyz]|[aeiou]+", re.IGNORECASE)
_STOPS = frozenset("pbtdkgf")
_SHORTEST_HEAD = 2
_SHORTEST_TAIL = 3


def syllables(word: str) -> list[str]:
    """`word` in its syllables: V-CV, VC-CV, with ng, ny, sy, kh as one sound and stop + r or l together."""
    units = [unit.group() for unit in _UNITS.finditer(word)]
    if "".join(units) != word:
        return [word]
    vowels = [place for place, unit in enumerate(units) if unit[0].lower() in "aeiou"]
    starts = [0]
    for left, right in pairwise(vowels):
        between = [unit.lower() for unit in units[left + 1 : right]]
        together = len(between) > 1 and between[-1] in "rl" and between[-2] in _STOPS
        starts.append(right - (2 if together else 1))
    return ["".join(units[a:b]) for a, b in zip(starts, [*starts[1:], len(units)], strict=True)]


def softly(word: str) -> str:
    """`word` with soft hyphens between its syllables, none so near an end that a stump would stand alone."""
    parts = syllables(word)
    whole = "".join(parts)
    out, done = "", 0
    for part in parts:
        if done >= _SHORTEST_HEAD and len(whole) - done >= _SHORTEST_TAIL:
            out += SOFT_HYPHEN
        out += part
        done += len(part)
    return out
