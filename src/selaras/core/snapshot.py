"""One agency, one year: every fact that a formula, a sentence or a rule may look at, each with its place.

Built from the database in a fixed number of queries (`store.snapshot`), from anybody's document
(`review.claims`), or by hand in a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.measurement.records import (
    DataQuality,
    Evidence,
    Explanation,
    Obstacle,
    PhotoRecord,
    Realisation,
    Spending,
)
from selaras.core.org import Agency, Employee, LegalBasis, Position, Tenure, Unit
from selaras.core.place import Place
from selaras.core.planning import (
    BudgetLine,
    BudgetVersion,
    Contribution,
    Indicator,
    Issue,
    Mission,
    Node,
    ParentPlan,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.core.reform import ReformScore


@dataclass(frozen=True, slots=True)
class Narrative:
    """The agency's own words for a section of the outline (by the section's key); several make paragraphs in order."""

    year: int
    section: str
    order: int
    text: str
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How this year's documents are made: which outline, scale and methods; who signs, where and when."""

    year: int
    outline: str = "lkjip-gabungan"
    scale: str = "seed-002"
    efficiency: str = "rasio"
    cap: str = ""
    signatory: str = ""
    signed_at: str = ""
    signed_on: date | None = None
    reviewer: str = ""
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All facts of one agency for one report year, histories included. Order within each tuple is the agency's own."""

    agency: Agency
    year: int
    settings: ReportSettings
    units: tuple[Unit, ...] = ()
    positions: tuple[Position, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    employees: tuple[Employee, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    parent_plans: tuple[ParentPlan, ...] = ()
    plans: tuple[StrategicPlan, ...] = ()
    missions: tuple[Mission, ...] = ()
    issues: tuple[Issue, ...] = ()
    nodes: tuple[Node, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    weighted_parts: tuple[WeightedPart, ...] = ()
    targets: tuple[Target, ...] = ()
    supports: tuple[Support, ...] = ()
    budget_versions: tuple[BudgetVersion, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    agreement_lines: tuple[AgreementLine, ...] = ()
    agreement_programmes: tuple[AgreementProgramme, ...] = ()
    realisations: tuple[Realisation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    spending: tuple[Spending, ...] = ()
    data_quality: tuple[DataQuality, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()
    reform_scores: tuple[ReformScore, ...] = ()
    narratives: tuple[Narrative, ...] = field(default=())
