"""Tables over years with one row each for target, realisation and achievement, turned so that these are columns again.

`Indikator | Unsur | 2023 | 2024` with the rows `Target`, `Realisasi`, `Capaian (%)` under each indicator says the same as
`Indikator | Target 2023 | Realisasi 2023 | Capaian 2023 | Target 2024 …`; cells keep their places.
"""

from __future__ import annotations

from dataclasses import replace

from selaras.review.claims.roles import word_role
from selaras.review.report import Grid, GridCell, GridColumn, GridRow, Role

ELEMENTS = (Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT)


def turned(grid: Grid) -> Grid:
    """The grid with one row per indicator, or the grid itself if no column names the elements."""
    at = _element_column(grid)
    if at is None:
        return grid
    groups = _groups(grid, at)
    said = [role for role in ELEMENTS if any(role in group for group in groups)]
    years = range(at + 1, len(grid.columns))
    columns = [*grid.columns[:at]]
    columns += [_column(grid.columns[year], role) for year in years for role in said]
    rows = []
    for group in groups:
        first = next(iter(group.values()))
        lead = tuple(replace(cell, spanned=False) for cell in first.cells[:at])
        values = [_cell(group, role, year) for year in years for role in said]
        rows.append(GridRow((*lead, *values), first.marker, first.level))
    return replace(grid, columns=tuple(columns), rows=tuple(rows))


def _element_column(grid: Grid) -> int | None:
    """The column whose every cell is `Target`, `Realisasi` or `Capaian`, with nothing but years to its right."""
    for at in range(1, len(grid.columns) - 1):
        if len(grid.rows) < 2 or not all(column.year for column in grid.columns[at + 1 :]):
            continue
        roles = [word_role(row.cells[at].text) for row in grid.rows]
        if set(roles) <= set(ELEMENTS) and len(set(roles)) > 1:
            return at
    return None


def _groups(grid: Grid, at: int) -> list[dict[Role, GridRow]]:
    """The rows of one indicator after the other; it ends where an element comes again."""
    groups: list[dict[Role, GridRow]] = []
    for row in grid.rows:
        role = word_role(row.cells[at].text)
        if not groups or role in groups[-1]:
            groups.append({})
        groups[-1][role] = row
    return groups


def _column(column: GridColumn, role: Role) -> GridColumn:
    return replace(column, header=f"{role.value.capitalize()} / {column.header}", role=role)


def _cell(group: dict[Role, GridRow], role: Role, year: int) -> GridCell:
    if role in group:
        return group[role].cells[year]
    place = next(iter(group.values())).cells[year].place
    return GridCell("", place, missing=True)
