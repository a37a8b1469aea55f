"""Ruled tables: level and upright rules that meet become a lattice, its closed areas become cells.

Thin filled rectangles count as rules. A lattice that is mostly open or empty (chart axes, lines between the boxes of an
organisation chart) is no table. Cells over several rows or columns are found by the rules that are not there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_rules import completed, groups_of, lines_of, merged, stacks_of, unseen
from selaras.documents.read.pdf_sheet import Rule, Sheet, Word

_MOST_LINES = 400
_MOST_RULES = 3_000  # after merging; more are a drawing
_CLOSED = 0.7


@dataclass(slots=True)
class Area:
    """A cell: rows `top` up to `bottom` and columns `left` up to `right` of its lattice, and the words in it."""

    top: int
    left: int
    bottom: int
    right: int
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Lattice:
    """Ascending x and y of the rules, and the cells between them in reading order."""

    xs: list[float]
    ys: list[float]
    areas: list[Area]

    @property
    def bounds(self) -> Bounds:
        """The outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def lattices(sheet: Sheet) -> list[Lattice]:
    """Every lattice of a page with at least one cell, from top to bottom, words put into their cells.

    Single cells are given too: they are boxes round a text. Words that stand in none stay in `sheet.words`.
    """
    level, upright = merged(sheet.level), merged(sheet.upright)
    if len(level) > _MOST_RULES or len(upright) > _MOST_RULES:
        return []
    groups = groups_of(level, upright)
    found = [it for rows, columns in groups if (it := _lattice(rows, columns, sheet.words))]
    stacks = [
        it for rows, columns in stacks_of(level, groups, sheet.words) if (it := _lattice(rows, columns, sheet.words))
    ]
    found += [it for it in stacks if not any(_within(it.bounds, other.bounds) for other in found)]
    found.sort(key=lambda it: (it.bounds[1], it.bounds[0]))
    return _filled([it for it in found if not _is_page_frame(it, sheet)], sheet)


def _within(bounds: Bounds, other: Bounds) -> bool:
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return other[0] < x < other[2] and other[1] < y < other[3]


def _is_page_frame(lattice: Lattice, sheet: Sheet) -> bool:
    """A frame round the whole page, with nothing parted inside."""
    left, top, right, bottom = lattice.bounds
    large = (right - left) * (bottom - top) > 0.6 * sheet.width * sheet.height
    return large and len(lattice.areas) == 1


def _lattice(level: list[Rule], upright: list[Rule], words: list[Word]) -> Lattice | None:
    level, upright = completed(level, upright)
    upright = [*upright, *unseen(level, upright, words)]
    ys, xs = lines_of([rule.at for rule in level]), lines_of([rule.at for rule in upright])
    if not 1 < len(ys) <= _MOST_LINES or not 1 < len(xs) <= _MOST_LINES:
        return None
    over = _covered(level, ys, xs)
    beside = _covered(upright, xs, ys)
    areas, closed = _areas(over, beside, len(ys) - 1, len(xs) - 1)
    whole = (xs[-1] - xs[0]) * (ys[-1] - ys[0])
    room = sum((xs[it.right] - xs[it.left]) * (ys[it.bottom] - ys[it.top]) for it in closed)
    if room < _CLOSED * whole:
        return None
    return Lattice(xs, ys, areas)


def _covered(rules: list[Rule], along: list[float], across: list[float]) -> list[list[bool]]:
    """For each line, which of the stretches between the crossing lines a rule covers."""
    covered = [[False] * (len(across) - 1) for _ in along]
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    for rule in rules:
        line = max(bisect_right(along, rule.at + 0.01) - 1, 0)
        for place, middle in enumerate(middles):
            if rule.start - 1 <= middle <= rule.end + 1:
                covered[line][place] = True
    return covered


def _areas(over: list[list[bool]], beside: list[list[bool]], rows: int, columns: int) -> tuple[list[Area], list[Area]]:
    """Every cell of the lattice, and those among them that rules close on all four sides."""
    taken = [[False] * columns for _ in range(rows)]
    areas, closed = [], []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not beside[right][row] and not taken[row][right]:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_on(over, beside, bottom, column, right, taken):
                bottom += 1
            for inner in range(row, bottom):
                taken[inner][column:right] = [True] * (right - column)
            area = Area(row, column, bottom, right)
            areas.append(area)
            if _is_closed(over, beside, area):
                closed.append(area)
    return areas, closed


def _goes_on(
    over: list[list[bool]], beside: list[list[bool]], row: int, left: int, right: int, taken: list[list[bool]]
) -> bool:
    """Whether the cell above also takes this row: no rule between them, and none that parts it."""
    if any(over[row][left:right]) or any(taken[row][left:right]):
        return False
    return not any(beside[inner][row] for inner in range(left + 1, right))


def _is_closed(over: list[list[bool]], beside: list[list[bool]], area: Area) -> bool:
    level = all(over[line][column] for line in (area.top, area.bottom) for column in range(area.left, area.right))
    return level and all(beside[line][row] for line in (area.left, area.right) for row in range(area.top, area.bottom))


def _filled(found: list[Lattice], sheet: Sheet) -> list[Lattice]:
    """Puts the words into the smallest lattice round them."""
    if not found:
        return []
    smallest = sorted(found, key=lambda it: (it.bounds[2] - it.bounds[0]) * (it.bounds[3] - it.bounds[1]))
    maps = {id(it): _map(it) for it in found}
    rest: list[Word] = []
    for word in sheet.words:
        home = next((it for it in smallest if _holds(it.bounds, word)), None)
        if home is None:
            rest.append(word)
            continue
        areas = maps[id(home)][_slot(home.ys, word.middle[1])]
        for part in _parted(word, _rules_in(home.xs, areas)):
            areas[_slot(home.xs, part.middle[0])].words.append(part)
    sheet.words = rest
    return found


def _slot(lines: list[float], place: float) -> int:
    return min(max(bisect_right(lines, place) - 1, 0), len(lines) - 2)


def _rules_in(xs: list[float], areas: list[Area]) -> list[float]:
    """The upright lines that part the cells of one row."""
    return [xs[number] for number in range(1, len(areas)) if areas[number] is not areas[number - 1]]


def _map(lattice: Lattice) -> list[list[Area]]:
    grid: list[list[Area]] = [[lattice.areas[0]] * (len(lattice.xs) - 1) for _ in lattice.ys[1:]]
    for area in lattice.areas:
        for row in range(area.top, area.bottom):
            grid[row][area.left : area.right] = [area] * (area.right - area.left)
    return grid


def _holds(bounds: Bounds, word: Word) -> bool:
    x, y = word.middle
    return bounds[0] - 1 <= x <= bounds[2] + 1 and bounds[1] - 1 <= y <= bounds[3] + 1


def _parted(word: Word, xs: list[float]) -> list[Word]:
    """A word cut where it runs over an upright line: two numbers that were written without a space."""
    if word.turned or len(word.text) != len(word.stops):
        return [word]
    cuts = [x for x in xs if word.left + 2 < x < word.right - 2]
    if not cuts:
        return [word]
    parts, start, left = [], 0, word.left
    for x in cuts:
        end = next((number for number, stop in enumerate(word.stops) if stop >= x - 1), len(word.text))
        if start < end < len(word.text):
            stop = word.stops[end]
            parts.append(replace(word, text=word.text[start:end], left=left, right=stop, stops=word.stops[start:end]))
            start, left = end, stop
    parts.append(replace(word, text=word.text[start:], left=left, stops=word.stops[start:]))
    return parts
