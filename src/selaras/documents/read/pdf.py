"""Reading PDF files: every page to lines and tables with their places, without trusting the file.

The text layer is read, never a picture of it; pages that are only a picture are named in `Reading.unreadable`.
"""

from __future__ import annotations

import ctypes
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from selaras.core.source import Form, Reading
from selaras.documents.read.assemble import assemble
from selaras.documents.read.headings import LISTED
from selaras.documents.read.limits import Limits, Meter, refuse, size_of, too_much
from selaras.documents.read.lines import Bounds, Break, Grid, Item, Line, Role, tidy
from selaras.documents.read.pdf_characters import Sheet, read_sheet
from selaras.documents.read.pdf_ocr import recognised
from selaras.documents.read.pdf_order import page_items
from selaras.documents.read.pdf_outline import marks, told

ATTACHMENT = "selaras.json"
_DAMAGED = "Unduh atau simpan ulang berkasnya sebagai PDF."
_PICTURE = 0.3  # of a page: a picture that may hide text
_FEW = 25  # characters: a page number or a stamp, no text
_OUTLINES = 300  # paths: text drawn as shapes
_MARGIN = 0.14  # of the page's height: where running headers and footers stand
_SAME_HEIGHT = 4.0
_NUMBERED = re.compile(r"(?:bab|lampiran|tabel|gambar|grafik)\s+[\w.]+")
_FULL = 3.0  # points: so near to the right edge a line is full


def read_pdf(path: Path, limits: Limits, *, ocr: bool = False) -> Reading:
    """The text layer of the PDF at `path` as a document with places.

    With `ocr`, pages that are only a picture are read by letter recognition; a note names them.
    Raises CannotRun if the file is no PDF, broken, encrypted or takes too long; Refusal if it holds more than `limits`.
    """
    size = size_of(path)
    if size > limits.size:
        too_much(path.name, "bita", read=size, limit=limits.size)
    document = _opened(path)
    try:
        pages = _with_outline(document, list(_pages(document, path.name, limits, ocr=ocr)))
        attachment, title = _attachment(document, limits), _title(document)
    finally:
        document.close()
    unreadable = tuple(number for number, page in enumerate(pages, start=1) if page.items is None)
    return assemble(
        _sequence(pages), source=path.name, form=Form.PDF, title=title, pages=len(pages), unreadable=unreadable,
        attachment=attachment, notes=_recognised(pages),
    )  # fmt: skip


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            refuse(
                path.name,
                "Berkas PDF terkunci dengan kata sandi",
                "Simpan salinannya tanpa kata sandi, lalu baca lagi.",
            )
        refuse(path.name, "Berkas bukan PDF atau rusak", _DAMAGED)
    except OSError as error:
        refuse(path.name, f"Berkas tidak dapat dibuka ({error.strerror})", "Periksa nama berkas dan izinnya.")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page as read: its height in points and its items; None if it is only a picture."""

    height: float
    items: list[Line | Grid] | None
    recognised: bool = False


def _recognised(pages: list[_Leaf]) -> tuple[str, ...]:
    found = [str(number) for number, page in enumerate(pages, start=1) if page.recognised]
    if not found:
        return ()
    return (
        f"Halaman {', '.join(found)} dibaca dengan pengenalan huruf (OCR): cocokkan angkanya dengan gambar halaman.",
    )


def _pages(document: pypdfium2.PdfDocument, source: str, limits: Limits, *, ocr: bool) -> Iterator[_Leaf]:
    """The pages one by one."""
    count = len(document)
    if not count:
        refuse(source, "Berkas PDF tidak berisi halaman", "Periksa berkasnya, atau simpan ulang sebagai PDF.")
    if count > limits.pages:
        too_much(source, "halaman", read=count, limit=limits.pages)
    meter, started = Meter(source, limits), time.process_time()
    known: set[str] = set()
    broken = 0
    for index in range(count):
        if time.process_time() - started > limits.seconds:
            refuse(source, "Pembacaan memakan waktu terlalu lama", "Bagi berkasnya menjadi beberapa bagian.")
        room = limits.text - meter.text
        sheet = _sheet(document, index, room + 1)
        if sheet and sheet.characters > room:
            too_much(source, "huruf", read=meter.text + sheet.characters, limit=limits.text)
        broken += sheet is None
        found = recognised(document, index) if ocr and sheet and _is_picture(sheet) else None
        sheet = found or sheet
        if sheet is None or _is_picture(sheet):
            yield _Leaf(sheet.height if sheet else 0.0, None)
            continue
        known.update(word.text.casefold() for word in sheet.words)
        items = page_items(sheet, index + 1, known=known)
        for item in items:
            _count(item, meter)
        yield _Leaf(sheet.height, items, found is not None)
    if broken == count:
        refuse(source, "Tidak satu pun halaman dapat dibuka", _DAMAGED)


def _with_outline(document: pypdfium2.PdfDocument, pages: list[_Leaf]) -> list[_Leaf]:
    """The pages with the headings that the outline names. It comes last: a broken tree of pages is searched without end."""
    outline = marks(document)
    return [
        replace(page, items=told(page.items, outline[number], page.height))
        if page.items and number in outline
        else page
        for number, page in enumerate(pages)
    ]


def _count(item: Line | Grid, meter: Meter) -> None:
    if isinstance(item, Line):
        meter.line(item.text)
        return
    for row in item.rows:
        for piece in row:
            meter.cell(piece.text, piece.colspan * piece.rowspan)


def _sheet(document: pypdfium2.PdfDocument, index: int, most: int) -> Sheet | None:
    """What is on a page; None if it cannot be loaded."""
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        return read_sheet(page, most=most)
    finally:
        raw.FPDF_ClosePage(page)


def _is_picture(sheet: Sheet) -> bool:
    """Hardly any text on a page that a picture or shapes cover: a scan, or text drawn as shapes."""
    if sheet.characters > _FEW:
        return False
    return sheet.pictured >= _PICTURE or sheet.drawn >= _OUTLINES


def _title(document: pypdfium2.PdfDocument) -> str:
    """The title of our own files; those of others are the names of old drafts more often than titles."""
    if not str(document.get_metadata_value("Creator")).startswith("Typst"):
        return ""
    return tidy(document.get_metadata_value("Title"))


def _attachment(document: pypdfium2.PdfDocument, limits: Limits) -> str:
    """Our own data, if the file carries them whole."""
    try:
        for index in range(min(document.count_attachments(), limits.parts)):
            attachment = document.get_attachment(index)
            if attachment.get_name() == ATTACHMENT:
                return _content(attachment, limits.content)
    except pypdfium2.PdfiumError:
        return ""
    return ""


def _content(attachment: pypdfium2.PdfAttachment, most: int) -> str:
    length = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(attachment, None, 0, length)
    if not 0 < length.value <= most:
        return ""
    return bytes(attachment.get_data()).decode("utf-8", "replace")


def _sequence(pages: list[_Leaf]) -> list[Item]:
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


def _margins(pages: list[_Leaf]) -> list[set[int]]:
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
