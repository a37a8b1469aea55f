"""A form on sheets as it is printed: titles, tables without captions one below the other, signatures side by side.

Tables of different columns share one fine grid, whose cells are merged to the width of each column.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from selaras.core.document import (
    Align,
    Block,
    Cell,
    Column,
    Division,
    Document,
    Fields,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Table,
    Voice,
    plain,
)
from selaras.documents import palette
from selaras.documents.charts.lettering import wrap
from selaras.documents.write.grid import Placed, placed
from selaras.documents.write.xlsx.looks import Looks
from selaras.documents.write.xlsx.sheet import cut

UNITS = 60
"""How fine the grid is: so many columns over the width of a page."""
WIDE = 2.2  # width of one of them, in letters
LINE = 13.0  # points of a line of text
LETTER = 7.3  # pixels of a unit of column width
SIZE = 13.4  # pixels of 10 points
ROOM_TO_SIGN = 4  # empty lines


def is_form(document: Document) -> bool:
    """Whether a document has tables, but none with a caption."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return bool(tables) and not any(table.caption for table in tables)


def fill_forms(workbook: Workbook, document: Document, looks: Looks) -> None:
    """Write each division of a form on a sheet of its own."""
    taken: set[str] = set()
    for blocks in _divisions(document.blocks):
        sheet = _Sheet(workbook.add_worksheet(_name(blocks, taken)), looks)
        for block in blocks:
            sheet.add(block)
        sheet.finish(document)


def _divisions(blocks: Sequence[Block]) -> list[list[Block]]:
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Division | PageBreak):
            found.append([])
        else:
            found[-1].append(block)
    return [blocks for blocks in found if blocks]


def _name(blocks: Sequence[Block], taken: set[str]) -> str:
    """The name of a sheet: Formulir, Lampiran, with a number where it stands already."""
    first = next((plain(block.spans) for block in blocks if isinstance(block, Paragraph)), "")
    wish = "Lampiran" if first.casefold().startswith("lampiran") else "Formulir"
    name, turn = wish, 2
    while name in taken:
        name, turn = f"{wish} ({turn})", turn + 1
    taken.add(name)
    return name


