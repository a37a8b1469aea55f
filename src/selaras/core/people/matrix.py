"""The role-result matrix (matriks peran hasil, MPH): who of a team gives what to which result of the leader.

Columns are the leader's results, rows are people with their role, a cell holds what that person delivers for that
result. That a cell holds the result's statement is from memory; the roles are those of the public template. Moves by
drag or keyboard are pure functions: each gives a new matrix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.people.skp import Origin, Section, SkpPlan, SkpRow
from selaras.core.place import NOWHERE, Place
from selaras.core.spelling import quoted
from selaras.core.value import Value


class TeamRole(StrEnum):
    """Levels of roles in a team, highest first."""

    LEADER = "JPT"
    UNIT_HEAD = "Pimpinan Unit Kerja Mandiri"
    COORDINATOR = "Koordinator/Ketua Tim"
    GROUP_HEAD = "Ketua Kelompok"
    MEMBER = "Anggota"


@dataclass(frozen=True, slots=True)
class Member:
    """A person (code of the employee) with the role in the team; `position` is what the SKP is made for."""

    employee: str
    role: TeamRole
    position: str = ""
    name: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that a member delivers for one result of the leader (`result` is the order of the leader's row).

    Several cells may stand in one field of the grid, in the order of `order`.
    """

    employee: str
    result: int
    order: int
    text: str
    measure: str = ""
    target: Value | None = None
    unit: str = ""
    aspect: str = ""
    indicator: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix under one leader's SKP: the rows of `leader` are the columns here."""

    leader: SkpPlan
    results: tuple[SkpRow, ...]
    members: tuple[Member, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class GridLine:
    """One row of the grid: a member, and for each result of the leader what stands there."""

    member: Member
    fields: tuple[tuple[Cell, ...], ...]


def grid(matrix: Matrix) -> tuple[GridLine, ...]:
    """The matrix as it is shown: members by role and order, fields in the order of the leader's results."""
    roles = list(TeamRole)
    found: dict[tuple[str, int], list[Cell]] = {}
    for cell in sorted(matrix.cells, key=lambda cell: cell.order):
        found.setdefault((cell.employee, cell.result), []).append(cell)
    results = sorted(matrix.results, key=lambda row: row.order)
    members = sorted(matrix.members, key=lambda member: (roles.index(member.role), member.order, member.employee))
    return tuple(
        GridLine(member, tuple(tuple(found.get((member.employee, row.order), ())) for row in results))
        for member in members
    )


def put(matrix: Matrix, cell: Cell) -> Matrix:
    """The matrix with a cell written, in place of the one of the same key. Raises Refusal outside the grid."""
    _inside(matrix, cell.employee, cell.result)
    if not cell.text.strip():
        raise Refusal(
            "Sel matriks tidak dapat diisi.", Fault("Uraian hasil kosong", cell.place, expected="hasil kerja anggota")
        )
    kept = tuple(item for item in matrix.cells if _key(item) != _key(cell))
    return replace(matrix, cells=(*kept, cell))


def move(matrix: Matrix, cell: Cell, *, employee: str, result: int) -> Matrix:
    """The matrix with a cell dragged to another field, last there. Raises Refusal outside the grid or for no such cell."""
    _inside(matrix, employee, result)
    if cell not in matrix.cells:
        raise Refusal("Sel matriks tidak dapat dipindahkan.", Fault("Sel tidak ada", cell.place, read=cell.text))
    kept = tuple(item for item in matrix.cells if item != cell)
    last = max((item.order for item in kept if (item.employee, item.result) == (employee, result)), default=0)
    return replace(matrix, cells=(*kept, replace(cell, employee=employee, result=result, order=last + 1)))


def clear(matrix: Matrix, employee: str, result: int) -> Matrix:
    """The matrix with an empty field."""
    return replace(
        matrix, cells=tuple(item for item in matrix.cells if (item.employee, item.result) != (employee, result))
    )


def gaps(matrix: Matrix) -> tuple[Finding, ...]:
    """Results of the leader that nobody carries, members without any result, cells that stand nowhere."""
    carried, working = {cell.result for cell in matrix.cells}, {cell.employee for cell in matrix.cells}
    known_results, known_members = {row.order for row in matrix.results}, {item.employee for item in matrix.members}
    found = []
    for row in matrix.results:
        if row.section is Section.MAIN and row.order not in carried:
            what = f"{quoted(row.result)} dengan ukuran {quoted(row.measure)}"
            told = f"Tidak ada anggota yang mendukung hasil kerja {what}."
            found.append(_finding("MPH-RESULT", Severity.WARNING, told, row.place))
    for member in matrix.members:
        if member.employee not in working:
            told = f"{member.name or member.employee} belum mempunyai peran pada hasil kerja mana pun."
            found.append(_finding("MPH-MEMBER", Severity.WARNING, told, NOWHERE))
    for cell in matrix.cells:
        if cell.result not in known_results or cell.employee not in known_members:
            told = f"Sel {quoted(cell.text)} tidak berada pada anggota dan hasil kerja yang ada."
            found.append(_finding("MPH-CELL", Severity.ERROR, told, cell.place))
    return tuple(found)


def rows_for(matrix: Matrix, plan: SkpPlan) -> tuple[SkpRow, ...]:
    """The rows of a member's SKP out of the member's cells, with the leader's result that each supports.

    By the order of the leader's results, then of the cells; numbered from 1.
    """
    results = {row.order: row for row in matrix.results}
    own = [cell for cell in matrix.cells if cell.employee == plan.employee and cell.result in results]
    own.sort(key=lambda cell: (cell.result, cell.order))
    return tuple(_row(plan, matrix, results[cell.result], cell, number) for number, cell in enumerate(own, 1))


def columns(rows: Iterable[SkpRow]) -> tuple[SkpRow, ...]:
    """The leader's rows that a matrix has as columns: main results first, then additional ones, each in order."""
    return tuple(sorted(rows, key=lambda row: (row.section is Section.EXTRA, row.order)))


def _row(plan: SkpPlan, matrix: Matrix, result: SkpRow, cell: Cell, number: int) -> SkpRow:
    return SkpRow(
        plan.code, number, Section.MAIN, cell.text, cell.measure, cell.target, cell.unit, aspect=cell.aspect,
        supports=f"{result.result}: {result.measure}" if result.measure else result.result,
        parent_plan=matrix.leader.code, parent_order=result.order, indicator=cell.indicator, origin=Origin.MATRIX,
        place=cell.place,
    )  # fmt: skip


def _key(cell: Cell) -> tuple[str, int, int]:
    return cell.employee, cell.result, cell.order


def _inside(matrix: Matrix, employee: str, result: int) -> None:
    faults = []
    if employee not in {member.employee for member in matrix.members}:
        faults.append(Fault("Pegawai bukan anggota tim", read=employee, expected="anggota yang tercantum pada matriks"))
    if result not in {row.order for row in matrix.results}:
        orders = ", ".join(str(row.order) for row in matrix.results)
        faults.append(Fault("Hasil kerja pimpinan tidak ada", read=str(result), expected=orders))
    if faults:
        raise Refusal("Sel berada di luar matriks.", *faults)


def _finding(code: str, severity: Severity, message: str, place: Place) -> Finding:
    return Finding(
        code, "missing-element", severity, message, places=(place,) if place != NOWHERE else (),
        regulation="Permenpan-RB 6/2022", suggestion="Lengkapi matriks peran hasil.",
    )  # fmt: skip
