"""What printed digits allow: a printed number stands for every value that rounds to it. Pure, exact fractions.

A stated figure is judged against the figures that it is said to follow from. It agrees when it is the half-up (or
half-even) rounding of the result, or when decimals hidden by the print of the operands explain it. Less than one unit
of its last digit away it is a matter of rounding (cut off instead of rounded); the tolerance is never a share of the
value. Everything else is wrong. Targets, budgets and counts are decided numbers and stand for themselves; realisations
and percentages may have been rounded for print.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache

from selaras.review.report import Figure

HUNDRED = Fraction(100)
CAPS = tuple(Fraction(cap) for cap in (100, 110, 120, 150, 200))
"""Caps on achievements that are in use (100 and 120 mostly); a cap is believed only where nothing exceeds it."""


class Verdict(IntEnum):
    """How a stated figure stands to what it is said to follow from, best first."""

    AGREES = 0
    ROUNDING = 1
    DIFFERS = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """The value half way, which is the printed one."""
        return (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Fraction) -> Interval:
        """Both ends times `factor`."""
        ends = sorted((self.low * factor, self.high * factor))
        return Interval(ends[0], ends[1])

    def over(self, other: Interval) -> Interval | None:
        """The quotient; None when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [upper / lower for upper in (self.low, self.high) for lower in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have more than an end in common (a point counts as inside)."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and (self.low == self.high or other.low == other.high))


def exact(amount: Decimal | int | Fraction) -> Interval:
    """A decided number: it stands for itself."""
    value = amount if isinstance(amount, Fraction) else fraction(amount)
    return Interval(value, value)


def printed(figure: Figure) -> Interval:
    """A number that may have been rounded for print: half a unit of its last digit to both sides."""
    return _printed(figure.amount, figure.decimals)


@lru_cache(maxsize=8192)
def _printed(amount: Decimal, decimals: int) -> Interval:
    half, value = _unit(decimals) / 2, fraction(amount)
    return Interval(value - half, value + half)


def measured(figure: Figure) -> Interval:
    """A realisation: exact when it is money or a whole count, otherwise perhaps rounded for print."""
    whole = figure.decimals == 0 and not figure.percent
    return exact(figure.amount) if whole or (figure.money and figure.decimals >= 0) else printed(figure)


def unit(figure: Figure) -> Fraction:
    """One unit of the last printed digit; `1,5 juta` is printed to the hundred thousand."""
    return _unit(figure.decimals)


@lru_cache(maxsize=64)
def _unit(decimals: int) -> Fraction:
    return Fraction(10) ** -decimals


@lru_cache(maxsize=8192)
def fraction(amount: Decimal | int) -> Fraction:
    """An amount as an exact fraction; the same amounts are asked for again and again."""
    return Fraction(amount)


def apart(stated: Figure, value: Fraction) -> tuple[int, int]:
    """How far a figure is from a value, and one unit of its last digit, as whole numbers of one scale."""
    own = fraction(stated.amount)
    distance = abs(own.numerator * value.denominator - value.numerator * own.denominator)
    step = own.denominator * value.denominator
    return (distance * 10**stated.decimals, step) if stated.decimals > 0 else (distance, step * 10**-stated.decimals)


def judge(stated: Figure, nominal: Fraction, span: Interval | None = None, *, fine: bool = False) -> Verdict:
    """Whether `stated` follows from a result that is `nominal` by the printed operands.

    `span` holds the results that the print of the operands allows. `fine` says that an operand was printed with
    decimals, so that more of them may be hidden: then even a last digit that is off by one is explained by `span`.
    """
    distance, step = apart(stated, nominal)
    if 2 * distance <= step:
        return Verdict.AGREES
    explained = span is not None and span.overlaps(printed(stated))
    if distance < step:
        return Verdict.AGREES if explained and fine else Verdict.ROUNDING
    return Verdict.AGREES if explained else Verdict.DIFFERS


def best(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The kindest verdict, None if there is none."""
    return min(verdicts, default=None)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """`value` rounded half up (away from zero at the half) to `decimals`."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def mean(values: Sequence[Fraction]) -> Fraction:
    """The plain mean of at least one value."""
    return sum(values, Fraction(0)) / len(values)


def same(first: Figure, second: Figure) -> bool:
    """Whether two prints can be of one number: the coarser one is a rounding of the finer one."""
    coarse, fine = sorted((first, second), key=lambda figure: figure.decimals)
    return abs(fraction(coarse.amount) - fraction(fine.amount)) <= (
        unit(coarse) / 2 if fine.decimals > coarse.decimals else 0
    )
