"""Tables held together by alignment alone: figures that stand exactly above each other, in columns that nothing crosses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from selaras.documents.read.headings import LEADERS
from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_lines import Strip
from selaras.documents.read.pdf_sheet import Word

_WIDE_GAP = 1.6  # of the font size: a gap between two cells
_SAME_EDGE = 3.0
_FIGURE = re.compile(r"(?:Rp\.?\s?)?[(-]?\d[\d.,]*(?:,-)?\)?\s?%?|-|–|N/?A|100\s?%", re.IGNORECASE)
ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)\]]")


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


def _chunks(line: Strip) -> list[list[Word]]:
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


def figure_edge(line: Strip) -> float | None:
    """The right edge of a line that ends with a figure after a wide gap."""
    if any(word.turned for word in line.words) or LEADERS.search(line.text):
        return None
    parts = _chunks(line)
    last = " ".join(word.text for word in parts[-1])
    if len(parts) < 2 or not _FIGURE.fullmatch(last) or not re.search(r"\d", last):
        return None
    first = " ".join(word.text for word in parts[0])
    return None if len(parts) == 2 and ITEM.fullmatch(first) else line.right


def _run(lines: Sequence[Strip], at: int) -> int:
    """The last line of a run that begins at `at`, or `at` itself: rows end at one edge, at most two lines lie between."""
    edge = figure_edge(lines[at])
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
        begins = bool(ITEM.fullmatch(line.words[0].text)) or not table.rows
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
