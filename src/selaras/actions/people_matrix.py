"""The role-result matrix of a team, filled by its leader (or by who assesses the leader): members, fields, moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.db.models import Max

from selaras.actions._people import Held, indicator_key, named, plan_held, refuse_state, value_columns, words
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.people import matrix as core
from selaras.core.people.matrix import Cell, Matrix, TeamRole
from selaras.core.people.skp import SkpState
from selaras.store import models as tables
from selaras.store.people import Standing
from selaras.store.people_matrix import load_matrix

KIND = "MPH"
OPEN = (SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED)
MOST_MEMBERS = 500


def set_member(
    by: Actor, *, agency: str, leader: str, employee: str, role: TeamRole, position: str = "", order: int | None = None
) -> Matrix:
    """Put an employee into the team of a leader's plan, or change role, position and order. Gives the new matrix.

    Raises Refusal, NotAllowed, NotFound.
    """
    with _matrix(by, agency, leader, "mengubah anggota matriks peran hasil") as (trace, held, matrix):
        pk = held.row.agency_id
        person = named(tables.Employee, pk, employee, "Pegawai")
        if person is None:
            raise Refusal("Anggota tidak disimpan.", Fault("pegawai belum dipilih", expected="kode pegawai"))
        if employee == held.plan.employee:
            raise Refusal("Anggota tidak disimpan.", Fault("pimpinan tim bukan anggotanya sendiri", read=employee))
        old = next((item for item in matrix.members if item.employee == employee), None)
        if old is None and len(matrix.members) >= MOST_MEMBERS:
            raise Refusal(
                "Anggota tidak disimpan.", Fault("anggota terlalu banyak", expected=f"paling banyak {MOST_MEMBERS}")
            )
        columns = {
            "role": role.value,
            "position": named(tables.Position, pk, position, "Jabatan"),
            "order": order if order is not None else (old.order if old else len(matrix.members) + 1),
        }
        tables.MatrixMember.objects.update_or_create(leader=held.row, employee=person, defaults=columns)
        trace.changed(KIND, leader, employee, old.role if old else "", role)
        return load_matrix(held.row)[0]


def remove_member(by: Actor, *, agency: str, leader: str, employee: str) -> Matrix:
    """Take an employee out of the team with all fields; an SKP that was drawn from them stays. Raises as `set_member`."""
    with _matrix(by, agency, leader, "mengeluarkan anggota matriks peran hasil") as (trace, held, _before):
        gone, _ = tables.MatrixMember.objects.filter(leader=held.row, employee__code=employee).delete()
        if not gone:
            raise NotFound(f"Pegawai {employee} bukan anggota tim ini.")
        trace.changed(KIND, leader, employee, "anggota", "")
        return load_matrix(held.row)[0]


def put_cell(by: Actor, *, agency: str, leader: str, cell: Cell, seen: str | None = None) -> Matrix:
    """Write one entry of a field; order 0 adds one behind the others. `seen` is the text that stood there before.

    Raises Conflict, Refusal outside the grid or for an empty text, NotAllowed, NotFound.
    """
    with _matrix(by, agency, leader, "mengisi matriks peran hasil") as (trace, held, matrix):
        old = _cell(matrix, cell.employee, cell.result, cell.order)
        if cell.order and old is None:
            raise NotFound("Isi matriks ini sudah tidak ada.")
        if seen is not None and old is not None and old.text not in {seen, cell.text}:
            raise Conflict("Isi matriks ini sudah diubah orang lain.", Clash("Hasil kerja", seen, old.text, cell.text))
        made = replace(
            cell,
            text=words(cell.text, "Hasil kerja"),
            order=cell.order or _last(matrix, cell.employee, cell.result) + 1,
        )
        after = core.put(matrix, made)
        _write(held, made)
        trace.changed(KIND, leader, f"{made.employee}, hasil {made.result}", old.text if old else "", made.text)
    return after


def move_cell(
    by: Actor, *, agency: str, leader: str, employee: str, result: int, order: int, to_employee: str, to_result: int
) -> Matrix:
    """Move one entry to another field, last there; by drag or by keyboard. Raises Refusal, NotAllowed, NotFound."""
    with _matrix(by, agency, leader, "memindahkan isi matriks peran hasil") as (trace, held, matrix):
        cell = _found(matrix, employee, result, order)
        after = core.move(matrix, cell, employee=to_employee, result=to_result)
        member = tables.MatrixMember.objects.get(leader=held.row, employee__code=to_employee)
        rows = tables.MatrixCell.objects.filter(member=member, result=to_result)
        free = max(rows.aggregate(last=Max("order"))["last"] or 0, 0) + 1
        if (employee, result) == (to_employee, to_result):
            free = max(free, order)
        tables.MatrixCell.objects.filter(
            member__leader=held.row, member__employee__code=employee, result=result, order=order
        ).update(member=member, result=to_result, order=free)
        trace.changed(KIND, leader, cell.text[:80], f"{employee}, hasil {result}", f"{to_employee}, hasil {to_result}")
    return after


def clear_cell(by: Actor, *, agency: str, leader: str, employee: str, result: int, order: int | None = None) -> Matrix:
    """Empty a field, or take one entry out of it. Raises NotFound, NotAllowed, Refusal."""
    with _matrix(by, agency, leader, "mengosongkan isi matriks peran hasil") as (trace, held, matrix):
        rows = tables.MatrixCell.objects.filter(member__leader=held.row, member__employee__code=employee, result=result)
        if order is not None:
            _found(matrix, employee, result, order)
            rows = rows.filter(order=order)
        was = "; ".join(rows.values_list("text", flat=True))
        rows.delete()
        trace.changed(KIND, leader, f"{employee}, hasil {result}", was, "")
        return load_matrix(held.row)[0]


@contextmanager
def _matrix(by: Actor, agency: str, leader: str, action: str) -> Iterator[tuple[Trace, Held, Matrix]]:
    """The matrix of a leader's plan during an act of the leader or the leader's assessor."""
    with plan_held(by, agency, leader, action, Standing.OWN, Standing.ASSESSOR) as (trace, held):
        refuse_state(held.plan, *OPEN)
        yield trace, held, load_matrix(held.row)[0]


def _write(held: Held, cell: Cell) -> None:
    member = tables.MatrixMember.objects.get(leader=held.row, employee__code=cell.employee)
    columns = {
        "text": cell.text, "measure": words(cell.measure, "Indikator", empty=True), "unit": cell.unit.strip(),
        "aspect": cell.aspect, "indicator_id": indicator_key(held.row.agency_id, cell.indicator),
        **value_columns("target", cell.target),
    }  # fmt: skip
    tables.MatrixCell.objects.update_or_create(member=member, result=cell.result, order=cell.order, defaults=columns)


def _cell(matrix: Matrix, employee: str, result: int, order: int) -> Cell | None:
    return next(
        (cell for cell in matrix.cells if (cell.employee, cell.result, cell.order) == (employee, result, order)), None
    )


def _found(matrix: Matrix, employee: str, result: int, order: int) -> Cell:
    cell = _cell(matrix, employee, result, order)
    if cell is None:
        raise NotFound("Isi matriks ini sudah tidak ada.")
    return cell


def _last(matrix: Matrix, employee: str, result: int) -> int:
    return max((cell.order for cell in matrix.cells if (cell.employee, cell.result) == (employee, result)), default=0)
