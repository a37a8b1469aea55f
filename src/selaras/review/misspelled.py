"""Words that are one slip of the pen away from an official term or from a word that the document itself uses often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from selaras.review.wordlists import table
from selaras.rulebook.review_words import review_words

SHORTEST = 7
"""So many letters a word has in which a slip can be told."""
_ANY = re.compile(r"\w+|[.;:,()]")
_RARE = 2
"""A slip is made once or twice; what stands more often is meant."""
_OFTEN = 12
_LONG = 9
"""A word of the document itself counts as known when it is long and stands often."""
FREQUENT = 6
"""So often a word stands of which another one may have lost a letter."""
MARGIN = 2
"""So many letters at both ends may belong to an affix."""
Shape = tuple[str, str, int]
"""First and last letter of a word, and its length."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A misspelled word, in small letters, and the word that is meant."""

    wrong: str
    right: str


def slips(texts: Iterable[tuple[str, Sequence[str], int]]) -> list[Slip]:
    """The misspelled words of a document, each once. Names of regions and good words are never among them.

    Each text comes once, with its runs of letters in small letters and how often it stands in the document.
    """
    whole = [(text, [word for word in runs if len(word) >= SHORTEST], many) for text, runs, many in texts]
    counts = Counter(chain.from_iterable(words * many for _, words, many in whole))
    official = frozenset(table("spelling")["official"]["words"])
    known = official | _good()
    often = frozenset(word for word, count in counts.items() if count >= _OFTEN and len(word) >= _LONG)
    strange = frozenset(word for word, count in counts.items() if count <= _RARE and word not in known)
    rare = [word for word in counts if word in strange and word not in often]
    found = {word: right for word in rare if (right := _meant(word, official, _shortened(), _official_shapes()))}
    own, shapes = _index(often - known), _shapes(often)
    found |= {word: right for word in rare if word not in found and (right := _swapped(word, often, own, shapes))}
    common = _index(word for word, count in counts.items() if count >= FREQUENT and len(word) >= _LONG)
    longer = {shorter: word for shorter, word in common.items() if _is_inside(word, shorter)}
    once = [word for word in rare if word not in found and len(word) >= _LONG and counts[word] == 1 and word.isalpha()]
    found |= {word: longer[word] for word in once if word in longer and not _is_form_of(word, longer[word])}
    phrased = _within_phrases((text for text, words, _ in whole if not strange.isdisjoint(words)), strange)
    found |= {wrong: right for wrong, right in phrased if wrong not in found}
    return [Slip(wrong, right) for wrong, right in found.items() if not _is_verb_of(wrong, right)]


def _is_inside(word: str, shorter: str) -> bool:
    """Whether the letter that is missing stood well inside the word, where no affix begins or ends."""
    at = next((at for at, letter in enumerate(shorter) if word[at] != letter), len(shorter))
    return MARGIN <= at < len(word) - MARGIN - 1


def _is_form_of(word: str, other: str) -> bool:
    """Whether an affix makes the difference: `pertanian` and `pertaian` share none, `melakuan` and `melakukan` do."""
    return word.endswith(("nya", "kan")) is not other.endswith(("nya", "kan"))


def _is_verb_of(word: str, noun: str) -> bool:
    """`laporkan` beside `laporan`: a verb of the same stem, which nouns that begin with `pe` or `ke` do not have."""
    return word == f"{noun[:-2]}kan" and noun.endswith("an") and not noun.startswith(("pe", "ke"))


def _meant(word: str, words: Collection[str], shortened: dict[str, str], shapes: Collection[Shape]) -> str:
    """The known word from which a letter is left out, into which one is put, or of which two are swapped, inside."""
    if word in shortened:
        return shortened[word]
    first, last, length = _shape(word)
    for shorter in _without_one(word) if (first, last, length - 1) in shapes else ():
        if shorter in words and len(shorter) >= 7:
            return shorter
    swaps = _with_two_swapped(word) if (first, last, length) in shapes else ()
    return next((swap for swap in swaps if swap in words), "")


def _swapped(word: str, words: Collection[str], shortened: dict[str, str], shapes: Collection[Shape]) -> str:
    """As `_meant`, for words of the document: only two swapped letters, or one of a pair of equal letters left out or added."""
    near = _meant(word, words, shortened, shapes)
    if not near:
        return ""
    if len(near) == len(word):
        return near
    longer, shorter = sorted((near, word), key=len, reverse=True)
    doubled = (at for at in range(len(longer) - 1) if longer[at] == longer[at + 1])
    return near if any(longer[:at] + longer[at + 1 :] == shorter for at in doubled) else ""


def _shape(word: str) -> Shape:
    """What a slip inside a word leaves as it is, and how long the word is."""
    return word[0], word[-1], len(word)


def _shapes(words: Iterable[str]) -> frozenset[Shape]:
    return frozenset(map(_shape, words))


@lru_cache(maxsize=1)
def _official_shapes() -> frozenset[Shape]:
    return _shapes(table("spelling")["official"]["words"])


def _within_phrases(texts: Iterable[str], strange: Collection[str]) -> Iterator[tuple[str, str]]:
    """`perjanjiam kinerja`: one half is a half of an official phrase, the other differs from its other half by one letter."""
    firsts, seconds = _firsts(), _seconds()
    for text in texts:
        for one, other in pairwise(_ANY.findall(text.casefold())):
            for wrong, right in ((one, firsts.get(other)), (other, seconds.get(one))):
                if right and wrong in strange:
                    yield from ((wrong, word) for word in right if _one_letter_off(wrong, word))


def _one_letter_off(one: str, other: str) -> bool:
    return len(one) == len(other) >= 6 and sum(left != right for left, right in zip(one, other, strict=True)) == 1


def _without_one(word: str) -> Iterator[str]:
    """The word without one letter, never the first or last."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))


def _with_two_swapped(word: str) -> Iterator[str]:
    return (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(1, len(word) - 2)
        if word[at] != word[at + 1]
    )


def _index(words: Iterable[str]) -> dict[str, str]:
    """Words by what is left of them without one letter."""
    return {shorter: word for word in words for shorter in _without_one(word)}


@lru_cache(maxsize=1)
def _shortened() -> dict[str, str]:
    good = _good()
    return {short: word for short, word in _index(table("spelling")["official"]["words"]).items() if short not in good}


@lru_cache(maxsize=1)
def _good() -> frozenset[str]:
    """Words that are right although they look like others: those of the data, and the words in names of regions."""
    provinces = review_words().provinces
    regions = " ".join(name for item in provinces for name in (item.name, *item.kabupaten, *item.kota))
    return frozenset(table("spelling")["official"]["good"]) | frozenset(regions.casefold().split())


@lru_cache(maxsize=1)
def _firsts() -> dict[str, tuple[str, ...]]:
    """First words of official phrases by the second."""
    return _grouped((second, first) for first, second in _pairs())


@lru_cache(maxsize=1)
def _seconds() -> dict[str, tuple[str, ...]]:
    """Second words of official phrases by the first."""
    return _grouped(_pairs())


def _pairs() -> list[tuple[str, str]]:
    return [
        (first, second) for phrase in table("spelling")["official"]["phrases"] for first, second in [phrase.split()]
    ]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
