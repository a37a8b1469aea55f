"""Rows that an SKP could draw: from the agreement it names, from the matrices its employee stands in; and what would change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q

from selaras.core.access import Actor
from selaras.core.agreements import AgreementLine, HeadGoal
from selaras.core.errors import Fault, Refusal
from selaras.core.people.drawing import ChangeKind, RowChange, draw_head, draw_staff, refresh
from selaras.core.people.matrix import Cell, Matrix, Member, TeamRole, columns
from selaras.core.people.skp import Origin, SkpRow, rows_of
from selaras.core.planning import Indicator
from selaras.store import models as tables
from selaras.store.models.columns import value_of
from selaras.store.people import me_in, readable_row, rules_of
from selaras.store.people_rows import NAMED, parts_of, plan_record
from selaras.store.rows import shown, tidy
from selaras.store.together import load_together


def changes_of(actor: Actor, agency: str, code: str) -> tuple[RowChange, ...]:
    """What drawing again would change in a plan that the actor may read; nothing is applied.

    Raises NotFound, and Refusal for a plan that nothing can be drawn for.
    """
    row, _ = readable_row(me_in(actor, agency), code)
    parts = parts_of([row.pk], ["rows"]).get(code)
    return refresh(parts.rows if parts else (), drawn_rows(row))


def drawn_rows(row: tables.SkpPlan) -> tuple[SkpRow, ...]:
    """The rows that the sources of a plan give now, numbered from 1: lines of the PK, then fields of matrices.

    Raises Refusal where the plan names no PK and its employee stands in no matrix.
    """
    drawn = [*_from_agreement(row), *_from_matrices(row)]
    if not drawn:
        raise Refusal(
            "Hasil kerja tidak dapat ditarik.",
            Fault(
                "SKP ini belum mempunyai sumber", plan_record(row).place, expected="PK atau peran dalam matriks",
                remedy="Tunjuk perjanjian kinerjanya, atau masukkan pegawai ke dalam matriks peran hasil pimpinannya.",
            ),
        )  # fmt: skip
    return tuple(replace(item, order=number) for number, item in enumerate(drawn, 1))


def goals_of(row: tables.SkpPlan) -> tuple[SkpRow, ...]:
    """The rows that a workbook brought as the promiser's goals, as rows of the plan; two queries."""
    if row.agreement is None:
        return ()
    mine = Q(agreement=row.agreement_id)
    known = load_together(
        row.agency.code, row.year, {HeadGoal, AgreementLine}, where={HeadGoal: mine, AgreementLine: mine}
    )
    sasaran = {line.indicator: line.sasaran for line in known.agreement_lines if line.indicator}
    rows = rows_of(plan_record(row), known.head_goals, sasaran)
    return tuple(replace(item, origin=Origin.OWN, result=item.result or item.measure) for item in rows)


def fingerprint(changes: Iterable[RowChange]) -> str:
    """By what is known whether the changes that are applied are those that were shown."""
    digest = hashlib.sha256()
    for change in changes:
        if change.kind is not ChangeKind.SAME:
            after = change.after
            told = [change.kind.value, shown(change.before.order) if change.before else ""]
            told += [after.result, after.measure, after.target_text(), after.indicator] if after else []
            digest.update("\x1f".join(told).encode() + b"\x1e")
    return digest.hexdigest()[:16]


def _from_agreement(row: tables.SkpPlan) -> tuple[SkpRow, ...]:
    if row.agreement is None:
        return ()
    mine = Q(agreement=row.agreement_id)
    codes = tables.AgreementLine.objects.filter(mine, indicator__isnull=False).values("indicator")
    known = load_together(
        row.agency.code, row.year, {AgreementLine, Indicator},
        where={AgreementLine: mine, Indicator: Q(pk__in=codes)},
    )  # fmt: skip
    return draw_head(plan_record(row), known.agreement_lines, rules_of(row.year).skp, indicators=known.indicators)


def _from_matrices(row: tables.SkpPlan) -> tuple[SkpRow, ...]:
    """The rows out of every matrix of the year in which the employee stands, that of the assessor first; two queries."""
    if row.employee is None:
        return ()
    cells = tables.MatrixCell.objects.filter(member__employee=row.employee_id, member__leader__year=row.year)
    cells = cells.exclude(member__leader=row.pk).order_by("member__leader", "result", "order")
    own: dict[tables.SkpPlan, list[Cell]] = {}
    for item in cells.select_related("indicator", *(f"member__leader__{name}" for name in NAMED)):
        own.setdefault(item.member.leader, []).append(cell_record(item, row.employee.code))
    parts = parts_of([leader.pk for leader in own], ["rows"])
    plan, member = plan_record(row), Member(row.employee.code, TeamRole.MEMBER)
    leaders = sorted(own, key=lambda leader: leader.position_id != row.assessor_id)
    return tuple(
        item
        for leader in leaders if leader.code in parts
        for item in draw_staff(
            plan, Matrix(plan_record(leader), columns(parts[leader.code].rows), (member,), tuple(own[leader]))
        )
    )  # fmt: skip


def cell_record(row: Any, employee: str) -> Cell:
    """The record of an entry that was read with its indicator."""
    target = value_of(
        row.target_kind, tidy(row.target_amount), tidy(row.target_upper), row.target_grade, row.target_flag
    )
    return Cell(
        employee, row.result, row.order, row.text, row.measure, target, row.unit, row.aspect,
        row.indicator.code if row.indicator else "",
    )  # fmt: skip
