"""Public pages: who has published, an agency's reports by year, a report's figures, one indicator."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.document import Chart, ChartKind, Series
from selaras.core.errors import NotFound
from selaras.core.reporting.licence import choose
from selaras.documents.charts import draw
from selaras.rulebook.licences import load_licences
from selaras.store.editions import (
    PUBLIC,
    edition_period,
    latest_published,
    licence_of,
    published_data,
    published_editions,
)
from selaras.store.models import ReportEdition
from selaras.store.tickets import public_registers
from selaras.web.days import format_date, period_name
from selaras.web.public.gateway import open_to_all, shown
from selaras.web.reporting.documents import NAMES

FORMS = {"pdf": "PDF", "html": "HTML", "xlsx": "Excel"}
LONGEST_SEARCH = 100


@dataclass(slots=True)
class AgencyLine:
    """An agency with what it has published."""

    code: str
    name: str
    parent: str
    years: list[int] = field(default_factory=list)
    documents: int = 0


@open_to_all
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies that have published something, searched by name."""
    words = request.GET.get("cari", "").strip()[:LONGEST_SEARCH]
    rows = published_editions()
    for word in words.split():
        known = Q(agency__name__icontains=word) | Q(agency__short_name__icontains=word)
        rows = rows.filter(known | Q(agency__parent_name__icontains=word) | Q(agency__city__icontains=word))
    found: dict[str, AgencyLine] = {}
    for row in rows.only("year", "kind", "agency__code", "agency__name", "agency__parent_name", "state"):
        line = found.setdefault(row.agency.code, AgencyLine(row.agency.code, row.agency.name, row.agency.parent_name))
        line.documents += 1
        if row.year not in line.years:
            line.years.append(row.year)
    return shown(request, "public/agencies.html", {"agencies": list(found.values()), "words": words})


@open_to_all
def agency(request: HttpRequest, agency: str) -> HttpResponse:
    """An agency's published documents by year."""
    rows = list(published_editions(agency))
    if not rows:
        raise NotFound(_("Belum ada dokumen yang diterbitkan instansi ini."))
    years: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        years.setdefault(row.year, []).append(_document(row, rows))
    reports = [row.year for row in rows if row.kind == "lkjip"]
    return shown(request, "public/agency.html", {
        "agency": rows[0].agency, "years": list(years.items()), "reports": set(reports),
        "latest": max(reports, default=None), "has_services": bool(public_registers(agency)),
        "licence": choose("", load_licences(), standing=rows[0].agency.data_licence).data(),
    }, max(rows, key=lambda row: row.published_at or row.changed_at))  # fmt: skip


@open_to_all
def report(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """A published annual report: its figures, files and open data."""
    edition = latest_published(agency, year)
    data = published_data(edition)
    others = list(published_editions(agency).filter(year=year).exclude(pk=edition.pk))
    bars = [
        {"label": item["name"], "value": item["achievement"]["value"], "figure": item["achievement"]["shown"],
         "tone": item["achievement"]["colour"]}
        for goal in data["goals"] for item in goal["indicators"] if item["achievement"]["value"] is not None
    ]  # fmt: skip
    return shown(request, "public/report.html", {
        "agency": edition.agency, "edition": edition, "year": year, "data": data, "files": _files(edition),
        "published": _day(edition), "bars": bars, "others": [_document(row, others) for row in others],
        "licence": licence_of(data), "met_words": f"{data['summary']['met']}", "all_words": f"{data['summary']['indicators']}",
    }, edition)  # fmt: skip


@open_to_all
def indicator(request: HttpRequest, agency: str, year: int, indicator: str) -> HttpResponse:
    """One indicator of a published report: figures, course over the years, how it is counted, where it comes from."""
    edition = latest_published(agency, year)
    data = published_data(edition)
    item = find_indicator(data, indicator)
    rows = [
        (str(one["year"]), _shown(one["target"]), _shown(one["realisation"]), one["achievement"]["shown"])
        for one in item["history"]
    ]
    return shown(request, "public/indicator.html", {
        "agency": edition.agency, "edition": edition, "year": year, "item": item, "published": _day(edition),
        "chart": _trend(item), "rows": rows, "heads": [_("Tahun"), _("Target"), _("Realisasi"), _("Capaian")],
        "course": _course(item), "licence": licence_of(data),
    }, edition)  # fmt: skip


def find_indicator(data: dict[str, Any], code: str) -> dict[str, Any]:
    """One indicator of open data by its code. Raises NotFound."""
    found = next((item for goal in data["goals"] for item in goal["indicators"] if item["code"] == code), None)
    if found is None:
        raise NotFound(_("Indikator ini tidak ada dalam laporan yang terbit."))
    return dict(found)


def _trend(item: dict[str, Any]) -> str:
    """The course as the report draws it; nothing where there are fewer than two values."""
    years = [str(one["year"]) for one in item["history"]]
    targets = tuple(_amount(one["target"]) for one in item["history"])
    values = tuple(_amount(one["realisation"]) for one in item["history"])
    if sum(value is not None for value in values) + sum(value is not None for value in targets) < 2:
        return ""
    unit = "%" if (item["realisation"] or item["target"] or {}).get("kind") == "persen" else item["unit"]
    chart = Chart(
        "tren", ChartKind.TREND, item["name"], tuple(years),
        (Series(_("Target"), targets), Series(_("Realisasi"), values)), unit, alt=_course(item),
    )  # fmt: skip
    return draw(chart)


def _course(item: dict[str, Any]) -> str:
    """The course in a sentence, for those who do not see the drawing."""
    told = [f"{one['year']}: {one['realisation']['shown']}" for one in item["history"] if one["realisation"]]
    return _("Realisasi %(course)s.") % {"course": "; ".join(told)} if told else _("Belum ada realisasi.")


def _amount(value: dict[str, Any] | None) -> Decimal | None:
    return Decimal(value["value"]) if value and value["value"] is not None else None


def _shown(value: dict[str, Any] | None) -> str:
    return str(value["shown"]) if value else "–"


def _document(row: ReportEdition, rows: list[ReportEdition]) -> dict[str, Any]:
    period = edition_period(row)
    same = [
        one for one in rows if (one.kind, one.year, one.span, one.index) == (row.kind, row.year, row.span, row.index)
    ]
    return {
        "name": str(NAMES.get(row.kind, row.kind)), "period": period_name(period) if period else "", "version": row.version,
        "newest": row.version == max(one.version for one in same), "published": _day(row), "files": _files(row),
        "year": row.year,
    }  # fmt: skip


def _files(row: ReportEdition) -> list[dict[str, Any]]:
    return [
        {"name": name.removeprefix(PUBLIC), "form": FORMS[name.rpartition(".")[2]], "sha256": sha256, "edition": row.pk}
        for name, sha256 in sorted(row.files.items(), key=lambda item: list(FORMS).index(item[0].rpartition(".")[2])
                                   if item[0].rpartition(".")[2] in FORMS else 99)
        if name.startswith(PUBLIC) and name.rpartition(".")[2] in FORMS
    ]  # fmt: skip


def _day(row: ReportEdition) -> str:
    return format_date(localtime(row.published_at).date()) if row.published_at else ""
