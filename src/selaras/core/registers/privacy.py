"""Who sees what of a record: personal data need the right, open data hold only what is marked open, counts only else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from selaras.core.access import Role
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content, Field
from selaras.core.registers.records import Record

HIDDEN = "(data pribadi)"


def may_read(register: Register, roles: Collection[Role]) -> bool:
    """Whether somebody with these roles reads personal data of the register, or its records at all if restricted."""
    return bool(set(roles) & set(register.readers))


def seen(register: Register, record: Record, roles: Collection[Role]) -> Mapping[str, Content] | None:
    """The content as somebody with these roles sees it: personal fields say only that they are filled.

    None for a record of a restricted register without the right: it does not exist for that person.
    """
    if may_read(register, roles):
        return dict(record.content)
    if register.restricted:
        return None
    private = {field.code for field in register.fields if field.personal}
    known = {field.code for field in register.fields}
    return {code: HIDDEN if code in private else content for code, content in record.content.items() if code in known}


def open_fields(register: Register) -> tuple[Field, ...]:
    """The fields that may stand in open data: marked open, never personal, none of a restricted register."""
    if register.restricted:
        return ()
    return tuple(field for field in register.fields if field.open and not field.personal)


def open_rows(register: Register, records: Iterable[Record]) -> tuple[Mapping[str, Content], ...]:
    """The records as open data: the open fields alone, without number and unit, since both may lead to a person."""
    codes = [field.code for field in open_fields(register)]
    if not codes:
        return ()
    return tuple({code: record.content[code] for code in codes if code in record.content} for record in records)


def told_publicly(register: Register, record: Record) -> tuple[str, str]:
    """What the page of a ticket says without any account: the name of the state, and its sentence."""
    state = register.state(record.state)
    return (state.name, state.told or state.name) if state else ("", "")
