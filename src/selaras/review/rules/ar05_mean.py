"""Baris rata-rata harus sama dengan rata-rata baris di atasnya.

Mengapa: rata-rata capaian sering dikutip sebagai simpulan; bila salah hitung, simpulannya ikut salah. Rata-rata yang
dihitung dari angka sebelum pembulatan diterima.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III huruf A.

Salah: capaian 100, 90, dan 80, rata-rata 95,00.
Benar: capaian 100, 90, dan 80, rata-rata 90,00.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.achievements import wrong_rows
from selaras.review.arithmetic import Interval, Verdict, fraction, judge, mean, printed
from selaras.review.columns import cell_at
from selaras.review.report import Figure, Grid, GridCell, Report, Role
from selaras.review.wording import amount, like, places, shown, table_name

CODE = "AR05"
KINDS = ("arithmetic", "rounding")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III huruf A"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every figure of a row of means against the rows since the previous such row."""
    for grid in report.grids:
        start = 0
        mended = _mended(grid)
        for index, row in enumerate(grid.rows):
            if not row.mean:
                continue
            for column in range(len(grid.columns)):
                yield from _check_column(grid, column, start, index, mended)
            start = index + 1


def _check_column(
    grid: Grid, column: int, start: int, index: int, mended: Mapping[Place, Fraction]
) -> Iterator[Finding]:
    last = cell_at(grid.rows[index], column)
    if last is None or last.figure is None or last.spanned or grid.columns[column].role is Role.NUMBER:
        return
    parts = _parts(grid, column, start, index)
    if len(parts) < 2:
        return
    verdict = min(_verdict(last.figure, [figure for _, figure in group]) for group in _groups(grid, parts, start))
    if verdict is Verdict.AGREES:
        yield from _inherited(grid, column, last, parts, mended)
        return
    figures = [figure for _, figure in parts]
    right = mean([fraction(figure.amount) for figure in figures])
    rounding = verdict is Verdict.ROUNDING
    yield Finding(
        CODE,
        "rounding" if rounding else "arithmetic",
        (Severity.WARNING if last.figure.decimals < 2 else Severity.INFO) if rounding else Severity.ERROR,
        f"{table_name(grid)}: rata-rata kolom “{grid.columns[column].header}” tertulis {amount(last.figure)}; "
        f"rata-rata {len(figures)} barisnya {like(right, last.figure)}.",
        stated=amount(last.figure),
        expected=like(right, last.figure),
        arithmetic=_worked_out(figures, right, last.figure.decimals + 2),
        places=places([last, *(cell for cell, _ in parts)]),
        regulation=REGULATION,
        suggestion="Hitung ulang rata-ratanya; bila berbobot, sebutkan bobotnya.",
    )


def _mended(grid: Grid) -> dict[Place, Fraction]:
    """What the achievements that do not follow from their row should be."""
    if not any(row.mean for row in grid.rows):
        return {}
    return {
        suspect.row.cells[0].place: suspect.outcome.nominal
        for suspect in wrong_rows([grid])
        if suspect.verdict is Verdict.DIFFERS
    }


def _inherited(
    grid: Grid, column: int, last: GridCell, parts: list[tuple[GridCell, Figure]], mended: Mapping[Place, Fraction]
) -> Iterator[Finding]:
    """A mean that is right for the printed figures, of which one is wrong: it falls with it."""
    wrong = [cell for cell, _ in parts if cell.place in mended]
    stated = last.figure
    if not wrong or stated is None:
        return
    right = mean([mended.get(cell.place, fraction(figure.amount)) for cell, figure in parts])
    if judge(stated, right) is Verdict.AGREES:
        return
    yield Finding(
        CODE,
        "arithmetic",
        Severity.ERROR,
        f"{table_name(grid)}: rata-rata kolom “{grid.columns[column].header}” tertulis {amount(stated)}, "
        f"dihitung dari {amount(_figure(wrong[0]))} yang salah; seharusnya {like(right, stated)}.",
        stated=amount(stated),
        expected=like(right, stated),
        places=places([last, *wrong]),
        regulation=REGULATION,
        suggestion="Hitung ulang rata-ratanya sesudah barisnya diperbaiki.",
    )


def _figure(cell: GridCell) -> Figure:
    assert cell.figure is not None
    return cell.figure


def _worked_out(figures: list[Figure], right: Fraction, decimals: int) -> str:
    return f"({' + '.join(amount(figure) for figure in figures)}) ÷ {len(figures)} = {shown(right, decimals)}"


def _parts(grid: Grid, column: int, start: int, index: int) -> list[tuple[GridCell, Figure]]:
    found = []
    for row in grid.rows[start:index]:
        cell = cell_at(row, column)
        if not (row.total or row.mean or row.section) and cell is not None and cell.figure and not cell.spanned:
            found.append((cell, cell.figure))
    return found


def _groups(grid: Grid, parts: list[tuple[GridCell, Figure]], start: int) -> Iterator[list[tuple[GridCell, Figure]]]:
    """All rows, or only those of the top level where the table has levels."""
    yield parts
    top = min((row.level for row in grid.rows[start:]), default=0)
    cells = {id(cell) for row in grid.rows if row.level == top for cell in row.cells}
    heads = [part for part in parts if id(part[0]) in cells]
    if 1 < len(heads) < len(parts):
        yield heads


def _verdict(stated: Figure, figures: list[Figure]) -> Verdict:
    spans = [printed(figure) for figure in figures]
    span = Interval(mean([each.low for each in spans]), mean([each.high for each in spans]))
    nominal = mean([fraction(figure.amount) for figure in figures])
    return judge(stated, nominal, span, fine=any(figure.decimals for figure in figures))
