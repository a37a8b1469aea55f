"""Multiple regression of one score on others: coefficients with tests and intervals, and the classical assumptions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from selaras.core.culture.answers import correlation, variance
from selaras.core.culture.distributions import chi_square_tail, f_critical, f_tail, t_critical, t_two_sided
from selaras.core.culture.matrices import LeastSquares, dot, inverse, least_squares, singular
from selaras.core.culture.normality import Normality, normality
from selaras.core.errors import Fault, Refusal

LEAST = 20
CONSTANT = "konstanta"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One factor in the equation; `beta` and `vif` are None for the constant."""

    name: str
    b: float
    error: float
    t: float
    p: float
    low: float
    high: float
    beta: float | None
    vif: float | None

    @property
    def tolerance(self) -> float | None:
        """1 / VIF."""
        return None if self.vif is None else 1 / self.vif


@dataclass(frozen=True, slots=True)
class Fit:
    """One equation as least squares found it; `error` is the standard error of the residuals."""

    coefficients: tuple[Coefficient, ...]
    r_squared: float
    adjusted: float
    f: float
    p: float
    error: float
    fitted: tuple[float, ...]
    residuals: tuple[float, ...]

    @property
    def factors(self) -> tuple[Coefficient, ...]:
        """The coefficients without the constant."""
        return tuple(item for item in self.coefficients if item.name != CONSTANT)


@dataclass(frozen=True, slots=True)
class Regression:
    """The equation of a study: `n` complete rows of `given`, with the table values of F and t that it is held against."""

    outcome: str
    fit: Fit
    n: int
    given: int
    f_table: float
    t_table: float

    @property
    def left_out(self) -> int:
        """How many people had a gap and were left out."""
        return self.given - self.n

    @property
    def crowded(self) -> bool:
        """Fewer people than 50 + 8 per factor: the result needs a warning."""
        return self.n < 50 + 8 * len(self.fit.factors)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The classical tests of one regression; `durbin_watson` only where rows stand in the order of time."""

    normality: Normality
    glejser: tuple[tuple[str, float], ...]
    breusch_pagan: float
    breusch_pagan_p: float
    worst_vif: float
    durbin_watson: float | None

    @property
    def uneven(self) -> bool:
        """Heteroscedasticity: Breusch-Pagan or any Glejser p at or below 0,05."""
        return self.breusch_pagan_p <= 0.05 or any(p <= 0.05 for _, p in self.glejser)

    @property
    def entangled(self) -> bool:
        """Multicollinearity: a VIF of 10 or more."""
        return self.worst_vif >= 10


def regress(outcome: str, table: Mapping[str, Sequence[float | None]], *, level: float = 0.05) -> Regression:
    """Regress `outcome` on all other columns of `table`, by complete rows.

    Refused below 20 people, and where a factor does not vary or is a combination of the others.
    """
    names = [name for name in table if name != outcome]
    whole = list(zip(*(table[name] for name in (outcome, *names)), strict=True))
    rows = [[value for value in row if value is not None] for row in whole if None not in row]
    if len(rows) < LEAST:
        raise Refusal(
            "Regresi tidak dijalankan.",
            Fault("responden lengkap terlalu sedikit", read=str(len(rows)), expected=f"sekurang-kurangnya {LEAST}"),
        )
    made = fit([row[1:] for row in rows], [row[0] for row in rows], names, level=level)
    df = len(rows) - len(names) - 1
    return Regression(outcome, made, len(rows), len(whole), f_critical(level, len(names), df), t_critical(level, df))


def fit(rows: Sequence[Sequence[float]], values: Sequence[float], names: Sequence[str], *, level: float = 0.05) -> Fit:
    """The equation of complete rows, whatever their number; refused where nothing is left to estimate."""
    solved = least_squares([[1.0, *row] for row in rows], values)
    size, df = len(names), len(rows) - len(names) - 1
    total = variance(values) * (len(values) - 1)
    if df < 1 or total == 0:
        raise singular()
    residuals = tuple(value - guess for value, guess in zip(values, solved.fitted, strict=True))
    left = dot(residuals, residuals)
    r_squared, error = 1 - left / total, math.sqrt(left / df)
    f = (total - left) / size / (left / df) if left else math.inf
    coefficients = _coefficients(rows, values, names, solved, error, t_critical(level, df))
    adjusted = 1 - (1 - r_squared) * (len(rows) - 1) / df
    return Fit(coefficients, r_squared, adjusted, f, f_tail(f, size, df), error, solved.fitted, residuals)


def _coefficients(
    rows: Sequence[Sequence[float]], values: Sequence[float], names: Sequence[str], solved: LeastSquares,
    error: float, t_table: float,
) -> tuple[Coefficient, ...]:  # fmt: skip
    columns = [[row[j] for row in rows] for j in range(len(names))]
    df, outer = len(rows) - len(names) - 1, math.sqrt(variance(values))
    betas = [None, *(b * math.sqrt(variance(c)) / outer for b, c in zip(solved.coefficients[1:], columns, strict=True))]
    made = []
    for name, b, spread, beta, vif in zip(
        (CONSTANT, *names), solved.coefficients, solved.spread, betas, [None, *inflation(columns)], strict=True
    ):
        own = error * math.sqrt(spread)
        t = b / own if own else math.inf
        made.append(Coefficient(name, b, own, t, t_two_sided(t, df), b - t_table * own, b + t_table * own, beta, vif))
    return tuple(made)


def inflation(columns: Sequence[Sequence[float]]) -> list[float]:
    """The variance inflation factor of every factor: the diagonal of the inverse of their correlations."""
    if len(columns) == 1:
        return [1.0]
    turned, _ = inverse([[correlation(one, other) for other in columns] for one in columns])
    return [turned[i][i] for i in range(len(columns))]


def assumptions(
    found: Regression, table: Mapping[str, Sequence[float | None]], *, in_time: bool = False
) -> Assumptions:
    """The classical assumptions of a regression on the table that it was computed from."""
    names = [item.name for item in found.fit.factors]
    whole = zip(*(table[name] for name in (found.outcome, *names)), strict=True)
    rows = [[value for value in row if value is not None][1:] for row in whole if None not in row]
    absolute = fit(rows, [abs(value) for value in found.fit.residuals], names)
    squares = fit(rows, [value * value for value in found.fit.residuals], names)
    statistic = found.n * squares.r_squared
    return Assumptions(
        normality(found.fit.residuals),
        tuple((item.name, item.p) for item in absolute.factors),
        statistic, chi_square_tail(statistic, len(names)),
        max(item.vif or 1.0 for item in found.fit.factors),
        durbin_watson(found.fit.residuals) if in_time else None,
    )  # fmt: skip


def durbin_watson(residuals: Sequence[float]) -> float:
    """2 says no correlation of neighbours; has a meaning only where rows are in the order of time."""
    steps = [after - before for before, after in pairwise(residuals)]
    return dot(steps, steps) / dot(residuals, residuals)


def indirect(table: Mapping[str, Sequence[float | None]], first: str, between: str, last: str) -> float:
    """The indirect path first -> between -> last in standard units: association along a path, not a cause."""
    rows = [
        (a, b, c)
        for a, b, c in zip(table[first], table[between], table[last], strict=True)
        if a is not None and b is not None and c is not None
    ]
    start, middle = [row[0] for row in rows], [row[1] for row in rows]
    equation = fit([(row[0], row[1]) for row in rows], [row[2] for row in rows], [first, between])
    beta = equation.coefficients[2].beta
    assert beta is not None, "a factor always has a beta"
    return correlation(start, middle) * beta
