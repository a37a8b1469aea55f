"""Text side by side: columns of running text, and tables that are held together by alignment alone.

Both are taken for what they seem only with good reason: prose must fill both columns, a table must have figures that
stand exactly above each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selaras.documents.read.headings import LEADERS
from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_characters import Word
from selaras.documents.read.pdf_lines import Strip, strips

_GUTTER = 10.0  # points: narrower gaps part no columns
_FEWEST_LINES = 5
_LEAST_HEIGHT = 50.0
_WORDS_A_LINE = 2.5
_WIDE_GAP = 1.6  # of the font size: a gap between two cells
_SAME_EDGE = 3.0
_FIGURE = re.compile(r"(?:Rp\.?\s?)?[(-]?\d[\d.,]*(?:,-)?\)?\s?%?|-|–|N/?A|100\s?%", re.IGNORECASE)
_PAGE = re.compile(r"(?:[IVXL\d]{1,5}\s?[-–.]\s?)?[\divxl]{1,5}", re.IGNORECASE)
_ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)\]]")


@dataclass(slots=True)
class Region:
    """Words that are read as one column, from top to bottom."""

    words: list[Word]
    left: float
    right: float

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)


def regions(words: list[Word], boxes: Sequence[Bounds]) -> list[Region]:
    """The words parted into columns of running text, in reading order; one region where there are no columns.

    `boxes` are tables and call-outs: text above and below them is not one column.
    """
    upright = [word for word in words if not word.turned]
    gutter = _gutter(upright, boxes)
    if gutter is None:
        return [_region(words)] if words else []
    at, top, bottom = gutter
    parts: tuple[list[Word], ...] = ([], [], [], [])
    for word in words:
        y = word.middle[1]
        place = 0 if y < top else 3 if y > bottom else 1 if word.middle[0] < at else 2
        parts[place].append(word)
    before, left, right, after = parts
    found = [_region(before)] if before else []
    found += [_region(part) for part in (left, right) if part]
    return found + regions(after, boxes) if after else found


def _region(words: list[Word]) -> Region:
    return Region(words, min(word.left for word in words), max(word.right for word in words))


def _gutter(words: list[Word], boxes: Sequence[Bounds]) -> tuple[float, float, float] | None:
    """Where two columns of prose are parted: x, and the y between which no word crosses it."""
    if len(words) < 2 * _FEWEST_LINES * _WORDS_A_LINE:
        return None
    left, right = min(word.left for word in words), max(word.right for word in words)
    best: tuple[float, float, float] | None = None
    for step in range(30, 71, 2):
        at = left + (right - left) * step / 100
        for top, bottom in _free(words, boxes, at):
            tall = bottom - top
            if (best is None or tall > best[2] - best[1] + 1) and _prose_beside(words, at, top, bottom):
                best = at, top, bottom
    return best


def _free(words: list[Word], boxes: Sequence[Bounds], at: float) -> list[tuple[float, float]]:
    """Stretches of y, at least some lines high, in which nothing crosses the upright line at `at`."""
    low, high = at - _GUTTER / 2, at + _GUTTER / 2
    walls = [(word.top, word.bottom) for word in words if word.left < high and word.right > low]
    walls += [(top, bottom) for left, top, right, bottom in boxes if left < at < right]
    start = min(word.top for word in words) - 1
    end = max(word.bottom for word in words) + 1
    free = []
    for top, bottom in sorted([*walls, (end, end)]):
        if top - start > _LEAST_HEIGHT:
            free.append((start, top))
        start = max(start, bottom)
    return free


def _prose_beside(words: list[Word], at: float, top: float, bottom: float) -> bool:
    inside = [word for word in words if top <= word.top and word.bottom <= bottom]
    return _is_prose([word for word in inside if word.right < at]) and _is_prose(
        [word for word in inside if word.left > at]
    )


def _is_prose(words: list[Word]) -> bool:
    if len(words) < _FEWEST_LINES * _WORDS_A_LINE:
        return False
    lines = strips(words)
    wide = max(line.right for line in lines) - min(line.left for line in lines)
    full = [line for line in lines if line.right - line.left > 0.75 * wide]
    letters = sum(word.text[0].isalpha() for word in words)
    long = len(words) >= _WORDS_A_LINE * len(lines)
    return len(lines) >= _FEWEST_LINES and long and 3 * len(full) >= 2 * len(lines) and 4 * letters >= 3 * len(words)


@dataclass(slots=True)
class Aligned:
    """A table without rules: the lines that it takes, its columns' edges, and the words of each cell by row."""

    first: int
    last: int
    edges: list[float]
    rows: list[list[list[Word]]] = field(default_factory=list)
    bounds: Bounds = (0.0, 0.0, 0.0, 0.0)


