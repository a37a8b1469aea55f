"""The yearly service report of a register: its figures on the page, and the report as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.service_papers import LONGEST_OBSTACLES, compose_service_report
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.registers import registers_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.sending import attachment
from selaras.web.service.skm.frame import address, tabs

FORMS = ("pdf", "docx", "xlsx")


@inside(Act.SEE_REGISTER)
def page(request: InsideRequest) -> HttpResponse:
    """Every register whose yearly report can be made, for the year of the page."""
    place = request.place
    lines = registers_of(request.actor, place.code, timezone.localdate())
    return render(request, "skm/reports.html", {
        "tabs": tabs(request, "reports"), "may_export": place.can["EXPORT_REGISTER"], "longest": LONGEST_OBSTACLES,
        "registers": [
            {"code": line.code, "name": line.name, "about": line.about, "records": line.records,
             "files": [(form, address(request, "report", line.code, form)) for form in FORMS]}
            for line in lines
        ],
    })  # fmt: skip


@inside(Act.EXPORT_REGISTER, methods=("POST",))
def download(request: InsideRequest, register: str, form: str) -> HttpResponse:
    """The report as a file; it leaves a record, because it leaves the house."""
    if form not in FORMS:
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    with tempfile.TemporaryDirectory(prefix="selaras-layanan-") as folder:
        path = compose_service_report(
            request.actor, agency=request.place.code, register=register, year=request.place.year, form=form,
            output=Path(folder), obstacles=request.POST.get("kendala", ""),
        )  # fmt: skip
        return attachment(path.read_bytes(), path.name)
