"""Registers of an agency and who may see what of them: definitions found, records narrowed to a person's rights."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from selaras.core.access import Act, Actor, Role, check_somewhere, may, reach
from selaras.core.errors import NotFound
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Register
from selaras.core.registers.privacy import may_read
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.register_rows import EVERY_STEP, Packed, register_of, seal_of
from selaras.store.register_slots import pack_by


@dataclass(frozen=True, slots=True)
class Held:
    """A register of an agency: its row and its definition."""

    row: tables.RegisterDefinition
    register: Register
    agency: str

    @property
    def pk(self) -> int:
        """The key of the row."""
        return self.row.pk

    def seal(self, workdays: Workdays) -> int:
        """The seal of facts reckoned by this definition and a table of days."""
        return seal_of(self.register, self.row.body, workdays)

    def pack(self, record: Record, workdays: Workdays, seal: int) -> Packed:
        """The columns of a record of this register but for its register, number, unit and version."""
        return pack_by(self.register, self.row.body, record, workdays, seal)


def roles_in(actor: Actor, agency: str, unit: str = "") -> frozenset[Role]:
    """The roles that an actor holds for a unit of an agency; without a unit, for the agency as a whole."""
    return frozenset(
        grant.role
        for grant in actor.grants
        if grant.agency in {"", agency} and (not grant.units or (bool(unit) and unit in grant.units))
    )


def roles_somewhere(actor: Actor, agency: str) -> frozenset[Role]:
    """The roles that an actor holds for any part of an agency."""
    return frozenset(grant.role for grant in actor.grants if grant.agency in {"", agency})


def handles(register: Register, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles opens or moves records of the register."""
    ways = {role for way in register.transitions for role in way.roles}
    return bool(set(roles) & (ways | set(register.opened_by)))


def takes_part(register: Register, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles opens, moves or reads records of the register."""
    return handles(register, roles) or bool(set(roles) & set(register.readers))


def sees_personal(actor: Actor, held: Held, unit: str = "") -> bool:
    """Whether an actor reads the personal data of a record of this unit."""
    roles = roles_in(actor, held.agency, unit)
    act = Act.SEE_RESTRICTED if held.register.restricted else Act.SEE_PERSONAL
    return may(actor, act, held.agency, unit) and may_read(held.register, roles)


def sees_records(actor: Actor, held: Held) -> bool:
    """Whether an actor sees records of the register at all, and not only how many there are."""
    units = reach(actor, Act.SEE_REGISTER, held.agency)
    if units is not None and not units:
        return False
    roles = roles_somewhere(actor, held.agency)
    if held.register.restricted:
        act = reach(actor, Act.SEE_RESTRICTED, held.agency)
        return (act is None or bool(act)) and may_read(held.register, roles)
    return bool(roles - {Role.EMPLOYEE}) or takes_part(held.register, roles)


def find_register(agency: str, code: str) -> Held:
    """A register of an agency. Raises NotFound."""
    row = tables.RegisterDefinition.objects.select_related("agency").filter(agency__code=agency, code=code).first()
    if row is None:
        raise NotFound(f"Register {code} tidak ditemukan pada instansi {agency}.")
    return held_of(row)


def held_of(row: tables.RegisterDefinition) -> Held:
    """A row that was read with its agency, with its definition."""
    return Held(row, register_of(row.body), row.agency.code)


def readable(actor: Actor, agency: str, code: str) -> Held:
    """A register whose records the actor may see. Raises NotFound, also for a restricted one without the right."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    held = find_register(agency, code)
    if not sees_records(actor, held):
        raise NotFound(f"Rekaman register {code} tidak ditemukan.")
    return held


def visible_rows(actor: Actor, held: Held) -> QuerySet[tables.RegisterRecord]:
    """The records of a register that lie within the actor's units."""
    rows = tables.RegisterRecord.objects.filter(definition=held.pk)
    act = Act.SEE_RESTRICTED if held.register.restricted else Act.SEE_REGISTER
    units = reach(actor, act, held.agency)
    return rows if units is None else rows.filter(unit__code__in=units)


def find_row(actor: Actor, held: Held, number: str) -> tables.RegisterRecord:
    """The row of a record that the actor may see, with all its parts and steps. Raises NotFound."""
    row = visible_rows(actor, held).select_related("private", "unit", "assignee", "ticket", "rating")
    found = row.prefetch_related(EVERY_STEP).filter(number=number).first()
    if found is None:
        raise NotFound(f"Rekaman {number} tidak ditemukan dalam register {held.register.name}.")
    return found
