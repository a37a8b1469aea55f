"""Tabel apa pun yang menjumlahkan baris atau kolomnya harus berjumlah benar di setiap baris dan kolom.

Mengapa: tabel produksi, layanan, atau penduduk tidak beranggaran, tetapi jumlahnya dikutip sebagai realisasi. Tabel dianggap
menjumlah bila sebagian besar baris atau kolomnya memang berjumlah; yang menyimpang sendirian adalah kesalahan.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan data kinerja).

Salah: kolom triwulan 4.100 + 4.350 + 4.620 + 4.480, kolom setahun 17.505.
Benar: kolom setahun 17.550.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import cell_at, row_name
from selaras.review.report import Figure, Grid, GridCell, Report, Role, TableKind
from selaras.review.sums import addends, counts_of, is_named_total
from selaras.review.wording import like, places, short, table_name

CODE = "SU07"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III"
FEW = 2
"""So many sums must be right before one can be wrong."""
_WHOLE = re.compile(r"\b(?:jumlah|total|setahun|satu tahun|keseluruhan|seluruhnya)\b|^(?:jml|tahun)\.?$", re.IGNORECASE)
OTHERS = frozenset({TableKind.OTHER, TableKind.STAFF})


@dataclass(frozen=True, slots=True)
class _Sum:
    """A stated sum with its parts."""

    name: str
    cell: GridCell
    stated: Figure
    parts: tuple[GridCell, ...]

    @property
    def right(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.figure.amount for part in self.parts if part.figure is not None), Decimal(0))

    @property
    def agrees(self) -> bool:
        """Exactly, or within what decimals printed with the parts can hide."""
        loose = [
            figure for figure in (self.stated, *(part.figure for part in self.parts)) if figure and figure.decimals > 0
        ]
        slack = sum((Decimal(5).scaleb(-figure.decimals - 1) for figure in loose), Decimal(0))
        return abs(self.right - self.stated.amount) <= slack


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Sums of columns in rows of totals, then sums of rows in a last column, of tables that other rules leave alone."""
    for grid in report.grids:
        if grid.kind in OTHERS:
            yield from _judged(grid, list(_down(grid)))
            yield from _judged(grid, list(_across(grid)))


def _judged(grid: Grid, sums: Sequence[_Sum]) -> Iterator[Finding]:
    wrong = [each for each in sums if not each.agrees]
    if wrong and len(sums) - len(wrong) >= FEW and FEW * len(wrong) < len(sums):
        yield from (_finding(grid, each) for each in wrong)


def _down(grid: Grid) -> Iterator[_Sum]:
    """The one row that calls itself a total, at the end, over all rows before it."""
    totals = [at for at, row in enumerate(grid.rows) if row.total]
    if totals != [len(grid.rows) - 1] or not is_named_total(grid, totals[0]) or any(row.level for row in grid.rows):
        return
    told = {*addends(grid), *(counts_of(grid) if grid.kind is TableKind.STAFF else [])}
    for column in range(1, len(grid.columns)):
        last = cell_at(grid.rows[-1], column)
        if column not in told and _counts(grid, column) and last is not None and last.figure is not None:
            parts = _parts([cell_at(row, column) for row in grid.rows[:-1]])
            if parts is not None:
                yield _Sum(f"kolom “{grid.columns[column].header}”", last, last.figure, parts)


def _across(grid: Grid) -> Iterator[_Sum]:
    """The last column, where it calls itself the whole, over all columns of numbers before it."""
    if grid.columns_of(Role.TOTAL) and grid.columns_of(Role.COUNT):
        return
    end = len(grid.columns) - 1
    columns = [at for at in range(1, end) if _counts(grid, at)]
    if len(columns) < FEW or not _WHOLE.search(grid.columns[end].header.rpartition("/")[2].strip()):
        return
    for index, row in enumerate(grid.rows):
        last = cell_at(row, end)
        if last is not None and last.figure is not None and not last.spanned and not row.mean:
            parts = _parts([cell_at(row, at) for at in columns])
            if parts is not None:
                yield _Sum(f"“{short(row_name(grid, index))}”", last, last.figure, parts)


def _counts(grid: Grid, column: int) -> bool:
    """Whether a column can be added up: no percentages, no running numbers, no years."""
    return not grid.columns[column].percent and grid.columns[column].role not in (
        Role.NUMBER,
        Role.ACHIEVEMENT,
        Role.PROGRESS,
    )


def _parts(cells: Sequence[GridCell | None]) -> tuple[GridCell, ...] | None:
    """The cells with a number; none at all where one holds something else."""
    filled = [cell for cell in cells if cell is not None and cell.text.strip() and not cell.missing]
    if len(filled) < FEW or any(cell.figure is None or cell.spanned or cell.figure.percent for cell in filled):
        return None
    return tuple(filled)


def _finding(grid: Grid, each: _Sum) -> Finding:
    shown = " + ".join(part.text for part in each.parts)
    right = like(each.right, each.stated)
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"{table_name(grid)}, {each.name}: tertulis {like(each.stated.amount, each.stated)}, jumlahnya {right}.",
        stated=like(each.stated.amount, each.stated),
        expected=right,
        arithmetic=f"{shown} = {right}",
        places=places([each.cell, *each.parts]),
        regulation=REGULATION,
        suggestion="Periksa setiap angka penyusunnya, lalu hitung ulang jumlahnya.",
    )
