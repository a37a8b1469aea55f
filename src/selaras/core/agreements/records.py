"""Records of stage agreements: the Perjanjian Kinerja (PK), its lines and its versions.

A PK stands between two positions, superior and promiser; that of a head of region, minister or agency head has
one side only. It is revised for one of three reasons (Permenpan-RB 53/2014, Lampiran I; wording paraphrased).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.place import NOWHERE, Place
from selaras.core.planning.records import FundSource
from selaras.core.value import Value


class RevisionReason(StrEnum):
    """The three reasons for which an agreement may be revised."""

    OFFICIAL = "pergantian atau mutasi pejabat"
    STRATEGY = "perubahan strategi yang memengaruhi tujuan dan sasaran"
    PRIORITY = "perubahan prioritas atau asumsi yang berakibat signifikan"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of a PK. `version` 0 is the original; `superior` empty makes it one-sided."""

    code: str
    year: int
    promiser: str
    superior: str = ""
    version: int = 0
    signed_on: date | None = None
    signed_at: str = ""
    reason: RevisionReason | None = None
    reason_note: str = ""
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if self.version > 0 and self.reason is None:
            raise ValueError(f"agreement {self.code}: a revision needs one of the three reasons")


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One indicator promised: as worded in the PK, linked to the indicator it means (empty if to none)."""

    agreement: str
    order: int
    sasaran: str
    wording: str
    target: Value
    unit: str
    indicator: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class AgreementProgramme:
    """One programme with its budget in rupiah as worded in the PK, linked to the node it means."""

    agreement: str
    order: int
    wording: str
    amount: Decimal
    source: FundSource
    node: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class HeadGoal:
    """One row of the SKP of an agreement's promiser: wording, target and unit, and the indicator it means.

    Rows that mean no indicator of the agreement (directives, action plan) have no `indicator`.
    """

    agreement: str
    order: int
    wording: str
    target: Value
    unit: str = ""
    indicator: str = ""
    place: Place = NOWHERE
