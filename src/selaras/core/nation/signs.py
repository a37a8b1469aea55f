"""A sign: a figure that deserves a look, with its reasons. Never a verdict.

“Tanda, bukan putusan”: a list says how many were tested, how many could not be tested and why, how many of the rows chance
alone would give, and what else explains them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from selaras.core.nation.chance import adjusted, expected_false

VERDICT = "Tanda, bukan putusan: daftar ini menunjukkan apa yang layak dilihat, bukan apa yang salah."


@dataclass(frozen=True, slots=True)
class SignRow:
    """One place that deserves a look.

    `numbers` are the figures behind it by their names, as people read them; `reason` is one sentence made of them.
    `chance` is the p-value where the sign is a test, `allowed` its value adjusted for the number of tests.
    """

    agency: str
    year: int
    unit: str = ""
    indicator: str = ""
    subject: str = ""
    reason: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    strength: float = 0.0
    chance: float | None = None
    allowed: float | None = None

    @property
    def key(self) -> tuple[str, int, str, str, str]:
        """What the row is about."""
        return self.agency, self.year, self.unit, self.indicator, self.subject


@dataclass(frozen=True, slots=True)
class SignList:
    """The rows of one sign, strongest first, with what is needed to read them.

    `level` is the chance at which one row is listed if nothing is behind it; None where the sign is a plain comparison
    and chance has no say.
    """

    code: str
    rows: tuple[SignRow, ...]
    tested: int
    untested: tuple[tuple[str, int], ...] = ()
    level: float | None = None
    survivors: int | None = None
    cut: int = 0
    """Rows beyond those kept here."""

    @property
    def expected(self) -> float | None:
        """How many rows chance alone would give at this level."""
        return None if self.level is None else expected_false(self.tested, self.level)


def listed(rows: Iterable[SignRow]) -> tuple[SignRow, ...]:
    """Rows in the order in which they are shown: strongest first, then by place."""
    return tuple(sorted(rows, key=lambda row: (-row.strength, row.key)))


def judged(tests: Sequence[SignRow], *, level: float, rate: float) -> tuple[tuple[SignRow, ...], int]:
    """The tests whose chance is at most `level`, each with its adjusted chance; and how many stay at `rate`.

    `tests` are all of them, also those far from any limit: the adjustment needs every one.
    """
    chances = [row.chance for row in tests if row.chance is not None]
    if len(chances) != len(tests):
        raise ValueError("every test needs its chance")
    found = [replace(row, allowed=value) for row, value in zip(tests, adjusted(chances), strict=True)]
    kept = [row for row in found if row.chance is not None and row.chance <= level]
    return listed(kept), sum(1 for row in found if row.allowed is not None and row.allowed <= rate)
