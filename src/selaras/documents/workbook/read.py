"""Reading the workbook: row by row into records, every fault with its cell, nothing kept that is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from selaras.core.agreements import AgreementLine, HeadGoal
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.org import Agency
from selaras.core.place import Place
from selaras.core.planning import Indicator, Target
from selaras.core.snapshot import RECORD_KINDS, Snapshot, assemble
from selaras.core.value import ValueKind
from selaras.documents.workbook.cells import Cell, is_blank
from selaras.documents.workbook.check import Checker
from selaras.documents.workbook.columns import EXAMPLE, GUIDE, IGNORED, Column, Sheet, letter
from selaras.documents.workbook.container import open_safely, sound, uncalculated
from selaras.documents.workbook.rows import Row, RowReader, is_example
from selaras.documents.workbook.schema import BY_NAME, BY_RECORD, REFERRED, required
from selaras.documents.workbook.sheets import SHEETS
from selaras.documents.workbook.texts import folded

VALUED = frozenset({AgreementLine, HeadGoal, Realisation, Target})
"""Records whose values are read by the kind of their indicator."""
WIDEST = 200
"""Columns further right are not looked at."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A known sheet in the file: its page, the columns found by field (from 0), and the unknown headers."""

    page: Any
    positions: Mapping[str, int]
    strange: tuple[tuple[int, str], ...]


