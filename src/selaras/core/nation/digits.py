"""What digits tell of figures: last digits, first digits (Benford), round numbers. Counts in, chances out.

Sources: Pearson's chi-square test of fit; Benford, Proc. Am. Phil. Soc. 78 (1938); Nigrini, Benford's Law (Wiley, 2012)
on when first digits may be tested; Beber and Scacco, Political Analysis 20 (2012) on last digits of counts that people
made up. None of them proves anything: a price list or a fixed fee has its own digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from selaras.core.culture.distributions import chi_square_tail
from selaras.core.nation.chance import at_least

TENTH = Fraction(1, 10)
BENFORD = tuple(math.log10(1 + 1 / digit) for digit in range(1, 10))
"""The shares of first digits 1 to 9."""


def fit(counts: Sequence[int], shares: Sequence[float]) -> tuple[float, float]:
    """Pearson's chi-square of counts against shares, and the chance of one at least as large."""
    total = sum(counts)
    if not total or len(counts) != len(shares):
        raise ValueError("as many counts as shares, and at least one count")
    square = math.fsum(
        (count - total * share) ** 2 / (total * share) for count, share in zip(counts, shares, strict=True)
    )
    return square, chi_square_tail(square, len(counts) - 1) if square else 1.0


def last_digits(counts: Sequence[int]) -> tuple[float, float]:
    """Chi-square and chance for counts of the last digits 0 to 9, each of which should be as frequent (9 df)."""
    return fit(counts, [0.1] * 10)


def first_digits(counts: Sequence[int]) -> tuple[float, float]:
    """Chi-square and chance for counts of the first digits 1 to 9 against Benford's shares (8 df)."""
    return fit(counts, BENFORD)


def round_numbers(round_ones: int, total: int) -> float:
    """The chance of at least so many whole tens among whole numbers, if the last digit were even."""
    return at_least(round_ones, total, TENTH)
