"""Records of registers as rows and rows as records: contents as texts, personal ones apart, and what filters ask.

Numbers and lists are kept a second time as texts that both databases compare as `core` compares the numbers and lists
themselves. What follows from a clock is reckoned for the latest day that the record names; `SEALED` tells by which table
of days and which definition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, QuerySet

from selaras.core.errors import Fault
from selaras.core.place import NOWHERE, Place
from selaras.core.registers.clock import Clock, Deadline, Verdict, Workdays, workdays_of
from selaras.core.registers.definition import Register
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import NUMERIC, Content, Field, FieldKind
from selaras.core.registers.records import Grant, Move, Record
from selaras.rulebook import load
from selaras.rulebook.registers import from_toml
from selaras.store import models as tables
from selaras.store.models.registers import Happening, Standing

WHOLE, PLACES = 15, 15
"""So many digits stand before and after the point of a number that is kept."""
FORMAT = "2"
"""Goes up when what is kept of a record changes, so that kept rows are reckoned anew."""
MARK = "\x1f"
"""Stands around every choice of a list."""
_EXACT = Context(prec=200)
_OFFSET = 10 ** (WHOLE + PLACES + 1)
_WIDTH = WHOLE + PLACES + 2
_STANDINGS = {
    Verdict.WAITING: Standing.WAITING,
    Verdict.STOPPED: Standing.STOPPED,
    Verdict.NO_LIMIT: Standing.NO_LIMIT,
}


@lru_cache(maxsize=512)
def register_of(body: str) -> Register:
    """The register that a stored file defines."""
    return from_toml(body, "register")


def workdays_on(day: date) -> Workdays:
    """The table of days of the rulebook in force on a day."""
    return workdays_of(load(day))


def seal_of(register: Register, body: str, workdays: Workdays) -> int:
    """A number for the definition and the table of days that facts were reckoned by."""
    return _seal(register.code, body, frozenset(workdays.holidays), frozenset(workdays.leave), workdays.week)


@lru_cache(maxsize=512)
def _seal(code: str, body: str, holidays: frozenset[date], leave: frozenset[date], week: frozenset[int]) -> int:
    parts = (
        FORMAT,
        code,
        body,
        *map(str, sorted(holidays)),
        "|",
        *map(str, sorted(leave)),
        "|",
        *map(str, sorted(week)),
    )
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:7])


# ---- contents --------------------------------------------------------------------------------------------------------


def packed(content: Content) -> str | list[str]:
    """One content as it is kept."""
    if isinstance(content, bool):
        return "ya" if content else "tidak"
    if isinstance(content, Decimal):
        return f"{content:f}"
    if isinstance(content, date):
        return content.isoformat()
    return list(content) if isinstance(content, tuple) else content


def unpacked(field: Field, kept: Any) -> Content:
    """The content that `packed` kept for a field."""
    if field.kind is FieldKind.DATE:
        return date.fromisoformat(kept)
    if field.kind in NUMERIC:
        return Decimal(kept)
    if field.kind is FieldKind.YES_NO:
        return bool(kept == "ya")
    return tuple(kept) if field.kind is FieldKind.CHOICES else str(kept)


def sort_key(amount: Decimal) -> str:
    """A number as a text that sorts as the number does; exact up to `PLACES` decimals, cut downwards beyond."""
    scaled = int(amount.scaleb(PLACES, _EXACT).to_integral_value(ROUND_FLOOR, _EXACT))
    bound = _OFFSET - 1
    return f"{min(max(scaled, -bound), bound) + _OFFSET:0{_WIDTH}d}"


def list_key(chosen: Iterable[str]) -> str:
    """A list of choices as a text in which each stands between marks."""
    return MARK + "".join(f"{choice}{MARK}" for choice in chosen)


def keeps_exactly(amount: Decimal) -> bool:
    """Whether a number fits the digits that are kept."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and amount.adjusted() < WHOLE and -exponent <= PLACES


def faults_of_digits(register: Register, content: Mapping[str, Content], place: Place = NOWHERE) -> Iterator[Fault]:
    """Which numbers of a record have more digits than are kept, and which texts a database cannot keep."""
    for code, item in content.items():
        large = isinstance(item, Decimal) and not keeps_exactly(item)
        if not large and not (isinstance(item, str) and "\x00" in item):
            continue
        field = register.field(code)
        name = field.name if field else code
        if large:
            yield Fault(f"{name}: terlalu banyak angka", place, str(item)[:40], f"paling banyak {WHOLE} angka")
        elif isinstance(item, str):
            yield Fault(f"{name}: karakter yang tidak dapat disimpan", place, repr(item[:40]), "teks biasa")


def _keys(content: Mapping[str, Content]) -> dict[str, str]:
    made = {}
    for code, item in content.items():
        if isinstance(item, Decimal):
            made[code] = sort_key(item)
        elif isinstance(item, tuple):
            made[code] = list_key(item)
    return made


