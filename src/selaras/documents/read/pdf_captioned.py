"""Tables without a single rule: what stands below a caption, in columns that nothing crosses and rows kept apart by air."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selaras.documents.read.captions import label
from selaras.documents.read.headings import DECIMAL, LEADERS
from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_lines import Strip
from selaras.documents.read.pdf_sheet import Word

_FAR = 4.0  # of the font size: the table has ended
_CELL_GAP = 0.8  # of the font size: between two cells on one line
_THIN = 1.5  # points: the least air between two columns
_NEXT_ROW = 1.6  # of the font size: lines of one cell stand closer
_SAME_AIR = 0.97
_EVEN = 2.0  # points: so near to each other left edges are the same
_APART = 1.7  # of the widest air between two lines so far: what comes is no row
_PROSE = 0.7  # of the width of the page's text
_SAME_EDGE = 6.0
_OFF = 0.15  # of the width that a title stands over: so far from its middle it may be
_FIGURE = re.compile(r"(?:Rp\.?)?[(-]?\d[\d.,]*(?:,-)?\)?%?|[-–]|N/?A", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\(?\d{1,2}\)?")
_ITEM = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)]?")
_TOTAL = re.compile(r"(?:sub\s*)?(?:jumlah|total|rata-rata|nilai\s+akhir)\b", re.IGNORECASE)
_SOURCE = re.compile(r"(?:sumber|catatan|keterangan|ket\.?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell over the columns `first` to `last`, `high` rows high."""

    words: tuple[Word, ...]
    first: int
    last: int
    high: int = 1


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
    own = _edges(inside[:kept], ())
    rows = _rows(inside[:kept], own if len(own) == len(edges) else edges, split=True)
    if not rows or not any(_is_figure(cell.words) for row in rows for cell in row[1:]):
        return None
    words = [word for line in inside[:kept] for word in line.words]
    return Captioned(first, first + kept - 1, list(edges), rows, 0, _bounds(words))


def _goes_on(line: Strip, after: Strip) -> bool:
    """The second line of a caption: of the same style, right below, in one piece around the same middle."""
    middle, other = (line.left + line.right) / 2, (after.left + after.right) / 2
    near = after.top - line.bottom < 0.6 * line.size and abs(middle - other) < 0.15 * (line.right - line.left)
    return near and len(_chunks(after)) == 1 and line.bold == after.bold and abs(line.size - after.size) < 0.5


def _chunks(line: Strip) -> list[list[Word]]:
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right < _CELL_GAP * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


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
        rows += any(_is_figure(chunk) for chunk in _chunks(line)[1:])
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
    return len(_chunks(line)) > 1 or (len(line.words) > 2 and all(_FIGURE.fullmatch(it.text) for it in line.words[-2:]))


def _table(lines: Sequence[Strip], first: int, last: int, least: int, *, split: bool) -> Captioned | None:
    """The table of these lines, perhaps of fewer: a line at the end that runs over its columns is none of it."""
    inside = list(lines[first : last + 1])
    head = _head(inside)
    body = inside[head:]
    if not head or not body:
        return None
    edges = _edges(body, inside[:head])
    if len(edges) < 3:
        return None
    kept = len(body)
    while kept and _crosses(body[kept - 1], edges):
        kept -= 1
    body = body[:kept]
    rows = _rows(body, edges, split=split)
    figures = sum(any(_is_figure(cell.words) for cell in row[1:]) for row in rows)
    full = any(sum(_is_figure(cell.words) for cell in row[1:]) > 1 for row in rows)
    if len(rows) < (1 if full else least) or 2 * figures < len(rows):
        return None
    words = [word for line in (*inside[:head], *body) for word in line.words]
    header = _header(inside[:head], edges)
    return Captioned(first, first + head + kept - 1, edges, [*header, *rows], len(header), _bounds(words))


