"""Is the instrument any good: item validity by two rules, Cronbach's alpha, omega, and whether items hang together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.culture.answers import Answers, Gaps, correlation, correlations, covariances, too_few
from selaras.core.culture.distributions import chi_square_tail, f_critical, r_critical
from selaras.core.culture.matrices import inverse
from selaras.core.errors import Refusal

ROUNDS = 5000
ACCEPTED = 0.60
"""The lower bound that Indonesian theses accept; 0,70 is what is recommended. Both are printed."""
RECOMMENDED = 0.70
LEAST_KMO = 0.50
LEAST_PEOPLE = 3


class ItemRule(StrEnum):
    """Which correlation decides whether an item is valid: without the item itself in the total, or with it."""

    CORRECTED = "korelasi butir dengan total tanpa butir itu"
    UNCORRECTED = "korelasi butir dengan total"


@dataclass(frozen=True, slots=True)
class ItemValidity:
    """One item against the total: both correlations and both verdicts, because they can differ."""

    item: str
    with_total: float
    corrected: float
    critical: float
    alpha_without: float | None

    @property
    def valid(self) -> bool:
        """By the corrected rule, which is the default: a total that holds the item flatters it."""
        return self.holds(ItemRule.CORRECTED)

    def holds(self, rule: ItemRule) -> bool:
        """Whether the item is valid by a rule: its correlation is above r tabel."""
        return (self.corrected if rule is ItemRule.CORRECTED else self.with_total) > self.critical


@dataclass(frozen=True, slots=True)
class Reliability:
    """Alpha with its 95 % interval (Feldt), standardised alpha, Guttman's lambda 6 and omega of one factor."""

    alpha: float
    low: float
    high: float
    standardised: float
    mean_correlation: float
    lambda6: float | None
    omega: float | None
    n: int
    items: int
    gaps: Gaps

    @property
    def verdict(self) -> str:
        """By both bounds in use."""
        if self.alpha >= RECOMMENDED:
            return "reliabel (di atas 0,60 dan di atas 0,70 yang dianjurkan)"
        if self.alpha >= ACCEPTED:
            return "cukup reliabel (di atas 0,60, di bawah 0,70 yang dianjurkan)"
        return "belum reliabel (di bawah 0,60)"


@dataclass(frozen=True, slots=True)
class Factorability:
    """Whether the items share enough for a factor: KMO, per item too, and Bartlett's test."""

    kmo: float
    items: tuple[tuple[str, float], ...]
    chi_square: float
    df: int
    p: float

    @property
    def factorable(self) -> bool:
        """KMO at least 0,50 and Bartlett below 0,05."""
        return self.kmo >= LEAST_KMO and self.p < 0.05

    @property
    def weak(self) -> tuple[str, ...]:
        """Items whose own measure is below 0,50."""
        return tuple(item for item, value in self.items if value < LEAST_KMO)


def item_validity(answers: Answers, level: float = 0.05) -> tuple[ItemValidity, ...]:
    """Every item against the total of complete rows; r tabel with df = n - 2. Constant items must be taken out before."""
    rows = answers.complete()
    if len(rows) < LEAST_PEOPLE:
        raise too_few(len(rows), LEAST_PEOPLE)
    totals = [math.fsum(row) for row in rows]
    critical = r_critical(len(rows), level)
    made = []
    for place, item in enumerate(answers.items):
        own = [row[place] for row in rows]
        rest = [total - value for total, value in zip(totals, own, strict=True)]
        others = answers.only([other for other in answers.items if other != item])
        without = _alpha(covariances(Answers(others.items, _without(rows, place)), Gaps.LISTWISE))
        made.append(ItemValidity(item, correlation(own, totals), correlation(own, rest), critical, without))
    return tuple(made)


def _without(rows: tuple[tuple[float, ...], ...], place: int) -> tuple[tuple[float, ...], ...]:
    return tuple(row[:place] + row[place + 1 :] for row in rows)


