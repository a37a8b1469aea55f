"""Rasio ditulis sebagai kenaikan atau penurunan.

Mengapa: dari 17 menjadi 18 adalah naik 5,88%, bukan naik 105,88%; pembaca menyangka kinerja berlipat ganda.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).
Salah: “meningkat sebesar 105,88% dari 17 menjadi 18”.
Benar: “meningkat sebesar 5,88% dari 17 menjadi 18”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import permutations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.numerals import format_number, format_percent
from selaras.review.concordance import saying
from selaras.review.prose import around, quoted, running
from selaras.review.report import Figure, Report, Sentence

CODE = "NA03"
KINDS = ("narrative-contradiction",)

_CHANGE = re.compile(
    r"\b(meningkat|peningkatan|naik|kenaikan|bertambah|menurun|penurunan|turun|berkurang)\w*\b[^.;:]{0,60}?(?:sebesar|yaitu|sebanyak|mencapai|sekitar|hingga)\s+(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:%|persen)",
    re.IGNORECASE,
)
_FALLS = ("menurun", "penurunan", "turun", "berkurang")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Percentages behind a word of change, against two figures of the sentence or the one before it."""
    sentences = list(running(report))
    changing = {id(sentence) for sentence in saying(report, _CHANGE, running=True)}
    for place, sentence in enumerate(sentences):
        for match in _CHANGE.finditer(sentence.text) if id(sentence) in changing else ():
            stated = _decimal(match[2])
            own = _candidates(sentence, stated)
            beside = [
                _candidates(other, stated)
                for other in (*sentences[max(0, place - 1) : place], *sentences[place + 1 : place + 2])
            ]
            falls = match[1].casefold() in _FALLS
            pair = next(
                (found for figures in ([], *beside) if (found := _ratio_pair(stated, falls, own + figures))), None
            )
            if pair is None:
                continue
            before, after = pair
            change = (after - before) / before * 100
            yield Finding(
                CODE,
                "narrative-contradiction",
                Severity.ERROR,
                f"{format_percent(stated)} adalah rasio, bukan {match[1].casefold()}",
                stated=f"{match[1]} {format_percent(stated)}",
                expected=f"{'naik' if change > 0 else 'turun'} {format_percent(abs(change), places=2)}",
                arithmetic=f"({format_number(after)} − {format_number(before)}) ÷ {format_number(before)} × 100 = "
                f"{format_percent(change, places=2)}",
                places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                suggestion="Tuliskan selisihnya, atau sebut angkanya sebagai rasio.",
            )


def _candidates(sentence: Sentence, stated: Decimal) -> list[Decimal]:
    return [
        figure.amount
        for figure in sentence.figures
        if figure.amount > 0 and not _is_year(figure) and figure.amount != stated
    ]


def _is_year(figure: Figure) -> bool:
    return figure.decimals == 0 and 1990 <= figure.amount <= 2100 and not figure.money


def _ratio_pair(stated: Decimal, falls: bool, figures: Sequence[Decimal]) -> tuple[Decimal, Decimal] | None:
    """Two figures of which one is `stated` percent of the other, while no two differ by `stated`."""
    exponent = stated.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    pairs = list(permutations(dict.fromkeys(figures), 2))
    for before, after in pairs:
        if _is(abs(after - before) / before * 100, stated, places) or abs(after - before) == stated:
            return None
    return next(
        (
            (before, after)
            for before, after in pairs
            if _is(after / before * 100, stated, places) and (after < before) == falls
        ),
        None,
    )


def _is(value: Decimal, stated: Decimal, places: int) -> bool:
    unit = Decimal(1).scaleb(-places)
    return stated in {value.quantize(unit, ROUND_HALF_UP), value.quantize(unit, ROUND_DOWN)}


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
