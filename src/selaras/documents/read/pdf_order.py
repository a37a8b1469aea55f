"""One page in reading order: tables, call-outs and columns kept apart, lines told as beginning or continuing paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from selaras.documents.read.headings import CHAPTER, DECIMAL, LEADERS, LISTED, PICTURE, TABLE_LABEL
from selaras.documents.read.lines import Bounds, Grid, Line, Piece, Role
from selaras.documents.read.pdf_characters import Sheet, Word
from selaras.documents.read.pdf_columns import Aligned, aligned_tables, regions, side_by_side
from selaras.documents.read.pdf_lattice import Lattice, lattices
from selaras.documents.read.pdf_lines import Strip, cell_text, joined, strips
from selaras.documents.read.pdf_rows import with_rows

_INDENT = 5.0  # points
_LOOSE = 1.12  # of the usual distance of lines: more parts paragraphs
_ROOM = 0.3  # of the column: what a line may leave free before a label that is not parted
_MOST_BOXES = 2_000  # more are a drawing
_LEAST_BOX = 14.0
_FILLED = 0.2  # of a table's cells hold text, at least
_CITING = re.compile(
    r"\b(?:tabel|gambar|grafik|lampiran|nomor|no\.|pasal|ayat|bab|butir|angka|huruf|halaman)$", re.IGNORECASE
)
_MARK = re.compile(r"[-–•*▪‣·✓➢❖o]|\(?[\w.]{1,6}[.)](?:[-–]\w{1,2}[.)])?|\w+:|[IVX]+")
_LED = re.compile(r"(?:[.·…_‧∙]\s?){3,}(?:(?:[IVXL]{1,5}|[A-Z])?\s?[–-]\s?)?(?:\d{1,4}|[ivxl]{1,7})$", re.IGNORECASE)
_BROKEN = re.compile(r"[^\W\d_]-$|[\w.)]/$")
_LABEL = re.compile(r"^[^:]{1,40}\s:\s")


@dataclass(frozen=True, slots=True)
class Block:
    """Something that is read as one: a grid, or lines that belong together. `column` is where it is read among others."""

    items: tuple[Line | Grid, ...]
    bounds: Bounds
    callout: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What stands among the text: tables and call-outs, and marks without text such as the bars of a chart."""

    walls: Sequence[Bounds] = ()
    marks: Sequence[Bounds] = ()


_NONE = _Drawn()


def page_items(sheet: Sheet, page: int, *, known: Collection[str] = ()) -> list[Line | Grid]:
    """Lines and grids of one page in reading order; running headers are still among them."""
    blocks: list[Block] = []
    for lattice in lattices(sheet):
        blocks += _lattice_blocks(lattice, page, known)
    boxes = _loose(sheet, [block.bounds for block in blocks])
    blocks += _callouts(sheet, page, boxes)
    drawn = _Drawn([block.bounds for block in blocks], _marks(sheet, boxes))
    flow: list[Line | Grid] = []
    pieces = regions(sheet.words, drawn.walls)
    for region in pieces:
        lines = strips(region.words)
        narrow = len(pieces) == 1 and region.right - region.left < 0.5 * sheet.width
        right = max(region.right, sheet.width - region.left) if narrow else region.right
        flow += _flow(lines, page, known, (region.left, right), drawn)
    return _woven(flow, blocks) if len(pieces) < 2 else _woven_columns(flow, blocks)


def _woven(flow: list[Line | Grid], blocks: list[Block]) -> list[Line | Grid]:
    """Tables and call-outs put among the lines by height, never into the middle of a paragraph."""
    out = list(flow)
    for block in sorted(blocks, key=lambda it: it.bounds[1], reverse=True):
        middle = (block.bounds[1] + block.bounds[3]) / 2 if block.callout else block.bounds[1]
        at = next((n for n, item in enumerate(flow) if _top(item) >= middle - 3), len(flow))
        while at < len(flow) and _continues(flow[at]):
            at += 1
        out[at:at] = block.items
    return out


