"""What the records say of a unit and year, and which criteria of the sheet each fact speaks for.

The store fills `Facts`; `Clue`s, data of the rulebook, say which fact answers which criterion and how. A decisive clue
settles its criterion; the others only help the person who answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from selaras.core.evaluation.template import FULL
from selaras.core.law import Source
from selaras.core.numerals import format_number
from selaras.core.period import MONTHS
from selaras.core.place import NOWHERE, Place


class Unknown(Enum):
    """The system has not looked, in contrast to None: it has looked, and nothing is on record."""

    UNKNOWN = "tidak diketahui"


UNKNOWN = Unknown.UNKNOWN
Day = date | Unknown | None
Count = int | Unknown | None
Share = Decimal | Unknown | None
Flag = bool | Unknown | None
FactValue = date | int | Decimal | bool | Unknown | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one unit (or a whole agency, `unit` empty) and one year of performance.

    Shares are percent from 0 to 100. None means that nothing is on record, `UNKNOWN` that nobody has looked.
    """

    unit: str
    year: int
    long_term_plan: Flag = UNKNOWN
    strategic_plan: Flag = UNKNOWN
    annual_targets: Count = UNKNOWN
    action_targets: Count = UNKNOWN
    budget_on: Day = UNKNOWN
    agreement_on: Day = UNKNOWN
    agreement_revisions: Count = UNKNOWN
    agreement_published_on: Day = UNKNOWN
    units_with_agreement: Share = UNKNOWN
    employees_with_goals: Share = UNKNOWN
    indicators_defined: Share = UNKNOWN
    indicators_cascaded: Share = UNKNOWN
    contributions: Count = UNKNOWN
    targets_reached: Share = UNKNOWN
    periods_due: Count = UNKNOWN
    periods_measured: Count = UNKNOWN
    periods_on_time: Count = UNKNOWN
    realisations: Count = UNKNOWN
    verified_share: Share = UNKNOWN
    evidence_share: Share = UNKNOWN
    counted_from_records: Count = UNKNOWN
    quality_share: Share = UNKNOWN
    misses_explained: Share = UNKNOWN
    follow_ups_done: Share = UNKNOWN
    budget_efficiency: Share = UNKNOWN
    report_on: Day = UNKNOWN
    report_signed_on: Day = UNKNOWN
    report_due_on: Day = UNKNOWN
    report_published_on: Day = UNKNOWN
    interim_reports: Count = UNKNOWN
    reviewed_on: Day = UNKNOWN
    review_findings: Count = UNKNOWN
    review_findings_open: Count = UNKNOWN
    compared_with_year: Share = UNKNOWN
    compared_with_plan: Share = UNKNOWN
    compared_with_past: Share = UNKNOWN
    compared_with_standard: Share = UNKNOWN
    evaluated_on: Day = UNKNOWN
    units_evaluated: Share = UNKNOWN
    recommendations_given: Count = UNKNOWN
    recommendations_closed: Share = UNKNOWN
    recommendations_used: Share = UNKNOWN
    score_change: Share = UNKNOWN
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def agreement_delay(self) -> Count:
        """Days from the approval of the budget to the signature of the agreement."""
        if isinstance(self.agreement_on, date) and isinstance(self.budget_on, date):
            return (self.agreement_on - self.budget_on).days
        return UNKNOWN if Unknown.UNKNOWN in (self.agreement_on, self.budget_on) else None

    @property
    def measured_share(self) -> Share:
        """Periods measured out of those that were due, in percent."""
        return _share(self.periods_measured, self.periods_due)

    @property
    def on_time_share(self) -> Share:
        """Periods measured in time out of those that were due, in percent."""
        return _share(self.periods_on_time, self.periods_due)

    def value(self, name: str) -> FactValue:
        """The fact with this name; the name must be one of `FACTS`."""
        found: FactValue = getattr(self, name)
        return found

    def place(self, name: str) -> Place:
        """Where the fact stands."""
        return self.places.get(name, NOWHERE)


