"""The distributions behind the tests: t, F and chi-square tails and their quantiles, in plain Python.

Statistics are floats: they estimate, and are rounded only where they are told. Money and percent stay `Decimal`.
Tails agree with scipy to ten significant digits where they are not below 1e-280.
"""

from __future__ import annotations

import math
from collections.abc import Callable

TINY = 1e-300
STEPS = 500
HALVINGS = 200


def beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by the continued fraction of Lentz."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_share(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )  # fmt: skip
    return front / a * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 / _safe(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _safe(1 + term * d)
            c = _safe(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _safe(value: float) -> float:
    return value if abs(value) > TINY else TINY


def gamma_tail(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x): a series below a + 1, a continued fraction above."""
    if x <= 0:
        return 1.0
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1.0 / a
        for step in range(1, STEPS):
            term *= x / (a + step)
            total += term
            if term < total * 1e-17:
                break
        return 1.0 - total * front
    b = x + 1 - a
    c, d = 1 / TINY, 1 / b
    value = d
    for step in range(1, STEPS):
        part = -step * (step - a)
        b += 2
        d = 1 / _safe(part * d + b)
        c = _safe(b + part / c)
        value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * value


def t_two_sided(t: float, df: float) -> float:
    """The chance of a t at least this far from zero, on both sides."""
    return beta_share(df / 2, 0.5, df / (df + t * t))


def f_tail(f: float, df1: float, df2: float) -> float:
    """The chance of an F at least this large."""
    return 1.0 if f <= 0 else beta_share(df2 / 2, df1 / 2, df2 / (df2 + df1 * f))


def chi_square_tail(value: float, df: float) -> float:
    """The chance of a chi-square at least this large."""
    return gamma_tail(df / 2, value / 2)


def t_critical(level: float, df: float) -> float:
    """The t that is passed on both sides together with chance `level` (t tabel)."""
    return _falling(lambda t: t_two_sided(t, df), level)


def f_critical(level: float, df1: float, df2: float) -> float:
    """The F that is passed with chance `level` (F tabel)."""
    return _falling(lambda f: f_tail(f, df1, df2), level)


def r_critical(n: int, level: float = 0.05) -> float:
    """The correlation that is significant on both sides at `level` for `n` people (r tabel, df = n - 2)."""
    t = t_critical(level, n - 2)
    return t / math.sqrt(n - 2 + t * t)


def _falling(tail: Callable[[float], float], level: float) -> float:
    """Where a falling tail meets `level`, by halving."""
    low, high = 0.0, 1.0
    while tail(high) > level:
        low, high = high, high * 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if tail(middle) > level else (low, middle)
    return (low + high) / 2
