"""What the answers say: positive shares, means, bands by a named convention, waves side by side, ordinal to interval.

Shares of people are exact `Fraction`s; means and spreads are floats and estimate.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from statistics import NormalDist

from selaras.core.culture.answers import mean, too_few, variance
from selaras.core.culture.distributions import t_critical, t_two_sided
from selaras.core.culture.privacy import change_shown
from selaras.core.errors import Fault, Refusal

NORMAL = NormalDist()
FIVE_BANDS = ("Sangat Rendah", "Rendah", "Sedang", "Tinggi", "Sangat Tinggi")
SCORE_BANDS = ("Tidak Baik", "Kurang Baik", "Cukup", "Baik", "Sangat Baik")
THREE_BANDS = ("rendah", "sedang", "tinggi")
ASSOCIATION = ("sangat rendah", "rendah", "sedang", "kuat", "sangat kuat")


class Convention(StrEnum):
    """How a score gets its name; one is chosen for a study and printed."""

    MEAN = "rata-rata dibagi lima rentang sama"
    SCORE = "persentase skor terhadap skor tertinggi"
    IDEAL = "rata-rata ideal dan simpangan baku ideal, tiga golongan"


@dataclass(frozen=True, slots=True)
class Spread:
    """One group of answers: how many, their mean and spread (None for a single one), and the share that is positive."""

    n: int
    mean: float
    deviation: float | None
    positive: Fraction
    neutral: Fraction
    negative: Fraction


@dataclass(frozen=True, slots=True)
class WaveChange:
    """Two waves of one score: the difference with its 95 % interval and p by Welch, and Hedges' g."""

    before: int
    after: int
    difference: float
    low: float
    high: float
    t: float
    df: float
    p: float
    size: float


@dataclass(frozen=True, slots=True)
class PairedChange:
    """The same people in two waves: the mean difference with its 95 % interval, p by the paired t test, and d of Cohen."""

    n: int
    difference: float
    low: float
    high: float
    t: float
    p: float
    size: float


def spread(values: Iterable[float | None], points: int) -> Spread:
    """Mean, deviation and shares of Likert answers; "tidak tahu" and gaps are left out. Positive is above the middle.

    On five points positive is 4 and 5. For a score that is a mean of items see `score_spread`.
    """
    given = [value for value in values if value is not None]
    if not given:
        raise too_few(0, 1)
    middle, n = Fraction(points + 1, 2), len(given)
    above = sum(Fraction(value).limit_denominator(10**6) > middle for value in given)
    below = sum(Fraction(value).limit_denominator(10**6) < middle for value in given)
    deviation = math.sqrt(variance(given)) if n > 1 else None
    return Spread(n, mean(given), deviation, Fraction(above, n), Fraction(n - above - below, n), Fraction(below, n))


def answer_shares(columns: Iterable[Iterable[float | None]], points: int) -> tuple[Fraction, Fraction, Fraction] | None:
    """The positive, neutral and negative share of the answers to the items of one score; None without any answer.

    Each item weighs the same, whatever was left out of it. The index takes the positive share, so what stands beside it
    in a table is the same figure.
    """
    middle, found = (points + 1) / 2, []
    for column in columns:
        given = [value for value in column if value is not None]
        if given:
            above, below = sum(value > middle for value in given), sum(value < middle for value in given)
            found.append((above, len(given) - above - below, below, len(given)))
    if not found:
        return None
    positive, neutral, negative = (sum((Fraction(row[side], row[3]) for row in found), Fraction()) for side in range(3))
    return positive / len(found), neutral / len(found), negative / len(found)


def score_spread(
    values: Iterable[float | None], columns: Iterable[Iterable[float | None]], points: int
) -> Spread:  # fmt: skip
    """A score: mean and deviation over people with a complete score, shares over the answers to its items."""
    found, shares = spread(values, points), answer_shares(columns, points)
    if shares is None:
        return found
    return replace(found, positive=shares[0], neutral=shares[1], negative=shares[2])


def by_group(
    values: Sequence[float | None], groups: Sequence[str], points: int, visible: Iterable[str]
) -> dict[str, Spread]:
    """The spread of every group that may be shown (`privacy.shown`); others are not computed at all."""
    allowed = set(visible)
    found: dict[str, list[float | None]] = {}
    for value, group in zip(values, groups, strict=True):
        if group in allowed:
            found.setdefault(group, []).append(value)
    return {group: spread(own, points) for group, own in found.items()}


def mean_band(value: float, points: int) -> str:
    """The band of a mean: (highest - lowest) / 5 wide, a bound belongs to the band above."""
    return _band(value, [1 + (points - 1) / 5 * step for step in range(1, 5)], FIVE_BANDS)


def percent_score(total: int, points: int, people: int, items: int) -> Fraction:
    """The sum of all answers as a share of the highest sum that was possible."""
    if points < 1 or people < 1 or items < 1:
        raise too_few(min(people, items), 1)
    return Fraction(total, points * people * items)


