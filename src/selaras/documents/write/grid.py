"""Where the cells of a table stand once cells that span rows and columns have taken their room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selaras.core.document import Cell, Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the column where it begins and the columns and rows that it really takes."""

    cell: Cell
    column: int
    wide: int
    high: int


def placed(rows: Sequence[Row], columns: int) -> Iterator[list[Placed]]:
    """The cells of each row with their places in a grid of `columns` columns.

    Spans that reach beyond the grid, its last row, or a cell already there are cut; cells that find no room at all
    are joined to nothing and left out.
    """
    free_from = [0] * columns  # the first row in which each column is free again
    for number, row in enumerate(rows):
        line: list[Placed] = []
        at = 0
        for cell in row.cells:
            while at < columns and free_from[at] > number:
                at += 1
            if at == columns:
                break
            end = at
            while end < min(at + max(cell.colspan, 1), columns) and free_from[end] <= number:
                end += 1
            high = min(max(cell.rowspan, 1), len(rows) - number)
            free_from[at:end] = [number + high] * (end - at)
            line.append(Placed(cell, at, end - at, high))
            at = end
        yield line
