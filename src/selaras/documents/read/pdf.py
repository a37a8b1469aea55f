"""Reading PDF files: every page to lines and tables with their places, without trusting the file.

The text layer is read, never a picture of it; pages that are only a picture are named in `Reading.unreadable`.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from selaras.core.source import Form, Reading
from selaras.documents.read.assemble import assemble
from selaras.documents.read.limits import Limits, Meter, refuse, size_of, too_much
from selaras.documents.read.lines import Grid, Line, tidy
from selaras.documents.read.pdf_captioned import Begun
from selaras.documents.read.pdf_characters import read_sheet
from selaras.documents.read.pdf_ocr import recognised
from selaras.documents.read.pdf_order import open_end, page_items
from selaras.documents.read.pdf_outline import marks, told
from selaras.documents.read.pdf_pages import Leaf, sequence
from selaras.documents.read.pdf_sheet import Sheet

ATTACHMENT = "selaras.json"
_DAMAGED = "Unduh atau simpan ulang berkasnya sebagai PDF."
_PICTURE = 0.3  # of a page: a picture that may hide text
_FEW = 25  # characters: a page number or a stamp, no text
_OUTLINES = 300  # paths: text drawn as shapes
_SHARE = 0.8  # of the time allowed: the rest is for what comes after the pages
_FEWEST_PAGES = 20  # pages that show how long the others take


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
        sequence(pages), source=path.name, form=Form.PDF, title=title, pages=len(pages), unreadable=unreadable,
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


class Pace:
    """Refuses as soon as it shows that the pages of a file will take longer than is allowed."""

    def __init__(self, source: str, pages: int, seconds: float) -> None:
        self.source, self.pages, self.started = source, pages, time.process_time()
        self.most = _SHARE * seconds
        self.enough = max(_FEWEST_PAGES, pages // 10)

    def check(self, done: int) -> None:
        """`done` pages are read."""
        spent = time.process_time() - self.started
        foreseen = spent * self.pages / done if done >= self.enough and spent > self.most / 10 else spent
        if foreseen > self.most:
            refuse(
                self.source, "Pembacaan memakan waktu terlalu lama", "Bagi berkasnya menjadi beberapa bagian.",
                read=f"{done} dari {self.pages} halaman dalam {spent:.0f} detik", expected=f"paling lama {self.most:.0f} detik",
            )  # fmt: skip


def _recognised(pages: list[Leaf]) -> tuple[str, ...]:
    found = [str(number) for number, page in enumerate(pages, start=1) if page.recognised]
    if not found:
        return ()
    return (
        f"Halaman {', '.join(found)} dibaca dengan pengenalan huruf (OCR): cocokkan angkanya dengan gambar halaman.",
    )


def _pages(document: pypdfium2.PdfDocument, source: str, limits: Limits, *, ocr: bool) -> Iterator[Leaf]:
    """The pages one by one."""
    count = len(document)
    if not count:
        refuse(source, "Berkas PDF tidak berisi halaman", "Periksa berkasnya, atau simpan ulang sebagai PDF.")
    if count > limits.pages:
        too_much(source, "halaman", read=count, limit=limits.pages)
    meter, pace = Meter(source, limits), Pace(source, count, limits.seconds)
    known: set[str] = set()
    begun: Begun | None = None
    broken = 0
    for index in range(count):
        pace.check(index)
        room = limits.text - meter.text
        sheet = _sheet(document, index, room + 1)
        if sheet and sheet.characters > room:
            too_much(source, "huruf", read=meter.text + sheet.characters, limit=limits.text)
        broken += sheet is None
        found = recognised(document, index) if ocr and sheet and _is_picture(sheet) else None
        sheet = found or sheet
        if sheet is None or _is_picture(sheet):
            begun = None
            yield Leaf(sheet.height if sheet else 0.0, None)
            continue
        known.update(word.text.casefold() for word in sheet.words)
        items = page_items(sheet, index + 1, known=known, begun=begun)
        begun = open_end(items, sheet.height)
        for item in items:
            _count(item, meter)
        yield Leaf(sheet.height, items, found is not None)
    if broken == count:
        refuse(source, "Tidak satu pun halaman dapat dibuka", _DAMAGED)


def _with_outline(document: pypdfium2.PdfDocument, pages: list[Leaf]) -> list[Leaf]:
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
