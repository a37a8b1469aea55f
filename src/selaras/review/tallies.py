"""Counts that a sentence sets against each other: a whole and its parts, a part of a whole, what is left. Pure text.

`27 orang, terdiri atas 19 PNS dan 8 tenaga kontrak`; `dari 50 permohonan, 48 dijawab, sedangkan 2 terlambat`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from selaras.review.numbered import NO_NOUN, WORDS, names_a_number, value
from selaras.review.report import Figure, Sentence
from selaras.review.spoken import spoken

_F = re.IGNORECASE
_WORDED = re.compile(rf"(?<![\w(-])(?P<count>{WORDS})\b(?!\s*\()", _F)
_BRACKETS = re.compile(r"\([^()]*\)")
_NOUN = re.compile(r"\s*(?:\([^()]*\)\s*)?(?P<noun>[^\W\d_][\w-]+)?")
_WHOLE = re.compile(
    r"\b(?:dari|terhadap|atas)\s+(?:(?:total|jumlah|sebanyak|sejumlah|keseluruhan|seluruh)\s+){0,3}$", _F
)
_AIM = re.compile(r"\b(?:target|rencana|batas|pagu|anggaran)\b[^,;]*$", _F)
_OF = re.compile(
    r"(?:\s+(?!dari\b|menjadi\b|pada\b)[\w/]+){0,4}\s+dari\s+(?:(?!target\b|tahun\b|rencana\b)[\w/]+\s+){0,3}", _F
)
_AMONG = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[\w/]+\s+){0,3}di ?antara\w*\b", _F)
_THAT_NUMBER = re.compile(r"^\s*dari\s+(?:jumlah|angka|total)\s+(?:itu|tersebut)\b\W*(?:sebanyak\s+)?$", _F)


_MEASURES = NO_NOUN - {"dari", "dan", "atau", "yang", "di", "pada", "lainnya", "sisanya", "untuk"}


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number in a sentence, the first word after it, and where it stands."""

    number: int
    noun: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """`part` things of `whole`, as a sentence says; `position` is where the later of both ends in it."""

    whole: Count
    part: Count
    position: int


def counts(sentence: Sentence) -> tuple[Count, ...]:
    """Every number that can count something, in digits or in words, in order."""
    found: tuple[Count, ...] | None = sentence.memory.get("counts")
    if found is None:
        found = sentence.memory["counts"] = _counted(sentence)
    return found


@lru_cache(maxsize=8192)
def _counted(sentence: Sentence) -> tuple[Count, ...]:
    text = sentence.text
    found = [
        Count(int(item.figure.amount), _noun(text, item.end), item.start, item.end)
        for item in spoken(sentence)
        if _counts(item.figure) and not names_a_number(text, item.start)
    ]
    for match in _WORDED.finditer(text):
        number = value(match["count"])
        if number and not names_a_number(text, match.start()) and _noun(text, match.end()):
            found.append(Count(number, _noun(text, match.end()), match.start(), match.end()))
    return tuple(sorted((item for item in found if item.noun not in _MEASURES), key=lambda item: item.start))


def evidence(sentence: Sentence, before: Sentence | None = None) -> Iterator[Evidence]:
    """Every part and whole that the words of the sentence set into such a relation.

    `before` is the sentence before it, whose last count `dari jumlah itu` takes up.
    """
    found = counts(sentence)
    if not found:
        return
    text = sentence.text
    for one, two in itertools.pairwise(found):
        between = _BRACKETS.sub(" ", text[one.end : two.start])
        whole = _WHOLE.search(text[: one.start]) is not None and not _AIM.search(text[: one.start][-40:])
        if whole and two.number <= one.number:
            yield Evidence(one, two, two.end)
        elif _OF.fullmatch(between) and not whole and not _AIM.search(text[: one.start][-30:]):
            yield Evidence(two, one, two.end)
        elif _AMONG.match(text, two.end) and two.number <= one.number:
            yield Evidence(one, two, two.end)
    if before is not None and _THAT_NUMBER.match(text[: found[0].start]):
        earlier = counts(before)
        if earlier and earlier[-1].number >= found[0].number:
            yield Evidence(earlier[-1], found[0], found[0].end)


def figure_of(count: Count) -> Figure:
    """The count as a figure."""
    return Figure(Decimal(count.number), 0)


def makes_up(total: int, parts: Sequence[int]) -> bool:
    """Whether the parts, or a run of at least two of them (one of several classifications), make the total."""
    sums = {sum(parts[start:end]) for start in range(len(parts)) for end in range(start + 2, len(parts) + 1)}
    return total in sums


def _counts(figure: Figure) -> bool:
    return not (figure.money or figure.percent) and figure.decimals == 0 and figure.amount > 0


def _noun(text: str, end: int) -> str:
    match = _NOUN.match(text, end)
    return (match["noun"] or "").casefold() if match else ""