class Workbook:
    """An opened workbook. Close it after use, or use it in a `with` statement."""

    def __init__(self, path: Path, book: Any) -> None:
        self.source = path.name
        self._book = book
        known = {folded(name): sheet for name, sheet in BY_NAME.items()}
        self._found: dict[str, _Found] = {}
        self._strange: list[str] = []
        for page in book.worksheets:
            sheet = known.get(folded(page.title))
            if sheet and sheet.name not in self._found:
                with sound(self.source):
                    self._found[sheet.name] = _find(sheet, page)
            elif folded(page.title) != folded(GUIDE) and not page.title.startswith(IGNORED):
                self._strange.append(page.title)
        self._kinds: dict[str, ValueKind] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def agency(self) -> Agency:
        """The agency. Raises Refusal if its sheet does not hold exactly one sound row."""
        agency, faults = self.find_agency()
        if agency is None:
            raise Refusal(f"Lembar {BY_RECORD[Agency].name} belum benar.", *(faults or self.faults_of_structure()))
        return agency

    def find_agency(self) -> tuple[Agency | None, tuple[Fault, ...]]:
        """The agency, or what is wrong with its rows; without its sheet or columns neither (see the structure)."""
        read = list(self.rows(Agency))
        faults = tuple(item for item in read if isinstance(item, Fault))
        agencies = [item for item in read if isinstance(item, Agency)]
        if faults or not self._is_usable(Agency):
            return None, faults
        if len(agencies) == 1:
            return agencies[0], ()
        name = BY_RECORD[Agency].name
        return None, (
            Fault("Jumlah baris instansi keliru", Place(source=self.source, sheet=name), read=f"{len(agencies)} baris",
                  expected="tepat satu baris", remedy=f"Isi satu baris pada lembar {name}; yang diawali {EXAMPLE} tidak dihitung."),
        )  # fmt: skip

    def rows(self, record: type[Any]) -> Iterator[Any]:
        """The rows of one kind of record, one after the other: a record with its place, or each Fault of the row.

        Blank rows and examples are left out. A sheet that misses a column that a record cannot do without gives
        only faults, one that is missing gives nothing; `faults_of_structure` says so.
        """
        for row in self._rows(record):
            yield from row.items

    def faults_of_structure(self) -> tuple[Fault, ...]:
        """Sheets and columns that are missing, unknown ones with the nearest known name, formulas without a result."""
        return tuple(self._faults_of_structure())

    def letters(self, record: type[Any]) -> dict[str, str]:
        """The column letter of each field of a record in this file."""
        found = self._found.get(BY_RECORD[record].name)
        return {field: letter(index) for field, index in found.positions.items()} if found else {}

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong with the file, read twice and held only as keys: structure, cells, references."""
        yield from self.faults_of_structure()
        checker = self.checker()
        yield from self.find_agency()[1]
        for kind in RECORD_KINDS:
            for item in self.rows(kind.record):
                if isinstance(item, Fault):
                    yield item
                else:
                    yield from checker.check(item)

    def checker(self, stored: Iterable[Any] = ()) -> Checker:
        """A check that knows every code of this file, those of faulty rows too, so that one fault does not make more.

        `stored` are records that the file may name as well; where both hold a code, the file's record counts.
        """
        checker = Checker({record: self.letters(record) for record in BY_RECORD})
        for item in stored:
            checker.learn(item)
        for record in REFERRED:
            if not self._is_usable(record):
                checker.forgive(record)
            for row in self._rows(record):
                if row.record is not None:
                    checker.learn(row.record)
                else:
                    checker.learn_key(record, row.fields)
        return checker

    def _reader(self, record: type[Any]) -> RowReader | None:
        sheet = BY_RECORD[record]
        found = self._found.get(sheet.name)
        return RowReader(sheet, self.source, found.positions) if found else None

    def _is_usable(self, record: type[Any]) -> bool:
        reader = self._reader(record)
        return reader is not None and reader.complete

    def _rows(self, record: type[Any]) -> Iterator[Row]:
        reader = self._reader(record)
        if reader is None:
            return
        sheet = BY_RECORD[record]
        kinds = self._value_kinds() if record in VALUED else {}
        for row, cells in _filled_rows(self._found[sheet.name], self.source):
            if not is_example(sheet, cells):
                yield reader.read(row, cells, kinds)

    def _value_kinds(self) -> dict[str, ValueKind]:
        if self._kinds is None:
            read = (row.fields for row in self._rows(Indicator))
            self._kinds = {row["code"]: row["value_kind"] for row in read if {"code", "value_kind"} <= row.keys()}
        return self._kinds

    def _faults_of_structure(self) -> Iterator[Fault]:
        yield from self._faults_of_sheets()
        for sheet in SHEETS:
            yield from self._faults_of_columns(sheet)
            yield from self._faults_of_formulas(sheet)

    def _faults_of_formulas(self, sheet: Sheet) -> Iterator[Fault]:
        found = self._found.get(sheet.name)
        read = {letter(index) for index in found.positions.values()} if found else set()
        for column, row in _uncalculated(found, self.source) if found else ():
            if column in read:
                yield Fault("Rumus dalam sel ini belum pernah dihitung",
                            Place(source=self.source, sheet=sheet.name, cell=f"{column}{row}", row=row),
                            read="rumus tanpa hasil", expected="isi sel",
                            remedy="Buka dan simpan berkas ini dengan Excel atau LibreOffice.")  # fmt: skip

    def _faults_of_sheets(self) -> Iterator[Fault]:
        missing = [sheet.name for sheet in SHEETS if sheet.name not in self._found]
        for name in missing:
            yield Fault(f"Lembar {name} tidak ada", Place(source=self.source), expected=f"lembar {name}",
                        remedy="Tambahkan dari templat; lembar tanpa isi cukup memuat judul kolomnya.")  # fmt: skip
        for name in self._strange:
            yield Fault("Lembar ini tidak dikenal", Place(source=self.source, sheet=name), read=name,
                        expected=_nearest(name, missing) or "lembar dari templat",
                        remedy=f"Perbaiki namanya, atau awali dengan {IGNORED} agar diabaikan.")  # fmt: skip

    def _faults_of_columns(self, sheet: Sheet) -> Iterator[Fault]:
        found = self._found.get(sheet.name)
        if found is None:
            return
        missing = [column for column in sheet.inputs if column.field not in found.positions and not column.added]
        for column in missing:
            wanted = "wajib" if required(sheet, column) else "boleh kosong"
            yield Fault(f"Kolom {column.header} tidak ada", Place(source=self.source, sheet=sheet.name, row=1),
                        expected=f"kolom {column.header} ({wanted}) pada baris 1",
                        remedy="Tambahkan judul kolomnya seperti pada templat.")  # fmt: skip
        for index, header in found.strange:
            place = Place(source=self.source, sheet=sheet.name, cell=f"{letter(index)}1", row=1, column=header)
            yield Fault("Kolom ini tidak dikenal", place, read=header,
                        expected=_nearest(header, [column.header for column in missing]) or "kolom dari templat",
                        remedy=f"Perbaiki judulnya, atau awali dengan {IGNORED} agar diabaikan.")  # fmt: skip


def open_workbook(path: Path | str) -> Workbook:
    """Open a workbook for reading. Raises CannotRun if the file is no XLSX, is locked, or is too large."""
    where = Path(path)
    return Workbook(where, open_safely(where))


def read_records(path: Path | str) -> tuple[Agency | None, dict[type[Any], list[Any]], tuple[Fault, ...]]:
    """Everything in a workbook: the agency (None if it cannot be read), its records by type, and all faults."""
    with open_workbook(path) as book:
        faults = list(book.faults_of_structure())
        agency, wrong = book.find_agency()
        faults += wrong
        records: dict[type[Any], list[Any]] = {}
        for kind in RECORD_KINDS:
            read = list(book.rows(kind.record))
            records[kind.record] = [item for item in read if not isinstance(item, Fault)]
            faults += [item for item in read if isinstance(item, Fault)]
        checker = book.checker()
    return agency, records, (*faults, *checker.check_learnt(records))


def read_snapshot(path: Path | str, year: int) -> Snapshot:
    """The snapshot of `year` from a workbook. Raises Refusal with every fault, CannotRun if it cannot be opened."""
    agency, records, faults = read_records(path)
    if faults or agency is None:
        raise Refusal(f"Buku kerja {Path(path).name} belum benar: {len(faults)} kesalahan.", *faults)
    return assemble(agency, year, records)


def _find(sheet: Sheet, page: Any) -> _Found:
    page.reset_dimensions()
    headers = next(page.iter_rows(min_row=1, max_row=1, max_col=WIDEST), ())
    wanted = {folded(column.header): column for column in sheet.columns}
    positions: dict[str, int] = {}
    strange: list[tuple[int, str]] = []
    for index, cell in enumerate(headers):
        header = str(cell.value).strip() if not is_blank(cell) else ""
        column = wanted.pop(folded(header), None) if header else None
        if isinstance(column, Column):
            positions[column.field] = index
        elif header and column is None and not header.startswith(IGNORED):
            strange.append((index, header))
    return _Found(page, positions, tuple(strange))


def _uncalculated(found: _Found, source: str) -> Iterator[tuple[str, int]]:
    with sound(source):
        yield from uncalculated(found.page)


def _filled_rows(found: _Found, source: str) -> Iterator[tuple[int, dict[str, Cell]]]:
    """The number and the filled cells by field of every row that holds something to read."""
    wanted = sorted((index, field) for field, index in found.positions.items())
    if not wanted:
        return
    with sound(source):
        found.page.reset_dimensions()
        for row, cells in enumerate(found.page.iter_rows(min_row=2, max_col=wanted[-1][0] + 1), 2):
            width = len(cells)
            filled = {field: cells[index] for index, field in wanted if index < width and not is_blank(cells[index])}
            if filled:
                yield row, filled


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(folded(name), [folded(item) for item in known], n=1, cutoff=0.6)
    return next((f"“{item}”" for item in known if near and folded(item) == near[0]), "")
