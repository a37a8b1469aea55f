"""Tables over the years of one indicator that only caption or heading names, made into a row of that indicator.

`Tahun | Target | Realisasi | Capaian` with a row per year, and `Uraian | 2023 | 2024` with the rows `Target`, `Realisasi`,
`Capaian`, say the same as a row of `Indikator | Target 2023 | Realisasi 2023 …`; cells keep their places. A table is only
taken so where another table of the report lists the indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from selaras.review.claims.indicators import names_of
from selaras.review.claims.names import fold, without_marker
from selaras.review.claims.roles import is_header_text, word_role
from selaras.review.claims.turned import ELEMENTS
from selaras.review.report import Grid, GridCell, GridColumn, GridRow, Role, TableKind

FEWEST = 3
"""Words that a name must have to be recognised in a caption."""
_YEAR = re.compile(r"(?:tahun\s+)?(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)
_NAMED = frozenset({Role.INDICATOR, Role.SASARAN, Role.GOAL, Role.NAME, Role.BUDGET, Role.SPENT})
Value = tuple[GridColumn, GridCell]


def with_lone_rows(grids: Sequence[Grid]) -> list[Grid]:
    """All grids, those over the years of one indicator made into a row of it."""
    names = {fold(name): name for grid in grids for name in map(without_marker, names_of(grid))}
    known = {folded: name for folded, name in names.items() if len(folded.split()) >= FEWEST}
    return [_turned(grid, known) for grid in grids]


def _turned(grid: Grid, known: Mapping[str, str]) -> Grid:
    if grid.columns_of(*_NAMED) or grid.kind not in (TableKind.OTHER, TableKind.ACHIEVEMENT) or len(grid.rows) < 2:
        return grid
    values = _by_year(grid) or _by_element(grid)
    name = _name(grid, known) if values else ""
    if not name:
        return grid
    lead = GridColumn("Indikator Kinerja", Role.INDICATOR)
    row = GridRow((GridCell(name, grid.place), *(cell for _, cell in values)))
    columns = (lead, *(column for column, _ in values))
    return replace(grid, kind=TableKind.COMPARISON, columns=columns, rows=(row,))


def _by_year(grid: Grid) -> list[Value]:
    """Target, realisation and achievement of each row whose first cell is a year; nothing if a row has none."""
    columns = [
        index
        for index, column in enumerate(grid.columns)
        if column.role in ELEMENTS and not column.year and is_header_text(column.header.split(" / ")[-1])
    ]
    at = next((index for index, column in enumerate(grid.columns) if fold(column.header) == "tahun"), None)
    if at is None or not columns or len({grid.columns[index].role for index in columns}) < len(columns):
        return []
    found: list[Value] = []
    for row in grid.rows:
        year = _YEAR.fullmatch(row.cells[at].text.strip())
        if year is None:
            return []
        found += [(_of_year(grid.columns[index], int(year["year"])), row.cells[index]) for index in columns]
    return found


def _by_element(grid: Grid) -> list[Value]:
    """The cells of the rows `Target`, `Realisasi`, `Capaian` under columns of years."""
    first, years = grid.columns[0], grid.columns[1:]
    roles = [word_role(row.cells[0].text) for row in grid.rows]
    if first.year or not all(column.year for column in years) or not years:
        return []
    if len(set(roles)) < len(roles) or not set(roles) <= set(ELEMENTS):
        return []
    rows = sorted(zip(roles, grid.rows, strict=True), key=lambda pair: ELEMENTS.index(pair[0]))
    return [
        (_of_year(replace(column, role=role), column.year or 0), row.cells[index])
        for index, column in enumerate(years, 1)
        for role, row in rows
    ]


def _of_year(column: GridColumn, year: int) -> GridColumn:
    return replace(column, header=f"{column.role.value.capitalize()} / {year}", year=year)


def _name(grid: Grid, known: Mapping[str, str]) -> str:
    """The longest name of an indicator that the caption holds, else the nearest heading above."""
    for text in _said(grid):
        padded = f" {fold(text)} "
        held = [name for folded, name in known.items() if f" {folded} " in padded]
        if held:
            return max(held, key=len)
    return ""


def _said(grid: Grid) -> Iterator[str]:
    yield grid.table.caption
    yield from reversed(grid.path[-2:])
