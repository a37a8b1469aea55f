"""The report as it would print now: composed from the live data, and remembered until something changes.

Every change of an agency's data leaves an audit record, so the hash of the last one tells whether what was composed
still holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from selaras.core.document import Document
from selaras.core.errors import NotFound
from selaras.core.law import Law
from selaras.core.period import Period
from selaras.core.reporting import compose
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.sections import SectionPlace, blocks_of, places
from selaras.core.snapshot import ReportSettings, Snapshot
from selaras.documents.write.html import excerpt, page
from selaras.rulebook import load
from selaras.store.evidence import reader
from selaras.store.models import AuditRecord
from selaras.store.snapshot import load_snapshot

KEPT = 8


def law_for(report: ReportSettings) -> Law:
    """The law for a report: that of the day of signing, else the year's last day."""
    return load(report.signed_on or date(report.year, 12, 31))


def sections_for(report: ReportSettings) -> tuple[SectionPlace, ...]:
    """The sections of the year's outline; empty if the outline is not known."""
    outline = law_for(report).outlines.get(report.outline)
    return places(outline) if outline else ()


def state_of(agency: str) -> str:
    """What the data of an agency stand at: changes with every act there."""
    last = AuditRecord.objects.filter(agency=agency).order_by("-pk").values_list("hash", flat=True).first()
    return last or ""


def live(agency: str, year: int) -> Snapshot:
    """Every fact of the year as it is now. Raises NotFound."""
    return _snapshot(str(settings.DATA), agency, year, state_of(agency))


def draft(agency: str, year: int, kind: str = "lkjip", period: Period | None = None) -> Document:
    """A document composed from the live data. Raises NotFound and CannotRun."""
    return _document(str(settings.DATA), agency, year, state_of(agency), kind, period)


def draft_page(agency: str, year: int, kind: str = "lkjip", period: Period | None = None) -> str:
    """The whole draft as one HTML file."""
    return page(draft(agency, year, kind, period), files=reader(agency))


def section_page(agency: str, year: int, section: str) -> str:
    """One section of the annual report as one HTML file. Raises NotFound."""
    whole = draft(agency, year)
    blocks = blocks_of(whole, section)
    if not blocks:
        raise NotFound(_("Bagian laporan ini tidak ditemukan."))
    return excerpt(replace(whole, blocks=blocks, attachment=""), files=reader(agency))


def figures_of(snapshot: Snapshot) -> Figures:
    """The figures of a snapshot under the law of its own report."""
    return Figures(snapshot, law_for(snapshot.settings))


@lru_cache(maxsize=KEPT)
def _snapshot(data: str, agency: str, year: int, state: str) -> Snapshot:
    del data, state  # they only tell one state of one workspace from another
    return load_snapshot(agency, year)


@lru_cache(maxsize=KEPT)
def _document(data: str, agency: str, year: int, state: str, kind: str, period: Period | None) -> Document:
    snapshot = _snapshot(data, agency, year, state)
    return compose(snapshot, law_for(snapshot.settings), kind=kind, period=period)
