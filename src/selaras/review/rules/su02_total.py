"""Baris jumlah harus sama dengan jumlah baris yang ditutupnya.

Mengapa: jumlah yang tidak cocok dengan rinciannya membuat salah satunya tidak dapat dipercaya. Anak yang sudah termasuk
dalam induknya tidak dijumlahkan dua kali, dan persentase tidak pernah dijumlahkan.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab II dan III.

Salah: 100, 200, 300, jumlah 650.
Benar: 100, 200, 300, jumlah 600.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from selaras.core.finding import Finding
from selaras.core.law import Law
from selaras.review.columns import figure_at
from selaras.review.report import Grid, Report
from selaras.review.sums import Check, Part, addends, finding_of, gather, is_labelled, is_named_total

CODE = "SU02"
KINDS = ("sum", "headcount")
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab II dan III"


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every total of every column that can be added up, against each reading of which rows it closes."""
    for grid in report.grids:
        for index, row in enumerate(grid.rows):
            if row.total and not row.mean and is_labelled(grid, index):
                columns = addends(grid)
                wrong = [finding for column in columns for finding in _check(grid, index, column)]
                if is_named_total(grid, index) or 2 * len(wrong) < _filled(grid, index, columns):
                    yield from wrong


def _filled(grid: Grid, index: int, columns: list[int]) -> int:
    """How many columns of a row hold a figure: a total without label must be right in most of them to be one."""
    figures = [figure_at(grid.rows[index], column) for column in columns]
    return sum(figure is not None and figure.amount != 0 for figure in figures)


def _check(grid: Grid, index: int, column: int) -> Iterator[Finding]:
    stated = figure_at(grid.rows[index], column)
    readings = [parts for parts in _readings(grid, index, column) if len(parts) > 1 or (parts and not parts[0].total)]
    if stated is None or not readings or grid.rows[index].cells[column].spanned:
        return
    sums = [sum((part.figure.amount for part in parts), Decimal(0)) for parts in readings]
    if any(abs(total - stated.amount) <= _slack(parts) for total, parts in zip(sums, readings, strict=True)):
        return
    yield finding_of(
        grid,
        Check(grid.rows[index].cells[column], stated, tuple(readings[0])),
        column,
        code=CODE,
        regulation=REGULATION,
    )


def _slack(parts: list[Part]) -> Decimal:
    """Numbers printed with decimals and no money may each hide half a unit."""
    loose = [part.figure for part in parts if part.figure.decimals > 0 and not part.figure.money]
    return sum((Decimal(5).scaleb(-figure.decimals - 1) for figure in loose), Decimal(0))


def _readings(grid: Grid, index: int, column: int) -> list[list[Part]]:
    """Which rows a total may close: the top level, all, the leaves, since the last total, the totals before it."""
    since = max((at + 1 for at in range(index) if grid.rows[at].total), default=0)
    rows = [at for at in range(index) if not grid.rows[at].mean]
    plain = [at for at in rows if not grid.rows[at].total]
    fresh = [at for at in plain if at >= since]
    levels = sorted({grid.rows[at].level for at in fresh or plain})
    found = [[at for at in (fresh or plain) if grid.rows[at].level == level] for level in levels]
    found += [
        fresh,
        plain,
        [at for at in rows if grid.rows[at].total],
        fresh + [at for at in rows if grid.rows[at].total],
    ]
    found.append([at for at in plain if at + 1 >= len(grid.rows) or grid.rows[at + 1].level <= grid.rows[at].level])
    after = [at for at in range(index + 1, len(grid.rows)) if not grid.rows[at].total and not grid.rows[at].mean]
    if index == 0 and after:
        found += [
            [at for at in after if grid.rows[at].level == level]
            for level in sorted({grid.rows[at].level for at in after})
        ]
    return [parts for rows_ in found if (parts := gather(grid, rows_, column))]
