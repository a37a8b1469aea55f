"""What stands in an SKP while it is drafted: rows drawn from PK and matrix or written, behaviour, annexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from selaras.actions._people import (
    BOTH,
    KIND,
    free_order,
    plan_held,
    refuse_state,
    words,
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
from selaras.core.access import Actor
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.people.drawing import RowChange, draw_acting, draw_standard, refresh
from selaras.core.people.skp import (
    AnnexKind,
    Origin,
    SkpRow,
    SkpState,
)
from selaras.store import models as tables
from selaras.store.people import WITH, Standing, rules_of
from selaras.store.people_drawing import drawn_rows, fingerprint, goals_of
from selaras.store.people_rows import parts_of, plan_record

TYPED = frozenset({"section", "perspective", "aspect"})
"""What people choose in a row that was drawn; the rest follows from its source."""


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
