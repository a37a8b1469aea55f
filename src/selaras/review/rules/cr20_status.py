"""Keterangan tercapai atau tidak tercapai pada baris tabel harus sesuai dengan capaiannya.

Mengapa: kolom keterangan dihitung pembaca untuk menyimpulkan kinerja; bila ditulis tangan, ia mudah tertinggal saat angkanya
berubah.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (perbandingan target dan realisasi).

Salah: capaian 98,50% dengan keterangan “Tercapai”, sedangkan baris lain di bawah 100% “Tidak Tercapai”.
Benar: capaian 98,50% dengan keterangan “Tidak Tercapai”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import cell_at, row_name
from selaras.review.report import Figure, Grid, GridCell, Report, Role
from selaras.review.wording import amount, places, short, table_name

CODE = "CR20"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
FEWEST = 3
"""Rows that must show what the column means."""
MOST_WRONG = 4
"""At most one row in so many may deviate."""
_MET = re.compile(
    r"(?:sudah |telah )?(?:tercapai|terpenuhi|melampaui(?: target)?|memenuhi(?: target)?|mencapai target|terlampaui)",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"(?:tidak|belum|kurang)\s+(?:tercapai|terpenuhi|memenuhi(?: target)?|mencapai target)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its achievement, the cell that says whether the target was met, and what that says."""

    index: int
    share: Figure
    cells: tuple[GridCell, GridCell]
    met: bool


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Tables with one column of achievements and one of such remarks, where most rows agree."""
    for grid in report.grids:
        shares = grid.columns_of(Role.ACHIEVEMENT)
        if len(shares) != 1:
            continue
        for column in range(len(grid.columns)):
            rows = _rows(grid, shares[0], column)
            wrong = [row for row in rows if row.met is not (row.share.amount >= 100)]
            if len(rows) >= FEWEST and len(wrong) * MOST_WRONG <= len(rows):
                yield from (_finding(grid, row) for row in wrong if not _was_rounded(grid, row))


def _rows(grid: Grid, share: int, column: int) -> list[_Row]:
    return list(_found(grid, share, column)) if column != share else []


def _found(grid: Grid, share: int, column: int) -> Iterator[_Row]:
    for index, row in enumerate(grid.rows):
        value, said = cell_at(row, share), cell_at(row, column)
        if value is None or said is None or value.figure is None or value.spanned or said.spanned:
            continue
        text = said.text.strip(" .")
        if _MET.fullmatch(text) or _MISSED.fullmatch(text):
            yield _Row(index, value.figure, (said, value), _MET.fullmatch(text) is not None)


def _was_rounded(grid: Grid, row: _Row) -> bool:
    """Whether the achievement may have been rounded up to 100 for print."""
    realised: Sequence[int] = grid.columns_of(Role.REALISATION)
    figures = [cell.figure for at in realised if (cell := cell_at(grid.rows[row.index], at)) is not None]
    return row.share.amount == 100 and any(figure is not None and figure.decimals > 0 for figure in figures)


def _finding(grid: Grid, row: _Row) -> Finding:
    right = "tidak tercapai" if row.met else "tercapai"
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"{table_name(grid)}, “{short(row_name(grid, row.index))}”: ditulis “{row.cells[0].text.strip()}”, padahal capaiannya "
        f"{amount(row.share)}.",
        stated=row.cells[0].text.strip(),
        expected=right,
        places=places(row.cells),
        regulation=REGULATION,
        suggestion="Samakan keterangan dengan capaian, lalu hitung ulang ringkasannya.",
    )