def aligned_tables(lines: Sequence[Strip], marks: Sequence[Bounds] = ()) -> list[Aligned]:
    """Runs of at least three rows whose last cell is a figure with a common right edge, in columns that nothing crosses.

    `marks` are things drawn on the page that hold no text: where they stand among the figures, it is a chart.
    """
    found = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        table = _aligned(lines, at, end) if end > at else None
        if table and not any(_inside(mark, table.bounds) for mark in marks):
            found.append(table)
            at = end + 1
        else:
            at += 1
    return found


@dataclass(slots=True)
class Beside:
    """Lines `first` to `last` that stand in two columns, such as signatures: the lines of the left and of the right one."""

    first: int
    last: int
    left: list[Strip]
    right: list[Strip]


def side_by_side(lines: Sequence[Strip]) -> list[Beside]:
    """Runs of lines with one wide gap at one place; labels before a colon and lines that end with a figure are none."""
    found = []
    at = 0
    while at < len(lines):
        beside = _beside(lines, at)
        if beside:
            found.append(beside)
            at = beside.last + 1
        else:
            at += 1
    return found


def _beside(lines: Sequence[Strip], at: int) -> Beside | None:
    gap = _one_gap(lines[at])
    if gap is None:
        return None
    start, end = gap
    left, right, last, pairs = [], [], at, 0
    for number in range(at, len(lines)):
        line = lines[number]
        apart = line.top - lines[number - 1].bottom if number > at else 0.0
        if apart > 9 * line.size or line.words[0].turned:
            break
        low = max(start, max((word.right for word in line.words if word.middle[0] < (start + end) / 2), default=start))
        high = min(end, min((word.left for word in line.words if word.middle[0] >= (start + end) / 2), default=end))
        if high - low < _GUTTER or (number > at and _figure_edge(line) is not None):
            break
        here = [word for word in line.words if word.right <= low], [word for word in line.words if word.left >= high]
        if not here[1] and apart > 1.2 * line.size:
            break
        start, end, last, pairs = low, high, number, pairs + all(bool(part) for part in here)
        left += [Strip(here[0])] if here[0] else []
        right += [Strip(here[1])] if here[1] else []
    return Beside(at, last, left, right) if pairs >= 2 else None


def _one_gap(line: Strip) -> tuple[float, float] | None:
    """The only gap of a line that is wider than two letters."""
    if line.words[0].turned or LEADERS.search(line.text) or _figure_edge(line) is not None:
        return None
    gaps = [
        (a.right, b.left) for a, b in zip(line.words, line.words[1:], strict=False) if b.left - a.right > 2 * b.size
    ]
    if len(gaps) != 1 or gaps[0][1] - gaps[0][0] < 1.4 * _GUTTER:
        return None
    before = " ".join(word.text for word in line.words if word.right <= gaps[0][0])
    after = " ".join(word.text for word in line.words if word.left >= gaps[0][1])
    if _PAGE.fullmatch(after):
        return None
    return None if _ITEM.fullmatch(before) or before.endswith(":") or after.startswith(":") else gaps[0]


