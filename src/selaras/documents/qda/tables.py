"""Codebooks as tables: CSV and XLSX with the same columns, read back by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO

import xlsxwriter

from selaras.core.culture.coding import Code
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.documents.package import comma_table, safe_cell

HEADS = (
    "kode", "nama", "simpul", "keluarga", "definisi", "termasuk", "tidak termasuk", "digabungkan ke", "penyandian",
    "penggalan", "sumber",
)  # fmt: skip
OTHER = {"tag": "kode", "code": "kode", "name": "nama", "path": "kode", "description": "definisi", "family": "keluarga"}
"""Names of columns in codebooks of other programs."""
MOST_ROWS = 20_000
MOST_BYTES = 8 << 20


def codebook_table(codes: Iterable[tuple[Code, int, int, int]], form: str) -> bytes:
    """A codebook with counts (codings, segments, sources) as "csv" or "xlsx"."""
    lines = [
        (
            code.code,
            code.name,
            code.node,
            code.family,
            code.definition,
            code.includes,
            code.excludes,
            code.merged_into,
            *n,
        )
        for code, *n in codes
    ]
    return comma_table(HEADS, lines) if form == "csv" else _sheet(lines)


def _sheet(lines: Iterable[tuple[object, ...]]) -> bytes:
    out: BinaryIO = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet("Buku kode"), book.add_format({"bold": True})
    sheet.write_row(0, 0, HEADS, bold)
    for number, line in enumerate(lines, 1):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 7, 32)
    book.close()
    out.seek(0)
    return out.read()


def read_codebook_table(name: str, data: bytes) -> tuple[tuple[Code, ...], tuple[str, ...]]:
    """The codes of a CSV (commas or semicolons, UTF-8 or Windows-1252), and what was left out.

    Raises Refusal where there is no column of codes or names, with the line of what is wrong.
    """
    if len(data) > MOST_BYTES:
        raise _refused(name, "berkas terlalu besar", f"{len(data) >> 20} MB", f"paling besar {MOST_BYTES >> 20} MB")
    text = _decoded(data)
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not rows or len(rows) > MOST_ROWS:
        raise _refused(name, "jumlah baris", str(len(rows)), f"1 sampai {MOST_ROWS}")
    heads = [OTHER.get(head.strip().lower(), head.strip().lower()) for head in rows[0]]
    if "kode" not in heads and "nama" not in heads:
        raise _refused(name, "kolom kode tidak ditemukan", ", ".join(rows[0])[:200], "kolom kode, nama, atau tag")
    codes: dict[str, Code] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = {head: _plain(cell) for head, cell in zip(heads, row, strict=False)}
        code = _code(cells)
        if code is None:
            continue
        if code.code in codes:
            raise _refused(name, "kode ganda", code.code, "satu baris untuk setiap kode", line)
        codes[code.code] = code
    left = [head for head in heads if head and head not in HEADS]
    return tuple(codes.values()), ((f"Kolom {', '.join(left)} tidak diambil.",) if left else ())


def _code(cells: Mapping[str, str]) -> Code | None:
    name = cells.get("nama", "") or cells.get("kode", "")
    code = "-".join((cells.get("kode", "") or name).replace("/", " ").replace("#", " ").replace("?", " ").split())[:80]
    if not code:
        return None
    return Code(
        code, name, cells.get("simpul", ""), cells.get("keluarga", ""), cells.get("definisi", ""),
        cells.get("termasuk", ""), cells.get("tidak termasuk", ""), cells.get("digabungkan ke", ""),
    )  # fmt: skip


def _plain(cell: str) -> str:
    """A cell without the apostrophe by which our tables keep formulas out."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _refused(name: str, what: str, read: str, expected: str, line: int | None = None) -> Refusal:
    return Refusal(f"Buku kode {name} tidak dapat dibaca.", Fault(what, Place(source=name, line=line), read, expected))
