"""Jumlah uang yang dikatakan tersaji dalam sebuah tabel harus ada dalam tabel itu.

Mengapa: “anggaran Rp X, sebagaimana disajikan dalam Tabel T” menyuruh pembaca mencocokkan; bila tabelnya berkata lain,
salah satunya tidak diperbarui.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi keuangan).

Salah: “anggaran Rp500.000.000, sebagaimana disajikan dalam Tabel 2.5”, padahal jumlah Tabel 2.5 adalah 450.000.000.
Benar: “anggaran Rp450.000.000, sebagaimana disajikan dalam Tabel 2.5”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.budgets import totals
from selaras.review.prose import running
from selaras.review.referred import grids_of, table_referred
from selaras.review.report import Figure, Grid, Report, Sentence
from selaras.review.spoken import Part, spoken
from selaras.review.wording import amount, places, rupiah, table_name

CODE = "CR16"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi keuangan)"
_AS_SHOWN = re.compile(
    r"\b(?:sebagaimana|seperti|sesuai|dapat dilihat|disajikan|tercantum|dirinci|rincian\w*|tersaji)\b", re.IGNORECASE
)
PARTS = (Part.BUDGET, Part.SPENT, Part.TOTAL, Part.OTHER)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sentences with one amount, or one budget and one spending, that refer to one table of amounts."""
    for sentence in running(report):
        money = [item for item in spoken(sentence) if item.figure.money]
        if not money or len(money) > 2 or len({item.part for item in money}) < len(money):
            continue
        if money[0].part is Part.OTHER or not _AS_SHOWN.search(sentence.text):
            continue
        number = table_referred(sentence)
        grids = grids_of(report, number) if number else []
        for item in money:
            if grids and item.figure.decimals >= 0:
                yield from _check(report, sentence, item.figure, grids)


def _check(report: Report, sentence: Sentence, figure: Figure, grids: Sequence[Grid]) -> Iterator[Finding]:
    whole = [total for grid in grids for total in totals(report, grid) if total is not None]
    if not whole or any(abs(value - figure.amount) < 1 for value in [*whole, *_amounts(grids)]):
        return
    right = min(whole, key=lambda value: abs(value - figure.amount))
    yield Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"Kalimat menyebut {amount(figure)} dan merujuk {table_name(grids[0])}, padahal angka itu tidak ada di sana; "
        f"jumlahnya {rupiah(right)}.",
        stated=amount(figure),
        expected=rupiah(right),
        places=places([figure.place, grids[0].place]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel yang dirujuknya.",
    )


def _amounts(grids: Sequence[Grid]) -> Iterator[Decimal]:
    for grid in grids:
        for row in grid.rows:
            yield from (figure.amount for cell in row.cells for figure in cell.figures)
