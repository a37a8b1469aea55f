"""Kenaikan atau penurunan disebut tanpa angka pembandingnya.

Mengapa: “menurun dari tahun sebelumnya” tidak dapat diperiksa bila angka tahun sebelumnya tidak ada.
Peraturan: Permenpan-RB 53/2014, Lampiran II (perbandingan dengan tahun lalu).
Salah: “nilainya 12,35; meskipun terjadi penurunan dari tahun sebelumnya …”.
Benar: “nilainya 12,35; turun dari 13,10 pada tahun sebelumnya”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import saying
from selaras.review.prose import around, quoted
from selaras.review.report import Report

CODE = "NA09"
KINDS = ("missing-evidence",)

_CHANGED = re.compile(
    r"\b(?:terjadi|mengalami|ada(?:nya)?)\s+(?:penurunan|peningkatan|kenaikan)\b[^.;]{0,30}?\bdari tahun (?:sebelumnya|lalu)",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences with a change from last year and not a single figure; a note."""
    for sentence in saying(report, _CHANGED, running=True):
        match = _CHANGED.search(sentence.text)
        if (
            match
            and not any(not (1990 <= figure.amount <= 2100 and figure.decimals == 0) for figure in sentence.figures)
            and not re.search(r"\d+[.,]\d+", sentence.text)
        ):
            yield Finding(
                CODE,
                "missing-evidence",
                Severity.INFO,
                f"“{match[0]}” tanpa angka tahun sebelumnya",
                stated=match[0],
                expected="angka kedua tahun",
                places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                suggestion="Sebutkan kedua angkanya.",
            )
