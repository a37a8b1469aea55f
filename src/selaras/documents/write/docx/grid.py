"""Where the cells of a table stand once those that span rows and columns have taken their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selaras.core.document import Cell, Row, Table

_GROUP_KEPT_WHOLE = 8
_TOTAL = 2  # the level of a total row, which never stands alone on a page


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its columns; `continued` marks the lower part of a cell that spans rows."""

    cell: Cell
    column: int
    span: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with a cell for every column; `kept` says that it belongs on one page with the next row."""

    row: Row
    cells: tuple[Placed, ...]
    header: bool = False
    kept: bool = False

    @property
    def bold(self) -> bool:
        """Head rows, group rows and totals are bold."""
        return self.header or self.row.level > 0


def grid(block: Table) -> list[GridRow]:
    """All rows, head rows first, with the lower parts of cells from above filled in.

    No cell reaches from the head into the body. Missing cells become empty ones; a row with more cells than there are
    columns is a mistake of the composer and raises ValueError, for a figure would be lost.
    """
    return [*_laid_out(block, block.header, header=True), *_laid_out(block, block.body, header=False)]


def _laid_out(block: Table, rows: Sequence[Row], *, header: bool) -> Iterator[GridRow]:
    above: list[tuple[Placed, int]] = []  # cells that reach into this row, with the rows still to come
    for index, row in enumerate(rows):
        lower = [replace(placed, continued=True) for placed, _ in above]
        own = _placed(row, lower, len(block.columns))
        if own is None:
            raise ValueError(f"row {index + 1} of table {block.key!r} does not fit into its columns")
        begun = [(placed, min(placed.cell.rowspan, len(rows) - index)) for placed in own]
        above = [(placed, left - 1) for placed, left in [*above, *begun] if left > 1]
        names_group = len(row.cells) == 1 and len(own) == 1 and index + 1 < len(rows)
        before_total = index == len(rows) - 2 and rows[-1].level == _TOTAL
        kept = names_group or before_total or any(placed.cell.rowspan <= _GROUP_KEPT_WHOLE for placed, _ in above)
        yield GridRow(row, tuple(sorted([*lower, *own], key=lambda each: each.column)), header, kept)


def _placed(row: Row, lower: Sequence[Placed], columns: int) -> list[Placed] | None:
    """The row's own cells in the columns that cells from above leave free, or None if they do not fit."""
    taken = {column for placed in lower for column in range(placed.column, placed.column + placed.span)}
    free = [column for column in range(columns) if column not in taken]
    own = []
    for cell in row.cells:
        span = max(1, cell.colspan)
        here, free = free[:span], free[span:]
        if len(here) < span or here[-1] - here[0] != span - 1:
            return None
        own.append(Placed(cell, here[0], span))
    return own + [Placed(Cell(), column, 1) for column in free]
