"""Ruled tables: level and upright rules that meet become a lattice, its closed areas become cells.

Thin filled rectangles count as rules. A lattice that is mostly open or empty (chart axes, lines between the boxes of an
organisation chart) is no table. Cells over several rows or columns are found by the rules that are not there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_characters import Rule, Sheet, Word

_NEAR = 2.5  # points: rules so close are the same rule
_MEET = 3.5  # points: ends so close touch
_FEWEST = 4.0  # points: narrower strips between rules are double rules
_MOST_LINES = 400
_MOST_RULES = 3_000  # after merging; more are a drawing
_CLOSED = 0.7
_ODD = 6.0
_GAP = 8.0
_FEWEST_ROWS = 3


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
    level, upright = _merged(sheet.level), _merged(sheet.upright)
    if len(level) > _MOST_RULES or len(upright) > _MOST_RULES:
        return []
    groups = _groups(level, upright)
    found = [it for rows, columns in groups if (it := _lattice(rows, columns, sheet.words))]
    stacks = [it for rows, columns in _stacks(level, groups) if (it := _lattice(rows, columns, sheet.words))]
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


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap as one rule."""
    merged: list[Rule] = []
    for band in _bands(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at * (rule.end - rule.start) for rule in band) / sum(rule.end - rule.start for rule in band)
        start, end = None, 0.0
        for rule in sorted(band, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _MEET:
                end = max(end, rule.end)
            else:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(at, start, end))
    return merged


def _bands(rules: Sequence[Rule]) -> list[list[Rule]]:
    bands: list[list[Rule]] = []
    for rule in rules:
        if bands and rule.at - bands[-1][0].at <= _NEAR:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return bands


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    order = sorted(range(len(upright)), key=lambda number: upright[number].at)
    places = [upright[number].at for number in order]
    for number, row in enumerate(level):
        first = bisect_right(places, row.start - _MEET)
        for place in range(first, len(order)):
            column = upright[order[place]]
            if column.at > row.end + _MEET:
                break
            if column.start - _MEET <= row.at <= column.end + _MEET:
                parent[root(len(level) + order[place])] = root(number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, row in enumerate(level):
        groups.setdefault(root(number), ([], []))[0].append(row)
    for number, column in enumerate(upright):
        groups.setdefault(root(len(level) + number), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1]


def _stacks(level: list[Rule], groups: list[tuple[list[Rule], list[Rule]]]) -> list[tuple[list[Rule], list[Rule]]]:
    """Level rules of one reach above each other that no upright rule meets, with their outer edges added."""
    used = {id(rule) for rows, _ in groups for rule in rows}
    stacks: list[list[Rule]] = []
    for rule in sorted((rule for rule in level if id(rule) not in used), key=lambda rule: rule.at):
        home = next(
            (it for it in stacks if abs(it[0].start - rule.start) < _MEET and abs(it[0].end - rule.end) < _MEET), None
        )
        if home:
            home.append(rule)
        else:
            stacks.append([rule])
    return [
        (rows, [Rule(rows[0].start, rows[0].at, rows[-1].at), Rule(rows[0].end, rows[0].at, rows[-1].at)])
        for rows in stacks
        if len(rows) >= _FEWEST_ROWS
    ]


def _lattice(level: list[Rule], upright: list[Rule], words: list[Word]) -> Lattice | None:
    level, upright = _completed(level, upright)
    upright = [*upright, *_unseen(level, upright, words)]
    ys, xs = _lines([rule.at for rule in level]), _lines([rule.at for rule in upright])
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


def _completed(level: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Adds the outer rules of a table that is open at its sides, where at least two rules end on one line."""
    level, upright = list(level), list(upright)
    top, bottom = min(it.at for it in level), max(it.at for it in level)
    left, right = min(it.at for it in upright), max(it.at for it in upright)
    for edge, ends in ((left, [it.start for it in level]), (right, [it.end for it in level])):
        end = _common(ends)
        if end is not None and (end < edge - _ODD if edge == left else end > edge + _ODD):
            reach = [it.at for it in level if it.start - _MEET <= end <= it.end + _MEET]
            upright.append(Rule(end, min(reach), max(reach)))
    for edge, ends in ((top, [it.start for it in upright]), (bottom, [it.end for it in upright])):
        end = _common(ends)
        if end is not None and (end < edge - _ODD if edge == top else end > edge + _ODD):
            reach = [it.at for it in upright if it.start - _MEET <= end <= it.end + _MEET]
            level.append(Rule(end, min(reach), max(reach)))
    return level, upright


def _unseen(level: list[Rule], upright: list[Rule], words: list[Word]) -> list[Rule]:
    """Columns that are not ruled: where level rules end inside the table, or, in a table without any column, where
    an upright gap runs through the text of nearly all rows.
    """
    left, right = min(it.at for it in upright), max(it.at for it in upright)
    ys = _lines([it.at for it in level])
    ruled = [it.at for it in upright]
    ends = [end for it in level for end in (it.start, it.end) if left + _ODD < end < right - _ODD]
    places = [
        place for place in _lines(ends)
        if sum(abs(end - place) <= _MEET for end in ends) > 1 and all(abs(place - at) > _ODD for at in ruled)
    ]  # fmt: skip
    inside = [it for it in words if ys[0] < it.middle[1] < ys[-1] and left < it.middle[0] < right]
    if len(_lines(ruled)) == 2 and not places and len(ys) > _FEWEST_ROWS:
        places = _gaps(inside, ys)
    found = []
    for place in places:
        crossed = {bisect_right(ys, it.middle[1]) for it in inside if it.left + 1 < place < it.right - 1}
        found += [
            Rule(place, top, bottom)
            for number, (top, bottom) in enumerate(pairwise(ys), start=1)
            if number not in crossed
        ]
    return found


def _gaps(words: list[Word], ys: list[float]) -> list[float]:
    """The middles of upright gaps between words that nearly all rows share."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        rows.setdefault(bisect_right(ys, word.middle[1]), []).append(word)
    spans = sorted((it.left, it.right) for row in rows.values() if _is_parted(row) for it in row)
    if not spans:
        return []
    gaps, end = [], spans[0][1]
    for start, stop in spans:
        if start - end > _GAP:
            gaps.append((start + end) / 2)
        end = max(end, stop)
    least = max(_FEWEST_ROWS, 0.6 * (len(ys) - 1))
    return [gap for gap in gaps if sum(_on_both_sides(row, gap) for row in rows.values()) >= least]


def _is_parted(row: list[Word]) -> bool:
    """Whether a row's words leave a gap at all; a row that is one title does not count."""
    spans = sorted((it.left, it.right) for it in row)
    end = spans[0][1]
    for start, stop in spans:
        if start - end > _GAP:
            return True
        end = max(end, stop)
    return False


def _on_both_sides(row: list[Word], gap: float) -> bool:
    return any(it.right < gap for it in row) and any(it.left > gap for it in row)


def _common(ends: list[float]) -> float | None:
    """The end that at least two thirds of the rules, and no fewer than two, share."""
    middle = sorted(ends)[len(ends) // 2]
    same = [end for end in ends if abs(end - middle) <= _MEET]
    return middle if len(same) >= max(2, 0.66 * len(ends)) else None


def _lines(places: list[float]) -> list[float]:
    lines: list[float] = []
    for place in sorted(places):
        if not lines or place - lines[-1] > _FEWEST:
            lines.append(place)
    return lines


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
