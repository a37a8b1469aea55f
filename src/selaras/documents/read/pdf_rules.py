"""Ruling lines that belong together: rules that meet, level rules of one reach, and the rules that are not drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from selaras.documents.read.pdf_lines import strips
from selaras.documents.read.pdf_sheet import Rule, Word

_NEAR = 2.5  # points: rules so close are the same rule
_MEET = 3.5  # points: ends so close touch
_FEWEST = 4.0  # points: narrower strips between rules are double rules
_ODD = 6.0
_GAP = 8.0
_FEWEST_ROWS = 3


def merged(rules: Sequence[Rule]) -> list[Rule]:
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


def groups_of(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
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


def stacks_of(
    level: list[Rule], groups: list[tuple[list[Rule], list[Rule]]], words: list[Word]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Level rules of one reach above each other that no upright rule meets, with their outer edges added."""
    used = {id(rule) for rows, _ in groups for rule in rows}
    reaches: list[list[Rule]] = []
    for rule in sorted((rule for rule in level if id(rule) not in used), key=lambda rule: rule.at):
        home = next(
            (it for it in reaches if abs(it[0].start - rule.start) < _MEET and abs(it[0].end - rule.end) < _MEET), None
        )
        if home:
            home.append(rule)
        else:
            reaches.append([rule])
    return [
        (rows, [Rule(rows[0].start, rows[0].at, rows[-1].at), Rule(rows[0].end, rows[0].at, rows[-1].at)])
        for reach in reaches
        if len(reach) >= _FEWEST_ROWS
        for rows in _uncrossed(reach, words)
        if len(rows) >= _FEWEST_ROWS
    ]


def _uncrossed(rules: list[Rule], words: list[Word]) -> list[list[Rule]]:
    """Rules of one reach, parted where text between two of them runs out of that reach: it stands between two tables."""
    left, right = rules[0].start, rules[0].end
    near = [word for word in words if not word.turned and rules[0].at < word.middle[1] < rules[-1].at]
    outside = [line.middle for line in strips(near) if _runs_over(line.words, left) or _runs_over(line.words, right)]
    parts = [rules[:1]]
    for above, rule in pairwise(rules):
        if any(above.at < y < rule.at for y in outside):
            parts.append([])
        parts[-1].append(rule)
    return parts


def _runs_over(words: list[Word], edge: float) -> bool:
    """A word of the line crosses the upright edge, or the edge lies in a space between two of its words."""
    if any(word.left < edge - 1 and edge + 1 < word.right for word in words):
        return True
    return any(a.right <= edge + 1 and edge - 1 <= b.left < a.right + 0.6 * b.size for a, b in pairwise(words))


def completed(level: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
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


def unseen(level: list[Rule], upright: list[Rule], words: list[Word]) -> list[Rule]:
    """Columns that are not ruled: where level rules end inside the table, or, in a table without any column, where
    an upright gap runs through the text of nearly all rows.
    """
    left, right = min(it.at for it in upright), max(it.at for it in upright)
    ys = lines_of([it.at for it in level])
    ruled = [it.at for it in upright]
    ends = [end for it in level for end in (it.start, it.end) if left + _ODD < end < right - _ODD]
    places = [
        place for place in lines_of(ends)
        if sum(abs(end - place) <= _MEET for end in ends) > 1 and all(abs(place - at) > _ODD for at in ruled)
    ]  # fmt: skip
    inside = [it for it in words if ys[0] < it.middle[1] < ys[-1] and left < it.middle[0] < right]
    if len(lines_of(ruled)) == 2 and not places and len(ys) > _FEWEST_ROWS:
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


def lines_of(places: list[float]) -> list[float]:
    """The places in order, those of double rules once."""
    lines: list[float] = []
    for place in sorted(places):
        if not lines or place - lines[-1] > _FEWEST:
            lines.append(place)
    return lines
