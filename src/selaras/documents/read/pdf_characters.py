"""The characters of a PDF page as words with their places and styles."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import atan2, hypot, pi
from struct import Struct
from typing import Any

from pypdfium2 import raw

from selaras.documents.read.lines import INVISIBLE, Bounds
from selaras.documents.read.pdf_drawing import Drawing
from selaras.documents.read.pdf_sheet import Sheet, Turn, Word, elsewhere, flipped

_GAP = 0.18  # of the font size: wider gaps part words
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18  # flags of a font descriptor
_CORNERS = Struct("4f").unpack_from  # left, top, right and bottom of a box of the library, at once
_UNICODES = 0x110000
_SURROGATES = (0xD800, 0xDFFF)
_SLANT = 0.12  # of a right angle
_SPACES = frozenset({9, 32, 160})
_NOTHING = frozenset({0, 9, 10, 13, 32, 160, 0xFFFE})
_HINTED_GAP = 0.07  # of the font size, where the library guessed a space
_PLAIN = INVISIBLE | str.maketrans({
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "Ɵ": "ti", "Ʃ": "tt", "Ō": "ft", "ƞ": "tf", "ƫ": "tti",  # word processors number these ligatures wrongly
    "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u0002": "-", "\u00ad": "-",
})  # fmt: skip


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
    turns = [Turn(direction, wide, high, *corner) for direction in range(4)]
    for direction, runs in enumerate(letters):
        own = direction == main
        for run in runs:
            for word in _words(run, turns[direction], straight=direction == 0):
                placed = word if own else elsewhere(word, turns[direction], turns[main])
                if placed.text and _on_page(placed, sheet):
                    sheet.words.append(placed)
    Drawing(sheet, turns[main]).read(page)
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
    box, probe = raw.FS_RECTF(), _Probe(text)
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
        left, top, right, bottom = _CORNERS(box)
        here = (left, bottom, right, top)
        if run is None or abs(here[0] - last[0]) > reach or abs(here[1] - last[1]) > reach:
            found = probe.begun(index, here)
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


class _Probe:
    """Asks for the style of characters."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self.matrix, self.name, self.flags = raw.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()

    def begun(self, index: int, box: Bounds) -> tuple[int, _Run] | None:
        """The direction and style of the run that begins with a character; None for slanting text."""
        size, tilt, matrix = raw.FPDFText_GetFontSize(self.text, index), 0.0, self.matrix
        if raw.FPDFText_GetMatrix(self.text, index, matrix):
            tilt = atan2(matrix.b, matrix.a) / (pi / 2)
            size *= hypot(matrix.c, matrix.d) or 1.0
        if abs(tilt - round(tilt)) > _SLANT:
            return None
        length = raw.FPDFText_GetFontInfo(self.text, index, self.name, 128, self.flags)
        style = _style(self.name.value[:127] if length else b"", self.flags.value)
        return round(tilt) % 4, _Run(size if size > 1 else max(box[3] - box[1], 1.0), *style)


@lru_cache(maxsize=256)
def _style(font: bytes, flags: int) -> tuple[bool, bool]:
    """Whether a font is bold and whether it is italic, by its name and its flags."""
    name = font.decode("utf-8", "replace").casefold()
    bold = any(mark in name for mark in ("bold", "black", "heavy", "demi")) or bool(flags & _FORCED_BOLD)
    italic = any(mark in name for mark in ("italic", "oblique")) or bool(flags & _ITALIC)
    return bold, italic


def _direction(letters: list[list[_Run]], rotation: int) -> int:
    """The direction in which most characters run; without text, the one that the page's rotation makes upright."""
    counts = Counter({way: sum(len(run.chars) for run in runs) for way, runs in enumerate(letters)})
    way, most = counts.most_common(1)[0]
    return way if most else rotation % 4


def _words(run: _Run, turn: Turn, *, straight: bool) -> Iterator[Word]:
    """The words of a run; a gap or a step to another line begins a new one. `straight`: it runs rightwards in the file."""
    near, wide, step = -0.6 * run.size, _GAP * run.size, 0.45 * run.size
    chars = run.chars if straight else [(char, *flipped(turn(*box))) for char, *box in run.chars]
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


def _word(text: str, stops: list[float], box: Bounds, run: _Run, turn: Turn | None, *, spaced: bool) -> Word:
    left, top, right, bottom = turn(*box) if turn else (box[0], -box[3], box[2], -box[1])
    shown = text.translate(_PLAIN).strip()
    places = tuple(stop + left - box[0] for stop in stops) if len(shown) == len(text) else ()
    return Word(shown, left, top, right, bottom, run.size, run.bold, run.italic, spaced=spaced, stops=places)
