"""Organisation charts: solid lines of command, dashed lines of coordination, posts that are vacant.

The head stands on top, the posts right below in one row or several, and what lies deeper is stacked under its
superior with an indent, so that a wide or deep agency still fits the width of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selaras.core.document import Box, OrgChart
from selaras.documents.charts.canvas import SMALL, WIDTH, Canvas
from selaras.documents.charts.frame import LIFT, LINE
from selaras.documents.charts.lettering import width, wrap
from selaras.documents.palette import BLUE, BLUE_DEEP, BLUE_PALE, INK, MUTED, PAPER, RULE

VACANT = "lowong"
_GAP = 12.0  # between columns
_FALL = 30.0  # between a superior and the row below
_STEP = 9.0  # between stacked boxes
_INDENT = 16.0
_NARROWEST = 116.0  # of a column
_WIDEST = 230.0  # of a box
_PAD = 6.0
_DASH = "5 4"

_Tree = Mapping[str, Sequence[Box]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a box stands: its left side, top, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> float:
        return self.x + self.w / 2

    @property
    def bottom(self) -> float:
        return self.y + self.h


def draw_organisation(chart: OrgChart) -> str:
    """The tree of posts as SVG, with a legend of the two lines; vacant posts are marked `lowong`."""
    canvas = Canvas()
    tree = _tree(chart.boxes)
    bottom = _row_of_heads(canvas, tree, tree[""], 2) if tree[""] else 0.0
    height = _legend(canvas, chart.boxes, bottom + 24)
    return canvas.finish(height, title=chart.caption, description=chart.alt)


def _tree(boxes: Sequence[Box]) -> dict[str, list[Box]]:
    """Children by parent's key, coordination last. A box whose line of parents leads nowhere or round in a circle

    stands at the top, so that none is lost.
    """
    parents = {box.key: box.parent for box in boxes}
    tree: dict[str, list[Box]] = {"": []}
    for box in boxes:
        tree.setdefault(box.parent if _reaches_top(box, parents) else "", []).append(box)
    for children in tree.values():
        children.sort(key=lambda box: box.coordination)
    return tree


def _reaches_top(box: Box, parents: Mapping[str, str]) -> bool:
    seen = {box.key}
    parent = box.parent
    while parent:
        if parent not in parents or parent in seen:
            return False
        seen.add(parent)
        parent = parents[parent]
    return True


def _row_of_heads(canvas: Canvas, tree: _Tree, heads: Sequence[Box], y: float) -> float:
    """Heads side by side, each with its own part of the width; gives the lowest y."""
    fit = max(1, int((WIDTH + _GAP) // (_NARROWEST + _GAP)))
    while heads:
        row, heads = heads[:fit], heads[fit:]
        wishes = [max(1, min(4, len(tree.get(head.key, ())))) for head in row]
        free = WIDTH - _GAP * (len(row) - 1)
        x, lowest = 0.0, y
        for head, wish in zip(row, wishes, strict=True):
            room = free * wish / sum(wishes)
            lowest = max(lowest, _spine(canvas, tree, head, x, y, room))
            x += room + _GAP
        y = lowest + _FALL
    return y - _FALL


def _spine(canvas: Canvas, tree: _Tree, box: Box, x: float, y: float, room: float) -> float:
    """A box in the middle of its room with everything below it; gives the lowest y."""
    spot = _box(canvas, box, x, y, room, head=True)
    children = list(tree.get(box.key, ()))
    if not children:
        return spot.bottom
    beside = [child for child in children if child.coordination and not tree.get(child.key)]
    if room < 3 * _NARROWEST or len(beside) == len(children):
        beside = []
    below = [child for child in children if child not in beside]
    start = _sides(canvas, beside, spot, x, room) if beside else spot.bottom
    if beside:
        _drop(canvas, spot.middle, spot.bottom, start, below[0])
    if len(below) == 1:
        _drop(canvas, spot.middle, start, start + _FALL, below[0])
        return _spine(canvas, tree, below[0], x, start + _FALL, room)
    return _rows(canvas, tree, below, spot.middle, start, x, room)


def _drop(canvas: Canvas, x: float, top: float, bottom: float, child: Box) -> None:
    canvas.line(((x, top), (x, bottom)), stroke=INK, thick=1.4, dash=_DASH if child.coordination else "")


def _sides(canvas: Canvas, beside: Sequence[Box], spot: _Spot, x: float, room: float) -> float:
    """Posts of coordination beside the trunk, in pairs; gives the y down to which the trunk must go."""
    half = room / 2 - 24
    y = lowest = spot.bottom
    for place, child in enumerate(beside):
        right = place % 2 == 1 or len(beside) == 1
        if place % 2 == 0:
            y = lowest + 14
        edge = x + room / 2 + 24 if right else x
        wide = min(half, _WIDEST)
        left = edge + (half - wide if right else 0)
        side = _box(canvas, child, left, y, wide)
        level = side.y + side.h / 2
        canvas.line(((spot.middle, level), (side.x if right else side.x + side.w, level)), stroke=INK, dash=_DASH)
        lowest = max(lowest, side.bottom)
    return lowest


def _rows(
    canvas: Canvas, tree: _Tree, children: Sequence[Box], trunk: float, start: float, x: float, room: float
) -> float:
    """Children in as few balanced rows as fit, all hanging on one trunk; gives the lowest y."""
    most = max(1, int((room + _GAP) // (_NARROWEST + _GAP)))
    count = -(-len(children) // most)
    size = -(-len(children) // count)
    margin = _INDENT if count > 1 else 0.0
    level, top = start + _FALL / 2, start + _FALL
    first_level = level
    for at in range(0, len(children), size):
        row = children[at : at + size]
        wides = _widths(tree, row, room - margin - _GAP * (len(row) - 1), size - len(row))
        left = x + margin + (room - margin - sum(wides) - _GAP * (len(row) - 1)) / 2
        middles, lowest = [], top
        for child, wide in zip(row, wides, strict=True):
            spot, bottom = _stacked(canvas, tree, child, left, top, wide)
            left += wide + _GAP
            middles.append((spot.middle, child))
            lowest = max(lowest, bottom)
        _bus(canvas, middles, trunk if at == 0 else x, level, top, margin_x=x if count > 1 else None)
        last_level, level, top = level, lowest + _FALL / 2, lowest + _FALL
    _drop(canvas, trunk, start, first_level, children[0])
    if count > 1:
        canvas.line(((x, first_level), (x, last_level)), stroke=INK, thick=1.4)
    return lowest


def _widths(tree: _Tree, row: Sequence[Box], room: float, empty: int) -> list[float]:
    """The widths of a row's boxes; those with posts below them get more, for their stack is indented."""
    shares = [1.15 if tree.get(box.key) else 1.0 for box in row]
    whole = sum(shares) + empty
    return [min((room - _GAP * empty) * share / whole, _WIDEST) for share in shares]


