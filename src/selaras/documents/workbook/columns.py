"""What a workbook is described with: kinds of columns, columns, computed columns, sheets, and short ways to name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from selaras.core.period import MONTHS

GUIDE = "Petunjuk"
EXAMPLE = "CONTOH"
IGNORED = "#"
PARTS = ("Tahun", "Semester I", "Semester II", "TW I", "TW II", "TW III", "TW IV", *MONTHS)
MONTH_NUMBERS = tuple(str(month) for month in range(1, 13))


class Kind(StrEnum):
    """What stands in a column, in the words of the header notes."""

    TEXT = "teks"
    LONG = "teks panjang"
    CODE = "kode (teks)"
    INTEGER = "bilangan bulat"
    YEAR = "tahun"
    DECIMAL = "angka"
    AMOUNT = "rupiah"
    PERCENT = "persen"
    VALUE = "nilai indikator"
    DATE = "tanggal"
    CHOICE = "pilihan"
    YES_NO = "Ya/Tidak"
    MONTH = "bulan"
    PART = "periode"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a person fills in. `field` is the record's field; a period stands in two columns

    (`period.year`, `period.part`). `may_be_empty` lets a text stay empty that the record has no default for; `added`
    marks a column that workbooks made earlier do not have, which read as if it were empty.
    """

    header: str
    field: str
    kind: Kind
    help: str
    example: str = ""
    width: int = 14
    may_be_empty: bool = False
    added: bool = False

    @property
    def root(self) -> str:
        """The record's field, `period` for both columns of a period."""
        return self.field.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Derived:
    """A protected column with a live formula; `rule` names the formula (`computed.py`), `of` the field it looks up."""

    header: str
    rule: str
    help: str
    of: str = ""
    width: int = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its Indonesian name, the kind of record in its rows, what it is for, and its columns.

    `title` is the field that tells people what a code means. `examples` are the rows of the template, each as far
    as it differs from the examples of the columns.
    """

    name: str
    record: type[Any]
    about: str
    columns: tuple[Column | Derived, ...]
    title: str = ""
    examples: tuple[Mapping[str, str], ...] = ({},)

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that are filled in and read."""
        return tuple(column for column in self.columns if isinstance(column, Column))

    @property
    def protected(self) -> bool:
        """Whether the sheet has computed cells to guard."""
        return len(self.inputs) < len(self.columns)

    def letter(self, field: str) -> str:
        """The letter of a field's first column in a workbook that we wrote."""
        return letter(self.position(field))

    def position(self, field: str) -> int:
        """The index from 0 of a field's first column in a workbook that we wrote."""
        names = [(item.field, item.root) if isinstance(item, Column) else (item.rule, "") for item in self.columns]
        return next(index for index, pair in enumerate(names) if field in pair)


def letter(position: int) -> str:
    """The spreadsheet letter of a column counted from 0: 0 → A, 26 → AA."""
    text = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def text(header: str, field: str, help_: str, example: str = "", *, width: int = 24, empty: bool = False) -> Column:
    """A short text."""
    return Column(header, field, Kind.TEXT, help_, example, width, empty)


def long_text(header: str, field: str, help_: str, example: str = "", *, empty: bool = False) -> Column:
    """A text that wraps over several lines."""
    return Column(header, field, Kind.LONG, help_, example, 48, empty)


def code(header: str, field: str, help_: str, example: str = "", *, width: int = 16) -> Column:
    """A code: text, so that zeros in front stay."""
    return Column(header, field, Kind.CODE, help_, example, width)


def year(help_: str, example: str = "2024", *, header: str = "Tahun", field: str = "year") -> Column:
    """A year of four digits."""
    return Column(header, field, Kind.YEAR, help_, example, 12)


def day(header: str, field: str, help_: str, example: str = "") -> Column:
    """A day."""
    return Column(header, field, Kind.DATE, help_, example, 14)


def choice(header: str, field: str, help_: str, example: str, *, width: int = 18) -> Column:
    """One of the values of the field's enumeration."""
    return Column(header, field, Kind.CHOICE, help_, example, width)


def yes_no(header: str, field: str, help_: str, example: str = "Tidak") -> Column:
    """Ya or Tidak."""
    return Column(header, field, Kind.YES_NO, help_, example, 12)


def value(header: str, field: str, help_: str, example: str = "") -> Column:
    """A value of an indicator."""
    return Column(header, field, Kind.VALUE, help_, example, 14)


def amount(header: str, help_: str, example: str) -> Column:
    """An amount in rupiah."""
    return Column(header, "amount", Kind.AMOUNT, help_, example, 20)


def order(help_: str = "Urutan tampil dalam laporan; angka kecil lebih dahulu.") -> Column:
    """A whole number that orders the rows."""
    return Column("Urutan", "order", Kind.INTEGER, help_, "1", 10)


def look_up(header: str, of: str) -> Derived:
    """The title of the record that the field `of` names by its code."""
    return Derived(header, "title", "Dihitung otomatis dari kode di sebelahnya; tidak perlu diisi.", of)


def period() -> tuple[Column, Column]:
    """The two columns of a period: its year and its part."""
    return (
        Column("Tahun", "period.year", Kind.YEAR, "Tahun yang diukur.", "2024", 12),
        Column(
            "Periode",
            "period.part",
            Kind.PART,
            "Bagian tahun: Tahun (setahun penuh), Semester I/II, TW I–IV, atau nama bulan.",
            "Tahun",
        ),
    )
