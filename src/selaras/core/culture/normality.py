"""Are residuals normal: Shapiro-Wilk for small studies, Lilliefors for larger ones; never plain Kolmogorov-Smirnov.

Plain KS takes mean and spread from the same data and so passes nearly everything. Sources: Royston 1995 (AS R94);
Dallal and Wilkinson 1986, with the extension of nortest for p above 0,10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from selaras.core.culture.answers import mean, too_few, variance
from selaras.core.culture.matrices import dot

SMALL = 50
NORMAL = NormalDist()
LAST = (0.0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056)
NEXT = (0.0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633)
EXTENSION = (
    (0.5, (2.76773, -19.828315, 80.709644, -138.55152, 81.218052)),
    (0.9, (-4.901232, 40.662806, -97.490286, 94.029866, -32.355711)),
    (math.inf, (6.198765, -19.558097, 23.186922, -12.234627, 2.423045)),
)


@dataclass(frozen=True, slots=True)
class Normality:
    """The test that was used, its statistic and p."""

    test: str
    statistic: float
    p: float

    @property
    def normal(self) -> bool:
        """Whether normality is not rejected at 5 %."""
        return self.p > 0.05


def normality(values: Sequence[float]) -> Normality:
    """Shapiro-Wilk below 50 values, Lilliefors from there on."""
    test = shapiro_wilk if len(values) < SMALL else lilliefors
    statistic, p = test(values)
    return Normality("Shapiro-Wilk" if len(values) < SMALL else "Lilliefors", statistic, p)


def shapiro_wilk(values: Sequence[float]) -> tuple[float, float]:
    """W and p, for 3 to 5.000 values that are not all equal."""
    n = len(values)
    if n < 3 or variance(values) == 0:
        raise too_few(len(set(values)), 3)
    ordered = sorted(values)
    weights = _weights(n)
    middle = mean(ordered)
    away = [value - middle for value in ordered]
    w = min(1.0, dot(weights, away) ** 2 / dot(away, away))
    return w, _shapiro_p(w, n)


def _weights(n: int) -> list[float]:
    if n == 3:
        return [-math.sqrt(0.5), 0.0, math.sqrt(0.5)]
    m = [NORMAL.inv_cdf((i - 0.375) / (n + 0.25)) for i in range(1, n + 1)]
    square, root = dot(m, m), 1 / math.sqrt(n)
    ends = [_polynomial(LAST, root) + m[-1] / math.sqrt(square)]
    if n > 5:
        ends.insert(0, _polynomial(NEXT, root) + m[-2] / math.sqrt(square))
    outer = math.fsum(value * value for value in m[-len(ends) :])
    phi = (square - 2 * outer) / (1 - 2 * math.fsum(end * end for end in ends))
    inner = [value / math.sqrt(phi) for value in m[len(ends) : n - len(ends)]]
    return [*(-end for end in reversed(ends)), *inner, *ends]


def _shapiro_p(w: float, n: int) -> float:
    if n == 3:
        return max(0.0, 6 / math.pi * (math.asin(math.sqrt(w)) - math.asin(math.sqrt(0.75))))
    if w >= 1:
        return 1.0
    y = math.log(1 - w)
    if n <= 11:
        y = -math.log(-2.273 + 0.459 * n - y)  # W has a lower bound for each n, so this stays above zero
        centre = _polynomial((0.544, -0.39978, 0.025054, -6.714e-4), n)
        spread = math.exp(_polynomial((1.3822, -0.77857, 0.062767, -0.0020322), n))
    else:
        log = math.log(n)
        centre = _polynomial((-1.5861, -0.31082, -0.083751, 0.0038915), log)
        spread = math.exp(_polynomial((-0.4803, -0.082676, 0.0030302), log))
    return 1 - NORMAL.cdf((y - centre) / spread)


def lilliefors(values: Sequence[float]) -> tuple[float, float]:
    """D and p of the Kolmogorov-Smirnov test with mean and spread estimated, for at least 5 values."""
    n = len(values)
    if n < 5 or variance(values) == 0:
        raise too_few(len(set(values)), 5)
    middle, spread = mean(values), math.sqrt(variance(values))
    shares = [NORMAL.cdf((value - middle) / spread) for value in sorted(values)]
    d = max(max((i + 1) / n - share, share - i / n) for i, share in enumerate(shares))
    return d, _lilliefors_p(d, n)


def _lilliefors_p(d: float, n: int) -> float:
    scaled, size = (d, n) if n <= 100 else (d * (n / 100) ** 0.49, 100)
    root = math.sqrt(size + 2.78019)
    p = math.exp(
        -7.01256 * scaled**2 * root**2
        + 2.99587 * scaled * root
        - 0.122119
        + 0.974598 / math.sqrt(size)
        + 1.67997 / size
    )
    if p <= 0.1:
        return p
    distance = (math.sqrt(n) - 0.01 + 0.85 / math.sqrt(n)) * d
    if distance <= 0.302:
        return 1.0
    terms = next(terms for bound, terms in EXTENSION if distance <= bound)
    return min(1.0, max(0.0, _polynomial(terms, distance)))


def _polynomial(terms: Sequence[float], x: float) -> float:
    value = 0.0
    for term in reversed(terms):
        value = value * x + term
    return value
