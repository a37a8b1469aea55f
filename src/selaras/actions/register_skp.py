"""Results of employees' goals (SKP) that count themselves: bound to the rule of a register, let go."""

from __future__ import annotations

from selaras.actions._people import BOTH, KIND, plan_held, refuse_state
from selaras.core.access import Actor
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.people.skp import SkpState
from selaras.core.registers.binding import Whose, faults_of_row
from selaras.core.registers.fields import FieldKind
from selaras.store import models as tables
from selaras.store.people import Standing
from selaras.store.register_access import find_register

OPEN = (SkpState.DRAFT, SkpState.PROPOSED, SkpState.AGREED)


def bind_row(
    by: Actor, *, agency: str, code: str, order: int, register: str, rule: str, whose: Whose = Whose.ALL,
    field: str = "",
) -> None:  # fmt: skip
    """Let a result of a plan count itself by a rule; `field` names the person where only the own records count: without

    it the first field of the register that names an employee does.

    After the goals were agreed only the assessor does it. Raises Refusal where the rule gives another kind of value, or
    the result is measured by an indicator already; NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengikat hasil kerja pada register", *BOTH) as (trace, held):
        refuse_state(held.plan, *OPEN)
        _refuse_agreed(held.plan.state, held.standing)
        row = _row(held.row, order)
        found = find_register(agency, register)
        if whose is Whose.OWN and not field:
            field = next((item.code for item in found.register.fields if item.kind is FieldKind.EMPLOYEE), "")
        record = next(item for item in held.parts("rows").rows if item.order == order)
        faults = list(faults_of_row(found.register, rule, record.target, whose, field, record.place))
        if row.indicator_id is not None:
            faults.append(Fault("hasil kerja ini sudah diambil dari pengukuran", record.place, record.indicator))
        if faults:
            raise Refusal(f"Hasil kerja {order} tidak diikat.", *faults)
        old = tables.RegisterSkpBinding.objects.select_related("definition").filter(row=row).first()
        tables.RegisterSkpBinding.objects.update_or_create(
            row=row, defaults={
                "definition": found.row, "rule": rule, "whose": whose.value,
                "field": field if whose is Whose.OWN else "", "by": by.name,
            },
        )  # fmt: skip
        trace.changed(
            KIND, code, f"Hasil kerja {order} dihitung dari register", _told(old), f"{register}/{rule}, {whose}"
        )


def release_row(by: Actor, *, agency: str, code: str, order: int) -> None:
    """Let the realisation of a result be typed again. Raises NotAllowed, NotFound."""
    with plan_held(by, agency, code, "melepas hasil kerja dari register", *BOTH) as (trace, held):
        refuse_state(held.plan, *OPEN)
        _refuse_agreed(held.plan.state, held.standing)
        row = _row(held.row, order)
        old = tables.RegisterSkpBinding.objects.select_related("definition").filter(row=row).first()
        if old is not None:
            trace.changed(KIND, code, f"Hasil kerja {order} dihitung dari register", _told(old), "")
            old.delete()


def _refuse_agreed(state: SkpState, standing: frozenset[Standing]) -> None:
    if state is not SkpState.DRAFT and Standing.ASSESSOR not in standing:
        raise NotAllowed("Setelah SKP disepakati, hanya pejabat penilai yang mengubah cara menghitungnya.")


def _row(plan: tables.SkpPlan, order: int) -> tables.SkpRow:
    row = tables.SkpRow.objects.filter(plan=plan, order=order).first()
    if row is None:
        raise NotFound(f"Hasil kerja {order} tidak ditemukan pada SKP {plan.code}.")
    return row


def _told(old: tables.RegisterSkpBinding | None) -> str:
    return f"{old.definition.code}/{old.rule}, {old.whose}" if old is not None else ""