def chunks(line: Strip) -> list[list[Word]]:
    """The words of a line, parted at wide gaps."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right < _WIDE_GAP * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def _inside(mark: Bounds, bounds: Bounds) -> bool:
    x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
    return bounds[0] < x < bounds[2] and bounds[1] < y < bounds[3]


def _figure_edge(line: Strip) -> float | None:
    """The right edge of a line that ends with a figure after a wide gap."""
    if any(word.turned for word in line.words) or LEADERS.search(line.text):
        return None
    parts = chunks(line)
    last = " ".join(word.text for word in parts[-1])
    if len(parts) < 2 or not _FIGURE.fullmatch(last) or not re.search(r"\d", last):
        return None
    first = " ".join(word.text for word in parts[0])
    return None if len(parts) == 2 and _ITEM.fullmatch(first) else line.right


def _run(lines: Sequence[Strip], at: int) -> int:
    """The last line of a run that begins at `at`, or `at` itself: rows end at one edge, at most two lines lie between."""
    edge = _figure_edge(lines[at])
    if edge is None:
        return at
    last, rows = at, 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        apart = line.top - lines[number - 1].bottom
        if apart > 2.6 * line.size:
            break
        if _ends_at(line, edge):
            last, rows = number, rows + 1
        elif number - last > 2 or line.right > edge + _SAME_EDGE:
            break
        elif number == last + 1 and apart < 0.4 * line.size:
            last = number  # the rest of a text that was too long for its line
    return last if rows >= 3 else at


def _ends_at(line: Strip, edge: float) -> bool:
    last = line.words[-1]
    figure = not last.turned and _FIGURE.fullmatch(last.text) and any(char.isdigit() for char in last.text)
    return bool(figure) and abs(line.right - edge) <= _SAME_EDGE and not LEADERS.search(line.text)


def _aligned(lines: Sequence[Strip], first: int, last: int) -> Aligned | None:
    inside = list(lines[first : last + 1])
    edge = lines[first].right
    rows = [line for line in inside if _ends_at(line, edge)]
    words = [word for line in inside for word in line.words]
    edges = _edges(words, rows)
    if len(edges) < 3:
        return None
    table = Aligned(first, last, edges, bounds=_bounds(words))
    open_row = False  # a row whose figure is still to come
    for line in inside:
        cells, ends = _cells(line, edges), _ends_at(line, edge)
        begins = bool(_ITEM.fullmatch(line.words[0].text)) or not table.rows
        if begins or (ends and not open_row):
            table.rows.append(cells)
            open_row = not ends
            continue
        for cell, more in zip(table.rows[-1], cells, strict=True):
            cell.extend(more)
        open_row = open_row and not ends
    return table


def _bounds(words: list[Word]) -> Bounds:
    return (
        min(word.left for word in words), min(word.top for word in words),
        max(word.right for word in words), max(word.bottom for word in words),
    )  # fmt: skip


def _edges(words: list[Word], rows: list[Strip]) -> list[float]:
    """Edges of columns: upright stretches that no word touches, wide enough in most rows."""
    taken = sorted((word.left, word.right) for word in words)
    edges, end = [taken[0][0] - 2], taken[0][1]
    for left, right in taken:
        gap = left - end
        if gap > 3 and sum(_has_gap(row, (left + end) / 2) for row in rows) * 3 >= 2 * len(rows):
            edges.append((left + end) / 2)
        end = max(end, right)
    return [*edges, end + 2]


def _has_gap(row: Strip, at: float) -> bool:
    before = [word.right for word in row.words if word.right <= at]
    after = [word.left for word in row.words if word.left >= at]
    return bool(before and after) and min(after) - max(before) > 0.8 * row.size


def _cells(line: Strip, edges: list[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in edges[1:]]
    for word in line.words:
        number = next((n for n in range(len(edges) - 2) if word.middle[0] < edges[n + 1]), len(edges) - 2)
        cells[number].append(word)
    return cells
