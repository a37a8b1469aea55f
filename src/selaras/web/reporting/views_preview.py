"""The draft as it would print now: whole or one section, what the rules of review find in it, and downloads."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from selaras.actions.reports import compose
from selaras.core.access import Act, may
from selaras.core.errors import NotFound, Refusal
from selaras.documents.write import FORMATS
from selaras.store.writing import settings_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.checking import WHOLE, Checked, check_draft
from selaras.web.reporting.documents import choices, chosen
from selaras.web.reporting.drafts import draft_page, section_page, sections_for
from selaras.web.reporting.framing import composed, frames_own_pages
from selaras.web.reporting.navigation import tabs
from selaras.web.reporting.sending import TYPES

ANNUAL = "lkjip:"


@inside()
@frames_own_pages
def preview(request: InsideRequest) -> HttpResponse:
    """A document as it would print now, with the choice of which."""
    value = request.GET.get("dokumen", ANNUAL)
    chosen(request.place.year, value)
    return render(request, "reporting/preview.html", {
        "tabs": tabs(request.place, "preview"), "choices": choices(request.place.year), "value": value,
        "formats": [name for name in FORMATS if name != "html"],
        "may_compose": may(request.actor, Act.COMPOSE, request.place.code),
        "may_write": may(request.actor, Act.WRITE_REPORT, request.place.code),
    })  # fmt: skip


@inside()
@composed
def document(request: InsideRequest) -> HttpResponse:
    """The document itself, for the frame."""
    kind, period = chosen(request.place.year, request.GET.get("dokumen", ANNUAL))
    return HttpResponse(draft_page(request.place.code, request.place.year, kind, period))


@inside()
@composed
def section_document(request: InsideRequest, section: str) -> HttpResponse:
    """One section, for the frame beside its form."""
    return HttpResponse(section_page(request.place.code, request.place.year, section))


@inside(Act.COMPOSE, methods=("POST",))
def download(request: InsideRequest) -> HttpResponse:
    """The draft as a file; it leaves a record, because it leaves the house."""
    place = request.place
    kind, period = chosen(place.year, request.POST.get("dokumen", ANNUAL))
    form = request.POST.get("format", "pdf")
    if form not in FORMATS:
        raise Refusal(_("Pilih bentuk berkasnya dahulu."))
    with tempfile.TemporaryDirectory() as folder:
        (path,) = compose(
            request.actor,
            agency=place.code,
            year=place.year,
            kind=kind,
            formats=[form],
            output=Path(folder),
            period=period,
        )
        answer = HttpResponse(path.read_bytes(), content_type=TYPES[form])
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"draf-{path.name}")
    return answer


@inside()
def findings(request: InsideRequest) -> HttpResponse:
    """What the rules of review find in the draft; the findings themselves follow as a part."""
    return render(request, "reporting/findings.html", {"tabs": tabs(request.place, "findings")})


@inside()
def findings_part(request: InsideRequest) -> HttpResponse:
    """Gates and findings by section; takes a second, so it is fetched after the page."""
    place = request.place
    found = check_draft(place.code, place.year)
    titles = _titles(place.pk, place.year)
    sections = [
        {
            "title": titles.get(key, _("Laporan secara keseluruhan")), "findings": items,
            "url": reverse("reporting:section", args=(place.code, place.year, key)) if key in titles else "",
        }
        for key, items in _in_order(found, titles)
    ]  # fmt: skip
    template = "reporting/part_findings.html" if request.htmx else "reporting/findings.html"
    return render(request, template, {
        "tabs": tabs(place, "findings"), "found": found, "sections": sections,
    })  # fmt: skip


@inside()
def section_findings(request: InsideRequest, section: str) -> HttpResponse:
    """The findings on one section."""
    place = request.place
    if section not in _titles(place.pk, place.year):
        raise NotFound(_("Bagian laporan ini tidak ditemukan."))
    found = check_draft(place.code, place.year)
    items = found.by_section.get(section, ())
    return render(request, "reporting/part_section_findings.html", {"findings": items})


def _titles(agency: int, year: int) -> dict[str, str]:
    sections = sections_for(settings_of(agency, year))
    return {item.key: item.full for item in sections if not (item.has_sections and item.level == 1)}


def _in_order(found: Checked, titles: dict[str, str]) -> list[tuple[str, tuple[object, ...]]]:
    known = [(key, found.by_section[key]) for key in titles if key in found.by_section]
    rest = [finding for key, items in found.by_section.items() if key not in titles for finding in items]
    return [*known, *([(WHOLE, tuple(rest))] if rest else [])]