def _woven_columns(flow: list[Line | Grid], blocks: list[Block]) -> list[Line | Grid]:
    """The same on a page with columns: a block goes before the first line below it that stands in its column."""
    out = list(flow)
    for block in sorted(blocks, key=lambda it: it.bounds[1], reverse=True):
        left, top, right, _ = block.bounds
        at = next((n for n, item in enumerate(flow) if _top(item) >= top - 3 and _over(item, left, right)), len(flow))
        while at < len(flow) and _continues(flow[at]):
            at += 1
        out[at:at] = block.items
    return out


def _over(item: Line | Grid, left: float, right: float) -> bool:
    return item.bounds is not None and item.bounds[0] < right and item.bounds[2] > left


def _top(item: Line | Grid) -> float:
    return item.bounds[1] if item.bounds else 0.0


def _continues(item: Line | Grid) -> bool:
    return isinstance(item, Line) and item.continues


def _lattice_blocks(lattice: Lattice, page: int, known: Collection[str]) -> list[Block]:
    filled = [area for area in lattice.areas if area.words]
    if not filled:
        return []
    columns = {area.left for area in lattice.areas}
    if len(columns) > 1 and len(filled) > 1 and len(filled) >= _FILLED * len(lattice.areas):
        return [Block((_grid(lattice, page, known),), lattice.bounds)]
    blocks = []
    for area in filled:
        bounds = (lattice.xs[area.left], lattice.ys[area.top], lattice.xs[area.right], lattice.ys[area.bottom])
        lines = _flow(strips(area.words), page, known, (bounds[0], bounds[2]), _NONE)
        blocks.append(Block(tuple(lines), bounds, callout=True))
    return blocks


def _grid(lattice: Lattice, page: int, known: Collection[str]) -> Grid:
    """The lattice without rows and columns in which no cell begins."""
    lattice = with_rows(lattice)
    areas = lattice.areas
    lefts = sorted({area.left for area in areas})
    tops = sorted({area.top for area in areas})
    column = {place: number for number, place in enumerate(lefts)}
    row = {place: number for number, place in enumerate(tops)}
    rows: list[list[Piece]] = [[] for _ in tops]
    for area in sorted(areas, key=lambda area: (area.top, area.left)):
        wide = sum(area.left <= place < area.right for place in column)
        high = sum(area.top <= place < area.bottom for place in row)
        bounds = (lattice.xs[area.left], lattice.ys[area.top], lattice.xs[area.right], lattice.ys[area.bottom])
        content = cell_text(area.words, bounds[2] - bounds[0], known)
        rows[row[area.top]].append(Piece(content, wide, high, bold=_bold(area.words), bounds=bounds))
    edges = (*(lattice.xs[place] for place in lefts), lattice.xs[-1])
    return Grid(tuple(tuple(cells) for cells in rows), page=page, edges=edges, bounds=lattice.bounds)


def _bold(words: Sequence[Word]) -> bool:
    heavy = sum(len(word.text) for word in words if word.bold)
    return bool(words) and 2 * heavy > sum(len(word.text) for word in words)


def _marks(sheet: Sheet, boxes: Sequence[Bounds]) -> list[Bounds]:
    """Boxes without a word in them, and upright rules."""
    middles = [word.middle for word in sheet.words]
    bare = [box for box in boxes if not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in middles)]
    return bare + [(rule.at, rule.start, rule.at, rule.end) for rule in sheet.upright]


def _loose(sheet: Sheet, walls: Sequence[Bounds]) -> list[Bounds]:
    """The boxes that are not shading in a table, large ones first."""
    if len(sheet.boxes) > _MOST_BOXES:
        return []
    boxes = sorted(set(sheet.boxes), key=lambda it: (it[2] - it[0]) * (it[3] - it[1]), reverse=True)
    return [box for box in boxes if not any(_amid(box, wall) for wall in walls)]


def _amid(box: Bounds, wall: Bounds) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return wall[0] < x < wall[2] and wall[1] < y < wall[3]