class _Sheet:
    """A sheet that is filled from the top."""

    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self._sheet, self._looks, self._row = sheet, looks, 0
        sheet.hide_gridlines(2)
        sheet.set_column(0, UNITS - 1, WIDE)

    def add(self, block: Block) -> None:
        """Write a block below the last one."""
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Signatures):
            self._signatures(block)
        elif isinstance(block, Paragraph):
            look: dict[str, Any] = {"bold": any(span.strong for span in block.spans)}
            if block.voice in {Voice.NOTE, Voice.EMPTY}:
                look |= {"italic": True, "font_color": palette.MUTED}
            self._line(f"{block.lead} {plain(block.spans)}".strip(), block.align, **look)
        elif isinstance(block, Heading):
            self._line(block.full, Align.LEFT, bold=True)
        elif isinstance(block, Listing):
            for number, item in enumerate(block.items, 1):
                self._line(f"{number}. {plain(item)}", Align.LEFT)
        elif isinstance(block, Fields):
            for name, value in block.rows:
                self._line(f"{name}: {value}", Align.LEFT)

    def finish(self, document: Document) -> None:
        """Set up the page for print."""
        if document.footer:
            self._row += 1
            self._line(document.footer, Align.LEFT, italic=True, font_color=palette.MUTED)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.print_area(0, 0, max(self._row - 1, 0), UNITS - 1)

    def _line(self, words: str, align: Align, start: int = 0, stop: int = UNITS, **look: Any) -> None:
        self._put(self._row, words, align, start, stop, **look)
        self._height(self._row, _lines(words, stop - start, strong=bool(look.get("bold"))))
        self._row += 1

    def _put(self, row: int, words: str, align: Align, start: int, stop: int, **look: Any) -> None:
        side = {Align.CENTER: "center", Align.RIGHT: "right"}.get(align, "left")
        made = self._looks.of(text_wrap=True, valign="top", align=side, **look)
        self._sheet.merge_range(row, start, row, stop - 1, "", made)
        self._sheet.write_string(row, start, cut(words), made)

    def _height(self, row: int, lines: int) -> None:
        self._sheet.set_row(row, LINE * max(lines, 1) + 2)

    def _table(self, table: Table) -> None:
        edges = _edges(table.columns)
        for rows, head in ((table.header, True), (table.body, False)):
            self._rows(rows, table.columns, edges, head=head)
        for note in table.notes:
            self._line(plain(note), Align.LEFT, italic=True, font_color=palette.MUTED)
        self._row += 1

    def _rows(self, rows: Sequence[Row], columns: Sequence[Column], edges: Sequence[int], *, head: bool) -> None:
        grid = list(placed(rows, len(columns)))
        need = [1] * len(grid)
        for at, (row, line) in enumerate(zip(rows, grid, strict=True)):
            for spot in line:
                self._cell(at, row, spot, columns, edges, head=head)
                wide = edges[spot.column + spot.wide] - edges[spot.column]
                last = at + spot.high - 1
                lines = _lines(spot.cell.text, wide, strong=head or _is_strong(spot.cell))
                need[last] = max(need[last], lines - sum(need[at:last]))
        for at, lines in enumerate(need):
            self._height(self._row + at, lines)
        self._row += len(grid)

    def _cell(
        self, at: int, row: Row, spot: Placed, columns: Sequence[Column], edges: Sequence[int], *, head: bool
    ) -> None:
        align = spot.cell.align or (Align.CENTER if head else columns[spot.column].align)
        look = self._looks.cell(spot.cell, align, level=row.level, head=head)
        top, left = self._row + at, edges[spot.column]
        bottom, right = top + spot.high - 1, edges[spot.column + spot.wide] - 1
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", look)
        self._sheet.write_string(top, left, cut(spot.cell.text), look)

    def _signatures(self, block: Signatures) -> None:
        """Who signs, side by side over the width; one alone stands right."""
        count = max(len(block.signatories), 2)
        wide = UNITS // count
        first = count - len(block.signatories)
        self._row += 1
        if block.place_date:
            self._put(self._row, block.place_date, Align.CENTER, (count - 1) * wide, count * wide)
            self._row += 1
        lines = [
            (one.role, one.position, *([""] * ROOM_TO_SIGN), one.name, one.rank, f"NIP {one.nip}" if one.nip else "")
            for one in block.signatories
        ]
        for at, row in enumerate(zip(*lines, strict=True)):
            for place, words in enumerate(row, first):
                if words:
                    strong = at == ROOM_TO_SIGN + 2
                    self._put(
                        self._row, words, Align.CENTER, place * wide, (place + 1) * wide, bold=strong or at == 1,
                        underline=1 if strong else 0,
                    )  # fmt: skip
            self._height(self._row, max(_lines(words, wide, strong=True) for words in row))
            self._row += 1


def _edges(columns: Sequence[Column]) -> list[int]:
    """Where each column of a table begins on the grid, and where the last one ends; each takes one unit at least."""
    whole = sum((column.width for column in columns), Decimal(0)) or Decimal(1)
    edges, reached = [0], Decimal(0)
    for at, column in enumerate(columns, 1):
        reached += column.width
        wish = int((reached * UNITS / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        edges.append(max(edges[-1] + 1, min(wish, UNITS - (len(columns) - at))))
    return edges


def _lines(words: str, units: int, *, strong: bool) -> int:
    """How many lines a text takes in so many units of the grid."""
    return sum(len(wrap(part, units * WIDE * LETTER, SIZE, strong=strong)) or 1 for part in words.split("\n"))


def _is_strong(cell: Cell) -> bool:
    return cell.strong or any(span.strong for span in cell.spans)
