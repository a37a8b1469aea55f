"""The cells of a table without rules: its columns by the air between words, its rows by their figures, its header with spans."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selaras.documents.read.pdf_lines import Strip
from selaras.documents.read.pdf_sheet import Word

_CELL_GAP = 0.8  # of the font size: between two cells on one line
THIN = 1.5  # points: the least air between two columns
_NEXT_ROW = 1.6  # of the font size: lines of one cell stand closer
_SAME_AIR = 0.97  # of the widest air: as wide as that
_EVEN = 2.0  # points: so near to each other left edges are the same
_SAME_EDGE = 6.0  # points
_OFF = 0.15  # of the width that a title stands over: so far from its middle it may be
FIGURE = re.compile(r"(?:Rp\.?)?[(-]?\d[\d.,]*(?:,-)?\)?%?|[-–]|N/?A", re.IGNORECASE)
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)]?")
_TOTAL = re.compile(r"(?:sub\s*)?(?:jumlah|total|rata-rata|nilai\s+akhir)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell over the columns `first` to `last`, `high` rows high."""

    words: tuple[Word, ...]
    first: int
    last: int
    high: int = 1


def is_figure(words: Sequence[Word]) -> bool:
    """Whether a cell holds a figure and nothing else."""
    return bool(words) and all(FIGURE.fullmatch(word.text) or word.text == "Rp" for word in words)


def chunks(line: Strip) -> list[list[Word]]:
    """The words of a line, parted at wide air."""
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right < _CELL_GAP * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def column_edges(body: Sequence[Strip], header: Sequence[Strip]) -> list[float]:
    """Edges of columns: upright stretches without a word, wide in most rows, beside figures, or between two titles."""
    bare = [line for line in body if not _label(line)]
    body = bare or body  # a total has one name over several columns
    taken = sorted((word.left, word.right) for line in body for word in line.words)
    gaps, end = [], taken[0][1]
    for left, right in taken:
        if left - end > THIN:
            gaps.append((end, left))
        end = max(end, right)
    sure = [gap for gap in gaps if _parts(body, *gap)]
    sure += _between_titles(gaps, sure, header)
    words = [word for line in header for word in line.words]
    edges = [taken[0][0] - 2, *(_clear(gap, words) for gap in sorted(sure)), end + 2]
    inner = [at for at in edges[1:-1] if not words or _headed(at, edges, words)]
    return [edges[0], *inner, edges[-1]]


def _clear(gap: tuple[float, float], titles: Sequence[Word]) -> float:
    """Where the edge goes within its gap: into the widest stretch that no title crosses."""
    left, right = gap
    free, at = [], left
    for word in sorted(titles, key=lambda word: word.left):
        if word.left > at:
            free.append((min(word.left, right) - at, at))
        at = max(at, word.right)
        if at >= right:
            break
    else:
        free.append((right - at, at))
    wide, start = max(free, default=(0.0, left))
    return start + wide / 2 if wide > 0 else (left + right) / 2


def _between_titles(
    gaps: Sequence[tuple[float, float]], sure: Sequence[tuple[float, float]], header: Sequence[Strip]
) -> list[tuple[float, float]]:
    """The widest gap between the middles of two titles that stand side by side, where none is sure."""
    found = []
    for line in header:
        middles = [(chunk[0].left + chunk[-1].right) / 2 for chunk in chunks(line)]
        for left, right in pairwise(middles):
            between = [gap for gap in gaps if left < sum(gap) / 2 < right]
            if between and not any(gap in sure or gap in found for gap in between):
                found.append(max(between, key=lambda gap: gap[1] - gap[0]))
    return found


