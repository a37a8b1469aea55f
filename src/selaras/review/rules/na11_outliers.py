"""Capaian sepuluh kali target atau lebih: satuan target dan realisasi tidak sama, atau angkanya salah ketik.

Mengapa: capaian 1.388% hampir selalu berarti orang dibagi orang-bulan, jumlah kumulatif dibagi target setahun, atau
tanda desimal yang hilang; ia menaikkan semua rata-rata.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan data).
Salah: target 45 orang, realisasi 580 (orang-bulan), capaian 1.288,89%.
Benar: target 540 orang-bulan, realisasi 580 orang-bulan, capaian 107,41%.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import cell_at, row_title
from selaras.review.report import Grid, GridCell, GridRow, Report, Role
from selaras.review.wording import places, short, table_name

CODE = "NA11"
KINDS = ("suspicious-pattern",)
FAR = 1000
"""From so many percent on an achievement is an outlier."""
NAMES = (Role.INDICATOR, Role.PROGRAMME, Role.SASARAN)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Achievements and progress in tables, each row once."""
    for grid in report.grids:
        for row in grid.rows:
            cell = None if row.total or row.mean or row.section else _outlier(grid, row)
            if cell is not None:
                yield _finding(grid, row, cell)


def _outlier(grid: Grid, row: GridRow) -> GridCell | None:
    for column in grid.columns_of(Role.ACHIEVEMENT, Role.PROGRESS, Role.ABSORPTION):
        cell = cell_at(row, column)
        if cell is not None and cell.figure is not None and not cell.spanned and cell.figure.amount >= FAR:
            return cell
    return None


def _finding(grid: Grid, row: GridRow, cell: GridCell) -> Finding:
    index = next(at for at, each in enumerate(grid.rows) if each is row)
    name = next((row.cells[column].text for column in grid.columns_of(*NAMES) if row.cells[column].text), "")
    told = f"“{short(name)}”" if name else row_title(grid, index)
    percentage = cell.text if "%" in cell.text else f"{cell.text}%"
    base = [row.cells[column] for column in grid.columns_of(Role.REALISATION, Role.TARGET, Role.FINAL_TARGET)]
    return Finding(
        CODE,
        "suspicious-pattern",
        Severity.WARNING,
        f"{table_name(grid)}, {told}: {grid.columns[_at(row, cell)].role.value} {percentage} "
        "berarti sepuluh kali targetnya atau lebih.",
        stated=cell.text,
        expected="target dan realisasi dalam satuan dan kurun yang sama",
        places=places([cell, *(each for each in base if each.figure is not None and not each.spanned)]),
        regulation="Permenpan-RB 53/2014, Lampiran III",
        suggestion="Periksa satuan, kurun waktu, dan tanda desimal target maupun realisasinya.",
    )


def _at(row: GridRow, cell: GridCell) -> int:
    return next(index for index, each in enumerate(row.cells) if each is cell)
