"""Tables in typst source: how wide each column must be, which rows stay together, and the cells themselves.

Heights and widths are estimates, good enough to decide; the typesetter does the exact work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import ceil

from selaras.core.document import Align, Cell, Line, Row, Table, Tone
from selaras.documents.charts.lettering import width
from selaras.documents.write.syllables import SOFT_HYPHEN, softly
from selaras.documents.write.typst_text import joined, literal, printed

TONE_NAMES = {tone: tone.name.lower().replace("_", "-") for tone in Tone}
_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
_INSET = 9.0  # both sides of a cell, in points, with the rule
_WHOLE_WORDS = (9.0, 8.5, 8.0)
_BROKEN_WORDS = (8.5, 8.0, 7.5, 7.0)
_AT_EASE = 0.88  # of the room: above it longer texts would stand in columns too narrow to read
_BREAKS = re.compile(r"(?<=[/–-])|\s+")
_COLUMN_NUMBER = re.compile(r"\(\d+\)|")
_WORDS_MEASURED = 8
_CLASS_NAME = 16  # letters of a class that stays on one line with its chip
_LETTER = 0.5  # mean width of a letter in ems
_LINE = 1.22  # height of a line in ems
_SHORT_TABLE = 0.24  # of a page: kept whole
_LONG_ROW = 0.45  # of a page: may break


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and the column where it begins."""

    column: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits its room: font size and column widths in points, and words to hyphenate per column."""

    size: float
    widths: tuple[float, ...]
    soft: tuple[Mapping[str, str], ...]


def place(rows: Sequence[Row], count: int, key: str) -> list[tuple[Placed, ...]]:
    """Each row's cells with their columns; short rows are filled up with empty cells.

    Raises ValueError if a row holds more cells than the table has columns.
    """
    placed: list[tuple[Placed, ...]] = []
    busy = [0] * count
    for number, row in enumerate(rows):
        cells, column = [], 0
        for cell in [*row.cells, *[Cell()] * count]:
            while column < count and busy[column]:
                column += 1
            if column >= count:
                break
            cells.append(Placed(column, _clipped(cell, count - column, len(rows) - number)))
            for taken in range(column, column + cells[-1].cell.colspan):
                busy[taken] = cells[-1].cell.rowspan
            column += cell.colspan
        if len(cells) < len(row.cells):
            raise ValueError(f"table {key}: row {number} has more cells than columns")
        busy = [max(0, left - 1) for left in busy]
        placed.append(tuple(cells))
    return placed


def _clipped(cell: Cell, columns: int, rows: int) -> Cell:
    if cell.colspan <= columns and cell.rowspan <= rows:
        return cell
    return replace(cell, colspan=min(cell.colspan, columns), rowspan=min(cell.rowspan, rows))


def fit(table: Table, rows: Sequence[tuple[Placed, ...]], room: float) -> Fit:
    """Column widths for `room` points: the table's own shares, moved where a word or an amount would not fit."""
    words = [_longest(column, rows) for column in range(len(table.columns))]
    shares = [max(float(column.width), 0.01) for column in table.columns]
    wanted = [share / sum(shares) * room for share in shares]
    for size in _WHOLE_WORDS:
        needs = [_need(column, size) for column in words]
        if sum(needs) <= room * (_AT_EASE if size > _WHOLE_WORDS[-1] else 1):
            return Fit(size, _balanced(wanted, needs, room), ({},) * len(words))
    for size in _BROKEN_WORDS:
        needs = [_need([part for word in column for part in _parts(word)], size) for column in words]
        if sum(needs) <= room:
            break
    widths = _balanced(wanted, needs, room)
    soft = tuple(_too_wide(column, size, wide) for column, wide in zip(words, widths, strict=True))
    return Fit(size, widths, soft)


def _longest(column: int, rows: Sequence[tuple[Placed, ...]]) -> list[str]:
    cells = [it.cell for row in rows for it in row if it.column == column and it.cell.colspan == 1]
    words = {word for word in _BREAKS.split(printed(" ".join({cell.text for cell in cells}))) if word}
    words |= {f"MM {cell.text}" for cell in cells if cell.tone is not Tone.NONE and len(cell.text) <= _CLASS_NAME}
    return nlargest(_WORDS_MEASURED, words, key=len)


def _parts(word: str) -> list[str]:
    soft = softly(word)
    return [f"{part}-" for part in soft.split(SOFT_HYPHEN)] if SOFT_HYPHEN in soft else [word]


def _need(words: Sequence[str], size: float) -> float:
    return max((width(word, size, strong=True) for word in words), default=0.0) + _INSET


def _too_wide(words: Sequence[str], size: float, wide: float) -> Mapping[str, str]:
    tight = [word for word in words if width(word, size, strong=True) + _INSET > wide]
    return {word: softly(word) for word in tight if SOFT_HYPHEN in softly(word)}


def _balanced(wanted: Sequence[float], needs: Sequence[float], room: float) -> tuple[float, ...]:
    """The wanted widths raised to what is needed, at the cost of the columns that have room to spare."""
    if sum(needs) >= room:
        return tuple(need * room / sum(needs) for need in needs)
    widths = [max(want, need) for want, need in zip(wanted, needs, strict=True)]
    excess = sum(widths) - room
    spare = sum(wide - need for wide, need in zip(widths, needs, strict=True))
    give = excess / spare if spare > 0 else 0.0
    return tuple(wide - (wide - need) * give for wide, need in zip(widths, needs, strict=True))


