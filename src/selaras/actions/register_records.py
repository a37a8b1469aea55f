"""Records of registers: opened, changed, moved from state to state, assigned, extended, noted; every step is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from selaras.actions._keeping import Upload
from selaras.actions._notices import tell
from selaras.actions._people import words
from selaras.actions._register_figures import recount
from selaras.actions._register_mail import tell_client
from selaras.actions._register_uploads import Uploads, drop_files, kept_fields, kept_file, note_files, with_files
from selaras.actions._registers import (
    Kept,
    add_event,
    hand,
    next_number,
    page_of,
    record_held,
    refuse_inactive,
    refuse_references,
    refuse_stranger,
    remember,
    write_row,
)
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.place import Place
from selaras.core.registers import steps
from selaras.core.registers.definition import Register
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.fields import Content
from selaras.core.registers.privacy import HIDDEN
from selaras.core.registers.reading import faults_of_record, read_texts
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import find_register, roles_in, sees_personal, takes_part
from selaras.store.register_rows import workdays_on
from selaras.store.tickets import extension_told
from selaras.store.users import actor_of, find_user

NEW = "baru"
KIND = "Rekaman register"


def open_record(
    by: Actor, *, agency: str, register: str, texts: Mapping[str, str], on: date | None = None, unit: str = "",
    note: str = "", uploads: Uploads | None = None,
) -> str:  # fmt: skip
    """Open a record with what was typed, by field; gives its number. Without a day, today. `uploads` fill file fields.

    Raises Refusal with every fault of the content, NotAllowed (the definition says which roles open), NotFound, CannotRun.
    """
    files = kept_fields(by, agency, register, uploads, texts)
    with traced(by, action="membuka rekaman register", agency=agency, act=Act.KEEP_REGISTER, unit=unit) as trace:
        held = find_register(agency, register)
        refuse_inactive(held)
        today = timezone.localdate()
        opened = _not_later(on or today, today)
        content = _read(held.register, with_files(texts, files))
        workdays = workdays_on(today)
        draft = steps.open_record(
            held.register, number=NEW, content=content, on=opened, by=hand(by), roles=roles_in(by, agency, unit),
            unit=unit,
        )  # fmt: skip
        refuse_references(held, draft)
        number, series, serial = next_number(held, opened, unit)
        record = replace(draft, number=number)
        row = write_row(held, record, workdays, series=series, serial=serial)
        add_event(row, Happening.STATE, on=opened, by=hand(by), code=record.state, note=note)
        note_files(row, held.register, files, on=today, by=hand(by))
        trace |= {"register": register, "record": number}
        trace.changed(KIND, f"{register} {number}", "", "", NEW)
        recount(by, trace, held, {opened.year})
    return number


def change_record(
    by: Actor, *, agency: str, register: str, number: str, texts: Mapping[str, str], seen: int | None = None,
    unit: str | None = None, reason: str = "", uploads: Uploads | None = None,
) -> None:  # fmt: skip
    """Change what a record says; fields that are not named stay. `unit` gives it to another unit, `uploads` fill fields.

    Personal fields only by who reads them. Raises Conflict, Refusal, NotAllowed, NotFound, CannotRun.
    """
    files = kept_fields(by, agency, register, uploads, texts)
    texts = with_files(texts, files)
    with record_held(
        by, agency, register, number, "mengubah rekaman register", Act.KEEP_REGISTER, seen=seen
    ) as kept:  # fmt: skip
        refuse_stranger(kept)
        content = _merged(kept, texts)
        to = kept.record.unit if unit is None else unit
        if to != kept.record.unit:
            check(by, Act.KEEP_REGISTER, agency, to)
        after = replace(kept.record, content=content, unit=to)
        if faults := faults_of_record(kept.register, after):
            raise Refusal(f"Rekaman {number} tidak disimpan.", *faults)
        refuse_references(kept.held, after, set(texts))
        write_row(kept.held, after, kept.workdays, row=kept.row)
        names = remember(kept, kept.record.content, content, reason)
        note_files(kept.row, kept.register, files, on=kept.today, by=hand(by))
        if to != kept.record.unit:
            kept.trace.changed(KIND, kept.key, "Unit", kept.record.unit, to, reason)
            names += ("Unit",)
        if names:
            add_event(
                kept.row, Happening.CHANGE, on=kept.today, by=hand(by), note=": ".join(
                    part for part in (", ".join(names), words(reason, "Alasan", empty=True)) if part
                )[:1000],
            )  # fmt: skip
        _recount(kept)


def advance_record(
    by: Actor, *, agency: str, register: str, number: str, target: str, on: date | None = None,
    texts: Mapping[str, str] | None = None, note: str = "", seen: int | None = None, upload: Upload | None = None,
    uploads: Uploads | None = None,
) -> str:  # fmt: skip
    """Take a record to another state, with what is filled in on the way, a note and a file; gives the state's name.

    Who asked is told by mail where the record has a ticket with an address. Raises Conflict, Refusal (no such way, a
    field it needs is empty, the day lies before the last step or in the future), NotAllowed, NotFound.
    """
    file, digest = kept_file(by, agency, upload)
    files = kept_fields(by, agency, register, uploads, texts or {})
    texts = with_files(texts or {}, files)
    with record_held(
        by, agency, register, number, "memindahkan rekaman register", Act.KEEP_REGISTER, seen=seen
    ) as kept:
        day = _not_later(on or kept.today, kept.today)
        content = _merged(kept, texts)
        after = steps.move_on(
            kept.register, replace(kept.record, content=content), target, on=day, by=hand(by), roles=kept.roles,
            note=note,
        )  # fmt: skip
        refuse_references(kept.held, after, set(texts))
        write_row(kept.held, after, kept.workdays, row=kept.row)
        remember(kept, kept.record.content, after.content)
        add_event(
            kept.row,
            Happening.STATE,
            on=day,
            by=hand(by),
            code=target,
            note=note,
            file=file,
            sha256=digest,
            public=True,
        )
        note_files(kept.row, kept.register, files, on=kept.today, by=hand(by))
        names = [_state(kept.register, code) for code in (kept.record.state, target)]
        kept.trace.changed(KIND, kept.key, "Keadaan", *names)
        state = kept.register.state(target)
        tell_client(kept, state.told or state.name if state else "", rateable=bool(state and state.closed))
        _tell_assignee(kept, f"menjadi “{names[1]}”")
        kept.record = after
        _recount(kept)
    return names[1]


def extend_deadline(
    by: Actor, *, agency: str, register: str, number: str, deadline: str, reason: str, on: date | None = None,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Extend a deadline of a record with its written reason, as often as its term allows.

    Raises Conflict, Refusal, NotAllowed, NotFound.
    """
    with record_held(by, agency, register, number, "memperpanjang tenggat", Act.EXTEND_DEADLINE, seen=seen) as kept:
        day = _not_later(on or kept.today, kept.today)
        after = steps.extend(kept.register, kept.record, deadline, on=day, reason=reason, workdays=kept.workdays)
        write_row(kept.held, after, kept.workdays, row=kept.row)
        add_event(kept.row, Happening.GRANT, on=day, by=hand(by), code=deadline, note=reason.strip())
        named = kept.register.deadline(deadline)
        kept.trace.changed(KIND, kept.key, "Perpanjangan", "", named.name if named else deadline)
        tell_client(kept, extension_told(RecordFacts(kept.register, after, kept.workdays, kept.today), deadline))
        kept.record = after
        _recount(kept)


