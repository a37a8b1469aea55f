"""Which contents the counting rules of a register ask for, and the column of the record that repeats each.

A rule over contents that lie in JSON reads every row; over columns that an index holds it reads the index alone. The
columns follow from the definition, and rows reckoned by another definition are never counted by them: their seal differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import CountingRule, Register
from selaras.core.registers.fields import NUMERIC, FieldKind
from selaras.core.registers.records import Record
from selaras.store.models.registers import ASKED, LONGEST_ASKED
from selaras.store.register_filters import Path, Translator
from selaras.store.register_rows import Packed, pack, register_of

Slots = Mapping[Path, str]
_ANY_DAY = date(2000, 1, 1)


@lru_cache(maxsize=512)
def slots_in(body: str) -> Slots:
    """The columns of a register by the path of what they repeat, as its stored file defines them; none for no file."""
    return slots_of(register_of(body)) if body else {}


def slots_of(register: Register) -> Slots:
    """The columns of a register: one for each content that its rules ask for, the first rules first."""
    asked = Translator(register, _ANY_DAY)
    for rule in register.rules:
        _ask(asked, rule)
    kept = [path for path in asked.paths if _fits(register, path)]
    return dict(zip(kept, ASKED, strict=False))


def pack_by(register: Register, body: str, record: Record, workdays: Workdays, seal: int) -> Packed:
    """All columns of a record but for its register, number, unit and version, by a definition and its stored file."""
    made = pack(register, record, workdays, seal)
    made.columns.update(filled(slots_in(body), made.columns))
    return made


def filled(slots: Slots, columns: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Every column of `ASKED` with its text, for a record whose `content` and `facts` are in `columns`."""
    made: dict[str, str | None] = dict.fromkeys(ASKED)
    for path, column in slots.items():
        found: Any = columns
        for key in path:
            found = found.get(key) if found is not None else None
        made[column] = found
    yield from made.items()


def _ask(asked: Translator, rule: CountingRule) -> None:
    """Let a translator meet everything that a rule asks for."""
    asked.day(rule.dated)
    for tally in (rule.numerator, rule.denominator):
        if tally is not None:
            asked.condition(tally.where)
            if tally.of:
                asked.amount(tally.of)
    if rule.pending is not None:
        asked.condition(rule.pending)


def _fits(register: Register, path: Path) -> bool:
    """Whether what lies at a path is short whatever a record holds, and not personal."""
    if path[0] == "facts":
        return path[1] != "keys" or _kind(register, path[2]) in NUMERIC
    if path[0] != "content":
        return False
    field = register.field(path[1])
    if field is None or field.kind is not FieldKind.CHOICE:
        return field is not None and (field.kind in NUMERIC or field.kind in {FieldKind.DATE, FieldKind.YES_NO})
    return all(len(choice) <= LONGEST_ASKED for choice in field.choices)


def _kind(register: Register, code: str) -> FieldKind | None:
    field = register.field(code)
    return field.kind if field is not None else None
