"""The pages of a PDF one after the other: running headers and footers told apart, paragraphs and tables joined over page breaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from selaras.documents.read.headings import LISTED
from selaras.documents.read.lines import Bounds, Break, Grid, Item, Line, Role

_MARGIN = 0.14  # of the page's height: where running headers and footers stand
_SAME_HEIGHT = 4.0
_NUMBERED = re.compile(r"(?:bab|lampiran|tabel|gambar|grafik)\s+[\w.]+")
_FULL = 3.0  # points: so near to the right edge a line is full


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as read: its height in points and its items; None if it is only a picture."""

    height: float
    items: list[Line | Grid] | None
    recognised: bool = False


def sequence(pages: list[Leaf]) -> list[Item]:
    """The pages one after the other, running headers and footers marked, paragraphs joined over page breaks."""
    marked = [_without_margins(page.items or [], margins) for page, margins in zip(pages, _margins(pages), strict=True)]
    out: list[Item] = []
    table: Grid | None = None
    end: int | None = None  # after the last line of a paragraph that may go on
    for number, page in enumerate(marked, start=1):
        if number > 1:
            out.append(Break(number))
        carried, end = end, None
        for item in page:
            if isinstance(item, Grid):
                item = _without_repeats(item, table)
                table, carried, end = item, None, None
            elif item.role is not Role.MARGIN:
                if carried is not None and _goes_over(out[carried - 1], item, marked[number - 2]):
                    out.insert(carried, replace(item, continues=True))
                    carried += 1
                    continue
                carried, end = None, len(out) + 1
            out.append(item)
    return out


def _goes_over(last: Item, item: Line, above: list[Line | Grid]) -> bool:
    """Whether a line of a new page belongs to the paragraph that ended the page `above`."""
    if not isinstance(last, Line):
        return False
    return item.continues if last.page == item.page else _flows_on(last, item, above)


def _without_repeats(grid: Grid, above: Grid | None) -> Grid:
    """A table's part on a new page without the titles of groups that are printed again below its repeated header."""
    if above is None or above.page == grid.page or len(above.edges) != len(grid.edges):
        return grid
    titles = {row[0].text for row in above.rows if len(row) == 1}
    heads = 0
    for row, before in zip(grid.rows, above.rows, strict=False):
        if len(row) == 1 or [piece.text for piece in row] != [piece.text for piece in before]:
            break
        heads += 1
    last = heads
    while heads and last < len(grid.rows) and len(grid.rows[last]) == 1 and grid.rows[last][0].text in titles:
        last += 1
    return replace(grid, rows=grid.rows[:heads] + grid.rows[last:])


def _without_margins(page: list[Line | Grid], margins: set[int]) -> list[Line | Grid]:
    return [
        replace(item, role=Role.MARGIN, continues=False) if isinstance(item, Line) and number in margins else item
        for number, item in enumerate(page)
    ]


def _flows_on(last: Line, line: Line, above: list[Line | Grid]) -> bool:
    """The first line of a page goes on with the last one of the page `above`: no stop there, and no capital here or no room
    there.
    """
    if (
        last.text[-1:] in ".:;!?"
        or last.bold != line.bold
        or last.role is not line.role
        or abs(last.size - line.size) > 1
    ):
        return False
    if line.text[:1].islower():
        return True
    edge = max(item.bounds[2] for item in above if isinstance(item, Line) and item.bounds)
    full = last.bounds is not None and last.bounds[2] > edge - _FULL and last.continues
    return full and not line.centred and not LISTED.match(line.text)


def _margins(pages: list[Leaf]) -> list[set[int]]:
    """For each page the positions of lines that come again at the same height on other pages: headers, footers, numbers."""
    seen: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for at, item in enumerate(page.items or []):
            if not isinstance(item, Line) or item.role is Role.HEADING or not item.bounds:
                continue
            if (height := _from_edge(item.bounds, page.height)) is not None:
                seen[_key(item.text)].append((height, number, at))
    found: list[set[int]] = [set() for _ in pages]
    least = 2 if len(pages) <= 4 else 3
    for places in seen.values():
        heights = Counter(round(top / _SAME_HEIGHT) for top, _, _ in places)
        for top, number, at in places:
            level = round(top / _SAME_HEIGHT)
            if sum(heights[level + step] for step in (-1, 0, 1)) >= least:
                found[number].add(at)
    return [_whole(page.items or [], margins) for page, margins in zip(pages, found, strict=True)]


def _whole(page: list[Line | Grid], margins: set[int]) -> set[int]:
    """Without the lines of paragraphs that go on outside: text that happens to stand where other pages have the same."""
    kept = set(margins)
    for at in sorted(margins, reverse=True):
        after = page[at + 1] if at + 1 < len(page) else None
        if isinstance(after, Line) and after.continues and at + 1 not in kept:
            kept.discard(at)
    for at in sorted(kept):
        line = page[at]
        if isinstance(line, Line) and line.continues and at - 1 not in kept:
            kept.discard(at)
    return kept


def _from_edge(bounds: Bounds, tall: float) -> float | None:
    """The distance of a line from the upper edge of its page, or, negative, from the lower one; None in the middle."""
    if bounds[1] < _MARGIN * tall:
        return bounds[1]
    return bounds[3] - tall if bounds[3] > (1 - _MARGIN) * tall else None


def _key(text: str) -> str:
    """The text without figures and without a Roman page number at its end; chapters and annexes keep their number."""
    text = text.casefold()
    label = _NUMBERED.match(text)
    head = label[0] if label else ""
    return head + re.sub(r"(?:^|(?<=\W))[ivxl]{1,7}$", "#", re.sub(r"\d+", "#", text[len(head) :]))
