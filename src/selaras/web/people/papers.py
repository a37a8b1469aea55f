"""The forms of a plan and of a matrix as downloads; each is a verb that notes who took what."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.actions.people_forms import Form, export_form
from selaras.actions.people_reports import export_alignment, export_distribution
from selaras.core.errors import NotFound
from selaras.core.period import Period
from selaras.store.people import PlanFile
from selaras.web.gate import InsideRequest
from selaras.web.people.frame import address
from selaras.web.reporting.sending import attachment

FORMATS = ("pdf", "docx", "xlsx")


def downloads(request: InsideRequest, file: PlanFile, period: str = "") -> list[dict[str, Any]]:
    """What the person can take away of a plan; the evaluation is that of the period that is open."""
    url = address(request, "download", file.plan.code)
    named = [(Form.PLAN, _("SKP")), (Form.FEEDBACK, _("Umpan balik"))]
    if file.assessments:
        named.insert(1, (Form.EVALUATION, _("Evaluasi kinerja")))
    return [
        {"code": form.value, "title": title, "formats": FORMATS, "url": url, "period": period} for form, title in named
    ]


def matrix_downloads(request: InsideRequest, plan: str) -> list[dict[str, Any]]:
    """The matrix in its formats."""
    url = address(request, "matrix-download", plan)
    return [{"code": Form.MATRIX.value, "title": _("Matriks peran hasil"), "formats": FORMATS, "url": url}]


def sent(request: InsideRequest, plan: str, document: str, form: str, period: Period | None = None) -> HttpResponse:
    """One form in one format. Raises NotFound for a form that is none."""
    if document not in set(Form) or form not in FORMATS:
        raise NotFound(_("Dokumen %(name)s tidak ada.") % {"name": document})
    with tempfile.TemporaryDirectory(prefix="selaras-skp-") as folder:
        path = export_form(
            request.actor, agency=request.place.code, code=plan, form=Form(document), format=form,
            output=Path(folder), period=period,
        )  # fmt: skip
        return attachment(path.read_bytes(), path.name)


def matrix_sent(request: InsideRequest, plan: str, form: str) -> HttpResponse:
    """The matrix in one format."""
    return sent(request, plan, Form.MATRIX.value, form)


def alignment_sent(request: InsideRequest, only: str) -> HttpResponse:
    """The report on PK, SKP and Renstra, whole; `only` for one kind of gap."""
    place = request.place
    with tempfile.TemporaryDirectory(prefix="selaras-skp-") as folder:
        path = export_alignment(request.actor, agency=place.code, year=place.year, only=only, output=Path(folder))
        return attachment(path.read_bytes(), path.name)


def distribution_sent(request: InsideRequest) -> HttpResponse:
    """How predicates spread by unit."""
    place = request.place
    with tempfile.TemporaryDirectory(prefix="selaras-skp-") as folder:
        path = export_distribution(request.actor, agency=place.code, year=place.year, output=Path(folder))
        return attachment(path.read_bytes(), path.name)
