"""What the verbs of registers share: a record held during the act, its row written, its history, its bound indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db.models import F, Max
from django.utils import timezone

from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role, check
from selaras.core.errors import Clash, Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.place import Place
from selaras.core.registers.clock import Workdays
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content, FieldKind, shown_in
from selaras.core.registers.numbering import number_for, series
from selaras.core.registers.privacy import HIDDEN
from selaras.core.registers.records import Record
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, find_register, find_row, roles_in, sees_records
from selaras.store.register_rows import faults_of_digits, record_of, workdays_on
from selaras.store.register_view import person_key

KIND = "Rekaman register"
LONGEST_NOTE = 4000


@dataclass(slots=True)
class Kept:
    """A record during an act: its register, its row (held), itself, the trace and who acts."""

    by: Actor
    held: Held
    row: tables.RegisterRecord
    record: Record
    trace: Trace
    today: date
    workdays: Workdays

    @property
    def register(self) -> Register:
        """The definition."""
        return self.held.register

    @property
    def key(self) -> str:
        """How the history names the record."""
        return f"{self.register.code} {self.record.number}"

    @property
    def roles(self) -> frozenset[Role]:
        """What the actor is for the record's unit."""
        return roles_in(self.by, self.held.agency, self.record.unit)


@contextmanager
def record_held(
    by: Actor, agency: str, register: str, number: str, action: str, act: Act, *, seen: int | None = None
) -> Iterator[Kept]:
    """An act on one record, whose row is held meanwhile.

    Raises NotFound where the actor may not know of it, NotAllowed without the act, Conflict where somebody else changed
    the record since `seen`, Refusal for a register that is not in use any more.
    """
    with traced(by, action=action, agency=agency) as trace:
        held = find_register(agency, register)
        if not sees_records(by, held):
            raise NotFound(f"Rekaman {number} tidak ditemukan.")
        tables.RegisterRecord.objects.select_for_update().filter(definition=held.pk, number=number).first()
        row = find_row(by, held, number)
        unit = row.unit.code if row.unit else ""
        check(by, act, agency, unit)
        refuse_inactive(held)
        if seen is not None and seen != row.version:
            raise Conflict(
                f"Rekaman {number} sudah diubah orang lain sejak Anda membukanya.",
                Clash("Rekaman", f"perubahan ke-{seen}", f"perubahan ke-{row.version}", ""),
                by=last_hand(row),
            )
        today = timezone.localdate()
        trace |= {"register": register, "record": number}
        yield Kept(by, held, row, record_of(held.register, row), trace, today, workdays_on(today))


def refuse_inactive(held: Held) -> None:
    """Refuse work on a register that was put away."""
    if not held.row.active:
        raise Refusal(
            f"Register {held.register.name} tidak dipakai lagi.",
            Fault("register tidak aktif", read=held.register.code, remedy="Aktifkan registernya dahulu."),
        )


def last_hand(row: tables.RegisterRecord) -> str:
    """Who did the last step of a record."""
    return row.events.order_by("-order").values_list("by", flat=True).first() or ""


def next_number(held: Held, on: date, unit: str) -> tuple[str, str, int]:
    """The next number of a register's series on a day, the series and the running number; the series is held.

    A number that a record has already (an imported one) is left out.
    """
    name = series(held.register.numbering, on)
    tables.RegisterSeries.objects.get_or_create(definition=held.row, name=name)
    rows = tables.RegisterSeries.objects.filter(definition=held.pk, name=name)
    while True:
        rows.update(last=F("last") + 1)
        serial = rows.values_list("last", flat=True).get()
        number = number_for(held.register.numbering, serial, on, unit)
        if not tables.RegisterRecord.objects.filter(definition=held.pk, number=number).exists():
            return number, name, serial


def unit_key(held: Held, code: str) -> int | None:
    """The key of a unit of the register's agency; None for an empty code. Raises NotFound."""
    if not code:
        return None
    pk = tables.Unit.objects.filter(agency=held.row.agency_id, code=code).values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound(f"Unit {code} tidak ditemukan.")
    return pk