def cronbach_alpha(answers: Answers, gaps: Gaps = Gaps.LISTWISE) -> float:
    """k / (k - 1) × (1 - sum of variances / sum of all covariances), sample variances."""
    alpha = _alpha(covariances(answers, gaps))
    if alpha is None:
        raise too_few(len(answers.items), 2)
    return alpha


def _alpha(table: list[list[float]]) -> float | None:
    size = len(table)
    total = math.fsum(value for row in table for value in row)
    if size < 2 or total == 0:
        return None
    return size / (size - 1) * (1 - math.fsum(table[i][i] for i in range(size)) / total)


def reliability(answers: Answers, gaps: Gaps = Gaps.LISTWISE, level: float = 0.05) -> Reliability:
    """Alpha and its company. n is the number of people that entered by the gap rule, for the interval too.

    Some packages keep the people with gaps in the n of a listwise interval, which makes it too narrow.
    """
    alpha = cronbach_alpha(answers, gaps)
    n, size = len(answers.complete() if gaps is Gaps.LISTWISE else answers.rows), len(answers.items)
    first, second = n - 1, (n - 1) * (size - 1)
    table = correlations(answers, gaps)
    apart = [table[i][j] for i in range(size) for j in range(size) if i != j]
    average = math.fsum(apart) / len(apart)
    return Reliability(
        alpha,
        1 - (1 - alpha) * f_critical(level / 2, first, second),
        1 - (1 - alpha) * f_critical(1 - level / 2, first, second),
        size * average / (1 + (size - 1) * average), average, _lambda6(table) if gaps is Gaps.LISTWISE else None,
        omega(table), n, size, gaps,
    )  # fmt: skip


def _lambda6(table: list[list[float]]) -> float | None:
    """Guttman's lambda 6; None where the table cannot be inverted, as with fewer people than items."""
    try:
        turned, _ = inverse(table)
    except Refusal:
        return None
    lost = math.fsum(1 / turned[i][i] for i in range(len(table)))
    return 1 - lost / math.fsum(value for row in table for value in row)


def omega(table: list[list[float]]) -> float | None:
    """McDonald's omega of one factor from a correlation table; None for fewer than three items.

    Minimal residuals: each loading in turn is the best for the others until none moves, which lowers the sum of
    squared residuals off the diagonal at every step.
    """
    size = len(table)
    if size < 3:
        return None
    loadings = [0.5] * size
    for _ in range(ROUNDS):
        moved = 0.0
        for i in range(size):
            below = math.fsum(loadings[j] ** 2 for j in range(size) if j != i)
            if below == 0:
                return None
            new = math.fsum(table[i][j] * loadings[j] for j in range(size) if j != i) / below
            moved = max(moved, abs(new - loadings[i]))
            loadings[i] = new
        if moved < 1e-12:
            break
    shared = math.fsum(loadings) ** 2
    return shared / (shared + math.fsum(1 - value * value for value in loadings))


def factorability(answers: Answers) -> Factorability:
    """KMO from the anti-image correlations and Bartlett's test of sphericity, on complete rows."""
    n, size = len(answers.complete()), len(answers.items)
    if n < LEAST_PEOPLE:
        raise too_few(n, LEAST_PEOPLE)
    table = correlations(answers)
    turned, log = inverse(table)
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    plain = {(i, j): table[i][j] ** 2 for i, j in pairs}
    partial = {(i, j): turned[i][j] ** 2 / (turned[i][i] * turned[j][j]) for i, j in pairs}
    own = []
    for i, item in enumerate(answers.items):
        top = math.fsum(plain[i, j] for j in range(size) if j != i)
        own.append((item, top / (top + math.fsum(partial[i, j] for j in range(size) if j != i))))
    top = math.fsum(plain.values())
    chi, df = -(n - 1 - (2 * size + 5) / 6) * log, size * (size - 1) // 2
    return Factorability(top / (top + math.fsum(partial.values())), tuple(own), chi, df, chi_square_tail(chi, df))
