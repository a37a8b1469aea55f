"""What the figures of a sentence are said to be: budget, realisation, target, percentage, whole or share. Pure text.

The words between the previous figure and this one decide; what they leave open stays open (`OTHER`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from selaras.review.report import Figure, Sentence

REACH = 110
"""So many characters before a figure can say what it is."""


class Part(StrEnum):
    """What a figure is said to be."""

    BUDGET = "anggaran"
    SPENT = "realisasi anggaran"
    TARGET = "target"
    REALISATION = "realisasi"
    PERCENT = "persentase"
    WHOLE = "keseluruhan"
    SHARE = "bagian"
    TOTAL = "jumlah"
    OTHER = "lain"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A figure in a sentence, what it is said to be, the words before it, and where it stands in the text."""

    figure: Figure
    part: Part
    before: str
    after: str
    start: int
    end: int


_FLAGS = re.IGNORECASE
_ASIDE = re.compile(
    r"\b(?:sisa|selisih|kurang(?:nya)?|silpa|efisiensi|penghematan|bertambah|berkurang|"
    r"me(?:naik|nurun|ningkat)\w*|naik|turun|tumbuh|pertumbuhan|peningkatan|penurunan|kenaikan|lebih|(?:tidak|belum)\s+ter\w+)\b",
    _FLAGS,
)
_FROM_BUDGET = re.compile(
    r"\bdari\s+(?:(?:total|seluruh|jumlah|keseluruhan|besaran)\s+)?(?:pagu|anggaran|alokasi|dana)\b[^,;]*$", _FLAGS
)
_SPENT = re.compile(
    r"\b(?:realisasi\w*|terealisasi\w*|direalisasikan|terserap|serapan|penyerapan|diserap|dibelanjakan)\b", _FLAGS
)
_BUDGET = re.compile(r"\b(?:anggaran\w*|pagu|alokasi\w*|dianggarkan|dialokasikan|dana|dipa|dpa)\b", _FLAGS)
_TARGET = re.compile(r"\b(?:target\w*|ditargetkan)\b", _FLAGS)
_REALISED = re.compile(r"\b(?:realisasi\w*|terealisasi\w*)\b", _FLAGS)
_PERCENT = re.compile(
    r"\b(?:capaian\w*|pencapaian|persentase|presentase|prosentase|atau|sebesar|sekitar|yaitu|yakni|setara)\b|\($",
    _FLAGS,
)
_ACHIEVED = re.compile(r"\b(?:capaian\w*|pencapaian\w*|tercapai|atau|tingkat capaian)\b", _FLAGS)
_WHOLE = re.compile(r"\bdari\s+(?:(?:total|jumlah|sebanyak|sejumlah|keseluruhan|seluruh|target)\s+){0,3}$", _FLAGS)
_TOTAL = re.compile(
    r"\b(?:sehingga\s+(?:total|jumlah|seluruh)\w*|(?:dengan|sehingga)\s+(?:total|jumlah)\s+(?:keseluruhan|seluruhnya|anggaran))\b",
    _FLAGS,
)
_FORMULA = re.compile(r"[×÷*=x]\s*$")
_OF_THE_OLD = re.compile(r"^.*\btahun\s+20\d\d\b(?=\s*\)?,?\s+menjadi\s+(?:\w+\s+)?$)", _FLAGS | re.DOTALL)
"""`… tahun 2015 menjadi`: what stands up to the year speaks of the figure before."""
_FROM_TARGET = re.compile(r"^\s*(?:\)|,)?\s*dari\s+target\b", _FLAGS)


def spoken(sentence: Sentence) -> tuple[Spoken, ...]:
    """The figures of a sentence with what they are said to be, in order."""
    if not sentence.figures:
        return ()
    found: tuple[Spoken, ...] | None = sentence.memory.get("spoken")
    if found is None:
        found = sentence.memory["spoken"] = _spoken(sentence)
    return found


