"""Indeks Reformasi Birokrasi harus sama dengan RB General penyesuaian ditambah RB Tematik.

Mengapa: indeks itu dipakai sebagai realisasi indikator tujuan; bila lembar nilainya tidak menjumlah, realisasi itu ikut salah.
Peraturan: Permenpan-RB 9/2023 (evaluasi reformasi birokrasi); sejak tahun 2023 indeks terdiri atas kedua nilai itu.

Salah: RB General penyesuaian 81,11; RB Tematik 12,35; Indeks RB 94,36.
Benar: RB General penyesuaian 81,11; RB Tematik 12,35; Indeks RB 93,46.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import row_name
from selaras.review.prose import fold
from selaras.review.report import Figure, Grid, GridCell, Report
from selaras.review.wording import amount, like, places, table_name

CODE = "SU09"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 9/2023"

_INDEX = re.compile(r"(?:nilai )?(?:indeks|index) (?:rb|reformasi birokrasi)(?: akhir)?$")
_THEMATIC = re.compile(r"(?:nilai |total )?(?:rb|reformasi birokrasi) tematik$")
_GENERAL = re.compile(
    r"(?:nilai |total )?(?:rb|reformasi birokrasi) general(?: (?:penyesuaian|setelah penyesuaian|akhir))?$"
)
_ADJUSTED = re.compile(r"(?:penyesuaian|akhir)$")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every table with the two values and the index below one another, each column of figures by itself."""
    for grid in report.grids:
        names = [fold(row_name(grid, index)) for index in range(len(grid.rows))]
        general = [at for at, name in enumerate(names) if _GENERAL.match(name)]
        general = [at for at in general if _ADJUSTED.search(names[at])] or general
        thematic = [at for at, name in enumerate(names) if _THEMATIC.match(name)]
        index = [at for at, name in enumerate(names) if _INDEX.match(name)]
        if len(general) == len(thematic) == len(index) == 1:
            yield from _sums(grid, general[0], thematic[0], index[0])


def _sums(grid: Grid, general: int, thematic: int, index: int) -> Iterator[Finding]:
    for column in range(len(grid.columns)):
        cells = [grid.rows[row].cells[column] for row in (general, thematic, index)]
        figures = [cell.figure for cell in cells if cell.figure is not None and not cell.spanned]
        if len(figures) == len(cells) and not _fits(*figures):
            yield _finding(grid, cells, figures)


def _fits(general: Figure, thematic: Figure, index: Figure) -> bool:
    """Whether the sum is the index, as far as the printed digits tell."""
    steps = sum((Decimal(1).scaleb(-each.decimals) for each in (general, thematic, index)), Decimal(0))
    return abs(general.amount + thematic.amount - index.amount) <= steps / 2


def _finding(grid: Grid, cells: list[GridCell], figures: list[Figure]) -> Finding:
    general, thematic, index = figures
    right = like(general.amount + thematic.amount, index)
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"{table_name(grid)}: Indeks RB tertulis {amount(index)}, RB General dan RB Tematik berjumlah {right}",
        stated=amount(index),
        expected=right,
        arithmetic=f"{amount(general)} + {amount(thematic)} = {right}",
        places=places([cells[-1], *cells[:-1]]),
        regulation=REGULATION,
        suggestion="Cocokkan ketiga nilai dengan lembar hasil evaluasi.",
    )
