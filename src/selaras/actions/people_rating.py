"""Through the year and at its end: dialogue, feedback, realisation, ratings.

What is said and how somebody is rated stands in the file alone: trail and history hold only that it was done, because
they are read by people who may not read the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._people import (
    BOTH,
    KIND,
    Held,
    evidence_list,
    moved,
    plan_held,
    refuse_state,
    tell_assessor,
    tell_employee,
    value_columns,
    words,
)
from selaras.actions._row_faults import DIGITS
from selaras.core.access import Actor
from selaras.core.calendar import format_date
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.people.feedback import Dialogue, Feedback, FeedbackKind, Occasion
from selaras.core.people.ratings import Rating
from selaras.core.people.realisation import Assessment, Drawn, RowResult, check_assessment, realised
from selaras.core.people.skp import SkpForm, SkpPlan, SkpRow, SkpState, periods
from selaras.core.period import Period, Span
from selaras.core.value import Value
from selaras.store import models as tables
from selaras.store.people import Standing, measured_of, rules_of
from selaras.store.people_unit import unit_predicate
from selaras.store.register_skp import counted_of

RUNNING = (SkpState.AGREED, SkpState.EVALUATED)


def add_dialogue(
    by: Actor, *, agency: str, code: str, occasion: Occasion, topic: str, agreed: str = "", on: date | None = None,
    parties: Iterable[str] = (),
) -> Dialogue:  # fmt: skip
    """Note a talk between leader and employee: what it was about and what was agreed. Without parties it was both.

    Raises Refusal (a day to come, a final plan), NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mencatat dialog kinerja", *BOTH) as (trace, held):
        _refuse_closed(held)
        day = _past(on, "dialog")
        who = [part for part in parties if part] or [held.plan.employee or held.plan.position, held.plan.assessor]
        made = Dialogue(
            code,
            day,
            occasion,
            tuple(filter(None, who)),
            words(topic, "Topik"),
            words(agreed, "Kesepakatan", empty=True),
        )
        tables.SkpDialogue.objects.create(
            plan=held.row, on=day, occasion=occasion.value, parties=list(made.parties), topic=made.topic,
            agreed=made.agreed, by=by.name,
        )  # fmt: skip
        trace.changed(KIND, code, f"Dialog {occasion}", "", format_date(day))
        _tell_other(by, held, f"Dialog {occasion} dicatat pada SKP {held.row.position.title}.")
    return made


def give_feedback(
    by: Actor, *, agency: str, code: str, text: str, kind: FeedbackKind = FeedbackKind.NOTE, row: int | None = None,
    value: str = "", evidence: Iterable[str] = (), on: date | None = None,
) -> Feedback:  # fmt: skip
    """Give feedback on a row, on a core value, or on the work as a whole, with evidence; the assessor's.

    The person may answer with a note of the own. Raises Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "memberi umpan balik", *BOTH) as (trace, held):
        _refuse_closed(held)
        if Standing.ASSESSOR not in held.standing and kind is not FeedbackKind.NOTE:
            raise NotAllowed("Apresiasi dan perbaikan diberikan oleh pejabat penilai; pegawai menulis catatan.")
        if row is not None and value:
            raise Refusal("Umpan balik tidak disimpan.", Fault("pilih satu: hasil kerja atau nilai dasar"))
        if row is not None:
            _row(held, row)
        known = [item.code for item in rules_of(held.plan.year).skp.values]
        if value and value not in known:
            raise Refusal(
                "Umpan balik tidak disimpan.",
                Fault("nilai dasar tidak dikenal", read=value, expected=" | ".join(known)),
            )
        giver = held.plan.assessor if Standing.ASSESSOR in held.standing else held.plan.employee or held.plan.position
        made = Feedback(
            code,
            _past(on, "umpan balik"),
            giver,
            kind,
            words(text, "Umpan balik"),
            row,
            value,
            tuple(evidence_list(evidence)),
        )
        tables.SkpFeedback.objects.create(
            plan=held.row,
            on=made.on,
            giver=giver,
            kind=kind.value,
            text=made.text,
            row=row,
            value=value,
            evidence=list(made.evidence),
        )
        trace.changed(KIND, code, "Umpan balik", "", format_date(made.on))
        _tell_other(by, held, f"Ada umpan balik baru pada SKP {held.row.position.title}.")
    return made


def record_result(
    by: Actor, *, agency: str, code: str, order: int, period: Period, realised_value: Value | None = None,
    text: str = "", evidence: Iterable[str] = (),
) -> RowResult | None:  # fmt: skip
    """Write what came of a row in a period, with evidence; nothing at all takes it away again.

    Where measurement gives the value it counts and is not typed beside it: then only text and evidence are taken.
    Raises Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengisi realisasi SKP", *BOTH) as (trace, held):
        refuse_state(held.plan, *RUNNING)
        row = _row(held, order)
        _refuse_period(held.plan, period)
        if realised_value is not None:
            _refuse_measured(agency, held.plan, row, period)
            _refuse_digits(row, realised_value)
        told, proofs = words(text, "Uraian", empty=True), evidence_list(evidence)
        where: dict[str, Any] = {
            "plan": held.row,
            "order": order,
            "year": period.year,
            "span": period.span.value,
            "index": period.index,
        }
        if realised_value is None and not told and not proofs:
            tables.SkpResult.objects.filter(**where).delete()
            trace.changed(KIND, code, f"Realisasi {order}, {period.name}", "", "dihapus")
            return None
        columns = {"text": told, "evidence": proofs, **value_columns("realised", realised_value)}
        tables.SkpResult.objects.update_or_create(**where, defaults=columns)
        trace.changed(KIND, code, f"Realisasi {order}, {period.name}", "", "diisi")
    return RowResult(code, order, period, realised_value, told, tuple(proofs))


