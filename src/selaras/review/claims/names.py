"""Names folded for comparing: case, punctuation, spelling of percentage, particles, order, the agency's own name.

The folding is that of `core.agreements.wording`. Near names (a letter lost, a word of two left out) are given one key,
unless they stand in different rows of one table: what a table lists apart is apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from selaras.core.agreements.wording import ABBREVIATION, PARTICLES, SPELLINGS, WORD, OwnName
from selaras.core.org import Agency, AgencyKind
from selaras.review.likeness import abbreviates

NEAR = 92
MOST = 1500
LONG = 24
FULL = 300
"""Up to so many names are also searched for abbreviations; larger tables list activities, not indicators."""
FEWEST = 4
"""Words that a name must have for an abbreviation in it to be told from another name."""
_MARKER = re.compile(
    r"^\s*(?:\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[A-Za-z]|[IVX]{1,5})[.)]|[-•–●▪*]|(?:IKU?|IKS?S|SS|S)\s?-?[0-9]{1,2}[.:]?)\s+"
)
_BARE_MARKER = re.compile(r"^\s*(?:[0-9]{1,2}|[IVX]{1,5})\s+(?=[A-Z])")
_SHARE = re.compile(r"^\s*%\s*(?=[a-z])")
_NUMERALS = re.compile(r"^[0-9ivx]+$")
SHORT_WORDS = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "subkegiatan": "sub kegiatan",
    "setda": "sekretariat daerah",
    "reviu": "review",
    "dg": "dengan",
}


def fold(text: str) -> str:
    """Lower-case words without punctuation, for comparing headers and captions."""
    return " ".join(WORD.findall(text.casefold().replace("%", " persen_ ").replace("persen_", "%"))) if text else ""


def without_marker(text: str) -> str:
    """The name without the number or bullet that stands before it."""
    plain = " ".join(text.split())
    shorter = _MARKER.sub("", plain, count=1)
    return shorter if shorter != plain else _BARE_MARKER.sub("", plain, count=1)


def marker_of(text: str) -> str:
    """The number that stands before a name in the same cell, `1` of `1 Program Pembinaan`; empty if none."""
    plain = " ".join(text.split())
    found = _MARKER.match(plain) or _BARE_MARKER.match(plain)
    return found[0].strip(" .()") if found else ""


class Namer:
    """Makes keys of names for one report."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        spelled = [name for name in names if name]
        self._own = [OwnName(_agency(name)) for name in spelled]
        self._keys: dict[str, str] = {}
        self._tokens: dict[str, tuple[str, ...]] = {}

    def tokens(self, name: str) -> tuple[str, ...]:
        """The words that count, in printed order."""
        if name not in self._tokens:
            words = [
                SPELLINGS.get(word, word)
                for word in WORD.findall(
                    _SHARE.sub("persentase ", ABBREVIATION.sub(" ", without_marker(name)).casefold())
                )
            ]
            words = [SHORT_WORDS.get(word, word) for word in words]
            for own in self._own:
                shorter = own.without(words)
                words = shorter if len(shorter) > 1 else words
            self._tokens[name] = tuple(word for word in words if word not in PARTICLES)
        return self._tokens[name]

    def key(self, name: str) -> str:
        """The exact key: the sorted words; `cluster` may have joined it to that of a near name."""
        exact = " ".join(sorted(self.tokens(name)))
        return self._keys.get(exact, exact)

    def cluster(self, tables: Iterable[Iterable[str]]) -> None:
        """Join near names to one key. `tables` are the names that each table lists in different rows."""
        apart: dict[str, set[int]] = {}
        first: dict[str, tuple[str, ...]] = {}
        for position, names in enumerate(tables):
            for name in names:
                tokens = self.tokens(name)
                exact = " ".join(sorted(tokens))
                apart.setdefault(exact, set()).add(position)
                first.setdefault(exact, tokens)
        self._keys = dict(_joined(first, apart)) if len(first) <= MOST else {}


def _joined(names: Mapping[str, tuple[str, ...]], apart: Mapping[str, set[int]]) -> Iterable[tuple[str, str]]:
    """Each near name with the key that it joins: the one that came first, or the one that writes out its abbreviations."""
    voices: dict[str, list[str]] = {}
    members: dict[str, set[int]] = {}
    for exact in names:
        root = next(
            (
                other
                for other, spoken in voices.items()
                if not apart[exact] & members[other] and any(_near(exact, voice, names) for voice in spoken)
            ),
            None,
        )
        if root is None:
            voices[exact], members[exact] = [exact], set(apart[exact])
            continue
        if len(voices[root]) == 1 and len(names[exact]) > len(names[root]):
            voices[root].append(exact)
        members[root] |= apart[exact]
        yield exact, root


def _near(first: str, second: str, names: Mapping[str, tuple[str, ...]]) -> bool:
    if len(names) <= FULL and _may_abbreviate(names[first], names[second]) and abbreviates(names[first], names[second]):
        return True
    if min(len(first), len(second)) < LONG or abs(len(first) - len(second)) > max(len(first), len(second)) // 4:
        return False
    left, right = " ".join(names[first]), " ".join(names[second])
    if max(fuzz.ratio(left, right, score_cutoff=NEAR), fuzz.ratio(first, second, score_cutoff=NEAR)) < NEAR:
        return False
    differ = set(names[first]) ^ set(names[second])
    return not any(_NUMERALS.match(word) for word in differ)


def _may_abbreviate(first: Sequence[str], second: Sequence[str]) -> bool:
    """A cheap look first: names of some length with at least half of their words in common."""
    common = len({*first} & {*second})
    return min(len(first), len(second)) >= FEWEST and first != second and 2 * common >= min(len(first), len(second))


def _agency(name: str) -> Agency:
    return Agency(code="", name=name, short_name="", kind=AgencyKind.MINISTRY_UNIT)