def score_band(share: Fraction, points: int = 5) -> str:
    """The band of a percent score: five equal bands from the lowest possible share up (20-36-52-68-84-100 on 5 points)."""
    low = Fraction(1, points)
    return _band(share, [low + (1 - low) * step / 5 for step in range(1, 5)], SCORE_BANDS)


def ideal_bounds(items: int, points: int) -> tuple[Fraction, Fraction]:
    """From where a sum of items is medium, and from where high: ideal mean minus and plus one ideal deviation.

    Ideal mean = (highest + lowest) / 2, ideal deviation = (highest - lowest) / 6.
    """
    highest, lowest = Fraction(items * points), Fraction(items)
    middle, step = (highest + lowest) / 2, (highest - lowest) / 6
    return middle - step, middle + step


def ideal_band(total: float, items: int, points: int) -> str:
    """Low, medium or high by the ideal mean and deviation."""
    return _band(total, list(ideal_bounds(items, points)), THREE_BANDS)


def association(r: float) -> str:
    """How strong a correlation is called: five bands of 0,2."""
    return _band(abs(r), [0.2, 0.4, 0.6, 0.8], ASSOCIATION)


def _band(value: float | Fraction, bounds: Sequence[float | Fraction], names: Sequence[str]) -> str:
    return names[bisect_right([float(bound) - 1e-9 for bound in bounds], float(value))]


def compare(before: Sequence[float], after: Sequence[float], *, k: int) -> WaveChange:
    """Two waves of an anonymous survey as two groups of people (Welch); refused where the change may not be shown."""
    if not change_shown(len(before), len(after), k):
        raise Refusal(
            "Perubahan antargelombang tidak ditampilkan.",
            Fault("jumlah responden dapat membuka jawaban orang", read=f"{len(before)} dan {len(after)}",
                  expected=f"masing-masing mulai {k}, selisih 0 atau mulai {k}"),
        )  # fmt: skip
    one, two = variance(before) / len(before), variance(after) / len(after)
    step = mean(after) - mean(before)
    if one + two == 0:
        raise Refusal("Perubahan tidak dapat diuji.", Fault("semua jawaban sama", expected="jawaban yang beragam"))
    df = (one + two) ** 2 / (one**2 / (len(before) - 1) + two**2 / (len(after) - 1))
    error = math.sqrt(one + two)
    reach = t_critical(0.05, df) * error
    t = step / error
    return WaveChange(
        len(before), len(after), step, step - reach, step + reach, t, df, t_two_sided(t, df),
        _hedges(before, after, step),
    )  # fmt: skip


def compare_paired(pairs: Sequence[tuple[float, float]]) -> PairedChange:
    """The same people before and after: the paired t test. Raises Refusal for fewer than two, or without any spread."""
    steps = [after - before for before, after in pairs]
    if len(steps) < 2:
        raise too_few(len(steps), 2)
    spread_ = math.sqrt(variance(steps))
    if spread_ == 0:
        raise Refusal("Perubahan tidak dapat diuji.", Fault("semua perubahan sama", expected="perubahan yang beragam"))
    n, step = len(steps), mean(steps)
    error = spread_ / math.sqrt(n)
    reach, t = t_critical(0.05, n - 1) * error, step / error
    return PairedChange(n, step, step - reach, step + reach, t, t_two_sided(t, n - 1), step / spread_)


def _hedges(before: Sequence[float], after: Sequence[float], step: float) -> float:
    df = len(before) + len(after) - 2
    pooled = (variance(before) * (len(before) - 1) + variance(after) * (len(after) - 1)) / df
    return step / math.sqrt(pooled) * (1 - 3 / (4 * df - 1))


def successive_intervals(frequencies: Mapping[int, int]) -> dict[int, float]:
    """Ordinal answers on an interval scale (MSI): the lowest that was used gets 1; unused ones are skipped.

    A custom of Indonesian theses, offered as a switch; results on the raw answers are reported beside it.
    """
    used = {answer: count for answer, count in sorted(frequencies.items()) if count}
    n = sum(used.values())
    if len(used) < 2:
        raise too_few(len(used), 2)
    edges = [0, *accumulate(used.values())]
    heights = [0.0, *(NORMAL.pdf(NORMAL.inv_cdf(edge / n)) for edge in edges[1:-1]), 0.0]
    values = [
        (heights[place] - heights[place + 1]) / (count / n) for place, count in enumerate(used.values())
    ]  # fmt: skip
    return {answer: value - values[0] + 1 for answer, value in zip(used, values, strict=True)}


def frequencies(values: Iterable[float | None]) -> dict[int, int]:
    """How often each answer was given, in order."""
    return dict(sorted(Counter(int(value) for value in values if value is not None).items()))


def slovin(population: int, margin: Decimal) -> int:
    """N / (1 + N e²), rounded up. A convention that assumes simple random sampling; up to 100 people ask everybody."""
    size = Decimal(population) / (1 + population * margin * margin)
    return int(size.to_integral_value(rounding=ROUND_CEILING))
