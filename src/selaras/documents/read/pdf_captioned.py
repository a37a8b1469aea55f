"""Tables without a single rule: what stands below a caption, in columns that nothing crosses and rows kept apart by air."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selaras.documents.read.captions import label
from selaras.documents.read.headings import DECIMAL, LEADERS
from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_lines import Strip
from selaras.documents.read.pdf_sheet import Word
from selaras.documents.read.pdf_unruled import (
    FIGURE,
    THIN,
    Spanned,
    body_rows,
    chunks,
    column_edges,
    header_rows,
    is_figure,
)

_FAR = 4.0  # of the font size: the table has ended
_APART = 1.7  # of the widest air between two lines so far: what comes is no row
_PROSE = 0.7  # of the width of the page's text
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
_SOURCE = re.compile(r"(?:sumber|catatan|keterangan|ket\.?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Captioned:
    """A table that its caption told: the lines that it takes, its columns' edges, its rows, and where it stands."""

    first: int
    last: int
    edges: list[float]
    rows: list[list[Spanned]]
    header: int
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Begun:
    """What the page before left open: a table with these edges, or, without edges, a caption whose table is to come."""

    edges: tuple[float, ...] = ()


def captioned_tables(
    lines: Sequence[Strip], walls: Sequence[Bounds], marks: Sequence[Bounds] = (), begun: Begun | None = None
) -> list[Captioned]:
    """The tables below captions of a page, and the one that the page before began, where no ruled table stands there.

    `walls` are the tables and call-outs already found, `marks` are things drawn without text: among them it is a chart.
    """
    found: list[Captioned] = []
    if begun and (rest := _rest(lines, walls, begun)):
        found.append(rest)
    for at, line in enumerate(lines):
        if (found and at <= found[-1].last) or not is_caption(line.text):
            continue
        table = _below(lines, at, walls)
        if table and not any(_inside(mark, table.bounds) for mark in marks):
            found.append(table)
    return found


def is_caption(text: str) -> bool:
    """Whether a line is the caption of a table: with a number and a title, and none of a list of tables."""
    told = label(text)
    return bool(told and told.number and told.title and not LEADERS.search(text))


def _inside(mark: Bounds, bounds: Bounds) -> bool:
    x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
    return bounds[0] < x < bounds[2] and bounds[1] < y < bounds[3]


def _below(lines: Sequence[Strip], caption: int, walls: Sequence[Bounds]) -> Captioned | None:
    wide = max(line.right for line in lines) - min(line.left for line in lines)
    first = caption + 1
    while first < len(lines) and first <= caption + 2 and _goes_on(lines[first - 1], lines[first]):
        first += 1
    last = _reach(lines, first, wide, walls)
    return _shrunk(lines, first, last, 1 if last >= len(lines) - 2 else 2)  # at the end of a page it may go on


def _shrunk(lines: Sequence[Strip], first: int, last: int, least: int, *, split: bool = False) -> Captioned | None:
    """The table from `first` on, without the lines at its end that are none of it, with `least` rows or more."""
    while last > first:
        table = _table(lines, first, last, least, split=split)
        if table and table.last == last:
            return table
        if table is None and _is_row(lines[last]):
            return None
        last = table.last if table else last - 1
    return None


def _rest(lines: Sequence[Strip], walls: Sequence[Bounds], begun: Begun) -> Captioned | None:
    """The table at the top of a page, below at most two lines of a running header."""
    if not lines:
        return None
    wide = max(line.right for line in lines) - min(line.left for line in lines)
    for first in range(min(3, len(lines))):
        last = _reach(lines, first, wide, walls) if not _ends(lines[first], wide) else first - 1
        table = _shrunk(lines, first, last, 1 if begun.edges else 2, split=bool(begun.edges))
        if table and begun.edges:
            same = len(table.edges) == len(begun.edges)
            return replace(table, edges=list(begun.edges)) if same else None
        if table:
            return table
        if begun.edges and last >= first and (table := _headless(lines, first, last, begun.edges)):
            return table
    return None


def _headless(lines: Sequence[Strip], first: int, last: int, edges: Sequence[float]) -> Captioned | None:
    """Rows without a header in the columns of the page before, as far as no word crosses them."""
    inside = list(lines[first : last + 1])
    kept = next((number for number, line in enumerate(inside) if _crosses(line, edges)), len(inside))
    if not kept:
        return None
    own = column_edges(inside[:kept], ())
    rows = body_rows(inside[:kept], own if len(own) == len(edges) else edges, split=True)
    if not rows or not any(is_figure(cell.words) for row in rows for cell in row[1:]):
        return None
    words = [word for line in inside[:kept] for word in line.words]
    return Captioned(first, first + kept - 1, list(edges), rows, 0, _bounds(words))


