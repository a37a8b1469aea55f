"""The child process that opens a reviewed PDF: finds quotations on its pages, and copies the pages with marks on them."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from selaras.documents.read.child import bound
from selaras.documents.read.limits import Limits

SHEER = 0.45  # two findings on one figure stay legible
SHORTEST_QUOTE = 3
ALONE = 24  # a quotation of so many characters stands on a page only once
SAME_LINE = 9.0
PARTS = (60, 40, 20)
MOST_CELLS = 60
NOTE_SIZE = 18
BADGE_SIZE = 6.5

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def main() -> None:
    """Do what the order on standard input says and write the answer to standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints does not mix with the answer
    order = json.load(sys.stdin)
    bound(Limits(**order["limits"]))
    out.write(done(order))
    out.close()


def done(order: dict[str, Any]) -> bytes:
    """The boxes of all marks as JSON, or the marked PDF."""
    files = [Path(name) for name in order["files"]]
    if order["work"] == "boxes":
        return json.dumps([shares for _, shares in found(files, order["marks"])]).encode()
    return copied(files, order["marks"], base64.b64decode(order["front"]), order["colours"])


# --- finding -------------------------------------------------------------------------------------------------------------


def found(files: Sequence[Path], marks: Sequence[dict[str, Any]]) -> list[tuple[list[Rect], list[Rect]]]:
    """For each mark its rectangles in points, and as shares of the page from the top left."""
    import pypdfium2

    answers: list[tuple[list[Rect], list[Rect]]] = [([], []) for _ in marks]
    for number, path in enumerate(files):
        inside = [at for at, mark in enumerate(marks) if mark["file"] == number]
        if not inside:
            continue
        with pypdfium2.PdfDocument(path) as pdf:
            for page in sorted({marks[at]["page"] for at in inside}):
                sheet = pdf[page]
                words = sheet.get_textpage()
                for at in inside:
                    if marks[at]["page"] == page:
                        rects = spot(words, marks[at])
                        answers[at] = (rects, [share(sheet, rect) for rect in rects])
                words.close()
                sheet.close()
    return answers


def spot(words: Any, mark: dict[str, Any]) -> list[Rect]:
    """Where a mark stands: its quotation, in it the figure that is wrong; else that figure alone; else nothing."""
    quote, stated = " ".join(mark["quote"].split()), " ".join(mark["stated"].split())
    span = quoted(words, quote, mark["beside"], mark["nth"])
    if span is None and len(stated) >= SHORTEST_QUOTE and re.search(r"\d", stated):
        span = quoted(words, stated, mark["beside"], 0)
    if span is None:
        return []
    index, size = within(words, span, stated) if stated and stated != quote else span
    return rects_of(words, index, size)


def quoted(words: Any, quote: str, beside: Sequence[str], nth: int) -> tuple[int, int] | None:
    """Index and length of a quotation; a long one is looked up by its beginning, a short one beside its row."""
    text = quote.strip("… ")
    if not text:
        return None
    whole = occurrences(words, text)
    if len(whole) == 1 or (whole and len(text) >= ALONE):
        return whole[0]
    if whole:
        return nearest(words, whole, beside, nth)
    for length in PARTS:
        starts = occurrences(words, text[:length].strip(), bare=True) if len(text) > length else []
        if starts:
            return starts[0][0], min(len(text), words.count_chars() - starts[0][0])
    return None


def occurrences(words: Any, text: str, *, bare: bool = False) -> list[tuple[int, int]]:
    """Every place where a text stands by itself, not as a part of a longer number or word (unless `bare`)."""
    if len(text) < 1:
        return []
    search = words.search(text)
    spans = []
    while (match := search.get_next()) is not None:
        if bare or alone(words, *match):
            spans.append(match)
    search.close()
    return spans


