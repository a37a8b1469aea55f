"""Reading one row: its cells become a record of its kind, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class RowReader:
    """Reads the rows of one sheet of one file; `positions` are the columns found there by field, from 0."""

    def __init__(self, sheet: Sheet, source: str, positions: Mapping[str, int]) -> None:
        self._sheet = sheet
        self._source = source
        self._columns = [(column, required(sheet, column)) for column in sheet.inputs if column.field in positions]
        self._values = any(column.kind is Kind.VALUE for column, _ in self._columns)
        self._blanks = {
            column.root: blank for column, _ in self._columns if (blank := stand_in(sheet, column)) is not USES_DEFAULT
        }
        self._spots = {column.field: (letter(positions.get(column.field, 0)), column.header) for column in sheet.inputs}

    def read(self, row: int, cells: Cells, kinds: Mapping[str, ValueKind]) -> Iterator[Any]:
        """The record of spreadsheet row `row` (from 1), or its faults. `kinds` are the indicators' kinds of value."""
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
        if faults:
            yield from faults
        else:
            yield self._record(row, found)

    def _take(
        self, found: dict[str, Any], faults: list[Fault], row: int, column: Column, cells: Cells,
        *, needed: bool, expected: Expectation | None = None,
    ) -> None:  # fmt: skip
        cell = cells.get(column.field)
        read = shown(cell) if cell else "(kosong)"
        try:
            value = self._value(column, cell, expected) if cell else None
        except BadCell as bad:
            faults.append(Fault(bad.message, self._place(row, column.field), read, bad.expected, bad.remedy))
            return
        if value is not None and value != "":
            found[column.field] = value
        elif needed:
            place = self._place(row, column.field)
            faults.append(Fault("Sel ini wajib diisi", place, read, column.kind.value, column.help))

    def _value(self, column: Column, cell: Cell, expected: Expectation | None) -> Any:
        return read_value_cell(cell, expected) if expected else read_cell(self._sheet, column, cell)

    def _record(self, row: int, found: dict[str, Any]) -> Any:
        if "period.year" in found:
            span, index = found.pop("period.part")
            found["period"] = Period(found.pop("period.year"), span, index)
        try:
            return self._sheet.record(**self._blanks | found, place=self._place(row))
        except ValueError as error:
            return self._contradiction(row, str(error))

    def _contradiction(self, row: int, said: str) -> Fault:
        for phrase, field, message, expected, remedy in INVARIANTS:
            if phrase in said:
                return Fault(message, self._place(row, field), expected=expected, remedy=remedy)
        return Fault(f"Isi baris ini bertentangan ({said})", self._place(row), remedy="Periksa isi baris ini.")

    def _place(self, row: int, field: str = "") -> Place:
        """The spot of a field, or of the row's first cell."""
        column, header = self._spots[field or self._sheet.inputs[0].field]
        return Place(source=self._source, sheet=self._sheet.name, cell=f"{column}{row}", row=row, column=header)


def is_example(sheet: Sheet, cells: Cells) -> bool:
    """Whether a row is an example: its first column begins with the word for it."""
    first = cells.get(sheet.inputs[0].field)
    return first is not None and isinstance(first.value, str) and first.value.strip().upper().startswith(EXAMPLE)
