"""SKPs on their way: set up, drawn from PK and matrix, filled in, proposed, agreed; divided when somebody moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from selaras.actions._people import (
    KIND,
    free_order,
    moved,
    named,
    plan_held,
    refuse_state,
    tell_assessor,
    tell_employee,
    words,
)
from selaras.actions._people_plans import (
    agreement_for,
    checked,
    free_code,
    planned,
    refuse_overlap,
    refuse_self,
    refuse_unfit,
)
from selaras.actions._people_rows import (
    apply_changes,
    delete_row,
    insert_row,
    refuse_clash,
    refuse_typed,
    store_row,
    with_parent,
)
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, may
from selaras.core.errors import Clash, Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.org import Capacity
from selaras.core.people.drawing import RowChange, draw_acting, draw_standard, refresh
from selaras.core.people.skp import (
    AnnexKind,
    Method,
    Origin,
    SkpForm,
    SkpPlan,
    SkpRow,
    SkpState,
    divide,
)
from selaras.core.period import Span
from selaras.store import models as tables
from selaras.store.people import WITH, Standing, me_in, rules_of
from selaras.store.people_drawing import drawn_rows, fingerprint, goals_of
from selaras.store.people_rows import parts_of, plan_record
from selaras.store.rows import shown
from selaras.store.snapshot import find_agency

BOTH = (Standing.OWN, Standing.ASSESSOR)
TYPED = frozenset({"section", "perspective", "aspect"})
"""What people choose in a row that was drawn; the rest follows from its source."""


@dataclass(frozen=True, slots=True)
class Many:
    """What became of several plans: codes that went through, and why others did not."""

    done: tuple[str, ...]
    refused: dict[str, str]


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


def draw_rows(by: Actor, *, agency: str, code: str, shown_as: str = "") -> tuple[RowChange, ...]:
    """Draw the rows of PK and matrix anew into a draft: new and changed ones come in, those without a source go.

    `shown_as` is the fingerprint (`store.people_drawing.fingerprint`) of the changes that the person saw before; if
    the sources changed meanwhile nothing is done. Rows that people wrote stay. Raises Conflict, Refusal (nothing to draw
    from, a row that goes is in use), NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "menarik hasil kerja SKP", *BOTH, manager=True) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        changes = refresh(held.parts("rows").rows, drawn_rows(held.row))
        if shown_as and shown_as != fingerprint(changes):
            raise Conflict(
                "Sumbernya berubah sejak Anda melihatnya; lihat kembali perubahannya.",
                Clash("Hasil kerja", shown_as, fingerprint(changes), shown_as),
            )
        apply_changes(trace, held.row, held.parts("rows").rows, changes)
    return changes


def take_goals(by: Actor, *, agency: str, code: str) -> tuple[SkpRow, ...]:
    """Take the goals of the promiser that a workbook brought as rows of an empty draft. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "mengambil sasaran kinerja dari buku kerja", *BOTH, manager=True) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        if held.parts("rows").rows:
            raise Refusal("SKP ini sudah memuat hasil kerja.", Fault("SKP tidak kosong", held.plan.place))
        rows = goals_of(held.row)
        for row in rows:
            insert_row(trace, held.row, row)
    return rows


def take_standard(by: Actor, *, agency: str, code: str, standard: str) -> SkpRow:
    """Put one of the rows that many heads carry into a draft (by its code in the rulebook). Raises as `save_row`."""
    with plan_held(by, agency, code, "mengambil baris baku SKP", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        offered = next((item for item in rules_of(held.plan.year).skp.standard_rows if item.code == standard), None)
        if offered is None:
            raise NotFound(f"Baris baku {standard} tidak ditemukan.")
        rows = held.parts("rows").rows
        if any(row.origin is Origin.STANDARD and row.measure == offered.measure for row in rows):
            raise Refusal("Baris ini sudah ada.", Fault("baris baku ganda", read=offered.measure))
        row = draw_standard(held.plan, offered, free_order(rows))
        insert_row(trace, held.row, row)
    return row


def take_acting(by: Actor, *, agency: str, code: str, acting: str) -> tuple[SkpRow, ...]:
    """Take the results of one's plan as acting official (Plt/Plh) into the own draft; those already there stay once.

    Raises Refusal where the capacity brings none, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengambil hasil kerja pelaksana tugas", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        other = tables.SkpPlan.objects.select_related(*WITH).filter(agency=held.row.agency_id, code=acting).first()
        if other is None or other.employee_id != held.row.employee_id or other.year != held.plan.year:
            raise NotFound(f"SKP {acting} tidak ditemukan.")
        rows = held.parts("rows").rows
        theirs = parts_of([other.pk], ["rows"]).get(acting)
        known = {(row.result, row.measure) for row in rows}
        taken = draw_acting(
            held.plan, plan_record(other), theirs.rows if theirs else (), rules_of(held.plan.year).skp, free_order(rows)
        )
        fresh = tuple(row for row in taken if (row.result, row.measure) not in known)
        if not fresh:
            raise Refusal("Tidak ada hasil kerja yang diambil.", Fault("tidak ada baris baru", read=acting))
        for row in fresh:
            insert_row(trace, held.row, row)
    return fresh


