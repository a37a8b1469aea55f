"""Reading one row: its cells become a record of its kind, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selaras.core.errors import Fault
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.value import ValueKind
from selaras.documents.workbook.cells import BadCell, Cell, read_cell, read_value_cell, shown
from selaras.documents.workbook.columns import EXAMPLE, Column, Kind, Sheet, letter
from selaras.documents.workbook.schema import USES_DEFAULT, required, stand_in
from selaras.documents.workbook.values import Expectation, expectation

Cells = Mapping[str, Cell]
"""The filled cells of a row by the field of their column."""

INVARIANTS = (
    ("can never be summed", "aggregation", "Persen, predikat, dan ya/tidak tidak boleh dijumlahkan antarperiode",
     "terakhir, rata-rata, atau tertinggi", "Ganti cara agregasi."),
    ("needs a method", "lower_method", "Indikator berarah turun memerlukan rumusnya", "2T atau inversi",
     "Isi kolom Rumus Arah Turun."),
    ("needs its scale", "grade_scale", "Indikator berjenis predikat memerlukan skalanya", "kode skala predikat",
     "Isi kolom Skala Predikat."),
    ("last year lies before", "last_year", "Tahun akhir mendahului tahun awal", "tahun yang tidak lebih awal",
     "Periksa kedua tahunnya."),
    ("needs one of the three reasons", "reason", "PK perubahan memerlukan alasannya", "salah satu dari tiga alasan",
     "Isi kolom Alasan Perubahan."),
)  # fmt: skip
"""What `core` says in English when a record contradicts itself, the field to look at, and the words for officials."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its record, or its faults and the fields that could be read all the same."""

    record: Any | None
    faults: tuple[Fault, ...]
    fields: Mapping[str, Any]

    @property
    def items(self) -> tuple[Any, ...]:
        """The record alone, or the faults."""
        return self.faults or (() if self.record is None else (self.record,))


class RowReader:
    """Reads the rows of one sheet of one file; `positions` are the columns found there by field, from 0.

    Without all the columns that a record needs it makes no records, but still finds the faults.
    """

    def __init__(self, sheet: Sheet, source: str, positions: Mapping[str, int]) -> None:
        self._sheet = sheet
        self._source = source
        self._columns = [(column, required(sheet, column)) for column in sheet.inputs if column.field in positions]
        missing = [column for column in sheet.inputs if column.field not in positions]
        self.complete = not any(required(sheet, item) or stand_in(sheet, item) is not USES_DEFAULT for item in missing)
        self._values = any(column.kind is Kind.VALUE for column, _ in self._columns)
        self._blanks = {
            column.root: blank for column, _ in self._columns if (blank := stand_in(sheet, column)) is not USES_DEFAULT
        }
        self._spots = {column.field: (letter(positions.get(column.field, 0)), column.header) for column in sheet.inputs}

    def read(self, row: int, cells: Cells, kinds: Mapping[str, ValueKind]) -> Row:
        """What spreadsheet row `row` (from 1) holds. `kinds` are the indicators' kinds of value."""
        found: dict[str, Any] = {}
        faults: list[Fault] = []
        for column, needed in self._columns:
            if column.kind is not Kind.VALUE:
                self._take(found, faults, row, column, cells, needed=needed)
        if self._values:
            expected = expectation(self._sheet.record, found, kinds)
            for column, needed in self._columns:
                if column.kind is Kind.VALUE:
                    self._take(found, faults, row, column, cells, needed=needed, expected=expected)
        return self._record(row, found) if self.complete and not faults else Row(None, tuple(faults), found)

    def _take(
        self, found: dict[str, Any], faults: list[Fault], row: int, column: Column, cells: Cells,
        *, needed: bool, expected: Expectation | None = None,
    ) -> None:  # fmt: skip
        cell = cells.get(column.field)
        try:
            value = self._value(column, cell, expected) if cell else None
        except BadCell as bad:
            faults.append(Fault(bad.message, self._place(row, column.field), _read(cell), bad.expected, bad.remedy))
            return
        if value is not None and value != "":
            found[column.field] = value
        elif needed:
            place = self._place(row, column.field)
            faults.append(Fault("Sel ini wajib diisi", place, _read(cell), column.kind.value, column.help))

    def _value(self, column: Column, cell: Cell, expected: Expectation | None) -> Any:
        return read_value_cell(cell, expected) if expected else read_cell(self._sheet, column, cell)

    def _record(self, row: int, found: dict[str, Any]) -> Row:
        values = self._blanks | found
        if "period.year" in found:
            span, index = values.pop("period.part")
            values["period"] = Period(values.pop("period.year"), span, index)
        try:
            return Row(self._sheet.record(**values, place=self._place(row)), (), found)
        except ValueError as error:
            return Row(None, (self._contradiction(row, str(error)),), found)

    def _contradiction(self, row: int, said: str) -> Fault:
        for phrase, field, message, expected, remedy in INVARIANTS:
            if phrase in said:
                return Fault(message, self._place(row, field), expected=expected, remedy=remedy)
        return Fault(f"Isi baris ini bertentangan ({said})", self._place(row), remedy="Periksa isi baris ini.")

    def _place(self, row: int, field: str = "") -> Place:
        """The spot of a field, or of the row's first cell."""
        column, header = self._spots[field or self._sheet.inputs[0].field]
        return Place(source=self._source, sheet=self._sheet.name, cell=f"{column}{row}", row=row, column=header)


def _read(cell: Cell | None) -> str:
    return shown(cell) if cell else "(kosong)"


def is_example(sheet: Sheet, cells: Cells) -> bool:
    """Whether a row is an example: its first column begins with the word for it."""
    first = cells.get(sheet.inputs[0].field)
    return first is not None and isinstance(first.value, str) and first.value.strip().upper().startswith(EXAMPLE)
