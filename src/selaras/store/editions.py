"""Editions of reports: where their files lie, reading them with a look at their fingerprint, and finding them."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from selaras.core.errors import CannotRun, Fault, NotFound
from selaras.core.period import Period, Span
from selaras.core.reporting.licence import choose
from selaras.core.reporting.thawing import thaw
from selaras.core.snapshot import Snapshot
from selaras.rulebook.licences import load_licences
from selaras.store.models import Agency, FieldChange, ReportEdition, ReviewCase
from selaras.store.models.work import EditionState

DATA_NAME = "publik/data.json"
PUBLIC = "publik/"
FILE = "Berkas terbit"
"""The kind under which the history keeps the files of published editions, each by its fingerprint."""
KEPT = 64


def editions_folder(agency: str) -> Path:
    """The folder of an agency's editions; any code makes exactly one safe folder name."""
    return Path(settings.DATA) / "editions" / quote(agency, safe="").replace(".", "%2E")


def edition_path(agency: str, sha256: str, suffix: str) -> Path:
    """Where a file of an edition lies: its name is its content, so that one edition never overwrites another's."""
    return editions_folder(agency) / f"{sha256}.{suffix}"


def read_edition_file(agency: str, sha256: str, suffix: str) -> bytes:
    """The bytes of a file of an edition. Raises CannotRun if it is gone or no longer what was registered."""
    path = edition_path(agency, sha256, suffix)
    remedy = "Pulihkan foldernya dari cadangan."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotRun("Berkas edisi tidak ada di penyimpanan.", Fault(path.name, remedy=remedy)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CannotRun("Berkas edisi berubah sejak didaftarkan.", Fault(path.name, expected=sha256, remedy=remedy))
    return content


def frozen_snapshot(agency: str, sha256: str) -> Snapshot:
    """The snapshot of an edition. Raises CannotRun."""
    return _thawed(str(settings.DATA), agency, sha256)


def published_data(edition: ReportEdition) -> dict[str, Any]:
    """The open data of a published edition; not to be changed by who reads it. Raises NotFound and CannotRun."""
    sha256 = edition.files.get(DATA_NAME)
    if sha256 is None:
        raise NotFound("Edisi ini tidak mempunyai data terbuka.")
    return _open_data(str(settings.DATA), edition.agency.code, sha256)


@lru_cache(maxsize=KEPT)
def _thawed(data: str, agency: str, sha256: str) -> Snapshot:
    del data  # the folder is part of the key: tests and tools move it
    return thaw(read_edition_file(agency, sha256, "json").decode())


@lru_cache(maxsize=KEPT)
def _open_data(data: str, agency: str, sha256: str) -> dict[str, Any]:
    del data
    found: dict[str, Any] = json.loads(read_edition_file(agency, sha256, "json"))
    return found


def edition_period(edition: ReportEdition) -> Period | None:
    """The period that the document needs; None where it is about the whole year."""
    return None if edition.span == Span.YEAR.value else Period(edition.year, Span(edition.span), edition.index)


def edition_key(edition: ReportEdition) -> str:
    """An edition as its history and audit records name it."""
    period = edition_period(edition)
    return f"{edition.kind} {period.name if period else edition.year} edisi {edition.version}"


def editions_of_year(agency: int, year: int) -> QuerySet[ReportEdition]:
    """The editions of an agency and year, newest version first within each kind."""
    rows = ReportEdition.objects.filter(agency_id=agency, year=year)
    return rows.order_by("kind", "span", "index", "-version")


def find_edition(agency: str, pk: int) -> ReportEdition:
    """One edition of an agency; raises NotFound."""
    rows = ReportEdition.objects.select_related("agency").prefetch_related(reviews_without_results())
    found = rows.filter(agency__code=agency, pk=pk).first()
    if found is None:
        raise NotFound("Edisi laporan ini tidak ditemukan.")
    return found


def reviews_without_results() -> Prefetch[str, QuerySet[ReviewCase], str]:
    """The reviews of editions without their findings, which are large; for `prefetch_related`."""
    return Prefetch("reviews", ReviewCase.objects.defer("result"))


def versions_around(edition: ReportEdition) -> tuple[ReportEdition | None, ReportEdition | None]:
    """The version before this one and the newest one after it, each None where there is none."""
    rows = list(_siblings(edition).exclude(pk=edition.pk).order_by("version"))
    earlier = [row for row in rows if row.version < edition.version]
    later = [row for row in rows if row.version > edition.version]
    return (earlier[-1] if earlier else None, later[-1] if later else None)


def newer_than(edition: ReportEdition) -> QuerySet[ReportEdition]:
    """Later versions of the same document."""
    return _siblings(edition).filter(version__gt=edition.version)


def before(edition: ReportEdition) -> ReportEdition | None:
    """The version before this one, if there is one."""
    return _siblings(edition).filter(version__lt=edition.version).order_by("-version").first()


def _siblings(edition: ReportEdition) -> QuerySet[ReportEdition]:
    return ReportEdition.objects.select_related("agency").filter(
        agency=edition.agency_id, year=edition.year, kind=edition.kind, span=edition.span, index=edition.index
    )


def published_editions(agency: str = "") -> QuerySet[ReportEdition]:
    """What the public may read, newest year and version first."""
    rows = ReportEdition.objects.filter(state=EditionState.PUBLISHED.value).select_related("agency")
    rows = rows.filter(agency__code=agency) if agency else rows
    return rows.order_by("agency__name", "-year", "kind", "span", "index", "-version")


def latest_published(agency: str, year: int, kind: str = "lkjip") -> ReportEdition:
    """The newest published edition of a kind; raises NotFound."""
    found = published_editions(agency).filter(year=year, kind=kind).order_by("-version").first()
    if found is None:
        raise NotFound(f"Belum ada laporan {agency} tahun {year} yang diterbitkan.")
    return found


def standing_licence(agency: str) -> str:
    """The code of the terms that an agency chose for its open data; empty if it has not chosen yet."""
    return Agency.objects.filter(code=agency).values_list("data_licence", flat=True).first() or ""


def licence_of(data: dict[str, Any]) -> dict[str, str]:
    """The terms of some open data; of those that were published without any, the proposed ones."""
    return data.get("licence") or choose("", load_licences()).data()


def registered(sha256: str) -> list[tuple[ReportEdition, str]]:
    """The published files with that fingerprint: their edition and name. Withdrawn editions are told too."""
    states = [EditionState.PUBLISHED.value, EditionState.WITHDRAWN.value]
    # The history has an index by agency, kind and key; the files of editions have none.
    told = FieldChange.objects.filter(agency__in=Agency.objects.values("code"), kind=FILE, key=sha256)
    codes = set(told.values_list("agency", flat=True))
    rows = ReportEdition.objects.filter(state__in=states, published_at__isnull=False)
    # What was published before the history kept fingerprints is looked for in the editions themselves.
    rows = rows.filter(agency__code__in=codes) if codes else rows.filter(files__icontains=sha256)
    return [
        (row, name.removeprefix(PUBLIC))
        for row in rows.select_related("agency")
        for name, known in row.files.items()
        if known == sha256
    ]
