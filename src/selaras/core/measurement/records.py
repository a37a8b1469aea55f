"""What is measured and recorded: realisations, evidence, explanations, obstacles, spending, data quality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.numerals import format_number
from selaras.core.period import Period
from selaras.core.place import NOWHERE, Place
from selaras.core.value import Value


class Progress(StrEnum):
    """State of a realisation."""

    DRAFT = "draf"
    SUBMITTED = "diajukan"
    VERIFIED = "terverifikasi"
    LOCKED = "terkunci"


TRANSITIONS: dict[Progress, frozenset[Progress]] = {
    Progress.DRAFT: frozenset({Progress.SUBMITTED}),
    Progress.SUBMITTED: frozenset({Progress.VERIFIED, Progress.DRAFT}),  # back to draft = returned with a note
    Progress.VERIFIED: frozenset({Progress.LOCKED, Progress.DRAFT}),
    Progress.LOCKED: frozenset(),
}


class EvidenceKind(StrEnum):
    """What sort of evidence."""

    FILE = "berkas"
    LINK = "tautan"
    REGISTER = "register"


class FollowUp(StrEnum):
    """State of a follow-up."""

    OPEN = "belum"
    RUNNING = "berjalan"
    DONE = "selesai"


@dataclass(frozen=True, slots=True)
class Realisation:
    """The realised value of an indicator in a period. With numerator and denominator the value is computed

    from them (`measurement.value_of`) and none may be typed beside it that differs.
    """

    indicator: str
    period: Period
    value: Value | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    status: Progress = Progress.DRAFT
    entered_by: str = ""
    verified_by: str = ""
    note: str = ""
    place: Place = NOWHERE

    def told(self) -> str:
        """What was entered, in one line as people see it: the value, or the parts it comes from."""
        parts = [self.value.shown()] if self.value else []
        if self.numerator is not None and self.denominator is not None:
            parts.append(f"{format_number(self.numerator)} dari {format_number(self.denominator)}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for a realisation: a file (with its SHA-256), a link or a register."""

    indicator: str
    period: Period
    kind: EvidenceKind
    title: str
    target: str
    sha256: str = ""
    dated: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an indicator was met or missed, in the agency's own words (Permenpan-RB 53/2014, Lampiran II, analysis 5)."""

    indicator: str
    year: int
    cause: str = ""
    obstacle: str = ""
    solution: str = ""
    next_step: str = ""
    efficiency: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle (hambatan) and constraint (kendala) of a sasaran, the follow-up, who and until when."""

    code: str
    year: int
    node: str
    obstacle: str
    constraint: str = ""
    follow_up: str = ""
    responsible: str = ""
    due: date | None = None
    status: FollowUp = FollowUp.OPEN
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Spending:
    """Budget realised on a leaf of the tree in one month, in rupiah (not cumulative)."""

    node: str
    year: int
    month: int
    amount: Decimal
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How the data of an indicator were verified, where they come from, and their limits."""

    indicator: str
    year: int
    verification: str = ""
    source: str = ""
    limits: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """A photo of an activity with its dated caption; `file` is the name in the evidence store, if uploaded."""

    code: str
    year: int
    caption: str
    taken: date | None = None
    location: str = ""
    file: str = ""
    order: int = 0
    place: Place = NOWHERE