def alone(words: Any, index: int, size: int) -> bool:
    """Whether what stands before and after does not go on with the number or word."""
    before = words.get_text_range(max(0, index - 2), min(2, index)) if index else ""
    count = min(2, words.count_chars() - index - size)
    after = words.get_text_range(index + size, count) if count > 0 else ""
    return not (re.search(r"\w$|\d[.,]$", before, re.ASCII) or re.match(r"\w|[.,]\d", after, re.ASCII))


def nearest(words: Any, spans: Sequence[tuple[int, int]], beside: Sequence[str], nth: int) -> tuple[int, int]:
    """Of several occurrences the one on the line on which most of the row's other cells stand, the `nth` from the left.

    Where none stands on the same line (a name over several lines), the one nearest to a cell that stands only once.
    """
    levels = [[middle(words, span) for span in cells(words, text)] for text in beside]
    heights = [middle(words, span) for span in spans]
    shared = [sum(any(abs(height - level) <= SAME_LINE for level in each) for each in levels) for height in heights]
    if max(shared) > 0:
        height = heights[shared.index(max(shared))]
    else:
        certain = [each[0] for each in levels if len(each) == 1]
        height = min(heights, key=lambda height: abs(height - certain[0])) if certain else heights[0]
    line = [span for span, level in zip(spans, heights, strict=True) if abs(level - height) <= SAME_LINE]
    line.sort(key=lambda span: left_of(words, span))
    return line[min(nth, len(line) - 1)]


def cells(words: Any, text: str) -> list[tuple[int, int]]:
    """Where another cell of the row may stand: a short one whole, a long one by its beginning."""
    part = " ".join(text.split())
    long = len(part) > PARTS[-1]
    return occurrences(words, part[: PARTS[-1]].strip(), bare=long)[:MOST_CELLS] if part else []


def left_of(words: Any, span: tuple[int, int]) -> float:
    """The left edge of a span."""
    rects = rects_of(words, *span)
    return rects[0][0] if rects else 0.0


def middle(words: Any, span: tuple[int, int]) -> float:
    """The height of the first line of a span."""
    rects = rects_of(words, *span)
    return (rects[0][1] + rects[0][3]) / 2 if rects else 0.0


def within(words: Any, span: tuple[int, int], stated: str) -> tuple[int, int]:
    """The figure inside its quotation, else the whole quotation."""
    text = words.get_text_range(*span)
    match = re.search(rf"(?<![\w.,]){re.escape(stated)}(?!\w|[.,]\d)", text)
    return (span[0] + match.start(), len(stated)) if match else span


def rects_of(words: Any, index: int, size: int) -> list[Rect]:
    """The rectangles of a span, one per line."""
    return [words.get_rect(number) for number in range(words.count_rects(index, size))]


