"""One agency, one year: every fact that a formula, a sentence or a rule may look at, each with its place.

Built from the database in a fixed number of queries (`store.snapshot`), from anybody's document
(`review.claims`), or by hand in a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.culture.editions import PublishedStudy, PublishedSurvey
from selaras.core.evaluation.recommendations import Recommendation, Reply
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
from selaras.core.period import Span
from selaras.core.place import NOWHERE, Place
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
from selaras.core.reform.actions import ActionProgress, ReformAction
from selaras.core.reform.units import UnitReform
from selaras.core.registers.published import PublicService, PublishedSatisfaction


@dataclass(frozen=True, slots=True)
class Narrative:
    """The agency's own words for a section of the outline (by the section's key); several make paragraphs in order."""

    year: int
    section: str
    order: int
    text: str
    place: Place = NOWHERE


NARRATED: dict[str, str] = {
    "kata_pengantar": "kata pengantar, menggantikan yang baku",
    "ikhtisar": "ikhtisar eksekutif",
    "latar_belakang": "latar belakang",
    "maksud_tujuan": "maksud dan tujuan penyusunan laporan",
    "tugas_fungsi": "kedudukan, tugas, dan fungsi",
    "struktur_organisasi": "struktur organisasi",
    "sumber_daya_manusia": "sumber daya manusia",
    "aspek_strategis": "aspek strategis",
    "permasalahan_utama": "permasalahan utama",
    "renstra": "rencana strategis",
    "tujuan_sasaran": "tujuan dan sasaran",
    "rkt": "rencana kinerja tahunan",
    "perjanjian_kinerja": "perjanjian kinerja",
    "keselarasan": "penjelasan atas perbedaan antardokumen perencanaan",
    "capaian_tahun": "capaian indikator tahun ini",
    "hasil_evaluasi_rb": "hasil evaluasi reformasi birokrasi",
    "evaluasi": "evaluasi dan analisis capaian",
    "hambatan": "hambatan, kendala, dan tindak lanjut",
    "realisasi_anggaran": "realisasi anggaran",
    "penyerapan_rendah": "sebab penyerapan anggaran yang rendah",
    "kesimpulan": "kesimpulan",
    "tinjauan_khusus": "tinjauan khusus",
    "saran": "saran dan rekomendasi",
    "penutup": "kalimat penutup",
}
"""The places of a report that print an agency's own words, and what each is about."""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How this year's documents are made: which outline, scale and methods; who signs, where and when."""

    year: int
    outline: str = "lkjip-gabungan"
    scale: str = "provinsi-bali-2024"
    efficiency: str = "rasio"
    signatory: str = ""
    signed_at: str = ""
    signed_on: date | None = None
    reviewer: str = ""
    place: Place = NOWHERE


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
    head_goals: tuple[HeadGoal, ...] = ()
    realisations: tuple[Realisation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    spending: tuple[Spending, ...] = ()
    data_quality: tuple[DataQuality, ...] = ()
    photos: tuple[PhotoRecord, ...] = ()
    reform_scores: tuple[ReformScore, ...] = ()
    narratives: tuple[Narrative, ...] = field(default=())
    recommendations: tuple[Recommendation, ...] = ()
    """Those of evaluations and reviews of years before that were open in the year; kept with their evaluations, not in
    the workbook."""
    replies: tuple[Reply, ...] = ()
    """Targets and activities of the year's plan that answer them."""
    reform_actions: tuple[ReformAction, ...] = ()
    """Action plans of the reform with their progress, and the index of units; kept on their pages, not in the workbook."""
    reform_progress: tuple[ActionProgress, ...] = ()
    unit_reforms: tuple[UnitReform, ...] = ()
    reform_units: tuple[str, ...] = ()
    """The codes of the units that are evaluated, also those without an index."""
    culture_studies: tuple[PublishedStudy, ...] = ()
    """What was published of work culture in the year; kept on its pages, not in the workbook."""
    culture_surveys: tuple[PublishedSurvey, ...] = ()
    satisfaction: tuple[PublishedSatisfaction, ...] = ()
    """Surveys of satisfaction that were published, and what the registers of public service counted."""
    services: tuple[PublicService, ...] = ()


class Scope(StrEnum):
    """Which records belong to the snapshot of a year."""

    ALWAYS = "always"  # has no year, or its whole history belongs to every year
    OF_YEAR = "of year"  # its `year` is the report year
    HISTORY = "history"  # whole years of any year, shorter periods only of the report year


@dataclass(frozen=True, slots=True)
class RecordKind:
    """How one kind of record is kept: its place in the snapshot, its natural key within the agency, and the

    records that it names by code (`references`; an empty code refers to nothing).
    """

    record: type[Any]
    field: str
    key: tuple[str, ...]
    references: tuple[tuple[str, type[Any]], ...] = ()
    scope: Scope = Scope.ALWAYS

    def key_of(self, item: Any) -> tuple[Any, ...]:
        """The natural key of one record."""
        return tuple(getattr(item, name) for name in self.key)