def _goes_on(line: Strip, after: Strip) -> bool:
    """The second line of a caption: of the same style, right below, in one piece around the same middle."""
    middle, other = (line.left + line.right) / 2, (after.left + after.right) / 2
    near = after.top - line.bottom < 0.6 * line.size and abs(middle - other) < 0.15 * (line.right - line.left)
    return near and len(chunks(after)) == 1 and line.bold == after.bold and abs(line.size - after.size) < 0.5


def _reach(lines: Sequence[Strip], first: int, wide: float, walls: Sequence[Bounds]) -> int:
    """The last line that may belong to a table that begins at `first`."""
    air, rows = 0.0, 0  # the widest air between two lines since the first figures
    for number in range(first, len(lines)):
        line, before = lines[number], lines[number - 1]
        apart = line.middle - before.middle
        walled = any(before.middle < wall[3] and wall[1] < line.middle for wall in walls)
        far = line.top - before.bottom > _FAR * line.size or (rows > 2 and apart > _APART * max(air, 1.2 * line.size))
        larger = number > first and line.size > lines[first].size + 1
        titles = number == first and line.bold and not before.bold
        ended = _ends(line, wide) and not titles
        if walled or far or larger or ended or is_caption(line.text) or any(word.turned for word in line.words):
            return number - 1
        rows += any(is_figure(chunk) for chunk in chunks(line)[1:])
        air = max(air, apart) if rows else air
    return len(lines) - 1


def _ends(line: Strip, wide: float) -> bool:
    """Running text, a heading with its number, or the source named below a table."""
    text = line.text
    if _SOURCE.match(text) or LEADERS.search(text):
        return True
    if _is_row(line):
        return False
    return line.right - line.left > _PROSE * wide or bool(DECIMAL.match(text))


def _is_row(line: Strip) -> bool:
    """Whether a line is more than running text: it has wide air, or ends with two figures."""
    return len(chunks(line)) > 1 or (len(line.words) > 2 and all(FIGURE.fullmatch(it.text) for it in line.words[-2:]))


def _table(lines: Sequence[Strip], first: int, last: int, least: int, *, split: bool) -> Captioned | None:
    """The table of these lines, perhaps of fewer: a line at the end that runs over its columns is none of it."""
    inside = list(lines[first : last + 1])
    head = _head(inside)
    body = inside[head:]
    if not head or not body:
        return None
    edges = column_edges(body, inside[:head])
    if len(edges) < 3:
        return None
    kept = len(body)
    while kept and _crosses(body[kept - 1], edges):
        kept -= 1
    body = body[:kept]
    rows = body_rows(body, edges, split=split)
    figures = sum(any(is_figure(cell.words) for cell in row[1:]) for row in rows)
    full = any(sum(is_figure(cell.words) for cell in row[1:]) > 1 for row in rows)
    if len(rows) < (1 if full else least) or 2 * figures < len(rows):
        return None
    words = [word for line in (*inside[:head], *body) for word in line.words]
    header = header_rows(inside[:head], edges)
    return Captioned(first, first + head + kept - 1, edges, [*header, *rows], len(header), _bounds(words))


def _bounds(words: Sequence[Word]) -> Bounds:
    return (
        min(word.left for word in words), min(word.top for word in words),
        max(word.right for word in words), max(word.bottom for word in words),
    )  # fmt: skip


def _head(lines: Sequence[Strip]) -> int:
    """How many lines at the top are the header: the bold ones, else those before the first figure."""
    heavy = next((number for number, line in enumerate(lines) if not line.bold), len(lines))
    plain = sum(not line.bold for line in lines)
    if heavy and plain:
        return heavy
    for number, line in enumerate(lines):
        figures = [word.text for word in line.words if FIGURE.fullmatch(word.text) and re.search(r"\d", word.text)]
        counted = all(_COUNTED.fullmatch(word.text) for word in line.words)
        if not counted and any(not _YEAR.fullmatch(text) for text in figures):
            return _row_begins(lines, number)
    return 0


def _row_begins(lines: Sequence[Strip], number: int) -> int:
    """The first line of the row that line `number` stands in: its text may begin above its figures."""
    while number > 1 and lines[number].middle - lines[number - 1].middle < 0.9 * lines[number].size:
        number -= 1
    return number


def _crosses(line: Strip, edges: Sequence[float]) -> bool:
    """A line in one piece that runs over an edge, or that is set apart as a heading."""
    if _is_row(line):
        return False
    return any(line.left < at - THIN and at + THIN < line.right for at in edges[1:-1])
