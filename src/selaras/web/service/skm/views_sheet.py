"""The result of a survey inside: figures, suggestions, follow-up with its dates, publication, files."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.service_papers import compose_sheet, export_answers
from selaras.actions.service_surveys import finish_action, publish_round, save_plan
from selaras.core.access import Act
from selaras.core.calendar import parse_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.registers.survey import SurveyAction
from selaras.store.service_surveys import round_sheet
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.sending import attachment
from selaras.web.service.results import shown_sheet
from selaras.web.service.skm.forms import ActionForm
from selaras.web.service.skm.frame import address, tabs

OLD_WEIGHTS = {"0.111": Decimal("0.111"), "0.11": Decimal("0.11")}
"""Weights that old reports rounded; only to print their figures once more."""
FORMS = ("pdf", "docx")
MOST_ACTIONS = 30


@inside(Act.SEE_REGISTER)
def sheet(request: InsideRequest, code: str) -> HttpResponse:
    """Everything of one survey."""
    place = request.place
    asked = request.GET.get("bobot", "")
    found = round_sheet(request.actor, place.code, code, OLD_WEIGHTS.get(asked))
    is_plain = not found.result.weight
    return render(request, "skm/sheet.html", {
        **shown_sheet(found, hide_small=False), "tabs": tabs(request, "overview"), "code": code,
        "findings": found.findings if found.result.respondents else (), "suggestions": found.suggestions, "is_plain": is_plain,
        "has_link": bool(found.round.row.seal), "may_serve": place.can["SERVE"], "may_publish": place.can["PUBLISH"],
        "may_export": place.can["EXPORT_REGISTER"], "today": timezone.localdate().isoformat(),
        "public_url": reverse("service:sheet", args=(place.code, code)) if found.round.row.published else "",
        "crumbs": [(_("Survei kepuasan"), address(request, "overview")), (found.round.row.title, "")],
        "urls": {name: address(request, name, code) for name in ("edit", "link", "record", "publish", "plan", "answers")},
    })  # fmt: skip


@inside(Act.PUBLISH, methods=("POST",))
def publish(request: InsideRequest, code: str) -> HttpResponse:
    """Show the result to everybody, or take it back."""
    published = request.POST.get("terbit") == "1"
    publish_round(request.actor, agency=request.place.code, code=code, published=published)
    messages.success(
        request, _("Hasil survei diterbitkan.") if published else _("Hasil survei ditarik dari laman umum.")
    )
    return redirect(address(request, "sheet", code))


@inside(Act.SERVE, methods=("GET", "POST"))
def plan(request: InsideRequest, code: str) -> HttpResponse:
    """The follow-up plan: for each weak element what, who, until when."""
    place = request.place
    found = round_sheet(request.actor, place.code, code)
    survey = found.round.survey
    forms = formset_factory(ActionForm, extra=1, max_num=MOST_ACTIONS, absolute_max=MOST_ACTIONS)
    known = {row.element for row in found.plan}
    lowest = found.result.lowest(survey.weakest) if found.result.respondents else ()
    initial: list[dict[str, Any]] = [
        {"element": row.element, "action": row.action, "responsible": row.responsible, "due": row.due}
        for row in found.plan
    ]
    initial += [{"element": item.element.code} for item in lowest if item.element.code not in known]
    given = forms(request.POST or None, initial=initial, form_kwargs={"survey": survey})
    problem: Refusal | None = None
    if request.method == "POST" and given.is_valid():
        actions = [
            SurveyAction(line["element"], line["action"], line["responsible"], line["due"])
            for line in (form.cleaned_data for form in given) if line.get("action", "").strip()
        ]  # fmt: skip
        try:
            save_plan(request.actor, agency=place.code, code=code, plan=actions)
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            problem = refusal
        else:
            messages.success(request, _("Rencana tindak lanjut tersimpan."))
            return redirect(f"{address(request, 'sheet', code)}#rencana")
    is_wrong = bool(problem) or any(given.errors)
    return render(request, "skm/plan.html", {
        "forms": given, "problem": problem, "title": _("Rencana tindak lanjut"), "back_url": address(request, "sheet", code),
        "lowest": [item.element.name for item in lowest],
        "crumbs": [(_("Survei kepuasan"), address(request, "overview")),
                   (found.round.row.title, address(request, "sheet", code)), (_("Rencana tindak lanjut"), "")],
    }, status=422 if is_wrong else 200)  # fmt: skip


@inside(Act.SERVE, methods=("POST",))
def finish(request: InsideRequest, code: str, action: int) -> HttpResponse:
    """Say when an action was done, or that it was not."""
    day = request.POST.get("tanggal", "").strip()
    finish_action(
        request.actor, agency=request.place.code, code=code, action=action, on=parse_date(day) if day else None
    )
    messages.success(request, _("Tindak lanjut tersimpan."))
    return redirect(f"{address(request, 'sheet', code)}#rencana")


@inside(Act.SERVE, methods=("POST",))
def answers(request: InsideRequest, code: str) -> HttpResponse:
    """The answers as a table; it leaves a record, because it leaves the house."""
    return attachment(
        export_answers(request.actor, agency=request.place.code, code=code), f"skm-{request.place.year}.csv"
    )


@inside(Act.EXPORT_REGISTER, methods=("POST",))
def download(request: InsideRequest, code: str, form: str) -> HttpResponse:
    """The publication sheet as a file."""
    if form not in FORMS:
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    with tempfile.TemporaryDirectory(prefix="selaras-skm-") as folder:
        path = compose_sheet(request.actor, agency=request.place.code, code=code, form=form, output=Path(folder))
        return attachment(path.read_bytes(), path.name)