def save_row(
    by: Actor, *, agency: str, code: str, row: SkpRow, seen: dict[str, str] | None = None, reason: str = ""
) -> SkpRow:
    """Write one row of a draft; order 0 makes a new one. Of a drawn row only section, perspective and aspect are chosen.

    `seen` holds, by field, what the person saw (`store.rows.shown`). A parent must be a row of the assessor. Raises
    Conflict, Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengubah hasil kerja SKP", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        rows = held.parts("rows").rows
        old = next((item for item in rows if item.order == row.order), None)
        if row.order and old is None:
            raise NotFound(f"Hasil kerja {row.order} tidak ditemukan pada SKP {code}.")
        made = replace(
            row, plan=code, order=old.order if old else free_order(rows), origin=old.origin if old else Origin.OWN,
            line=old.line if old else None,
        )  # fmt: skip
        refuse_clash(old, made, seen)
        if old is not None and old.origin is not Origin.OWN:
            refuse_typed(old, made)
            made = replace(old, **{name: getattr(made, name) for name in TYPED})
        words(made.result, "Hasil kerja")
        words(made.measure, "Indikator", empty=True)
        if made.parent is not None and (old is None or made.parent != old.parent):
            made = with_parent(agency, held, made)
        store_row(trace, held.row, old, made, reason)
    return made


def remove_row(by: Actor, *, agency: str, code: str, order: int, reason: str = "") -> None:
    """Take a row out of a draft; one that feedback, realisation or the matrix already uses stays.

    Raises Refusal, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "menghapus hasil kerja SKP", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        old = next((item for item in held.parts("rows").rows if item.order == order), None)
        if old is None:
            raise NotFound(f"Hasil kerja {order} tidak ditemukan pada SKP {code}.")
        delete_row(trace, held.row, old, reason)


def set_behaviour(by: Actor, *, agency: str, code: str, value: str, expectation: str) -> None:
    """Write the leader's special expectation on one core value (empty takes it away); the assessor's alone.

    Raises Refusal for a value that is none, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengisi ekspektasi perilaku", Standing.ASSESSOR) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT, SkpState.PROPOSED)
        known = {item.code: item.name for item in rules_of(held.plan.year).skp.values}
        if value not in known:
            raise Refusal(
                "Ekspektasi tidak disimpan.", Fault("nilai dasar tidak dikenal", read=value, expected=" | ".join(known))
            )
        text = words(expectation, "Ekspektasi", empty=True)
        rows = tables.SkpBehaviour.objects.filter(plan=held.row, value=value)
        if text:
            tables.SkpBehaviour.objects.update_or_create(plan=held.row, value=value, defaults={"expectation": text})
        else:
            rows.delete()
        trace.changed(KIND, code, f"Ekspektasi {known[value]}", "", "diisi" if text else "dikosongkan")


def set_annex(by: Actor, *, agency: str, code: str, kind: AnnexKind, entries: Iterable[str]) -> None:
    """Write one of the three lists of the annex anew; empty entries are left out. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "mengisi lampiran SKP", *BOTH) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT, SkpState.PROPOSED)
        texts = [words(text, "Lampiran") for text in entries if text.strip()]
        if len(texts) > 100:
            raise Refusal(
                "Lampiran tidak disimpan.", Fault("terlalu banyak", read=str(len(texts)), expected="paling banyak 100")
            )
        tables.SkpAnnex.objects.filter(plan=held.row, kind=kind.value).delete()
        tables.SkpAnnex.objects.bulk_create(
            tables.SkpAnnex(plan=held.row, kind=kind.value, order=order, text=text)
            for order, text in enumerate(texts, 1)
        )
        trace.changed(KIND, code, f"Lampiran {kind}", "", f"{len(texts)} butir")


def propose(by: Actor, *, agency: str, code: str) -> SkpPlan:
    """Hand a draft to the assessor, who is told; what is missing altogether is refused.

    Raises Refusal with every error of the check, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengajukan SKP", Standing.OWN) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        refuse_unfit(held)
        moved(trace, held, SkpState.PROPOSED)
        tell_assessor(by, held, f"SKP {held.row.position.title} diajukan dan menunggu persetujuan.")
    return plan_record(held.row)


def return_plan(by: Actor, *, agency: str, code: str, note: str) -> SkpPlan:
    """Give a proposed plan back, or open an agreed one anew, with a note that says why. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "mengembalikan SKP", Standing.ASSESSOR) as (trace, held):
        refuse_self(held)
        refuse_state(held.plan, SkpState.PROPOSED, SkpState.AGREED)
        told = words(note, "Catatan")
        moved(trace, held, SkpState.DRAFT, told)
        tell_employee(by, held, f"SKP dikembalikan: {told[:300]}")
    return plan_record(held.row)


def agree(by: Actor, *, agency: str, code: str, on: date | None = None) -> SkpPlan:
    """Set the expectations as proposed; the assessor's alone, never the person's own. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "menyepakati SKP", Standing.ASSESSOR) as (trace, held):
        refuse_self(held)
        refuse_state(held.plan, SkpState.PROPOSED)
        refuse_unfit(held)
        moved(trace, held, SkpState.AGREED, signed_on=on or timezone.localdate())
        tell_employee(by, held, f"SKP {held.row.position.title} disepakati.")
    return plan_record(held.row)


def agree_many(by: Actor, *, agency: str, codes: Iterable[str]) -> Many:
    """Agree to several plans; each for itself, so that one that cannot be agreed holds no other back."""
    done, refused = [], {}
    for code in dict.fromkeys(codes):
        try:
            agree(by, agency=agency, code=code)
            done.append(code)
        except Refusal as refusal:
            refused[code] = refusal.faults[0].sentence() if refusal.faults else refusal.message
    return Many(tuple(done), refused)


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
