"""The grid of a table under construction: every row a full list of slots, and those that a merged cell covers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from selaras.core.place import Place
from selaras.documents.read.lines import Grid, Piece

WIDEST = 400
LONGEST_NUMBER = 80

NUMBER = re.compile(
    r"^[<>≥≤±~-]?\s*\(?(?:Rp\.?\s*)?-?\d[\d.,\s]*\)?\s*(?:%|,-|\.-|persen|poin)?\s*\.?(?:\s*[-–]\s*\d[\d.,]*\s*%?)?$",
    re.IGNORECASE,
)
NEUTRAL = re.compile(r"^(?:[-–—.]{1,3}|n/?a|0|nihil)?$", re.IGNORECASE)
YEAR = re.compile(r"^(?:tahun\s*(?:ke-?\s*)?)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?$", re.IGNORECASE)
ROW_NUMBER = re.compile(r"^(?:\d{1,3}|[A-Z]|[IVX]{1,5}|[a-z])[.)]?$")
RULE = re.compile(r"^:?-{2,}:?$")


@dataclass(slots=True)
class Slot:
    """One field of the grid of a table under construction. `covered` fields belong to the cell left of or above them."""

    text: str = ""
    line: int | None = None
    page: int | None = None
    address: str = ""
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False
    bold: bool = False
    amount: Decimal | None = None
    unit: str = ""
    places: int = 0


Slots = list[Slot]


@dataclass(slots=True)
class Draft:
    """A table under construction: a full grid of slots, of which the first `headers` rows are header."""

    rows: list[Slots]
    headers: int
    grid: Grid
    caption: str = ""
    number: str = ""
    place: Place | None = None
    parts: int = 1
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def body(self) -> list[Slots]:
        """The rows below the header."""
        return self.rows[self.headers :]


def matrix(grid: Grid) -> list[Slots]:
    """Every row as a full list of slots of equal length; cells that span leave covered slots."""
    rows: list[Slots] = []
    waiting: dict[int, int] = {}  # column → rows that a cell above still covers
    count = len(grid.rows)
    for index, pieces in enumerate(grid.rows):
        row: Slots = []
        queue = list(pieces)
        while len(row) < WIDEST and (queue or any(column >= len(row) for column in waiting)):
            column = len(row)
            if waiting.get(column, 0):
                row.append(Slot(covered=True))
            elif queue:
                piece = queue.pop(0)
                row += _slots(piece, grid, rows_left=count - index, room=_free(waiting, column))
            else:
                row.append(Slot(page=grid.page))
        _count_down(waiting, row)
        rows.append(row)
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend(Slot(page=grid.page) for _ in range(width - len(row)))
    return rows


def _free(waiting: dict[int, int], column: int) -> int:
    """Columns from here to the next one that a cell above covers."""
    return min([WIDEST, *(other for other in waiting if other > column)]) - column


def _slots(piece: Piece, grid: Grid, *, rows_left: int, room: int) -> Slots:
    wide = max(1, min(piece.colspan, room))
    high = max(1, min(piece.rowspan, rows_left))
    first = Slot(
        piece.text, piece.line if piece.line is not None else grid.line, piece.page or grid.page, piece.cell, wide, high,
        bold=piece.bold, amount=piece.amount, unit=piece.unit, places=piece.places,
    )  # fmt: skip
    return [first, *(Slot(covered=True) for _ in range(wide - 1))]


def _count_down(waiting: dict[int, int], row: Slots) -> None:
    for column in list(waiting):
        waiting[column] -= 1
        if not waiting[column]:
            del waiting[column]
    for column, slot in enumerate(row):
        if slot.rowspan > 1 and not slot.covered:
            for under in range(column, column + slot.colspan):
                waiting[under] = slot.rowspan - 1


def without_rules(rows: list[Slots]) -> list[Slots]:
    """Rows without the dashes that some converters print under a header, and without empty rows at the ends."""
    kept = [row for row in rows if not _is_rule(row)]
    while kept and not any(slot.text for slot in kept[-1]) and not any(slot.covered for slot in kept[-1]):
        kept.pop()
    return kept


def _is_rule(row: Slots) -> bool:
    texts = [slot.text for slot in row if slot.text]
    whole = len(texts) > 1 and not any(slot.covered or slot.rowspan > 1 for slot in row)
    return whole and all(RULE.match(text) for text in texts)


def trim(rows: list[Slots]) -> None:
    """Cut columns at the right that are empty in every row."""
    while rows and len(rows[0]) > 1 and all(not row[-1].text and not row[-1].covered for row in rows):
        for row in rows:
            row.pop()


def is_number(text: str) -> bool:
    """The text is an amount, percent, count or range; a year is none, nor is a dash."""
    return len(text) <= LONGEST_NUMBER and bool(NUMBER.match(text)) and not YEAR.match(text)
