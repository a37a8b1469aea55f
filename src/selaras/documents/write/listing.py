"""Any list as a plain spreadsheet: one sheet, a header row, cells as texts, numbers, shares and days, never as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any

import xlsxwriter

from selaras.core.computed import Computed
from selaras.core.numerals import format_number
from selaras.core.value import Value, ValueKind

WIDEST = 60
LONGEST_NAME = 31
MOST_PLACES = 4
MOST_ROWS = 1_048_574
"""A sheet has 1,048,576 rows: one is the header, one is kept for the line that says that more were left out."""
CUT = "TERPOTONG: %(n)s baris lagi tidak termuat dalam lembar ini."
FEW_ROWS = 5_000
"""A longer table is written through a file, so that it is never held as a whole."""
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
WHOLE, BROKEN = "#,##0", "#,##0.00##"
"""A spreadsheet shows these with the marks of its reader's country: in Indonesia `1.234,50`."""

Cell = tuple[str | Decimal | float | date | None, str]
"""What goes into a cell, and its number format; a text has none."""


def grid(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, most: int = MOST_ROWS, cut: str = CUT
) -> bytes:
    """A workbook with one table. Texts stay texts whatever they begin with, so that no cell becomes a formula.

    A percentage (`Value`, `Computed`) becomes a share with a percent format: 87% is 0.87 shown as 87%. Other
    numbers are numbers; a grade, yes or no and a range are the text that a report prints; what is not there is empty.
    Moments are written as they are: in the time of the reader, without a zone. Of more rows than `most`, the sheet has the
    first and a last line `cut` that tells how many (`%(n)s`) are missing. Many rows take no more memory.
    """
    target, given = BytesIO(), iter(rows)
    first = list(islice(given, FEW_ROWS + 1))
    options = {
        "constant_memory" if len(first) > FEW_ROWS else "in_memory": True, "strings_to_formulas": False,
        "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True,
    }  # fmt: skip
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_sheet_name(title))
    formats = {"": None}
    widths = [len(header) for header in headers]
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, bold)
    last, most = 0, min(most, MOST_ROWS)
    given = chain(first, given)
    for last, row in enumerate(islice(given, most), 1):
        for column, value in enumerate(row):
            content, look = cell(value)
            if content is None:
                continue
            if look not in formats:
                formats[look] = book.add_format({"num_format": look})
            if isinstance(content, str):
                sheet.write_string(last, column, content)
            elif isinstance(content, date):
                sheet.write_datetime(last, column, content, formats[look])
            else:
                sheet.write_number(last, column, content, formats[look])
            widths[column] = max(widths[column], min(WIDEST, len(str(value if isinstance(value, str) else content))))
    left = sum(1 for _row in given)
    if left:
        sheet.write_string(last + 1, 0, cut % {"n": format_number(Decimal(left))}, book.add_format({"bold": True}))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), max(len(headers) - 1, 0))
    book.close()
    return target.getvalue()


def cell(value: Any) -> Cell:
    """What stands in the cell of a value, and with which number format."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, Value):
        return _of_value(value)
    if isinstance(value, Computed):
        return _share(value.rounded(), value.places) if value.unit == "%" else cell(value.rounded())
    if isinstance(value, datetime):
        return value, MOMENT
    if isinstance(value, date):
        return value, DAY
    if isinstance(value, Decimal):  # amounts; a year or a count is an int and bears no dots
        return value, WHOLE if value == value.to_integral_value() else BROKEN
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value, ""
    return str(value), ""


def _of_value(value: Value) -> Cell:
    if value.amount is None or value.upper is not None:
        return value.shown(), ""
    if value.kind is ValueKind.PERCENT:
        exponent = value.amount.normalize().as_tuple().exponent
        return _share(value.amount, max(0, -exponent) if isinstance(exponent, int) else 0)
    return cell(value.amount)


def _share(amount: Decimal | None, places: int) -> Cell:
    """87 per cent as 0.87, with so many decimals of the percentage."""
    if amount is None:
        return None, ""
    digits = min(places, MOST_PLACES)
    return amount / 100, f"0.{'0' * digits}%" if digits else "0%"


def _sheet_name(title: str) -> str:
    return "".join(" " if char in "[]:*?/\\'" else char for char in title)[:LONGEST_NAME].strip() or "Data"
