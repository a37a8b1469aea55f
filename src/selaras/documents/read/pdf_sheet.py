"""A PDF page as it is read: its words, rules, boxes and pictures, and how places in the file are turned to it.

All places are points from the upper left corner of the page as it is read: a page whose text runs upwards is turned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from selaras.documents.read.lines import Bounds


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


@dataclass(frozen=True, slots=True)
class Turn:
    """How places of a file `wide` and `high` points large are turned so that text of one direction runs rightwards.

    `direction` is 0 rightwards, 1 upwards, 2 leftwards, 3 downwards; `x` and `y` are the lower left corner of what is shown.
    """

    direction: int
    wide: float
    high: float
    x: float
    y: float

    def __call__(self, left: float, bottom: float, right: float, top: float) -> Bounds:
        """Bounds in the page as read, from left, bottom, right and top in the file."""
        if self.direction == 0:
            up = self.high + self.y
            return left - self.x, up - top, right - self.x, up - bottom
        if self.direction == 1:
            return bottom - self.y, left - self.x, top - self.y, right - self.x
        if self.direction == 2:
            return self.wide + self.x - right, bottom - self.y, self.wide + self.x - left, top - self.y
        up, far = self.high + self.y, self.wide + self.x
        return up - top, far - right, up - bottom, far - left

    def back(self, left: float, top: float, right: float, bottom: float) -> Bounds:
        """Left, bottom, right and top in the file, from bounds in the page as read."""
        up, far = self.high + self.y, self.wide + self.x
        if self.direction == 0:
            return left + self.x, up - bottom, right + self.x, up - top
        if self.direction == 1:
            return top + self.x, left + self.y, bottom + self.x, right + self.y
        if self.direction == 2:
            return far - right, top + self.y, far - left, bottom + self.y
        return far - bottom, up - right, far - top, up - left


def flipped(box: Bounds) -> Bounds:
    """A box of the page with heights that grow upwards, as in the file."""
    return box[0], -box[3], box[2], -box[1]


def elsewhere(word: Word, own: Turn, main: Turn) -> Word:
    """A word that runs in another direction than the page, placed on the page."""
    left, top, right, bottom = main(*own.back(word.left, word.top, word.right, word.bottom))
    return replace(word, left=left, top=top, right=right, bottom=bottom, turned=True, stops=())
