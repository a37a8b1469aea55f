"""What kind of file it is, by its content and not by its name, and the reader for it."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from selaras.core.source import Form, Reading
from selaras.documents.read.limits import Limits, refuse, size_of, too_much

START = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|div|p|h[1-6]|title)\b", re.IGNORECASE)
AS_PDF = "Simpan sebagai PDF, DOCX, XLSX, HTML, atau teks, lalu baca lagi."
REFUSED = (
    (b"{\\rtf", "Berkas ini berbentuk RTF", "Simpan sebagai .docx dengan pengolah kata, lalu baca lagi."),
    (
        b"\x89PNG",
        "Berkas ini gambar, bukan naskah",
        "Pindai dengan pengenalan huruf (OCR) menjadi PDF, lalu baca lagi.",
    ),
    (
        b"\xff\xd8\xff",
        "Berkas ini gambar, bukan naskah",
        "Pindai dengan pengenalan huruf (OCR) menjadi PDF, lalu baca lagi.",
    ),
    (
        b"II*\x00",
        "Berkas ini gambar, bukan naskah",
        "Pindai dengan pengenalan huruf (OCR) menjadi PDF, lalu baca lagi.",
    ),
    (b"Rar!", "Berkas ini arsip RAR", "Keluarkan berkas di dalamnya, lalu baca satu per satu."),
    (b"7z\xbc\xaf", "Berkas ini arsip 7z", "Keluarkan berkas di dalamnya, lalu baca satu per satu."),
    (b"\x1f\x8b", "Berkas ini arsip gzip", "Keluarkan berkas di dalamnya, lalu baca satu per satu."),
)


def form_of(path: Path) -> Form:
    """The form of a file by its content. Refuses what no reader knows, and says what to do."""
    with path.open("rb") as file:
        start = file.read(START)
    if not start.strip(b"\x00\xff \t\r\n\f"):
        refuse(path.name, "Berkas kosong", "Pilih berkas yang berisi.")
    if b"%PDF-" in start[:1024]:
        return Form.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _office(path)
    if start.startswith(OLE):
        _old_office(path)
    for mark, message, remedy in REFUSED:
        if start.startswith(mark):
            refuse(path.name, message, remedy)
    return _text_or_markup(path, start)


def _office(path: Path) -> Form:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeDecodeError, RuntimeError):
        refuse(path.name, "Berkas rusak: arsipnya tidak utuh", "Unduh atau simpan ulang berkasnya, lalu baca lagi.")
    if "word/document.xml" in names:
        return Form.DOCX
    if "content.xml" in names:
        refuse(path.name, "Berkas ini berbentuk OpenDocument", AS_PDF)
    if any(name.startswith("ppt/") for name in names):
        refuse(path.name, "Berkas ini salindia PowerPoint", AS_PDF)
    if not any(name.startswith("xl/") for name in names):
        refuse(path.name, "Berkas ini arsip ZIP", "Keluarkan berkas di dalamnya, lalu baca satu per satu.")
    return Form.XLSX


def _old_office(path: Path) -> None:
    with path.open("rb") as file:
        content = file.read(4 * 2**20)
    if "EncryptedPackage".encode("utf-16-le") in content:
        refuse(path.name, "Berkas berkata sandi", "Buka berkasnya, hapus kata sandinya, simpan ulang, lalu baca lagi.")
    refuse(
        path.name,
        "Berkas ini berbentuk lama (.doc, .xls, atau .ppt)",
        "Simpan ulang sebagai .docx atau .xlsx, lalu baca lagi.",
    )


def _text_or_markup(path: Path, start: bytes) -> Form:
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    shown = start.replace(b"\x00", b"") if wide else start
    lead = shown.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if lead.startswith(b"<") and MARKUP.search(shown):
        return Form.HTML
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b" for byte in shown)
    if odd * 100 > len(shown):
        refuse(path.name, "Bentuk berkas tidak dikenal", AS_PDF)
    return Form.TEXT


def read_form(path: Path, limits: Limits, *, ocr: bool = False) -> Reading:
    """Read one file in this process. For files from strangers use `read`, which does it in a bounded child process."""
    size = size_of(path)
    if size > limits.size:
        too_much(path.name, "bita", read=size, limit=limits.size)
    form = form_of(path)
    if form is Form.PDF:
        from selaras.documents.read.pdf import read_pdf

        return read_pdf(path, limits, ocr=ocr)
    if form is Form.DOCX:
        from selaras.documents.read.docx import read_docx

        return read_docx(path, limits)
    if form is Form.XLSX:
        from selaras.documents.read.xlsx import read_xlsx

        return read_xlsx(path, limits)
    if form is Form.HTML:
        from selaras.documents.read.html import read_html

        return read_html(path, limits)
    from selaras.documents.read.text import read_text

    return read_text(path, limits)
