"""After a rating: objection to the assessor's superior, its decision, and the final result."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from selaras.actions._people import (
    BOTH,
    Held,
    moved,
    plan_held,
    refuse_state,
    tell_assessor,
    tell_employee,
    words,
)
from selaras.core.access import Actor
from selaras.core.calendar import format_date
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.people.objection import Objection, Outcome, check_objection
from selaras.core.people.ratings import Rating
from selaras.core.people.realisation import Assessment
from selaras.core.people.skp import SkpPlan, SkpState
from selaras.core.period import Span
from selaras.store import models as tables
from selaras.store.people import Standing, objection_until
from selaras.store.people_rows import objection_record, plan_record


def file_objection(by: Actor, *, agency: str, code: str, reason: str, received_on: date | None = None) -> Objection:
    """Object to the rating of the year, with reasons, to the assessor's superior, who is told; within the deadline.

    `received_on` is the day on which the person got the result, else that of the rating. Raises Refusal (late, no
    reason), NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengajukan keberatan", Standing.OWN) as (trace, held):
        refuse_state(held.plan, SkpState.EVALUATED)
        annual = _annual(held)
        received, today = received_on or annual.on, timezone.localdate()
        if not annual.on <= received <= today:
            fault = Fault(
                "tanggal hasil diterima",
                read=format_date(received),
                expected=f"{format_date(annual.on)} sampai hari ini",
            )
            raise Refusal("Keberatan tidak diajukan.", fault)
        made = Objection(code, received, today, words(reason, "Alasan keberatan"))
        superior = _superior(held)
        found = check_objection(
            made, assessor=held.plan.assessor, superior=superior, until=objection_until(held.plan, received)
        )
        if found:
            raise Refusal(
                "Keberatan tidak diajukan.",
                *(Fault(item.message.rstrip("."), held.plan.place, item.stated, item.expected) for item in found),
            )
        tables.SkpObjection.objects.create(plan=held.row, received_on=received, filed_on=today, reason=made.reason)
        moved(trace, held, SkpState.OBJECTED)
        tell_assessor(by, held, f"Keberatan atas penilaian SKP {held.row.position.title} diajukan.")
        tell_assessor(by, held, f"Keberatan atas penilaian SKP {held.row.position.title} menunggu putusan.", above=True)
    return made


def decide_objection(
    by: Actor, *, agency: str, code: str, outcome: Outcome, ground: str, results: Rating | None = None,
    behaviour: Rating | None = None,
) -> Objection:  # fmt: skip
    """Decide on an objection: keep the rating or change it, with grounds; the decision is final.

    Only the holder of the position above the assessor's decides, and never on the own plan or rating. Raises Refusal,
    NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "memutus keberatan", Standing.SUPERIOR) as (trace, held):
        if held.standing & {Standing.OWN, Standing.ASSESSOR}:
            raise NotAllowed("Keberatan diputus oleh atasan pejabat penilai, bukan oleh pegawai atau penilainya.")
        refuse_state(held.plan, SkpState.OBJECTED)
        row = held.row.objection
        filed = objection_record(row, code)
        superior = _superior(held)
        made = Objection(
            code,
            filed.received_on,
            filed.filed_on,
            filed.reason,
            superior,
            timezone.localdate(),
            outcome,
            results,
            behaviour,
            words(ground, "Pertimbangan"),
        )
        until = objection_until(held.plan, filed.received_on)
        found = check_objection(made, assessor=held.plan.assessor, superior=superior, until=until)
        if found:
            raise Refusal(
                "Keberatan tidak diputus.",
                *(Fault(item.message.rstrip("."), held.plan.place, item.stated, item.expected) for item in found),
            )
        row.decider, row.decided_on, row.outcome, row.ground = superior, made.decided_on, outcome.value, made.ground
        row.results, row.behaviour = results.value if results else "", behaviour.value if behaviour else ""
        row.save()
        moved(trace, held, SkpState.FINAL)
        tell_employee(by, held, f"Keberatan atas penilaian SKP {held.row.position.title} sudah diputus.")
        tell_assessor(by, held, f"Keberatan atas penilaian SKP {held.row.position.title} sudah diputus.")
    return made


def finalise(by: Actor, *, agency: str, code: str) -> SkpPlan:
    """Make the rating of the year final: the person accepts it, or the assessor once no objection can come any more.

    Raises Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "menetapkan penilaian SKP final", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.EVALUATED)
        until = objection_until(held.plan, _annual(held).on)
        if Standing.OWN not in held.standing and timezone.localdate() <= until:
            fault = Fault("masa keberatan belum berakhir", held.plan.place, expected=f"setelah {format_date(until)}")
            raise Refusal("Penilaian belum dapat ditetapkan final.", fault)
        moved(trace, held, SkpState.FINAL)
    return plan_record(held.row)


def _annual(held: Held) -> Assessment:
    found = next((item for item in held.parts("assessments").assessments if item.period.span is Span.YEAR), None)
    if found is None:
        raise Refusal("Belum ada penilaian tahunan.", Fault("penilaian tahunan", held.plan.place))
    return found


def _superior(held: Held) -> str:
    position = held.row.assessor
    if position is None or position.superior is None:
        fault = Fault(
            "atasan pejabat penilai belum dicatat", held.plan.place, held.plan.assessor,
            remedy="Minta kepegawaian melengkapi atasan jabatan itu.",
        )  # fmt: skip
        raise Refusal("Keberatan tidak dapat diproses.", fault)
    return str(position.superior.code)