def _parts(body: Sequence[Strip], left: float, right: float) -> bool:
    """Whether air parts two columns: in the lines whose words come up to it, it is wide, beside a figure, or even."""
    beside = parted = 0
    starts: list[float] = []
    ends: set[str] = set()
    for line in body:
        before = [word for word in line.words if word.right <= left]
        after = [word for word in line.words if word.left >= right]
        if not before or not after:
            continue
        last, following = before[-1], after[0]
        if last.right < left - _EVEN and following.left > right + _EVEN:
            continue  # an empty cell lies between them
        wide = following.left - last.right > _CELL_GAP * line.size
        figures = FIGURE.fullmatch(last.text) or FIGURE.fullmatch(following.text) or _ITEM.fullmatch(last.text)
        beside += 1
        starts.append(following.left)
        ends.add(last.text)
        parted += bool(wide or figures)
    even = sum(abs(start - starts[0]) < _EVEN for start in starts)
    return beside > 0 and (3 * parted >= 2 * beside or (len(ends) >= 3 and 10 * even >= 9 * beside))


def _label(line: Strip) -> int:
    """How many words name a total: they run over the columns before its figures."""
    if not _TOTAL.match(line.text):
        return 0
    first = chunks(line)[0]
    figure = next((number for number, word in enumerate(first) if FIGURE.fullmatch(word.text)), len(first))
    return figure if figure < len(line.words) else 0


def _headed(at: float, edges: Sequence[float], header: Sequence[Word]) -> bool:
    """Whether a word of the header stands right of the edge: a column without a title is none, but of figures' units."""
    right = min(edge for edge in edges if edge > at)
    return any(at < word.middle[0] < right or (word.left < right and word.right > at) for word in header)


def body_rows(body: Sequence[Strip], edges: Sequence[float], *, split: bool = False) -> list[list[Spanned]]:
    """The cells of each row. A row begins at the widest air between two lines that hold figures or an item's number.

    The air is looked for in the column with most lines, because what stands over several rows is set in the middle.
    `split` says that the rest of a row of the page before may come first.
    """
    anchors = _anchors(body, edges)
    if not anchors:
        return []
    lines = [_cells([line], edges) for line in body]
    wordy = max(range(len(edges) - 1), key=lambda column: sum(bool(cells[column].words) for cells in lines))
    shown = {n for n, cells in enumerate(lines) if cells[wordy].words}
    starts = [0]
    if split and anchors[0] in shown and (begin := _first_row(body, anchors[0])):
        starts.append(begin)
    for before, after in pairwise(anchors):
        places = [n for n in range(before, after + 1) if n in (before, after) or n in shown]
        air = [(body[b].middle - body[a].middle, b) for a, b in pairwise(places)]
        widest = max(gap for gap, _ in air)
        starts.append(max(n for gap, n in air if gap > _SAME_AIR * widest))
    tops = [(body[start].middle + body[_above(start, shown, anchors)].middle) / 2 if start else 0.0 for start in starts]
    rows: list[list[list[Word]]] = [[[] for _ in edges[1:]] for _ in starts]
    for column in range(len(edges) - 1):
        stack = [(line, cells[column].words) for line, cells in zip(body, lines, strict=True) if cells[column].words]
        for piece in _pieces(stack):
            level = sum(abs(line.middle - body[n].middle) < 0.1 * line.size for line, _ in piece for n in anchors)
            whole = column != wordy and level < 2  # else the lines stand beside the figures of several rows
            for line, words in piece:
                rows[_row((piece[0][0] if whole else line).middle, tops)][column].extend(words)
    return [[Spanned(tuple(words), n, n) for n, words in enumerate(row)] for row in rows]


def _above(start: int, shown: Collection[int], anchors: Sequence[int]) -> int:
    """The line above that the air before `start` was measured from."""
    return next((n for n in range(start - 1, 0, -1) if n in shown or n in anchors), 0)


def _first_row(body: Sequence[Strip], anchor: int) -> int:
    """Where the first whole row begins: at air wider than that between the lines before it; 0 where there is none."""
    air = [
        (after.middle - before.middle, number) for number, (before, after) in enumerate(pairwise(body[: anchor + 1]), 1)
    ]
    if not air:
        return 0
    widest, begin = max(air)
    even = len({round(gap) for gap, _ in air}) == 1
    return anchor if even else begin if widest > 1.1 * min(gap for gap, _ in air) else 0


