"""Our own "indeks internal budaya kerja": per value the percent positive, the index the mean of the values.

It is never called Indeks BerAKHLAK: that is published nationally by a method of its own, and stands beside ours only
as context. Shares are exact; they are rounded once, half up to one decimal, when they are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from selaras.core.culture.answers import Answers
from selaras.core.culture.descriptives import answer_shares
from selaras.core.culture.surveys import Instrument
from selaras.core.errors import Fault, Refusal

NAME = "Indeks internal budaya kerja"
CEILING = Fraction(9, 10)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ValueScore:
    """One value: the share of positive answers over its items, and how many answers that rests on."""

    value: str
    positive: Fraction
    answered: int
    items: int

    @property
    def near_ceiling(self) -> bool:
        """Nearly everybody agrees: the items may invite the answer that is expected."""
        return self.positive >= CEILING


@dataclass(frozen=True, slots=True)
class InternalIndex:
    """The index with its values, in per cent of 0 to 100."""

    index: Fraction
    values: tuple[ValueScore, ...]
    people: int

    @property
    def name(self) -> str:
        """What it is called in every display."""
        return NAME


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """A published national figure as context, never computed here."""

    year: int
    name: str
    index: Decimal
    values: Mapping[str, Decimal]
    source: str


def percent(share: Fraction) -> Decimal:
    """A share as per cent with one decimal, half up."""
    value = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


def internal_index(
    instrument: Instrument, answers: Answers, values: Mapping[str, Iterable[str]], *, least: int
) -> InternalIndex:
    """The index of people whose answers are given, for values by their items (reversed items already turned).

    Positive is an answer above the middle of the scale; "tidak tahu" is left out. Each item weighs the same in its
    value, each value the same in the index. Refused below `least` people and where a value has no answer at all.
    """
    if len(answers.rows) < least:
        raise Refusal(
            f"{NAME} tidak ditampilkan.",
            Fault("responden terlalu sedikit", read=str(len(answers.rows)), expected=f"mulai {least}"),
        )
    points = instrument.scale.points
    made = tuple(_value(name, list(items), answers, points) for name, items in values.items())
    if not made:
        raise Refusal(f"{NAME} tidak dapat dihitung.", Fault("tidak ada nilai budaya", expected="nilai dan butirnya"))
    return InternalIndex(sum((item.positive for item in made), Fraction()) / len(made), made, len(answers.rows))


def _value(name: str, items: list[str], answers: Answers, points: int) -> ValueScore:
    columns = [answers.column(item) for item in items]
    shares = answer_shares(columns, points)
    if shares is None:
        raise Refusal(f"{NAME} tidak dapat dihitung.", Fault("nilai tanpa jawaban", read=name, expected="jawaban"))
    answered = sum(value is not None for column in columns for value in column)
    return ValueScore(name, shares[0], answered, len(items))


def values_of(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """The items of every score group, for instruments whose groups are the values themselves."""
    return instrument.groups()
