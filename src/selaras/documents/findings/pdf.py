"""The reviewed PDF itself: findings listed in front, highlights and comments at the figures."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selaras.core.document import Document
from selaras.core.finding import Finding, Severity
from selaras.core.reporting.findings_report import compose
from selaras.core.source import Form
from selaras.documents.findings.result import Reviewed, unread
from selaras.documents.write import write
from selaras.documents.write.delivery import deliver

COLOURS = {Severity.ERROR: "f4a3a0", Severity.WARNING: "fde08a", Severity.INFO: "c9dcf5"}
SHEER = 0.45  # two findings on one figure stay legible
SHORTEST_QUOTE = 3
MOST_PLACES = 4
NOTE_SIZE = 18


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a page something stands: boxes (left, bottom, right, top) in points; none if it was not found there."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


def write_pdf(original: Path, reviewed: Reviewed, path: Path) -> None:
    """The reviewed file as PDF: marked on its own pages if it is a PDF, else the list of findings alone."""
    front = compose(
        reviewed.source, reviewed.unit, reviewed.year or 0, reviewed.findings,
        notes=[unread(reviewed.reading)] if reviewed.reading.unreadable else (),
    )  # fmt: skip
    if reviewed.reading.form is Form.PDF:
        write_findings_pdf(original, reviewed.findings, front, path)
    else:
        write(front, "pdf", path)


def write_findings_pdf(original: Path, findings: Sequence[Finding], front: Document, path: Path) -> None:
    """Copy the PDF `original` to `path` with `front` before it and each finding marked at its places.

    A place whose quotation cannot be found on its page gets a note at the page's edge instead. The original's pages are
    not changed otherwise. Raises what reading a broken PDF raises; read it with `documents.read` first.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    with tempfile.TemporaryDirectory() as folder:
        cover = Path(folder) / "front.pdf"
        write(front, "pdf", cover)
        ahead = PdfReader(io.BytesIO(cover.read_bytes()))
        for page in ahead.pages:
            writer.add_page(page)
    offset = len(ahead.pages)
    writer.append(PdfReader(original), import_outline=True)
    edges: dict[int, int] = {}
    for number, finding, spot in spots(original, findings):
        if spot.boxes:
            mark(writer, offset + spot.page, spot.boxes, number, finding)
        else:
            edges[spot.page] = edges.get(spot.page, 0) + 1
            at_edge(writer, offset + spot.page, edges[spot.page], number, finding)
    buffer = io.BytesIO()
    writer.write(buffer)
    deliver(buffer.getvalue(), path)


def spots(original: Path, findings: Sequence[Finding]) -> Iterator[tuple[int, Finding, Spot]]:
    """Each finding (numbered from 1) with where its places stand; every page is opened once at a time."""
    import pypdfium2

    with pypdfium2.PdfDocument(original) as pdf:
        for number, finding in enumerate(findings, 1):
            for place in finding.places[:MOST_PLACES]:
                if place.page is None or not 1 <= place.page <= len(pdf):
                    continue
                words = pdf[place.page - 1].get_textpage()
                boxes = found(words, place.quote) or found(words, finding.stated)
                yield number, finding, Spot(place.page - 1, boxes)


def found(words: Any, quote: str) -> tuple[tuple[float, float, float, float], ...]:
    """The boxes of the first occurrence of a quotation on a page; a long one is looked up by its beginning."""
    for length in (len(quote), 40, 20):
        part = " ".join(quote[:length].split())
        if len(part) < SHORTEST_QUOTE:
            continue
        match = words.search(part).get_next()
        if match:
            index, size = match
            return tuple(words.get_rect(number) for number in range(words.count_rects(index, size)))
    return ()


def mark(
    writer: Any, page: int, boxes: tuple[tuple[float, float, float, float], ...], number: int, finding: Finding
) -> None:
    """Highlight the boxes, with the finding as the comment of the highlight."""
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    quads = ArrayObject()
    for left, bottom, right, top in boxes:
        quads.extend(FloatObject(value) for value in (left, top, right, top, left, bottom, right, bottom))
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    note = Highlight(rect=around, quad_points=quads, highlight_color=COLOURS[finding.severity], printing=True)
    commented(note, number, finding)
    writer.add_annotation(page, note)


def at_edge(writer: Any, page: int, nth: int, number: int, finding: Finding) -> None:
    """A note at the right edge, for what could not be found on the page."""
    from pypdf.annotations import Text

    box = writer.pages[page].mediabox
    top = float(box.top) - NOTE_SIZE * (nth + 1)
    left = float(box.right) - 2 * NOTE_SIZE
    note = Text(rect=(left, top - NOTE_SIZE, left + NOTE_SIZE, top), text="")
    commented(note, number, finding)
    writer.add_annotation(page, note)


def commented(note: Any, number: int, finding: Finding) -> None:
    """Give an annotation its text: number, code, message, what is stated and what it works out to."""
    from pypdf.generic import FloatObject, NameObject, TextStringObject

    lines = [f"{number}. {finding.code}: {finding.message}"]
    lines += [f"Tertulis: {finding.stated}"] if finding.stated else []
    lines += [f"Seharusnya: {finding.expected}"] if finding.expected else []
    lines += [finding.arithmetic] if finding.arithmetic else []
    note[NameObject("/CA")] = FloatObject(SHEER)
    note[NameObject("/Contents")] = TextStringObject("\n".join(lines))
    note[NameObject("/T")] = TextStringObject("Selaras")