def _height(row: tuple[Placed, ...], fitted: Fit) -> float:
    lines = 1
    for it in row:
        wide = sum(fitted.widths[it.column : it.column + it.cell.colspan]) - _INSET
        length = sum([len(run.text) for run in it.cell.spans])
        lines = max(lines, ceil(length * _LETTER * fitted.size / max(wide, 10.0) / it.cell.rowspan))
    return lines * _LINE * fitted.size + 7.2


def _groups(rows: Sequence[tuple[Placed, ...]]) -> Iterator[range]:
    """Runs of rows that spanning cells tie together."""
    start = 0
    while start < len(rows):
        end, row = start + 1, start
        while row < end:
            end = max(end, *(row + it.cell.rowspan for it in rows[row])) if rows[row] else end
            row += 1
        yield range(start, end)
        start = end


def _cell(it: Placed, table: Table, fitted: Fit, labels: Mapping[str, str], *, opening: str, breaks: bool) -> str:
    cell = it.cell
    soft = fitted.soft[it.column]
    content = joined(_softened(cell.spans, soft) if soft else cell.spans, labels)
    if cell.tone is not Tone.NONE:
        content = f'chip("{TONE_NAMES[cell.tone]}", {content})'
    head = opening in {"h1", "h2"}
    if cell.strong and not head:
        content = f"b({content})"
    options = "" if cell.colspan == 1 else f", colspan: {cell.colspan}"
    if cell.rowspan > 1:
        options += f", rowspan: {cell.rowspan}"
    own = table.columns[it.column].align
    align = cell.align or (Align.RIGHT if cell.amount is not None and own is Align.LEFT else own)
    if align is not own and not head:
        options += f", align: {_ALIGN[align]}"
    if breaks:
        options += ", breakable: true"
    if opening != "c":
        return f"{opening}({content if head else f'b({content})'}{options})"
    return f"c({content}{options})" if options else content


def _softened(line: Line, soft: Mapping[str, str]) -> Line:
    spans = []
    for run in line:
        text = run.text
        for word, broken in soft.items():
            text = text.replace(word, broken)
        spans.append(replace(run, text=text))
    return tuple(spans)


def table_source(table: Table, labels: Mapping[str, str], *, room: float, height: float) -> str:
    """The table as one call of `tab`; `room` and `height` are the width and height of the page's text in points."""
    count = len(table.columns)
    header = place(table.header, count, table.key)
    body = place(table.body, count, table.key)
    fitted = fit(table, [*header, *body], room)
    heads = []
    for row in header:
        opening = "h2" if all(_COLUMN_NUMBER.fullmatch(it.cell.text) for it in row) else "h1"
        heads += [_cell(it, table, fitted, labels, opening=opening, breaks=False) for it in row]
    lines, total = [], sum(_height(row, fitted) for row in header)
    for group in _groups(body):
        tall = [_height(body[number], fitted) for number in group]
        total += sum(tall)
        torn = len(group) > 1 and sum(tall) > _LONG_ROW * height
        for number, row_height in zip(group, tall, strict=True):
            opening = ("c", "l1", "l2")[min(table.body[number].level, 2)]
            breaks = torn or row_height > _LONG_ROW * height
            cells = [_cell(it, table, fitted, labels, opening=opening, breaks=breaks) for it in body[number]]
            joined_cells = ", ".join(cells)
            names = _names_group(table, number)
            lines.append(f"table.header(level: 2, repeat: true, {joined_cells})" if names else joined_cells)
    options = _options(table, fitted, labels, heads, keep=total < _SHORT_TABLE * height)
    return ",\n".join([f"tab({options}", *lines]) + ")"


def _names_group(table: Table, number: int) -> bool:
    """Whether a row names the rows below it: it then stays with them and is repeated where they go on."""
    if number + 1 >= len(table.body):
        return False
    here, after = table.body[number].cells, table.body[number + 1].cells
    return len(here) == 1 and here[0].colspan == len(table.columns) > 1 and len(after) > 1


def _options(table: Table, fitted: Fit, labels: Mapping[str, str], heads: Sequence[str], *, keep: bool) -> str:
    caption = f"caption: {literal(table.caption)}" if table.caption or table.number else "caption: none"
    options = [
        f'key: "{labels[table.key]}"' if table.key in labels else "key: none",
        f"number: {literal(table.number)}" if table.number else "number: none",
        caption,
        f"columns: ({''.join(f'{wide:.1f}fr, ' for wide in fitted.widths)})",
        f"align: ({''.join(f'{_ALIGN[column.align]}, ' for column in table.columns)})",
        f"size: {fitted.size}pt",
        f"keep: {str(keep).lower()}",
        f"header: ({''.join(f'{head}, ' for head in heads)})",
    ]
    if table.notes:
        options.append(f"notes: ({''.join(f'{joined(note, labels)}, ' for note in table.notes)})")
    if table.source:
        options.append(f"source: {literal(table.source)}")
    return ", ".join(options)
