"""Any list as a plain spreadsheet: one sheet, a header row, cells as texts and numbers, never as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from selaras.core.document import Cell, Row

WIDEST = 60
LONGEST_NAME = 31


def grid(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one table. Texts stay texts whatever they begin with, so that no cell becomes a formula."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    widths = [len(header) for header in headers]
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                sheet.write_datetime(last, column, value, day)
            elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(last, column, value)
            else:
                sheet.write_string(last, column, str(value))
            widths[column] = max(widths[column], min(WIDEST, len(str(value))))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), max(len(headers) - 1, 0))
    book.close()
    return target.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(" " if char in "[]:*?/\\'" else char for char in title)[:LONGEST_NAME].strip() or "Data"


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
