"""What a closed round of coding gives: agreement of every two readings by the stated unit, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from selaras.core.culture.agreement import Kappa, Reading, told
from selaras.core.culture.coding import Coding, Material
from selaras.core.errors import Fault, Refusal


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings held against each other; `by_code` only where a code was used by either."""

    first: str
    second: str
    unit: str
    overall: Kappa
    jaccard: float
    by_code: tuple[tuple[str, Kappa], ...]


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Every pair of readings, and Krippendorff's alpha over all of them (None by characters, and without variation)."""

    pairs: tuple[Pair, ...]
    alpha: float | None

    @property
    def verdict(self) -> str:
        """The alpha in words; by characters the lowest kappa."""
        kappas = [pair.overall.kappa for pair in self.pairs]
        lowest = None if None in kappas else min((value for value in kappas if value is not None), default=None)
        return told(self.alpha if self.alpha is not None else lowest)


@dataclass(frozen=True, slots=True)
class Difference:
    """One passage and code that not all readings agree on: what each coder put there, None for nothing."""

    segment: str
    code: str
    readings: tuple[tuple[str, Coding | None], ...]


def on_grid(material: Material, readings: Sequence[Reading], segments: Iterable[str] = ()) -> RoundResult:
    """Readings on the grid of segments by codes, as `agreement.grid_agreement` counts them, by the cells in use only.

    Raises Refusal for fewer than two readings or nothing to compare.
    """
    rows = set(segments) or {segment.code for segment in material.segments}
    codes = [code.code for code in material.codes if not code.merged_into]
    units = len(rows) * len(codes)
    _refuse_few(readings, units)
    known = set(codes)
    cells = [{cell for cell in _cells(material, item) if cell[0] in rows and cell[1] in known} for item in readings]
    pairs = []
    for (one, left), (two, right) in combinations(zip(readings, cells, strict=True), 2):
        held = [_by_code(side) for side in (left, right)]
        by_code = tuple(
            (code, _kappa(len(first), len(second), len(first & second), len(rows)))
            for code in codes
            for first, second in ((held[0].get(code, set()), held[1].get(code, set())),)
            if first or second
        )
        both, either = len(left & right), len(left | right)
        pairs.append(
            Pair(
                _name(one), _name(two), f"penggalan × kode: {len(rows)} × {len(codes)}",
                _kappa(len(left), len(right), both, units), both / either if either else 1.0, by_code,
            )
        )  # fmt: skip
    return RoundResult(tuple(pairs), _alpha(cells, units))


def _by_code(cells: set[tuple[str, str]]) -> dict[str, set[str]]:
    made: dict[str, set[str]] = {}
    for segment, code in cells:
        made.setdefault(code, set()).add(segment)
    return made


def _kappa(first: int, second: int, both: int, units: int) -> Kappa:
    """Kappa of two yes-or-no readings from how often each said yes, and both did."""
    expected = (first * second + (units - first) * (units - second)) / units**2
    return Kappa((units - first - second + 2 * both) / units, expected, units)


def _alpha(cells: Sequence[set[tuple[str, str]]], units: int) -> float | None:
    """Krippendorff's alpha of any number of complete yes-or-no readings; only cells with a yes can differ."""
    coders = len(cells)
    counts = Counter(cell for own in cells for cell in own)
    yes, every = sum(counts.values()), units * coders
    if yes in {0, every}:
        return None
    seen = sum(2 * count * (coders - count) for count in counts.values()) / (coders - 1)
    return 1 - (every - 1) * seen / (2 * yes * (every - yes))


def by_characters(material: Material, readings: Sequence[Reading]) -> RoundResult:
    """Readings over the characters of all texts laid end to end, code by code, and summed over the codes in use.

    Untouched text counts as agreement, so the overlap (Jaccard) stands beside kappa. Raises Refusal as `on_grid`.
    """
    starts, length = {}, 0
    for source in material.sources:
        starts[source.code] = length
        length += len(source.text)
    _refuse_few(readings, length)
    pairs = []
    for one, two in combinations(readings, 2):
        spans = [_spans(material, reading, starts) for reading in (one, two)]
        codes = [code.code for code in material.codes if code.code in spans[0] or code.code in spans[1]]
        by_code, sums = [], [0, 0, 0]
        for code in codes:
            left, right = (_merged(own.get(code, [])) for own in spans)
            widths = [sum(end - start for start, end in side) for side in (left, right)]
            both = _overlap(left, right)
            by_code.append((code, _kappa(widths[0], widths[1], both, length)))
            sums = [sums[0] + widths[0], sums[1] + widths[1], sums[2] + both]
        pairs.append(_summed(one, two, tuple(by_code), sums, length * max(len(codes), 1)))
    return RoundResult(tuple(pairs), None)


def differences(
    material: Material, readings: Sequence[Reading], segments: Iterable[str] = ()
) -> tuple[Difference, ...]:
    """Every passage and code on which the readings differ, in a code, its stance or its kind, in the order of the texts."""
    wanted = set(segments) or {segment.code for segment in material.segments}
    held: dict[tuple[str, str], dict[Reading, Coding]] = {}
    own = set(readings)
    for coding in material.codings:
        reading = Reading(coding.coder, coding.layer)
        if reading in own and coding.segment in wanted:
            held.setdefault((coding.segment, coding.code), {})[reading] = coding
    order = {segment.code: place for place, segment in enumerate(material.segments)}
    words = {code.code: place for place, code in enumerate(material.codes)}
    made = []
    for segment, code in sorted(held, key=lambda key: (order[key[0]], words[key[1]])):
        cell = held[segment, code]
        if len(cell) < len(readings) or len({(item.stance, item.kind) for item in cell.values()}) > 1:
            made.append(Difference(segment, code, tuple((_name(item), cell.get(item)) for item in readings)))
    return tuple(made)


def _refuse_few(readings: Sequence[Reading], units: int) -> None:
    if len(readings) < 2 or units == 0:
        raise Refusal(
            "Kesepakatan tidak dapat dihitung.",
            Fault("bacaan atau satuan kurang", read=f"{len(readings)} bacaan, {units} satuan", expected="dua bacaan"),
        )


def _name(reading: Reading) -> str:
    return reading.coder


def _keys(*readings: Reading) -> set[tuple[str, str]]:
    return {(reading.coder, reading.layer) for reading in readings}


def _cells(material: Material, reading: Reading) -> set[tuple[str, str]]:
    return {(item.segment, item.code) for item in material.codings if (item.coder, item.layer) in _keys(reading)}


def _spans(material: Material, reading: Reading, starts: dict[str, int]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for item in material.codings:
        if (item.coder, item.layer) in _keys(reading):
            segment = material.by_segment[item.segment]
            at = starts[segment.source]
            found.setdefault(item.code, []).append((at + segment.start, at + segment.end))
    return found


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one, so that every character counts once."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _overlap(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> int:
    """How many characters stand in both; spans of one side do not overlap and are in order."""
    both = i = j = 0
    while i < len(left) and j < len(right):
        both += max(0, min(left[i][1], right[j][1]) - max(left[i][0], right[j][0]))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return both


def _summed(
    one: Reading, two: Reading, by_code: tuple[tuple[str, Kappa], ...], sums: list[int], units: int
) -> Pair:  # fmt: skip
    left, right, both = sums
    either = left + right - both
    overall = _kappa(left, right, both, units)
    return Pair(_name(one), _name(two), f"aksara × kode: {units}", overall, both / either if either else 1.0, by_code)
