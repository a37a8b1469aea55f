"""The matrix of a team as each person may see it, and who can be taken into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from selaras.core.access import Actor
from selaras.core.people.matrix import Cell, Matrix, Member, TeamRole
from selaras.core.people.matrix import columns as columns_of
from selaras.core.value import Value
from selaras.store import models as tables
from selaras.store.models.columns import VALUE_PARTS, value_of
from selaras.store.people import (
    Face,
    Standing,
    face_of,
    holders_of,
    me_in,
    missing_plan,
    objection_of,
    plan_row,
    standing_of,
)
from selaras.store.people_rows import parts_of, plan_record
from selaras.store.rows import tidy


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The matrix of a team as one may see it: whole for the leader and above, one's own row for a member."""

    matrix: Matrix
    leader: Face
    standing: frozenset[Standing]
    positions: Mapping[str, str]
    """Titles by code of position."""


def matrix_of(actor: Actor, agency: str, code: str, *, printed: bool = False) -> MatrixView:
    """The matrix under a leader's plan. Five queries, one more for who holds the leader's position when `printed`.

    The leader and the leader's assessor see it whole, a member the own row. Raises NotFound for everybody else.
    """
    me = me_in(actor, agency)
    row = plan_row(me.agency, code)
    plan, objection = plan_record(row), objection_of(row)
    superior = row.assessor.superior.code if row.assessor and row.assessor.superior else ""
    standing = standing_of(me, plan, superior, objection)
    matrix, positions = load_matrix(row)
    if not standing:
        members = tuple(item for item in matrix.members if me.employee and item.employee == me.employee)
        if not members:
            raise missing_plan(code)
        cells = tuple(cell for cell in matrix.cells if cell.employee == me.employee)
        matrix = Matrix(matrix.leader, matrix.results, members, cells)
    holders = holders_of(row, [row.position]) if printed else {}
    return MatrixView(matrix, face_of(row, holders, whole=False), standing, positions)


def load_matrix(row: tables.SkpPlan) -> tuple[Matrix, dict[str, str]]:
    """The whole matrix under a plan, and the titles of the members' positions; three queries, no look at rights."""
    members = list(row.members.select_related("employee", "position").order_by("order", "pk"))
    cells = tables.MatrixCell.objects.filter(member__leader=row).order_by("member", "result", "order")
    columns = ("member__employee__code", "result", "order", "text", "measure", "unit", "aspect", "indicator__code")
    made = tuple(
        Cell(employee, result, order, words, measure, _value(value), unit, aspect, indicator or "")
        for employee, result, order, words, measure, unit, aspect, indicator, *value in cells.values_list(
            *columns, *(f"target_{part}" for part in VALUE_PARTS)
        )
    )
    parts = parts_of([row.pk], ["rows"]).get(row.code)
    team = tuple(
        Member(
            item.employee.code, TeamRole(item.role), item.position.code if item.position else "", item.employee.name,
            item.order,
        )
        for item in members
    )  # fmt: skip
    titles = {item.position.code: item.position.title for item in members if item.position}
    return Matrix(plan_record(row), columns_of(parts.rows if parts else ()), team, made), titles


def team_candidates(agency: str, year: int, leader: str, search: str = "", most: int = 30) -> tuple[Face, ...]:
    """Employees who are not yet in the team of a leader's plan, by name or job; one query."""
    inside = tables.MatrixMember.objects.filter(leader__agency__code=agency, leader__code=leader)
    found = tables.Employee.objects.filter(agency__code=agency).exclude(pk__in=inside.values("employee"))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(job__icontains=search) | Q(code=search))
    del year
    rows = found.order_by("name", "pk").values_list("code", "name", "job", "rank", "unit__name")[:most]
    return tuple(Face(code, job, name, "", rank, unit or "") for code, name, job, rank, unit in rows)


def _value(parts: Any) -> Value | None:
    kind, amount, upper, grade, flag = parts
    return value_of(kind, tidy(amount), tidy(upper), grade, flag)
