"""Laporan yang memakai anggaran perubahan harus menunjukkan perjanjian yang diubah.

Mengapa: perubahan anggaran yang mengubah target atau anggaran program mewajibkan Perjanjian Kinerja perubahan; tanpa itu
laporan diukur terhadap janji yang sudah tidak berlaku.
Peraturan: Permenpan-RB 53/2014, Lampiran I (perubahan Perjanjian Kinerja).

Salah: “pagu anggaran setelah perubahan”, dengan Perjanjian Kinerja awal saja dan jumlah yang berbeda.
Benar: “pagu anggaran setelah perubahan”, dengan Perjanjian Kinerja Perubahan terlampir.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.budgets import tables, totals
from selaras.review.concordance import says
from selaras.review.report import Report, Sentence, SentenceKind, TableKind
from selaras.review.wording import places, rupiah

CODE = "CR10"
KINDS = ("missing-element",)
REGULATION = "Permenpan-RB 53/2014, Lampiran I (perubahan Perjanjian Kinerja)"
_REVISED_BUDGET = re.compile(
    r"\b(?:pagu|anggaran|dpa|dipa|apbd)\b[^.;]{0,40}\b(?:setelah\s+perubahan|perubahan\s+anggaran)\b|\bDPPA\b|\bAPBD[\s-]+P(?:erubahan)?\b",
    re.IGNORECASE,
)
_REVISED_AGREEMENT = re.compile(
    r"\b(?:perjanjian\s+kinerja|PK)\b\s*(?:\(PK\)\s*)?(?:tahun\s+20\d\d\s*)?[(]?\s*(?:perubahan|revisi|setelah\s+perubahan)|perubahan\s+(?:atas\s+)?perjanjian\s+kinerja",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences that speak of a revised budget in a report without a revised agreement and with another total."""
    agreements = tables(report, TableKind.PROGRAMMES)
    if not agreements or says(report, _REVISED_AGREEMENT):
        return
    if any(_REVISED_AGREEMENT.search(f"{grid.table.caption} {' '.join(grid.path)}") for grid in report.grids):
        return
    spoken = _spoken(report)
    agreed = {total for grid, _ in agreements if (total := totals(report, grid)[0]) is not None}
    if spoken is None or (len(agreed) == 1 and any(figure.amount in agreed for figure in spoken.figures)):
        return
    signed = agreements[-1]
    total = totals(report, signed[0])[0]
    yield Finding(
        CODE,
        "missing-element",
        Severity.WARNING,
        "Laporan memakai anggaran setelah perubahan, tetapi Perjanjian Kinerja perubahan tidak ada dalam berkas.",
        stated="anggaran setelah perubahan",
        expected="Perjanjian Kinerja perubahan dengan anggaran yang sama",
        arithmetic=_amounts(spoken, total),
        places=places([spoken.place, signed[1][-1].place]),
        regulation=REGULATION,
        suggestion="Lampirkan Perjanjian Kinerja perubahan, atau jelaskan bahwa target tidak ikut berubah.",
    )


def _spoken(report: Report) -> Sentence | None:
    found = [
        sentence
        for sentence in report.sentences
        if sentence.kind in (SentenceKind.TEXT, SentenceKind.ITEM)
        and any(figure.money for figure in sentence.figures)
        and _REVISED_BUDGET.search(sentence.text)
    ]
    return found[0] if found else None


def _amounts(sentence: Sentence, total: Decimal | None) -> str:
    money = [figure for figure in sentence.figures if figure.money]
    return (
        f"{rupiah(money[0].amount)} setelah perubahan; {rupiah(total)} dalam Perjanjian Kinerja"
        if money and total
        else ""
    )
