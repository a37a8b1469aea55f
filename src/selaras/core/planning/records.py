"""Records of stage planning: plans and periods, the performance tree, indicators, targets, budgets and versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.period import Period
from selaras.core.place import NOWHERE, Place
from selaras.core.value import Value, ValueKind


class NodeLevel(StrEnum):
    """Levels of the performance tree, highest first. A child stands on a lower level than its parent."""

    TUJUAN = "tujuan"
    SASARAN = "sasaran"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub kegiatan"


class IndicatorLevel(StrEnum):
    """What the indicator measures; typed, because the usual abbreviation (IKK, IKSK) has two meanings each."""

    TUJUAN = "indikator tujuan"
    SASARAN = "indikator sasaran"
    PROGRAM = "indikator program"
    KEGIATAN = "indikator kegiatan"
    SUB_KEGIATAN = "indikator sub kegiatan"


class IndicatorKind(StrEnum):
    """Kind of indicator in the results chain."""

    INPUT = "masukan"
    OUTPUT = "keluaran"
    OUTCOME = "hasil"
    BENEFIT = "manfaat"
    IMPACT = "dampak"


class Polarity(StrEnum):
    """Which direction is better."""

    HIGHER = "naik"
    LOWER = "turun"
    RANGE = "rentang"


class LowerMethod(StrEnum):
    """Formula for lower-is-better; two are in use and disagree, so it is chosen per indicator and printed."""

    TWICE_TARGET = "2T"
    INVERSE = "inversi"


class FormulaKind(StrEnum):
    """How the realisation itself comes about."""

    PLAIN = "nilai langsung"
    RATIO = "pembilang/penyebut"
    WEIGHTED = "bobot"


class Aggregation(StrEnum):
    """How the year's value is made from its periods. A percentage or index can never be summed."""

    SUM = "jumlah"
    LAST = "terakhir"
    MEAN = "rata-rata"
    MAX = "tertinggi"


class PlanDocument(StrEnum):
    """The document that sets a target."""

    RENSTRA = "Renstra"
    RKT = "RKT"
    ACTION_PLAN = "Rencana Aksi"


class FundSource(StrEnum):
    """Source of a budget."""

    APBD = "APBD"
    APBN = "APBN"
    GRANT = "Hibah"


@dataclass(frozen=True, slots=True)
class ParentPlan:
    """A plan above the agency's own: RPJPN/D, RPJMN/D, RPD, a parent's Renstra."""

    code: str
    name: str
    first_year: int
    last_year: int
    legal_basis: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class StrategicPlan:
    """The Renstra in force: its period, vision, and the parent plan it descends from or adopts."""

    code: str
    name: str
    first_year: int
    last_year: int
    vision: str = ""
    parent: str = ""
    legal_basis: str = ""
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if self.last_year < self.first_year:
            raise ValueError(f"plan {self.code}: the last year lies before the first")

    @property
    def period(self) -> str:
        """The period as text, `2024–2026`; generated, never typed."""
        return f"{self.first_year}–{self.last_year}"

    def year_in_plan(self, year: int) -> int:
        """Which year of the plan `year` is, counted from 1 (2022 in 2020–2024 is the third)."""
        return year - self.first_year + 1


@dataclass(frozen=True, slots=True)
class Mission:
    """One mission (or, where there is none, the mandate) of the plan, in order."""

    plan: str
    order: int
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Issue:
    """A main problem (permasalahan utama, isu strategis) of the agency."""

    code: str
    text: str
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the performance tree. `number` is the official code as text; `nomenclature` its version."""

    code: str
    level: NodeLevel
    title: str
    parent: str = ""
    owner: str = ""
    number: str = ""
    nomenclature: str = ""
    order: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Contribution:
    """Cross-cutting: another unit gives something to a node; a link, not a second parent."""

    node: str
    unit: str
    gives: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator with everything that its figures need. `cap` limits the printed achievement in percent.

    `standard` is a national standard to compare with; `baseline` the value before the plan.
    """

    code: str
    node: str
    name: str
    level: IndicatorLevel
    kind: IndicatorKind
    unit: str
    value_kind: ValueKind
    polarity: Polarity = Polarity.HIGHER
    formula: FormulaKind = FormulaKind.PLAIN
    aggregation: Aggregation = Aggregation.LAST
    lower_method: LowerMethod | None = None
    cap: Decimal | None = None
    grade_scale: str = ""
    iku: bool = False
    numerator: str = ""
    denominator: str = ""
    definition: str = ""
    source: str = ""
    responsible: str = ""
    baseline_year: int | None = None
    baseline: Value | None = None
    standard: Value | None = None
    standard_source: str = ""
    order: int = 0
    place: Place = NOWHERE

    def __post_init__(self) -> None:
        if self.aggregation is Aggregation.SUM and self.value_kind is not ValueKind.NUMBER:
            raise ValueError(f"indicator {self.code}: {self.value_kind} can never be summed over periods")
        if self.polarity is Polarity.LOWER and self.lower_method is None:
            raise ValueError(f"indicator {self.code}: lower is better needs a method (2T or inversi)")
        if self.value_kind is ValueKind.GRADE and not self.grade_scale:
            raise ValueError(f"indicator {self.code}: a grade needs its scale")


@dataclass(frozen=True, slots=True)
class WeightedPart:
    """One part of a weighted indicator: the part's indicator and its weight in percent."""

    indicator: str
    part: str
    weight: Decimal
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Target:
    """A target of an indicator for a period, set by a document. Targets of the PK stand in the agreement."""

    indicator: str
    period: Period
    document: PlanDocument
    value: Value
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Support:
    """A programme, kegiatan or sub kegiatan that serves an indicator, and whether it helped."""

    indicator: str
    node: str
    supports: bool = True
    reason: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class BudgetVersion:
    """A version of the year's budget: murni, revisi n, perubahan. The highest `order` is in force."""

    code: str
    year: int
    name: str
    order: int = 0
    dated: date | None = None
    reason: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """The budget of a leaf of the tree in one version, in rupiah; sums upward are computed, never typed."""

    version: str
    year: int
    node: str
    amount: Decimal
    source: FundSource
    place: Place = NOWHERE
