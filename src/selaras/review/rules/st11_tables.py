"""Tabel tanpa nomor dan judul, tanpa baris jumlah, atau tanpa rumus kolom hitungannya.

Mengapa: tabel tanpa nomor tidak dapat dirujuk; jumlah dan rumus yang tidak ditulis tidak dapat diperiksa pembaca.
Peraturan: Permenpan-RB 53/2014, Lampiran III (format laporan).
Salah: tabel anggaran per program tanpa baris jumlah.
Benar: baris “Jumlah” dengan anggaran, realisasi, dan persentase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.concordance import says
from selaras.review.outline import is_whole_report
from selaras.review.report import Grid, Report, Role, TableKind

CODE = "ST11"
KINDS = ("list-of-tables", "missing-element")

_NUMBERED = {
    TableKind.SUMMARY,
    TableKind.ACHIEVEMENT,
    TableKind.COMPARISON,
    TableKind.PROGRESS,
    TableKind.BUDGET,
    TableKind.IKU,
    TableKind.RKT,
}
_FORMULA = re.compile(
    r"\b(?:rumus|dihitung|formula|perhitungan|dibagi|dibandingkan dengan capaian)\b[^.]*efisiensi|"
    r"efisiensi[^.]*(?:rumus|dihitung|formula|dibagi|=|÷|selisih)",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Notes on form; none of them says that a figure is wrong."""
    numbered = [grid for grid in report.grids if grid.table.number]
    for grid in report.grids:
        if len(numbered) >= 3 and not grid.table.number and not grid.table.caption and grid.kind in _NUMBERED:
            yield _note(
                "list-of-tables", "Tabel tanpa nomor dan judul, tidak dapat dirujuk", "nomor dan judul tabel", grid
            )
        if grid.kind is TableKind.BUDGET and _levels(grid) > 1 and not any(row.total for row in grid.rows):
            yield _note(
                "missing-element",
                "Tabel anggaran tanpa baris jumlah",
                "baris jumlah anggaran, realisasi, dan persentase",
                grid,
            )
        if grid.columns_of(Role.EFFICIENCY) and is_whole_report(report) and not says(report, _FORMULA):
            yield _note("missing-element", "Rumus tingkat efisiensi tidak disebutkan", "rumus efisiensi", grid)


def _levels(grid: Grid) -> int:
    return len({row.level for row in grid.rows})


def _note(kind: str, message: str, expected: str, grid: Grid) -> Finding:
    return Finding(
        CODE,
        kind,
        Severity.INFO,
        message,
        stated=grid.label or "tanpa nomor",
        expected=expected,
        places=(grid.place,),
        suggestion=f"Tambahkan {expected}.",
    )
