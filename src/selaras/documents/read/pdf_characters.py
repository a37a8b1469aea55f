"""One PDF page as words, rules and boxes: the characters with their places, thin lines, rectangles and pictures.

All places are points from the upper left corner of the page as it is read: a page whose text runs upwards is turned.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import atan2, hypot, pi
from typing import Any

from pypdfium2 import raw

from selaras.documents.read.lines import INVISIBLE, Bounds

THIN = 2.6  # points: a rectangle that is thinner is a ruling line
_SHORT = 5.0  # shorter lines rule nothing
_GAP = 0.18  # of the font size: wider gaps part words
_MOST_PATHS = 20_000
_MOST_SEGMENTS = 60_000
_DEEPEST = 6
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18  # flags of a font descriptor
_UNICODES = 0x110000
_SURROGATES = (0xD800, 0xDFFF)
_SLANT = 0.12  # of a right angle
_SPACES = frozenset({9, 32, 160})
_NOTHING = frozenset({0, 9, 10, 13, 32, 160, 0xFFFE})
_HINTED_GAP = 0.07  # of the font size, where the library guessed a space
_RECTANGLE = 5  # segments of a rectangle
_ROUNDED = 20  # points of a box with round corners
_PLAIN = INVISIBLE | str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "Ɵ": "ti", "Ʃ": "tt", "Ō": "ft", "ƞ": "tf", "ƫ": "tti",  # word processors number these ligatures wrongly
    "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u0002": "-", "\u00ad": "-",
})  # fmt: skip


@dataclass(slots=True, eq=False)
class Word:
    """A word with its box and the left edge of each character. `turned` if it does not run with the page;

    `spaced` if white space stands before it in the file.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    turned: bool = False
    spaced: bool = True
    stops: tuple[float, ...] = ()

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: `at` is its y (or x, if upright), `start` and `end` its reach along the other direction."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """A page: its size, words, level and upright rules, filled or framed boxes, and how much of it is pictures."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)
    pictures: list[Bounds] = field(default_factory=list)
    characters: int = 0
    drawn: int = 0

    @property
    def pictured(self) -> float:
        """The share of the page that its largest picture covers."""
        area = max(((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in self.pictures), default=0.0)
        return area / max(self.width * self.height, 1.0)


Turn = Callable[[float, float, float, float], Bounds]
"""From left, bottom, right, top in the file's own coordinates to bounds in the page as read."""


def read_sheet(page: Any, *, most: int) -> Sheet:
    """The words, rules and boxes of a loaded page; at most `most` characters are looked at."""
    wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    if raw.FPDFPage_GetRotation(page) % 2:
        wide, high = high, wide
    corner = _corner(page)
    text = raw.FPDFText_LoadPage(page)
    if not text:
        return Sheet(wide, high)
    try:
        letters, count = _runs(text, most)
    finally:
        raw.FPDFText_ClosePage(text)
    main = _direction(letters, raw.FPDFPage_GetRotation(page))
    sheet = Sheet(*((high, wide) if main % 2 else (wide, high)), characters=count)
    turns = [_turn(direction, wide, high, corner) for direction in range(4)]
    for direction, runs in enumerate(letters):
        own = direction == main
        for run in runs:
            for word in _words(run, turns[direction], straight=direction == 0):
                placed = word if own else _elsewhere(word, turns[direction], turns[main], wide, high, corner)
                if placed.text and _on_page(placed, sheet):
                    sheet.words.append(placed)
    _Drawing(sheet, turns[main]).read(page)
    return sheet


def _on_page(word: Word, sheet: Sheet) -> bool:
    """The middle of the word is on the page; places that are no numbers are nowhere."""
    x, y = word.middle
    return -2 < x < sheet.width + 2 and -2 < y < sheet.height + 2


@dataclass(slots=True)
class _Run:
    """Characters between two white spaces, with their boxes in the file's coordinates."""

    size: float
    bold: bool
    italic: bool
    chars: list[tuple[str, float, float, float, float]] = field(default_factory=list)


def _corner(page: Any) -> tuple[float, float]:
    """The lower left corner of what is shown of the page."""
    values = [ctypes.c_float() for _ in range(4)]
    for ask in (raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if ask(page, *map(ctypes.byref, values)):
            return values[0].value, values[1].value
    return 0.0, 0.0


def _runs(text: Any, most: int) -> tuple[list[list[_Run]], int]:
    """Runs of characters by direction (0 rightwards, 1 upwards, 2 leftwards, 3 downwards), and the number of characters."""
    runs: list[list[_Run]] = [[], [], [], []]
    box = raw.FS_RECTF()
    box_at = ctypes.byref(box)
    unicode, loose = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    run: _Run | None = None
    visible, reach, last = 0, 0.0, (0.0, 0.0, 0.0, 0.0)
    for index in range(min(raw.FPDFText_CountChars(text), most)):
        code = unicode(text, index)
        if code in _NOTHING or not loose(text, index, box_at):
            if code not in _SPACES or not raw.FPDFText_IsGenerated(text, index):
                run = None
            elif run is not None:
                run.chars.append((" ", *last))
            continue
        visible += 1
        here = (box.left, box.bottom, box.right, box.top)
        if run is None or abs(here[0] - last[0]) > reach or abs(here[1] - last[1]) > reach:
            found = _begun(text, index, here)
            if found is None:
                run = None
                continue
            direction, run = found
            reach = 3 * run.size
            runs[direction].append(run)
        run.chars.append(
            (chr(code) if code < _UNICODES and not _SURROGATES[0] <= code <= _SURROGATES[1] else "\ufffd", *here)
        )
        last = here
    return runs, visible


def _begun(text: Any, index: int, box: Bounds) -> tuple[int, _Run] | None:
    """The direction and style of the run that begins with a character; None for slanting text."""
    size, tilt = raw.FPDFText_GetFontSize(text, index), 0.0
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        tilt = atan2(matrix.b, matrix.a) / (pi / 2)
        size *= hypot(matrix.c, matrix.d) or 1.0
    if abs(tilt - round(tilt)) > _SLANT:
        return None
    return round(tilt) % 4, _Run(size if size > 1 else max(box[3] - box[1], 1.0), *_style(text, index))


def _style(text: Any, index: int) -> tuple[bool, bool]:
    """Whether a character is bold and whether it is italic, by the name and the flags of its font."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value[:127].decode("utf-8", "replace").casefold() if length else ""
    bold = any(mark in name for mark in ("bold", "black", "heavy", "demi")) or bool(flags.value & _FORCED_BOLD)
    italic = any(mark in name for mark in ("italic", "oblique")) or bool(flags.value & _ITALIC)
    return bold, italic


def _direction(letters: list[list[_Run]], rotation: int) -> int:
    """The direction in which most characters run; without text, the one that the page's rotation makes upright."""
    counts = Counter({way: sum(len(run.chars) for run in runs) for way, runs in enumerate(letters)})
    way, most = counts.most_common(1)[0]
    return way if most else rotation % 4


def _turn(direction: int, wide: float, high: float, corner: tuple[float, float]) -> Turn:
    cx, cy = corner

    def rightwards(left: float, bottom: float, right: float, top: float) -> Bounds:
        return left - cx, high + cy - top, right - cx, high + cy - bottom

    def upwards(left: float, bottom: float, right: float, top: float) -> Bounds:
        return bottom - cy, left - cx, top - cy, right - cx

    def leftwards(left: float, bottom: float, right: float, top: float) -> Bounds:
        return wide + cx - right, bottom - cy, wide + cx - left, top - cy

    def downwards(left: float, bottom: float, right: float, top: float) -> Bounds:
        return high + cy - top, wide + cx - right, high + cy - bottom, wide + cx - left

    return (rightwards, upwards, leftwards, downwards)[direction]


def _words(run: _Run, turn: Turn, *, straight: bool) -> Iterator[Word]:
    """The words of a run; a gap or a step to another line begins a new one. `straight`: it runs rightwards in the file."""
    near, wide, step = -0.6 * run.size, _GAP * run.size, 0.45 * run.size
    chars = run.chars if straight else [(char, *_flipped(turn(*box))) for char, *box in run.chars]
    text, gap, spaced = "", wide, True
    stops: list[float] = []
    left = bottom = right = top = 0.0
    for char, x0, y0, x1, y1 in chars:
        if char == " ":
            gap = _HINTED_GAP * run.size
            continue
        if text and not (near < x0 - right < gap and -step < y0 - bottom < step):
            yield _word(text, stops, (left, bottom, right, top), run, turn if straight else None, spaced=spaced)
            text, stops, spaced = "", [], False
        gap = wide
        if not text:
            left, bottom, right, top = x0, y0, x1, y1
        else:
            left, right = min(left, x0), max(right, x1)
            bottom, top = min(bottom, y0), max(top, y1)
        text += char
        stops.append(x0)
    if text:
        yield _word(text, stops, (left, bottom, right, top), run, turn if straight else None, spaced=spaced)


def _flipped(box: Bounds) -> Bounds:
    """A box of the page with heights that grow upwards, as in the file."""
    return box[0], -box[3], box[2], -box[1]


def _word(text: str, stops: list[float], box: Bounds, run: _Run, turn: Turn | None, *, spaced: bool) -> Word:
    left, top, right, bottom = turn(*box) if turn else (box[0], -box[3], box[2], -box[1])
    shown = text.translate(_PLAIN).strip()
    places = tuple(stop + left - box[0] for stop in stops) if len(shown) == len(text) else ()
    return Word(shown, left, top, right, bottom, run.size, run.bold, run.italic, spaced=spaced, stops=places)


def _elsewhere(word: Word, own: Turn, main: Turn, wide: float, high: float, corner: tuple[float, float]) -> Word:
    """A word that runs in another direction than the page, placed on the page."""
    left, top, right, bottom = _unturned(word, own, wide, high, corner)
    left, top, right, bottom = main(left, top, right, bottom)
    return replace(word, left=left, top=top, right=right, bottom=bottom, turned=True, stops=())


def _unturned(word: Word, own: Turn, wide: float, high: float, corner: tuple[float, float]) -> Bounds:
    cx, cy = corner
    left, top, right, bottom = word.left, word.top, word.right, word.bottom
    origin = own(cx, cy, cx, cy)
    if origin == (0.0, high, 0.0, high):
        return left + cx, high + cy - bottom, right + cx, high + cy - top
    if origin == (0.0, 0.0, 0.0, 0.0):
        return top + cx, left + cy, bottom + cx, right + cy
    if origin == (wide, 0.0, wide, 0.0):
        return wide + cx - right, top + cy, wide + cx - left, bottom + cy
    return wide + cx - bottom, high + cy - right, wide + cx - top, high + cy - left


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class _Drawing:
    """Collects rules, boxes and pictures from the objects of a page."""

    def __init__(self, sheet: Sheet, turn: Turn) -> None:
        self.sheet, self.turn = sheet, turn
        self.paths = self.segments = 0
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()

    def read(self, page: Any) -> None:
        """Look at every object of `page`."""
        for index in range(raw.FPDFPage_CountObjects(page)):
            if self.paths > _MOST_PATHS:
                return
            self.look(raw.FPDFPage_GetObject(page, index), _SAME, 0)

    def look(self, thing: Any, outer: Matrix, depth: int) -> None:
        """Look at one object; forms are opened."""
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            self.path(thing, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.sheet.pictures.append(self.bounds(thing, outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(self.matrix(thing), outer)
            for index in range(raw.FPDFFormObj_CountObjects(thing)):
                if self.paths > _MOST_PATHS:
                    return
                self.look(raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def matrix(self, thing: Any) -> Matrix:
        """The matrix of an object."""
        it = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(thing, it)
        return it.a, it.b, it.c, it.d, it.e, it.f

    def bounds(self, thing: Any, outer: Matrix) -> Bounds:
        """The bounds of an object on the page as read."""
        raw.FPDFPageObj_GetBounds(thing, *self.sides)
        left, bottom, right, top = (side.value for side in self.sides)
        if outer is not _SAME:
            xs, ys = zip(*(_moved(x, y, outer) for x in (left, right) for y in (bottom, top)), strict=True)
            left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        return self.turn(left, bottom, right, top)

    def path(self, thing: Any, outer: Matrix) -> None:
        """Take the rules and boxes out of a path."""
        self.sheet.drawn += 1
        bounds = self.bounds(thing, outer)
        left, top, right, bottom = bounds
        wide, high = right - left, bottom - top
        if max(wide, high) < _SHORT:
            return
        if min(wide, high) <= THIN:
            self.rule(bounds)
            return
        count = raw.FPDFPath_CountSegments(thing)
        self.segments += count
        if count < 4 or self.segments > _MOST_SEGMENTS:
            return
        raw.FPDFPath_GetDrawMode(thing, self.fill, self.stroke)
        if count == _RECTANGLE and not self.stroke.value:
            self.sheet.boxes.append(bounds)
            return
        for points, curved in self.subpaths(thing, count, _times(self.matrix(thing), outer)):
            if not curved:
                self.shape(points, stroked=bool(self.stroke.value), filled=bool(self.fill.value))
            elif len(points) <= _ROUNDED:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self.sheet.boxes.append((min(xs), min(ys), max(xs), max(ys)))

    def subpaths(self, thing: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The subpaths of a path as points on the page as read, and whether they are curved."""
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        curves = 0
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, bool(curves)
                points, curves = [], 0
            curves += kind == raw.FPDF_SEGMENT_BEZIERTO
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            px, py = _moved(x.value, y.value, matrix)
            left, top, *_ = self.turn(px, py, px, py)
            points.append((left, top))
            if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
                points.append(points[0])
        if len(points) > 1:
            yield points, bool(curves)

    def shape(self, points: list[tuple[float, float]], *, stroked: bool, filled: bool) -> None:
        """A thin shape is a rule; a rectangle is a box, and four rules if it is framed; loose strokes are rules."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        bounds = (min(xs), min(ys), max(xs), max(ys))
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            self.rule(bounds)
            return
        square = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in pairwise(points))
        if square and len(points) in {4, 5, 6} and (filled or stroked):
            self.sheet.boxes.append(bounds)
        if stroked and square:
            for (x0, y0), (x1, y1) in pairwise(points):
                self.rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def rule(self, bounds: Bounds) -> None:
        """Keep a thin rectangle as a rule, level or upright by its longer side."""
        left, top, right, bottom = bounds
        if max(right - left, bottom - top) < _SHORT:
            return
        if right - left >= bottom - top:
            self.sheet.level.append(Rule((top + bottom) / 2, left, right))
        else:
            self.sheet.upright.append(Rule((left + right) / 2, top, bottom))


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
