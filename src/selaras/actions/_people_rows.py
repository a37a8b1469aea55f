"""The steps inside the verbs on rows of an SKP: stored with their history, deleted if nothing uses them, never typed anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from selaras.actions._people import KIND, Held, columns_of, differences, free_order
from selaras.actions.audit import Trace
from selaras.core.errors import Clash, Conflict, Fault, Refusal
from selaras.core.people.drawing import ChangeKind, RowChange
from selaras.core.people.skp import SkpRow
from selaras.store import models as tables
from selaras.store.people import superior_rows
from selaras.store.rows import shown


def apply_changes(trace: Trace, plan: tables.SkpPlan, rows: list[SkpRow], changes: Iterable[RowChange]) -> None:
    """Rows that go, rows that change in their place, then new rows behind the last number."""
    listed = tuple(changes)
    for change in listed:
        if change.kind is ChangeKind.GONE and change.before is not None:
            delete_row(trace, plan, change.before, "tidak ada lagi pada sumbernya")
        elif change.kind is ChangeKind.CHANGED and change.after is not None:
            store_row(trace, plan, change.before, change.after, "ditarik dari sumbernya")
    order = free_order(rows)
    for change in listed:
        if change.kind is ChangeKind.NEW and change.after is not None:
            insert_row(trace, plan, replace(change.after, order=order))
            order += 1


def insert_row(trace: Trace, plan: tables.SkpPlan, row: SkpRow) -> None:
    """A new row of a plan."""
    store_row(trace, plan, None, replace(row, plan=plan.code), "")


def store_row(trace: Trace, plan: tables.SkpPlan, old: SkpRow | None, row: SkpRow, reason: str) -> None:
    """Store a row and remember what changed."""
    columns = columns_of(plan.agency_id, row)
    tables.SkpRow.objects.update_or_create(plan=plan, order=row.order, defaults=columns)
    for name, was, now in differences(old, row):
        trace.changed(KIND, plan.code, name, was, now, reason)


def delete_row(trace: Trace, plan: tables.SkpPlan, row: SkpRow, reason: str) -> None:
    """Delete a row that nothing uses; else Refusal."""
    uses = [
        ("umpan balik", tables.SkpFeedback.objects.filter(plan=plan, row=row.order)),
        ("realisasi", tables.SkpResult.objects.filter(plan=plan, order=row.order)),
        ("matriks peran hasil", tables.MatrixCell.objects.filter(member__leader=plan, result=row.order)),
        ("hasil kerja bawahan", tables.SkpRow.objects.filter(parent__plan=plan, parent__order=row.order)),
    ]
    used = [name for name, rows in uses if rows.exists()]
    if used:
        fault = Fault(
            "hasil kerja masih dipakai", row.place, row.result[:120], remedy=f"Lepaskan dahulu dari {', '.join(used)}."
        )
        raise Refusal(f"Hasil kerja {row.order} tidak dapat dihapus.", fault)
    tables.SkpRow.objects.filter(plan=plan, order=row.order).delete()
    for name, was, now in differences(row, None):
        trace.changed(KIND, plan.code, name, was, now, reason)


def refuse_clash(old: SkpRow | None, made: SkpRow, seen: dict[str, str] | None) -> None:
    """Raise Conflict where somebody else changed what the person saw."""
    clashes = []
    for name, was in (seen or {}).items():
        stands, given = shown(getattr(old, name)) if old else "", shown(getattr(made, name))
        if stands not in {was, given}:
            clashes.append(Clash(name, was, stands, given))
    if clashes:
        raise Conflict("Hasil kerja ini sudah diubah orang lain sejak Anda membukanya.", *clashes)


def refuse_typed(old: SkpRow, made: SkpRow) -> None:
    """Refuse to type over what was drawn."""
    faults = [
        Fault(label, old.place, now, was or "kosong", f"Ubah pada sumbernya, yaitu {old.origin}, lalu tarik kembali.")
        for name, label in (
            ("result", "hasil kerja"),
            ("measure", "indikator"),
            ("target", "target"),
            ("unit", "satuan"),
        )
        if (now := shown(getattr(made, name))) != (was := shown(getattr(old, name)))
    ]
    if faults:
        raise Refusal("Baris yang ditarik tidak diketik ulang.", *faults)


def with_parent(agency: str, held: Held, row: SkpRow) -> SkpRow:
    """The row with the words of the superior's row that it supports. Raises Refusal for a row that is not the assessor's."""
    above = next((item for item in superior_rows(agency, held.plan) if item.key == row.parent), None)
    if above is None:
        fault = Fault("bukan hasil kerja pejabat penilai", row.place, f"{row.parent_plan} nomor {row.parent_order}")
        raise Refusal("Hasil kerja tidak disimpan.", fault)
    return replace(row, supports=f"{above.result}: {above.measure}" if above.measure else above.result)
