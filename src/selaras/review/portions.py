"""A base, a part of it and their percentage where a sentence sets them side by side, in whichever order. Pure text.

`97,36% (Rp A dari Rp B)`, `41 dari 46 (89,13%)`, `Rp A setara dengan 80% dari pagu Rp B`, `80% dari pagu Rp B atau Rp A`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selaras.review.report import Figure, Sentence
from selaras.review.spoken import Spoken, spoken

_F = re.IGNORECASE
_SAYS = r"(?:yaitu|yakni|atau|sebesar|sebanyak|sejumlah|senilai|sekitar|setara(?:\s+dengan)?|setara)"
_OPENS = re.compile(rf"\s*\(\s*(?:{_SAYS}\s+)*", _F)
_OF = re.compile(r"(?:\s+(?!dari\b)[\w/]+){0,4}\s+dari\s+(?:[\w/]+\s+){0,5}(?:\([^()0-9]*\)\s*)?", _F)
_THUS = re.compile(rf"(?:\s+[\w/]+){{0,3}}\s*(?:\(\s*(?:{_SAYS}\s+)*|,?\s*(?:{_SAYS}\s+)+)", _F)
_EQUALS = re.compile(r",?\s*\(?\s*(?:setara(?:\s+dengan)?|atau(?:\s+(?:sebesar|sekitar|setara(?:\s+dengan)?))?)\s+", _F)
_REACHES = re.compile(r"\s*(?:[a-z]+\s+){0,2}?(?:sudah\s+|telah\s+|baru\s+)?mencapai\s+", _F)
_OF_AIM = re.compile(r"\s+dari\s+target(?:nya)?\s+(?:(?:akhir|tahun\s+\d{4}|sebesar|renstra)\s+)*", _F)
_OR = re.compile(rf"\s*(?:\(\s*(?:{_SAYS}\s+)*|,?\s*(?:{_SAYS}\s+)+)", _F)
_TIMES = re.compile(r"[x×*]\s*$", _F)
_OVER = re.compile(r"\s*(?:orang|unit|dokumen|kegiatan)?\s*(?::|÷|/|dibagi)\s*(?:Rp\.?\s*)?", _F)
_IS = re.compile(r"\s*(?:[a-z]+\s*)?\)?\s*(?:[x×*]\s*100\s*%?)?\s*=\s*", _F)
_SETS_EQUAL = re.compile(r"\bsetara\b", _F)
_MOVES = re.compile(
    r"\b(?:naik|turun|me(?:ningkat|nurun|naik)\w*|peningkatan|penurunan|kenaikan|bertambah|berkurang)\b", _F
)


@dataclass(frozen=True, slots=True)
class Portion:
    """`part` of `base` is `stated` percent, as the sentence says; by a `formula` it can be of things of two sorts."""

    base: Figure
    part: Figure
    stated: Figure
    formula: bool = False


def portions(sentence: Sentence) -> Iterator[Portion]:
    """Every three neighbouring figures of the sentence that its words set into such a relation."""
    items = spoken(sentence)
    items = tuple(item for item in items if not (item.figure.amount == 100 and _TIMES.search(item.before)))
    for first, second, third in zip(items, items[1:], items[2:], strict=False):
        found = _portion(sentence.text, first, second, third)
        if found is not None and _comparable(found):
            yield found


def _portion(text: str, first: Spoken, second: Spoken, third: Spoken) -> Portion | None:
    left, right = text[first.end : second.start], text[second.end : third.start]
    one, two, three = first.figure, second.figure, third.figure
    if three.percent and _OVER.fullmatch(left) and _IS.fullmatch(right):
        return Portion(two, one, three, formula=True)
    if one.percent and _OPENS.fullmatch(left) and _OF.fullmatch(right):
        return Portion(three, two, one)
    if three.percent and _OF.fullmatch(left) and _THUS.fullmatch(right) and not _MOVES.search(first.before):
        return Portion(two, one, three)
    if two.percent and _EQUALS.fullmatch(left) and _OF.fullmatch(right):
        sure = one.money or (one.percent and one.amount > 0 and _SETS_EQUAL.search(left) is not None)
        return Portion(three, one, two) if sure and not _MOVES.search(first.before) else None
    if two.percent and not one.money and _REACHES.fullmatch(left) and _OF_AIM.fullmatch(right):
        return Portion(three, one, two)
    if one.percent and two.money and _OF.fullmatch(left) and _OR.fullmatch(right):
        return Portion(two, three, one)
    return None


def _comparable(found: Portion) -> bool:
    """Whether the two can be divided: both money, or both percentages, or both whole counts."""
    base, part = found.base, found.part
    if base.money is not part.money or base.percent is not part.percent or not base.amount:
        return False
    return base.money or base.percent or base.decimals == part.decimals or (base.decimals <= 0 and part.decimals <= 0)
