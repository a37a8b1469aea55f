"""The LKE as a workbook: answers are inputs with lists of choices, everything else calculates as the engine does."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from selaras.core.evaluation.listings import Listing
from selaras.core.evaluation.sheet import Grid, GridCell, Looked, evaluate, spelled
from selaras.core.evaluation.template import Template
from selaras.documents import palette
from selaras.documents.write.xlsx.looks import Looks

SHEET, SCALE = "LKE", "Instrumen"
INSTRUMENT = "Kode instrumen"
"""The label beside which the code of the instrument stands, for who reads the sheet again."""
TOP = 1
_LONGEST = 16_000
_WIDE = 66  # letters that fit into a line of the text column
_LINE = 13.5  # points of a line of text
_TALLEST = 409  # points of the highest row that a spreadsheet knows
_WIDTH = 30
_GROUNDS = {0: palette.BLUE_PALE, 1: palette.BLUE_PALE, 2: palette.WASH}
_INPUT = "#FFFBE6"
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}  # fmt: skip


def sheet_bytes(
    grid: Grid, template: Template, info: Sequence[tuple[str, str]], listings: Sequence[Listing] = (), *, year: int
) -> bytes:
    """The workbook: the sheet itself under its `info` (label and value), further listings, the instrument's scales.

    The same sheet gives the same bytes.
    """
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": grid.title, "created": datetime(year, 12, 31)})
        book.set_calc_mode("auto")
        looks = Looks(book)
        _fill(book.add_worksheet(SHEET), grid, [*info, (INSTRUMENT, template.code)], looks)
        for listing in listings:
            if listing.rows:
                _list(book.add_worksheet(listing.name), listing, looks)
        _list(book.add_worksheet(SCALE), _scales(template), looks)
    return out.getvalue()


def _fill(sheet: Worksheet, grid: Grid, info: Sequence[tuple[str, str]], looks: Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, grid.title, looks.of(bold=True, font_size=14, font_color=palette.BLUE_DEEP))
    for at, (label, value) in enumerate(info, TOP):
        sheet.write_string(at, 0, label, looks.of(font_color=palette.MUTED))
        sheet.write_string(at, 2, _cut(value), looks.of(bold=True))
    head = TOP + len(info) + 1
    for column, width in enumerate((9, 62, 9, *((14, 10, 10) * ((len(grid.heads) - 3) // 3)))):
        sheet.set_column(column, column, width)
    look = looks.of(bold=True, bg_color=palette.BLUE, font_color="#FFFFFF", text_wrap=True, valign="vcenter", border=1,
                    border_color=palette.RULE)  # fmt: skip
    for column, title in enumerate(grid.heads):
        sheet.write_string(head, column, title, look)
    sheet.set_row(head, 3 * _LINE)
    spots = {
        cell.id: xl_rowcol_to_cell(head + 1 + at, column)
        for at, row in enumerate(grid.rows)
        for column, cell in enumerate(row)
        if cell.id
    }
    values = evaluate(grid)
    for at, (row, level) in enumerate(zip(grid.rows, grid.levels, strict=True), head + 1):
        lines = _lines(row[1].text, _WIDE)
        if lines > 1:
            sheet.set_row(at, lines * _LINE)
        for column, cell in enumerate(row):
            _cell(sheet, at, column, cell, level, spots, values, looks)
    sheet.freeze_panes(head + 1, 2)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: Worksheet, row: int, column: int, cell: GridCell, level: int, spots: Mapping[str, str],
    values: Mapping[str, Decimal | str], looks: Looks,
) -> None:  # fmt: skip
    look = _look(cell, level, column, looks)
    if cell.formula is not None:
        value = values[cell.id]
        shown = float(value) if isinstance(value, Decimal) else value
        sheet.write_formula(row, column, spelled(cell.formula, spots.__getitem__), look, shown)
    elif cell.number is not None:
        sheet.write_number(row, column, float(cell.number), look)
    elif cell.text:
        sheet.write_string(row, column, _cut(cell.text), look)
    else:
        sheet.write_blank(row, column, None, look)
    if cell.choices:
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": list(cell.choices)})
    elif cell.most is not None:
        allowed = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(cell.most)}
        sheet.data_validation(row, column, row, column, allowed)


def _look(cell: GridCell, level: int, column: int, looks: Looks) -> Format:
    wanted: dict[str, Any] = {"border": 1, "border_color": palette.RULE, "valign": "top"}
    wanted["text_wrap"] = column == 1
    if cell.strong or level < 2:
        wanted["bold"] = True
    if cell.is_input:
        wanted |= {"bg_color": _INPUT, "align": "center", "locked": False}
    elif level in _GROUNDS:
        wanted["bg_color"] = _GROUNDS[level]
    if cell.formula is not None and not isinstance(cell.formula, Looked):
        wanted["num_format"] = "0.00" if cell.places is not None else "0.00####"
    return looks.of(**wanted)


def _list(sheet: Worksheet, listing: Listing, looks: Looks) -> None:
    head = looks.of(bold=True, bg_color=palette.BLUE_PALE, bottom=1, text_wrap=True, valign="vcenter")
    words = looks.of(text_wrap=True, valign="top")
    for column, title in enumerate(listing.heads):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, listing.widths[column] if column < len(listing.widths) else _WIDTH)
    for at, row in enumerate(listing.rows, 1):
        lines = 1
        for column, text in enumerate(row):
            width = listing.widths[column] if column < len(listing.widths) else _WIDTH
            lines = max(lines, _lines(_cut(text), width))
            sheet.write_string(at, column, _cut(text), words)
        sheet.set_row(at, min(lines * _LINE, _TALLEST))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters; words that wrap leave some room behind them."""
    return sum(max(1, -(-len(line) * 11 // int(width * 10))) for line in text.split("\n"))


def _scales(template: Template) -> Listing:
    rows = [("Peraturan", template.regulation, "", template.source.text), ("", "", "", template.source.note)]
    for item in template.predicates:
        rows.append((f"Predikat {item.letter}", item.name, item.printed(), item.meaning))
    for scale in template.scales:
        for answer in scale.answers:
            rules = " ".join(dict.fromkeys(text for _, text in answer.rules))
            rows.append((f"Jawaban {answer.letter}", f"Skala {scale.code}", f"{answer.value.normalize():f}", rules))
    rows.append(("Pembulatan", f"{template.rounding.places} desimal", "", template.rounding.source))
    return Listing(SCALE, ("Hal", "Nama", "Nilai", "Keterangan"), tuple(rows), (18, 30, 14, 90))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
