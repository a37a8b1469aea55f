"""Where the stamps stand: in the gap above each name of a signature block, else at the foot of the last page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from selaras.documents.pades.stamp import HEIGHT, WIDTH

_AIR = 3.5
_ROLE = 28.0  # above the gap of a signature block stands the position
_FOOT = 78.0
_STEP = 12.0
_EDGE = 30.0


@dataclass(frozen=True, slots=True)
class StampPlace:
    """A rectangle on a page, in points from its lower left corner; `page` counts from 0."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The rectangle in whole points, as large as the stamp."""
        left, bottom = round(self.left), round(self.bottom)
        return left, bottom, left + round(self.right - self.left), bottom + round(self.top - self.bottom)


def find_places(content: bytes, names: Sequence[str]) -> tuple[list[StampPlace], int]:
    """The place of each name's stamp, and how many pages there are.

    A name stands in a signature block where there is a gap above it as high as the stamp; the first such place counts.
    """
    document = pdfium.PdfDocument(content)
    try:
        count = len(document)
        taken: list[StampPlace] = []
        for name in names:
            found = _above(document, name, taken) if name.strip() else None
            taken.append(found or _at_foot(document, taken))
        return taken, count
    finally:
        document.close()


def find_repeats(content: bytes, names: Sequence[str], places: Sequence[StampPlace]) -> list[list[StampPlace]]:
    """Where else each name stands in a signature block, on the pages behind its place: the annex is signed too."""
    document = pdfium.PdfDocument(content)
    try:
        taken, found = list(places), list[list[StampPlace]]()
        for name, place in zip(names, places, strict=True):
            pages = range(place.page + 1, len(document)) if name.strip() else ()
            own = [one for number in pages if (one := _above(document, name, taken, number, number + 1))]
            taken += own
            found.append(own)
        return found
    finally:
        document.close()


def _above(document: pdfium.PdfDocument, name: str, taken: list[StampPlace], begin: int = 0,
           end: int | None = None) -> StampPlace | None:  # fmt: skip
    """The last such gap of the first page that has one: names stand in the text too, above the block."""
    for number in range(begin, len(document) if end is None else end):
        page = document[number]
        text = page.get_textpage()
        searcher = text.search(name, match_case=True)
        found = None
        while hit := searcher.get_next():
            boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
            found = _gap(page, text, number, boxes, taken) or found
        if found:
            return found
    return None


def _gap(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int, boxes: list[tuple[float, ...]],
         taken: list[StampPlace]) -> StampPlace | None:  # fmt: skip
    if not boxes or max(box[3] for box in boxes) - min(box[1] for box in boxes) > 2 * HEIGHT:
        return None
    middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
    bottom = max(box[3] for box in boxes) + _AIR
    left = min(max(middle - WIDTH / 2, _EDGE), page.get_width() - WIDTH - _EDGE)
    place = StampPlace(number, left, bottom, left + WIDTH, bottom + HEIGHT)
    above = text.get_text_bounded(place.left, place.top, place.right, place.top + _ROLE)
    return place if above.strip() and _is_free(text, place, taken) else None


def _at_foot(document: pdfium.PdfDocument, taken: list[StampPlace]) -> StampPlace:
    """The lowest free place of the last page, from the right; on a full page the place at its foot, over the text."""
    number = len(document) - 1
    page = document[number]
    text = page.get_textpage()
    columns = (page.get_width() - WIDTH - 62.0, 79.0)
    bottom = _FOOT
    while bottom + HEIGHT < page.get_height() - _FOOT:
        for left in columns:
            place = StampPlace(number, left, bottom, left + WIDTH, bottom + HEIGHT)
            if _is_free(text, place, taken):
                return place
        bottom += _STEP
    left = columns[len(taken) % 2]
    return StampPlace(number, left, _FOOT, left + WIDTH, _FOOT + HEIGHT)


def _is_free(text: pdfium.PdfTextPage, place: StampPlace, taken: list[StampPlace]) -> bool:
    inside = text.get_text_bounded(place.left + 1, place.bottom + 1, place.right - 1, place.top - 1)
    return not inside.strip() and not any(_meet(place, other) for other in taken)


def _meet(one: StampPlace, other: StampPlace) -> bool:
    return (
        one.page == other.page and one.left < other.right and other.left < one.right
        and one.bottom < other.top and other.bottom < one.top
    )  # fmt: skip
