"""Claims on indicators: every value that a table gives to one, with role, year, sasaran and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selaras.review.claims.names import Namer, without_marker
from selaras.review.report import Grid, GridCell, GridColumn, GridRow, Identity, IndicatorClaim, Role, TableKind

_NTH = re.compile(r"\b(?:th|tahun|target)\.?\s*(?:ke\s?-?\s?)?(i{1,3}|iv|v|[1-5])\s*$", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:sasaran|tujuan)\b.*\bindikator\b|\bindikator\b.*/\s*(?:sasaran|tujuan)\b", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV", "V")
KINDS = frozenset({
    TableKind.RENSTRA, TableKind.RKT, TableKind.IKU, TableKind.AGREEMENT, TableKind.SUMMARY, TableKind.ACHIEVEMENT,
    TableKind.COMPARISON, TableKind.PROGRESS, TableKind.ANALYSIS, TableKind.EFFICIENCY, TableKind.SKP, TableKind.SUPPORT,
    TableKind.PROGRAMMES, TableKind.OTHER,
})  # fmt: skip
ROLES = frozenset({
    Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT, Role.FINAL_TARGET, Role.PROGRESS, Role.BUDGET, Role.SPENT,
    Role.ABSORPTION, Role.EFFICIENCY,
})  # fmt: skip


def _speaks(grid: Grid) -> bool:
    """Whether the table tells values of indicators: one of money only where it is kept by indicator, not by programme."""
    if grid.kind is TableKind.BUDGET:
        return bool(grid.columns_of(Role.INDICATOR)) and not grid.columns_of(Role.PROGRAMME)
    return grid.kind in KINDS


def names_of(grid: Grid) -> list[str]:
    """The names of the indicators that a table lists, row by row."""
    if not _speaks(grid):
        return []
    columns = grid.columns_of(Role.INDICATOR)
    return [
        row.cells[column].text
        for row in grid.rows
        for column in columns
        if _begins(row, column) and not _names_goal(grid, row, column)
    ]


def claims_of(grid: Grid, namer: Namer, identity: Identity) -> Iterator[IndicatorClaim]:
    """The claims of one table."""
    if not _speaks(grid):
        return
    columns = {column: (_values(grid, column), _carried(grid, column)) for column in grid.columns_of(Role.INDICATOR)}
    for number, row in enumerate(grid.rows):
        for column, (values, sasaran) in columns.items():
            promised = grid.kind is not TableKind.SKP or any(row.cells[index].text for index in values)
            if _begins(row, column) and promised and not _names_goal(grid, row, column):
                yield from _row_claims(grid, number, column, values, sasaran[number], namer, identity)


def _begins(row: GridRow, column: int) -> bool:
    """Whether an indicator begins in this cell: its text, no total, no row that only names a group."""
    cell = row.cells[column]
    return (
        bool(cell.text)
        and not cell.spanned
        and not cell.missing
        and not row.total
        and not row.mean
        and any(map(str.isalpha, cell.text))
    )


def _names_goal(grid: Grid, row: GridRow, column: int) -> bool:
    """Whether a row of a column of goals and indicators (`Sasaran/Indikator`) names the goal: it holds nothing else."""
    return row.section and bool(_JOINT.search(grid.columns[column].header))


def _row_claims(
    grid: Grid, number: int, column: int, values: Sequence[int], sasaran: str, namer: Namer, identity: Identity
) -> Iterator[IndicatorClaim]:
    row = grid.rows[number]
    cell = row.cells[column]
    name = without_marker(cell.text)
    key, unit = namer.key(name), _unit(grid, row)
    yield IndicatorClaim(
        key, name, Role.INDICATOR, None, cell.text, grid, number, cell.place, _table_year(grid, identity), sasaran, unit
    )
    for index in values:
        value, head = row.cells[index], grid.columns[index]
        if not value.text or value.spanned or head.period:
            continue
        yield IndicatorClaim(
            key, name, head.role, value.value, value.text, grid, number, value.place, _year(grid, index, identity), sasaran,
            unit or value.unit or _sign(value),
        )  # fmt: skip


def _values(grid: Grid, column: int) -> Sequence[int]:
    """The columns that speak of the indicator in `column`: up to the next list of names on the right."""
    columns = grid.columns
    indicators = grid.columns_of(Role.INDICATOR)
    first = column == indicators[0]
    stop = next(
        (
            index
            for index in range(column + 1, len(columns))
            if columns[index].role in {Role.INDICATOR, Role.PROGRAMME}
            and columns[index].role is not columns[index - 1].role
        ),
        len(columns),
    )
    start = 0 if first else column + 1
    if columns[column + 1 : stop] and not any(item.role in ROLES for item in columns[column + 1 : stop]) and first:
        stop = len(columns) if len(indicators) == 1 else stop
    return [index for index in range(start, stop) if columns[index].role in ROLES]


def _carried(grid: Grid, column: int) -> list[str]:
    """For each row its sasaran, else the last one above it; of several columns the nearest on the left."""
    candidates = [index for index in grid.columns_of(Role.SASARAN, Role.GOAL) if index < column]
    candidates = candidates or grid.columns_of(Role.SASARAN, Role.GOAL)
    result = [""] * len(grid.rows)
    for index in sorted(candidates, key=lambda item: (grid.columns[item].role is not Role.SASARAN, -item)):
        last = ""
        for number, row in enumerate(grid.rows):
            last = row.cells[index].text if row.cells[index].text and not row.section else last
            result[number] = result[number] or last
    if not candidates and _JOINT.search(grid.columns[column].header):
        last = ""
        for number, row in enumerate(grid.rows):
            last = row.cells[column].text if row.section else last
            result[number] = last
    return result


def _unit(grid: Grid, row: GridRow) -> str:
    return next((row.cells[index].text for index in grid.columns_of(Role.UNIT)), "")


def _sign(cell: GridCell) -> str:
    return "%" if cell.figures and cell.figures[-1].percent and "%" in cell.text else ""


def _table_year(grid: Grid, identity: Identity) -> int | None:
    return grid.year or (identity.year if grid.kind is not TableKind.RENSTRA else None)


def _year(grid: Grid, index: int, identity: Identity) -> int | None:
    column = grid.columns[index]
    if column.year:
        return column.year
    nth = _nth(column)
    if nth and identity.plan_last and column.role is Role.TARGET:
        return identity.plan_last - max(map(_nth, grid.columns)) + nth
    if column.role in {Role.FINAL_TARGET, Role.PROGRESS}:
        return identity.plan_last if column.role is Role.FINAL_TARGET else _table_year(grid, identity)
    others = {item.year for item in grid.columns if item.role is column.role and item.year}
    return None if others else _table_year(grid, identity)


def _nth(column: GridColumn) -> int:
    """Which year of the plan a column is headed with, `TH III` or `Tahun ke-3`; 0 if it is not.

    The last such column is the last year of the plan, because plans that begin in mid-year count from the next.
    """
    found = _NTH.search(column.header)
    if not found:
        return 0
    return _ROMAN.index(found[1].upper()) + 1 if found[1].upper() in _ROMAN else int(found[1])
