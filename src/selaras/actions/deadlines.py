"""Deadlines of an agency's year: set by hand, or taken over as the regulations and practice propose them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor
from selaras.core.calendar import format_date
from selaras.core.deadlines import Matter, Slot
from selaras.core.errors import Clash, Conflict, Fault, Refusal
from selaras.core.org import AgencyKind
from selaras.core.place import Place
from selaras.store.duties import deadlines_of, dues_of
from selaras.store.models import Deadline, FieldChange
from selaras.store.snapshot import find_agency

YEARS_AWAY = 2


def set_deadlines(
    by: Actor,
    *,
    agency: str,
    year: int,
    days: Mapping[Slot, date | None],
    seen: Mapping[Slot, date | None] | None = None,
    reason: str = "",
) -> int:
    """Set the own day of some slots of a year; None takes the own day away, so that the proposal counts again.

    `seen` holds the own days that the person saw: one that somebody else has changed meanwhile is a Conflict, and
    nothing is changed. Returns how many days changed. Raises Refusal for a day far from its year, NotAllowed, NotFound.
    """
    with traced(by, action="mengatur tenggat", agency=agency, act=Act.CONFIGURE) as trace:
        pk, _ = find_agency(agency)
        _refuse_far(year, days)
        stands = deadlines_of(pk, year)
        days = {slot: day for slot, day in days.items() if seen is None or day != seen.get(slot)}
        _compare(agency, year, days, stands, seen)
        return _set(trace, pk, year, days, stands, reason)


def adopt_deadlines(by: Actor, *, agency: str, year: int) -> int:
    """Take over the proposed day of every slot that has no own day yet; returns how many. Raises NotAllowed, NotFound."""
    with traced(by, action="memakai usulan tenggat", agency=agency, act=Act.CONFIGURE) as trace:
        pk, found = find_agency(agency)
        dues = dues_of(pk, AgencyKind(found.kind), year)
        missing: dict[Slot, date | None] = {slot: due.proposed for slot, due in dues.items() if due.own is None}
        return _set(trace, pk, year, missing, {}, "")


def _set(
    trace: Trace, pk: int, year: int, days: Mapping[Slot, date | None], stands: Mapping[Slot, date], reason: str
) -> int:
    count = 0
    for slot, day in days.items():
        before = stands.get(slot)
        if day == before:
            continue
        key: dict[str, Any] = {
            "agency_id": pk, "year": year, "what": slot.what, "span": slot.span.value if slot.span else "",
            "index": slot.index,
        }  # fmt: skip
        if day is None:
            Deadline.objects.filter(**key).delete()
        else:
            Deadline.objects.update_or_create(**key, defaults={"due": day})
        trace.changed("Deadline", slot.title(year), "Tenggat", _words(before), _words(day), reason)
        count += 1
    trace |= {"year": year, "count": count}
    return count


def _refuse_far(year: int, days: Mapping[Slot, date | None]) -> None:
    known = {matter.value for matter in Matter}
    faults = [
        Fault(
            "tenggat jauh dari tahunnya", Place(record=slot.title(year)), _words(day),
            f"tanggal pada tahun {year - 1} sampai {year + YEARS_AWAY}",
        )
        for slot, day in days.items()
        if day is not None and not year - 1 <= day.year <= year + YEARS_AWAY
    ]  # fmt: skip
    faults += [
        Fault("hal yang tidak dikenal", read=slot.what, expected=" | ".join(sorted(known)))
        for slot in days
        if slot.what not in known
    ]
    if faults:
        raise Refusal("Tenggat tidak disimpan.", *faults)


def _compare(
    agency: str,
    year: int,
    days: Mapping[Slot, date | None],
    stands: Mapping[Slot, date],
    seen: Mapping[Slot, date | None] | None,
) -> None:
    if seen is None:
        return
    clashes = [
        Clash(slot.title(year), _words(seen.get(slot)), _words(stands.get(slot)), _words(day))
        for slot, day in days.items()
        if stands.get(slot) not in {seen.get(slot), day}
    ]
    if clashes:
        last = FieldChange.objects.of(agency, "Deadline", clashes[0].field).first()
        who = last.actor if last else ""
        raise Conflict(f"Tenggat sudah diubah oleh {who or 'orang lain'} sejak Anda membukanya.", *clashes, by=who)


def _words(day: date | None) -> str:
    return format_date(day) if day else ""
