"""Codebooks as tables: CSV and XLSX with the same columns, read back by the names of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from selaras.core.culture.coding import Code
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.documents.package import comma_table, safe_cell
from selaras.documents.workbook.container import open_safely, sound

HEADS = (
    "kode", "nama", "simpul", "keluarga", "definisi", "termasuk", "tidak termasuk", "digabungkan ke", "penyandian",
    "penggalan", "sumber",
)  # fmt: skip
MEMO_HEADS = ("tentang", "jenis", "penulis", "sumber", "dari", "sampai", "kode", "kutipan", "memo", "ditulis")
OTHER = {"tag": "kode", "code": "kode", "name": "nama", "path": "kode", "description": "definisi", "family": "keluarga"}
"""Names of columns in codebooks of other programs."""
SAVE_AGAIN = "Buka buku kode itu dengan program tabel, perbaiki, lalu simpan sebagai CSV UTF-8 atau XLSX."
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_BYTES = 8 << 20


def memo_table(lines: Iterable[Sequence[object]], form: str) -> bytes:
    """Memos with their place, one to a row in the order of `MEMO_HEADS`, as "csv" or "xlsx"."""
    return comma_table(MEMO_HEADS, lines) if form == "csv" else _sheet("Memo", MEMO_HEADS, lines)


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
    return comma_table(HEADS, lines) if form == "csv" else _sheet("Buku kode", HEADS, lines)


def _sheet(name: str, heads: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    out: BinaryIO = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.write_row(0, 0, heads, bold)
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


def read_codebook_sheet(path: Path) -> tuple[tuple[Code, ...], tuple[str, ...]]:
    """The codes on the first sheet of an .xlsx, and what was left out.

    Raises CannotRun for a file that is none or swells, Refusal as `read_codebook_table`.
    """
    book = open_safely(path)
    try:
        with sound(path.name):
            cells = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)
            try:
                rows = [[_typed(cell) for cell in row] for row in islice(cells, MOST_ROWS + 1)]
            finally:
                cells.close()  # what reads the sheet keeps its part of the archive open until it is told
    finally:
        book.close()
    return _codes(path.name, [row for row in rows if any(row)])


def _typed(cell: object) -> str:
    """A cell as text; a whole number without a point, as it was typed."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def read_codebook_table(name: str, data: bytes) -> tuple[tuple[Code, ...], tuple[str, ...]]:
    """The codes of a CSV (commas or semicolons, UTF-8 or Windows-1252), and what was left out.

    Raises Refusal where there is no column of codes or names, with the line of what is wrong.
    """
    if len(data) > MOST_BYTES:
        raise _refused(name, "berkas terlalu besar", f"{len(data) >> 20} MB", f"paling besar {MOST_BYTES >> 20} MB")
    text = _decoded(data)
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))
    except csv.Error as error:  # a quotation mark that is never closed runs on to the end of the file
        expected = "CSV yang setiap tanda kutipnya ditutup, dengan sel yang wajar panjangnya"
        raise _refused(name, "tabel tidak terbaca sebagai CSV", expected=expected) from error
    return _codes(name, rows)


def _codes(name: str, rows: Sequence[Sequence[str]]) -> tuple[tuple[Code, ...], tuple[str, ...]]:
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


def _refused(name: str, what: str, read: str = "", expected: str = "", line: int | None = None) -> Refusal:
    fault = Fault(what, Place(source=name, line=line), read, expected, SAVE_AGAIN)
    return Refusal(f"Buku kode {name} tidak dapat dibaca.", fault)
