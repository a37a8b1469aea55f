"""The files of a review: taken in before the transaction, put under their content, handed to the process that reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from selaras.actions._files import written
from selaras.actions._receiving import Received, receive, safe_name
from selaras.actions._review_cases import ACTS
from selaras.actions._reviewing import Task
from selaras.actions._runner import launch
from selaras.actions.audit import traced
from selaras.actions.evidence import Upload
from selaras.core.access import Actor, may
from selaras.core.errors import Fault, Refusal
from selaras.store.editions import read_edition_file
from selaras.store.models import ReviewCase
from selaras.store.models.work import ReviewState
from selaras.store.reviews import case_folder, file_at, folder, pictures_at
from selaras.store.snapshot import find_agency

MOST_OTHERS = 5


def received(by: Actor, agency: str, purpose: str, files: Sequence[Upload]) -> list[Received]:
    """Files put in their places, for those who may; copying and scanning take time, so no transaction is open.

    Raises Refusal and CannotRun. For others nothing is stored: the verb refuses them next, and records it.
    """
    if not may(by, ACTS[purpose], agency):
        return []
    return [receive(item.path, item.name, folder(agency)) for item in files]


def opened(
    by: Actor,
    agency: str,
    purpose: str,
    report: Upload,
    *,
    title: str,
    year: int | None,
    others: Sequence[Upload] = (),
) -> ReviewCase:
    """A new case for a report that was handed in, on its way to be read."""
    problem: Refusal | None = None
    files: list[Received] = []
    try:
        files = received(by, agency, purpose, [report, *others])
    except Refusal as refusal:
        problem = refusal
    with traced(by, action="menerima laporan", agency=agency, act=ACTS[purpose]) as trace:
        if problem is not None:
            raise problem
        _refuse_too_many(others)
        pk, _ = find_agency(agency)
        main, *beside = files
        row = ReviewCase(
            agency_id=pk, title=title.strip() or Path(main.name).stem.replace("_", " "), year=year,
            file=main.file, sha256=main.sha256,
            state=ReviewState.READING.value, opened_by=by.name,
        )  # fmt: skip
        start(by, agency, row, purpose, [named(item) for item in beside])
        trace |= {"case": row.pk, "title": row.title, "sha256": main.sha256}
    return row


def named(item: Received) -> dict[str, str]:
    """A document to hold a report against, as the case remembers it."""
    return {"file": item.file, "name": item.name}


def from_edition(agency: str, row: ReviewCase) -> str:
    """The PDF of an edition, copied to where reviews have their files; its name there. Raises CannotRun."""
    name = safe_name(row.file)
    target = folder(agency) / row.sha256 / name
    if not target.is_file():
        with written(target) as draft:
            draft.write_bytes(read_edition_file(agency, row.sha256, Path(name).suffix[1:] or "pdf"))
    return f"{row.sha256}/{name}"


def start(by: Actor, agency: str, row: ReviewCase, purpose: str, others: Sequence[dict[str, str]]) -> None:
    """Mark a case as being read and start its process once the transaction stands."""
    _refuse_too_many(others)
    ticket = uuid4().hex
    row.state, row.error = ReviewState.READING.value, ""
    row.result = {
        "purpose": purpose, "ticket": ticket, "started": timezone.now().isoformat(), "others": list(others),
        "login": by.login,
    }  # fmt: skip
    row.save()
    transaction.on_commit(partial(launch, Path(settings.DATA), agency, row.pk, ticket, by.login, by.name))


def task_of(agency: str, row: ReviewCase) -> Task:
    """What the reading process has to do for a case. Raises NotFound if a file is gone."""
    return Task(
        file_at(agency, row.file),
        tuple(file_at(agency, item["file"]) for item in row.result.get("others", [])),
        pictures_at(agency, row.file),
        case_folder(agency, row.pk),
        row.result.get("purpose", ""),
        agency,
        (row.agency.name, row.agency.short_name),
        row.year,
        row.edition.snapshot_sha256 if row.edition else "",
    )


def _refuse_too_many(others: Sequence[object]) -> None:
    if len(others) > MOST_OTHERS:
        fault = Fault(
            "terlalu banyak dokumen pembanding", read=str(len(others)), expected=f"paling banyak {MOST_OTHERS}"
        )
        raise Refusal("Laporan tidak diterima.", fault)
