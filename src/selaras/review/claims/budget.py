"""Claims on money: every row of a table of budgets with its name, amounts and the row that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.review.claims.hierarchy import parents
from selaras.review.claims.names import Namer, without_marker
from selaras.review.report import BudgetClaim, Figure, Grid, GridRow, Role, TableKind

KINDS = frozenset({TableKind.BUDGET, TableKind.PROGRAMMES, TableKind.EFFICIENCY, TableKind.AGREEMENT, TableKind.RKT})
_CUMULATIVE = re.compile(r"\bs\s?[./]\s?d\b|sampai dengan|renstra|rpjmd", re.IGNORECASE)
_NAMES = (Role.PROGRAMME, Role.INDICATOR, Role.SASARAN, Role.NAME, Role.OTHER, Role.NUMBER)


def claims_of(grid: Grid, namer: Namer, year: int | None = None) -> Iterator[BudgetClaim]:
    """The claims of one table, rows without any amount left out. `year` is that of the report."""
    if grid.kind not in KINDS:
        return
    above = _parents(grid.rows)
    chosen = [_column(grid, role, grid.year or year) for role in (Role.BUDGET, Role.SPENT, Role.ABSORPTION)]
    for number, row in enumerate(grid.rows):
        budget, spent, percent = (_figure(row, index) for index in chosen)
        unread = tuple(text for index in chosen if index is not None for text in row.cells[index].malformed)
        if row.mean or not (budget or spent or unread):
            continue
        name, index = _name(grid, row)
        place, parent = row.cells[index].place, above[number]
        yield BudgetClaim(
            namer.key(name), name, row.level, grid, number, parent, place, budget, spent, percent, row.total, unread
        )


def names_of(grid: Grid) -> list[str]:
    """The names of the rows of a table of money."""
    return [_name(grid, row)[0] for row in grid.rows if not row.total] if grid.kind in KINDS else []


def _parents(rows: Sequence[GridRow]) -> list[int]:
    """The row that each belongs to; totals and means neither have nor are parents."""
    plain = [index for index, row in enumerate(rows) if not row.total and not row.mean]
    result = [-1] * len(rows)
    for index, above in zip(plain, parents([rows[index].level for index in plain]), strict=True):
        result[index] = plain[above] if above >= 0 else -1
    return result


def _column(grid: Grid, role: Role, year: int | None) -> int | None:
    """The column of this role for the year. Of several the one of that year, the revised one, else the last before

    what is spent; columns of a part of the year, and of several years together, are left out.
    """
    found = [index for index in grid.columns_of(role) if not grid.columns[index].period]
    if len(found) < 2 and len(grid.columns_of(Role.SPENT)) < 2:
        return found[0] if found else None
    found = [index for index in found if not _CUMULATIVE.search(grid.columns[index].header)]
    of_year = [index for index in found if grid.columns[index].year == year]
    revised = [
        index
        for index in of_year or found
        if re.search("perubahan|setelah|revisi", grid.columns[index].header, re.IGNORECASE)
    ]
    revised = [index for index in revised if "sebelum" not in grid.columns[index].header.casefold()]
    chosen = revised or of_year or found
    return chosen[-1 if role is Role.BUDGET else 0] if chosen else None


def _figure(row: GridRow, index: int | None) -> Figure | None:
    """The first figure of the cell, if it begins in this row."""
    cell = row.cells[index] if index is not None else None
    return cell.figures[0] if cell and cell.figures and not cell.spanned else None


def _name(grid: Grid, row: GridRow) -> tuple[str, int]:
    """The name of the row: that of the innermost programme, else of what the row is about, else the caption's."""
    for role in _NAMES:
        indexes = grid.columns_of(role)
        for index in reversed(indexes) if role is Role.PROGRAMME else indexes:
            cell = row.cells[index]
            if (
                any(map(str.isalpha, cell.text))
                and not (role is Role.NUMBER and len(cell.text) < 4)
                and not (cell.spanned and index != indexes[0])
            ):
                return without_marker(cell.text), index
    index = next((index for index, cell in enumerate(row.cells) if sum(map(str.isalpha, cell.text)) > 2), -1)
    return (without_marker(row.cells[index].text), index) if index >= 0 else (grid.table.caption, 0)