def assess(
    by: Actor, *, agency: str, code: str, period: Period, results: Rating, behaviour: Rating, reason: str = "",
    on: date | None = None,
) -> tuple[Assessment, tuple[Finding, ...]]:  # fmt: skip
    """Rate results and behaviour of a period, or of the year; the predicate follows from the matrix. With what is odd.

    The rating of the year makes the plan rated, and the person is told. Only the assessor rates, nobody the own plan.
    A rating may be corrected until there is an objection or it is final. Raises Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "menilai SKP", Standing.ASSESSOR) as (trace, held):
        if Standing.OWN in held.standing:
            raise NotAllowed("Pegawai tidak menilai dirinya sendiri.")
        refuse_state(held.plan, *RUNNING)
        _refuse_period(held.plan, period)
        made = Assessment(
            code,
            period,
            results,
            behaviour,
            held.plan.assessor,
            _past(on, "penilaian"),
            words(reason, "Alasan", empty=True),
        )
        found = _looked_at(agency, held, made)
        if errors := [item for item in found if item.severity is Severity.ERROR]:
            raise Refusal("Penilaian tidak disimpan.", *(Fault(item.message.rstrip(".")) for item in errors))
        tables.SkpAssessment.objects.update_or_create(
            plan=held.row, year=period.year, span=period.span.value, index=period.index,
            defaults={
                "results": results.value, "behaviour": behaviour.value, "assessor": made.assessor, "on": made.on,
                "reason": made.reason,
            },
        )  # fmt: skip
        trace.changed(KIND, code, f"Penilaian {period.name}", "", "ditetapkan")
        if period.span is Span.YEAR and held.plan.state is SkpState.AGREED:
            moved(trace, held, SkpState.EVALUATED)
        tell_employee(by, held, f"Penilaian {period.name} atas SKP {held.row.position.title} sudah ditetapkan.")
    return made, found


def _looked_at(agency: str, held: Held, made: Assessment) -> tuple[Finding, ...]:
    """Everything odd about a rating, with the realisation as measurement has it now."""
    parts = held.parts("rows", "feedback", "results")
    indicators, values = measured_of(agency, held.plan.year, parts.rows)
    typed = {item.order: item for item in parts.results if item.period == made.period}
    counted = counted_of(agency, held.plan, made.period)
    drawn: dict[int, Drawn] = {
        row.order: realised(
            row,
            made.period,
            indicator=indicators.get(row.indicator),
            realisations=values,
            typed=typed.get(row.order),
            counted=counted.get(row.order),
        )
        for row in parts.rows
    }
    return check_assessment(held.plan, parts.rows, made, drawn, parts.feedback, unit=_head_rating(held.row, held.plan))


def _head_rating(row: tables.SkpPlan, plan: SkpPlan) -> Rating | None:
    """The rating of results that the predicate of the unit gives its head; None for others or without a decision."""
    if plan.form is not SkpForm.HEAD:
        return None
    made = unit_predicate(row.agency_id, plan)
    return rules_of(plan.year).heads.rating(made) if made else None


def _row(held: Held, order: int) -> SkpRow:
    row = next((item for item in held.parts("rows").rows if item.order == order), None)
    if row is None:
        raise NotFound(f"Hasil kerja {order} tidak ditemukan pada SKP {held.plan.code}.")
    return row


def _refuse_closed(held: Held) -> None:
    if held.plan.state is SkpState.FINAL:
        raise Refusal(f"SKP {held.plan.code} sudah final.", Fault("status SKP", held.plan.place, held.plan.state))


def _refuse_period(plan: SkpPlan, period: Period) -> None:
    allowed = (*periods(plan), Period(plan.year))
    if period not in allowed:
        fault = Fault("periode penilaian", plan.place, period.name, " | ".join(item.name for item in allowed))
        raise Refusal("Periode ini bukan periode SKP.", fault)


def _refuse_measured(agency: str, plan: SkpPlan, row: SkpRow, period: Period) -> None:
    indicators, values = measured_of(agency, plan.year, [row])
    counted = counted_of(agency, plan, period).get(row.order)
    drawn = realised(row, period, indicator=indicators.get(row.indicator), realisations=values, counted=counted)
    if counted is not None:
        fault = Fault(
            "realisasi dihitung dari register", row.place, expected=drawn.shown,
            remedy="Betulkan rekaman dalam register; di sini cukup uraian dan bukti dukung.",
        )  # fmt: skip
        raise Refusal("Realisasi ini tidak diketik.", fault)
    if drawn.measured:
        fault = Fault(
            "realisasi berasal dari pengukuran", row.place, expected=drawn.shown,
            remedy="Betulkan pada pengukuran indikatornya; di sini cukup uraian dan bukti dukung.",
        )  # fmt: skip
        raise Refusal("Realisasi ini tidak diketik.", fault)


def _refuse_digits(row: SkpRow, value: Value) -> None:
    for number in (value.amount, value.upper):
        if number is not None and len(number.as_tuple().digits) > DIGITS:
            raise Refusal(
                "Realisasi tidak disimpan.",
                Fault("terlalu banyak angka", row.place, str(number), f"paling banyak {DIGITS} angka"),
            )


def _past(on: date | None, what: str) -> date:
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise Refusal(
            "Tanggal belum tiba.",
            Fault(f"tanggal {what}", read=format_date(day), expected=f"paling lambat {format_date(today)}"),
        )
    return day


def _tell_other(by: Actor, held: Held, text: str) -> None:
    """Tell the other side: `tell` leaves out who acts."""
    if Standing.ASSESSOR in held.standing:
        tell_employee(by, held, text)
    else:
        tell_assessor(by, held, text)
