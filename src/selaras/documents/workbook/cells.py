"""Reading one cell: what stands there becomes a text, number, date or choice, or a sentence about what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from selaras.core.calendar import format_date, parse_date
from selaras.core.errors import Refusal
from selaras.core.numerals import NumberHint, format_number, read_token
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.columns import PARTS, Column, Kind, Sheet
from selaras.documents.workbook.periods import read_month, read_part
from selaras.documents.workbook.schema import enumeration
from selaras.documents.workbook.texts import clean, folded, unescaped
from selaras.documents.workbook.values import EXACT_DIGITS, Expectation, plain, value_of_number, value_of_text

YES_NO = {
    "ya": True, "true": True, "benar": True, "1": True, "tidak": False, "false": False, "salah": False, "0": False,
}  # fmt: skip
"""LibreOffice keeps a truth value in a cell of text as 1 or 0."""
TOO_LARGE = 10**20
LARGEST_WHOLE = 1_000_000
HINTS = {Kind.AMOUNT: NumberHint.RUPIAH, Kind.PERCENT: None, Kind.DECIMAL: None, Kind.INTEGER: NumberHint.COUNT}


class Cell(Protocol):
    """What is asked of a cell, whichever library read it."""

    @property
    def value(self) -> Any:
        """What stands in it: a text, number, date, truth value, or nothing."""

    @property
    def data_type(self) -> str:
        """The letter of the file format; `e` is an error value."""

    @property
    def number_format(self) -> str | None:
        """How its number is shown."""


class BadCell(Exception):
    """What stands in the cell cannot be taken; says what was expected and how to mend it."""

    def __init__(self, message: str, *, expected: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.remedy = remedy


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


def shown(cell: Cell) -> str:
    """What a person sees in the cell, shortened."""
    value = cell.value
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int | float):
        if abs(value) >= TOO_LARGE:
            return str(value)
        amount = number_of(value)
        percent = "%" in (cell.number_format or "")
        return f"{format_number(amount.scaleb(2))}%" if percent else format_number(amount)
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return str(value).strip()[:80]


def number_of(value: float) -> Decimal:
    """A number of Excel with the digits that Excel itself shows: 15, without the noise of binary fractions."""
    return plain(Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{EXACT_DIGITS}g")))


def read_cell(sheet: Sheet, column: Column, cell: Cell) -> Any:
    """What a filled cell holds for its column (not for columns of values). Raises BadCell."""
    if cell.data_type == "e":
        raise BadCell("Rumus dalam sel ini menghasilkan galat", expected=column.kind.value,
                      remedy="Perbaiki rumusnya atau tulis isinya langsung.")  # fmt: skip
    if column.kind is Kind.CHOICE:
        return _choice(enumeration(sheet, column), cell)
    if column.kind is Kind.PART:
        return _part(cell)
    return _READERS[column.kind](column, cell)


def read_value_cell(cell: Cell, expected: Expectation) -> Value | None:
    """The indicator value in a filled cell, None for a missing mark. Raises BadCell."""
    if cell.data_type == "e":
        raise BadCell("Rumus dalam sel ini menghasilkan galat", expected="nilai indikator",
                      remedy="Perbaiki rumusnya atau tulis nilainya langsung.")  # fmt: skip
    value = cell.value
    if isinstance(value, bool):
        return Value(ValueKind.YES_NO, flag=value)
    if isinstance(value, int | float):
        return value_of_number(_bearable(value), cell.number_format or "", expected)
    if not isinstance(value, str):
        raise BadCell("Sel ini berisi tanggal atau jam", expected="nilai indikator",
                      remedy="Ubah format sel menjadi Teks, lalu tulis ulang nilainya.")  # fmt: skip
    try:
        return value_of_text(_text_of(value), expected)
    except Refusal as refusal:
        raise _bad(refusal) from refusal
    except ValueError as error:
        raise BadCell("Nilai tidak dapat dipakai", expected=str(error)) from error


def _bearable(value: float) -> Decimal:
    if abs(value) >= TOO_LARGE:
        raise BadCell("Angka ini terlalu besar", expected="angka paling panjang 15 digit", remedy="Periksa angkanya.")
    return number_of(value)


def _bad(refusal: Refusal) -> BadCell:
    fault = refusal.faults[0]
    question = getattr(refusal, "question", "")
    return BadCell(fault.message, expected=fault.expected, remedy=fault.remedy or question)


def _text_of(value: str) -> str:
    return clean(unescaped(value))


def _text(column: Column, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, str):
        return _text_of(value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime | date):
        return format_date(value)
    if not isinstance(value, int | float):
        return str(value)
    if abs(value) >= 10**EXACT_DIGITS:
        raise BadCell("Angka sepanjang ini sudah dibulatkan oleh Excel", expected=column.kind.value, remedy=_RETYPE)
    return shown(cell) if "%" in (cell.number_format or "") else format(number_of(value), "f").replace(".", ",")


_RETYPE = "Ubah format sel menjadi Teks, lalu tulis ulang isinya."


def _code(column: Column, cell: Cell) -> str:
    if isinstance(cell.value, str):
        return _text_of(cell.value)
    if isinstance(cell.value, datetime | date):
        raise BadCell("Kode ini telah diubah Excel menjadi tanggal", expected="kode sebagai teks", remedy=_RETYPE)
    if isinstance(cell.value, float) and not cell.value.is_integer():
        raise BadCell("Kode ini tersimpan sebagai angka, sehingga nol di belakangnya dapat hilang",
                      expected="kode sebagai teks", remedy=_RETYPE)  # fmt: skip
    return _text(column, cell)


def _decimal(column: Column, cell: Cell) -> Decimal:
    percent = column.kind is Kind.PERCENT
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        amount = _bearable(cell.value)
        if "%" not in (cell.number_format or ""):
            return amount
        if percent:
            return amount.scaleb(2)
        raise BadCell("Sel ini berformat persen", expected=column.kind.value,
                      remedy="Ubah format sel menjadi Angka, lalu tulis ulang isinya.")  # fmt: skip
    if not isinstance(cell.value, str):
        raise BadCell("Isi sel ini bukan angka", expected=column.kind.value, remedy="Tulis angkanya saja.")
    try:
        token = read_token(_text_of(cell.value), hint=HINTS[column.kind])
    except Refusal as refusal:
        raise _bad(refusal) from refusal
    if token is None:
        raise BadCell("Sel ini tidak berisi angka", expected=column.kind.value,
                      remedy="Tulis angkanya, atau kosongkan sel bila boleh kosong.")  # fmt: skip
    if token.percent and not percent:
        raise BadCell("Angka ini bertanda %", expected=column.kind.value, remedy="Tulis angkanya tanpa tanda %.")
    return plain(token.amount)


def _integer(column: Column, cell: Cell) -> int:
    amount = _decimal(column, cell)
    if amount != amount.to_integral_value():
        raise BadCell("Isi sel ini bukan bilangan bulat", expected="bilangan bulat", remedy="Tulis tanpa koma.")
    if abs(amount) > LARGEST_WHOLE:
        raise BadCell("Bilangan ini terlalu besar", expected=f"paling besar {format_number(Decimal(LARGEST_WHOLE))}",
                      remedy="Pakai nomor urut biasa: 1, 2, 3, dan seterusnya.")  # fmt: skip
    return int(amount)


def _year(column: Column, cell: Cell) -> int:
    del column
    text = shown(cell).replace(".", "") if isinstance(cell.value, int | float) else shown(cell)
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200):
        raise BadCell("Isi sel ini bukan tahun", expected="tahun empat angka, misalnya 2024",
                      remedy="Tulis tahunnya saja.")  # fmt: skip
    return int(text)


def _date(column: Column, cell: Cell) -> date:
    del column
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    if not isinstance(cell.value, str):
        raise BadCell("Isi sel ini bukan tanggal", expected="tanggal seperti 31/12/2024",
                      remedy="Tulis tanggalnya sebagai hari/bulan/tahun.")  # fmt: skip
    try:
        return parse_date(_text_of(cell.value))
    except Refusal as refusal:
        raise _bad(refusal) from refusal


def _yes_no(column: Column, cell: Cell) -> bool:
    del column
    if isinstance(cell.value, bool):
        return cell.value
    flag = YES_NO.get(folded(str(cell.value)))
    if flag is None:
        raise BadCell("Isi sel ini tidak dikenal", expected="Ya atau Tidak", remedy="Pilih dari daftar.")
    return flag


def _month(column: Column, cell: Cell) -> int:
    month = read_month(_text(column, cell))
    if month is None:
        raise BadCell("Bulan tidak dikenal", expected="angka 1–12 atau nama bulan", remedy="Pilih dari daftar.")
    return month


def _part(cell: Cell) -> Any:
    part = read_part(str(cell.value))
    if part is None:
        raise BadCell("Periode tidak dikenal", expected="Tahun, Semester I–II, TW I–IV, atau nama bulan",
                      remedy=_nearest(str(cell.value), PARTS) or "Pilih dari daftar.")  # fmt: skip
    return part


def _choice(enum: type[StrEnum], cell: Cell) -> StrEnum:
    wanted = folded(str(cell.value))
    for member in enum:
        if folded(member.value) == wanted:
            return member
    allowed = tuple(str(member.value) for member in enum)
    raise BadCell("Isi sel ini tidak ada dalam daftar pilihan", expected="salah satu dari: " + "; ".join(allowed),
                  remedy=_nearest(str(cell.value), allowed) or "Pilih dari daftar.")  # fmt: skip


def _nearest(text: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(folded(text), [folded(name) for name in known], n=1, cutoff=0.6)
    found = next((name for name in known if near and folded(name) == near[0]), "")
    return f"Mungkin maksudnya “{found}”." if found else ""


_READERS: dict[Kind, Callable[[Column, Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.CODE: _code,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DECIMAL: _decimal,
    Kind.AMOUNT: _decimal,
    Kind.PERCENT: _decimal,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.MONTH: _month,
}