def assign_record(
    by: Actor, *, agency: str, register: str, number: str, username: str, note: str = "", seen: int | None = None
) -> None:
    """Give a record to somebody who works on the register; empty takes it back. The person is told.

    Raises Conflict, Refusal for somebody who has no part in the register, NotAllowed, NotFound.
    """
    with record_held(by, agency, register, number, "menugaskan rekaman register", Act.ASSIGN_RECORD, seen=seen) as kept:
        user = find_user(username) if username else None
        if user is not None and not _may_work(kept, user):
            raise Refusal(
                f"Rekaman {number} tidak ditugaskan.",
                Fault("akun ini tidak berperan dalam register", read=username, expected="peran menurut registernya"),
            )
        before = kept.row.assignee.username if kept.row.assignee else ""
        if before == username:
            return
        kept.row.assignee, kept.row.version = user, kept.row.version + 1
        kept.row.save()
        add_event(
            kept.row, Happening.ASSIGNMENT, on=kept.today, by=hand(by), note=f"{username} {note}".strip()
        )  # fmt: skip
        kept.trace.changed(KIND, kept.key, "Petugas", before, username)
        _tell_assignee(kept, "ditugaskan kepada Anda")


def add_note(
    by: Actor, *, agency: str, register: str, number: str, text: str, upload: Upload | None = None
) -> None:  # fmt: skip
    """Write a note on a record, for the office alone, with a file where there is one. Raises Refusal, NotAllowed, NotFound."""
    file, digest = kept_file(by, agency, upload)
    with record_held(by, agency, register, number, "menambah catatan rekaman", Act.KEEP_REGISTER) as kept:
        refuse_stranger(kept)
        note = words(text, "Catatan", empty=bool(file))
        add_event(kept.row, Happening.NOTE, on=kept.today, by=hand(by), note=note, file=file, sha256=digest)
        kept.trace["file"] = file


