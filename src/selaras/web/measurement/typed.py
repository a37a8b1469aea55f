"""Values as people type them into cells, and stored values as texts that are read back as the same value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from selaras.core.errors import AmbiguousNumber, Refusal, UnreadableNumber
from selaras.core.law import Law
from selaras.core.measurement.entries import AMOUNTS
from selaras.core.measurement.records import Realisation
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.planning import FormulaKind, Indicator
from selaras.core.reading import read_value
from selaras.core.value import Value
from selaras.documents.workbook.values import plain_text

VALUE, NUMERATOR, DENOMINATOR = "nilai", "pembilang", "penyebut"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for one value, read."""

    value: Value | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return self.value is None and self.numerator is None and self.denominator is None


@dataclass(frozen=True, slots=True)
class Shown:
    """One input of a cell: the text to look at, and the text that can be read in one way only."""

    part: str
    label: str
    text: str
    exact: str


class Unread(Exception):
    """A part that could not be read, with the refusal and, if it has two readings, both of them as texts."""

    def __init__(self, part: str, refusal: Refusal, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(str(refusal))
        self.part = part
        self.refusal = refusal
        self.choices = choices


def is_pair(indicator: Indicator) -> bool:
    """Whether numerator and denominator are asked for instead of the value."""
    return indicator.formula is FormulaKind.RATIO and indicator.value_kind in AMOUNTS


def read_typed(indicator: Indicator, law: Law, texts: Mapping[str, str]) -> Typed:
    """The value that was typed in its parts. Raises Unread for the first part that is not clear."""
    numbers = {part: _number(part, texts.get(part, "")) for part in (NUMERATOR, DENOMINATOR)}
    return Typed(_value(indicator, law, texts.get(VALUE, "")), numbers[NUMERATOR], numbers[DENOMINATOR])


def inputs_of(indicator: Indicator, realisation: Realisation | None) -> list[Shown]:
    """The inputs of a cell in the grid, filled."""
    if is_pair(indicator):
        upper = realisation.numerator if realisation else None
        lower = realisation.denominator if realisation else None
        return [
            Shown(NUMERATOR, _("Pembilang"), "" if upper is None else format_number(upper), exact_number(upper)),
            Shown(DENOMINATOR, _("Penyebut"), "" if lower is None else format_number(lower), exact_number(lower)),
        ]
    value = realisation.value if realisation else None
    return [Shown(VALUE, _("Nilai"), value.shown() if value else "", exact_value(value))]


def exact_number(amount: Decimal | None) -> str:
    """A number that nobody can read in two ways."""
    return "" if amount is None else plain_text(amount)


def exact_value(value: Value | None) -> str:
    """A value that nobody can read in two ways."""
    if value is None:
        return ""
    if value.amount is None:
        return value.shown()
    ends = [value.amount] if value.upper is None else [value.amount, value.upper]
    text = " s.d. ".join(plain_text(end) for end in ends)
    return f"{text}%" if value.shown().endswith("%") else text


def _number(part: str, text: str) -> Decimal | None:
    try:
        return read_amount(text)
    except AmbiguousNumber as refusal:
        raise Unread(part, refusal, _readings(text)) from refusal
    except UnreadableNumber as refusal:
        raise Unread(part, refusal) from refusal


def _value(indicator: Indicator, law: Law, text: str) -> Value | None:
    scale = law.grade_scales.get(indicator.grade_scale)
    grades = scale.grades if scale else ()
    try:
        return read_value(text, kind=indicator.value_kind, grades=grades)
    except AmbiguousNumber as refusal:
        found = []
        for hint in (NumberHint.INDONESIAN, NumberHint.ENGLISH):
            value = read_value(text, kind=indicator.value_kind, hint=hint)
            if value is not None:
                found.append((exact_value(value), value.shown()))
        raise Unread(VALUE, refusal, tuple(dict.fromkeys(found))) from refusal
    except UnreadableNumber as refusal:
        raise Unread(VALUE, refusal) from refusal


def _readings(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for hint in (NumberHint.INDONESIAN, NumberHint.ENGLISH):
        try:
            amount = read_amount(text, hint=hint)
        except (AmbiguousNumber, UnreadableNumber):
            continue
        if amount is not None:
            found.append((plain_text(amount), format_number(amount)))
    return tuple(dict.fromkeys(found))
