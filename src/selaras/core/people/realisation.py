"""Realisation of the rows of an SKP, drawn from measurement where the indicator is the same; the assessment of a period.

Ratings are a person's judgement: nothing is rated here. A person with two plans in a year has two assessments; how
they become one is not known from any source, so they are shown side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from selaras.core.deadlines import last_day
from selaras.core.finding import Finding, Severity
from selaras.core.measurement.aggregate import year_value
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.people.feedback import Feedback, evidence_finding, of_row
from selaras.core.people.ratings import Rating
from selaras.core.people.skp import SkpForm, SkpPlan, SkpRow
from selaras.core.period import Period
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import Indicator
from selaras.core.value import Value

_finding = partial(evidence_finding, regulation="Permenpan-RB 6/2022")


@dataclass(frozen=True, slots=True)
class RowResult:
    """What came of one row in one period: typed, or left empty where measurement gives it."""

    plan: str
    order: int
    period: Period
    realised: Value | None = None
    text: str = ""
    evidence: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Assessment:
    """Both ratings of one plan for one period (the whole year for the annual one), by whom and when."""

    plan: str
    period: Period
    results: Rating
    behaviour: Rating
    assessor: str
    on: date
    reason: str = ""
    place: Place = NOWHERE


class Counted(Protocol):
    """A figure counted from records, as the stage registers gives it."""

    @property
    def name(self) -> str:
        """What the rule counts."""

    @property
    def value(self) -> Value | None:
        """None where there was nothing to count."""

    @property
    def note(self) -> str:
        """Says so then."""

    def told(self) -> str:
        """The figure in one line."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The realisation of a row as the evaluation form prints it, and where it comes from.

    `measured` if it comes from measurement or a register; `verified` only if every value behind it was verified there.
    `counted` if it is counted from the records of a register.
    """

    value: Value | None
    shown: str
    arithmetic: str
    measured: bool
    verified: bool
    evidence: tuple[str, ...]
    counted: bool = False


def realised(
    row: SkpRow,
    period: Period,
    *,
    indicator: Indicator | None = None,
    realisations: Iterable[Realisation] = (),
    typed: RowResult | None = None,
    counted: Counted | None = None,
) -> Drawn:
    """The realisation of a row through the end of `period`: from measurement if the row means an indicator.

    `counted` is the figure of a row that is bound to a rule of a register; its records are its evidence, and nothing
    else counts. What was typed counts only where measurement has nothing, so that no figure is kept twice.
    """
    evidence = typed.evidence if typed else ()
    if counted is not None:
        proof = f"Register: {counted.name}, {counted.told()}"
        shown = counted.value.shown(2) if counted.value else counted.note
        return Drawn(
            counted.value, shown, counted.told() if counted.value else "", True, True, (proof, *evidence), counted=True
        )
    if indicator is not None and row.indicator == indicator.code:
        used = [item for item in realisations if item.indicator == indicator.code and item.period.year == period.year]
        found = year_value(indicator, used, period.year, through_month=period.last_month)
        if found.value is not None:
            timely = [item for item in used if item.period.last_month <= period.last_month]
            verified = all(item.status in {Progress.VERIFIED, Progress.LOCKED} for item in timely)
            shown = found.figure.shown() if found.figure.value is not None else found.value.shown()
            return Drawn(found.value, shown, found.figure.arithmetic(), True, verified, evidence)
    if typed is None or (typed.realised is None and not typed.text):
        return Drawn(None, "–", "", False, False, evidence)
    shown = "; ".join(part for part in (typed.realised.shown() if typed.realised else "", typed.text) if part)
    return Drawn(typed.realised, shown, "", False, False, evidence)


def check_assessment(
    plan: SkpPlan,
    rows: Iterable[SkpRow],
    assessment: Assessment,
    drawn: Mapping[int, Drawn],
    feedback: Iterable[Feedback],
    *,
    unit: Rating | None = None,
) -> tuple[Finding, ...]:
    """What a rating lacks before it is given: realisation and evidence by row, reasons, feedback on behaviour.

    `drawn` holds the realisation of each row by its order, `unit` the rating that the unit's predicate gives its head
    (`HeadMapping.rating`). Everything is a warning or a note, except an assessor who is the rated person: an error.
    """
    notes = [item for item in feedback if item.plan == plan.code]
    found = []
    if assessment.assessor == plan.position:
        found.append(
            _finding(
                "SKP-RATE-SELF",
                Severity.ERROR,
                "Pegawai menilai dirinya sendiri.",
                assessment.assessor,
                plan.assessor,
                assessment.place,
            )
        )
    elif plan.assessor and assessment.assessor != plan.assessor:
        found.append(
            _finding(
                "SKP-RATE-ASSESSOR",
                Severity.WARNING,
                "Penilai berbeda dari pejabat penilai kinerja dalam SKP.",
                assessment.assessor,
                plan.assessor,
                assessment.place,
            )
        )
    if assessment.on <= min(last_day(assessment.period), plan.until):
        found.append(
            _finding(
                "SKP-RATE-EARLY",
                Severity.INFO,
                f"Penilaian {assessment.period.name} ditetapkan sebelum periodenya berakhir.",
                assessment.on.isoformat(),
                f"setelah {min(last_day(assessment.period), plan.until).isoformat()}",
                assessment.place,
            )
        )
    for row in sorted((row for row in rows if row.plan == plan.code), key=lambda row: row.order):
        found += _of_row(row, assessment.period, drawn.get(row.order), notes)
    if (
        any(rating is not Rating.AS_EXPECTED for rating in (assessment.results, assessment.behaviour))
        and not assessment.reason.strip()
    ):
        found.append(
            _finding(
                "SKP-RATE-REASON",
                Severity.WARNING,
                "Rating di atas atau di bawah ekspektasi belum diberi alasan.",
                "",
                "alasan berdasarkan bukti dukung dan umpan balik",
                assessment.place,
            )
        )
    if unit is not None and plan.form is SkpForm.HEAD and assessment.results is not unit:
        told = "Rating hasil kerja pimpinan unit berbeda dari yang mengikuti predikat unitnya."
        found.append(_finding("SKP-RATE-HEAD", Severity.WARNING, told, assessment.results, unit, assessment.place))
    if not any(item.value for item in notes):
        found.append(
            _finding(
                "SKP-RATE-BEHAVIOUR",
                Severity.WARNING,
                "Rating perilaku kerja tidak didahului umpan balik atas perilaku.",
                "",
                "umpan balik atas nilai dasar ASN",
                assessment.place,
            )
        )
    return tuple(found)


def _of_row(row: SkpRow, period: Period, drawn: Drawn | None, notes: list[Feedback]) -> list[Finding]:
    found = []
    if drawn is None or drawn.shown == "–":
        found.append(
            _finding(
                "SKP-RATE-EMPTY",
                Severity.WARNING,
                f"Hasil kerja {row.order} belum mempunyai realisasi pada {period.name}.",
                "",
                row.target_text() or row.measure,
                row.place,
            )
        )
    elif drawn.measured and not drawn.verified:
        found.append(
            _finding(
                "SKP-RATE-UNVERIFIED",
                Severity.INFO,
                f"Realisasi hasil kerja {row.order} berasal dari pengukuran yang belum diverifikasi.",
                drawn.shown,
                "realisasi terverifikasi",
                row.place,
            )
        )
    if drawn is not None and not drawn.measured and not drawn.evidence:
        found.append(
            _finding(
                "SKP-RATE-EVIDENCE",
                Severity.INFO,
                f"Hasil kerja {row.order} belum mempunyai bukti dukung.",
                "",
                "bukti dukung",
                row.place,
            )
        )
    if not of_row(row, notes):
        found.append(
            _finding(
                "SKP-RATE-FEEDBACK",
                Severity.INFO,
                f"Hasil kerja {row.order} belum mendapat umpan balik.",
                "",
                "umpan balik berkelanjutan",
                row.place,
            )
        )
    return found
