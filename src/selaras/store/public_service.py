"""What anybody may know of an agency's services: how many requests there are, what is promised, the yearly counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import NotFound
from selaras.core.registers.definition import STATE, USED, VERDICT, Register, Summary
from selaras.core.registers.privacy import open_fields
from selaras.core.registers.standards import StandardComponent
from selaras.core.registers.survey import SurveyResult
from selaras.rulebook.service import load_standard
from selaras.store import models as tables
from selaras.store.models.registers import Standing
from selaras.store.register_access import Held, held_of
from selaras.store.register_figures import FigureLine, sheet_of


@dataclass(frozen=True, slots=True)
class ServiceAgency:
    """An agency with open services: how the list of all names it."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class PublicCount:
    """How many records of a register there are; no number, no name."""

    code: str
    name: str
    received: int
    finished: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Promise:
    """The announced standard of one service: each component with what it states."""

    service: str
    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PublicYear:
    """The yearly counts of a register as anybody may read them."""

    agency_name: str
    register: Register
    figures: tuple[FigureLine, ...]
    tables: tuple[tuple[Summary, tuple[tuple[str, Decimal], ...]], ...]
    rating: SurveyResult


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """A register of which something may stand in open data."""

    code: str
    name: str
    fields: tuple[str, ...]


def service_agencies() -> tuple[ServiceAgency, ...]:
    """The agencies with a register that is open to the public; one query."""
    open_ones = tables.RegisterDefinition.objects.filter(open_to_public=True, active=True, restricted=False)
    rows = tables.Agency.objects.filter(pk__in=open_ones.values("agency"))
    found = rows.order_by("name").values_list("code", "name", "parent_name")
    return tuple(ServiceAgency(*row) for row in found)


def named_agency(agency: str) -> ServiceAgency:
    """One agency. Raises NotFound."""
    row = tables.Agency.objects.filter(code=agency).values_list("code", "name", "parent_name").first()
    if row is None:
        raise NotFound("Instansi ini tidak ditemukan.")
    return ServiceAgency(*row)


def public_counts(agency: str, year: int, today: date) -> tuple[PublicCount, ...]:
    """How many requests came in and ended in a year, are open now, and are past their day; one query."""
    late = Q(
        records__standing=Standing.TIMED.value, records__ended__isnull=True, records__closed__isnull=True,
        records__due__lt=today,
    )  # fmt: skip
    rows = _public(agency).annotate(
        received=Count("records", filter=Q(records__opened__year=year)),
        finished=Count("records", filter=Q(records__closed__year=year)),
        waiting=Count("records", filter=Q(records__closed__isnull=True)), late=Count("records", filter=late),
    )  # fmt: skip
    return tuple(
        PublicCount(row.code, row.name, row.received, row.finished, row.waiting, row.late)
        for row in rows.order_by("sequence", "pk")
    )


def promises_of(agency: str, today: date) -> tuple[Promise, ...]:
    """The standards that an agency announced, with the components that the public is told; one query."""
    components, _source = load_standard(today)
    rows = tables.ServiceNorm.objects.filter(agency__code=agency, announced=True).order_by("sequence", "pk")
    return tuple(Promise(row.service, row.name, _lines(components, row.statements)) for row in rows)


def years_told(agency: str, code: str) -> tuple[int, ...]:
    """The years from the first to the last opened record of a public register, the newest first; two queries.

    Raises NotFound.
    """
    rows = tables.RegisterRecord.objects.filter(definition=_held(agency, code).pk)
    ends = rows.aggregate(first=Min("opened"), last=Max("opened"))
    return tuple(range(ends["last"].year, ends["first"].year - 1, -1)) if ends["first"] else ()


def public_year(agency: str, code: str, year: int, today: date) -> PublicYear:
    """The yearly counts of a register that is open to the public: tables only by what open data may hold.

    Raises NotFound.
    """
    held = _held(agency, code)
    allowed = {field.code for field in open_fields(held.register)}
    sheet = sheet_of(held, year, today)
    told = tuple((item, lines) for item, lines in sheet.tables if _is_open(item.by, allowed))
    return PublicYear(held.row.agency.name, held.register, sheet.figures, told, sheet.rating)


def open_registers(agency: str) -> tuple[OpenRegister, ...]:
    """The registers of an agency of which something may stand in open data; one query."""
    rows = tables.RegisterDefinition.objects.filter(agency__code=agency, active=True, restricted=False)
    made = []
    for row in rows.select_related("agency").order_by("sequence", "pk"):
        fields = open_fields(held_of(row).register)
        if fields:
            made.append(OpenRegister(row.code, row.name, tuple(field.name for field in fields)))
    return tuple(made)


def norm_at(agency: str, service: str) -> tables.ServiceNorm:
    """The standard of one service. Raises NotFound."""
    row = tables.ServiceNorm.objects.filter(agency__code=agency, service=service).select_related("definition").first()
    if row is None:
        raise NotFound(f"Standar pelayanan {service} tidak ditemukan.")
    return row


def deadlines_of(actor: Actor, agency: str) -> list[tuple[str, str]]:
    """Every deadline of every register of an agency to choose from: `register|deadline` and its names; one query.

    Raises NotFound, NotAllowed.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    rows = tables.RegisterDefinition.objects.filter(agency__code=agency, active=True).select_related("agency")
    return [
        (f"{row.code}|{item.code}", f"{row.name}: {item.name}")
        for row in rows.order_by("sequence", "pk")
        for item in held_of(row).register.deadlines
    ]


def _public(agency: str) -> QuerySet[tables.RegisterDefinition]:
    return tables.RegisterDefinition.objects.filter(
        agency__code=agency, open_to_public=True, active=True, restricted=False
    )


def _held(agency: str, code: str) -> Held:
    row = _public(agency).select_related("agency").filter(code=code).first()
    if row is None:
        raise NotFound("Layanan ini tidak ditemukan.")
    return held_of(row)


def _lines(components: tuple[StandardComponent, ...], statements: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (item.name, statements[item.code].strip())
        for item in components
        if item.published and statements.get(item.code, "").strip()
    )


def _is_open(subject: str, allowed: set[str]) -> bool:
    """Whether a table by this subject says nothing that open data may not: facts of time, or an open field."""
    return not subject or subject in allowed or subject == STATE or subject.startswith((USED, VERDICT))
