"""Text side by side: columns of running text, which must fill both sides, and pairs such as signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selaras.documents.read.headings import LEADERS
from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_aligned import ITEM, figure_edge
from selaras.documents.read.pdf_lines import Strip, strips
from selaras.documents.read.pdf_sheet import Word

_GUTTER = 10.0  # points: narrower gaps part no columns
_FEWEST_LINES = 5
_LEAST_HEIGHT = 50.0
_WORDS_A_LINE = 2.5
_PAGE = re.compile(r"(?:[IVXL\d]{1,5}\s?[-–.]\s?)?[\divxl]{1,5}", re.IGNORECASE)


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
    reach = min(word.top for word in words) - 1, max(word.bottom for word in words) + 1
    best: tuple[float, float, float] | None = None
    for step in range(30, 71, 2):
        at = left + (right - left) * step / 100
        for top, bottom in _free(words, boxes, at, reach):
            tall = bottom - top
            if (best is None or tall > best[2] - best[1] + 1) and _prose_beside(words, at, top, bottom):
                best = at, top, bottom
    return best


def _free(
    words: list[Word], boxes: Sequence[Bounds], at: float, reach: tuple[float, float]
) -> list[tuple[float, float]]:
    """Stretches of y within `reach`, at least some lines high, in which nothing crosses the upright line at `at`."""
    low, high = at - _GUTTER / 2, at + _GUTTER / 2
    walls = [(word.top, word.bottom) for word in words if word.left < high and word.right > low]
    walls += [(top, bottom) for left, top, right, bottom in boxes if left < at < right]
    start, end = reach
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
        if high - low < _GUTTER or (number > at and figure_edge(line) is not None):
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
    if line.words[0].turned or LEADERS.search(line.text) or figure_edge(line) is not None:
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
    return None if ITEM.fullmatch(before) or before.endswith(":") or after.startswith(":") else gaps[0]
