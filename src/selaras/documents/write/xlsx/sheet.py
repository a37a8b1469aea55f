"""One table on one sheet: title, heads that stay in sight and repeat in print, numbers, formulas, notes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from selaras.core.document import Align, Column, Document, Row, Table, plain
from selaras.documents import palette
from selaras.documents.charts.lettering import wrap
from selaras.documents.write.grid import Placed, placed
from selaras.documents.write.xlsx.formulas import Known, formula
from selaras.documents.write.xlsx.looks import Looks

_TOP = 4  # the row of the first head row: title, agency, link and an empty row stand above
_ROOM = 132  # width of a table in letters: an A4 page lying down at 10 points
_NARROWEST = 5.5
_LINE = 13.0  # points of a line of text
_LETTER = 7.3  # pixels of a unit of column width
_SIZE = 13.4  # pixels of 10 points
_LONGEST = 32_767
_SURE_DIGITS = 15  # a spreadsheet keeps no more


def cut(text: str) -> str:
    """`text` as far as a cell can hold it."""
    return text if len(text) <= _LONGEST // 2 else f"{text[: _LONGEST // 2 - 1]}…"


def fill(sheet: Worksheet, table: Table, document: Document, looks: Looks, *, back: str) -> None:
    """Write `table` on `sheet`, with a link to the sheet `back`."""
    widths = _widths(table.columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _title(sheet, table, document, looks, back)
    body = _TOP + len(table.header)
    known: dict[str, Known] = {}
    grids = [
        (_TOP, table.header, list(placed(table.header, len(widths))), True),
        (body, table.body, list(placed(table.body, len(widths))), False),
    ]
    for top, _, lines, _ in grids:
        known |= _known(top, lines)
    for top, rows, lines, head in grids:
        _rows(sheet, top, rows, lines, table.columns, known, looks, head=head)
        _heights(sheet, top, lines, widths)
    _notes(sheet, table, looks, body + len(table.body) + 1)
    _print(sheet, table, document, body)


def _widths(columns: Sequence[Column]) -> list[float]:
    whole = sum((column.width for column in columns), Decimal(0)) or Decimal(1)
    return [max(_NARROWEST, float(column.width * _ROOM / whole)) for column in columns]


def _title(sheet: Worksheet, table: Table, document: Document, looks: Looks, back: str) -> None:
    title = f"{table.label} {table.caption}".strip()
    sheet.write_string(0, 0, cut(title), looks.of(bold=True, font_size=13, font_color=palette.BLUE_DEEP))
    sheet.write_string(1, 0, cut(f"{document.agency}, tahun {document.year}"), looks.of(font_color=palette.MUTED))
    sheet.write_url(2, 0, f"internal:'{back}'!A1", looks.of(font_color=palette.BLUE, underline=1), string=f"← {back}")


def _known(top: int, lines: Sequence[Sequence[Placed]]) -> dict[str, Known]:
    """The named cells; where a name stands twice the first counts."""
    found: dict[str, Known] = {}
    for row, line in enumerate(lines, start=top):
        for spot in line:
            if spot.cell.id:
                amount = spot.cell.amount if _is_sure(spot.cell.amount) else None
                found.setdefault(spot.cell.id, Known((row, spot.column), amount))
    return found


def _rows(
    sheet: Worksheet,
    top: int,
    rows: Sequence[Row],
    lines: Sequence[Sequence[Placed]],
    columns: Sequence[Column],
    known: dict[str, Known],
    looks: Looks,
    *,
    head: bool,
) -> None:
    for place, (row, line) in enumerate(zip(rows, lines, strict=True)):
        for spot in line:
            align = spot.cell.align or (Align.CENTER if head else columns[spot.column].align)
            look = looks.cell(spot.cell, align, level=row.level, head=head)
            _cell(sheet, top + place, spot, look, known, head=head)


def _cell(sheet: Worksheet, row: int, spot: Placed, look: Format, known: dict[str, Known], *, head: bool) -> None:
    cell, column = spot.cell, spot.column
    if spot.wide > 1 or spot.high > 1:
        sheet.merge_range(row, column, row + spot.high - 1, column + spot.wide - 1, "", look)
    if cell.amount is None or head or not _is_sure(cell.amount):
        sheet.write_string(row, column, cut(cell.text), look)
        return
    number = _number(cell.amount)
    written = formula(cell, known)
    if written:
        sheet.write_formula(row, column, written, look, number)
    else:
        sheet.write_number(row, column, number, look)


def _is_sure(amount: Decimal | None) -> bool:
    """Whether a spreadsheet can hold the number without losing digits; otherwise it is written as text."""
    return amount is not None and amount.is_finite() and len(amount.normalize().as_tuple().digits) <= _SURE_DIGITS


def _number(amount: Decimal) -> float | int:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _heights(sheet: Worksheet, top: int, lines: Sequence[Sequence[Placed]], widths: Sequence[float]) -> None:
    """Heights for rows of several lines, because not every spreadsheet program finds them itself."""
    need = [1] * len(lines)
    for place, line in enumerate(lines):
        for spot in line:
            last = place + spot.high - 1
            room = sum(widths[spot.column : spot.column + spot.wide]) * _LETTER
            strong = spot.cell.strong
            count = sum(len(wrap(part, room, _SIZE, strong=strong)) for part in spot.cell.text.split("\n"))
            need[last] = max(need[last], count - sum(need[place:last]))
    for place, count in enumerate(need):
        if count > 1:
            sheet.set_row(top + place, _LINE * count + 2)


def _notes(sheet: Worksheet, table: Table, looks: Looks, row: int) -> None:
    lines = [plain(note) for note in table.notes]
    lines += [f"Sumber: {table.source}"] if table.source else []
    for place, line in enumerate(lines):
        sheet.write_string(row + place, 0, cut(line), looks.of(italic=True, font_color=palette.MUTED))


def _print(sheet: Worksheet, table: Table, document: Document, body: int) -> None:
    sheet.freeze_panes(body, 0)
    if table.header:
        sheet.repeat_rows(_TOP, body - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    footer = f"&L&8{document.title.replace('&', '&&')}"
    sheet.set_footer(f"{footer[:180]}&R&8Halaman &P dari &N")
