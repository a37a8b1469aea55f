"""Stage org: agencies, units, positions and who holds them, employees, legal bases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.place import NOWHERE, Place


class AgencyKind(StrEnum):
    """The kind of agency; decides presets (outline, form of agreement), never a figure."""

    REGION = "pemerintah daerah"
    REGIONAL_UNIT = "perangkat daerah"
    MINISTRY = "kementerian/lembaga"
    MINISTRY_UNIT = "satuan kerja"
    ELECTION_OFFICE = "sekretariat KPU"


class UnitKind(StrEnum):
    """A policy body beside the office that serves it (KPU), or an ordinary unit."""

    UNIT = "unit"
    BOARD = "dewan"
    SECRETARIAT = "sekretariat"


class Capacity(StrEnum):
    """In what capacity a position is held."""

    DEFINITIVE = "definitif"
    PLT = "Plt."
    PLH = "Plh."


class Employment(StrEnum):
    """Status of an employee."""

    PNS = "PNS"
    PPPK = "PPPK"
    PPNPN = "PPNPN"


class Sex(StrEnum):
    """Sex as the registers write it."""

    MALE = "L"
    FEMALE = "P"


class Education(StrEnum):
    """Level of education, lowest first; unknown until somebody has looked."""

    SD = "SD"
    SLTP = "SLTP"
    SLTA = "SLTA"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    UNKNOWN = "belum dicatat"


class RegulationStatus(StrEnum):
    """Whether a legal basis still holds; unknown until somebody has looked."""

    IN_FORCE = "berlaku"
    AMENDED = "diubah"
    REPEALED = "dicabut"
    UNKNOWN = "belum diperiksa"


@dataclass(frozen=True, slots=True)
class Agency:
    """An accountable entity (entitas akuntabilitas kinerja). Contact data are for the cover."""

    code: str
    name: str
    short_name: str
    kind: AgencyKind
    parent_name: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the agency with its dates; `coordination` marks a dashed line to the parent."""

    code: str
    name: str
    parent: str = ""
    kind: UnitKind = UnitKind.UNIT
    coordination: bool = False
    since: date | None = None
    until: date | None = None
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Position:
    """A position in a unit. `superior` is the code of the position that it answers to; `outside` marks one

    that belongs to another agency (the superior who countersigns), which no chart or table counts.
    """

    code: str
    title: str
    unit: str = ""
    superior: str = ""
    outside: bool = False
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who holds a position from when to when, and in what capacity."""

    position: str
    name: str
    capacity: Capacity = Capacity.DEFINITIVE
    since: date | None = None
    until: date | None = None
    nip: str = ""
    rank: str = ""
    place: Place = NOWHERE

    def holds_on(self, day: date) -> bool:
        """Whether the tenure covers `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Employee:
    """An employee. `group` is the row of the staff table (Sekretaris, Kepala Subbagian, Staf, PPNPN)."""

    code: str
    name: str
    group: str
    status: Employment
    sex: Sex
    education: Education
    unit: str = ""
    nip: str = ""
    rank: str = ""
    job: str = ""
    since_year: int | None = None
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A regulation that the report rests on. `hierarchy` sorts (1 = UU, 2 = PP, 3 = Perpres …)."""

    code: str
    kind: str
    number: str
    year: int | None
    title: str
    gazette: str = ""
    amendment: str = ""
    status: RegulationStatus = RegulationStatus.UNKNOWN
    note: str = ""
    order: int = 0
    place: Place = NOWHERE


def holder_on(tenures: tuple[Tenure, ...], position: str, day: date) -> Tenure | None:
    """Who holds `position` on `day`: the definitive holder, else an acting one; None if it is vacant."""
    holding = [tenure for tenure in tenures if tenure.position == position and tenure.holds_on(day)]
    return min(holding, key=lambda tenure: list(Capacity).index(tenure.capacity), default=None)
