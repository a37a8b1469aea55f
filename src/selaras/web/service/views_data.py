"""Registers as open data: the open fields alone, without number, person, unit and the days of single steps."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from selaras.core.reporting.licence import choose
from selaras.documents.package import comma_table
from selaras.rulebook.licences import load_licences
from selaras.store.models import Agency
from selaras.store.public_service import named_agency, open_registers
from selaras.store.register_figures import open_data
from selaras.web.public.gateway import open_to_all
from selaras.web.service.limits import limited
from selaras.web.service.pages import page


@open_to_all
def index(request: HttpRequest, agency: str) -> HttpResponse:
    """Which registers there are as open data, with the names of what they hold."""
    place = named_agency(agency)
    return page(request, "service/data.html", {
        "registers": open_registers(agency), "licence": _licence(agency),
    }, place)  # fmt: skip


@limited("data", most=60, seconds=900, methods=("GET", "HEAD"))
@open_to_all
def as_csv(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """A register as a table with commas."""
    del request
    heads, rows = open_data(agency, register)
    content = comma_table(heads, ([_plain(row.get(name)) for name in heads] for row in rows))
    return _named(HttpResponse(content, content_type="text/csv; charset=utf-8"), f"{agency}-{register}.csv")


@limited("data", most=60, seconds=900, methods=("GET", "HEAD"))
@open_to_all
def as_json(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """A register as JSON, with what one must know to use it."""
    place = named_agency(agency)
    heads, rows = open_data(agency, register)
    body = {
        "metadata": {
            "publisher": place.name, "register": register, "as_of": timezone.localdate().isoformat(),
            "licence": _licence(agency), "language": "id", "personal_data": "tidak ada",
            "source": settings.SITE_URL + request.path, "fields": list(heads), "records": len(rows),
        },
        "records": [{name: _plain(content) for name, content in row.items()} for row in rows],
    }  # fmt: skip
    content = json.dumps(body, ensure_ascii=False, indent=1)
    return _named(HttpResponse(content, content_type="application/json; charset=utf-8"), f"{agency}-{register}.json")


def _licence(agency: str) -> dict[str, object]:
    standing = Agency.objects.filter(code=agency).values_list("data_licence", flat=True).first() or ""
    return dict(choose("", load_licences(), standing=standing).data())


def _plain(content: object) -> object:
    """A content as data: days as ISO, numbers as exact texts, several choices as one text."""
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, bool):
        return "Ya" if content else "Tidak"
    if isinstance(content, Decimal):
        return format(content, "f")
    return "; ".join(content) if isinstance(content, tuple) else content


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
