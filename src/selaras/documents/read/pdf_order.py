"""One page in reading order: tables, call-outs and columns kept apart, and put together again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from selaras.documents.read.lines import Bounds, Grid, Line, Piece
from selaras.documents.read.pdf_aligned import Aligned, aligned_tables
from selaras.documents.read.pdf_captioned import Begun, Captioned, captioned_tables, is_caption
from selaras.documents.read.pdf_columns import regions, side_by_side
from selaras.documents.read.pdf_lattice import Lattice, lattices
from selaras.documents.read.pdf_lines import Strip, cell_text, strips
from selaras.documents.read.pdf_paragraphs import paragraphs
from selaras.documents.read.pdf_rows import with_rows
from selaras.documents.read.pdf_sheet import Sheet, Word

_MOST_BOXES = 2_000  # more are a drawing
_LEAST_BOX = 14.0
_FOOT = 0.9  # of the page's height: a running footer stands below
_FILLED = 0.2  # of a table's cells hold text, at least


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


def page_items(
    sheet: Sheet, page: int, *, known: Collection[str] = (), begun: Begun | None = None
) -> list[Line | Grid]:
    """Lines and grids of one page in reading order; running headers are still among them.

    `begun` is what the page before left `open_end`.
    """
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
        flow += _flow(lines, page, known, (region.left, right), drawn, begun if region is pieces[0] else None)
    return _woven(flow, blocks) if len(pieces) < 2 else _woven_columns(flow, blocks)


def open_end(items: Sequence[Line | Grid], height: float) -> Begun | None:
    """What the end of a page leaves open for the next one: a table that a caption told, or a caption alone."""
    for item in reversed(items):
        low = item.bounds is not None and item.bounds[1] > _FOOT * height
        if isinstance(item, Grid):
            return Begun(item.edges) if not item.ruled and item.header is not None else None
        if is_caption(item.text):
            return Begun()
        if not low and not item.centred:
            return None
    return None


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
    lines: list[Strip], page: int, known: Collection[str], sides: tuple[float, float], drawn: _Drawn,
    begun: Begun | None = None,
) -> list[Line | Grid]:  # fmt: skip
    """Lines of one column as items: tables by alignment become grids, what stands side by side is read one by one."""
    out: list[Line | Grid] = []
    at = 0
    for told in captioned_tables(lines, drawn.walls, drawn.marks, begun):
        out += _unruled(lines[at : told.first], page, known, sides, drawn)
        out.append(_captioned_grid(told, page, known))
        at = told.last + 1
    return out + _unruled(lines[at:], page, known, sides, drawn)


def _unruled(
    lines: list[Strip], page: int, known: Collection[str], sides: tuple[float, float], drawn: _Drawn
) -> list[Line | Grid]:
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
        out += paragraphs(lines[at : pair.first], page, sides, walls)
        for side in (pair.left, pair.right):
            out += paragraphs(side, page, (min(it.left for it in side), max(it.right for it in side)), ())
        at = pair.last + 1
    return out + paragraphs(lines[at:], page, sides, walls)


def _aligned_grid(table: Aligned, page: int, known: Collection[str]) -> Grid:
    rows = []
    for cells in table.rows:
        places = zip(cells, table.edges, table.edges[1:], strict=False)
        rows.append(
            tuple(Piece(cell_text(cell, right - left, known), bold=_bold(cell)) for cell, left, right in places)
        )
    return Grid(tuple(rows), page=page, ruled=False, edges=tuple(table.edges), bounds=table.bounds)


def _captioned_grid(table: Captioned, page: int, known: Collection[str]) -> Grid:
    edges = table.edges
    rows = []
    for cells in table.rows:
        rows.append(
            tuple(
                Piece(
                    cell_text(cell.words, edges[cell.last + 1] - edges[cell.first], known),
                    cell.last - cell.first + 1,
                    cell.high,
                    bold=_bold(cell.words),
                )
                for cell in cells
            )
        )
    return Grid(
        tuple(rows), page=page, header=table.header, ruled=False, edges=tuple(edges), bounds=table.bounds
    )  # fmt: skip
