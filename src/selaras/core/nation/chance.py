"""What chance alone would give: exact binomial tails, false alarms and the Benjamini-Hochberg procedure.

Probabilities are floats: they are estimates, never money, and decide nothing by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def at_least(hits: int, trials: int, share: Fraction) -> float:
    """The chance of at least `hits` successes in `trials`, each with chance `share`; exact until the last step."""
    if not 0 <= hits <= trials or not 0 < share < 1:
        raise ValueError("hits must lie within trials and share between 0 and 1")
    if trials > MOST_EXACT:
        return _by_logarithms(hits, trials, float(share))
    miss, whole = share.denominator - share.numerator, share.denominator**trials
    ways = sum(math.comb(trials, k) * share.numerator**k * miss ** (trials - k) for k in range(hits, trials + 1))
    return float(Fraction(ways, whole))


MOST_EXACT = 2000
"""More trials than this are summed by logarithms: whole numbers of thousands of digits are slow."""


def _by_logarithms(hits: int, trials: int, share: float) -> float:
    yes, no = math.log(share), math.log1p(-share)
    ways = math.lgamma(trials + 1)
    return min(
        1.0,
        math.fsum(
            math.exp(ways - math.lgamma(k + 1) - math.lgamma(trials - k + 1) + k * yes + (trials - k) * no)
            for k in range(hits, trials + 1)
        ),
    )


def expected_false(tests: int, level: float) -> float:
    """How many of `tests` would be marked at `level` if nothing were behind any of them."""
    return tests * level


def adjusted(chances: Sequence[float]) -> tuple[float, ...]:
    """The p-values adjusted by Benjamini and Hochberg (1995), in the order given.

    A value at most q belongs to the list whose expected share of false alarms is at most q, if the tests are independent
    or positively dependent (J. R. Statist. Soc. B 57, 289-300).
    """
    order = sorted(range(len(chances)), key=lambda index: chances[index], reverse=True)
    made, least = [0.0] * len(chances), 1.0
    for step, index in enumerate(order):
        least = min(least, chances[index] * len(chances) / (len(chances) - step))
        made[index] = least
    return tuple(made)
