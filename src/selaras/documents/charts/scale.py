"""Axes: round steps, places on the drawing, and numbers as an Indonesian axis prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from selaras.core.numerals import format_number, format_percent, format_rupiah

_LEADS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MAGNITUDES = (
    (Decimal(10) ** 12, "triliun rupiah"),
    (Decimal(10) ** 9, "miliar rupiah"),
    (Decimal(10) ** 6, "juta rupiah"),
    (Decimal(10) ** 3, "ribu rupiah"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` laid from `start` to `end` on the drawing, with round steps between."""

    low: Decimal
    high: Decimal
    step: Decimal
    start: float
    end: float

    def at(self, value: Decimal) -> float:
        """Where `value` stands; values beyond the ends stand at the ends."""
        inside = min(max(value, self.low), self.high)
        share = float((inside - self.low) / (self.high - self.low))
        return self.start + (self.end - self.start) * share

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies within the ends."""
        return self.low <= value <= self.high

    def ticks(self) -> list[Decimal]:
        """The round values from low to high."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]


def scale(low: Decimal, high: Decimal, start: float, end: float, *, steps: int = 5, whole: bool = False) -> Scale:
    """A scale that holds `low` and `high`, in about `steps` round steps; `whole` keeps the steps integers."""
    step = _round_step((high - low) / steps if high > low else Decimal(1))
    step = max(step, Decimal(1)).to_integral_value(ROUND_CEILING) if whole else step
    bottom = (low / step).to_integral_value(ROUND_FLOOR) * step
    top = (high / step).to_integral_value(ROUND_CEILING) * step
    return Scale(bottom, top if top > bottom else bottom + step, step, start, end)


def _round_step(rough: Decimal) -> Decimal:
    power = Decimal(1).scaleb(rough.adjusted())
    return next(lead * power for lead in _LEADS if lead * power >= rough)


def magnitude(largest: Decimal) -> tuple[Decimal, str]:
    """The divisor and the words for an axis in rupiah whose largest value is `largest`."""
    for size, words in _MAGNITUDES:
        if largest >= size:
            return size, words
    return Decimal(1), "rupiah"


def brief(value: Decimal) -> str:
    """A number with at most two decimals (half up), no trailing zeros, in id-ID."""
    return format_number(value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def label(value: Decimal, unit: str, *, places: int | None = None) -> str:
    """A value with its unit as printed beside its mark: `102,94%`, `Rp1.500.000`, `12`."""
    if unit == "Rp":
        return format_rupiah(value)
    if unit == "%":
        return f"{brief(value)}%" if places is None else format_percent(value, places=places)
    return brief(value) if places is None else format_number(value, places=places)


def present(values: Sequence[Decimal | None]) -> list[Decimal]:
    """The values that are there."""
    return [value for value in values if value is not None]
