"""What a reader of one file form hands over: lines, grids and page breaks in reading order, not yet understood.

Every reader (text, DOCX, XLSX, HTML, PDF) makes a sequence of these items and gives it to `assemble.assemble`, which
tells headings, contents, captions, running headers and text apart, joins tables over page breaks, and makes the
`Reading`. A reader says only what it saw; what it does not know it leaves at the default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of the page."""


class Role(StrEnum):
    """What the file itself says that a line is; `UNKNOWN` where it says nothing."""

    UNKNOWN = ""
    TEXT = "text"
    HEADING = "heading"
    CAPTION = "caption"
    ENTRY = "entry"  # a line of a table of contents or list of tables
    ITEM = "item"
    MARGIN = "margin"  # a running header or footer, a page number


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of text with normalised spaces.

    `line` is the 1-based line of a text file, `page` the 1-based page. `continues` says that it goes on with the paragraph
    of the line before it (a visual line of a PDF that is not the first of its paragraph): the assembler joins them.
    `alone` says that empty lines stand before and after it (plain text). `level` is the heading level where the file
    names it. `size` is the font size in points, 0 unknown. `sheet` and `cell` are for spreadsheets. Numbers of list
    items and headings stand in `text`.
    """

    text: str
    page: int | None = None
    line: int | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: float = 0.0
    bounds: Bounds | None = None
    continues: bool = False
    alone: bool = False
    role: Role = Role.UNKNOWN
    level: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of a grid as it was read. `line` is the line of a text file; `page` only if it differs from the grid's.

    `amount`, `unit` and `places` are the exact number behind the text where the file keeps one (a spreadsheet).
    """

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    line: int | None = None
    page: int | None = None
    bold: bool = False
    bounds: Bounds | None = None
    cell: str = ""
    amount: Decimal | None = None
    unit: str = ""
    places: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """One table, or the part of a table on one page.

    Cells that span rows are listed only in the row where they begin; each row covers `width` columns, spans included.
    `header` is the number of header rows where the file says so (`w:tblHeader`, `thead`), else None. `caption` and
    `number` where the file binds them to the table. `edges` are the vertical rules (x, ascending, `width` + 1 of them)
    where known: a part on the next page with the same edges is a continuation. `spans_known` is False where merged
    cells can only be guessed from empty cells (plain text).
    """

    rows: tuple[tuple[Piece, ...], ...]
    page: int | None = None
    line: int | None = None
    header: int | None = None
    caption: str = ""
    ruled: bool = True
    edges: tuple[float, ...] = ()
    bounds: Bounds | None = None
    spans_known: bool = True
    sheet: str = ""

    @property
    def width(self) -> int:
        """The number of columns that the widest row covers by itself."""
        return max((sum(piece.colspan for piece in row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Break:
    """A page ends here. `page` is the number of the page that begins, None where pages are not counted."""

    page: int | None = None


Item = Line | Grid | Break

SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(9), *range(14, 32)], None)


def tidy(text: str) -> str:
    """The text with every run of white space as one space, and without soft hyphens and control characters."""
    return SPACES.sub(" ", text.translate(INVISIBLE)).strip()