def _anchors(body: Sequence[Strip], edges: Sequence[float]) -> list[int]:
    """The lines that a row is known by: with figures right of its first column, or with a number in it."""
    found: list[int] = []
    for number, line in enumerate(body):
        figured = any(is_figure(cell.words) for cell in _cells([line], edges)[1:])
        if not figured and not _numbered(line, edges):
            continue
        if not found or line.middle - body[found[-1]].middle > 0.7 * line.size:
            found.append(number)
    return found


def _pieces(stack: Sequence[tuple[Strip, tuple[Word, ...]]]) -> list[list[tuple[Strip, tuple[Word, ...]]]]:
    """The lines of one column, parted where the air is wider than between the lines of one cell."""
    close = min((after[0].middle - before[0].middle for before, after in pairwise(stack)), default=0.0)
    found: list[list[tuple[Strip, tuple[Word, ...]]]] = []
    for item in stack:
        if found and item[0].middle - found[-1][-1][0].middle < 1.04 * close and close < _NEXT_ROW * item[0].size:
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _row(place: float, tops: Sequence[float]) -> int:
    return max((number for number, top in enumerate(tops) if top <= place + 0.1), default=0)


def _numbered(line: Strip, edges: Sequence[float]) -> bool:
    first = [word for word in line.words if word.middle[0] < edges[1]]
    return len(first) == 1 and bool(_ITEM.fullmatch(first[0].text))


def _cells(lines: Sequence[Strip], edges: Sequence[float]) -> list[Spanned]:
    cells: list[list[Word]] = [[] for _ in edges[1:]]
    for line in lines:
        name = _label(line)
        for number, word in enumerate(line.words):
            cells[_column(line.left + 1 if number < name else word.middle[0], edges)].append(word)
    return [Spanned(tuple(words), number, number) for number, words in enumerate(cells)]


def _column(x: float, edges: Sequence[float]) -> int:
    return next((number for number, edge in enumerate(edges[1:-1]) if x < edge), len(edges) - 2)


def header_rows(lines: Sequence[Strip], edges: Sequence[float]) -> list[list[Spanned]]:
    """One row of titles, or two where a title stands over several columns."""
    groups = [(chunk, reach) for line in lines for chunk in chunks(line) if (reach := _over(chunk, lines, edges))]
    single = _cells(lines, edges)
    if not groups:
        return [single]
    taken = {word for chunk, _ in groups for word in chunk}
    covered = {number for _, (first, last) in groups for number in range(first, last + 1)}
    upper = [Spanned(tuple(chunk), first, last) for chunk, (first, last) in groups]
    upper += [Spanned(cell.words, cell.first, cell.last, 2) for cell in single if cell.first not in covered]
    lower = [
        Spanned(tuple(word for word in cell.words if word not in taken), cell.first, cell.last)
        for cell in single
        if cell.first in covered
    ]
    return [sorted(upper, key=lambda cell: cell.first), lower]


def _over(chunk: Sequence[Word], lines: Sequence[Strip], edges: Sequence[float]) -> tuple[int, int] | None:
    """The columns below a title that stands over several: each has a title of its own below it, and it is their middle."""
    left, right = chunk[0].left, max(word.right for word in chunk)
    bottom = max(word.bottom for word in chunk)
    own = {_column(x, edges) for x in (left, (left + right) / 2, right)}
    titled = {
        _column(word.middle[0], edges) for line in lines for word in line.words if word.top > bottom - 0.2 * word.size
    }
    beside = {
        _column(word.middle[0], edges)
        for line in lines
        for word in line.words
        if word.top < bottom and not any(word is it for it in chunk) and word.bottom > chunk[0].top
    }
    best: tuple[float, int, int] | None = None
    for first in range(min(own) + 1):
        for last in range(max(own), len(edges) - 1):
            reach = range(first, last + 1)
            if len(reach) < 2 or not titled.issuperset(reach) or beside.intersection(reach):
                continue
            away = abs((edges[first] + edges[last + 1]) / 2 - (left + right) / 2)
            if away > _OFF * (edges[last + 1] - edges[first]) and left - edges[first] > _SAME_EDGE:
                continue
            if best is None or (away // _SAME_EDGE, first - last) < (best[0] // _SAME_EDGE, best[1] - best[2]):
                best = away, first, last
    if best is None:
        return None
    _, first, last = best
    return first, last
