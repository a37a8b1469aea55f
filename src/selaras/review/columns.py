"""Which columns of a table belong together: base, part and percentage, by role, year and position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selaras.review.report import Figure, Grid, GridCell, GridRow, Role
from selaras.review.wording import short

_NAMES = (Role.PROGRAMME, Role.INDICATOR, Role.NAME, Role.SASARAN, Role.GOAL, Role.POST, Role.EDUCATION)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Indexes of three columns: `result` = `part` ÷ `base` × 100."""

    base: int
    part: int
    result: int


@dataclass(frozen=True, slots=True)
class RatioRow:
    """One row of a ratio with its three figures, all present."""

    grid: Grid
    row: int
    ratio: Ratio
    base: Figure
    part: Figure
    result: Figure

    def cell(self, column: int) -> GridCell:
        """The cell of this row in a column."""
        return self.grid.rows[self.row].cells[column]

    @property
    def cells(self) -> tuple[GridCell, GridCell, GridCell]:
        """The cells of result, part and base."""
        return self.cell(self.ratio.result), self.cell(self.ratio.part), self.cell(self.ratio.base)


def ratios(grid: Grid, *, base: Role, part: Role, result: Role) -> list[Ratio]:
    """Every column of role `result` with the columns that it is computed from: same year, else nearest before it."""
    known: list[Ratio] | None = grid.memory.get((Ratio, base, part, result))
    if known is None:
        known = grid.memory[Ratio, base, part, result] = list(_ratios(grid, base, part, result))
    return known


def _ratios(grid: Grid, base: Role, part: Role, result: Role) -> Iterator[Ratio]:
    for index in grid.columns_of(result):
        lower = _partner(grid, index, base)
        upper = _partner(grid, index, part)
        if lower is not None and upper is not None:
            yield Ratio(lower, upper, index)


def rows_of(grid: Grid, ratio: Ratio) -> Iterator[RatioRow]:
    """The rows in which all three cells hold one number each and none is a merged cell of several rows."""
    known: list[RatioRow] | None = grid.memory.get((RatioRow, ratio))
    if known is None:
        known = grid.memory[RatioRow, ratio] = list(_rows_of(grid, ratio))
    return iter(known)


def _rows_of(grid: Grid, ratio: Ratio) -> Iterator[RatioRow]:
    for index, row in enumerate(grid.rows):
        if row.mean:
            continue
        cells = [cell_at(row, column) for column in (ratio.base, ratio.part, ratio.result)]
        if any(cell is None or cell.spanned or cell.figure is None or is_range(cell) for cell in cells):
            continue
        if result_is_shared(grid, index, ratio):
            continue
        base, part, result = (cell.figure for cell in cells if cell is not None)
        assert base is not None
        assert part is not None
        assert result is not None
        yield RatioRow(grid, index, ratio, base, part, result)


def is_range(cell: GridCell) -> bool:
    """Whether the cell holds a range (`5–7`) or a bound (`>= 80`), which is no single number to divide by."""
    return bool(cell.bound) or (cell.value is not None and cell.value.upper is not None)


def result_is_shared(grid: Grid, index: int, ratio: Ratio) -> bool:
    """Whether the result's cell covers rows below that have figures of their own: then it is a mean, not a ratio."""
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    if below is None:
        return False
    result, part = cell_at(below, ratio.result), cell_at(below, ratio.part)
    return bool(result and part and result.spanned and not part.spanned and part.figures)


def cell_at(row: GridRow, column: int) -> GridCell | None:
    """The cell of a row in a column, None where the row is too short."""
    return row.cells[column] if 0 <= column < len(row.cells) else None


def figure_at(row: GridRow, column: int) -> Figure | None:
    """The only figure of a row in a column."""
    cell = cell_at(row, column)
    return cell.figure if cell is not None and not is_range(cell) else None


def row_name(grid: Grid, index: int) -> str:
    """What a row is about: the cell of a naming column, else its longest text without figures."""
    row = grid.rows[index]
    named = [cell_at(row, column) for role in _NAMES for column in grid.columns_of(role)]
    texts = [cell.text for cell in named if cell is not None and cell.text.strip()]
    if texts:
        return texts[0].strip()
    return max((cell.text.strip() for cell in row.cells if not cell.figures), key=len, default="")


def row_title(grid: Grid, index: int) -> str:
    """How a finding calls a row: what it is about, in quotation marks, else its number in the table."""
    name = row_name(grid, index)
    return f"“{short(name)}”" if name else f"baris {index + 1}"


def _partner(grid: Grid, index: int, role: Role) -> int | None:
    own, columns = grid.columns[index], grid.columns_of(role)
    alike = [
        column
        for column in columns
        if (grid.columns[column].year, grid.columns[column].period) == (own.year, own.period)
    ]
    if (own.year is not None or own.period) and len(alike) == 1:
        return alike[0]
    before = [column for column in (alike or columns) if column < index]
    barrier = max((other for other in grid.columns_of(own.role) if other < index), default=-1)
    nearest = max(before, default=None)
    if nearest is None or (nearest < barrier and len(columns) > 1):
        return None
    return nearest
