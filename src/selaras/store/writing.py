"""What the pages of the report's text need, each by one query: the year's settings and the agency's own words."""

from __future__ import annotations

from selaras.core.snapshot import Narrative, ReportSettings
from selaras.store.rows import all_tables
from selaras.store.snapshot import records_of


def settings_of(agency: int, year: int) -> ReportSettings:
    """How the documents of a year are made; the usual settings where none are stored."""
    return next(records_of(all_tables()[ReportSettings], agency, year), ReportSettings(year))


def narratives_of(agency: int, year: int) -> tuple[Narrative, ...]:
    """The agency's own words of a year, in its own order."""
    return tuple(records_of(all_tables()[Narrative], agency, year))