def refuse_references(held: Held, record: Record, codes: Collection[str] | None = None) -> None:
    """Refuse numbers with too many digits, and units, employees or records that are not there."""
    faults = [*faults_of_digits(held.register, record.content, record.place)]
    agency = held.row.agency_id
    known: dict[FieldKind, Any] = {
        FieldKind.UNIT: tables.Unit.objects.filter(agency=agency),
        FieldKind.EMPLOYEE: tables.Employee.objects.filter(agency=agency),
    }
    for code, content in record.content.items():
        item = held.register.field(code)
        if item is None or (codes is not None and code not in codes):
            continue
        at = Place(record=record.number, column=item.name)
        if item.kind in known and not known[item.kind].filter(code=content).exists():
            faults.append(Fault(f"{item.name} tidak dikenal", at, str(content), f"kode {item.kind.value}"))
        elif item.kind is FieldKind.RECORD:
            rows = tables.RegisterRecord.objects.filter(definition__agency=agency, definition__code=item.of)
            if not rows.filter(number=content).exists():
                faults.append(
                    Fault(f"{item.name} tidak ditemukan", at, str(content), f"nomor dalam register {item.of}")
                )
    if faults:
        raise Refusal(f"Rekaman {record.number} tidak disimpan.", *faults)


def write_row(
    held: Held, record: Record, workdays: Workdays, *, row: tables.RegisterRecord | None = None, **columns: Any
) -> tables.RegisterRecord:
    """Write a record as its row and its personal part; the steps are written by `add_event`."""
    packed = held.pack(record, workdays, held.seal(workdays))
    made = row or tables.RegisterRecord(definition_id=held.pk, number=record.number)
    for name, value in (packed.columns | {"unit_id": unit_key(held, record.unit)} | columns).items():
        setattr(made, name, value)
    if row is not None:
        made.version += 1
    made.save()
    if packed.private is None:
        tables.RegisterPrivate.objects.filter(record=made.pk).delete()
    else:
        tables.RegisterPrivate.objects.update_or_create(record_id=made.pk, defaults=packed.private)
    return made


def add_event(
    row: tables.RegisterRecord, kind: Happening, *, on: date, by: str, code: str = "", note: str = "", file: str = "",
    sha256: str = "", public: bool = False,
) -> tables.RegisterEvent:  # fmt: skip
    """Write one step at the end of a record."""
    if len(note) > LONGEST_NOTE:
        raise Refusal(
            "Catatan tidak disimpan.",
            Fault("catatan terlalu panjang", read=f"{len(note)} huruf", expected=f"paling banyak {LONGEST_NOTE} huruf"),
        )
    last = row.events.aggregate(last=Max("order"))["last"]
    return tables.RegisterEvent.objects.create(
        record=row, order=1 if last is None else last + 1, kind=kind.value, code=code, on=on, by=by,
        note=note.replace("\x00", ""), file=file, sha256=sha256, shown_publicly=public,
    )  # fmt: skip


def remember(
    kept: Kept, before: Mapping[str, Content], after: Mapping[str, Content], reason: str = ""
) -> tuple[str, ...]:
    """Put what changed into the history, personal contents only as such; gives the names of the fields."""
    changed = []
    for item in kept.register.fields:
        was, now = before.get(item.code), after.get(item.code)
        if was == now:
            continue
        changed.append(item.name)
        texts = [
            (HIDDEN if content is not None else "") if item.personal else shown_in(item, content)
            for content in (was, now)
        ]
        if kept.register.restricted:
            texts = ["(terbatas)" if text else "" for text in texts]
        kept.trace.changed(KIND, kept.key, item.name, texts[0], texts[1], "" if item.personal else reason)
    return tuple(changed)


def refuse_stranger(kept: Kept) -> None:
    """Refuse who has no part in the register's work: neither opens nor moves its records."""
    ways = {role for way in kept.register.transitions for role in way.roles} | set(kept.register.opened_by)
    if not kept.roles & ways:
        raise NotAllowed(f"{kept.by.name} tidak berhak mengubah rekaman dalam register {kept.register.name}.")


def hand(by: Actor) -> str:
    """How a step names who took it."""
    return person_key(by)


def page_of(agency: str, year: int, register: str, number: str) -> str:
    """The address of the page of a record (`web.gate.CodeConverter`)."""
    return f"/i/{in_address(agency)}/{year}/register/{in_address(register)}/rekaman/{in_address(number)}/"


def in_address(code: str) -> str:
    """A code as it stands in an address (`web.gate.CodeConverter`)."""
    text = quote(code, safe="").replace("~", "%7E")
    return (text if text.strip(".") else text.replace(".", "%2E")).replace("%", "~")