# ---- a record as a row -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Packed:
    """A record as its columns, and the columns of its personal part (None where there is none)."""

    columns: dict[str, Any]
    private: dict[str, Any] | None


def pack(register: Register, record: Record, workdays: Workdays, seal: int) -> Packed:
    """The columns of a record but for its register, number, unit and version, and those of `register_slots`."""
    personal = {field.code for field in register.fields if field.personal}
    own = {code: content for code, content in record.content.items() if code not in personal}
    private = {code: content for code, content in record.content.items() if code in personal}
    last = _last_day(register, record)
    facts = RecordFacts(register, record, workdays, last)
    clocks = [facts.clock(item.code) for item in register.deadlines]
    main = clocks[0] if clocks else Clock("", Verdict.NO_LIMIT)
    reached: dict[str, str] = {}
    for move in record.moves:
        reached.setdefault(move.state, move.on.isoformat())
    columns = {
        "state": record.state, "opened": record.moves[0].on, "closed": facts("@closed"), "last_on": last, "seal": seal,
        "standing": _standing(main).value, "started": main.start, "due": main.due, "ended": main.end,
        "used": None if _runs(main) else main.used,
        "running": any(_runs(clock) for clock in clocks), "unsure": any(clock.unknown_years for clock in clocks),
        "content": {code: packed(content) for code, content in own.items()},
        "facts": {
            "reached": reached, "keys": _keys(own),
            "clocks": {clock.deadline: _clock_data(clock) for clock in clocks[1:]},
        },
    }  # fmt: skip
    if not private:
        return Packed(columns, None)
    kept = {code: packed(content) for code, content in private.items()}
    return Packed(columns, {"content": kept, "facts": {"keys": _keys(private)}})


def _standing(clock: Clock) -> Standing:
    return _STANDINGS.get(clock.verdict, Standing.TIMED)


def _runs(clock: Clock) -> bool:
    """Whether days are still being used: the number depends on the day it is asked for."""
    return clock.start is not None and clock.end is None and _standing(clock) in {Standing.TIMED, Standing.NO_LIMIT}


def _clock_data(clock: Clock) -> dict[str, str]:
    data = {"standing": _standing(clock).value}
    for name, day in (("started", clock.start), ("due", clock.due), ("ended", clock.end)):
        if day is not None:
            data[name] = day.isoformat()
    if clock.used is not None and not _runs(clock):
        data["used"] = sort_key(Decimal(clock.used))
    return data


def _last_day(register: Register, record: Record) -> date:
    """The latest day that anything of a record names by which a clock begins, stops or is extended."""
    days = [move.on for move in record.moves] + [grant.on for grant in record.grants]
    for deadline in register.deadlines:
        days += [day for day in map(record.content.get, _asked(deadline)) if isinstance(day, date)]
    return max(days)


def _asked(deadline: Deadline) -> tuple[str, ...]:
    return (deadline.start, *deadline.stops)


# ---- a row as a record -----------------------------------------------------------------------------------------------

STEPS = Prefetch(
    "events",
    queryset=tables.RegisterEvent.objects.filter(kind__in=[Happening.STATE.value, Happening.GRANT.value]).order_by(
        "order"
    ),
    to_attr="steps",
)

EVERY_STEP = Prefetch("events", queryset=tables.RegisterEvent.objects.order_by("order"), to_attr="steps")
"""The same with what else happened to a record."""


def whole_rows(rows: QuerySet[tables.RegisterRecord]) -> QuerySet[tables.RegisterRecord]:
    """The rows with everything that their records are made of."""
    return rows.select_related("private", "unit").prefetch_related(STEPS)


def public_rows(rows: QuerySet[tables.RegisterRecord]) -> QuerySet[tables.RegisterRecord]:
    """The rows without personal content, which is not even read."""
    return rows.select_related("unit").prefetch_related(STEPS)


def record_of(register: Register, row: tables.RegisterRecord, *, private: bool = True) -> Record:
    """The record of a row read by `whole_rows`, or without its personal part by `public_rows`."""
    kept = dict(row.content)
    if private:
        found = getattr(row, "private", None)
        kept |= found.content if found is not None else {}
    content = {
        field.code: unpacked(field, kept[field.code]) for field in register.fields if field.code in kept
    }  # fmt: skip
    steps: list[tables.RegisterEvent] = row.steps  # type: ignore[attr-defined]
    moves = tuple(Move(step.code, step.on, step.by, step.note) for step in steps if step.kind == Happening.STATE.value)
    grants = tuple(Grant(step.code, step.on, step.note) for step in steps if step.kind == Happening.GRANT.value)
    return Record(
        row.number, register.code, content, moves, grants, row.unit.code if row.unit else "", Place(record=row.number)
    )
