"""Reading XLSX: every visible sheet's texts and tables, numbers as the sheet shows them with the exact value behind."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.cell import get_column_letter

from selaras.core.source import Form, Reading
from selaras.documents.read.archive import SAVE_AGAIN, Archive
from selaras.documents.read.assemble import assemble
from selaras.documents.read.captions import label
from selaras.documents.read.limits import Limits, Meter, refuse
from selaras.documents.read.lines import Break, Grid, Item, Line, Piece, Role
from selaras.documents.read.table_slots import WIDEST
from selaras.documents.read.xlsx_cells import Cells, Merges, Shown, cells_of, merges_of
from selaras.documents.workbook.container import uncalculated

DATA, LIST = "Data", "Daftar"  # the sheets that our own writer adds
LINK_BACK = re.compile(r"^←\s")
FAULTS = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError, IndexError, RecursionError,
          ArithmeticError, AssertionError, NotImplementedError, LookupError)  # fmt: skip


def read_xlsx(path: Path, limits: Limits) -> Reading:
    """An XLSX workbook. Formulas count with the result that was stored; hidden sheets are named, not read."""
    archive = Archive(path, limits)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            archive.check_declarations(name, archive.read(name))
    try:
        with warnings.catch_warnings(), path.open("rb") as file:  # by its content, whatever its name ends with
            warnings.simplefilter("ignore")  # styles and extensions that do not matter here
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            items, notes, attachment = _book(book, archive, Meter(path.name, limits))
    except FAULTS:
        refuse(path.name, "Berkas ini bukan buku kerja Excel (.xlsx) yang utuh", SAVE_AGAIN)
    return assemble(items, source=path.name, form=Form.XLSX, notes=tuple(notes), attachment=attachment)


def _book(book: Any, archive: Archive, meter: Meter) -> tuple[list[Item], list[str], str]:
    items: list[Item] = []
    notes: list[str] = []
    attachment = ""
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        notes.append(f"{len(hidden)} lembar tersembunyi tidak dibaca: {', '.join(hidden[:10])}.")
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = cells_of(sheet, meter, raw=sheet.title == DATA)
        if sheet.title == DATA and (found := _attached(cells)):
            attachment = found
            continue
        empty = sum(1 for _ in uncalculated(sheet))
        if empty:
            notes.append(f"Lembar {sheet.title}: {empty} rumus belum dihitung sehingga dibaca kosong.")
        items += _items(sheet.title, cells, merges_of(archive, sheet))
        items.append(Break())
    return items, notes, attachment


def _attached(cells: Cells) -> str:
    """The data that our own writer leaves on its last sheet, put together again."""
    parts = [row[1].text for _, row in sorted(cells.items()) if 1 in row]
    return "".join(parts[1:]) if len(parts) > 1 and parts[1].startswith("{") else ""


def _items(name: str, cells: Cells, merges: Merges) -> Iterator[Item]:
    """Lines and grids of one sheet: rows without a gap that fill more than one column are a table."""
    caption = ""
    for top, bottom in _bands(cells, merges):
        rows = [row for row in range(top, bottom + 1) if row in cells]
        lead = _lead(cells, rows, merges)
        tail = _tail(cells, rows[lead:])
        for row in rows[:lead]:
            line = _line(name, cells[row])
            if line is None:
                continue
            if label(line.text) and not caption and name != LIST:
                caption = line.text
            else:
                yield line
        body = rows[lead : len(rows) - tail]
        if body:
            grid = _grid(name, cells, merges, body[0], body[-1])
            if _is_list_of_tables(grid):
                yield from _entries(name, grid)
            else:
                yield replace(grid, caption=caption)
            caption = ""
        for row in rows[len(rows) - tail :]:
            if line := _line(name, cells[row]):
                yield line
    if caption:
        yield Line(caption, sheet=name)


def _bands(cells: Cells, merges: Merges) -> Iterator[tuple[int, int]]:
    """Runs of rows without an empty row between them; a merged cell holds its rows together."""
    taken = set(cells)
    for _, top, _, bottom in merges:
        if bottom - top < 200 and any(row in taken for row in range(top, bottom + 1)):
            taken.update(range(top, bottom + 1))
    start = last = None
    for row in sorted(taken):
        if last is not None and row > last + 1:
            assert start is not None
            yield start, last
            start = row
        start = row if start is None else start
        last = row
    if start is not None and last is not None:
        yield start, last


def _lead(cells: Cells, rows: Sequence[int], merges: Merges) -> int:
    """How many rows at the top of a band are titles: one filled cell and nothing else."""
    lead = 0
    while lead < len(rows) and len(cells[rows[lead]]) == 1 and not _spans_down(rows[lead], merges):
        lead += 1
    return lead


def _tail(cells: Cells, rows: Sequence[int]) -> int:
    """How many rows at the end are remarks: one long text in the first column."""
    first = min((column for row in rows for column in cells[row]), default=1)
    tail = 0
    for row in reversed(rows):
        only = next(iter(cells[row].values()))
        if (
            len(cells[row]) != 1
            or only.column != first
            or not re.match(r"(?i)(sumber|catatan|keterangan|\*)", only.text)
        ):
            break
        tail += 1
    return tail


def _spans_down(row: int, merges: Merges) -> bool:
    return any(top <= row <= bottom and bottom > top for _, top, _, bottom in merges)


def _line(name: str, row: dict[int, Shown]) -> Line | None:
    first = next(iter(row.values()))
    if LINK_BACK.match(first.text):
        return None
    text = " ".join(shown.text for _, shown in sorted(row.items()))
    return Line(text, bold=first.bold, sheet=name, cell=first.address, alone=True)


def _grid(name: str, cells: Cells, merges: Merges, top: int, bottom: int) -> Grid:
    columns = [column for row in range(top, bottom + 1) for column in cells.get(row, ())]
    spans = {
        (mtop, mleft): (mleft, mtop, mright, mbottom)
        for mleft, mtop, mright, mbottom in merges
        if top <= mtop <= bottom
    }
    left = min(columns)
    right = min(max(columns), left + WIDEST - 1)
    covered = {
        (row, column)
        for mleft, mtop, mright, mbottom in spans.values()
        for row in range(mtop, min(mbottom, bottom) + 1)
        for column in range(max(mleft, left), min(mright, right) + 1)
        if (row, column) != (mtop, mleft)
    }
    rows = []
    for row in range(top, bottom + 1):
        pieces = []
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            _, _, mright, mbottom = spans.get((row, column), (column, row, column, row))
            pieces.append(_piece(cells.get(row, {}).get(column), row, column, min(mright, right), min(mbottom, bottom)))
        rows.append(tuple(pieces))
    return Grid(tuple(rows), sheet=name)


def _piece(shown: Shown | None, row: int, column: int, right: int, bottom: int) -> Piece:
    wide, high = right - column + 1, bottom - row + 1
    address = f"{get_column_letter(column)}{row}"
    if shown is None:
        return Piece("", wide, high, cell=address)
    return Piece(
        shown.text, wide, high, bold=shown.bold, cell=address, amount=shown.amount, unit=shown.unit, places=shown.places
    )


def _is_list_of_tables(grid: Grid) -> bool:
    return grid.sheet == LIST and [piece.text for piece in grid.rows[0]] == ["Lembar", "Judul tabel"]


def _entries(name: str, grid: Grid) -> Iterator[Line]:
    yield Line("DAFTAR TABEL", role=Role.HEADING, level=1, sheet=name, cell=grid.rows[0][0].cell)
    for row in grid.rows[1:]:
        text = " ".join(piece.text for piece in row if piece.text)
        yield Line(text, role=Role.ENTRY, sheet=name, cell=row[0].cell)
