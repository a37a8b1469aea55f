"""The outline (bookmarks) of a PDF as evidence for its headings: a line that the outline names on that page is a heading."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import isfinite
from typing import Any

import pypdfium2
from pypdfium2 import raw

from selaras.documents.read.headings import PICTURE, TABLE_LABEL, chapter
from selaras.documents.read.lines import Grid, Line, Role, tidy
from selaras.documents.read.pdf_lines import joined

LONGEST = 400  # characters of a heading
SHORTEST = 3
MOST = 5_000
DEEPEST = 8
MOST_LINES = 8  # of one heading
LOWEST = 4  # level of headings that we know


@dataclass(frozen=True, slots=True)
class Mark:
    """One bookmark: its words, its page from 0, the level of the heading that it names, and the height where it leads,

    in points from the lower edge of the page, if it says so.
    """

    title: str
    page: int
    level: int
    height: float | None = None


def marks(document: pypdfium2.PdfDocument) -> dict[int, list[Mark]]:
    """The bookmarks of a PDF by page. Chapters stand at level 1, however deep the outline hangs them."""
    try:
        found = list(_read(document))
    except (pypdfium2.PdfiumError, ValueError, RecursionError):
        return {}
    top = min((mark.level for mark in found if chapter(mark.title)), default=1)
    by_page: dict[int, list[Mark]] = {}
    for mark in found:
        level = min(max(mark.level - top + 1, 1), LOWEST)
        by_page.setdefault(mark.page, []).append(replace(mark, level=level))
    return by_page


def _read(document: pypdfium2.PdfDocument) -> Iterator[Mark]:
    for bookmark in islice(document.get_toc(max_depth=DEEPEST), MOST):
        title = tidy(bookmark.get_title() or "")
        if not SHORTEST <= len(_key(title)) <= LONGEST or TABLE_LABEL.match(title) or PICTURE.match(title):
            continue
        target = _target(document, bookmark)
        page = raw.FPDFDest_GetDestPageIndex(document.raw, target) if target else -1
        if page >= 0:
            yield Mark(title, page, bookmark.level + 1, _height(target))


def _target(document: pypdfium2.PdfDocument, bookmark: pypdfium2.PdfBookmark) -> Any:
    """Where a bookmark leads, by itself or by its action."""
    target = raw.FPDFBookmark_GetDest(document.raw, bookmark.raw)
    if not target and (action := raw.FPDFBookmark_GetAction(bookmark.raw)):
        target = raw.FPDFAction_GetDest(document.raw, action)
    return target


def _height(target: Any) -> float | None:
    has = [ctypes.c_int() for _ in range(3)]
    at = [ctypes.c_float() for _ in range(3)]
    raw.FPDFDest_GetLocationInPage(target, *has, *at)
    return at[1].value if has[1].value and isfinite(at[1].value) else None


def told(items: list[Line | Grid], named: Sequence[Mark], height: float) -> list[Line | Grid]:
    """The items of a page `height` points high, the lines that its bookmarks name made headings, each in one line."""
    out = list(items)
    for mark in named:
        places = list(_places(out, _key(mark.title)))
        if not places:
            continue
        aim = None if mark.height is None else height - mark.height
        first, last = places[0] if aim is None else min(places, key=lambda place: abs(_top(out[place[0]]) - aim))
        lines = [line for line in out[first:last] if isinstance(line, Line)]
        words = lines[0].text
        for line in lines[1:]:
            words = joined(words, line.text)
        out[first:last] = [replace(lines[0], text=words, role=Role.HEADING, level=mark.level, continues=False)]
        after = out[first + 1] if first + 1 < len(out) else None
        if isinstance(after, Line) and after.continues:
            out[first + 1] = replace(after, continues=False)
    return out


def _top(item: Line | Grid) -> float:
    return item.bounds[1] if item.bounds else 0.0


def _places(items: Sequence[Line | Grid], key: str) -> Iterator[tuple[int, int]]:
    """Where lines say just what the key says and are no headings yet."""
    for first in range(len(items)):
        said = ""
        for last, item in enumerate(items[first : first + MOST_LINES], start=first + 1):
            if not isinstance(item, Line) or item.role is not Role.UNKNOWN:
                break
            said += _key(item.text)
            if said == key:
                yield first, last
                break
            if not key.startswith(said):
                break


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
