"""Workbooks in and out: load one with every check, or write one back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from selaras.actions._files import sha256_of, written
from selaras.actions._load_agency import load_agency
from selaras.actions._loading import MOST_CHANGES, Loading
from selaras.actions.audit import Trace, traced
from selaras.actions.results import LoadResult
from selaras.core.access import Act, Actor
from selaras.core.agreements import Agreement
from selaras.core.errors import Fault, Refusal
from selaras.core.org import Agency, Employee, Tenure
from selaras.core.planning import BudgetVersion
from selaras.core.snapshot import ReportSettings
from selaras.documents.workbook import Workbook, open_workbook, write_workbook
from selaras.store.nips import sight_of
from selaras.store.rows import all_tables
from selaras.store.snapshot import load_records

YEARLY = (ReportSettings, BudgetVersion, Agreement)


def load_workbook(by: Actor, *, path: Path, dry_run: bool = False, replace: bool = False) -> LoadResult:
    """Check a workbook as a whole and load it, in one transaction.

    Records are matched by their natural keys: new ones are added, others changed where they differ, so that the
    same file changes nothing the second time. What is stored but not in the file stays; with `replace` it goes
    (for the years of the file only). A `dry_run` reports what would change and changes nothing.

    Raises Refusal with every fault, each with sheet, cell and remedy, and NotAllowed; then nothing is changed.
    """
    with open_workbook(path) as workbook:
        faults = workbook.faults_of_structure()
        try:
            agency = workbook.agency()
        except Refusal:
            _refuse(path, workbook.faults())
            raise
        action = "mencoba memuat buku kerja" if dry_run else "memuat buku kerja"
        with traced(by, action=action, agency=agency.code, act=Act.LOAD) as details:
            with transaction.atomic():
                load = _loaded(workbook, agency, faults, replace=replace, trace=None if dry_run else details)
                _refuse(path, load.faults, unsaid=load.unsaid)
                if dry_run:
                    transaction.set_rollback(True)
            result = LoadResult(path, agency.code, dry_run, tuple(load.counts), tuple(load.changes), load.changes_total)
            details |= {
                "file": path.name,
                "sha256": sha256_of(path),
                "created": result.total("created"),
                "changed": result.total("changed"),
                "deleted": result.total("deleted"),
                "changes": [change.sentence() for change in load.changes[:MOST_CHANGES] if change.field],
            }
    return result


def save_workbook(by: Actor, *, agency: str, year: int, path: Path) -> Path:
    """Write the records of one agency and year into a workbook that `load_workbook` reads back unchanged.

    NIPs stand in it as `by` may see them; a masked one that is loaded again leaves the stored one as it is. Raises
    NotFound and NotAllowed. The file appears whole or not at all.
    """
    with traced(by, action="mengekspor buku kerja", agency=agency, act=Act.EXPORT) as details:
        identity, records = load_records(agency, year)
        sight = sight_of(by, agency)
        for kind in (Tenure, Employee):
            records[kind] = [sight.record(item) for item in records[kind]]
        with written(path) as draft:
            write_workbook(draft, identity, records, year=year)
        details |= {"file": path.name, "sha256": sha256_of(path), "year": year}
    return path


def _loaded(
    workbook: Workbook, agency: Agency, faults: Iterable[Fault], *, replace: bool, trace: Trace | None
) -> Loading:
    pk, count, changes = load_agency(agency)
    load = Loading(pk, years=_years_of(workbook), faults=list(faults), counts=[count])
    load.history = trace.changed if trace is not None else None
    for change in changes:
        load.note(change)
    load.checker = workbook.checker(() if replace else load.stored())
    for table in all_tables().values():
        load.take(table, workbook.rows(table.record))
    if replace and not load.faults:
        load.remove_absent()
    return load


def _refuse(path: Path, faults: Iterable[Fault], *, unsaid: int = 0) -> None:
    found = tuple(faults)
    if found:
        more = f" dan {unsaid} kesalahan serupa" if unsaid else ""
        raise Refusal(f"{path.name} tidak dimuat: {len(found)} kesalahan{more}. Tidak ada data yang berubah.", *found)


def _years_of(workbook: Workbook) -> set[int]:
    for record in YEARLY:
        years = {item.year for item in workbook.rows(record) if not isinstance(item, Fault)}
        if years:
            return years
    return set()
