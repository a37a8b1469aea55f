"""Jumlah di akhir baris harus sama dengan jumlah cacah di dalamnya.

Mengapa: tabel pegawai menurut pendidikan, golongan, atau jabatan dibaca mendatar dan menurun; jumlah baris yang salah
membuat jumlah seluruhnya salah.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab I.

Salah: L 12, P 8, jumlah 21.
Benar: L 12, P 8, jumlah 20.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.columns import cell_at
from selaras.review.report import Grid, Report, Role, TableKind
from selaras.review.sums import Check, Part, counts_of, finding_of, plausible

CODE = "SU03"
KINDS = ("headcount", "sum")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab I"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Each row's total against its counts, where the table as a whole is built that way."""
    for grid in report.grids:
        totals = grid.columns_of(Role.TOTAL)
        counts = counts_of(grid) if grid.kind is TableKind.STAFF else grid.columns_of(Role.COUNT)
        if len(totals) != 1 or len(counts) < 2:
            continue
        checks = [
            found for index in range(len(grid.rows)) if (found := _row(grid, index, totals[0], counts)) is not None
        ]
        if len(checks) > 1 and plausible(checks):
            for each in checks:
                if each.differs:
                    yield finding_of(grid, each, totals[0], code=CODE, regulation=REGULATION)


def _row(grid: Grid, index: int, total: int, counts: list[int]) -> Check | None:
    row = grid.rows[index]
    last = cell_at(row, total)
    if last is None or last.figure is None or row.mean:
        return None
    if any(cell.text.strip() and not cell.figures and not cell.missing for cell in row.cells[min(counts) : total]):
        return None  # words among the counts: the row was read one column off
    cells = [
        cell for column in counts if (cell := cell_at(row, column)) is not None and cell.figures and not cell.spanned
    ]
    parts = [Part(cell, cell.figure, index) for cell in cells if cell.figure is not None]
    return Check(last, last.figure, tuple(parts)) if parts and len(parts) == len(cells) else None
