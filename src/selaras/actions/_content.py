"""What a file really is, by its content: the few kinds that are taken as evidence, and why others are not."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

HEAD = 4096
MOST_MEMBERS = 10_000
ACTIVE = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"<?php", b"#!", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: the ending it gets in the store, its type in the web's words, and what people call it."""

    suffix: str
    media: str
    words: str


PDF = FileKind(".pdf", "application/pdf", "PDF")
PNG = FileKind(".png", "image/png", "gambar PNG")
JPEG = FileKind(".jpg", "image/jpeg", "gambar JPEG")
WEBP = FileKind(".webp", "image/webp", "gambar WebP")
TIFF = FileKind(".tif", "image/tiff", "gambar TIFF")
TEXT = FileKind(".txt", "text/plain", "teks")
CSV = FileKind(".csv", "text/csv", "CSV")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
XLSX = FileKind(".xlsx", f"{_OFFICE}spreadsheetml.sheet", "Excel")
DOCX = FileKind(".docx", f"{_OFFICE}wordprocessingml.document", "Word")
PPTX = FileKind(".pptx", f"{_OFFICE}presentationml.presentation", "PowerPoint")
ODS = FileKind(".ods", f"{_OPEN}spreadsheet", "lembar kerja ODF")
ODT = FileKind(".odt", f"{_OPEN}text", "dokumen ODF")
ODP = FileKind(".odp", f"{_OPEN}presentation", "presentasi ODF")
KINDS = (PDF, PNG, JPEG, WEBP, TIFF, XLSX, DOCX, PPTX, ODS, ODT, ODP, CSV, TEXT)
BY_SUFFIX = {kind.suffix: kind for kind in KINDS}
ACCEPTED = "PDF, gambar (PNG, JPEG, WebP, TIFF), Word, Excel, PowerPoint, ODF, CSV, atau teks"

_MARKS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF),
)  # fmt: skip
_PARTS = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX), ("ppt/presentation.xml", PPTX))


def kind_of(path: Path, name: str) -> FileKind | None:
    """The kind of a file by its content, None if it is none that is taken; `name` only tells CSV from other text.

    Pages, drawings and scripts that a browser would run (HTML, SVG, XML), office files with macros, archives and
    programs are none.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    before, mark, _rest = head[:1024].partition(b"%PDF-")
    if mark and b"<" not in before:
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if marked := next((kind for mark, kind in _MARKS if head.startswith(mark)), None):
        return marked
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    return _text(path, head, name)


def _packed(path: Path) -> FileKind | None:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if len(names) > MOST_MEMBERS or any(name.casefold().endswith("vbaproject.bin") for name in names):
                return None
            if names and names[0] == "mimetype" and packed.getinfo("mimetype").file_size < HEAD:
                media = packed.read("mimetype").decode("ascii", "replace").strip()
                return next((kind for kind in (ODS, ODT, ODP) if kind.media == media), None)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return None
    return next((kind for part, kind in _PARTS if part in names and "[Content_Types].xml" in names), None)


def _text(path: Path, head: bytes, name: str) -> FileKind | None:
    if not head or b"\0" in head:
        return None
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(mark in beginning[:1024] for mark in ACTIVE[:5]) or beginning.startswith(ACTIVE):
        return None
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return None
    return CSV if name.casefold().endswith(".csv") else TEXT
