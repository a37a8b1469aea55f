"""Records of a register from a file, all of them or none; and out as a file, personal data only for who reads them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils import timezone

from selaras.actions._files import sha256_of, written
from selaras.actions._register_drafts import BATCH, Drafts, last_numbers, refuse_outdated, write_drafts
from selaras.actions._register_figures import recount
from selaras.actions._register_rows import MOST_FAULTS, Import, begun, record_of_row, refuse_known
from selaras.actions._registers import hand, refuse_inactive
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check, check_somewhere, may
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import Content
from selaras.core.registers.records import Record
from selaras.documents import registers as files
from selaras.store import models as tables
from selaras.store.register_access import Held, find_register, roles_in, sees_personal, sees_records
from selaras.store.register_rows import (
    public_rows,
    record_of,
    whole_rows,
)
from selaras.store.registers import Ask, asked_rows

IMPORTING = "mengimpor rekaman register"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many records, and the first and last of their numbers."""

    records: int
    first: str
    last: str


def import_records(by: Actor, *, agency: str, register: str, path: Path, dry: bool = False) -> Imported:
    """Take every record of an XLSX or CSV file in, in one transaction; a row without a number gets the next one.

    Everything is read and checked first, when others may still write. With `dry` nothing is kept. Raises Refusal naming
    file, sheet, row and column of each fault (at most two hundred; nothing is kept then), CannotRun, NotAllowed, NotFound.
    """
    with Drafts() as drafts:
        try:
            work = _checked(by, agency, register, path, drafts)
        except Refusal as refusal:
            with traced(by, action=IMPORTING, agency=agency, act=Act.KEEP_REGISTER):
                raise refusal from None  # so that the attempt is in the trail
        drafts.draw_numbers(work, last_numbers(work))
        details = {"register": register, "file": path.name, "sha256": sha256_of(path)}
        with traced(by, action=IMPORTING, agency=agency, act=Act.KEEP_REGISTER) as trace:
            refuse_outdated(work, drafts)
            trace |= details
            write_drafts(work, drafts, trace, dry=dry)
            if dry:
                trace["dry"] = "ya"
            else:
                recount(by, trace, work.held, drafts.years)
    return Imported(drafts.amount, trace["first"], trace["last"])


def _checked(by: Actor, agency: str, register: str, path: Path, drafts: Drafts) -> Import:
    """Every row of a file as a draft; nothing is written. Raises as `import_records`."""
    check(by, Act.KEEP_REGISTER, agency)
    held = find_register(agency, register)
    refuse_inactive(held)
    if not roles_in(by, agency) & set(held.register.opened_by) and not may(by, Act.DEFINE_REGISTER, agency):
        raise NotAllowed(f"Anda tidak berhak membuka rekaman dalam register {held.register.name}.")
    work = begun(held, hand(by))
    with closing(files.read_rows(path, held.register)) as rows:
        while batch := list(islice(rows, BATCH)):
            records = [record for row in batch if (record := record_of_row(work, row)) is not None]
            refuse_known(work, records)
            if len(work.faults) >= MOST_FAULTS:
                break
            if not work.faults:
                drafts.add(work, records)
    if work.faults:
        raise Refusal(f"Berkas {path.name} tidak dimuat.", *work.faults[:MOST_FAULTS])
    return work


def export_records(
    by: Actor, *, agency: str, register: str, path: Path, ask: Ask | None = None, personal: bool = False
) -> int:
    """Write the records of a register that the actor sees to an XLSX, CSV or JSON file; gives how many.

    Without `personal`, columns of personal data are left out; with it, only for who reads them. Notes and messages never
    leave. Raises NotAllowed, NotFound, CannotRun.
    """
    with traced(by, action="mengekspor register", agency=agency) as trace:
        check_somewhere(by, Act.EXPORT_REGISTER, agency)
        held = find_register(agency, register)
        if not sees_records(by, held):
            raise NotFound(f"Rekaman register {register} tidak ditemukan.")
        if personal and not sees_personal(by, held):
            raise NotAllowed(f"{by.name} tidak berhak mengekspor data pribadi register {held.register.name}.")
        today = timezone.localdate()
        rows = asked_rows(by, held, ask or Ask(order="opened"), today)
        names = {
            code: name for code, name in files.columns_for(held.register).items() if personal or not _is_personal(held, code)
        }  # fmt: skip
        amount = 0
        with written(path) as draft, files.table_writer(draft, held.register.name, list(names.values())) as write:
            for row in (whole_rows if personal else public_rows)(rows).iterator(chunk_size=1000):
                record = record_of(held.register, row, private=personal)
                write([_content(held.register, record, row, subject) for subject in names])
                amount += 1
        trace |= {
            "register": register, "records": amount, "personal": "ya" if personal else "tidak", "file": path.name
        }  # fmt: skip
    return amount


# ---- out -------------------------------------------------------------------------------------------------------------


def _is_personal(held: Held, code: str) -> bool:
    found = held.register.field(code)
    return found is not None and found.personal


def _content(register: Register, record: Record, row: tables.RegisterRecord, subject: str) -> Content | None:
    if subject == files.STATE:
        found = register.state(row.state)
        return found.name if found else row.state
    if subject.startswith(files.REACHED):
        code = subject.removeprefix(files.REACHED)
        return next((move.on for move in record.moves if move.state == code), None)
    plain: dict[str, Content | None] = {
        files.NUMBER: row.number, files.OPENED: row.opened, files.CLOSED: row.closed, files.UNIT: record.unit or None,
    }  # fmt: skip
    return plain[subject] if subject in plain else record.content.get(subject)
