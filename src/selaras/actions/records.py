"""One record at a time: saved with every check of a workbook's row, or removed; never over somebody else's change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import ProtectedError

from selaras.actions._closed import agreement_of, fault_of_closed
from selaras.actions._loading import Loading
from selaras.actions._naming import header_of, history_key, name_of
from selaras.actions._sheet_loading import NIP, SheetLoading
from selaras.actions.audit import traced
from selaras.actions.results import Change
from selaras.core.access import Act, Actor
from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.errors import Clash, Conflict, NotFound, Refusal
from selaras.core.measurement.records import (
    DataQuality,
    Evidence,
    Explanation,
    Obstacle,
    PhotoRecord,
    Realisation,
    Spending,
)
from selaras.core.nip import mask, unmasked
from selaras.core.org import Employee, LegalBasis, Position, Tenure, Unit
from selaras.core.planning import BudgetLine, BudgetVersion, Node
from selaras.core.planning.moves import faults_of_place
from selaras.core.snapshot import RECORD_KINDS, Narrative, ReportSettings
from selaras.documents.workbook.check import TREES, Checker
from selaras.store.agreements import closed_agreements
from selaras.store.models import FieldChange
from selaras.store.rows import Table, all_tables, shown
from selaras.store.snapshot import find_agency, records_of
from selaras.store.units import answering

ACTS: dict[type[Any], Act] = {kind.record: Act.EDIT_PLAN for kind in RECORD_KINDS} | {
    ReportSettings: Act.CONFIGURE,
    Unit: Act.EDIT_ORG, Position: Act.EDIT_ORG, Tenure: Act.EDIT_ORG, LegalBasis: Act.EDIT_ORG,
    Employee: Act.EDIT_STAFF,
    BudgetVersion: Act.EDIT_BUDGET, BudgetLine: Act.EDIT_BUDGET, Spending: Act.SPEND,
    Agreement: Act.DRAFT_AGREEMENT, AgreementLine: Act.DRAFT_AGREEMENT,
    AgreementProgramme: Act.DRAFT_AGREEMENT, HeadGoal: Act.DRAFT_AGREEMENT,
    Realisation: Act.MEASURE, Evidence: Act.MEASURE, Explanation: Act.EXPLAIN, DataQuality: Act.EXPLAIN,
    Obstacle: Act.TRACK, PhotoRecord: Act.WRITE_REPORT, Narrative: Act.WRITE_REPORT,
}  # fmt: skip
"""Which right a change of each kind of record needs."""


def save_record(
    by: Actor, *, agency: str, record: Any, seen: Mapping[str, str] | None = None, reason: str = ""
) -> tuple[Change, ...]:
    """Store one record, found by its natural key, and say which fields changed.

    `seen` holds, by field, what the person saw before typing (`store.rows.shown`): fields that another person
    changed meanwhile to something else are a Conflict, and nothing is stored. Without `seen` the record counts as
    new where it is not stored and is compared with nothing where it is.

    Raises Conflict, Refusal with every fault as for a workbook's row, NotAllowed and NotFound. Realisations have
    verbs of their own (`actions.measurement`).
    """
    table = _table(record)
    unit = answering(agency, record)
    with traced(
        by, action=f"menyimpan {table.label.lower()}", agency=agency, act=ACTS[type(record)], unit=unit
    ) as trace:
        pk, _ = find_agency(agency)
        _refuse_closed(pk, record)
        old = _stored(pk, table, record)
        record, seen = _unmasked(record, old, seen)
        _compare(agency, table, record, old, seen)
        load = Loading(pk, history=trace.changed, reason=reason)
        others = _learn(load, table, record)
        if isinstance(record, Node) and (faults := faults_of_place(record, others)):
            raise Refusal(f"Simpul {record.code} tidak disimpan.", *faults)
        sheet = SheetLoading(load, table)
        if old is None:
            sheet.last = sheet.top  # a new record stands last in the agency's own order
        sheet.write(list(sheet.sound([record])))
        if load.faults:
            raise Refusal(f"{name_of(table, record)} tidak disimpan.", *load.faults)
        for given in sheet.waiting:
            sheet.settle(given)
        if sheet.count.created:
            trace.changed(*history_key(table, record), "", "", "baru", reason)
        trace["record"] = name_of(table, record)
        trace["state"] = "baru" if sheet.count.created else "berubah" if sheet.count.changed else "tetap"
    return tuple(load.changes)


def remove_record(by: Actor, *, agency: str, record: Any, reason: str = "") -> None:
    """Delete one record, found by its natural key; a record that others still name stays.

    Raises Refusal, NotAllowed and NotFound.
    """
    table = _table(record)
    unit = answering(agency, record)
    with traced(
        by, action=f"menghapus {table.label.lower()}", agency=agency, act=ACTS[type(record)], unit=unit
    ) as trace:
        pk, _ = find_agency(agency)
        _refuse_closed(pk, record)
        rows = _rows(pk, table, record)
        name = name_of(table, record)
        if not rows.exists():
            raise NotFound(f"{name} tidak ditemukan pada instansi {agency}.")
        try:
            rows.delete()
        except ProtectedError as error:
            users = ", ".join(sorted({str(item) for item in error.protected_objects})[:5])
            raise Refusal(f"{name} masih dipakai oleh: {users}. Hapus atau ubah pemakaiannya dahulu.") from error
        trace.changed(*history_key(table, record), "", name, "", reason)
        trace["record"] = name


def _table(record: Any) -> Table:
    table = all_tables().get(type(record))
    if table is None or isinstance(record, Realisation):
        raise Refusal(f"{type(record).__name__} tidak disimpan lewat formulir umum.")
    return table


def _stored(agency: int, table: Table, record: Any) -> Any | None:
    """The record that is stored under the same key, None if there is none."""
    row = _rows(agency, table, record).values_list(*table.paths).first()
    return table.record_of(row) if row else None


def _rows(agency: int, table: Table, record: Any) -> Any:
    wanted: dict[str, Any] = {"agency_id": agency}
    for part in table.key_fields:
        value = getattr(record, part.name)
        if part.refers_to is not None:
            wanted[part.paths[0]] = value
        else:
            for column, cell in zip(part.columns, part.pack(value), strict=True):
                wanted[f"{column}__isnull" if cell is None else column] = True if cell is None else cell
    return table.rows.filter(**wanted)


def _unmasked(record: Any, old: Any, seen: Mapping[str, str] | None) -> tuple[Any, Mapping[str, str] | None]:
    """The record, and what was seen of it, with the stored NIP in the place of its own mask."""
    if old is None or not getattr(record, NIP, ""):
        return record, seen
    if seen is not None and NIP in seen:
        seen = {**seen, NIP: unmasked(seen[NIP], old.nip)}
    return replace(record, nip=unmasked(record.nip, old.nip)), seen


def _compare(agency: str, table: Table, record: Any, old: Any | None, seen: Mapping[str, str] | None) -> None:
    if seen is None:
        return
    clashes = []
    for name, was in seen.items():
        now = shown(getattr(old, name)) if old is not None else ""
        mine = shown(getattr(record, name))
        if now not in {was, mine}:
            told = tuple(map(mask, (was, now, mine))) if name == NIP else (was, now, mine)
            clashes.append(Clash(header_of(table, name), *told))
    if clashes:
        last = FieldChange.objects.of(agency, *history_key(table, record)).first()
        raise Conflict(
            f"{name_of(table, record)} sudah diubah oleh {last.actor if last else 'orang lain'} sejak Anda membukanya.",
            *clashes,
            by=last.actor if last else "",
            at=last.at.isoformat() if last else "",
        )


def _learn(load: Loading, table: Table, record: Any) -> dict[str, Any]:
    """Teach the load the codes that the record names, and no others; gives the others of its own tree, by code."""
    checker = Checker({})
    tree: dict[str, Any] = {}
    for target in _wanted(table, record):
        other = all_tables()[target]
        whole = target in TREES and target is table.record
        rows = other.rows.filter(agency_id=load.agency)
        codes = (
            {getattr(record, name) for name, kind in table.kind.references if kind is target} if table.kind else set()
        )
        if not whole:
            rows = rows.filter(code__in=codes)
        load.codes[target] = {}
        for pk, *values in rows.values_list("pk", *other.paths):
            item = other.record_of(values)
            if whole and item.code == getattr(record, "code", None):
                continue
            checker.learn(item)
            if whole:
                tree[item.code] = item
            load.codes[target][(item.year, item.code) if SheetLoading.is_named_by_year(other) else item.code] = pk
    if isinstance(record, BudgetVersion):
        for item in records_of(table, load.agency):
            if item.year == record.year and item.code != record.code:
                checker.learn(item)
    checker.learn(record)
    load.checker = checker
    return tree


def _wanted(table: Table, record: Any) -> Iterable[type[Any]]:
    targets = [target for _, target in table.kind.references] if table.kind else []
    return dict.fromkeys([*targets, *([type(record)] if type(record) in TREES else [])])


def _refuse_closed(agency: int, record: Any) -> None:
    """An agreement stays as it was proposed, agreed or signed."""
    code = agreement_of(record)
    state = closed_agreements(agency).get(code) if code else None
    if state is not None:
        raise Refusal(
            f"Perjanjian {code} sudah {state.value}; isinya tidak dapat diubah.", fault_of_closed(code, state)
        )
