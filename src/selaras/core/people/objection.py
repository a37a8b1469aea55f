"""Objection to a rating: to the assessor's superior, within the days of the rule; the decision is final.

PP 30/2019, article 59: 14 days from receiving the result, with reasons. Whether the days are calendar or working days
is not stated, so it is data; the day of receipt is not counted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from selaras.core.calendar import DayKind, add_working_days, format_date, years_without_holidays
from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.law import Source
from selaras.core.people.ratings import Rating
from selaras.core.people.realisation import Assessment
from selaras.core.place import NOWHERE, Place


class Outcome(StrEnum):
    """What the assessor's superior decided."""

    KEPT = "penilaian dikuatkan"
    CHANGED = "penilaian diubah"


@dataclass(frozen=True, slots=True)
class ObjectionRule:
    """Within how many days of which kind an objection is filed."""

    days: int
    kind: DayKind
    source: Source


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to the rating of one plan, and what was decided on it; ratings only where they were changed."""

    plan: str
    received_on: date
    filed_on: date
    reason: str
    decider: str = ""
    decided_on: date | None = None
    outcome: Outcome | None = None
    results: Rating | None = None
    behaviour: Rating | None = None
    ground: str = ""
    place: Place = NOWHERE


def last_day(
    received_on: date, rule: ObjectionRule, holidays: Collection[date] = (), leave: Collection[date] = ()
) -> date:
    """The last day on which an objection is in time.

    Working days need the tables of holidays and collective leave; a year without any is refused (Refusal), because the
    day would come out too early.
    """
    if rule.kind is DayKind.CALENDAR:
        return received_on + timedelta(days=rule.days)
    day = add_working_days(received_on, rule.days, holidays, leave)
    if unknown := years_without_holidays(received_on, day, holidays):
        fault = Fault(
            "Tabel hari libur belum ada", read=", ".join(map(str, unknown)), expected="hari libur tahun itu",
            remedy="Tambahkan hari libur nasional tahun itu ke buku aturan.",
        )  # fmt: skip
        raise Refusal("Tenggat keberatan tidak dapat dihitung.", fault)
    return day


def check_objection(objection: Objection, *, assessor: str, superior: str, until: date) -> tuple[Finding, ...]:
    """What is wrong with an objection: late, without reason, decided by the wrong position or before it was filed.

    `assessor` and `superior` are the positions of the assessor and of the assessor's superior, `until` is `last_day`.
    """
    found = []
    if objection.filed_on < objection.received_on:
        found.append(
            _finding(
                "SKP-OBJECTION-DATE",
                "Keberatan diajukan sebelum hasil penilaian diterima.",
                format_date(objection.filed_on),
                f"paling awal {format_date(objection.received_on)}",
                objection,
            )
        )
    if objection.filed_on > until:
        found.append(
            _finding(
                "SKP-OBJECTION-LATE",
                "Keberatan diajukan setelah tenggatnya.",
                format_date(objection.filed_on),
                f"paling lambat {format_date(until)}",
                objection,
            )
        )
    if not objection.reason.strip():
        found.append(
            _finding("SKP-OBJECTION-REASON", "Keberatan tidak disertai alasan.", "", "alasan keberatan", objection)
        )
    if objection.outcome is None:
        return tuple(found)
    if objection.decider == assessor or (superior and objection.decider != superior):
        found.append(
            _finding(
                "SKP-OBJECTION-DECIDER",
                "Keberatan diputus bukan oleh atasan pejabat penilai kinerja.",
                objection.decider,
                superior or "atasan pejabat penilai kinerja",
                objection,
            )
        )
    if objection.decided_on is None or objection.decided_on < objection.filed_on:
        stated = format_date(objection.decided_on) if objection.decided_on else ""
        found.append(
            _finding(
                "SKP-OBJECTION-DATE",
                "Tanggal keputusan keberatan tidak ada atau mendahului pengajuannya.",
                stated,
                f"paling awal {format_date(objection.filed_on)}",
                objection,
            )
        )
    changed = objection.results is not None or objection.behaviour is not None
    if (objection.outcome is Outcome.CHANGED) is not changed:
        found.append(
            _finding(
                "SKP-OBJECTION-OUTCOME",
                "Keputusan keberatan tidak sesuai dengan rating yang dicatat.",
                objection.outcome,
                "rating baru bila penilaian diubah",
                objection,
            )
        )
    return tuple(found)


def after(assessment: Assessment, objection: Objection) -> Assessment:
    """The assessment after the decision; final, and unchanged where it was upheld or is not decided yet."""
    if objection.outcome is not Outcome.CHANGED:
        return assessment
    return replace(
        assessment,
        results=objection.results or assessment.results,
        behaviour=objection.behaviour or assessment.behaviour,
        assessor=objection.decider,
        on=objection.decided_on or assessment.on,
        reason=objection.ground or assessment.reason,
    )


def _finding(code: str, message: str, stated: str, expected: str, objection: Objection) -> Finding:
    places = (objection.place,) if objection.place != NOWHERE else ()
    return Finding(
        code, "missing-element", Severity.WARNING, message, stated=stated, expected=expected, places=places,
        regulation="PP 30/2019, pasal 59",
    )  # fmt: skip