def _bounds(words: Sequence[Word]) -> Bounds:
    return (
        min(word.left for word in words), min(word.top for word in words),
        max(word.right for word in words), max(word.bottom for word in words),
    )  # fmt: skip


def _is_figure(words: Sequence[Word]) -> bool:
    return bool(words) and all(_FIGURE.fullmatch(word.text) or word.text == "Rp" for word in words)


def _head(lines: Sequence[Strip]) -> int:
    """How many lines at the top are the header: the bold ones, else those before the first figure."""
    heavy = next((number for number, line in enumerate(lines) if not line.bold), len(lines))
    plain = sum(not line.bold for line in lines)
    if heavy and plain:
        return heavy
    for number, line in enumerate(lines):
        figures = [word.text for word in line.words if _FIGURE.fullmatch(word.text) and re.search(r"\d", word.text)]
        counted = all(_COUNTED.fullmatch(word.text) for word in line.words)
        if not counted and any(not _YEAR.fullmatch(text) for text in figures):
            return _row_begins(lines, number)
    return 0


def _row_begins(lines: Sequence[Strip], number: int) -> int:
    """The first line of the row that line `number` stands in: its text may begin above its figures."""
    while number > 1 and lines[number].middle - lines[number - 1].middle < 0.9 * lines[number].size:
        number -= 1
    return number


def _edges(body: Sequence[Strip], header: Sequence[Strip]) -> list[float]:
    """Edges of columns: upright stretches without a word, wide in most rows, beside figures, or between two titles."""
    bare = [line for line in body if not _label(line)]
    body = bare or body  # a total has one name over several columns
    taken = sorted((word.left, word.right) for line in body for word in line.words)
    gaps, end = [], taken[0][1]
    for left, right in taken:
        if left - end > _THIN:
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
        middles = [(chunk[0].left + chunk[-1].right) / 2 for chunk in _chunks(line)]
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
        figures = _FIGURE.fullmatch(last.text) or _FIGURE.fullmatch(following.text) or _ITEM.fullmatch(last.text)
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
    first = _chunks(line)[0]
    figure = next((number for number, word in enumerate(first) if _FIGURE.fullmatch(word.text)), len(first))
    return figure if figure < len(line.words) else 0


def _headed(at: float, edges: Sequence[float], header: Sequence[Word]) -> bool:
    """Whether a word of the header stands right of the edge: a column without a title is none, but of figures' units."""
    right = min(edge for edge in edges if edge > at)
    return any(at < word.middle[0] < right or (word.left < right and word.right > at) for word in header)


def _crosses(line: Strip, edges: Sequence[float]) -> bool:
    """A line in one piece that runs over an edge, or that is set apart as a heading."""
    if _is_row(line):
        return False
    return any(line.left < at - _THIN and at + _THIN < line.right for at in edges[1:-1])


def _rows(body: Sequence[Strip], edges: Sequence[float], *, split: bool = False) -> list[list[Spanned]]:
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
            middle = sum(line.middle for line, _ in piece) / len(piece)
            whole = sum(abs(line.middle - body[n].middle) < 0.1 * line.size for line, _ in piece for n in anchors) < 2
            for line, words in piece:
                place = piece[0][0].middle if whole and column != wordy and _over_rows(piece, tops) else line.middle
                place = middle if whole and column != wordy and not _over_rows(piece, tops) else place
                rows[_row(place, tops)][column].extend(words)
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
        figured = any(_is_figure(cell.words) for cell in _cells([line], edges)[1:])
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


def _over_rows(piece: Sequence[tuple[Strip, tuple[Word, ...]]], tops: Sequence[float]) -> bool:
    return _row(piece[0][0].middle, tops) != _row(piece[-1][0].middle, tops)


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


def _header(lines: Sequence[Strip], edges: Sequence[float]) -> list[list[Spanned]]:
    """One row of titles, or two where a title stands over several columns."""
    groups = [(chunk, reach) for line in lines for chunk in _chunks(line) if (reach := _over(chunk, lines, edges))]
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
