"""What of a survey may be shown: groups of at least 5 on a screen and 10 in print, and nothing that gives others away.

A hidden group must not be found by subtracting: the hidden ones together hold enough people, and no two published
groups differ by a few. What holds for the screen holds for charts, files and the API.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from selaras.core.errors import Fault, Refusal

FLOOR = 3


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least number of people shown on screen (k tampil) and in anything published (k terbit)."""

    screen: int = 5
    publish: int = 10

    def __post_init__(self) -> None:
        """Refuse thresholds under which single persons show."""
        if self.screen < FLOOR or self.publish < self.screen:
            raise Refusal(
                "Ambang penyajian tidak sah.",
                Fault("ambang terlalu rendah", read=f"{self.screen} dan {self.publish}",
                      expected=f"k tampil sekurang-kurangnya {FLOOR}, k terbit tidak di bawahnya"),
            )  # fmt: skip


DEFAULT_THRESHOLD = Threshold()


def shown(groups: Mapping[str, int], k: int) -> frozenset[str]:
    """The groups of one breakdown, beside a published total, that may be shown.

    Groups below k are hidden; while the hidden ones are a single group or hold fewer than k people together, the
    smallest visible one is hidden too (the first by name among equals). Empty groups hide nobody and are not shown.
    """
    filled = {name: n for name, n in groups.items() if n > 0}
    if sum(filled.values()) < k:
        return frozenset()
    return _covered(filled, {name for name, n in filled.items() if n >= k}, k)


def shown_beside(groups: Mapping[str, frozenset[int]], published: Collection[frozenset[int]], k: int) -> frozenset[str]:
    """The groups of one breakdown that may be shown where those of others stand already.

    Groups are given by the places of their people. One that differs from a group that is shown elsewhere by fewer than
    k people, all on one side, is hidden: the two laid beside each other would show those few.
    """
    filled = {name: len(people) for name, people in groups.items() if people}
    apart = {name for name in shown(filled, k) if not any(_near(groups[name], other, k) for other in published)}
    return _covered(filled, apart, k)


def _near(one: frozenset[int], other: frozenset[int], k: int) -> bool:
    return (one < other or other < one) and len(one ^ other) < k


def _covered(filled: Mapping[str, int], visible: set[str], k: int) -> frozenset[str]:
    """What is left to show when the hidden groups must cover each other, the smallest visible one joining them."""
    while visible and (hidden := filled.keys() - visible) and not _enough([filled[name] for name in hidden], k):
        visible.remove(min(visible, key=lambda name: (filled[name], name)))
    return frozenset(visible)


def _enough(hidden: Collection[int], k: int) -> bool:
    return len(hidden) >= 2 and sum(hidden) >= k


def shown_in_tree(parents: Mapping[str, str], own: Mapping[str, int], k: int) -> frozenset[str]:
    """The units of a tree whose result, together with all that is below, may be shown.

    `parents` gives the unit above ("" for a top), `own` the people who answered in the unit itself; they count as one
    more group beside the units below. Below a hidden unit everything is hidden. Several tops are groups of one published
    total too.
    """
    below: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        below.setdefault(parent, []).append(unit)
    sums: dict[str, int] = {}

    def total(unit: str) -> int:
        sums[unit] = own.get(unit, 0) + sum(total(child) for child in below.get(unit, ()))
        return sums[unit]

    found: set[str] = set()

    def descend(unit: str) -> None:
        found.add(unit)
        children = below.get(unit, [])
        groups = {child: sums[child] for child in children} | {"": own.get(unit, 0)}
        for child in sorted(shown(groups, k) - {""}):
            descend(child)

    tops = {top: total(top) for top in below.get("", ())}
    for top in sorted(shown(tops, k)):
        descend(top)
    return frozenset(found)


def two_way(table: Mapping[tuple[str, str], int], k: int) -> bool:
    """Whether a table of two breakdowns may be shown: every cell, and what is left of each row and column without it."""
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    for (row, column), n in table.items():
        rows[row] = rows.get(row, 0) + n
        columns[column] = columns.get(column, 0) + n
    return all(
        _safe(n, k) and _safe(rows[row] - n, k) and _safe(columns[column] - n, k)
        for (row, column), n in table.items()
    )  # fmt: skip


def _safe(n: int, k: int) -> bool:
    return n == 0 or n >= k


def differences(published: Mapping[str, frozenset[str]], k: int) -> tuple[tuple[str, str], ...]:
    """Pairs of published groups, the larger first, of which one holds the other and 1 to k - 1 people more.

    Groups are given by the keys of their responses; subtracting one from the other would show those few.
    """
    return tuple(
        (large, small)
        for large, small in permutations(published, 2)
        if published[small] < published[large] and len(published[large] - published[small]) < k
    )


def refuse_differences(published: Mapping[str, frozenset[str]], k: int) -> None:
    """Refuse to publish groups that give a few people away by subtraction."""
    pairs = differences(published, k)
    if pairs:
        raise Refusal(
            "Kelompok ini tidak dapat diterbitkan bersama.",
            *(Fault("selisih kelompok terlalu kecil", read=f"{a} dan {b}", expected=f"selisih 0 atau mulai {k}")
              for a, b in pairs),
        )  # fmt: skip


def change_shown(before: int, after: int, k: int) -> bool:
    """Whether a change between two waves may be shown: both large enough, and alike or far apart in number."""
    step = abs(after - before)
    return before >= k and after >= k and _safe(step, k)


def comments_shown(n: int, threshold: Threshold = DEFAULT_THRESHOLD) -> bool:
    """Whether free text of a group may be shown; always by the stricter threshold."""
    return n >= threshold.publish


def distribution_shown(counts: Iterable[int], threshold: Threshold = DEFAULT_THRESHOLD) -> bool:
    """Whether the spread of answers may be shown, not only a band: not where few people all said the same."""
    listed = list(counts)
    n = sum(listed)
    return n >= threshold.screen and (n >= threshold.publish or max(listed) < n)
