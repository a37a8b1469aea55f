"""Outliers that do not hide themselves: median, median absolute deviation, and the modified z-score.

Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (ASQC, 1993); also NIST/SEMATECH e-Handbook 1.3.5.17.
Mean and standard deviation would be pulled along by the very values that are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

CONSISTENT = Decimal("0.6745")
"""The 75th percentile of the standard normal: makes the MAD comparable with a standard deviation."""


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two in the middle. Raises ValueError without values."""
    if not values:
        raise ValueError("a median needs values")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def deviation(values: Sequence[Decimal]) -> Decimal:
    """The median absolute deviation (MAD): the median of the distances from the median."""
    centre = median(values)
    return median([abs(value - centre) for value in values])


def modified_z(value: Decimal, centre: Decimal, mad: Decimal) -> Decimal | None:
    """0.6745 × (value − median) ÷ MAD; None where the MAD is zero, because then no distance can be judged."""
    return None if mad == 0 else CONSISTENT * (value - centre) / mad
