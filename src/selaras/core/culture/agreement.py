"""Do two readings of the same texts agree: Cohen's kappa, Krippendorff's alpha and overlap, each by its stated unit.

The unit decides the number. On a grid of segments by codes both coders judge the same passages; over characters every
untouched letter counts as agreement, so the share of overlap (Jaccard) is printed beside kappa.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from selaras.core.culture.coding import Coding, Material
from selaras.core.errors import Fault, Refusal

RELIABLE = 0.80
TENTATIVE = 0.667


class Metric(StrEnum):
    """How far two labels are from each other."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "rasio"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Observed and expected agreement and kappa; None where only one label was ever used, so chance explains all."""

    observed: float
    expected: float
    units: int

    @property
    def kappa(self) -> float | None:
        """(observed - expected) / (1 - expected)."""
        return None if self.expected >= 1 else (self.observed - self.expected) / (1 - self.expected)


@dataclass(frozen=True, slots=True)
class GridAgreement:
    """Two readings on the grid of segments by codes, over all codes and for each."""

    unit: str
    overall: Kappa
    alpha: float | None
    jaccard: float
    by_code: tuple[tuple[str, Kappa], ...]
    only_first: tuple[tuple[str, str], ...]
    only_second: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CharacterAgreement:
    """Two readings of one code over the characters of a text."""

    unit: str
    overall: Kappa
    jaccard: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose codings of which layer: two coders of one round, or one coder twice (code and recode)."""

    coder: str
    layer: str


def cohen(first: Sequence[Hashable], second: Sequence[Hashable]) -> Kappa:
    """Kappa of two coders who labelled the same units. Chance is the sum over labels of both shares."""
    if len(first) != len(second) or not first:
        raise Refusal(
            "Kesepakatan tidak dapat dihitung.",
            Fault(
                "satuan yang dibandingkan tidak sama", read=f"{len(first)} dan {len(second)}", expected="sama banyak"
            ),
        )
    n = len(first)
    one, two = Counter(first), Counter(second)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    return Kappa(observed, sum(one[label] * two[label] for label in one) / n**2, n)


def krippendorff(coders: Iterable[Sequence[float | None]], metric: Metric = Metric.NOMINAL) -> float | None:
    """Alpha of any number of coders with gaps (None); None where all pairable labels are the same."""
    units = [[value for value in unit if value is not None] for unit in zip(*coders, strict=True)]
    paired = [unit for unit in units if len(unit) > 1]
    margin = Counter(value for unit in paired for value in unit)
    n = sum(margin.values())
    if len(margin) < 2:
        return None
    labels = sorted(margin)
    distance = _distance(metric, labels, margin)
    seen = 0.0
    for unit in paired:
        held = Counter(unit)
        seen += sum(held[a] * held[b] * distance(a, b) for a in held for b in held) / (len(unit) - 1)
    chance = sum(margin[a] * margin[b] * distance(a, b) for a in labels for b in labels)
    return 1 - (n - 1) * seen / chance


def _distance(metric: Metric, labels: list[float], margin: Counter[float]) -> Callable[[float, float], float]:
    if metric is Metric.NOMINAL:
        return lambda a, b: float(a != b)
    if metric is Metric.INTERVAL:
        return lambda a, b: (a - b) ** 2
    if metric is Metric.RATIO:
        return lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0
    below, total = {}, 0
    for label in labels:
        below[label] = total + margin[label] / 2
        total += margin[label]
    return lambda a, b: (below[a] - below[b]) ** 2


def fleiss(counts: Sequence[Sequence[int]]) -> Kappa:
    """Agreement of many raters: for every unit how often each label was given, the same number of raters throughout."""
    raters = sum(counts[0]) if counts else 0
    if raters < 2 or any(sum(row) != raters for row in counts):
        raise Refusal(
            "Kesepakatan tidak dapat dihitung.",
            Fault("jumlah penilai tidak sama pada setiap satuan", expected="dua penilai atau lebih, selalu sama"),
        )
    n = len(counts)
    observed = sum(sum(value * (value - 1) for value in row) for row in counts) / (n * raters * (raters - 1))
    shares = [sum(row[place] for row in counts) / (n * raters) for place in range(len(counts[0]))]
    return Kappa(observed, sum(share * share for share in shares), n)


def grid_agreement(
    material: Material, first: Reading, second: Reading, *, segments: Iterable[str] = (), codes: Iterable[str] = ()
) -> GridAgreement:
    """Two readings of the same segments; all segments and all codes that are not merged away, unless some are named."""
    rows = list(segments) or [segment.code for segment in material.segments]
    columns = list(codes) or [code.code for code in material.codes if not code.merged_into]
    one, two = (_cells(material.codings, reading) for reading in (first, second))
    keys = [(row, column) for row in rows for column in columns]
    left, right = [key in one for key in keys], [key in two for key in keys]
    by_code = []
    for place, column in enumerate(columns):
        own = slice(place, None, len(columns))
        by_code.append((column, cohen(left[own], right[own])))
    return GridAgreement(
        f"penggalan × kode: {len(rows)} × {len(columns)}", cohen(left, right),
        krippendorff([[float(value) for value in left], [float(value) for value in right]]),
        _overlap(left, right), tuple(by_code),
        tuple(key for key in keys if key in one and key not in two),
        tuple(key for key in keys if key in two and key not in one),
    )  # fmt: skip


def _cells(codings: Iterable[Coding], reading: Reading) -> set[tuple[str, str]]:
    return {
        (item.segment, item.code) for item in codings if item.coder == reading.coder and item.layer == reading.layer
    }


def _overlap(first: Sequence[bool], second: Sequence[bool]) -> float:
    either = sum(a or b for a, b in zip(first, second, strict=True))
    return sum(a and b for a, b in zip(first, second, strict=True)) / either if either else 1.0


def character_agreement(
    length: int, first: Iterable[tuple[int, int]], second: Iterable[tuple[int, int]]
) -> CharacterAgreement:
    """Two coders who marked freely: spans [start, end) of one code in a text of `length` code points.

    Counted by intervals, so a long text costs no more than a short one.
    """
    one, two = list(first), list(second)
    edges = sorted({0, length, *(edge for span in (*one, *two) for edge in span)})
    if not edges or edges[0] < 0 or edges[-1] > length or length < 1:
        raise Refusal(
            "Kesepakatan tidak dapat dihitung.", Fault("penggalan di luar teks", expected=f"0 sampai {length}")
        )
    both = only_one = only_two = 0
    for start, end in pairwise(edges):
        a, b = _inside(one, start), _inside(two, start)
        both += (end - start) * (a and b)
        only_one += (end - start) * (a and not b)
        only_two += (end - start) * (b and not a)
    neither = length - both - only_one - only_two
    left, right = both + only_one, both + only_two
    expected = (left * right + (length - left) * (length - right)) / length**2
    union = both + only_one + only_two
    return CharacterAgreement(
        f"aksara: {length}", Kappa((both + neither) / length, expected, length), both / union if union else 1.0
    )


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def told(value: float | None) -> str:
    """An index in words, by the bands that are in use for Krippendorff's alpha (their source is not yet checked)."""
    if value is None:
        return "tidak dapat dihitung: hanya satu kategori yang dipakai"
    if value >= RELIABLE:
        return "andal"
    return "hanya untuk simpulan sementara" if value >= TENTATIVE else "belum andal"