RECORD_KINDS: tuple[RecordKind, ...] = (
    RecordKind(ReportSettings, "settings", ("year",), (("signatory", Position), ("reviewer", Position)), Scope.OF_YEAR),
    RecordKind(Unit, "units", ("code",), (("parent", Unit),)),
    RecordKind(Position, "positions", ("code",), (("unit", Unit), ("superior", Position))),
    RecordKind(Tenure, "tenures", ("position", "name", "since"), (("position", Position),)),
    RecordKind(Employee, "employees", ("code",), (("unit", Unit),)),
    RecordKind(LegalBasis, "legal_bases", ("code",)),
    RecordKind(ParentPlan, "parent_plans", ("code",)),
    RecordKind(StrategicPlan, "plans", ("code",), (("parent", ParentPlan),)),
    RecordKind(Mission, "missions", ("plan", "order"), (("plan", StrategicPlan),)),
    RecordKind(Issue, "issues", ("code",)),
    RecordKind(Node, "nodes", ("code",), (("parent", Node), ("owner", Unit))),
    RecordKind(Contribution, "contributions", ("node", "unit"), (("node", Node), ("unit", Unit))),
    RecordKind(Indicator, "indicators", ("code",), (("node", Node), ("responsible", Position))),
    RecordKind(WeightedPart, "weighted_parts", ("indicator", "part"), (("indicator", Indicator), ("part", Indicator))),
    RecordKind(Target, "targets", ("indicator", "period", "document"), (("indicator", Indicator),), Scope.HISTORY),
    RecordKind(Support, "supports", ("indicator", "node"), (("indicator", Indicator), ("node", Node))),
    RecordKind(BudgetVersion, "budget_versions", ("year", "code"), (), Scope.OF_YEAR),
    RecordKind(
        BudgetLine, "budget_lines", ("year", "version", "node", "source"),
        (("version", BudgetVersion), ("node", Node)), Scope.OF_YEAR,
    ),
    RecordKind(Agreement, "agreements", ("code",), (("promiser", Position), ("superior", Position)), Scope.OF_YEAR),
    RecordKind(
        AgreementLine, "agreement_lines", ("agreement", "order"),
        (("agreement", Agreement), ("indicator", Indicator)),
    ),
    RecordKind(
        AgreementProgramme, "agreement_programmes", ("agreement", "order"),
        (("agreement", Agreement), ("node", Node)),
    ),
    RecordKind(HeadGoal, "head_goals", ("agreement", "order"), (("agreement", Agreement), ("indicator", Indicator))),
    RecordKind(Realisation, "realisations", ("indicator", "period"), (("indicator", Indicator),), Scope.HISTORY),
    RecordKind(Evidence, "evidence", ("indicator", "period", "title"), (("indicator", Indicator),), Scope.HISTORY),
    RecordKind(Explanation, "explanations", ("indicator", "year"), (("indicator", Indicator),), Scope.OF_YEAR),
    RecordKind(Obstacle, "obstacles", ("year", "code"), (("node", Node), ("responsible", Position)), Scope.OF_YEAR),
    RecordKind(Spending, "spending", ("node", "year", "month"), (("node", Node),), Scope.OF_YEAR),
    RecordKind(DataQuality, "data_quality", ("indicator", "year"), (("indicator", Indicator),), Scope.OF_YEAR),
    RecordKind(PhotoRecord, "photos", ("year", "code"), (), Scope.OF_YEAR),
    RecordKind(ReformScore, "reform_scores", ("year",)),
    RecordKind(Narrative, "narratives", ("year", "section", "order"), (), Scope.OF_YEAR),
)  # fmt: skip


def belongs(kind: RecordKind, item: Any, year: int) -> bool:
    """Whether a record belongs to the snapshot of `year`, by the scope of its kind."""
    if kind.scope is Scope.OF_YEAR:
        return bool(item.year == year)
    if kind.scope is Scope.HISTORY:
        return bool(item.period.span is Span.YEAR or item.period.year == year)
    return True


def assemble(agency: Agency, year: int, records: Mapping[type[Any], Iterable[Any]]) -> Snapshot:
    """Make the snapshot of `year` out of records by type, leaving out what belongs to other years.

    Lines of agreements of other years go with their agreements. Records keep the order in which they come.
    """
    chosen = {
        kind.field: tuple(item for item in records.get(kind.record, ()) if belongs(kind, item, year))
        for kind in RECORD_KINDS
    }
    settings = chosen.pop("settings")
    kept = {agreement.code for agreement in chosen["agreements"]}
    for name in ("agreement_lines", "agreement_programmes", "head_goals"):
        chosen[name] = tuple(item for item in chosen[name] if item.agreement in kept)
    return Snapshot(agency, year, settings[0] if settings else ReportSettings(year), **chosen)
