"""Records of a register as a table in a file: XLSX, CSV or JSON out, XLSX or CSV in, row by row in bounded memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content, shown
from selaras.documents.workbook.columns import letter
from selaras.documents.workbook.container import open_safely, sound
from selaras.documents.workbook.texts import clean, folded, unescaped

NUMBER, OPENED, STATE, UNIT, CLOSED = "@number", "@opened", "@state", "@unit", "@closed"
HEADS = {NUMBER: "Nomor", OPENED: "Tanggal masuk", STATE: "Keadaan", UNIT: "Unit kerja", CLOSED: "Tanggal selesai"}
REACHED = "@reached."
HEADER_ROWS, WIDEST, MOST_ROWS = 20, 200, 1_000_000
Cell = str | Decimal | date | bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its cells by subject, where it stands, and the column of each subject."""

    cells: Mapping[str, Cell]
    place: Place
    names: Mapping[str, str]
    columns: Mapping[str, int]

    def at(self, subject: str) -> Place:
        """Where the cell of a subject stands."""
        if subject not in self.columns:
            return self.place
        cell = f"{letter(self.columns[subject])}{self.place.row}" if self.place.sheet else ""
        return replace(self.place, column=self.names[subject], cell=cell)


def columns_for(register: Register) -> dict[str, str]:
    """The columns of a file of records, by subject: number, day, state, unit, the days of later states, the fields."""
    made = dict(HEADS)
    made |= {f"{REACHED}{state.code}": f"Tanggal {state.name}" for state in register.states[1:]}
    return made | {field.code: field.name for field in register.fields}


def read_rows(path: Path, register: Register) -> Generator[Row, None, None]:
    """Every filled row below the header, one after the other; a CSV file is UTF-8 with `;` or `,`.

    Raises CannotRun for a file that is none, Refusal where there is no header or a column is unknown.
    """
    if path.suffix.lower() == ".csv":
        yield from _from_csv(path, register)
    else:
        yield from _from_workbook(path, register)


def _from_csv(path: Path, register: Register) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            start = file.readline()
            file.seek(0)
            rows = csv.reader(file, delimiter=";" if start.count(";") >= start.count(",") else ",", strict=True)
            yield from _rows(rows, register, path.name, "")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"Berkas {path.name} tidak terbaca.",
            Fault("teks bukan UTF-8", Place(source=path.name), remedy="Simpan sebagai CSV UTF-8."),
        ) from error
    except csv.Error as error:
        raise Refusal(
            f"Berkas {path.name} tidak terbaca.", Fault("CSV rusak", Place(source=path.name), str(error))
        ) from error


def _from_workbook(path: Path, register: Register) -> Iterator[Row]:
    book = open_safely(path)
    try:
        with sound(path.name):
            page = book.worksheets[0]
            cells = page.iter_rows(max_col=WIDEST, values_only=True)
            try:
                yield from _rows(cells, register, path.name, page.title)
            finally:
                # What reads the sheet keeps its part of the archive open until it is told.
                if isinstance(cells, Generator):
                    cells.close()
    finally:
        book.close()


def _rows(rows: Iterable[Sequence[Any]], register: Register, source: str, sheet: str) -> Iterator[Row]:
    columns: dict[int, str] = {}
    names = columns_for(register)
    indexes: dict[str, int] = {}
    for number, cells in enumerate(rows, 1):
        if not columns:
            columns = _header(register, cells, Place(source=source, sheet=sheet, row=number))
            if not columns and number >= HEADER_ROWS:
                break
            indexes = {subject: index for index, subject in columns.items()}
            continue
        if number > MOST_ROWS:
            fault = Fault("terlalu banyak baris", Place(source=source, sheet=sheet), expected=f"{MOST_ROWS} baris")
            raise Refusal(f"Berkas {source} terlalu panjang.", fault)
        found = {code: made for index, code in columns.items() if index < len(cells)
                 and (made := _cell(cells[index])) is not None}  # fmt: skip
        if found:
            yield Row(found, Place(source=source, sheet=sheet, row=number), names, indexes)
    if not columns:
        fault = Fault(
            "baris judul tidak ditemukan", Place(source=source, sheet=sheet),
            expected=", ".join(list(columns_for(register).values())[:6]), remedy="Pakai judul kolom dari templatnya.",
        )  # fmt: skip
        raise Refusal(f"Berkas {source} tidak terbaca.", fault)


