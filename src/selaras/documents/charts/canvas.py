"""A sheet of SVG: shapes and words as presentation attributes, which every SVG engine knows.

Patterns are drawn as lines inside the shape instead of `<pattern>`: no ids, hence nothing to collide when several
charts share a page, and nothing that a small engine leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil
from re import compile as regex

from selaras.documents.charts.lettering import width
from selaras.documents.palette import INK, PAPER, Pattern, Swatch

WIDTH = 636.0  # of the drawing; with the margin every chart is 640 units wide
MARGIN = 2.0  # keeps borders from being cut at the edge
SIZE = 13.0  # the font size of every chart's text; about 9 pt on an A4 page
SMALL = 12.0
FAMILY = "Source Sans Pro, Carlito, Calibri, Liberation Sans, Arial, sans-serif"  # the next best are about as wide

_UNPRINTABLE = regex("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """`text` escaped for XML content and attributes, without the control characters that XML forbids."""
    return escape(_UNPRINTABLE.sub("", text), quote=True)


def short(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


class Canvas:
    """Collects the elements of one chart, top to bottom."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def rect(self, x: float, y: float, w: float, h: float, *, fill: str, stroke: str = "", round_by: float = 0) -> None:
        """A rectangle; `stroke` is its border's colour."""
        border = f' stroke="{stroke}"' if stroke else ""
        corner = f' rx="{short(round_by)}"' if round_by else ""
        place = f'x="{short(x)}" y="{short(y)}" width="{short(w)}" height="{short(h)}"'
        self._parts.append(f'<rect {place}{corner} fill="{fill}"{border}/>')

    def path(self, moves: str, *, stroke: str, thick: float = 1, dash: str = "", fill: str = "none") -> None:
        """A path in SVG's own letters."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(f'<path d="{moves}" fill="{fill}" stroke="{stroke}" stroke-width="{short(thick)}"{dashes}/>')

    def line(self, points: Iterable[tuple[float, float]], *, stroke: str, thick: float = 1, dash: str = "") -> None:
        """A line through all points."""
        self.path("M" + "L".join(f"{short(x)} {short(y)}" for x, y in points), stroke=stroke, thick=thick, dash=dash)

    def circle(self, x: float, y: float, radius: float, *, fill: str, stroke: str, thick: float = 1.5) -> None:
        """A circle around x, y."""
        self._parts.append(
            f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" fill="{fill}" stroke="{stroke}"'
            f' stroke-width="{short(thick)}"/>'
        )

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        fill: str = INK,
        anchor: str = "start",
        strong: bool = False,
        slanted: bool = False,
        halo: bool = False,
    ) -> None:
        """One line of text with its baseline at `y`; `halo` clears the ground behind it."""
        if halo:
            self._clear(x, y, text, size, anchor, strong=strong)
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += f' font-size="{short(size)}"' if size != SIZE else ""
        more += f' fill="{fill}"' if fill != INK else ""
        more += ' font-weight="600"' if strong else ""
        more += ' font-style="italic"' if slanted else ""
        self._parts.append(f'<text x="{short(x)}" y="{short(y)}"{more}>{safe(text)}</text>')

    def _clear(self, x: float, y: float, text: str, size: float, anchor: str, *, strong: bool) -> None:
        room = width(text, size, strong=strong)
        left = x - {"start": 0.0, "middle": room / 2, "end": room}[anchor]
        self.rect(left - 1, y - size * 0.78, room + 2, size, fill=PAPER)

    def bar(self, x: float, y: float, w: float, h: float, swatch: Swatch) -> None:
        """A bar filled with the swatch's colour and pattern."""
        if w <= 0 or h <= 0:
            return
        self.rect(x, y, w, h, fill=swatch.fill, stroke=swatch.line)
        moves = _hatch(x, y, w, h, swatch.pattern)
        if moves:
            light = swatch.ink if swatch.pattern is Pattern.CROSS and swatch.ink == PAPER else swatch.line
            self.path(moves, stroke=light, thick=1.7 if swatch.pattern is Pattern.DOTS else 1)

    def finish(self, height: float, *, title: str, description: str) -> str:
        """The complete SVG text."""
        wide, high, edge = short(WIDTH + 2 * MARGIN), short(ceil(height + 2 * MARGIN)), short(-MARGIN)
        told = f"<desc>{safe(description)}</desc>" if description else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
            f' viewBox="{edge} {edge} {wide} {high}" role="img" font-family="{FAMILY}" font-size="{short(SIZE)}"'
            f' fill="{INK}"><title>{safe(title)}</title>{told}{"".join(self._parts)}</svg>'
        )


def _hatch(x: float, y: float, w: float, h: float, pattern: Pattern) -> str:
    """The lines of a pattern inside a rectangle, as the moves of one path."""
    if pattern is Pattern.VERTICAL:
        return "".join(f"M{short(x + at)} {short(y)}v{short(h)}" for at in _steps(w, 5))
    if pattern is Pattern.DIAGONAL:
        return _slants(x, y, w, h, 7)
    if pattern is Pattern.CROSS:
        return _slants(x, y, w, h, 9) + _slants(x, y, w, h, 9, mirrored=True)
    if pattern is Pattern.DOTS:
        return "".join(f"M{short(x + at)} {short(y + down)}h1.7" for at in _steps(w - 2, 6) for down in _steps(h, 5))
    return ""


def _steps(length: float, step: float) -> list[float]:
    return [step * place for place in range(1, ceil(length / step))]


def _slants(x: float, y: float, w: float, h: float, step: float, *, mirrored: bool = False) -> str:
    """Lines at 45 degrees, each cut where it meets the rectangle's sides."""
    moves = []
    for at in _steps(w + h, step):
        left, right = max(0.0, at - h), min(at, w)
        start, end = (w - left, w - right) if mirrored else (left, right)
        moves.append(f"M{short(x + start)} {short(y + at - left)}L{short(x + end)} {short(y + at - right)}")
    return "".join(moves)
