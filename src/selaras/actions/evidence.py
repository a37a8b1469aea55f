"""Evidence: files copied into the workspace under a name that tells their content, links, and entries of registers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models import QuerySet

from selaras.actions._keeping import MOST_BYTES, Upload, fault_of_link, keep, kind_taken, not_taken
from selaras.actions._scanning import scan
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, check, check_somewhere, may_by_position
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.core.measurement.records import Evidence, EvidenceKind, Progress
from selaras.core.period import Period
from selaras.store import models as tables
from selaras.store.rows import key_text
from selaras.store.snapshot import find_agency
from selaras.store.units import of_indicator

LONGEST_TITLE = 200
__all__ = [
    "MOST_BYTES", "Upload", "attach", "link_evidence", "register_evidence", "remove_evidence", "upload_evidence",
]  # fmt: skip
FIXED = {Progress.VERIFIED.value, Progress.LOCKED.value}


def attach(by: Actor, *, agency: str, path: Path) -> str:
    """Copy a file into the evidence store of an agency; returns the name to write into the workbook.

    The name begins with the SHA-256 of the content, so that the same file is stored once and another one never
    takes its place. Raises NotFound, NotAllowed and CannotRun.
    """
    check_somewhere(by, Act.MEASURE, agency)
    find_agency(agency)
    if not path.is_file():
        raise CannotRun(f"Berkas {path} tidak ditemukan.")
    with traced(by, action="menyimpan bukti", agency=agency) as details:
        name, digest = keep(agency, Upload(path, path.name), path.suffix)
        details |= {"file": name, "original": path.name, "sha256": digest}
    return name


def upload_evidence(
    by: Actor,
    *,
    agency: str,
    indicator: str,
    period: Period,
    upload: Upload,
    title: str = "",
    dated: date | None = None,
) -> Evidence:
    """Keep a file as evidence for the value of an indicator in a period; without a title, under its own name.

    What the file is, is told by its content and not by its name; the installation's virus scanner looks at it
    first. Raises Refusal (kind, size, infected, locked value), NotAllowed, NotFound and CannotRun.
    """
    _may_measure(by, agency, indicator)
    kind = kind_taken(upload)
    # The scanner is slow; nobody else may wait for it with the database.
    scanned = scan(upload.path, upload.name) if kind else False
    with _traced(by, "menambah berkas bukti", agency, indicator) as trace:
        if kind is None:
            raise not_taken(upload)
        name, digest = keep(agency, upload, kind.suffix)
        given = Evidence(indicator, period, EvidenceKind.FILE, title.strip() or _stem(upload.name), name, digest, dated)
        trace |= {"file": name, "sha256": digest, "scanned": "ya" if scanned else "tidak"}
        return _stored(trace, agency, given)


def link_evidence(
    by: Actor, *, agency: str, indicator: str, period: Period, address: str, title: str = "", dated: date | None = None
) -> Evidence:
    """Name a page on the web as evidence. Raises Refusal for other addresses than http and https, NotAllowed, NotFound."""
    with _traced(by, "menambah tautan bukti", agency, indicator) as trace:
        clean = address.strip()
        fault = fault_of_link(clean)
        if fault is not None:
            raise Refusal("Tautan tidak disimpan.", fault)
        given = Evidence(
            indicator, period, EvidenceKind.LINK, title.strip() or urlsplit(clean).hostname or clean, clean, dated=dated
        )
        return _stored(trace, agency, given)


def register_evidence(
    by: Actor, *, agency: str, indicator: str, period: Period, target: str, title: str, dated: date | None = None
) -> Evidence:
    """Name a register, letter or archive on paper as evidence. Raises Refusal if nothing is named, NotAllowed, NotFound."""
    with _traced(by, "menambah register bukti", agency, indicator) as trace:
        if not target.strip() or not title.strip():
            raise Refusal("Register tidak disimpan.", Fault("judul dan letaknya harus diisi", read=target))
        given = Evidence(indicator, period, EvidenceKind.REGISTER, title.strip(), target.strip(), dated=dated)
        return _stored(trace, agency, given)


def remove_evidence(by: Actor, *, agency: str, indicator: str, period: Period, title: str, reason: str = "") -> None:
    """Take evidence away again, as long as its value is not verified. The file stays in the store.

    Raises Refusal, NotAllowed, NotFound.
    """
    with _traced(by, "menghapus bukti", agency, indicator) as trace:
        _refuse_fixed(agency, indicator, period, FIXED)
        rows = _rows(agency, indicator, period).filter(title=title)
        row = rows.first()
        if row is None:
            raise NotFound(f"Bukti “{title}” untuk {indicator} {period.name} tidak ditemukan.")
        rows.delete()
        trace |= {"record": title, "file": row.target}
        trace.changed("Evidence", key_text((indicator, period, title)), "", title, "", reason)


@contextmanager
def _traced(by: Actor, action: str, agency: str, indicator: str) -> Iterator[Trace]:
    """The act on one indicator, allowed by role or to the holder of the responsible position."""
    unit, responsible = of_indicator(agency, indicator)
    is_duty = may_by_position(by, Act.MEASURE, agency, responsible)
    with traced(by, action=action, agency=agency, act=None if is_duty else Act.MEASURE, unit=unit) as trace:
        yield trace


def _may_measure(by: Actor, agency: str, indicator: str) -> None:
    unit, responsible = of_indicator(agency, indicator)
    if not may_by_position(by, Act.MEASURE, agency, responsible):
        check(by, Act.MEASURE, agency, unit)


def _stored(trace: Trace, agency: str, given: Evidence) -> Evidence:
    """Write one record of evidence and its history; the same title again gets a number. Call inside a transaction."""
    _refuse_fixed(agency, given.indicator, given.period, {Progress.LOCKED.value})
    given = replace(given, title=given.title[:LONGEST_TITLE])
    rows = _rows(agency, given.indicator, given.period)
    same = rows.filter(kind=given.kind.value, target=given.target).first()
    if same is not None:
        raise Refusal(f"Bukti ini sudah ada dengan judul “{same.title}”.")
    given = replace(given, title=_free(given.title, set(rows.values_list("title", flat=True))))
    row = tables.Indicator.objects.filter(agency__code=agency, code=given.indicator).first()
    if row is None:
        raise NotFound(f"Indikator {given.indicator} tidak ditemukan pada instansi {agency}.")
    key = {"year": given.period.year, "span": given.period.span.value, "index": given.period.index}
    tables.Evidence.objects.create(
        agency_id=row.agency_id, indicator=row, **key, kind=given.kind.value, title=given.title,
        target=given.target, sha256=given.sha256, dated=given.dated,
    )  # fmt: skip
    trace |= {"record": given.title, "indicator": given.indicator, "period": given.period.name}
    trace.changed("Evidence", key_text((given.indicator, given.period, given.title)), "", "", "baru", "")
    return given


def _free(title: str, taken: set[str]) -> str:
    if title not in taken:
        return title
    return next(f"{title} ({number})" for number in range(2, len(taken) + 3) if f"{title} ({number})" not in taken)


def _refuse_fixed(agency: str, indicator: str, period: Period, states: set[str]) -> None:
    state = (
        tables.Realisation.objects.filter(
            agency__code=agency, indicator__code=indicator,
            year=period.year, span=period.span.value, index=period.index,
        ).values_list("status", flat=True).first()
    )  # fmt: skip
    if state in states:
        raise Refusal(
            f"Realisasi {indicator} {period.name} sudah {state}; buktinya tidak dapat diubah.",
            Fault("bukti milik nilai yang sudah ditetapkan", remedy="Minta nilainya dikembalikan dahulu."),
        )


def _rows(agency: str, indicator: str, period: Period) -> QuerySet[tables.Evidence]:
    return tables.Evidence.objects.filter(
        agency__code=agency, indicator__code=indicator, year=period.year, span=period.span.value, index=period.index
    )


def _stem(name: str) -> str:
    """A title out of a file's name."""
    return re.sub(r"[\s_]+", " ", Path(name).stem).strip() or "Berkas"
