"""Satu baris tabel berdiri dua kali: kode, nama, dan seluruh angkanya sama.

Mengapa: baris yang tersalin dua kali membuat jumlah tabel salah, atau benar hanya karena jumlahnya ikut terhitung dua kali.
Peraturan: kelaziman penyusunan tabel.
Salah: “Program Pengelolaan Arsip, Rp150.000.000” dua kali dalam satu tabel anggaran.
Benar: satu kali.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import row_name
from selaras.review.prose import cut, fold
from selaras.review.report import Grid, GridRow, Report, Role
from selaras.review.wording import places, short, table_name

CODE = "TX07"
KINDS = ("duplicate-content",)
FEWEST = 2
"""Words that the name of such a row has."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Rows with amounts of money that are equal in every cell but their running number, below the same row."""
    for grid in report.grids:
        if not any(column.money for column in grid.columns):
            continue
        same: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, row in enumerate(grid.rows):
            if not (row.total or row.mean or row.section) and _tells(grid, index):
                numbers = [row.cells[at].text.strip() for at in grid.columns_of(Role.NUMBER)]
                where = numbers if any(numbers) and _is_numbered_twice(grid, index) else [str(_parent(grid, index))]
                same[(*where, *_content(grid, row))].append(index)
        for rows in same.values():
            if len(rows) > 1:
                yield _finding(grid, rows)


def _tells(grid: Grid, index: int) -> bool:
    """Whether the row names something of its own and gives it an amount."""
    row = grid.rows[index]
    money = [
        cell.figure
        for cell, column in zip(row.cells, grid.columns, strict=False)
        if column.money and cell.figure is not None and not cell.spanned
    ]
    spanned = any(
        cell.spanned for cell, column in zip(row.cells, grid.columns, strict=False) if column.role is Role.PROGRAMME
    )
    return len(row_name(grid, index).split()) >= FEWEST and not spanned and any(figure.amount for figure in money)


def _is_numbered_twice(grid: Grid, index: int) -> bool:
    """Whether a neighbour has the very same cells, its number too: then the order of levels says nothing."""
    texts = [cell.text for cell in grid.rows[index].cells]
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(grid.rows)]
    return any([cell.text for cell in grid.rows[at].cells] == texts for at in beside)


def _content(grid: Grid, row: GridRow) -> Iterator[str]:
    """The cells without a running number; a code is no running number."""
    for cell, column in zip(row.cells, grid.columns, strict=False):
        if column.role is not Role.NUMBER or "." in cell.text.strip(" ."):
            yield fold(cell.text)


def _parent(grid: Grid, index: int) -> int:
    above = (
        at for at in range(index - 1, -1, -1) if grid.rows[at].section or grid.rows[at].level < grid.rows[index].level
    )
    return next(above, -1)


def _finding(grid: Grid, rows: list[int]) -> Finding:
    name = row_name(grid, rows[0])
    return Finding(
        CODE,
        "duplicate-content",
        Severity.WARNING,
        f"{table_name(grid)}: baris “{short(name)}” berdiri {len(rows)} kali dengan angka yang sama",
        stated=cut(name),
        expected="satu kali",
        places=places([next(cell for cell in grid.rows[at].cells if cell.text.strip()) for at in reversed(rows)]),
        suggestion="Hapus baris yang berulang, lalu hitung ulang jumlahnya.",
    )
