"""Values of indicators: a number, a percentage, a grade on an ordered scale, yes or no, or a range."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selaras.core.numerals import format_number, format_percent


class ValueKind(StrEnum):
    """What sort of value an indicator has."""

    NUMBER = "angka"
    PERCENT = "persen"
    GRADE = "predikat"
    YES_NO = "ya/tidak"


@dataclass(frozen=True, slots=True)
class Value:
    """One value. Numbers and percentages have `amount` (87 means 87%); a range target also has `upper`;

    a grade has `grade` (`BB`, `WTP`), to be ranked by a grade scale; yes/no has `flag`.
    """

    kind: ValueKind
    amount: Decimal | None = None
    upper: Decimal | None = None
    grade: str = ""
    flag: bool | None = None

    def __post_init__(self) -> None:
        filled = {
            ValueKind.NUMBER: self.amount is not None,
            ValueKind.PERCENT: self.amount is not None,
            ValueKind.GRADE: bool(self.grade),
            ValueKind.YES_NO: self.flag is not None,
        }
        if not filled[self.kind]:
            raise ValueError(f"nilai jenis {self.kind} kosong")
        measured = self.kind in {ValueKind.NUMBER, ValueKind.PERCENT}
        if (
            (not measured and (self.amount, self.upper) != (None, None))
            or (self.grade and self.kind is not ValueKind.GRADE)
            or (self.flag is not None and self.kind is not ValueKind.YES_NO)
        ):
            raise ValueError(f"nilai jenis {self.kind} memuat isi jenis lain")
        if self.upper is not None and (self.amount is None or self.upper < self.amount):
            raise ValueError("batas atas rentang lebih kecil daripada batas bawahnya")

    def shown(self, places: int | None = None, *, bare: bool = False) -> str:
        """The value in id-ID as a report prints it: `87,5%`, `1.234`, `BB`, `Ya`, `5–7`.

        `places` fixes the decimals, otherwise those of the value itself; `bare` leaves out the percent sign.
        """
        if self.kind is ValueKind.GRADE:
            return self.grade
        if self.kind is ValueKind.YES_NO:
            return "Ya" if self.flag else "Tidak"
        assert self.amount is not None
        ends = [self.amount] if self.upper is None else [self.amount, self.upper]
        text = "–".join(format_number(end, places=places) for end in ends)
        if self.kind is ValueKind.PERCENT and not bare:
            return f"{text}%" if self.upper is not None else format_percent(self.amount, places=places)
        return text


def number(amount: Decimal | int | str) -> Value:
    """A plain number."""
    return Value(ValueKind.NUMBER, Decimal(amount))


def percent(amount: Decimal | int | str) -> Value:
    """A percentage; 87 means 87%."""
    return Value(ValueKind.PERCENT, Decimal(amount))


def grade(label: str) -> Value:
    """A grade such as BB or WTP."""
    return Value(ValueKind.GRADE, grade=label)