def _bus(
    canvas: Canvas,
    middles: Sequence[tuple[float, Box]],
    trunk: float,
    level: float,
    top: float,
    *,
    margin_x: float | None,
) -> None:
    """The level line over a row, solid as far as command goes, and the short drops to each box."""
    command = [x for x, child in middles if not child.coordination]
    anchors = [trunk] if margin_x is None else [trunk, margin_x]
    if command:
        reach = [*command, *anchors]
        canvas.line(((min(reach), level), (max(reach), level)), stroke=INK, thick=1.4)
    for x, child in middles:
        _drop(canvas, x, level, top, child)
        if child.coordination:
            near = max([*command, *anchors], key=lambda known: -abs(known - x))
            canvas.line(((near, level), (x, level)), stroke=INK, thick=1.4, dash=_DASH)


def _stacked(canvas: Canvas, tree: _Tree, box: Box, x: float, y: float, room: float) -> tuple[_Spot, float]:
    """A box with its descendants one below the other, each level indented; gives its spot and the lowest y."""
    spot = _box(canvas, box, x, y, room)
    lowest = spot.bottom
    rail, last = spot.x + _INDENT / 2, spot.bottom
    deeper = _INDENT if room - _INDENT >= 84 else _INDENT / 3 if room >= 64 else 0.0
    for child in tree.get(box.key, ()):
        below, lowest_below = _stacked(canvas, tree, child, x + deeper, lowest + _STEP, room - deeper)
        level = below.y + below.h / 2
        dash = _DASH if child.coordination else ""
        rail_x = min(rail, x + deeper / 2)
        canvas.line(((rail_x, last), (rail_x, level), (below.x, level)), stroke=INK, thick=1.2, dash=dash)
        lowest, last = lowest_below, level
    return spot, lowest


def _box(canvas: Canvas, box: Box, x: float, y: float, room: float, *, head: bool = False) -> _Spot:
    """One box with title, holder and whether it is vacant; heads stand in the middle of their room, in full colour."""
    wide = min(room, _WIDEST + 30) if head else room
    left = x + (room - wide) / 2
    title = wrap(box.title, wide - 2 * _PAD, SMALL, strong=True)
    below = [VACANT] if box.vacant and not box.holder else []
    holder = wrap(box.holder, wide - 2 * _PAD, SMALL) if box.holder else ()
    if box.vacant and box.holder:
        below = [VACANT]
    high = LINE * (len(title) + len(holder) + len(below)) + 2 * _PAD - 2
    fill, ink = (BLUE_DEEP, PAPER) if head else (PAPER if box.vacant else BLUE_PALE, INK)
    canvas.rect(left, y, wide, high, fill=fill, stroke=RULE if box.vacant and not head else BLUE, round_by=3)
    at = y + _PAD + LINE / 2 - 1 + LIFT - 0.4
    for line in title:
        canvas.words(left + wide / 2, at, line, size=SMALL, fill=ink, anchor="middle", strong=True)
        at += LINE
    for line in (*holder, *below):
        faint = line in below
        colour = ink if head else MUTED if faint else INK
        canvas.words(left + wide / 2, at, line, size=SMALL, fill=colour, anchor="middle", slanted=faint)
        at += LINE
    return _Spot(left, y, wide, high)


def _legend(canvas: Canvas, boxes: Sequence[Box], y: float) -> float:
    """The meaning of the lines; coordination and vacancy only if they occur."""
    entries = [("", "garis perintah")]
    entries += [(_DASH, "garis koordinasi")] if any(box.coordination for box in boxes) else []
    x = 0.0
    for dash, words in entries:
        canvas.line(((x, y), (x + 34, y)), stroke=INK, thick=1.4, dash=dash)
        canvas.words(x + 42, y + 4, words, size=SMALL)
        x += 42 + width(words, SMALL) + 26
    if any(box.vacant for box in boxes):
        canvas.rect(x + 0.5, y - 7, 22, 13, fill=PAPER, stroke=RULE, round_by=3)
        canvas.words(x + 30, y + 4, "jabatan lowong", size=SMALL)
    return y + 12
