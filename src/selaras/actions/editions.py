"""Editions of reports: data frozen, sent to review, approved, published, withdrawn. Nothing is ever deleted."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from django.db.models import Max
from django.utils import timezone

from selaras.actions._announcing import tell_programs
from selaras.actions._files import written
from selaras.actions._licences import licence_set
from selaras.actions._notices import tell
from selaras.actions._rules import law_of
from selaras.actions.audit import Trace, traced
from selaras.actions.webhooks import PUBLISHED, WITHDRAWN
from selaras.core.access import Act, Actor, Role, may
from selaras.core.document import Document
from selaras.core.errors import Fault, Refusal, Waiting
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS
from selaras.core.reporting import compose as compose_document
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.licence import choose
from selaras.core.reporting.open_data import open_data_text
from selaras.core.reporting.redaction import data_snapshot, public_document, public_snapshot
from selaras.documents.write import FORMATS, write
from selaras.rulebook.licences import load_licences
from selaras.store.editions import (
    DATA_NAME,
    FILE,
    PUBLIC,
    edition_key,
    edition_path,
    edition_period,
    find_edition,
    frozen_snapshot,
    newer_than,
    read_edition_file,
    standing_licence,
)
from selaras.store.evidence import reader, with_damage
from selaras.store.models import ReportEdition, ReviewCase
from selaras.store.models.work import EditionState, ReviewState
from selaras.store.reviews import folder as reviews_folder
from selaras.store.snapshot import find_agency, load_snapshot
from selaras.store.turns import Lane, turn
from selaras.store.users import holders_of

REVIEWED = frozenset({"lkjip"})
"""Kinds that the APIP reviews before they are approved (Permenpan-RB 53/2014 on the review of performance reports)."""
PUBLIC_FORMATS = ("pdf", "html", "xlsx")
SETTLED = frozenset({EditionState.FROZEN, EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.PUBLISHED})
KIND = ReportEdition.__name__


def freeze(
    by: Actor, *, agency: str, year: int, kind: str, period: Period | None = None, note: str = ""
) -> ReportEdition:
    """Freeze the data of a year and compose one document of `kind` from them, in every format.

    The snapshot and the documents are kept as files named by their SHA-256, which the edition and the audit record
    hold. Raises Refusal if the data are those of the edition before, for an unknown kind or a missing period;
    NotFound, NotAllowed and CannotRun.
    """
    # Composing takes a second; nobody may wait for it with the database locked, so the files come first.
    prepared, problem = _attempt(by, Act.WRITE_REPORT, agency, lambda: _frozen(agency, year, kind, period))
    with traced(by, action="membekukan data laporan", agency=agency, act=Act.WRITE_REPORT) as trace:
        files = _given(prepared, problem)
        pk, _ = find_agency(agency)
        span, index = (period.span, period.index) if period else (Span.YEAR, 1)
        same = ReportEdition.objects.filter(agency_id=pk, year=year, kind=kind, span=span.value, index=index)
        last = same.order_by("-version").first()
        data = files.pop("json")
        if last is not None and last.snapshot_sha256 == data and EditionState(last.state) in SETTLED:
            raise Refusal(
                f"Data tidak berubah sejak edisi {last.version}; tidak ada yang perlu dibekukan lagi.",
                Fault("data sama", remedy=f"Lanjutkan dengan edisi {last.version}."),
            )
        version = (same.aggregate(top=Max("version"))["top"] or 0) + 1
        edition = ReportEdition.objects.create(
            agency_id=pk, year=year, kind=kind, span=span.value, index=index, version=version,
            state=EditionState.FROZEN.value, note=note, snapshot_sha256=data,
            files={f"{_stem(kind, year, period, agency, version)}.{form}": sha for form, sha in files.items()},
            frozen_at=timezone.now(), frozen_by=by.name,
        )  # fmt: skip
        trace.changed(KIND, edition_key(edition), "state", "", EditionState.FROZEN.value, note)
        trace |= {"edition": edition_key(edition), "sha256": data, "files": edition.files}
    return edition


def send_to_review(by: Actor, *, agency: str, edition: int) -> ReviewCase:
    """Hand a frozen edition to the APIP: a review case with the PDF of the edition; the reviewers are told.

    Raises Refusal if the edition is not frozen or not the newest, NotAllowed and NotFound.
    """
    with traced(by, action="mengirim laporan untuk direviu", agency=agency, act=Act.WRITE_REPORT) as trace:
        row = _newest(agency, edition, EditionState.FROZEN)
        name, sha256 = next((name, sha) for name, sha in row.files.items() if name.endswith(".pdf"))
        with written(reviews_folder(agency) / sha256 / name) as draft:
            draft.write_bytes(read_edition_file(agency, sha256, "pdf"))
        case = ReviewCase.objects.create(
            agency_id=row.agency_id, edition=row, title=f"{_title(row)}, edisi {row.version}", year=row.year,
            file=f"{sha256}/{name}", sha256=sha256, state=ReviewState.READING.value, opened_by=by.name,
        )  # fmt: skip
        _move(trace, row, EditionState.IN_REVIEW)
        _announce(by, row, "menunggu reviu.", Role.REVIEWER)
    return case


def return_edition(by: Actor, *, agency: str, edition: int, note: str) -> ReportEdition:
    """The head of the agency gives an edition back with a note; a new one is frozen when the data are mended.

    Raises Refusal without a note or in another state, NotAllowed and NotFound.
    """
    with traced(by, action="mengembalikan laporan", agency=agency, act=Act.APPROVE_REPORT) as trace:
        _reason(note, "Tulis apa yang perlu diperbaiki.")
        row = _newest(agency, edition, EditionState.FROZEN, EditionState.IN_REVIEW)
        row.note = note.strip()
        _move(trace, row, EditionState.RETURNED, note.strip())
        _announce(by, row, f"dikembalikan: {note.strip()}", Role.REPORTER, Role.PLANNER)
    return row


def approve(by: Actor, *, agency: str, edition: int) -> ReportEdition:
    """The head of the agency approves an edition; an annual report only after the APIP has finished its review.

    Raises Refusal, NotAllowed and NotFound.
    """
    with traced(by, action="menyetujui laporan", agency=agency, act=Act.APPROVE_REPORT) as trace:
        row = _newest(agency, edition, EditionState.FROZEN, EditionState.IN_REVIEW)
        if row.kind in REVIEWED and not row.reviews.filter(state=ReviewState.DONE.value).exists():
            raise Refusal(
                "Laporan ini belum selesai direviu APIP.",
                Fault("reviu belum selesai", remedy="Kirim untuk direviu dan tunggu hasilnya sebelum menyetujui."),
            )
        row.approved_at, row.approved_by = timezone.now(), by.name
        _move(trace, row, EditionState.APPROVED)
        _announce(by, row, "disetujui dan siap diterbitkan.", Role.REPORTER, Role.PLANNER)
    return row


def publish(by: Actor, *, agency: str, edition: int, licence: str = "") -> ReportEdition:
    """Open an approved edition to everybody: its public documents and open data, without personal data.

    The public files are composed from the frozen data, never from live ones. `licence` is the code of the terms of the
    open data (`rulebook.licences`); without one those that the agency chose stand. Raises Refusal in another
    state or for unknown terms, NotAllowed, NotFound and CannotRun.
    """
    prepared, problem = _attempt(by, Act.PUBLISH, agency, lambda: _public_files(agency, edition, licence))
    with traced(by, action="menerbitkan laporan", agency=agency, act=Act.PUBLISH) as trace:
        files = _given(prepared, problem)
        row = _newest(agency, edition, EditionState.APPROVED)
        row.files = row.files | files
        row.published_at, row.published_by = timezone.now(), by.name
        _move(trace, row, EditionState.PUBLISHED)
        if licence:
            licence_set(trace, agency, licence)
        for name, sha256 in row.files.items():
            trace.changed(FILE, sha256, "nama", "", name.removeprefix(PUBLIC), edition_key(row))
        trace["files"] = files
        _announce(by, row, "sudah terbit di halaman publik.", Role.PLANNER, Role.REPORTER, Role.LEADER)
        tell_programs(by, row, event=PUBLISHED)
    return row


def withdraw(by: Actor, *, agency: str, edition: int, reason: str) -> ReportEdition:
    """Take a published edition out of the public pages, for a reason that stays on record; its files are kept.

    Raises Refusal without a reason or if it is not published, NotAllowed and NotFound.
    """
    with traced(by, action="menarik laporan", agency=agency, act=Act.PUBLISH) as trace:
        _reason(reason, "Tulis mengapa laporan ditarik.")
        row = _in_state(agency, edition, EditionState.PUBLISHED)
        row.note = reason.strip()
        _move(trace, row, EditionState.WITHDRAWN, reason.strip())
        _announce(by, row, f"ditarik: {reason.strip()}", Role.PLANNER, Role.REPORTER, Role.LEADER)
        tell_programs(by, row, event=WITHDRAWN)
    return row


def _attempt(
    by: Actor, act: Act, agency: str, work: Callable[[], dict[str, str]]
) -> tuple[dict[str, str] | None, Refusal | None]:
    """Slow work before the transaction, for those who may; a refusal is kept, so that the trail can record it."""
    if not may(by, act, agency):
        return None, None
    try:
        return work(), None
    except Waiting:
        raise  # nothing was refused yet: the person comes back with the same wish
    except Refusal as refusal:
        return None, refusal


def _given(prepared: dict[str, str] | None, problem: Refusal | None) -> dict[str, str]:
    if problem is not None:
        raise problem
    return dict(prepared or {})


def _frozen(agency: str, year: int, kind: str, period: Period | None) -> dict[str, str]:
    """The snapshot and the documents as files: SHA-256 by form."""
    if kind not in KINDS:
        raise Refusal(f"Jenis dokumen “{kind}” tidak dikenal. Yang ada: {', '.join(KINDS)}.")
    snapshot = load_snapshot(agency, year)
    told = replace(snapshot, evidence=with_damage(agency, snapshot.evidence))
    document = compose_document(told, law_of(snapshot.settings), kind=kind, period=period)
    data = _stored(agency, attach(snapshot, {}).encode(), "json")
    with turn(Lane.COMPOSING, agency):
        return {"json": data} | {form: _composed(agency, document, form) for form in FORMATS}


def _public_files(agency: str, edition: int, licence: str) -> dict[str, str]:
    chosen = choose(licence, load_licences(), standing=standing_licence(agency))
    row = _in_state(agency, edition, EditionState.APPROVED)
    snapshot = frozen_snapshot(agency, row.snapshot_sha256)
    law, period = law_of(snapshot.settings), edition_period(row)
    bare, data = public_snapshot(snapshot), data_snapshot(snapshot)
    known = Figures(data, law)
    files = {DATA_NAME: _stored(agency, open_data_text(known, chosen).encode(), "json")}
    document = compose_document(bare, law, kind=row.kind, period=period)
    public = public_document(document, attachment=attach(data, known.computed))
    stem = _stem(row.kind, row.year, period, agency, row.version)
    with turn(Lane.COMPOSING, agency):
        return files | {f"{PUBLIC}{stem}-publik.{form}": _composed(agency, public, form) for form in PUBLIC_FORMATS}


def _composed(agency: str, document: Document, form: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dokumen.{form}"
        write(document, form, path, files=reader(agency))
        return _stored(agency, path.read_bytes(), form)


def _stored(agency: str, content: bytes, form: str) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    with written(edition_path(agency, sha256, form)) as draft:
        draft.write_bytes(content)
    return sha256


def _in_state(agency: str, edition: int, *allowed: EditionState) -> ReportEdition:
    row = find_edition(agency, edition)
    if EditionState(row.state) not in allowed:
        expected = " atau ".join(state.value for state in allowed)
        raise Refusal(
            f"{_title(row)} edisi {row.version} berkeadaan “{row.state}”.",
            Fault("keadaan edisi", read=row.state, expected=expected, remedy="Muat ulang halamannya."),
        )
    return row


def _newest(agency: str, edition: int, *allowed: EditionState) -> ReportEdition:
    row = _in_state(agency, edition, *allowed)
    later = newer_than(row).order_by("-version").first()
    if later is not None:
        raise Refusal(
            f"Sudah ada edisi {later.version} dari {_title(row)}.",
            Fault("bukan edisi terbaru", read=str(row.version), remedy=f"Lanjutkan dengan edisi {later.version}."),
        )
    return row


def _move(trace: Trace, row: ReportEdition, state: EditionState, reason: str = "") -> None:
    trace.changed(KIND, edition_key(row), "state", row.state, state.value, reason)
    trace |= {"edition": edition_key(row), "state": state.value}
    row.state = state.value
    row.save()


def _reason(words: str, remedy: str) -> None:
    if not words.strip():
        raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy=remedy))


def _announce(by: Actor, row: ReportEdition, words: str, *roles: Role) -> None:
    code = row.agency.code
    people = holders_of(code, timezone.localdate(), *roles)
    url = f"/i/{quote(code, safe='').replace('%', '~')}/{row.year}/laporan/edisi/{row.pk}/"
    tell(by, people, text=f"{_title(row)} edisi {row.version} {words}", url=url, agency=code, topic="laporan")


def _title(row: ReportEdition) -> str:
    period = edition_period(row)
    name = {"lkjip": "Laporan kinerja", "pk": "Perjanjian kinerja"}.get(row.kind, row.kind.capitalize())
    return f"{name} {row.agency.short_name} {period.name if period else row.year}"


def _stem(kind: str, year: int, period: Period | None, agency: str, version: int) -> str:
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", agency).strip(".-") or "instansi"
    part = f"-{period.span.value}-{period.index}" if period else ""
    return f"{kind}-{year}{part}-{safe}-edisi-{version}"
