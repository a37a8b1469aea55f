"""One document of a book, in a worker: made as the one that is composed alone, or told why it could not be made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selaras import __version__
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.core.finding import Severity
from selaras.core.nation.books import PERIODIC, Origin
from selaras.core.outage import outage_of
from selaras.core.period import Period, Span
from selaras.documents.books import BookLine

if TYPE_CHECKING:
    from selaras.core.reporting.figures import Figures

REPORT_IT = "Laporkan kepada pengembang beserta baris ini; dokumen lain tidak terpengaruh."
LONGEST = 600
"""Characters of a fault in the summary."""


Done = tuple[str, tuple[tuple[str, str, int], ...], int]
"""What is remembered of a finished document: the hash of its data, its files, and the errors in its data."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be made. `before` is the line that an earlier run left for it."""

    agency: str
    office: str
    kind: str
    year: int
    span: str
    index: int
    origin: str
    formats: tuple[str, ...]
    folder: str
    before: Done | None = None

    @property
    def key(self) -> str:
        """The document by which the state file knows it."""
        return f"{self.kind}|{self.year}|{self.span}|{self.index}|{self.agency}"


def compose_job(job: Job) -> BookLine:
    """Make one document, unless its data and files are those of the last run; what goes wrong is told, not raised."""
    try:
        return _composed(job)
    except Refusal as refusal:
        remedy = next((fault.remedy for fault in refusal.faults if fault.remedy), "") or _remedy(refusal)
        detail = "; ".join(replace(fault, remedy="").sentence() for fault in refusal.faults[:3])
        return failed(job, refusal.message, remedy, detail)
    except Exception as error:  # noqa: BLE001 - one document may not end the other 551; the text goes into the summary
        if outage := outage_of(error):
            return failed(job, f"{outage.kind.words}.", outage.kind.remedy, outage.told, passing=True)
        return failed(job, f"Kesalahan program: {type(error).__name__}: {error}", REPORT_IT, passing=True)


def failed(job: Job, cause: str, remedy: str, detail: str = "", *, passing: bool = False) -> BookLine:
    """The line of a document that could not be made; documents with the same cause and remedy are told together."""
    return BookLine(
        job.agency, job.office, job.kind, "gagal", cause=cause, remedy=remedy, detail=detail[:LONGEST], passing=passing
    )


def _remedy(refusal: Refusal) -> str:
    if isinstance(refusal, NotFound):
        return "Periksa kode instansi dan tahunnya, atau keluarkan instansi itu dari buku."
    if isinstance(refusal, CannotRun):
        return "Jalankan lagi; bila tetap gagal, laporkan kepada pengembang beserta rinciannya."
    return "Lengkapi data instansi itu, lalu jalankan lagi."


def stem_of(job: Job) -> str:
    """The name of the document's files; agencies whose codes look alike in a file name do not share one."""
    from selaras.actions.reports import _stem

    stem = _stem(job.kind, job.year, _about(job), job.agency)
    exact = stem.endswith(f"-{job.agency}")
    return stem if exact else f"{stem}-{hashlib.sha256(job.agency.encode()).hexdigest()[:8]}"


def _about(job: Job) -> Period | None:
    return Period(job.year, Span(job.span), job.index) if job.kind in PERIODIC else None


def _composed(job: Job) -> BookLine:
    from selaras.actions._files import sha256_of, written
    from selaras.actions._rules import law_of
    from selaras.actions.reports import _law_of
    from selaras.core.reporting import compose
    from selaras.core.reporting.attachment import attach
    from selaras.core.reporting.figures import Figures
    from selaras.core.reporting.open_data import open_data
    from selaras.core.reporting.redaction import data_snapshot, public_document, public_snapshot
    from selaras.documents.write import write
    from selaras.store.evidence import reader

    about = _about(job)
    snapshot, fingerprint = _data(job, about)
    sha256 = hashlib.sha256(
        json.dumps([fingerprint, job.kind, job.span, job.index, job.origin, list(job.formats), __version__]).encode()
    ).hexdigest()
    folder = Path(job.folder)
    if job.before is not None and job.before[0] == sha256 and all(_stands(folder, *one) for one in job.before[1]):
        return BookLine(job.agency, job.office, job.kind, "tetap", job.before[1], sha256, errors=job.before[2])
    law = _law_of(snapshot) if job.origin == Origin.LIVE.value else law_of(snapshot.settings)  # frozen: as it was
    errors = _errors(Figures(snapshot, law))
    if job.origin == Origin.PUBLISHED.value:
        data = data_snapshot(snapshot)
        known = Figures(data, law)
        open_data(known)  # figures remember what was computed; the published document has all of these attached
        document = public_document(
            compose(public_snapshot(snapshot), law, kind=job.kind, period=about),
            attachment=attach(data, known.computed),
        )
    else:
        document = compose(snapshot, law, kind=job.kind, period=about)
    stem, made = stem_of(job), []
    for form in job.formats:
        path = folder / f"{stem}.{form}"
        with written(path) as draft:
            write(document, form, draft, files=reader(job.agency))
        made.append((path.name, sha256_of(path), path.stat().st_size))
    return BookLine(job.agency, job.office, job.kind, "baru", tuple(made), sha256, errors=errors)


def _errors(known: Figures) -> int:
    """How many errors the gate sees in plan, agreement, budget and entries: as `selaras check` counts them."""
    from selaras.core.reporting.gates import gates, settled

    return sum(one.severity is Severity.ERROR for one in [*gates(known), *settled(known)])


def _data(job: Job, about: Period | None) -> tuple[Any, str]:
    """The snapshot that the document is made of, and the fingerprint of its data and of the files that it shows."""
    from selaras.core.reporting.attachment import attach
    from selaras.store.evidence import damage_of, with_damage
    from selaras.store.snapshot import load_snapshot

    origin = Origin(job.origin)
    if origin is Origin.LIVE:
        snapshot = load_snapshot(job.agency, job.year)
        known = hashlib.sha256(attach(snapshot, {}).encode()).hexdigest()
    else:
        snapshot, known = _frozen(job, origin, about)
    shown = [damage_of(job.agency, photo.file) for photo in snapshot.photos if photo.file]
    if origin is not Origin.PUBLISHED:  # public documents are made without, here as there
        told = with_damage(job.agency, snapshot.evidence)
        shown += [item.title for item, was in zip(told, snapshot.evidence, strict=True) if item != was]
        snapshot = replace(snapshot, evidence=told)
    return snapshot, "|".join([known, *shown])


def _frozen(job: Job, origin: Origin, about: Period | None) -> tuple[Any, str]:
    from selaras.store.books import edition_for
    from selaras.store.editions import frozen_snapshot

    edition = edition_for(job.agency, job.year, job.kind, origin, about)
    if edition is None:
        if origin is Origin.PUBLISHED:
            what, remedy = "terbit", "Bekukan dan terbitkan laporannya, atau pilih data berjalan untuk buku ini."
        else:
            what, remedy = "beku", "Bekukan laporannya, atau pilih data berjalan untuk buku ini."
        raise CannotRun(f"Belum ada data {what} untuk tahun {job.year}.", Fault("edisi tidak ada", remedy=remedy))
    return frozen_snapshot(job.agency, edition.snapshot_sha256), edition.snapshot_sha256


def _stands(folder: Path, name: str, sha256: str, size: int) -> bool:
    from selaras.actions._files import sha256_of

    path = folder / name
    return path.is_file() and path.stat().st_size == size and sha256_of(path) == sha256
