"""Opening the file safely: it must be an XLSX of bearable size, and nothing in it may swell or reach outside."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from zipfile import BadZipFile, ZipFile

import openpyxl

from selaras.core.errors import CannotRun, Fault, reason_of
from selaras.core.place import Place

LARGEST_FILE = 200 * 2**20
LARGEST_CONTENT = 2 * 2**30
LARGEST_SHARED_PART = 512 * 2**20
MOST_PARTS = 10_000
HIGHEST_RATIO = 250
SMALL_PART = 8 * 2**20
"""Parts below this size may be packed as tightly as they like."""

BROKEN = (
    BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError,
    OverflowError,
)  # fmt: skip
"""What the libraries raise over a file that is no workbook, or a damaged one (a SyntaxError is broken XML)."""

OLE = b"\xd0\xcf\x11\xe0"
_SAVE_AS = (
    "Buka berkas itu dengan Excel atau LibreOffice, lalu simpan sebagai Buku Kerja Excel (.xlsx) tanpa kata sandi."
)
LONGEST_CELL = 16_384
_NO_RESULT = re.compile(
    rb'<c r="(?P<column>[A-Z]+)(?P<row>[0-9]+)"(?P<attributes>[^>]*)>'
    rb"<f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_EMPTY_TEXT = b't="str"'  # a result after all
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def open_safely(path: Path) -> Any:
    """The workbook, opened for reading row by row. Raises CannotRun with the remedy if it is none or too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        _refuse(path, f"Berkas tidak dapat dibuka ({reason_of(error)})", "Periksa nama berkas dan izinnya.")
    if size > LARGEST_FILE:
        _refuse(path, "Berkas terlalu besar", "Bagi datanya menjadi beberapa buku kerja.",
                read=f"{size // 2**20} MB", expected=f"paling besar {LARGEST_FILE // 2**20} MB")  # fmt: skip
    if start == OLE:
        _refuse(path, "Berkas ini buku kerja lama (.xls) atau berkata sandi", _SAVE_AS)
    with sound(path.name):
        _inspect(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and extensions that do not matter here
            return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)


@contextmanager
def sound(source: str) -> Iterator[None]:
    """Around reading the file alone: one that turns out to be damaged, at once or half-way, gives CannotRun."""
    try:
        yield
    except BROKEN as error:
        message = "Berkas ini bukan buku kerja Excel (.xlsx) yang utuh."
        fault = Fault("Berkas tidak dapat dibaca", Place(source=source), remedy=_SAVE_AS)
        raise CannotRun(message, fault) from error


def uncalculated(page: Any) -> Iterator[tuple[str, int]]:
    """The column letter and row of every cell with a formula whose result was never stored: it would read as empty."""
    with page.parent._archive.open(page._worksheet_path) as part:  # noqa: SLF001 - the rows do not tell the two apart
        rest = b""
        while block := part.read(2**20):
            block = rest + block
            end = 0
            for found in _NO_RESULT.finditer(block):
                end = found.end()
                if _EMPTY_TEXT not in found["attributes"]:
                    yield found["column"].decode(), int(found["row"])
            rest = block[max(end, len(block) - LONGEST_CELL) :]


def _inspect(path: Path) -> None:
    with ZipFile(path) as parts:
        entries = parts.infolist()
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" not in names:
            raise BadZipFile("not an office file")
        total = sum(entry.file_size for entry in entries)
        swollen = [entry for entry in entries if _is_swollen(entry.file_size, entry.compress_size)]
        shared = sum(entry.file_size for entry in entries if "worksheets/" not in entry.filename)
        if total > LARGEST_CONTENT or len(entries) > MOST_PARTS or swollen or shared > LARGEST_SHARED_PART:
            _refuse(path, "Isi berkas mengembang tidak wajar saat dibuka",
                    "Salin datanya ke templat yang baru, lalu muat lagi.",
                    read=f"{total // 2**20} MB setelah dibuka")  # fmt: skip
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with parts.open(entry) as part:
                    if _DOCTYPE.search(part.read(4096)):
                        _refuse(path, "Berkas memuat deklarasi XML yang tidak lazim", _SAVE_AS, read=entry.filename)


def _is_swollen(size: int, packed: int) -> bool:
    return size > SMALL_PART and size > HIGHEST_RATIO * max(packed, 1)


def _refuse(path: Path, message: str, remedy: str, *, read: str = "", expected: str = "") -> NoReturn:
    raise CannotRun(f"{message}.", Fault(message, Place(source=path.name), read, expected, remedy))
