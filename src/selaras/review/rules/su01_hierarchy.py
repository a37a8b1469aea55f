"""Baris induk tabel anggaran harus sama dengan jumlah rinciannya, untuk anggaran dan realisasi.

Mengapa: program dirinci ke kegiatan dan subkegiatan; selisih satu rupiah pun berarti ada baris yang hilang, ganda, atau
salah ketik. Susunan tabel hanya dipercaya bila sebagian besar induknya cocok.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf B.

Salah: program 300.000.000 dengan kegiatan 100.000.000 dan 150.000.000.
Benar: program 250.000.000 dengan kegiatan 100.000.000 dan 150.000.000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.columns import figure_at
from selaras.review.report import Grid, Report
from selaras.review.sums import Check, amounts, finding_of, hierarchies, plausible

CODE = "SU01"
KINDS = ("sum",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf B (Realisasi Anggaran)"
MANY = 3
"""From so many columns on, a parent that fails in most of them has the wrong children: the levels were misread."""


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each parent against its direct children, rupiah by rupiah, column by column."""
    for grid in report.grids:
        claims = [claim for claim in report.budget if claim.grid is grid and not claim.total]
        columns = {column: hierarchies(grid, claims, column) for column in amounts(grid)} if claims else {}
        parents: dict[int, dict[int, Check]] = defaultdict(dict)
        for column, checks in columns.items():
            for each in checks if plausible(checks) else []:
                parents[id(each.row)][column] = each
        for of_parent in parents.values():
            wrong = {column: each for column, each in of_parent.items() if each.differs}
            if wrong and not _misread(grid, of_parent, wrong):
                for column, each in wrong.items():
                    yield finding_of(grid, each, column, code=CODE, regulation=REGULATION)


def _misread(grid: Grid, checks: dict[int, Check], wrong: dict[int, Check]) -> bool:
    """Whether the children are the fault: most of many columns fail, or another row holds just what is missing."""
    telling = [each for each in checks.values() if each.stated.amount or each.sum]
    if len(telling) >= MANY and 2 * len(wrong) > len(telling):
        return True
    for row in grid.rows:
        cells = {id(part.cell) for each in wrong.values() for part in each.parts} | {
            id(each.cell) for each in wrong.values()
        }
        if any(id(cell) in cells for cell in row.cells):
            continue
        figures = [(figure_at(row, column), each) for column, each in wrong.items()]
        if all(
            figure is not None and abs(figure.amount - (each.stated.amount - each.sum)) < 1 for figure, each in figures
        ):
            return True
    return False