def confirm_reading(by: Actor, *, agency: str, register: str, number: str) -> None:
    """Say that one has read a record (a directive, a decision); once for each person. Raises NotAllowed, NotFound."""
    with record_held(by, agency, register, number, "membaca rekaman register", Act.KEEP_REGISTER) as kept:
        if not kept.row.events.filter(kind=Happening.READ.value, by=hand(by)).exists():
            add_event(kept.row, Happening.READ, on=kept.today, by=hand(by))


def remove_record(by: Actor, *, agency: str, register: str, number: str, reason: str) -> None:
    """Delete a record that was opened by mistake; the number is not given again. Needs the right to define registers.

    Raises Refusal without a reason, NotAllowed, NotFound.
    """
    with record_held(by, agency, register, number, "menghapus rekaman register", Act.DEFINE_REGISTER) as kept:
        why = words(reason, "Alasan")
        year = kept.row.opened.year
        files = list(kept.row.events.exclude(file="").values_list("file", flat=True))
        kept.row.delete()
        drop_files(agency, files)
        kept.trace.changed(KIND, kept.key, "", "ada", "", why)
        recount(by, kept.trace, kept.held, {year})


# ---- parts -----------------------------------------------------------------------------------------------------------


def _read(register: Register, texts: Mapping[str, str], number: str = NEW) -> dict[str, Content]:
    content, faults = read_texts(register, texts, Place(record=number))
    if faults:
        raise Refusal(f"Rekaman {number} tidak disimpan.", *faults)
    return content


def _merged(kept: Kept, texts: Mapping[str, str]) -> dict[str, Content]:
    """The content with what was typed; an empty text empties its field, the mask of a hidden one leaves it."""
    given = {code: text for code, text in texts.items() if text != HIDDEN}
    personal = {item.code for item in kept.register.fields if item.personal}
    if personal & set(given) and not sees_personal(kept.by, kept.held, kept.record.unit):
        names = ", ".join(item.name for item in kept.register.fields if item.code in personal & set(given))
        raise NotAllowed(f"{kept.by.name} tidak berhak mengubah data pribadi: {names}.")
    fresh = _read(kept.register, given, kept.record.number)
    return {code: item for code, item in kept.record.content.items() if code not in given} | fresh


def _not_later(day: date, today: date) -> date:
    if day > today:
        fault = Fault("tanggal di masa depan", read=day.isoformat(), expected=f"paling lambat {today.isoformat()}")
        raise Refusal("Langkah tidak dicatat.", fault)
    return day


def _state(register: Register, code: str) -> str:
    found = register.state(code)
    return found.name if found else code


def _may_work(kept: Kept, user: tables.User) -> bool:
    roles = roles_in(actor_of(user, kept.today), kept.held.agency, kept.record.unit)
    return takes_part(kept.register, roles)


def _tell_assignee(kept: Kept, what: str) -> None:
    if kept.row.assignee is not None:
        number, agency = kept.record.number, kept.held.agency
        tell(
            kept.by, [kept.row.assignee], text=f"Rekaman {number} ({kept.register.name}) {what}.",
            url=page_of(agency, kept.today.year, kept.register.code, number), agency=agency, topic="register",
        )  # fmt: skip


def _recount(kept: Kept) -> None:
    recount(kept.by, kept.trace, kept.held, {kept.row.opened.year, kept.today.year})
