"""What is known: the caller, agencies, computed figures with their formulas, what the gates say, the audit trail."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from selaras.actions import reports
from selaras.api.door import ApiRequest
from selaras.api.intake import AgencyCode, Day, Year
from selaras.api.records import MOST, READS
from selaras.api.schemas import AGENCY, FindingOut, Page, PlaceOut, data_of
from selaras.core.access import Act, check, check_somewhere
from selaras.core.reporting.attachment import plain
from selaras.store import models as tables
from selaras.store.snapshot import agencies as known_agencies
from selaras.store.snapshot import find_agency

router = Router(tags=["reading"])


class GrantOut(Schema):
    """Sebuah peran dan jangkauannya."""

    role: str
    agency: str
    units: list[str]


class Me(Schema):
    """Atas nama siapa token bekerja."""

    name: str
    login: str
    grants: list[GrantOut]
    acts: list[str]


class AgencyLine(Schema):
    """Instansi dan tahun-tahun yang ada datanya."""

    code: str
    name: str
    short_name: str
    years: list[int]


class AuditLine(Schema):
    """Satu tindakan."""

    id: int
    at: datetime
    actor: str
    action: str
    details: dict[str, Any]
    hash: str


class InputOut(Schema):
    """Satu masukan sebuah angka."""

    label: str
    shown: str
    place: PlaceOut = Field(default_factory=PlaceOut)


class FigureOut(Schema):
    """Satu angka terhitung: nilai persis, cara tercetaknya, rumus, masukan, dan pembulatannya."""

    key: str
    name: str
    value: Decimal | None = Field(
        description="Nilai persis sesudah batas, sebagai teks desimal; null bila tidak terhitung."
    )
    raw: Decimal | None = Field(description="Nilai persis sebelum batas.")
    shown: str = Field(description="Seperti tercetak dalam laporan.", examples=["102,94%"])
    unit: str
    status: str = Field(description="terhitung, atau mengapa tidak.")
    formula: str
    inputs: list[InputOut]
    places: int = Field(description="Desimal pada angka tercetak; setengah dibulatkan ke atas.")
    note: str


class GateFinding(FindingOut):
    """Satu ketidakselarasan."""

    consequences: list[GateFinding] = Field(default_factory=list)


@router.get("/me", response={200: Me, 401: READS[401]}, operation_id="me")
def me(request: ApiRequest) -> Any:
    """Siapa pemilik token ini, perannya, dan apa yang dapat dilakukan token."""
    actor = request.actor
    grants = [{"role": one.role, "agency": one.agency, "units": sorted(one.units)} for one in actor.grants]
    acts = sorted(actor.limits or ())
    return {"name": actor.name, "login": actor.login, "grants": grants, "acts": acts}


@router.get(
    "/agencies", response={200: Page[AgencyLine], 401: READS[401], 422: READS[422]}, operation_id="listAgencies"
)
def agencies(
    request: ApiRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Any:
    """Instansi yang dapat dilihat."""
    found = known_agencies(request.actor)
    return {"total": len(found), "items": [plain_line(one) for one in found[offset : offset + limit]]}


@router.get("/agencies/{agency}", response={200: AGENCY, **READS}, operation_id="getAgency")
def agency(request: ApiRequest, agency: AgencyCode) -> Any:
    """Identitas satu instansi."""
    check_somewhere(request.actor, Act.SEE, agency)
    return data_of(find_agency(agency)[1])


@router.get("/agencies/{agency}/{int:year}/figures", response={200: list[FigureOut], **READS}, operation_id="figures")
def figures(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Setiap angka laporan dengan rumus, masukan, dan pembulatannya, persis seperti tercetak."""
    known = reports.figures(request.actor, agency=agency, year=year)
    for indicator in known.measured:
        known.achievement(indicator)
        known.progress(indicator)
    for node in known.sasaran:
        known.sasaran_mean(node)
    _ = known.mean
    return [data_of(known.computed[key]) | {"shown": known.computed[key].shown()} for key in sorted(known.computed)]


@router.get(
    "/agencies/{agency}/{int:year}/findings", response={200: list[GateFinding], **READS}, operation_id="findings"
)
def findings(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Apa yang tidak selaras di antara rencana, perjanjian, anggaran, dan isian."""
    return [plain(one) for one in reports.findings(request.actor, agency=agency, year=year)]


@router.get("/agencies/{agency}/audit", response={200: Page[AuditLine], **READS}, operation_id="audit")
def audit(
    request: ApiRequest, agency: AgencyCode,
    since: Annotated[Day | None, Query(description="Sejak hari ini.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Any:  # fmt: skip
    """Jejak audit satu instansi, terbaru lebih dahulu."""
    check(request.actor, Act.AUDIT, agency)
    rows = tables.AuditRecord.objects.filter(agency=agency).order_by("-pk")
    if since is not None:
        rows = rows.filter(at__date__gte=since)
    names = ("id", "at", "actor", "action", "details", "hash")
    return {"total": rows.count(), "items": list(rows.values(*names)[offset : offset + limit])}


def plain_line(line: Any) -> dict[str, Any]:
    """An agency's line as data."""
    return {"code": line.code, "name": line.name, "short_name": line.short_name, "years": list(line.years)}
