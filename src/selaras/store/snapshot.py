"""Out of the database: the snapshot of one agency and year, and its records for a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from selaras.core.access import Actor
from selaras.core.agreements import HeadGoal
from selaras.core.errors import NotFound
from selaras.core.org import Agency
from selaras.core.period import Span
from selaras.core.place import Place
from selaras.core.snapshot import ReportSettings, Scope, Snapshot
from selaras.store import models as tables
from selaras.store.culture_editions import of_report as culture_of_report
from selaras.store.people_goals import with_own_goals
from selaras.store.reading import one_moment
from selaras.store.recommendations import of_report
from selaras.store.reform_rows import of_report as reform_of_report
from selaras.store.rows import Table, agency_table, all_tables
from selaras.store.service_editions import of_report as service_of_report

LINES = (tables.AgreementLine, tables.AgreementProgramme, tables.HeadGoal)


@dataclass(frozen=True, slots=True)
class AgencyYears:
    """An agency that is known, and the years of which something is known."""

    code: str
    name: str
    short_name: str
    years: tuple[int, ...]


def load_snapshot(agency_code: str, year: int) -> Snapshot:
    """Every fact of one agency for one report year, read as of one moment.

    Takes one query per kind of record and a few for recommendations, the reform and SKPs, whatever the size. Raises
    NotFound, naming what is known, if the agency is unknown or nothing at all is recorded for the year.
    """
    with one_moment():
        agency, records = _read(agency_code, year)
        recommendations, replies = of_report(agency_code, year)
        actions, progress, units, evaluated = reform_of_report(agency_code, year)
        studies, surveys = culture_of_report(agency_code, year)
        satisfaction, services = service_of_report(agency_code, year)
    fields = {table.kind.field: tuple(records[table.record]) for table in all_tables().values() if table.kind}
    settings = fields.pop("settings")
    return Snapshot(
        agency, year, settings[0] if settings else ReportSettings(year), recommendations=recommendations, replies=replies,
        reform_actions=actions, reform_progress=progress, unit_reforms=units, reform_units=evaluated,
        culture_studies=studies, culture_surveys=surveys, satisfaction=satisfaction, services=services, **fields,
    )  # fmt: skip


def load_records(agency_code: str, year: int) -> tuple[Agency, dict[type[Any], list[Any]]]:
    """The agency and all its records that belong to `year`, by type, in the agency's own order.

    Raises NotFound as `load_snapshot` does.
    """
    with one_moment():
        return _read(agency_code, year)


def _read(agency_code: str, year: int) -> tuple[Agency, dict[type[Any], list[Any]]]:
    pk, agency = find_agency(agency_code)
    records = {record: list(records_of(table, pk, year)) for record, table in all_tables().items()}
    records[HeadGoal] = with_own_goals(pk, year, records[HeadGoal])
    yearly = (item for table in all_tables().values() if table.is_yearly for item in records[table.record])
    if not any(is_of_year(item, year) for item in yearly):
        raise unknown_year(agency, pk, year)
    return agency, records


def load_part(agency_code: str, year: int, kinds: Collection[type[Any]]) -> Snapshot:
    """A snapshot that holds only some kinds of record: what one page needs, by one query per kind and one for the agency.

    A year of which nothing is recorded gives an empty snapshot, so that a page can offer to begin. Raises NotFound
    if the agency is unknown.
    """
    with one_moment():
        pk, agency = find_agency(agency_code)
        found = {
            table.record: tuple(records_of(table, pk, year)) for table in all_tables().values() if table.record in kinds
        }
    fields = {
        table.kind.field: found[table.record] for table in all_tables().values() if table.kind and table.record in found
    }
    settings = fields.pop("settings", ())
    return Snapshot(agency, year, settings[0] if settings else ReportSettings(year), **fields)


def agencies(actor: Actor) -> list[AgencyYears]:
    """The agencies that the actor may see, each with its years."""
    found = tables.Agency.objects.visible_to(actor).values_list("pk", "code", "name", "short_name")
    return [AgencyYears(code, name, short, tuple(years_of(pk))) for pk, code, name, short in found]


def find_agency(agency_code: str) -> tuple[int, Agency]:
    """The key and the record of an agency; raises NotFound with the known codes."""
    table = agency_table()
    row = table.rows.filter(code=agency_code).values_list("pk", *table.paths).first()
    if row is None:
        known = ", ".join(tables.Agency.objects.values_list("code", flat=True)[:20])
        raise NotFound(
            f"Instansi {agency_code} tidak ditemukan. " + (f"Yang ada: {known}." if known else "Belum ada instansi.")
        )
    return row[0], table.record_of(row[1:])


def rows_of(table: Table, agency: int, year: int | None = None) -> QuerySet[Any]:
    """The rows of one kind, in the agency's own order; of `year` only, if given, by the scope of the kind."""
    rows: QuerySet[Any] = table.rows.filter(agency_id=agency, **_within_agency(table, agency)).in_order()
    return rows if year is None else rows.filter(within(table, {year}))


def _within_agency(table: Table, agency: int) -> dict[str, int]:
    """What every record names is of its own agency: said to the database, which else joins with the rows of all others."""
    named = (field.name for field in table.fields if field.refers_to)
    required = (name for name in named if not table.model._meta.get_field(name).null)  # noqa: SLF001 (Django's documented way)
    return {f"{name}__agency_id": agency for name in required}


def records_of(table: Table, agency: int, year: int | None = None) -> Iterator[Any]:
    """The records of one kind, streamed."""
    rows = rows_of(table, agency, year).values_list(*table.paths)
    return map(table.record_of, rows.iterator(chunk_size=2000))


def within(table: Table, years: set[int]) -> Q:
    """Which rows belong to the snapshots of `years`; lines of agreements go with their agreements."""
    if table.model in LINES:
        return Q(agreement__year__in=years)
    if table.kind is None or table.kind.scope is Scope.ALWAYS:
        return Q()
    if table.kind.scope is Scope.HISTORY:
        return Q(span=Span.YEAR.value) | Q(year__in=years)
    return Q(year__in=years)


def is_of_year(item: Any, year: int) -> bool:
    """Whether a record says something about this very year: its own year, or a period in it."""
    return bool(item.period.year == year if hasattr(item, "period") else item.year == year)


def years_of(agency: int) -> list[int]:
    """The years of which something is recorded for an agency."""
    years: set[int] = set()
    for table in all_tables().values():
        if table.is_yearly:
            years |= set(table.rows.filter(agency_id=agency).order_by().values_list("year", flat=True).distinct())
    return sorted(years)


def unknown_year(agency: Agency, pk: int, year: int) -> NotFound:
    """The refusal for a year of which nothing is known."""
    known = ", ".join(map(str, years_of(pk)))
    more = f"Tahun yang ada: {known}." if known else "Belum ada data tahunan."
    return NotFound(f"Tidak ada data tahun {year} untuk instansi {agency.code}. {more}")


def place(table: Table, item: Any) -> Place:
    """The place of a record of ours."""
    return table.place_of({name: getattr(item, name) for name in table.key})
