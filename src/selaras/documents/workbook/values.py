"""How an indicator's value stands in a cell, so that what was written is read back as the same value.

A percentage is a real percentage of Excel (87,5% is 0.875 with a percent format). A bare number means a percentage
where one is expected; a plain number there carries the mark `(angka)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from selaras.core.agreements import AgreementLine, HeadGoal
from selaras.core.planning import Indicator
from selaras.core.reading import read_value
from selaras.core.value import Value, ValueKind

PLAIN_MARK = "(angka)"
PERCENT_UNITS = frozenset({"%", "persen", "persentase"})
EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a cell should hold: `kind` for text (None if open), and what a bare number means."""

    kind: ValueKind | None
    bare: ValueKind


def expectation(record: type[Any], row: Mapping[str, Any], kinds: Mapping[str, ValueKind]) -> Expectation:
    """What the value cells of a row should hold, from the row's other fields and the kinds of all indicators.

    A line of a PK or SKP is worded by itself: its own unit decides what a bare number means, so that a PK that says
    `56 dokumen` of a percentage is read as it stands.
    """
    linked = kinds.get(row.get("indicator", ""))
    if record in (AgreementLine, HeadGoal):
        percent = str(row.get("unit", "")).strip().casefold() in PERCENT_UNITS
        grade = linked if linked is ValueKind.GRADE else None
        return Expectation(grade, ValueKind.PERCENT if percent else ValueKind.NUMBER)
    kind = row.get("value_kind") if record is Indicator else linked
    return Expectation(kind, ValueKind.PERCENT if kind is ValueKind.PERCENT else ValueKind.NUMBER)


def expectation_of(item: Any, kinds: Mapping[str, ValueKind]) -> Expectation:
    """The same for a record that is there already."""
    names = ("unit", "indicator", "value_kind")
    row = {name: getattr(item, name) for name in names if hasattr(item, name)}
    return expectation(type(item), row, kinds)


def value_of_number(amount: Decimal, number_format: str, expected: Expectation) -> Value:
    """The value of a number cell: its format may say that it is a percentage, or a plain number after all."""
    if "%" in number_format:
        return Value(ValueKind.PERCENT, amount.scaleb(2))
    return Value(ValueKind.NUMBER if PLAIN_MARK in number_format else expected.bare, amount)


def value_of_text(text: str, expected: Expectation) -> Value | None:
    """The value of a text cell, None for a missing mark. Raises UnreadableNumber or AmbiguousNumber."""
    if text.endswith(PLAIN_MARK):
        return read_value(text.removesuffix(PLAIN_MARK).strip(), kind=ValueKind.NUMBER)
    kind = expected.kind
    if kind is None and _is_words(text):
        kind = ValueKind.GRADE
    elif kind is ValueKind.GRADE and text.endswith("%"):
        kind = ValueKind.PERCENT  # as a cell with a percent format says it; whether it fits is for others to say
    value = read_value(text, kind=kind)
    is_bare = value is not None and value.kind is ValueKind.NUMBER
    return Value(expected.bare, value.amount, value.upper) if value and is_bare else value


def _is_words(text: str) -> bool:
    return not any(char.isdigit() for char in text) and text.casefold() not in {"ya", "tidak"}


def text_of(value: Value, expected: Expectation) -> str:
    """The text of a grade, a yes/no, a range, or a number too long for a cell of Excel."""
    if value.kind is ValueKind.GRADE:
        return value.grade
    if value.kind is ValueKind.YES_NO:
        return "Ya" if value.flag else "Tidak"
    assert value.amount is not None
    ends = [plain_text(value.amount)] if value.upper is None else [plain_text(value.amount), plain_text(value.upper)]
    text = (" s.d. " if ends[-1].startswith("-") else "–").join(ends)
    if value.kind is ValueKind.PERCENT:
        return f"{text}%"
    return f"{text} {PLAIN_MARK}" if expected.bare is ValueKind.PERCENT else text


def fits_a_cell(amount: Decimal) -> bool:
    """Whether a number cell of Excel keeps every digit."""
    return len(format(plain(amount), "f").replace(".", "").lstrip("-0")) <= EXACT_DIGITS


def plain_text(amount: Decimal) -> str:
    """All digits with a decimal comma and no thousands; three decimals get a zero, so that nobody reads thousands."""
    text = format(plain(amount), "f").replace(".", ",")
    whole, comma, decimals = text.partition(",")
    return f"{whole}{comma}{decimals}0" if len(decimals) == 3 else text


def plain(amount: Decimal) -> Decimal:
    """The same amount without trailing zeros and without an exponent; minus zero becomes zero."""
    text = format(amount, "f")
    bare = Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
    return bare or Decimal(0)


def places_of(amount: Decimal) -> int:
    """How many decimals an amount has without its trailing zeros."""
    exponent = plain(amount).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
