"""Dialogue about expectations and feedback during the year: dated, with evidence; and the periods nobody spoke in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selaras.core.calendar import format_date
from selaras.core.deadlines import last_day
from selaras.core.finding import Finding, Severity
from selaras.core.people.skp import SkpPlan, SkpRow, periods
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.place import NOWHERE, Place

REGULATION = "Permenpan-RB 6/2022, pasal 5"


class Occasion(StrEnum):
    """At which of the stages leader and employee spoke."""

    PLANNING = "penetapan ekspektasi"
    DURING = "pemantauan dan pembinaan"
    EVALUATION = "penilaian"


class FeedbackKind(StrEnum):
    """What a feedback says."""

    APPRECIATION = "apresiasi"
    IMPROVEMENT = "perbaikan"
    NOTE = "catatan"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A talk between leader and employee: when, who took part (positions or codes of employees), what was agreed."""

    plan: str
    on: date
    occasion: Occasion
    parties: tuple[str, ...]
    topic: str
    agreed: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Feedback:
    """One feedback on a row of the plan (`row`) or on a core value (`value`); on the work as a whole if on neither."""

    plan: str
    on: date
    giver: str
    kind: FeedbackKind
    text: str
    row: int | None = None
    value: str = ""
    evidence: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the common timeline."""

    on: date
    what: str
    text: str
    evidence: tuple[str, ...]


def timeline(plan: SkpPlan, dialogues: Iterable[Dialogue], feedback: Iterable[Feedback]) -> tuple[Moment, ...]:
    """Dialogue and feedback of one plan in the order of their days."""
    talks = [
        Moment(item.on, f"dialog {item.occasion}", item.agreed or item.topic, ())
        for item in dialogues
        if item.plan == plan.code
    ]
    told = [
        Moment(item.on, f"umpan balik: {item.kind}", item.text, item.evidence)
        for item in feedback
        if item.plan == plan.code
    ]
    return tuple(sorted([*talks, *told], key=lambda moment: moment.on))


def of_row(row: SkpRow, feedback: Iterable[Feedback], period: Period | None = None) -> tuple[Feedback, ...]:
    """The feedback on one row, that of a period if one is given, oldest first."""
    mine = [item for item in feedback if item.plan == row.plan and item.row == row.order]
    return tuple(sorted(mine if period is None else of_period(mine, period), key=lambda item: item.on))


def of_period(feedback: Iterable[Feedback], period: Period) -> tuple[Feedback, ...]:
    """The feedback that the evaluation of a period rests on.

    That of the year rests on all of it: what is said in January about the year that has ended belongs to that year.
    """
    return tuple(item for item in feedback if period.span is Span.YEAR or within(period, item.on))


def within(period: Period, day: date) -> bool:
    """Whether a day lies in the period."""
    first = period.last_month - 12 // PER_YEAR[period.span] + 1
    return day.year == period.year and first <= day.month <= period.last_month


def quiet(
    plan: SkpPlan, dialogues: Iterable[Dialogue], feedback: Iterable[Feedback], today: date
) -> tuple[Period, ...]:
    """The periods of the plan that are over and in which nobody gave feedback or held a dialogue."""
    days = [talk.on for talk in dialogues if talk.plan == plan.code]
    days += [note.on for note in feedback if note.plan == plan.code]
    return tuple(
        period for period in periods(plan) if last_day(period) < today and not any(within(period, day) for day in days)
    )


def check_feedback(
    plan: SkpPlan, rows: Iterable[SkpRow], dialogues: Iterable[Dialogue], feedback: Iterable[Feedback], today: date,
) -> tuple[Finding, ...]:  # fmt: skip
    """What is missing or odd: no dialogue on expectations, quiet periods, days outside the plan, rows that are not there."""
    talks = [item for item in dialogues if item.plan == plan.code]
    told = [item for item in feedback if item.plan == plan.code]
    orders = {row.order for row in rows if row.plan == plan.code}
    found = []
    if not any(talk.occasion is Occasion.PLANNING for talk in talks):
        found.append(
            evidence_finding(
                "SKP-DIALOGUE",
                Severity.WARNING,
                "Belum ada dialog penetapan ekspektasi.",
                "",
                "dialog antara pimpinan dan pegawai",
                plan.place,
            )
        )
    spoken: list[Dialogue | Feedback] = [*talks, *told]
    for item in spoken:
        if not plan.since <= item.on <= plan.until and not _closing(item):
            found.append(
                evidence_finding(
                    "SKP-FEEDBACK-DATE",
                    Severity.WARNING,
                    "Tanggal dialog atau umpan balik di luar masa SKP.",
                    format_date(item.on),
                    f"{format_date(plan.since)} s.d. {format_date(plan.until)}",
                    item.place,
                )
            )
    for note in told:
        if note.row is not None and note.row not in orders:
            found.append(
                evidence_finding(
                    "SKP-FEEDBACK-ROW",
                    Severity.ERROR,
                    "Umpan balik merujuk hasil kerja yang tidak ada.",
                    str(note.row),
                    ", ".join(map(str, sorted(orders))),
                    note.place,
                )
            )
        if not note.evidence and note.kind is not FeedbackKind.NOTE:
            found.append(
                evidence_finding(
                    "SKP-FEEDBACK-EVIDENCE",
                    Severity.INFO,
                    "Umpan balik tidak menyebut bukti dukung.",
                    note.kind,
                    "bukti dukung",
                    note.place,
                )
            )
    for period in quiet(plan, talks, told, today):
        found.append(
            evidence_finding(
                "SKP-QUIET",
                Severity.INFO,
                f"Tidak ada umpan balik pada {period.name}.",
                "",
                "sekurang-kurangnya satu umpan balik",
                plan.place,
            )
        )
    return tuple(found)


def _closing(item: Dialogue | Feedback) -> bool:
    """Whether the entry belongs to the evaluation, which is held after the plan has ended."""
    return isinstance(item, Dialogue) and item.occasion is Occasion.EVALUATION


def evidence_finding(
    code: str, severity: Severity, message: str, stated: str, expected: str, place: Place, regulation: str = REGULATION
) -> Finding:
    """A finding on something that lacks its evidence, or does not fit it."""
    return Finding(
        code, "missing-evidence", severity, message, stated=stated, expected=expected,
        places=(place,) if place != NOWHERE else (), regulation=regulation,
    )  # fmt: skip
