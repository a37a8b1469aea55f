"""The register of staff from a spreadsheet, all or nothing; and which account is which employee."""

from __future__ import annotations

from pathlib import Path

from selaras.actions._loading import Loading
from selaras.actions._notices import tell
from selaras.actions._sheet_loading import SheetLoading, batches
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role, check
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.org import Employee, Unit
from selaras.core.people.register import Register, register
from selaras.documents.staff import read_staff
from selaras.documents.workbook.check import Checker
from selaras.store import models as tables
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency, records_of
from selaras.store.users import find_user


def preview_staff(by: Actor, *, agency: str, path: Path) -> Register:
    """What a list of staff would come to: new and changed employees and every fault with its cell; nothing is kept.

    Raises Refusal for a file without a header, CannotRun for one that is none, NotAllowed, NotFound.
    """
    check(by, Act.EDIT_STAFF, agency)
    return _held_against(find_agency(agency)[0], path)


def load_staff(by: Actor, *, agency: str, path: Path) -> Register:
    """Store a list of staff: all of it, or nothing where any row has a fault. Employees that it does not name stay.

    Raises Refusal with every fault, CannotRun, NotAllowed, NotFound.
    """
    with traced(by, action="memuat daftar pegawai", agency=agency, act=Act.EDIT_STAFF) as trace:
        pk, _ = find_agency(agency)
        made = _held_against(pk, path)
        if made.faults:
            raise Refusal(f"Daftar pegawai {path.name} tidak dimuat.", *made.faults)
        load = Loading(pk, history=trace.changed)
        units = dict(tables.Unit.objects.filter(agency=pk).values_list("code", "pk"))
        load.codes = {Unit: units, Employee: {}}
        load.checker = _checker(pk, made)
        sheet = SheetLoading(load, all_tables()[Employee])
        for group in (made.changed, made.new):
            for batch in batches(list(group)):
                sheet.write(list(sheet.sound(batch)))
            sheet.last = sheet.top  # new employees stand last in the agency's own order
        if load.faults:
            raise Refusal(f"Daftar pegawai {path.name} tidak dimuat.", *load.faults)
        trace |= {"file": path.name, "new": len(made.new), "changed": len(made.changed), "same": made.same}
    return made


def link_staff(by: Actor, *, agency: str, employee: str, username: str) -> None:
    """Say which account is an employee, so that the person reads the own file; the person is told.

    An account without any role in the agency becomes that of an employee. Nobody links the own account: it would open
    somebody's file. Raises Refusal where one of the two is linked already, NotAllowed, NotFound.
    """
    with traced(by, action="menautkan akun pegawai", agency=agency, act=Act.MANAGE_SKP) as trace:
        person, user = _employee(agency, employee), find_user(username)
        if by.login and by.login == user.username:
            raise NotAllowed("Akun sendiri ditautkan oleh orang lain.")
        seats = tables.StaffSeat.objects.select_related("user", "employee")
        taken = seats.filter(employee=person).first()
        other = seats.filter(user=user, employee__agency__code=agency).first()
        faults = [Fault("pegawai ini sudah mempunyai akun", read=taken.user.username)] if taken else []
        if other is not None and other.employee_id != person.pk:
            faults.append(Fault("akun ini sudah milik pegawai lain", read=other.employee.name))
        if faults:
            raise Refusal("Akun tidak ditautkan.", *faults)
        tables.StaffSeat.objects.create(user=user, employee=person)
        held = tables.RoleGrant.objects.filter(user=user)
        if not held.filter(agency__code=agency).exists() and not held.filter(agency__isnull=True).exists():
            tables.RoleGrant.objects.create(
                user=user, role=Role.EMPLOYEE.value, agency=person.agency, granted_by=by.name
            )
        trace |= {"employee": employee, "user": username}
        tell(by, [user], text=f"Akun Anda ditautkan dengan data pegawai {person.name}.", agency=agency, topic="SKP")


def unlink_staff(by: Actor, *, agency: str, employee: str) -> None:
    """Take the account of an employee away again; the account and its roles stay. Raises NotAllowed, NotFound."""
    with traced(by, action="melepas akun pegawai", agency=agency, act=Act.MANAGE_SKP) as trace:
        person = _employee(agency, employee)
        seat = tables.StaffSeat.objects.select_related("user").filter(employee=person).first()
        if seat is None:
            raise NotFound(f"Pegawai {employee} belum mempunyai akun.")
        tell(
            by,
            [seat.user],
            text=f"Tautan akun Anda dengan data pegawai {person.name} dilepas.",
            agency=agency,
            topic="SKP",
        )
        trace |= {"employee": employee, "user": seat.user.username}
        seat.delete()


def _held_against(agency: int, path: Path) -> Register:
    rows = read_staff(path)
    known = records_of(all_tables()[Employee], agency)
    return register(rows, known, dict(tables.Unit.objects.filter(agency=agency).values_list("code", "name")))


def _checker(agency: int, made: Register) -> Checker:
    checker = Checker({})
    for item in (*records_of(all_tables()[Unit], agency), *made.changed, *made.new):
        checker.learn(item)
    return checker


def _employee(agency: str, code: str) -> tables.Employee:
    found = tables.Employee.objects.select_related("agency").filter(agency__code=agency, code=code).first()
    if found is None:
        raise NotFound(f"Pegawai {code} tidak ditemukan.")
    return found
