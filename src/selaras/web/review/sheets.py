"""The picture of one page with its marks, as a template draws it: an SVG with the picture below and links above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PAD = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A mark on a page in the picture's own points, with where it leads and what it is called."""

    left: int
    top: int
    width: int
    height: int
    tone: str
    label: str
    url: str
    current: bool = False
    first: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its number of how many, its picture, its size, its marks, and its neighbours."""

    page: int
    pages: int
    width: int
    height: int
    boxes: tuple[Box, ...]

    @property
    def before(self) -> int | None:
        """The page before, None at the beginning."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after, None at the end."""
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be marked: its rectangles (page, left, top, width, height as shares) and how it is shown."""

    boxes: Sequence[Sequence[float]]
    tone: str
    label: str
    url: str
    number: int
    current: bool = False


def sheet_of(sizes: Sequence[Sequence[int]], page: int, marks: Iterable[Mark]) -> Sheet | None:
    """The page with the marks that stand on it, the current one last so that it lies on top; None without a picture."""
    if not 1 <= page <= len(sizes) or not sizes[page - 1][0]:
        return None
    width, height = sizes[page - 1]
    drawn: list[Box] = []
    for mark in sorted(marks, key=lambda mark: mark.current):
        here = [box for box in mark.boxes if box[0] == page]
        drawn += [_box(mark, box, width, height, first=at == 0) for at, box in enumerate(here)]
    return Sheet(page, len(sizes), width, height, tuple(drawn))


def _box(mark: Mark, box: Sequence[float], width: int, height: int, *, first: bool) -> Box:
    _, left, top, wide, high = box
    return Box(
        round(left * width) - PAD, round(top * height) - PAD, round(wide * width) + 2 * PAD,
        round(high * height) + 2 * PAD, mark.tone, mark.label, mark.url, mark.current, first, mark.number,
    )  # fmt: skip
