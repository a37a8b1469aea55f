"""Whether two wordings mean the same line: whatever the case, punctuation, word order and own name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from selaras.core.org import Agency

ABBREVIATION = re.compile(r"\(\s*[A-Z][A-Za-z.&/-]{1,11}\s*\)")
WORD = re.compile(r"\w+")
SPELLINGS = {"presentase": "persentase", "prosentase": "persentase", "prosen": "persen"}
PARTICLES = frozenset({"yang", "dengan", "secara", "atas", "pada", "di", "dalam", "untuk", "dan", "oleh"})
SIMILAR = 0.85
LONG_WORD = 6
SAME_START = 3


class Likeness(StrEnum):
    """How much two wordings agree."""

    SAME = "sama"
    SPELLING = "ejaan berbeda"
    OTHER = "berbeda"


def compare(first: str, second: str, agency: Agency | None = None) -> Likeness:
    """Compare two wordings. The agency's own name is left out of both, particles and bracketed abbreviations too."""
    own = OwnName(agency)
    words = _words(first, own), _words(second, own)
    left, right = _spell_out(words[0], words[1]), _spell_out(words[1], words[0])
    left, right = _content(left), _content(right)
    if Counter(left) == Counter(right):
        return Likeness.SAME
    return Likeness.SPELLING if _pairwise_similar(left, right) else Likeness.OTHER


def same(first: str, second: str, agency: Agency | None = None) -> bool:
    """Whether two wordings are the same line."""
    return compare(first, second, agency) is Likeness.SAME


class OwnName:
    """The agency's own name as it may stand within a wording: `KPU Kota X` for `Sekretariat KPU Kota X`."""

    def __init__(self, agency: Agency | None) -> None:
        names = [agency.name, agency.short_name, agency.parent_name] if agency else []
        self.names = [_fold(name) for name in names if name]
        self.words = {word for name in self.names for word in name} | {
            letters for name in self.names for letters in _initials(name)
        }
        self.last = {name[-1] for name in self.names}

    def without(self, words: Sequence[str]) -> list[str]:
        """`words` without any run of the agency's own words that ends as its name does, or is its whole short name."""
        kept: list[str] = []
        start = 0
        while start < len(words):
            length = self._run(words[start:])
            if not length:
                kept.append(words[start])
            start += length or 1
        return kept

    def _run(self, words: Sequence[str]) -> int:
        whole = max((len(name) for name in self.names if list(words[: len(name)]) == name), default=0)
        length = 0
        while length < len(words) and words[length] in self.words:
            length += 1
        while length and words[length - 1] not in self.last:
            length -= 1
        return max(whole, length if length > 1 else 0)


def _fold(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    words = WORD.findall(ABBREVIATION.sub(" ", plain).casefold())
    return [SPELLINGS.get(word, word) for word in words]


def _words(text: str, own: OwnName) -> list[str]:
    return own.without(_fold(text))


def _content(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in PARTICLES]


def _spell_out(words: Sequence[str], other: Sequence[str]) -> list[str]:
    """`words` with each abbreviation that the other wording spells out (SNP) written in full."""
    result: list[str] = []
    for word in words:
        size = len(word)
        windows = (other[start : start + size] for start in range(len(other) - size + 1)) if 2 <= size <= 6 else ()
        full = next((window for window in windows if "".join(item[0] for item in window) == word), None)
        result.extend(full if full is not None and word not in other else [word])
    return result


def _initials(words: Sequence[str]) -> Iterable[str]:
    return (
        "".join(word[0] for word in words[start : start + size])
        for size in range(2, min(6, len(words)) + 1)
        for start in range(len(words) - size + 1)
    )


def _pairwise_similar(left: Sequence[str], right: Sequence[str]) -> bool:
    only_left = sorted((Counter(left) - Counter(right)).elements())
    only_right = sorted((Counter(right) - Counter(left)).elements())
    return len(only_left) == len(only_right) and all(map(_similar, only_left, only_right))


def _similar(first: str, second: str) -> bool:
    if min(len(first), len(second)) < LONG_WORD or first[:SAME_START] != second[:SAME_START]:
        return False
    return SequenceMatcher(None, first, second).ratio() >= SIMILAR
