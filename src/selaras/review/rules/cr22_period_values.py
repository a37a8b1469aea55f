"""Angka triwulan atau bulan suatu indikator, dan kondisi akhirnya, harus sama di mana pun ditulis.

Mengapa: target triwulan dalam rencana aksi adalah pembanding realisasi triwulan; kondisi akhir rencana adalah target tahun
terakhirnya.
Peraturan: Permenpan-RB 53/2014, Lampiran I (rencana aksi); Permendagri 86/2017 (target akhir rencana).

Salah: target TW III 24 dalam rencana aksi, 25 dalam tabel capaian; target 2029 8.000, kondisi akhir 8.500.
Benar: target TW III 25 dalam kedua tabel; kondisi akhir 8.000.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.columns import cell_at, row_name
from selaras.review.likeness import fold
from selaras.review.report import Grid, GridCell, Report, Role, TableKind
from selaras.review.wording import places, short, table_name

CODE = "CR22"
KINDS = ("cross-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran I; Permendagri 86/2017"
PROMISED = frozenset({TableKind.AGREEMENT, TableKind.RKT, TableKind.RENSTRA, TableKind.IKU})
FEWEST = 2
"""Rows in which the last year and the end of the plan must be told alike, to show that they mean the same."""
Key = tuple[str, Role, str]


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Cells of the same indicator, role and part of the year in several tables; last year and end of the plan in one row."""
    told: dict[Key, list[tuple[Grid, GridCell]]] = defaultdict(list)
    for grid in report.grids:
        for key, cell in _of_periods(grid):
            told[key].append((grid, cell))
    for (name, role, period), cells in told.items():
        first, other = cells[0], next((each for each in cells[1:] if _differ(each[1], cells[0][1])), None)
        if other is not None and len({id(grid) for grid, _ in cells}) == len(cells):
            yield _finding(f"{role.value.capitalize()} {period} “{short(name)}”", first, other)
    for grid in report.grids:
        yield from _ends(grid)


def _of_periods(grid: Grid) -> Iterator[tuple[Key, GridCell]]:
    """The values of quarters, halves and months; columns headed by the period alone hold targets where targets are promised."""
    if not grid.columns_of(Role.INDICATOR):
        return
    for at, column in enumerate(grid.columns):
        role = Role.TARGET if column.role is Role.OTHER and grid.kind in PROMISED else column.role
        if not column.period or role not in (Role.TARGET, Role.REALISATION) or column.money:
            continue
        for index, row in enumerate(grid.rows):
            cell = cell_at(row, at)
            if cell is not None and cell.figure is not None and not cell.spanned and not (row.total or row.mean):
                yield (fold(row_name(grid, index)), role, column.period), cell


def _ends(grid: Grid) -> Iterator[Finding]:
    """The end of the plan against its last year, unless the counts of all years are added up there."""
    final = grid.columns_of(Role.FINAL_TARGET)
    yearly = [at for at in grid.columns_of(Role.TARGET) if grid.columns[at].year and not grid.columns[at].period]
    if len(final) != 1 or len(yearly) < FEWEST or grid.columns[final[0]].money:
        return
    last = max(yearly, key=lambda at: grid.columns[at].year or 0)
    if grid.columns[final[0]].year not in (None, grid.columns[last].year):
        return
    wrong, alike = [], 0
    for row in grid.rows:
        end, year = cell_at(row, final[0]), cell_at(row, last)
        if end is None or year is None or end.figure is None or year.figure is None or end.spanned or year.spanned:
            continue
        figures = [cell.figure for at in yearly if (cell := cell_at(row, at)) is not None and cell.figure is not None]
        added = sum(figure.amount for figure in figures)
        if not _differ(end, year) or end.figure.amount == added:
            alike += 1
        else:
            wrong.append((year, end))
    if alike >= FEWEST and 2 * len(wrong) <= alike:
        for year, end in wrong:
            yield _finding("Target tahun terakhir dan kondisi akhir", (grid, year), (grid, end))


def _differ(one: GridCell, other: GridCell) -> bool:
    assert one.figure is not None
    assert other.figure is not None
    fewest = min(one.figure.decimals, other.figure.decimals)
    return round(one.figure.amount - other.figure.amount, max(fewest, 0)) != 0


def _finding(what: str, one: tuple[Grid, GridCell], other: tuple[Grid, GridCell]) -> Finding:
    (first, cell), (second, against) = one, other
    names = " dan ".join(dict.fromkeys((table_name(first), table_name(second))))
    return Finding(
        CODE,
        "cross-table",
        Severity.ERROR,
        f"{what} tidak sama dalam {names}: {cell.text} dan {against.text}.",
        stated=against.text,
        expected=cell.text,
        places=places([against, cell]),
        regulation=REGULATION,
        suggestion="Periksa dokumen perencanaannya, lalu samakan kedua angka.",
    )
