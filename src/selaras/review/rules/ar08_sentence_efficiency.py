"""Tingkat efisiensi dalam kalimat harus mengikuti capaian dan penyerapan yang disebut di sampingnya.

Mengapa: “efisien” adalah simpulan yang dibaca pimpinan; bila tidak mengikuti kedua angkanya, simpulannya gugur. Rasio,
selisih, dan sisa sama-sama diterima karena tidak ada rumus resmi.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 6; rumusnya tidak ditetapkan.

Salah: capaian kinerja 95,83% dengan penyerapan 97,36%; tingkat efisiensinya 88,43%.
Benar: capaian kinerja 95,83% dengan penyerapan 97,36%; tingkat efisiensinya 98,43%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, Interval, exact, fraction, printed
from selaras.review.prose import running
from selaras.review.report import Figure, Report, Sentence, SentenceKind
from selaras.review.spoken import Spoken, spoken
from selaras.review.wording import amount, percent, places

CODE = "AR08"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A butir 6"
_F = re.IGNORECASE
_ACHIEVED = re.compile(
    r"\bcapaian(?:nya)?(?:\s+(?:kinerja|indikator|sasaran|ini|kinerjanya))*(?:\s+(?:sebesar|adalah|mencapai))?\s*$", _F
)
_ABSORBED = re.compile(
    r"\b(?:(?:penyerapan|serapan|capaian|realisasi)\s+(?:\w+\s+){0,2}?anggaran(?:nya)?|(?:penyerapan|serapan)(?:nya)?)\b"
    r"(?:\s+(?!efisiensi)\w+){0,4}\s*$",
    _F,
)
_EFFICIENCY = re.compile(
    r"\befisiensi(?:nya)?(?:\s+(?:kinerja|penggunaan|sumber|daya|sasaran|indikator|ini|tersebut|adalah|sebesar|mencapai|yaitu|yakni|"
    r"senilai|diperoleh|menjadi))*\s*$",
    _F,
)
_RATIO = re.compile(r"\brasio\b", _F)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievement, absorption and efficiency told in one sentence, or in two that stand together."""
    before: Sentence | None = None
    for sentence in running(report):
        if sentence.kind is SentenceKind.ITEM:
            before = None
            continue
        joined = [before, sentence] if before is not None and before.path == sentence.path else [sentence]
        yield from _check(joined)
        before = sentence


def _check(sentences: list[Sentence]) -> Iterator[Finding]:
    stated = _only(sentences[-1:], _EFFICIENCY)
    if stated is None:
        return
    achieved = _only(sentences[-1:], _ACHIEVED) or _only(sentences, _ACHIEVED)
    absorbed = _only(sentences[-1:], _ABSORBED) or _only(sentences, _ABSORBED)
    if achieved is None or absorbed is None or not achieved.amount or not absorbed.amount:
        return
    by_ratio = any(_RATIO.search(sentence.text) for sentence in sentences)
    if not any(result.overlaps(printed(stated)) for result in _results(achieved, absorbed, by_ratio=by_ratio)):
        right = fraction(achieved.amount) / fraction(absorbed.amount) * HUNDRED
        yield Finding(
            CODE,
            "arithmetic",
            Severity.ERROR,
            f"Tingkat efisiensi dalam kalimat {amount(stated)}; dari capaian {amount(achieved)} dan penyerapan "
            f"{amount(absorbed)} rasionya {percent(right, stated.decimals)}, metode lain pun tidak memberi {amount(stated)}.",
            stated=amount(stated),
            expected=percent(right, stated.decimals),
            arithmetic=f"{amount(achieved)} ÷ {amount(absorbed)} × 100% = {percent(right, max(2, stated.decimals + 2))}",
            places=places([stated.place, achieved.place]),
            regulation=REGULATION,
            suggestion="Samakan capaian, penyerapan, dan efisiensinya dengan tabel.",
        )


def _only(sentences: list[Sentence], wanted: re.Pattern[str]) -> Figure | None:
    """The only percentage that the words before it call so."""
    found = [item.figure for sentence in sentences for item in spoken(sentence) if _is_called(item, wanted)]
    return found[0] if len(found) == 1 else None


def _is_called(item: Spoken, wanted: re.Pattern[str]) -> bool:
    return item.figure.percent and not item.figure.money and wanted.search(item.before) is not None


def _results(achieved: Figure, absorbed: Figure, *, by_ratio: bool) -> Iterator[Interval]:
    """What the methods in use give, with what the print of both allows; the ratios alone where the text says so."""
    upper, lower = printed(achieved), printed(absorbed)
    for quotient in (upper.over(lower), lower.over(upper)):
        if quotient is not None:
            yield quotient.times(HUNDRED)
            yield quotient
            if not by_ratio:
                yield exact(HUNDRED) - quotient.times(HUNDRED)
                yield quotient.times(HUNDRED) - exact(HUNDRED)
    if not by_ratio:
        yield upper - lower
        yield lower - upper
        yield exact(HUNDRED) - lower