def share(sheet: Any, rect: Rect) -> Rect:
    """A rectangle as shares of the page as it is shown (cropped, turned): left, top, width, height."""
    import ctypes

    from pypdfium2 import raw

    grain = 10_000
    corners = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(sheet, 0, 0, grain, grain, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        corners.append((across.value / grain, down.value / grain))
    left, right = sorted(corner[0] for corner in corners)
    top, bottom = sorted(corner[1] for corner in corners)
    return left, top, right - left, bottom - top


# --- marking -------------------------------------------------------------------------------------------------------------


def copied(files: Sequence[Path], marks: Sequence[dict[str, Any]], front: bytes, colours: dict[str, str]) -> bytes:
    """The front pages, then the pages of all files with highlights, comments and numbers, and bookmarks to the findings."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    ahead = PdfReader(io.BytesIO(front))
    for sheet in ahead.pages:
        writer.add_page(sheet)
    begins = []
    for path in files:
        begins.append(len(writer.pages))
        writer.append(PdfReader(path), import_outline=True)
    edges: dict[int, int] = {}
    badges: dict[tuple[int, int, int], list[int]] = {}
    for mark, (rects, _) in zip(marks, found(files, marks), strict=True):
        page = begins[mark["file"]] + mark["page"]
        if rects:
            highlight(writer, page, rects, mark, colours[mark["severity"]])
            numbers = badges.setdefault((page, round(rects[0][0]), round(rects[0][3])), [])
            if mark["number"] not in numbers:
                numbers.append(mark["number"])
        else:
            edges[page] = edges.get(page, 0) + 1
            at_edge(writer, page, edges[page], mark)
    for (page, left, top), numbers in badges.items():
        badge(writer, page, left, top, ", ".join(str(number) for number in numbers))
    outline(writer, begins, marks)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def outline(writer: Any, begins: Sequence[int], marks: Sequence[dict[str, Any]]) -> None:
    """A bookmark per finding that leads to the page where it stands first."""
    writer.add_outline_item("Daftar temuan", 0)
    parent = writer.add_outline_item("Temuan pada halamannya", 0, is_open=False) if marks else None
    told: set[int] = set()
    for mark in marks:
        if mark["number"] in told:
            continue
        told.add(mark["number"])
        line = mark["note"].split("\n")[0]
        writer.add_outline_item(line[:110], begins[mark["file"]] + mark["page"], parent=parent)


def highlight(writer: Any, page: int, rects: Sequence[Rect], mark: dict[str, Any], colour: str) -> None:
    """Highlight the rectangles, with the finding as the comment of the highlight."""
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    quads = ArrayObject()
    for left, bottom, right, top in rects:
        quads.extend(FloatObject(value) for value in (left, top, right, top, left, bottom, right, bottom))
    around = (
        min(rect[0] for rect in rects),
        min(rect[1] for rect in rects),
        max(rect[2] for rect in rects),
        max(rect[3] for rect in rects),
    )
    item = Highlight(rect=around, quad_points=quads, highlight_color=colour, printing=True)
    commented(item, mark)
    writer.add_annotation(page, item)


def at_edge(writer: Any, page: int, nth: int, mark: dict[str, Any]) -> None:
    """A note at the right edge, for what could not be found on the page."""
    from pypdf.annotations import Text

    box = writer.pages[page].mediabox
    top = float(box.top) - NOTE_SIZE * (nth + 1)
    left = float(box.right) - 2 * NOTE_SIZE
    item = Text(rect=(left, top - NOTE_SIZE, left + NOTE_SIZE, top), text="")
    commented(item, mark)
    writer.add_annotation(page, item)


def badge(writer: Any, page: int, left: int, top: int, numbers: str) -> None:
    """The numbers of the findings in small print at the corner of what is marked, so that paper tells them too."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, NumberObject

    wide, high = 0.56 * BADGE_SIZE * len(numbers) + 3, BADGE_SIZE + 2
    look = DecodedStreamObject()
    look.set_data(
        f"0.70 0.15 0.12 rg 0 0 {wide:.1f} {high:.1f} re f BT /F {BADGE_SIZE} Tf 1 1 1 rg 1.5 2 Td ({numbers}) Tj ET".encode()
    )
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
    })  # fmt: skip
    look.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject([FloatObject(0), FloatObject(0), FloatObject(wide), FloatObject(high)]),
        NameObject("/Resources"): DictionaryObject({
            NameObject("/Font"): DictionaryObject({NameObject("/F"): font})
        }),
    })  # fmt: skip
    corner = [left, top - 1, left + wide, top - 1 + high]
    item = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Stamp"),
        NameObject("/Rect"): ArrayObject([FloatObject(value) for value in corner]),
        NameObject("/F"): NumberObject(4 + 64),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),  # noqa: SLF001 (pypdf has no other name for it)
    })  # fmt: skip
    writer.add_annotation(page, item)


def commented(item: Any, mark: dict[str, Any]) -> None:
    """Give an annotation its text and its author."""
    from pypdf.generic import FloatObject, NameObject, TextStringObject

    item[NameObject("/CA")] = FloatObject(SHEER)
    item[NameObject("/Contents")] = TextStringObject(mark["note"])
    item[NameObject("/T")] = TextStringObject("Selaras")
