"""How the predicates of employees spread in a unit, against the pattern of the unit's own predicate.

SE MenPANRB 3/2023 asks for a pattern by the predicate of the organisation (known from public summaries). Shares are
compared exactly, without rounding. Nobody's predicate is ever changed here: a unit gets a warning with counts, and
what so few people can never fulfil together is told as a note, not held against them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from functools import lru_cache

from selaras.core.finding import Finding, Severity
from selaras.core.law import Source
from selaras.core.numerals import format_percent
from selaras.core.people.ratings import OrganisationPredicate, Predicate, PredicateMatrix, Rating

ENUMERATED = 16
HUNDRED = Decimal(100)
Counts = tuple[int, int, int, int, int]
"""People by predicate, in the order of `Predicate`."""


class LimitKind(StrEnum):
    """What a pattern can ask of the groups that it names."""

    LARGEST = "terbesar"
    AT_MOST = "paling banyak"
    AT_LEAST = "paling sedikit"
    PRESENT = "ada"


@dataclass(frozen=True, slots=True)
class Limit:
    """One demand on the people who hold one of `groups` together; `percent` of all people, None where it has none."""

    kind: LimitKind
    groups: tuple[Predicate, ...]
    percent: Decimal | None = None

    def met(self, counts: Counts, *, ties: bool) -> bool:
        """Whether these counts fulfil the demand; `ties` says whether a shared first place is the largest group."""
        people = self.people(counts)
        if self.kind is LimitKind.LARGEST:
            best = max(
                (count for group, count in zip(Predicate, counts, strict=True) if group not in self.groups), default=0
            )
            return people >= best if ties else people > best
        if self.kind is LimitKind.PRESENT:
            return people > 0
        assert self.percent is not None
        share = self.percent * sum(counts)
        return people * 100 <= share if self.kind is LimitKind.AT_MOST else people * 100 >= share

    def people(self, counts: Counts) -> int:
        """How many people are in the groups together."""
        return sum(count for group, count in zip(Predicate, counts, strict=True) if group in self.groups)

    def wanted(self, size: int) -> str:
        """The demand for a unit of `size` people, in Indonesian with whole people."""
        name = " atau ".join(self.groups)
        if self.kind is LimitKind.LARGEST:
            return f"{name} sebagai kelompok terbesar"
        if self.kind is LimitKind.PRESENT:
            return f"paling sedikit 1 orang {name}"
        assert self.percent is not None
        rounding = ROUND_FLOOR if self.kind is LimitKind.AT_MOST else ROUND_CEILING
        whole = (self.percent * size / HUNDRED).to_integral_value(rounding)
        return f"{self.kind} {whole} orang {name} ({format_percent(self.percent)} dari {size} orang)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the spread should look like under one predicate of the organisation."""

    organisation: OrganisationPredicate
    limits: tuple[Limit, ...]
    ties: bool
    source: Source

    def met(self, counts: Counts) -> tuple[bool, ...]:
        """Which demands these counts fulfil, in the order of `limits`."""
        return tuple(limit.met(counts, ties=self.ties) for limit in self.limits)


@dataclass(frozen=True, slots=True)
class Possible:
    """What a number of people can fulfil at best: an example, and every set of demands that is as good."""

    size: int
    example: Counts
    best: int
    attainable: frozenset[int]
    whole: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One demand held against the counts; `attainable` if a unit of this size can fulfil it beside the others."""

    limit: Limit
    people: int
    met: bool
    attainable: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A unit's spread held against its pattern. `fair` if nothing more can be asked of so few people."""

    pattern: Pattern
    counts: Counts
    demands: tuple[Judged, ...]
    possible: Possible | None
    fair: bool
    findings: tuple[Finding, ...]

    @property
    def size(self) -> int:
        """How many people were counted."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: people and share (percent, unrounded) of one predicate, and its bounds in whole people."""

    predicate: Predicate
    people: int
    share: Decimal
    least: int
    most: int


def tally(rated: Iterable[tuple[str, Rating, Rating]], matrix: PredicateMatrix) -> dict[str, Counts]:
    """Counts by unit out of (unit, rating of results, rating of behaviour), in one pass over any number of people.

    Memory grows with the number of units, never with that of people.
    """
    pairs = Counter(rated)
    made: dict[str, list[int]] = {}
    position = {predicate: index for index, predicate in enumerate(Predicate)}
    for (unit, results, behaviour), people in pairs.items():
        made.setdefault(unit, [0] * len(position))[position[matrix.predicate(results, behaviour)]] += people
    return {unit: _counts(counts) for unit, counts in made.items()}


def counted(predicates: Iterable[Predicate]) -> Counts:
    """The counts of one unit."""
    found = Counter(predicates)
    return _counts([found[predicate] for predicate in Predicate])


def added(parts: Iterable[Counts]) -> Counts:
    """The counts of several units together; nothing is ever averaged."""
    return _counts([sum(column) for column in zip(*parts, strict=True)] or [0] * len(Predicate))


