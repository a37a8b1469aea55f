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


_ASKS = re.compile(r"\b(?:memenuhi|terpenuhi|tercapai|sesuai|status|keterangan|ket)\b", re.IGNORECASE)
_YES = re.compile(rf"ya|sesuai|memenuhi standar|{_MET.pattern}", re.IGNORECASE)
_NO = re.compile(rf"tidak|belum|(?:tidak|belum)\s+(?:sesuai|memenuhi standar)|{_MISSED.pattern}", re.IGNORECASE)
_AT_LEAST = re.compile(r"≥|>=|=>|min", re.IGNORECASE)
_AT_MOST = re.compile(r"≤|<=|=<|maks|max", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its achievement, the cell that says whether the target was met, and what that says."""

    index: int
    share: Figure
    cells: tuple[GridCell, GridCell]
    met: bool


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Tables with one column of achievements and one of such remarks, where most rows agree; bounds (`≤ 2 hari`) too."""
    for grid in report.grids:
        yield from _bounded(grid)
        shares = grid.columns_of(Role.ACHIEVEMENT)
        if len(shares) != 1:
            continue
        for column in range(len(grid.columns)):
            rows = _rows(grid, shares[0], column)
            wrong = [row for row in rows if row.met is not (row.share.amount >= 100)]
            if len(rows) >= FEWEST and len(wrong) * MOST_WRONG <= len(rows):
                yield from (_finding(grid, row) for row in wrong if not _was_rounded(grid, row))


def _bounded(grid: Grid) -> Iterator[Finding]:
    """Rows whose realisation keeps a printed bound or not, against what their remark says."""
    realised = grid.columns_of(Role.REALISATION)
    bounds = [
        at for at in range(len(grid.columns)) if any(row.cells[at].bound for row in grid.rows if at < len(row.cells))
    ]
    remarks = [at for at, column in enumerate(grid.columns) if _ASKS.search(column.header)]
    if len(realised) != 1 or len(bounds) != 1 or len(remarks) != 1 or remarks[0] in (*realised, *bounds):
        return
    judged = []
    for index, row in enumerate(grid.rows):
        cells = [cell_at(row, at) for at in (remarks[0], realised[0], bounds[0])]
        if any(cell is None or cell.spanned for cell in cells):
            continue
        said, got, aim = (cell for cell in cells if cell is not None)
        keeps = _keeps(got, aim)
        told = _YES.fullmatch(said.text.strip(" .")) is not None
        if keeps is not None and (told or _NO.fullmatch(said.text.strip(" ."))):
            judged.append((index, (said, got, aim), told, keeps))
    wrong = [each for each in judged if each[2] is not each[3]]
    if len(judged) >= FEWEST and len(wrong) * MOST_WRONG <= len(judged):
        for index, cells3, told, _ in wrong:
            said, got, aim = cells3
            yield Finding(
                CODE,
                "text-vs-table",
                Severity.ERROR,
                f"{table_name(grid)}, “{short(row_name(grid, index))}”: ditulis “{said.text.strip()}”, padahal {got.text.strip()} "
                f"{'tidak ' if told else ''}memenuhi {aim.text.strip()}.",
                stated=said.text.strip(),
                expected="tidak memenuhi" if told else "memenuhi",
                places=places(cells3),
                regulation=REGULATION,
                suggestion="Samakan keterangan dengan angkanya, lalu hitung ulang ringkasannya.",
            )


def _keeps(got: GridCell, aim: GridCell) -> bool | None:
    """Whether a figure keeps a bound; None where either is no single number."""
    if got.figure is None or aim.figure is None or not aim.bound or got.bound:
        return None
    if _AT_LEAST.match(aim.bound):
        return got.figure.amount >= aim.figure.amount
    return got.figure.amount <= aim.figure.amount if _AT_MOST.match(aim.bound) else None


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
