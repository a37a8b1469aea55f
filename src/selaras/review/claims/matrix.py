"""A table as a rectangle: spans expanded, header rows told from body rows, rows of column numbers left out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from selaras.core.document import Cell, Row, Table
from selaras.core.place import NOWHERE, Place
from selaras.review.claims.names import fold
from selaras.review.claims.roles import is_header_text, is_header_word, word_role
from selaras.review.report import Role

_COLUMN_NUMBER = re.compile(r"\(?\s*(?P<number>[0-9]{1,2})[a-z]?\s*\)?(?:\s*[=:(][\s0-9=+*/x:().,%-]*)?", re.IGNORECASE)
_YEAR_CELL = re.compile(
    r"\(?(?:(?:tahun|target|realisasi|capaian|t\.?a\.?|th\.?)\s*)?\(?(?:19|20)[0-9]{2}\)?\s*\**\)?|n\s?[-+]?\s?[0-9]?",
    re.IGNORECASE,
)
_PERIOD_CELL = re.compile(
    r"(?:tw|triwulan|tri wulan|semester|smt|bulan)\.?\s*-?(?:i{1,3}v?|iv|[0-9]{1,2})|k|rp\.?|%|l|p"
    r"|jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[i]?|jul[i]?|ag[tus]*|sep(?:t|tember)?"
    r"|o[kc]t(?:ober)?|nop?v?(?:ember)?|des(?:ember)?",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9]")


class Slot(NamedTuple):
    """One place of the rectangle: the text and place of its cell, and whether that begins elsewhere."""

    text: str = ""
    place: Place = NOWHERE
    spanned: bool = False
    down: bool = False
    wide: int = 1
    amount: Decimal | None = None


Line = list[Slot]


@dataclass(slots=True)
class Segment:
    """A stretch of a table under one header."""

    header: list[Line]
    body: list[Line] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)


def segments(table: Table) -> list[Segment]:
    """The table cut where a new header begins; repeated headers and rows of column numbers are left out."""
    rows = (*table.header, *table.body)
    lines = _expand(rows, table.place)
    top = _header_length(lines, len(table.header))
    parts = [Segment([line for line in lines[:top] if not _is_numbering(line)])]
    known = {_text(line) for line in parts[0].header}
    index = top
    while index < len(lines):
        line = lines[index]
        if _is_empty(line) or _text(line) in known or (_is_numbering(line) and _after_header(lines, index, known)):
            index += 1
            continue
        if _begins_anew(line, parts[-1]):
            bottom = _more_header(lines, index + 1)
            header = [item for item in lines[index:bottom] if not _is_numbering(item)]
            parts.append(Segment(header))
            known |= {_text(item) for item in header}
            index = bottom
            continue
        parts[-1].body.append(line)
        parts[-1].levels.append(rows[index].level)
        index += 1
    return [part for part in parts if part.body or len(parts) == 1]


def _expand(rows: Sequence[Row], place: Place) -> list[Line]:
    """Every row with one slot per column. A cell that spans is repeated, the repetitions marked."""
    held: dict[tuple[int, int], Slot] = {}
    lines: list[list[tuple[int, Slot]]] = []
    width = 0
    for number, row in enumerate(rows):
        line: list[tuple[int, Slot]] = []
        column = 0
        for cell in row.cells:
            while (number, column) in held:
                column += 1
            slot = _slot(cell, place, number)
            for right in range(max(1, cell.colspan)):
                for down in range(min(max(1, cell.rowspan), len(rows) - number)):
                    if down:
                        held[number + down, column + right] = slot._replace(spanned=True, down=True)
                    else:
                        line.append((column + right, slot._replace(spanned=bool(right), wide=max(1, cell.colspan))))
            column += max(1, cell.colspan)
        width = max(width, column)
        lines.append(line)
    width = max([width, *(column + 1 for _, column in held)])
    full = [[held.get((number, column), Slot()) for column in range(width)] for number in range(len(rows))]
    for target, line in zip(full, lines, strict=True):
        for column, slot in line:
            target[column] = slot
    return full


def _slot(cell: Cell, place: Place, number: int) -> Slot:
    text = " ".join(cell.text.split())
    own = cell.place
    if own is NOWHERE:
        own = Place(place.source, page=place.page, line=place.line, table=place.table, row=number + 1, quote=text)
    return Slot(text, own, amount=cell.amount)


def _own(line: Line) -> list[str]:
    """The texts that begin in the row or come down into it, each once."""
    return [slot.text for slot in line if slot.text and not (slot.spanned and not slot.down)]


def _text(line: Line) -> str:
    return "\t".join(fold(text) for text in _own(line))


def _is_empty(line: Line) -> bool:
    return not any(slot.text for slot in line)


def _is_numbering(line: Line) -> bool:
    texts = [slot.text for slot in line if slot.text and not slot.spanned]
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    if len(texts) < 2 or not all(found):
        return False
    numbers = [int(item["number"]) for item in found if item]
    return numbers[0] <= 2 and all(0 <= after - before <= 2 for before, after in itertools.pairwise(numbers))


def _after_header(lines: list[Line], index: int, known: set[str]) -> bool:
    before = lines[index - 1] if index else []
    return not index or _text(before) in known or _is_empty(before)


def _header_length(lines: list[Line], printed: int) -> int:
    """How many rows at the top are header. What the reader says is believed unless the row holds figures."""
    top = printed
    while (
        top and _holds_figures(lines[top - 1]) and not _is_numbering(lines[top - 1]) and not _is_header(lines[top - 1])
    ):
        top -= 1
    if not lines or (not top and not _begins_with_header(lines)):
        return 0
    return _more_header(lines, max(top, 1))


def _begins_with_header(lines: list[Line]) -> bool:
    first = lines[0]
    if _is_header(first) or (len(lines) > 1 and _is_banner(first) and _is_header(lines[1])):
        return True
    texts = [slot.text for slot in first if slot.text and not slot.spanned]
    if len(texts) < 2 or any(_holds_figure(text) or len(text) > 60 for text in texts):
        return False
    return any(slot.text and _stands_over_figures(lines, column) for column, slot in enumerate(first))


def _stands_over_figures(lines: list[Line], column: int) -> bool:
    """Words over a column of figures are its header."""
    below = [line[column].text for line in lines[1:8] if line[column].text]
    figures = sum(bool(_DIGITS.search(text)) and not any(map(str.isalpha, text)) for text in below)
    return len(below) > 1 and figures * 2 > len(below) and not lines[0][column].text[:1].isdigit()


def _more_header(lines: list[Line], top: int) -> int:
    while top < len(lines):
        line = lines[top]
        if _is_numbering(line):
            return top + 1
        if _is_empty(line) or _is_header(line) or (_hangs_down(line)):
            top += 1
            continue
        break
    return top


def _hangs_down(line: Line) -> bool:
    """A row that only goes on with header cells from above, or whose few own cells are sub-headers."""
    if not any(slot.down and slot.text for slot in line):
        return False
    own = [slot.text for slot in line if slot.text and not slot.spanned]
    return all(_is_head_cell(text) for text in own) and not any(_holds_figure(text) for text in own)


def _is_header(line: Line) -> bool:
    """Most of its cells are header words, years or quarters, and none is a figure."""
    texts = [slot.text for slot in line if slot.text and not slot.spanned]
    if not texts or any(_holds_figure(text) for text in texts):
        return False
    heads = sum(map(_is_head_cell, texts))
    if len(texts) == 1:
        return bool(_YEAR_CELL.fullmatch(texts[0]))
    return heads * 3 >= len(texts) * 2 and any(map(_tells, texts))


def _tells(text: str) -> bool:
    """A header word, a year, or the name of a part of the year."""
    part = len(text) > 1 and _PERIOD_CELL.fullmatch(text)
    return bool(part or _YEAR_CELL.fullmatch(text)) or is_header_word(text)


def _is_banner(line: Line) -> bool:
    own = [slot for slot in line if slot.text and not slot.spanned]
    return len(own) == 1 and not _holds_figure(own[0].text)


def _is_head_cell(text: str) -> bool:
    return bool(_YEAR_CELL.fullmatch(text) or _PERIOD_CELL.fullmatch(text)) or is_header_word(text)


def _holds_figure(text: str) -> bool:
    """Whether a cell is mainly a figure, as header cells are not."""
    if (
        not _DIGITS.search(text)
        or _YEAR_CELL.fullmatch(text)
        or _PERIOD_CELL.fullmatch(text)
        or _COLUMN_NUMBER.fullmatch(text)
    ):
        return False
    letters = sum(letter.isalpha() for letter in text)
    return letters < sum(letter.isdigit() for letter in text) or text.rstrip().endswith("%")


def _holds_figures(line: Line) -> bool:
    return any(_holds_figure(text) for text in _own(line))


def _begins_anew(line: Line, segment: Segment) -> bool:
    """A row of header words in the middle of a table whose meaning differs from the header so far."""
    own = [(column, slot.text) for column, slot in enumerate(line) if slot.text and not slot.spanned]
    if len(own) < 2 or not all(
        is_header_text(text) and not _DIGITS.search(text) and len(text) <= 40 for _, text in own
    ):
        return False
    if any(_is_plain_name(text) for _, text in own):
        return False
    heads = segment.header[-1] if segment.header else []
    same = sum(column < len(heads) and word_role(heads[column].text) is word_role(text) for column, text in own)
    return same < len(own) and len({word_role(text) for _, text in own} - {Role.OTHER}) > 1


def _is_plain_name(text: str) -> bool:
    """Texts that role words may share with body cells: totals and names of posts."""
    return fold(text) in {"jumlah", "total", "-", "baik", "pns", "orang"} or len(text) < 2