def judge(counts: Counts, pattern: Pattern, *, unit: str = "") -> Judgement:
    """Hold a unit's spread against the pattern of its predicate.

    A demand that is missed is a warning with counts; where so few people cannot fulfil it beside the others it is
    a note. A unit without anybody rated is judged by nothing. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts):
        raise ValueError("people are counted from zero")
    size = sum(counts)
    if not size:
        return Judgement(pattern, counts, (), None, True, ())
    able = possible(pattern, size)
    met = pattern.met(counts)
    fair = sum(met) >= able.best
    demands = tuple(
        Judged(limit, limit.people(counts), met[index], index in able.attainable)
        for index, limit in enumerate(pattern.limits)
    )
    missed = (item for item in demands if not item.met)
    return Judgement(
        pattern, counts, demands, able, fair, tuple(_finding(item, pattern, able, unit, fair) for item in missed)
    )


@lru_cache(maxsize=4096)
def possible(pattern: Pattern, size: int) -> Possible:
    """What `size` people can fulfil of a pattern at best.

    Every spread is tried up to 16 people; beyond that the corners of the demands are tried, which finds a spread
    that fulfils all for every pattern that has one in whole shares. Raises ValueError for no people.
    """
    if size < 1:
        raise ValueError("a spread needs people")
    spreads = _every(size) if size <= ENUMERATED else _corners(pattern, size)
    best, example, attainable = -1, (size, 0, 0, 0, 0), set[int]()
    for counts in spreads:
        met = pattern.met(counts)
        number = sum(met)
        if number == len(met):
            return Possible(size, counts, number, frozenset(range(number)), whole=True)
        if number > best:
            best, example, attainable = number, counts, set()
        if number == best:
            attainable |= {index for index, done in enumerate(met) if done}
    return Possible(size, example, best, frozenset(attainable), whole=False)


def bars(counts: Counts, pattern: Pattern | None = None) -> tuple[Bar, ...]:
    """The chart: one bar for each predicate, with the bounds that the pattern sets for it alone, in whole people."""
    size = sum(counts)
    made = []
    for predicate, people in zip(Predicate, counts, strict=True):
        own = [limit for limit in pattern.limits if limit.groups == (predicate,)] if pattern else []
        most = min((_whole(limit, size, ROUND_FLOOR) for limit in own if limit.kind is LimitKind.AT_MOST), default=size)
        least = max((_least(limit, size) for limit in own), default=0)
        share = people * HUNDRED / size if size else Decimal(0)
        made.append(Bar(predicate, people, share, least, most))
    return tuple(made)


def shares(counts: Counts) -> Mapping[Predicate, Decimal]:
    """The share of each predicate in percent, unrounded; all zero where nobody was rated."""
    return {bar.predicate: bar.share for bar in bars(counts)}


def _finding(item: Judged, pattern: Pattern, able: Possible, unit: str, fair: bool) -> Finding:
    where = f"{unit}: " if unit else ""
    gentle = fair or not item.attainable
    names = " atau ".join(item.limit.groups)
    message = (
        f"{where}{item.people} dari {able.size} orang berpredikat {names}, sedangkan pola untuk predikat organisasi "
        f"{pattern.organisation} meminta {item.limit.wanted(able.size)}."
    )
    if gentle:
        message += f" Dengan {able.size} orang, semua syarat pola itu tidak dapat dipenuhi sekaligus."
    return Finding(
        "PREDIKAT-POLA", "suspicious-pattern", Severity.INFO if gentle else Severity.WARNING, message,
        stated=f"{item.people} orang ({format_percent(item.people * HUNDRED / able.size, places=2)})",
        expected=item.limit.wanted(able.size), regulation=pattern.source.text,
        suggestion="Bahas kembali penilaiannya bersama para penilai; predikat seorang pegawai tidak diubah oleh sistem.",
    )  # fmt: skip


def _every(size: int) -> Iterator[Counts]:
    """Every spread of `size` people over the five predicates."""
    for bars_at in itertools.combinations(range(size + 4), 4):
        edges = (-1, *bars_at, size + 4)
        yield _counts([edges[step + 1] - edges[step] - 1 for step in range(5)])


def _corners(pattern: Pattern, size: int) -> Iterator[Counts]:
    """Spreads whose groups stand at a bound of the pattern or one beside it, one group taking the rest."""
    marks = {0, 1}
    for limit in pattern.limits:
        if limit.percent is not None:
            marks |= {_whole(limit, size, ROUND_FLOOR), _whole(limit, size, ROUND_CEILING)}
    usable = sorted(mark for mark in marks if 0 <= mark <= size)
    for rest in range(5):
        for chosen in itertools.product(usable, repeat=4):
            left = size - sum(chosen)
            if left >= 0:
                yield _counts([*chosen[:rest], left, *chosen[rest:]])


def _whole(limit: Limit, size: int, rounding: str) -> int:
    return int(((limit.percent or Decimal(0)) * size / HUNDRED).to_integral_value(rounding))


def _least(limit: Limit, size: int) -> int:
    if limit.kind is LimitKind.AT_LEAST:
        return _whole(limit, size, ROUND_CEILING)
    return 1 if limit.kind is LimitKind.PRESENT and size else 0


def _counts(counts: Iterable[int]) -> Counts:
    first, second, third, fourth, fifth = counts
    return first, second, third, fourth, fifth
