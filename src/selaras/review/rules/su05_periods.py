"""Triwulan atau bulan harus menjumlah menjadi setahun, atau berakhir pada nilai setahun bila kumulatif.

Mengapa: target dan realisasi triwulan atau bulan adalah rincian tahunnya; baris yang tidak sampai ke angka tahunan memuat
salah ketik. Cara menghitung (dijumlah atau kumulatif) diambil dari kebanyakan baris.
Peraturan: Permenpan-RB 53/2014, Lampiran I (rencana aksi) dan PP 39/2006 (laporan triwulanan).

Salah: target tahun 4,47, target kumulatif bulan Desember 4,7.
Benar: target tahun 4,47, target kumulatif bulan Desember 4,47.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.source import Form
from selaras.review.columns import cell_at, row_title
from selaras.review.report import Figure, Grid, GridCell, Report, Role
from selaras.review.wording import amount, like, places, table_name

CODE = "SU05"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran I; PP 39/2006"
ROLES = (Role.TARGET, Role.REALISATION, Role.BUDGET, Role.SPENT)
FEW = 3
"""Rows that a table must have to show how its periods are counted."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The figure of the year with those of its periods; a period without figure counts as nothing."""

    index: int
    year: GridCell
    stated: Figure
    parts: tuple[tuple[GridCell, Figure], ...]

    @property
    def sum(self) -> Decimal:
        return sum((figure.amount for _, figure in self.parts), Decimal(0))

    @property
    def last(self) -> Decimal:
        return self.parts[-1][1].amount

    def agrees(self, *, hidden: bool) -> bool:
        """Whether sum or last period is the year's figure; `hidden` decimals of a sheet allow half a unit for each."""
        loose = hidden or self.stated.percent
        step = Decimal(1).scaleb(-self.stated.decimals) / 2 if loose and not self.stated.money else Decimal(0)
        near_sum = abs(self.sum - self.stated.amount) <= step * (len(self.parts) + 1)
        return near_sum or abs(self.last - self.stated.amount) <= step


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every row with a figure of the year and figures of its periods, where three of four rows agree."""
    hidden = report.reading.form is Form.XLSX
    for grid in report.grids:
        for role in ROLES:
            years, periods = _columns(grid, role)
            for year in years if len(periods) > 1 else []:
                rows = [row for index in range(len(grid.rows)) if (row := _row(grid, index, year, periods)) is not None]
                wrong = [row for row in rows if not row.agrees(hidden=hidden)]
                if len(rows) >= FEW and 4 * len(wrong) <= len(rows):
                    for row in wrong:
                        yield _finding(grid, row, cumulative=_is_cumulative(rows))


def _columns(grid: Grid, role: Role) -> tuple[list[int], list[int]]:
    """The columns that may be of the year, and those of its periods, all of one sort of period."""
    columns = grid.columns_of(role)
    sorts: dict[str, list[int]] = defaultdict(list)
    for column in columns:
        if grid.columns[column].period:
            sorts[grid.columns[column].period[:1]].append(column)
    years = [column for column in columns if not grid.columns[column].period]
    return years, (next(iter(sorts.values())) if len(sorts) == 1 else [])


def _row(grid: Grid, index: int, year: int, periods: list[int]) -> _Row | None:
    row = grid.rows[index]
    whole = cell_at(row, year)
    if whole is None or whole.figure is None or whole.spanned or whole.bound or row.mean:
        return None
    cells = [
        cell
        for column in periods
        if (cell := cell_at(row, column)) is not None and cell.text.strip() and not cell.missing
    ]
    parts = [(cell, cell.figure) for cell in cells if cell.figure is not None and not cell.spanned]
    if len(parts) < 2 or len(parts) != len(cells) or not any(figure.amount for _, figure in parts):
        return None
    return _Row(index, whole, whole.figure, tuple(parts))


def _is_cumulative(rows: list[_Row]) -> bool:
    return 2 * sum(row.stated.amount == row.last for row in rows) >= len(rows)


def _finding(grid: Grid, row: _Row, *, cumulative: bool) -> Finding:
    result = row.last if cumulative else row.sum
    how = "angka periode terakhir" if cumulative else "jumlah periodenya"
    sums = " + ".join(amount(figure) for _, figure in row.parts)
    return Finding(
        CODE,
        "sum",
        Severity.ERROR,
        f"{table_name(grid)}, {row_title(grid, row.index)}: angka tahun {amount(row.stated)}, "
        f"{how} {like(result, row.stated)}.",
        stated=like(result, row.stated) if cumulative else amount(row.stated),
        expected=amount(row.stated) if cumulative else like(result, row.stated),
        arithmetic="" if cumulative else f"{sums} = {like(result, row.stated)}",
        places=places([row.parts[-1][0] if cumulative else row.year, row.year, *(cell for cell, _ in row.parts)]),
        regulation=REGULATION,
        suggestion="Samakan angka tahun dengan rincian periodenya.",
    )
