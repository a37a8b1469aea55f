"""SKPs set up, their heads changed, divided when somebody moves, removed."""

from __future__ import annotations

from datetime import date

from selaras.actions._people import (
    BOTH,
    KIND,
    named,
    plan_held,
    refuse_state,
    words,
)
from selaras.actions._people_plans import (
    agreement_for,
    checked,
    free_code,
    planned,
    refuse_overlap,
)
from selaras.actions._people_rows import (
    apply_changes,
)
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, may
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.org import Capacity
from selaras.core.people.drawing import refresh
from selaras.core.people.skp import (
    Method,
    SkpForm,
    SkpPlan,
    SkpState,
    divide,
)
from selaras.core.period import Span
from selaras.store import models as tables
from selaras.store.people import WITH, Standing, me_in
from selaras.store.people_drawing import drawn_rows
from selaras.store.rows import shown
from selaras.store.snapshot import find_agency


def create_plan(
    by: Actor,
    *,
    agency: str,
    year: int,
    position: str,
    employee: str = "",
    form: SkpForm | None = None,
    method: Method = Method.QUANTITATIVE,
    since: date | None = None,
    until: date | None = None,
    assessor: str = "",
    capacity: Capacity = Capacity.DEFINITIVE,
    cycle: Span = Span.QUARTER,
    agreement: str = "",
    code: str = "",
    draw: bool = True,
) -> SkpPlan:
    """Set up the SKP of a position, and of an employee in it; as acting official with `capacity` and its own days.

    Done by the person, by the assessor, or by the staff office (which then reads nothing of it). Without a form the
    promiser of an agreement of the year has that of heads, everybody else that of staff; without an assessor it is the
    position above. With `draw` the rows of PK and matrix stand in it at once where there are any. Raises Refusal (days
    outside the year, overlap with another plan, own assessor), NotAllowed, NotFound.
    """
    with traced(by, action="membuat SKP", agency=agency) as trace:
        me = me_in(by, agency)
        pk, _ = find_agency(agency)
        place = named(tables.Position, pk, position, "Jabatan")
        if place is None:
            raise Refusal("SKP tidak dibuat.", Fault("jabatan belum dipilih", expected="kode jabatan"))
        person = named(tables.Employee, pk, employee, "Pegawai")
        above = named(tables.Position, pk, assessor, "Jabatan") or place.superior
        if above is not None and above.pk == place.pk:
            raise Refusal("SKP tidak dibuat.", Fault("pejabat penilai sama dengan yang dinilai", read=above.code))
        home = (person.unit if person else None) or place.unit
        unit = home.code if home else ""
        own = person.code == me.employee if person else position in me.held
        assesses = above is not None and above.code in me.held
        if not (own or assesses or may(by, Act.MANAGE_SKP, agency, unit)):
            raise NotAllowed(f"{by.name} tidak berhak membuat SKP untuk jabatan {position}.")
        promised = agreement_for(pk, year, position, agreement)
        chosen = form or (SkpForm.HEAD if promised else SkpForm.STAFF)
        first, last = since or date(year, 1, 1), until or date(year, 12, 31)
        plan = planned(
            code or free_code(pk, year, position, employee), year, position, chosen, method, first, last, cycle,
            employee, above.code if above else "", capacity, promised.code if promised else "", unit,
        )  # fmt: skip
        refuse_overlap(pk, plan)
        if tables.SkpPlan.objects.filter(agency=pk, code=plan.code).exists():
            raise Refusal("SKP tidak dibuat.", Fault("kode ini sudah dipakai", read=plan.code))
        row = tables.SkpPlan.objects.create(
            agency_id=pk, code=plan.code, year=year, position=place, employee=person, assessor=above, agreement=promised,
            form=chosen.value, method=method.value, since=first, until=last, capacity=capacity.value, cycle=cycle.value,
            unit=unit, state=SkpState.DRAFT.value,
        )  # fmt: skip
        trace |= {"plan": plan.code, "year": year, "position": position}
        trace.changed(KIND, plan.code, "", "", "baru")
        if draw:
            _draw_at_once(trace, row)
    return plan