@lru_cache(maxsize=4096)
def _spoken(sentence: Sentence) -> tuple[Spoken, ...]:
    spots, cursor = [], 0
    for figure in sentence.figures:
        start = _stands(sentence.text, figure.text, cursor) if figure.text else -1
        if start >= 0:
            cursor = start + len(figure.text)
            spots.append((figure, start, cursor))
    money = sum(figure.money for figure in sentence.figures) > 1
    found: list[Spoken] = []
    for number, (figure, start, end) in enumerate(spots):
        low = spots[number - 1][2] if number else 0
        high = spots[number + 1][1] if number + 1 < len(spots) else len(sentence.text)
        before, after = sentence.text[max(low, start - REACH) : start], sentence.text[end : min(high, end + REACH)]
        before = _OF_THE_OLD.sub("", before)
        part = _part(figure, before, after, money=money, earlier=found)
        found.append(Spoken(figure, part, before, after, start, end))
    return tuple(found)


def _stands(text: str, digits: str, cursor: int) -> int:
    """Where a figure stands by itself, not as a part of a longer number (`2` in `2025`); -1 if nowhere."""
    first = start = text.find(digits, cursor)
    while start >= 0:
        end = start + len(digits)
        inside = (text[start - 1 : start].isdigit() and digits[0].isdigit()) or (
            digits[-1].isdigit() and text[end : end + 1].isdigit()
        )
        if not inside:
            return start
        start = text.find(digits, end)
    return first


def is_formula(item: Spoken) -> bool:
    """Whether the figure is part of a printed formula (`÷ pagu × 100%`)."""
    return bool(_FORMULA.search(item.before))


def clauses(sentence: Sentence) -> Iterator[tuple[Spoken, ...]]:
    """The figures that belong together: a clause ends after its percentage, at a semicolon, or when a part repeats."""
    current: list[Spoken] = []
    for item in spoken(sentence):
        seen = {other.part for other in current}
        if current and (item.part in seen - {Part.OTHER} or ";" in item.before):
            yield tuple(current)
            current = []
        current.append(item)
        parts = {other.part for other in current}
        if Part.PERCENT in parts and (
            {Part.BUDGET, Part.SPENT} <= parts
            or {Part.TARGET, Part.REALISATION} <= parts
            or {Part.WHOLE, Part.SHARE} <= parts
        ):
            yield tuple(current)
            current = []
    if current:
        yield tuple(current)


def _part(figure: Figure, before: str, after: str, *, money: bool, earlier: list[Spoken]) -> Part:
    near = before[-60:]
    if _FORMULA.search(before):
        return Part.OTHER
    if figure.money:
        return _money_part(before)
    if figure.percent and money:
        return Part.OTHER if _ASIDE.search(near) or re.search(r"\bfisik\b", near, _FLAGS) else Part.PERCENT
    if _ASIDE.search(near):
        return Part.OTHER
    last = max(
        (
            (match.end(), part)
            for pattern, part in ((_TARGET, Part.TARGET), (_REALISED, Part.REALISATION))
            for match in pattern.finditer(near)
        ),
        default=(-1, Part.OTHER),
    )
    if figure.percent:
        return _percent_part(near, after, last, earlier)
    if last[0] >= 0 and not _WHOLE.search(before):
        return last[1]
    if _WHOLE.search(before):
        return Part.TARGET if "target" in near.casefold() else Part.WHOLE
    return Part.SHARE if any(item.part is Part.WHOLE for item in earlier) else Part.OTHER


def _percent_part(near: str, after: str, last: tuple[int, Part], earlier: list[Spoken]) -> Part:
    if _FROM_TARGET.search(after):
        return Part.PERCENT
    achieved = max((match.end() for match in _ACHIEVED.finditer(near)), default=-1)
    if last[0] > achieved:
        return last[1]
    if achieved >= 0:
        return Part.PERCENT
    whole = any(item.part is Part.WHOLE for item in earlier)
    return Part.PERCENT if whole and _PERCENT.search(near.rstrip()) else Part.OTHER


def _money_part(before: str) -> Part:
    if _TOTAL.search(before):
        return Part.TOTAL
    if _ASIDE.search(before[-60:]):
        return Part.OTHER
    if _FROM_BUDGET.search(before):
        return Part.BUDGET
    if _SPENT.search(before):
        return Part.SPENT
    return Part.BUDGET if _BUDGET.search(before) else Part.OTHER