def _header(register: Register, cells: Sequence[Any], place: Place) -> dict[int, str]:
    """The subject of each column, if this row is the header: it names the day of opening or the number."""
    names = {folded(name): subject for subject, name in columns_for(register).items()}
    names |= {subject: subject for subject in columns_for(register)}
    titles = [str(cell).strip() if cell is not None else "" for cell in cells]
    found: dict[int, str] = {}
    for index, title in enumerate(titles):
        subject = names.get(folded(title)) or names.get(title)
        if subject is not None:
            found[index] = subject
    if OPENED not in found.values() and NUMBER not in found.values():
        return {}
    unknown = [title for index, title in enumerate(titles) if title and index not in found]
    doubled = sorted({subject for subject in found.values() if list(found.values()).count(subject) > 1})
    faults = [
        Fault("kolom tidak dikenal", place, title, ", ".join(columns_for(register).values()), "Periksa judul kolom.")
        for title in unknown
    ]
    faults += [Fault("kolom ganda", place, columns_for(register)[subject]) for subject in doubled]
    if faults:
        raise Refusal(f"Berkas {place.source} tidak dapat dimuat.", *faults)
    return found


def _cell(value: Any) -> Cell | None:
    if isinstance(value, str):  # most of them are
        return unescaped(value).strip() or None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    text = unescaped(str(value)).strip()
    return text or None


# ---- out -------------------------------------------------------------------------------------------------------------


@contextmanager
def table_writer(path: Path, name: str, heads: Sequence[str]) -> Iterator[Any]:
    """Something that takes rows of contents one by one and writes them to `path`, as its ending says; XLSX, CSV or JSON.

    JSON is a list of objects by `heads`. Nothing is held in memory.
    """
    kind = path.suffix.lower()
    if kind == ".xlsx":
        with _xlsx(path, name, heads) as write:
            yield write
        return
    with path.open("w", encoding="utf-8", newline="" if kind == ".csv" else None) as file:
        if kind == ".csv":
            yield _csv(file, heads)
        else:
            yield from _json(file, heads)


@contextmanager
def _xlsx(path: Path, name: str, heads: Sequence[str]) -> Iterator[Any]:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(path, options)
    bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("".join(char for char in name if char not in "[]:*?/\\")[:31] or "Register")
    page.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
    at = 0

    def write(row: Sequence[Content | None]) -> None:
        nonlocal at
        at += 1
        for column, content in enumerate(row):
            if isinstance(content, date):
                page.write_datetime(at, column, datetime(content.year, content.month, content.day), dated)
            elif isinstance(content, Decimal) and len(content.as_tuple().digits) <= 15:
                page.write_number(at, column, float(content))
            elif content is not None:
                page.write_string(at, column, clean(shown(content)))

    try:
        yield write
    finally:
        book.close()


def _csv(file: TextIO, heads: Sequence[str]) -> Any:
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_harmless(head) for head in heads])

    def write(row: Sequence[Content | None]) -> None:
        writer.writerow([_harmless(plain(content)) for content in row])

    return write


def _harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(",", "", 1).replace(".", "").isdigit()


def plain(content: Content | None) -> str:
    """One content as text: dates as 2024-12-31, numbers with a comma, lists with `; `."""
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Decimal):
        return f"{content:f}".replace(".", ",")
    return shown(content)


def _json(file: TextIO, heads: Sequence[str]) -> Iterator[Any]:
    first = True

    def write(row: Sequence[Content | None]) -> None:
        nonlocal first
        data = {head: _value(content) for head, content in zip(heads, row, strict=True) if content is not None}
        file.write(("[\n" if first else ",\n") + json.dumps(data, ensure_ascii=False))
        first = False

    yield write
    file.write("[]\n" if first else "\n]\n")


def _value(content: Content) -> Any:
    if isinstance(content, Decimal):
        return int(content) if content == content.to_integral_value() else float(content)
    if isinstance(content, tuple):
        return list(content)
    return content if isinstance(content, bool | str) else content.isoformat()
