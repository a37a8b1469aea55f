"""Packages of files: a ZIP that is the same, byte for byte, for the same content, and tables with commas for it."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would take for a formula."""
EPOCH = (1980, 1, 1, 0, 0, 0)
MODE = 0o100644 << 16
SUMS = "SHA256SUMS"
PIECE = 65_536
"""Letters of a table that are sent together."""


def write_package(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a ZIP of `files` by name, with their fingerprints in `SHA256SUMS` (for `sha256sum -c`)."""
    _write(path, files)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The same ZIP as bytes."""
    target = io.BytesIO()
    _write(target, files)
    return target.getvalue()


def _write(target: Path | io.BytesIO, files: Mapping[str, bytes]) -> None:
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*sorted(files.items()), (SUMS, sums.encode())]:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = MODE
            archive.writestr(entry, content)


def comma_table(headers: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """A table with commas, in UTF-8 with its mark, so that spreadsheets read the letters right; no cell is a formula."""
    return b"".join(comma_lines(headers, lines))


def comma_lines(headers: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same table piece by piece, so that a table of any length is sent without being held."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    yield b"\xef\xbb\xbf"
    for line in lines:
        writer.writerow([safe_cell(cell) for cell in line])
        if out.tell() >= PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def safe_cell(words: object) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay numbers."""
    text = "" if words is None else str(words)
    return f"'{text}" if text.startswith(ACTIVE) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").replace(".", "", 1).isdecimal()