def _callouts(sheet: Sheet, page: int, boxes: Sequence[Bounds]) -> list[Block]:
    """Filled or framed boxes with words in them, beside which other words stand: they are read by themselves."""
    blocks = []
    for box in boxes:
        left, top, right, bottom = box
        if (right - left) * (bottom - top) > 0.45 * sheet.width * sheet.height or bottom - top < _LEAST_BOX:
            continue
        inside: list[Word] = []
        outside: list[Word] = []
        for word in sheet.words:
            x, y = word.middle
            (inside if left <= x <= right and top <= y <= bottom else outside).append(word)
        if inside and _has_neighbours(outside, box, inside):
            sheet.words = outside
            lines = _flow(strips(inside), page, (), (left, right), _NONE)
            blocks.append(Block(tuple(lines), box, callout=True))
    return blocks


def _has_neighbours(words: Sequence[Word], box: Bounds, inside: Sequence[Word]) -> bool:
    """Other words stand left or right of the box, and none runs over its edge."""
    left, top, right, bottom = box
    if any(word.left < left - 3 or word.right > right + 3 for word in inside):
        return False
    return any(top < word.middle[1] < bottom and not left <= word.middle[0] <= right for word in words)


def _flow(
    lines: list[Strip], page: int, known: Collection[str], sides: tuple[float, float], drawn: _Drawn
) -> list[Line | Grid]:
    """Lines of one column as items: tables by alignment become grids, what stands side by side is read one by one."""
    out: list[Line | Grid] = []
    at = 0
    for table in aligned_tables(lines, drawn.marks):
        out += _pairs(lines[at : table.first], page, sides, drawn.walls)
        out.append(_aligned_grid(table, page, known))
        at = table.last + 1
    return out + _pairs(lines[at:], page, sides, drawn.walls)


def _pairs(lines: list[Strip], page: int, sides: tuple[float, float], walls: Sequence[Bounds]) -> list[Line | Grid]:
    out: list[Line | Grid] = []
    at = 0
    for pair in side_by_side(lines):
        out += _lines(lines[at : pair.first], page, sides, walls)
        for side in (pair.left, pair.right):
            out += _lines(side, page, (min(it.left for it in side), max(it.right for it in side)), ())
        at = pair.last + 1
    return out + _lines(lines[at:], page, sides, walls)


def _aligned_grid(table: Aligned, page: int, known: Collection[str]) -> Grid:
    rows = []
    for cells in table.rows:
        places = zip(cells, table.edges, table.edges[1:], strict=False)
        rows.append(
            tuple(Piece(cell_text(cell, right - left, known), bold=_bold(cell)) for cell, left, right in places)
        )
    return Grid(tuple(rows), page=page, ruled=False, edges=tuple(table.edges), bounds=table.bounds)


def _lines(lines: list[Strip], page: int, sides: tuple[float, float], walls: Sequence[Bounds]) -> list[Line | Grid]:
    if not lines:
        return []
    leading = _leading(lines)
    rights = [_right_edge(line, lines, sides[1], walls) for line in lines]
    out: list[Line | Grid] = []
    for number, line in enumerate(lines):
        step = leading[round(line.size)]
        before = lines[number - 1] if number else None
        after = lines[number + 1] if number + 1 < len(lines) else None
        goes_on = before is not None and _goes_on(before, line, step, rights[number - 1], sides)
        out.append(_line(line, page, sides, goes_on=goes_on, alone=_alone(before, line, after, step)))
    return _mended(out)


def _leading(lines: Sequence[Strip]) -> dict[int, float]:
    """The distance between the lines of a paragraph for each font size."""
    steps: dict[int, list[float]] = {round(line.size): [] for line in lines}
    for before, line in pairwise(lines):
        if line.middle > before.middle and abs(line.size - before.size) <= 0.6:
            steps[round(line.size)].append(line.middle - before.middle)
    return {size: _common(found) for size, found in steps.items()}


def _common(steps: list[float]) -> float:
    """The most frequent step, to half a point; the smaller one of two."""
    counts = Counter(round(2 * step) for step in steps)
    near = {step: counts[step] + counts[step - 1] + counts[step + 1] for step in counts}
    best = max(near, key=lambda step: (near[step], -step), default=0)
    return best / 2 if near.get(best, 0) > 1 else median(steps or [0.0])


