"""The end of keeping: records whose time is over are deleted or emptied of personal data, each with a proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from selaras.actions._register_figures import recount
from selaras.actions._register_uploads import drop_files
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.registers.definition import CLOSED, OPENED, Clearing
from selaras.core.registers.retention import clear, due_records
from selaras.store import models as tables
from selaras.store.register_access import Held, held_of
from selaras.store.register_rows import record_of, whole_rows
from selaras.store.snapshot import find_agency

BATCH = 500


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a clearing did in one register."""

    register: str
    deleted: int
    anonymised: int


def clear_records(
    by: Actor, *, agency: str, register: str = "", today: date | None = None, dry: bool = False
) -> tuple[Cleared, ...]:
    """Delete or anonymise every record whose time is over, in one register or all; `dry` only counts them.

    Raises NotAllowed, NotFound.
    """
    day = min(today or timezone.localdate(), timezone.localdate())
    with traced(by, action="membersihkan rekaman", agency=agency, act=Act.CLEAR_RECORDS) as trace:
        pk, _ = find_agency(agency)
        rows = tables.RegisterDefinition.objects.select_related("agency").filter(agency=pk)
        made = []
        for held in map(held_of, rows.filter(code=register) if register else rows):
            if held.register.retention is not None:
                done = _cleared(by, held, day, dry=dry)
                made.append(done)
                if done.deleted and not dry:
                    recount(by, trace, held, {day.year})
        trace |= {item.register: item.deleted + item.anonymised for item in made}
        trace["dry"] = "ya" if dry else "tidak"
    return tuple(made)


def _cleared(by: Actor, held: Held, day: date, *, dry: bool) -> Cleared:
    deleted = anonymised = 0
    rule = held.register.retention
    assert rule is not None
    rows = tables.RegisterRecord.objects.filter(definition=held.pk)
    if rule.after in {CLOSED, OPENED}:
        # No month is shorter than 28 days: younger records need no look.
        last = date.fromordinal(max(1, day.toordinal() - 28 * rule.months))
        rows = rows.filter(**{f"{rule.after[1:]}__lte": last})
    listed = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(listed), BATCH):
        batch = {row.number: row for row in whole_rows(rows.filter(pk__in=listed[start : start + BATCH]))}
        records = [record_of(held.register, row) for row in batch.values()]
        for record in due_records(held.register, records, day):
            left, note = clear(held.register, record, day)
            deleted += left is None
            anonymised += left is not None
            if dry:
                continue
            row = batch[record.number]
            tables.RegisterClearing.objects.create(
                definition_id=held.pk, number=note.number, clearing=note.clearing.value, on=note.on, due=note.due,
                fields=list(note.fields), by=by.name, basis=note.basis,
            )  # fmt: skip
            drop_files(held.agency, row.events.exclude(file="").values_list("file", flat=True))
            if note.clearing is Clearing.DELETE:
                row.delete()
            else:
                _anonymise(row)
    return Cleared(held.register.code, deleted, anonymised)


def _anonymise(row: tables.RegisterRecord) -> None:
    """Take everything away that tells who somebody is; states, days and all other contents stay as they are."""
    tables.RegisterPrivate.objects.filter(record=row).delete()
    tables.RegisterTicket.objects.filter(record=row).delete()
    tables.RegisterMail.objects.filter(record=row).delete()
    tables.RegisterRating.objects.filter(record=row).update(comment="")
    row.events.update(note="", by="", file="", sha256="")
    tables.RegisterRecord.objects.filter(pk=row.pk).update(assignee=None, version=F("version") + 1)