FACTS: dict[str, str] = {
    "long_term_plan": "rencana jangka panjang",
    "strategic_plan": "rencana strategis",
    "annual_targets": "jumlah target rencana kinerja tahunan",
    "action_targets": "jumlah target rencana aksi",
    "budget_on": "tanggal anggaran disahkan",
    "agreement_on": "tanggal perjanjian kinerja ditandatangani",
    "agreement_revisions": "jumlah perubahan perjanjian kinerja",
    "agreement_published_on": "tanggal perjanjian kinerja diumumkan",
    "agreement_delay": "hari dari pengesahan anggaran sampai perjanjian kinerja",
    "units_with_agreement": "persentase unit kerja yang mempunyai perjanjian kinerja",
    "employees_with_goals": "persentase pegawai yang mempunyai SKP",
    "indicators_defined": "persentase indikator dengan definisi, rumus, dan sumber data",
    "indicators_cascaded": "persentase indikator yang diturunkan kepada penanggung jawab",
    "contributions": "jumlah kontribusi lintas unit",
    "targets_reached": "persentase target yang tercapai",
    "periods_due": "jumlah periode pengukuran yang harus diisi",
    "periods_measured": "jumlah periode pengukuran yang terisi",
    "periods_on_time": "jumlah periode pengukuran yang terisi tepat waktu",
    "measured_share": "persentase periode pengukuran yang terisi",
    "on_time_share": "persentase periode pengukuran yang terisi tepat waktu",
    "realisations": "jumlah realisasi yang dicatat dalam sistem",
    "verified_share": "persentase realisasi yang terverifikasi",
    "evidence_share": "persentase realisasi yang berbukti",
    "counted_from_records": "jumlah realisasi yang terhitung sendiri dari rekaman register",
    "quality_share": "persentase indikator dengan catatan mutu data",
    "misses_explained": "persentase target meleset yang dijelaskan",
    "follow_ups_done": "persentase tindak lanjut hambatan yang selesai",
    "budget_efficiency": "tingkat efisiensi anggaran",
    "report_on": "tanggal laporan kinerja disusun",
    "report_signed_on": "tanggal laporan kinerja disetujui",
    "report_due_on": "tenggat laporan kinerja",
    "report_published_on": "tanggal laporan kinerja diterbitkan",
    "interim_reports": "jumlah laporan kinerja berkala",
    "reviewed_on": "tanggal laporan kinerja selesai direviu",
    "review_findings": "jumlah temuan reviu",
    "review_findings_open": "jumlah temuan reviu yang belum selesai",
    "compared_with_year": "persentase indikator yang dibandingkan dengan target tahunan",
    "compared_with_plan": "persentase indikator yang dibandingkan dengan target jangka menengah",
    "compared_with_past": "persentase indikator yang dibandingkan dengan tahun-tahun lalu",
    "compared_with_standard": "persentase indikator yang dibandingkan dengan standar nasional",
    "evaluated_on": "tanggal evaluasi internal tahun lalu",
    "units_evaluated": "persentase unit kerja yang dievaluasi",
    "recommendations_given": "jumlah rekomendasi evaluasi tahun lalu",
    "recommendations_closed": "persentase rekomendasi tahun lalu yang terverifikasi selesai",
    "recommendations_used": "persentase rekomendasi tahun lalu yang dijawab dalam rencana tahun ini",
    "score_change": "perubahan nilai evaluasi dari tahun sebelumnya",
}
"""Every fact by its name in `Facts`, in words."""


class Condition(StrEnum):
    """How a fact answers a criterion."""

    EXISTS = "ada"
    AT_LEAST = "sekurang-kurangnya"
    AT_MOST = "paling banyak"
    ABOVE = "lebih dari"
    BY = "paling lambat pada"


@dataclass(frozen=True, slots=True)
class Clue:
    """One fact speaks for one criterion: met if the fact fulfils the condition.

    `limit` is a number for the comparing conditions, `than` another fact (a day) for `BY`. `decisive` means that
    nothing else can show the criterion met; otherwise the fact only supports it.
    """

    criterion: str
    fact: str
    condition: Condition
    limit: Decimal | None = None
    than: str = ""
    decisive: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What a clue gave: met, not met, or None where the fact is not known; said in a sentence."""

    clue: Clue
    met: bool | None
    sentence: str
    place: Place = NOWHERE


def observe(clue: Clue, facts: Facts) -> Observed:
    """Hold one clue against the facts."""
    value = facts.value(clue.fact)
    met = _met(clue, value, facts.value(clue.than) if clue.than else None)
    name = FACTS[clue.fact]
    sentence = f"{name[:1].upper()}{name[1:]}: {_shown(value)}; {_wanted(clue, facts)}."
    return Observed(clue, met, sentence, facts.place(clue.fact))


def drawn(clues: Iterable[Clue], facts: Facts) -> dict[str, tuple[Observed, ...]]:
    """All clues held against the facts, by criterion: the evidence that the system has by itself."""
    found: dict[str, tuple[Observed, ...]] = {}
    for clue in clues:
        found[clue.criterion] = (*found.get(clue.criterion, ()), observe(clue, facts))
    return found


def _met(clue: Clue, value: FactValue, than: FactValue) -> bool | None:
    if value is UNKNOWN or than is UNKNOWN:
        return None
    if value is None:
        return False
    if clue.condition is Condition.EXISTS:
        return bool(value)
    if clue.condition is Condition.BY:
        return value <= than if isinstance(value, date) and isinstance(than, date) else None
    if clue.limit is None or not isinstance(value, int | Decimal):
        return None
    if clue.condition is Condition.AT_LEAST:
        return value >= clue.limit
    return value > clue.limit if clue.condition is Condition.ABOVE else value <= clue.limit


def _shown(value: FactValue) -> str:
    if isinstance(value, Unknown):
        return value.value
    if value is None or value is False:
        return "tidak tercatat"
    if value is True:
        return "ada"
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return format_number(Decimal(value).quantize(Decimal("0.01"))) if isinstance(value, Decimal) else str(value)


def _wanted(clue: Clue, facts: Facts) -> str:
    if clue.condition is Condition.EXISTS:
        return "diharapkan ada"
    if clue.condition is Condition.BY:
        return f"diharapkan paling lambat {_shown(facts.value(clue.than))} ({FACTS[clue.than]})"
    return f"diharapkan {clue.condition.value} {format_number(clue.limit or Decimal(0))}"


def _share(part: Count, whole: Count) -> Share:
    if isinstance(part, Unknown) or isinstance(whole, Unknown):
        return UNKNOWN
    if not whole:
        return None
    return Decimal(part or 0) * FULL / whole