def _right_edge(line: Strip, lines: Sequence[Strip], right: float, walls: Sequence[Bounds]) -> float:
    """Where the line would have ended at the latest: the column's edge, or that of the lines beside a call-out."""
    for wall in walls:
        if (
            wall[0] > line.left + 20
            and wall[1] - line.size < line.middle < wall[3] + line.size
            and line.right < wall[0] + 5
        ):
            return (
                max(it.right for it in lines if wall[1] < it.middle < wall[3] and it.right < wall[0] + 5)
                if any(wall[1] < it.middle < wall[3] and it.right < wall[0] + 5 for it in lines)
                else right
            )
    return right


def _alone(before: Strip | None, line: Strip, after: Strip | None, step: float) -> bool:
    return all(
        other is None or abs(other.middle - line.middle) > max(1.35 * step, 1.6 * line.size)
        for other in (before, after)
    )


def _goes_on(before: Strip, line: Strip, step: float, right: float, sides: tuple[float, float]) -> bool:
    """Whether a line is of the paragraph of the line before it."""
    text, last = line.text, before.text
    if not _alike(before, line, step) or _LED.search(last) or CHAPTER.fullmatch(last):
        return False
    if any(pattern.match(text) for pattern in (LISTED, DECIMAL, CHAPTER, _LABEL)) and not _CITING.search(last):
        return False
    stopped = last[-1] in ".:;!?"
    if LEADERS.search(text):
        return not stopped and not TABLE_LABEL.match(text) and not PICTURE.match(text)
    set_apart = line.bold or (line.italic and before.italic)  # a heading may have a semicolon in it
    open_ended = not stopped or (last[-1] == ";" and set_apart)
    if not _centred(line, sides) and ((open_ended and text[0].islower()) or last[-1] == ","):
        return True
    if line.left > before.left + _INDENT and not _hangs(before, line) and not _centred(line, sides):
        return False
    room, needed = right - before.right, line.words[0].right - line.left + 0.3 * line.size
    if TABLE_LABEL.match(text) or PICTURE.match(text):
        return not stopped and not line.bold and not _centred(line, sides) and room < _ROOM * (right - before.left)
    return room < needed


def _alike(before: Strip, line: Strip, step: float) -> bool:
    """One style, and no more space between the lines than is usual."""
    gap = line.middle - before.middle
    near = 0 < gap <= min(max(_LOOSE * step + 0.5, 1.15 * line.size), 3 * line.size)
    return near and abs(line.size - before.size) <= 0.6 and line.bold == before.bold and not line.words[0].turned


def _hangs(before: Strip, line: Strip) -> bool:
    """The line stands below the text of an item or behind the colon of a label."""
    words = before.words
    return any(
        abs(after.left - line.left) < 4
        for word, after in pairwise(words)
        if word.text.endswith(":") or (word is words[0] and _MARK.fullmatch(word.text))
    )


def _centred(line: Strip, sides: tuple[float, float]) -> bool:
    left, right = line.left - sides[0], sides[1] - line.right
    return abs(left - right) < 6 and left > 12


def _line(line: Strip, page: int, sides: tuple[float, float], *, goes_on: bool, alone: bool) -> Line:
    text = line.text
    role = Role.ENTRY if _LED.search(text) else Role.UNKNOWN
    return Line(
        text, page=page, bold=line.bold, italic=line.italic, centred=_centred(line, sides), size=line.size, bounds=line.bounds,
        continues=goes_on, alone=alone, role=role,
    )  # fmt: skip


def _mended(items: list[Line | Grid]) -> list[Line | Grid]:
    """Words broken at a line end made whole: the rest of the word moves up to its beginning."""
    out: list[Line | Grid] = []
    for item in items:
        last = out[-1] if out else None
        if isinstance(item, Line) and isinstance(last, Line) and item.continues and _BROKEN.search(last.text):
            head, _, rest = item.text.partition(" ")
            out[-1] = replace(last, text=joined(last.text, head))
            if rest:
                out.append(replace(item, text=rest))
            continue
        out.append(item)
    return out
