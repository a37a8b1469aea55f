"""Open data: a report or one indicator as JSON and CSV with what one must know to use them, and the map of the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from selaras.documents.package import comma_table
from selaras.store.editions import DATA_NAME, latest_published, licence_of, published_data, published_editions
from selaras.store.models import ReportEdition
from selaras.web.public.gateway import open_to_all, stamp
from selaras.web.public.views import find_indicator

COLUMNS = (
    "instansi_kode", "instansi", "tahun_laporan", "sasaran", "indikator_kode", "indikator", "satuan", "arah", "rumus",
    "periode", "target", "realisasi", "capaian_persen", "kelas", "pembilang", "penyebut", "sumber", "lisensi",
    "diterbitkan", "sha256_data",
)  # fmt: skip


@open_to_all
def report_json(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """All figures of a report."""
    edition = latest_published(agency, year)
    data = published_data(edition)
    body = {"metadata": _metadata(request, edition, data), **data}
    return _json(edition, body, f"{agency}-{year}.json")


@open_to_all
def report_csv(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """All figures of a report, a line per indicator and year."""
    del request
    edition = latest_published(agency, year)
    data = published_data(edition)
    lines = [line for goal in data["goals"] for item in goal["indicators"] for line in _lines(edition, data, item)]
    return _csv(edition, lines, f"{agency}-{year}.csv")


@open_to_all
def indicator_json(request: HttpRequest, agency: str, year: int, indicator: str) -> HttpResponse:
    """One indicator."""
    edition = latest_published(agency, year)
    data = published_data(edition)
    body = {
        "metadata": _metadata(request, edition, data), "schema": data["schema"], "agency": data["agency"], "year": year,
        "scale": data["scale"], "indicator": find_indicator(data, indicator),
    }  # fmt: skip
    return _json(edition, body, f"{agency}-{year}-{indicator}.json")


@open_to_all
def indicator_csv(request: HttpRequest, agency: str, year: int, indicator: str) -> HttpResponse:
    """One indicator, a line per year."""
    del request
    edition = latest_published(agency, year)
    data = published_data(edition)
    return _csv(edition, _lines(edition, data, find_indicator(data, indicator)), f"{agency}-{year}-{indicator}.csv")


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, for search engines."""
    del request
    rows = list(published_editions().only("agency__code", "year", "kind", "published_at"))
    found: dict[str, str] = {reverse("public:agencies"): ""}
    for row in rows:
        day = row.published_at.date().isoformat() if row.published_at else ""
        found.setdefault(reverse("public:agency", args=(row.agency.code,)), day)
        if row.kind == "lkjip":
            found.setdefault(reverse("public:report", args=(row.agency.code, row.year)), day)
    urls = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in found.items()
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages and nothing else."""
    del request
    home = reverse("public:agencies")
    words = [
        "User-agent: *",
        f"Allow: {home}",
        "Allow: /static/",
        "Disallow: /",
        f"Sitemap: {settings.SITE_URL}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(words) + "\n", content_type="text/plain; charset=utf-8")


def _metadata(request: HttpRequest, edition: ReportEdition, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": f"Kinerja {edition.agency.name} tahun {edition.year}", "publisher": edition.agency.name,
        "period": {"from": f"{edition.year}-01-01", "to": f"{edition.year}-12-31"},
        "published_at": edition.published_at.isoformat() if edition.published_at else None,
        "edition": edition.version, "licence": licence_of(data), "language": "id", "source": settings.SITE_URL + request.path,
        "data_sha256": edition.files.get(DATA_NAME, ""), "snapshot_sha256": edition.snapshot_sha256,
        "personal_data": "tidak ada", "rounding": "setengah ke atas, dua desimal, hanya untuk angka yang dihitung",
    }  # fmt: skip


def _lines(edition: ReportEdition, data: dict[str, Any], item: dict[str, Any]) -> list[list[object]]:
    agency = data["agency"]
    published = edition.published_at.isoformat() if edition.published_at else ""
    found = []
    for one in item["history"]:
        this = one["year"] == data["year"]
        found.append([
            agency["code"], agency["name"], data["year"], item["goal"], item["code"], item["name"], item["unit"],
            item["polarity_words"], item["formula"], one["year"], _exact(one["target"]), _exact(one["realisation"]),
            one["achievement"]["value"], one["achievement"]["class"], _exact(item["numerator"]) if this else None,
            _exact(item["denominator"]) if this else None, item["source"], licence_of(data)["code"], published,
            edition.files.get(DATA_NAME, ""),
        ])  # fmt: skip
    return found


def _exact(value: dict[str, Any] | None) -> str:
    if value is None:
        return ""
    return str(value["value"] if value["value"] is not None else value["shown"])


def _json(edition: ReportEdition, body: dict[str, Any], name: str) -> HttpResponse:
    content = json.dumps(body, ensure_ascii=False, indent=1)
    return stamp(_named(HttpResponse(content, content_type="application/json; charset=utf-8"), name), edition)


def _csv(edition: ReportEdition, lines: Iterable[Sequence[object]], name: str) -> HttpResponse:
    content = comma_table(COLUMNS, lines)
    return stamp(_named(HttpResponse(content, content_type="text/csv; charset=utf-8"), name), edition)


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