def edit_plan(
    by: Actor, *, agency: str, code: str, assessor: str | None = None, agreement: str | None = None,
    method: Method | None = None, cycle: Span | None = None, since: date | None = None, until: date | None = None,
    signed_at: str | None = None,
) -> SkpPlan:  # fmt: skip
    """Change what stands in the head of a draft; None leaves a value as it is. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "mengubah SKP", *BOTH, manager=True) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        row, pk = held.row, held.row.agency_id
        if assessor is not None and assessor != held.plan.assessor:
            if Standing.OWN in held.standing and not held.manages and assessor in held.me.held:
                raise NotAllowed("Pegawai tidak dapat menetapkan dirinya sebagai pejabat penilai.")
            row.assessor = named(tables.Position, pk, assessor, "Jabatan")
        if agreement is not None:
            row.agreement = named(tables.Agreement, pk, agreement, "Perjanjian kinerja")
        row.method = (method or held.plan.method).value
        row.cycle = (cycle or held.plan.cycle).value
        row.since, row.until = since or held.plan.since, until or held.plan.until
        row.signed_at = held.plan.signed_at if signed_at is None else words(signed_at, "Tempat", empty=True, most=200)
        after = checked(row)
        if after.assessor and after.assessor == after.position:
            raise Refusal("SKP tidak diubah.", Fault("pejabat penilai sama dengan yang dinilai", read=after.assessor))
        refuse_overlap(pk, after)
        for name, label in (
            ("assessor", "Pejabat penilai"), ("agreement", "PK"), ("method", "Pendekatan"), ("cycle", "Periode"),
            ("since", "Mulai"), ("until", "Sampai"), ("signed_at", "Tempat"),
        ):  # fmt: skip
            was, now = shown(getattr(held.plan, name)), shown(getattr(after, name))
            if was != now:
                trace.changed(KIND, code, label, was, now)
        row.save()
    return after


def divide_plan(
    by: Actor, *, agency: str, code: str, on: date, position: str, assessor: str = "", new_code: str = ""
) -> tuple[SkpPlan, SkpPlan]:
    """Divide a plan because its person takes another position on a day: the old one ends the day before, a draft begins.

    Done by the staff office or the assessor. Raises Refusal for a day outside the plan, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "membagi SKP", Standing.ASSESSOR, manager=True) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED)
        pk = held.row.agency_id
        place = named(tables.Position, pk, position, "Jabatan")
        if place is None:
            raise Refusal("SKP tidak dibagi.", Fault("jabatan yang baru belum dipilih", expected="kode jabatan"))
        above = named(tables.Position, pk, assessor, "Jabatan") or place.superior
        first, second = divide(
            held.plan, on, code=new_code or free_code(pk, held.plan.year, position, held.plan.employee),
            position=position, assessor=above.code if above else "", unit=place.unit.code if place.unit else "",
        )  # fmt: skip
        held.row.until = first.until
        held.row.save()
        tables.SkpPlan.objects.create(
            agency_id=pk, code=second.code, year=second.year, position=place, employee=held.row.employee, assessor=above,
            form=second.form.value, method=second.method.value, since=second.since, until=second.until,
            capacity=second.capacity.value, cycle=second.cycle.value, unit=second.unit, state=second.state.value,
        )  # fmt: skip
        trace.changed(KIND, code, "Sampai", shown(held.plan.until), shown(first.until))
        trace.changed(KIND, second.code, "", "", "baru", f"pindah jabatan dari {held.plan.position}")
        trace["second"] = second.code
    return first, second


def remove_plan(by: Actor, *, agency: str, code: str, reason: str) -> None:
    """Delete a draft on which nothing was said or realised yet. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "menghapus SKP", *BOTH, manager=True) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        told = words(reason, "Alasan")
        parts = held.parts()
        if parts.dialogues or parts.feedback or parts.results or parts.assessments or held.row.members.exists():
            raise Refusal(
                f"SKP {code} sudah dipakai.", Fault("SKP mempunyai catatan, realisasi, atau matriks", held.plan.place)
            )
        held.row.delete()
        trace.changed(KIND, code, "", code, "", told)


def _draw_at_once(trace: Trace, row: tables.SkpPlan) -> None:
    held = tables.SkpPlan.objects.select_related(*WITH).get(pk=row.pk)
    try:
        drawn = drawn_rows(held)
    except Refusal:
        return  # nothing to draw from yet; the page says so
    apply_changes(trace, held, [], refresh((), drawn))
