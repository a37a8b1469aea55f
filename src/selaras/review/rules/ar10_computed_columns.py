"""Kolom yang lahir dari dua kolom lain harus mengikuti hitungan yang sama di setiap baris.

Mengapa: bila kenaikan hampir di semua baris adalah selisih dua kolom, atau nilai terbobot hasil kali capaian dan bobot, satu
baris yang menyimpang hampir pasti salah hitung atau salah ketik.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja).

Salah: 66,20 menjadi 70,56 dengan kenaikan 4,63, sedangkan baris lain mengikuti selisihnya.
Benar: 66,20 menjadi 70,56 dengan kenaikan 4,36.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.arithmetic import HUNDRED, fraction
from selaras.review.columns import cell_at, row_name
from selaras.review.report import Figure, Grid, GridCell, Report, Role
from selaras.review.wording import amount, like, places, short, table_name

CODE = "AR10"
KINDS = ("arithmetic",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi kinerja)"
FEWEST = 4
"""Rows that must show how a column is made."""
MOST_WRONG = 4
"""At most one row in so many may deviate."""
_DIFFERENCE = re.compile(
    r"\b(?:kenaikan|penurunan|perubahan|selisih|peningkatan|pertumbuhan|naik\s*/\s*\(?\s*turun|bertambah|berkurang|deviasi|gap)\b",
    re.IGNORECASE,
)
_WEIGHTED = re.compile(
    r"\b(?:terbobot|tertimbang|bobot\s*[x×*]|[x×*]\s*bobot|nilai\s+(?:akhir|kinerja|bobot)|kontribusi)\b", re.IGNORECASE
)
_PLAIN = frozenset(
    {Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT, Role.FINAL_TARGET, Role.OTHER, Role.COUNT, Role.PROGRESS}
)
Make = Callable[[Fraction, Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class _Row:
    """A computed cell with the two that it comes from."""

    index: int
    cells: tuple[GridCell, GridCell, GridCell]
    figures: tuple[Figure, Figure, Figure]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every column whose header says that it is a difference or a weighted value, by the way that its rows confirm."""
    for grid in report.grids:
        for index, column in enumerate(grid.columns):
            before = grid.columns[index - 1].header if index else ""
            if column.percent and _DIFFERENCE.search(before) and not _DIFFERENCE.search(column.header):
                yield from _growth(grid, index)
            if column.money or column.role not in _PLAIN:
                continue
            if _DIFFERENCE.search(column.header):
                yield from _column(grid, index, lambda one, two: one - two, "−")
            elif _WEIGHTED.search(column.header):
                yield from _column(grid, index, lambda one, two: one * two / HUNDRED, "×")


def _column(grid: Grid, index: int, make: Make, sign: str) -> Iterator[Finding]:
    others = [
        at for at, column in enumerate(grid.columns) if at != index and column.role in _PLAIN and not column.money
    ]
    best: tuple[int, list[_Row]] = (0, [])
    for one, two in permutations(others, 2):
        rows = list(_rows(grid, one, two, index))
        wrong = [row for row in rows if not _agrees(row, make)]
        if len(rows) >= FEWEST and len(wrong) * MOST_WRONG <= len(rows):
            signed = sum(_agrees(row, make, signed=True) for row in rows)
            best = max(best, (signed, wrong), key=lambda each: each[0])
    yield from (_finding(grid, row, make, sign) for row in best[1])


def _growth(grid: Grid, index: int) -> Iterator[Finding]:
    """A column of percentages behind a difference: the growth over the first of the two years that it lies between."""
    years = sorted((column.year, at) for at, column in enumerate(grid.columns[:index]) if column.year is not None)
    if len(years) != 2 or years[0][0] == years[1][0]:
        return
    rows = list(_rows(grid, years[1][1], years[0][1], index, whole=True))
    wrong = [row for row in rows if not _agrees(row, _grown)]
    if len(rows) >= FEWEST and len(wrong) * MOST_WRONG <= len(rows):
        yield from (_finding(grid, row, _grown, "÷") for row in wrong)


def _grown(new: Fraction, old: Fraction) -> Fraction:
    return (new / old - 1) * HUNDRED if old else Fraction(0)


def _rows(grid: Grid, one: int, two: int, result: int, *, whole: bool = False) -> Iterator[_Row]:
    for index, row in enumerate(grid.rows):
        if (row.total and not whole) or row.mean or row.section:
            continue
        cells = [cell_at(row, at) for at in (one, two, result)]
        found = [
            (cell, cell.figure) for cell in cells if cell is not None and cell.figure is not None and not cell.spanned
        ]
        if len(found) == len(cells):
            (first, a), (second, b), (third, c) = found
            yield _Row(index, (first, second, third), (a, b, c))


def _agrees(row: _Row, make: Make, *, signed: bool = False) -> bool:
    """Whether the printed result is the computed one as far as print tells; a fall may be printed without its sign."""
    one, two, result = row.figures
    right = make(fraction(one.amount), fraction(two.amount))
    room = Fraction(10) ** -max(0, result.decimals)
    stated = fraction(result.amount)
    return abs(stated - right) <= room or (not signed and abs(abs(stated) - abs(right)) <= room)


def _finding(grid: Grid, row: _Row, make: Make, sign: str) -> Finding:
    one, two, result = row.figures
    right = like(make(fraction(one.amount), fraction(two.amount)), result)
    header = grid.columns[_at(grid, row)].header
    return Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"{table_name(grid)}, “{short(row_name(grid, row.index))}”: “{header}” tertulis {amount(result)}, tidak mengikuti "
        f"hitungan baris lain; hasil hitungnya {right}.",
        stated=amount(result),
        expected=right,
        arithmetic=f"{amount(one)} {sign} {amount(two)} = {right}",
        places=places([row.cells[2], row.cells[0], row.cells[1]]),
        regulation=REGULATION,
        suggestion="Hitung ulang barisnya, lalu periksa jumlah yang memakainya.",
    )


def _at(grid: Grid, row: _Row) -> int:
    return next(at for at, cell in enumerate(grid.rows[row.index].cells) if cell is row.cells[2])
