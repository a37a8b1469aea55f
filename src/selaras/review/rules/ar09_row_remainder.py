"""Kolom sisa harus selisih anggaran dan realisasi pada baris yang sama.

Mengapa: sisa adalah angka turunan; bila sebuah baris tidak mengikuti hitungan yang dipakai baris lain, salah satu dari tiga
angkanya keliru.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: anggaran 9.120.500, realisasi 8.975.114, sisa 154.386.
Benar: sisa 145.386.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import cell_at, row_name
from selaras.review.report import Grid, GridCell, Report, Role
from selaras.review.wording import places, rupiah, short, table_name

CODE = "AR09"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B"
_LEFT = re.compile(r"\b(?:sisa|selisih|saldo|tidak terserap|belum terserap|lebih\s*/\s*\(?\s*kurang)\b", re.IGNORECASE)
_OVER = re.compile(r"\blebih\b", re.IGNORECASE)
"""More than planned is told as a gain."""
FEW = 3
"""Rows that must show how the column is made."""
Row = tuple[int, GridCell, GridCell, GridCell]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every row of a table with one budget, one spending and one remainder, where most rows agree."""
    for grid in report.grids:
        budget, spent = grid.columns_of(Role.BUDGET), grid.columns_of(Role.SPENT)
        left = [
            at
            for at, column in enumerate(grid.columns)
            if _LEFT.search(column.header) and not column.percent and column.role not in (Role.BUDGET, Role.SPENT)
        ]
        if len(budget) == len(spent) == len(left) == 1:
            rows = list(_rows(grid, budget[0], spent[0], left[0]))
            wrong = [row for row in rows if _gap(row) >= 1]
            if len(rows) >= FEW and len(wrong) <= len(rows) // FEW:
                yield from (_finding(grid, row) for row in wrong)


def _rows(grid: Grid, budget: int, spent: int, left: int) -> Iterator[Row]:
    for index, row in enumerate(grid.rows):
        cells = [cell_at(row, column) for column in (budget, spent, left)]
        if all(cell is not None and cell.figure is not None and not cell.spanned for cell in cells):
            first, second, third = (cell for cell in cells if cell is not None)
            yield index, first, second, third


def _gap(row: Row) -> int:
    _, budget, spent, left = row
    assert budget.figure is not None
    assert spent.figure is not None
    assert left.figure is not None
    return int(abs(abs(budget.figure.amount - spent.figure.amount) - abs(left.figure.amount)))


def _finding(grid: Grid, row: Row) -> Finding:
    index, budget, spent, left = row
    assert budget.figure is not None
    assert spent.figure is not None
    assert left.figure is not None
    right = budget.figure.amount - spent.figure.amount
    over = any(cell is left and _OVER.search(grid.columns[at].header) for at, cell in enumerate(grid.rows[index].cells))
    right = -right if over else right
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"{table_name(grid)}, “{short(row_name(grid, index))}”: sisa tertulis {rupiah(left.figure.amount)}, "
        f"selisih anggaran dan realisasinya {rupiah(right)}.",
        stated=rupiah(left.figure.amount),
        expected=rupiah(right),
        arithmetic=f"{rupiah(budget.figure.amount)} − {rupiah(spent.figure.amount)} = {rupiah(right)}",
        places=places([left, budget, spent]),
        regulation=REGULATION,
        suggestion="Hitung ulang sisanya, lalu periksa realisasinya.",
    )
