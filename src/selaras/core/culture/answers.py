"""Answers as numbers: a table of people by items with gaps, means, spreads and correlations by a named gap rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.culture.distributions import t_two_sided
from selaras.core.culture.matrices import dot
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place

Cells = tuple[float | None, ...]


class Gaps(StrEnum):
    """What is done with missing answers; the two rules give two answers, so the report prints which was used."""

    LISTWISE = "hanya responden yang lengkap"
    PAIRWISE = "setiap pasangan butir yang terisi"


@dataclass(frozen=True, slots=True)
class Answers:
    """People by items, reversed items already turned round; None is a missing answer or "tidak tahu"."""

    items: tuple[str, ...]
    rows: tuple[Cells, ...]

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the items."""
        if len(set(self.items)) != len(self.items):
            raise Refusal("Butir tercantum dua kali.", Fault("butir ganda", read=", ".join(self.items)))
        wrong = [number for number, row in enumerate(self.rows, 1) if len(row) != len(self.items)]
        if wrong:
            raise Refusal(
                "Baris jawaban tidak sesuai dengan butirnya.",
                Fault("panjang baris salah", read=f"baris {wrong[0]}", expected=f"{len(self.items)} jawaban"),
            )

    def column(self, item: str) -> Cells:
        """All answers to one item."""
        place = self.items.index(item)
        return tuple(row[place] for row in self.rows)

    def complete(self) -> tuple[tuple[float, ...], ...]:
        """The rows without a gap."""
        return tuple(
            tuple(value for value in row if value is not None) for row in self.rows if None not in row
        )  # fmt: skip

    def only(self, items: Sequence[str]) -> Answers:
        """The same people, only these items in this order."""
        places = [self.items.index(item) for item in items]
        return Answers(tuple(items), tuple(tuple(row[place] for place in places) for row in self.rows))

    def constant(self) -> tuple[str, ...]:
        """Items that everybody answered alike (or nobody): they carry no information and are left out with a message."""
        return tuple(
            item for item in self.items if len({value for value in self.column(item) if value is not None}) < 2
        )

    def varying(self) -> Answers:
        """The answers without constant items."""
        dull = set(self.constant())
        return self.only([item for item in self.items if item not in dull])


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; of nothing it is refused."""
    if not values:
        raise too_few(0, 1)
    return math.fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """The sample variance (divided by n - 1)."""
    return covariance(values, values)


def covariance(first: Sequence[float], second: Sequence[float]) -> float:
    """The sample covariance (divided by n - 1)."""
    if len(first) < 2:
        raise too_few(len(first), 2)
    middle, other = mean(first), mean(second)
    return dot([a - middle for a in first], [b - other for b in second]) / (len(first) - 1)


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Pearson's r. Refused where one side does not vary."""
    spread = math.sqrt(variance(first) * variance(second))
    if spread == 0:
        raise constant()
    return max(-1.0, min(1.0, covariance(first, second) / spread))


def significance(r: float, n: int) -> float:
    """The two-sided chance of a correlation at least this strong where there is none."""
    if abs(r) >= 1:
        return 0.0
    return t_two_sided(r * math.sqrt((n - 2) / (1 - r * r)), n - 2)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; ties share their mean rank."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranked = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranked[place] = (start + end) / 2 + 1
        start = end + 1
    return ranked


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rho: Pearson's r of the ranks, for ordinal answers."""
    return correlation(ranks(first), ranks(second))


def covariances(answers: Answers, gaps: Gaps) -> list[list[float]]:
    """The covariance of every pair of items by the gap rule."""
    if gaps is Gaps.PAIRWISE:
        return _symmetric(answers, covariance)
    columns = _columns(answers)
    n = len(columns[0]) if columns else 0
    if columns and n < 2:
        raise too_few(n, 2)
    away = [[value - middle for value in column] for column, middle in ((own, mean(own)) for own in columns)]
    table = [[0.0] * len(away) for _ in away]
    for i, one in enumerate(away):
        for j, other in enumerate(away[: i + 1]):
            table[i][j] = table[j][i] = dot(one, other) / (n - 1)
    return table


def correlations(answers: Answers, gaps: Gaps = Gaps.LISTWISE) -> list[list[float]]:
    """Pearson's r of every pair of items by the gap rule. Refused where an item does not vary."""
    if gaps is Gaps.PAIRWISE:
        return _symmetric(answers, correlation)
    table = covariances(answers, gaps)
    widths = [math.sqrt(table[i][i]) for i in range(len(table))]
    if 0.0 in widths:
        raise constant(answers.items[widths.index(0.0)])
    return [
        [1.0 if i == j else max(-1.0, min(1.0, value / (widths[i] * widths[j]))) for j, value in enumerate(row)]
        for i, row in enumerate(table)
    ]


def _columns(answers: Answers) -> list[list[float]]:
    """The columns of the complete rows."""
    rows = answers.complete()
    return [[row[j] for row in rows] for j in range(len(answers.items))]


def _symmetric(answers: Answers, measure: Callable[[list[float], list[float]], float]) -> list[list[float]]:
    """A measure of every pair of items, each over the people who answered both."""
    given = [answers.column(item) for item in answers.items]
    table = [[0.0] * len(given) for _ in given]
    for i, one in enumerate(given):
        for j, other in enumerate(given[: i + 1]):
            table[i][j] = table[j][i] = measure(*_both(one, other))
    return table


def _both(first: Cells, second: Cells) -> tuple[list[float], list[float]]:
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return [a for a, _ in pairs], [b for _, b in pairs]


def constant(item: str = "") -> Refusal:
    """The refusal of a correlation with something that does not vary."""
    return Refusal(
        "Korelasi tidak dapat dihitung.",
        Fault("semua jawaban sama", Place(record=item), expected="jawaban yang beragam",
              remedy="Keluarkan butir yang konstan."),
    )  # fmt: skip


def too_few(n: int, least: int) -> Refusal:
    """The refusal of a computation with fewer people than it needs."""
    return Refusal(
        "Jawaban terlalu sedikit untuk dihitung.",
        Fault("jumlah responden kurang", read=str(n), expected=f"sekurang-kurangnya {least}"),
    )
