"""The rulebook as it stood on a date: scales, formulas, outlines, forms and texts, each with source and certainty.

The data live in `rulebook/data`; this module only says what they are. Bounds and labels of scales come from
practice (see the `source` of each), never from code.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from selaras.core.document import Tone
from selaras.core.org import RegulationStatus

Rules = TypeVar("Rules")


class Certainty(StrEnum):
    """How sure a fact of the rulebook is."""

    CONFIRMED = "confirmed"
    AGREED = "agreed by implementations"
    INFERRED = "inferred"
    FROM_MEMORY = "from memory"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, how sure it is, and since when (until when) it holds."""

    text: str
    certainty: Certainty
    article: str = ""
    since: date | None = None
    until: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the fact was in force on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Band:
    """One class of a scale: every value from `lower` up to the next band. None is the open low end.

    `lower` itself belongs to the band, unless `exclusive` (a source that prints `> 85`).
    """

    label: str
    lower: Decimal | None
    tone: Tone
    printed: str = ""
    exclusive: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies above the lower end of the band."""
        if self.lower is None:
            return True
        return value > self.lower if self.exclusive else value >= self.lower


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes for percentages, highest first, closed without holes by lower bounds.

    `reading` says in words how the printed integer bands were closed; it is printed in the report, because the
    two readings in use disagree about 90,5.
    """

    code: str
    name: str
    bands: tuple[Band, ...]
    source: Source
    reading: str = ""

    def __post_init__(self) -> None:
        bounds = [band.lower for band in self.bands]
        if not bounds or bounds[-1] is not None or None in bounds[:-1]:
            raise ValueError(f"scale {self.code}: exactly the last band must be open below")
        closed = [bound for bound in bounds if bound is not None]
        if any(upper <= lower for upper, lower in itertools.pairwise(closed)):
            raise ValueError(f"scale {self.code}: bands must run from high to low without overlap")
        if len({band.label for band in self.bands}) != len(self.bands):
            raise ValueError(f"scale {self.code}: a label stands twice")

    def classify(self, value: Decimal) -> Band:
        """The band that holds `value`; the top band is open above, so 103 is in it."""
        return next(band for band in self.bands if band.holds(value))


@dataclass(frozen=True, slots=True)
class GradeScale:
    """An ordered scale of grades (AA … D, WTP …), worst first; the rank of the worst is 1."""

    code: str
    name: str
    grades: tuple[str, ...]
    source: Source

    def rank(self, grade: str) -> int | None:
        """The rank of `grade` (1 = worst), None if the scale does not know it."""
        folded = grade.strip().casefold()
        return next((rank for rank, known in enumerate(self.grades, 1) if known.casefold() == folded), None)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula by name, in words that are printed beside its results."""

    code: str
    name: str
    expression: str
    source: Source


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an outline: a key that the composer knows, its title, and the sections below it."""

    key: str
    title: str
    number: str = ""
    sections: tuple[Section, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a report: front matter, chapters and annexes, in order."""

    code: str
    name: str
    front: tuple[Section, ...]
    chapters: tuple[Section, ...]
    annexes: tuple[Section, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One criterion of the review checklist."""

    number: str
    group: str
    text: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Fixed clauses of a form (statement of an agreement, statement of review), by key."""

    code: str
    name: str
    texts: dict[str, str]
    source: Source


@dataclass(frozen=True, slots=True)
class Regulation:
    """One entry of the register of regulations: what it is called, and whether it still holds."""

    code: str
    kind: str
    number: str
    year: int
    title: str
    source: Source
    gazette: str = ""
    status: RegulationStatus = RegulationStatus.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a figure is remarkable, all in percent, each with the source of the set.

    `missed_below` and `far_above`: achievements outside them need an explanation. `change`: from so much above or
    below the value before, the entry is doubted. `unit_slip`: from this achievement on, a unit or a decimal mark
    was probably mistaken. `low_absorption`: at or below it a budget line needs an explanation. `efficiency_margin`:
    so many percentage points between achievement and absorption still count as even. `plan`: cumulative share of the
    budget that is planned to be spent by the end of each quarter.
    """

    missed_below: Decimal
    far_above: Decimal
    change: Decimal
    unit_slip: Decimal
    low_absorption: Decimal
    efficiency_margin: Decimal
    plan: tuple[Decimal, Decimal, Decimal, Decimal]
    source: Source


@dataclass(frozen=True, slots=True)
class Law:
    """The rulebook as it stood on `day`, by code."""

    day: date
    scales: dict[str, Scale]
    grade_scales: dict[str, GradeScale]
    formulas: dict[str, Formula]
    outlines: dict[str, Outline]
    forms: dict[str, Form]
    checklist: tuple[ChecklistItem, ...]
    abbreviations: dict[str, str]
    holidays: dict[date, str]
    collective_leave: dict[date, str]
    limits: Limits
    regulations: dict[str, Regulation] = field(default_factory=dict)
    stages: tuple[object, ...] = ()
    """Rules that a stage keeps for itself, each of a type of its own."""

    def rules(self, kind: type[Rules]) -> Rules | None:
        """The rules of one type, None where the rulebook has none."""
        return next((item for item in self.stages if isinstance(item, kind)), None)
