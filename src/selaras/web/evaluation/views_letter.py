"""The LHE: data of its letter, narrative and recommendations per component, how it would print, and the files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.evaluation_papers import write_letter, write_note
from selaras.actions.recommendations import give
from selaras.core.access import Act, may
from selaras.core.calendar import parse_date
from selaras.core.errors import NotAllowed
from selaras.core.evaluation.letter import LETTER, NEEDED, lacking
from selaras.core.evaluation.stages import State
from selaras.core.evaluation.template import Component
from selaras.core.reporting.evaluation_letter import compose
from selaras.documents.write.html import page
from selaras.store.carried import given_in
from selaras.store.evaluation_letters import letter_of
from selaras.store.evaluations import unit_of
from selaras.web.core_words import word
from selaras.web.evaluation.opened import Opened, frame, open_sheet
from selaras.web.evaluation.papers import letter_file, sheet_file
from selaras.web.evaluation.recommended import carried_lines
from selaras.web.evaluation.words import points
from selaras.web.gate import InsideRequest, inside
from selaras.web.reporting.framing import composed, frames_own_pages

LABELS: dict[str, Any] = {
    "number": gettext_lazy("Nomor"), "date": gettext_lazy("Tanggal"), "place": gettext_lazy("Tempat"),
    "nature": gettext_lazy("Sifat"), "attachments": gettext_lazy("Lampiran"), "subject": gettext_lazy("Hal"),
    "recipient": gettext_lazy("Kepada"), "recipient_place": gettext_lazy("Tempat tujuan"),
    "basis": gettext_lazy("Dasar hukum"), "assignment": gettext_lazy("Surat tugas"),
    "period": gettext_lazy("Waktu pelaksanaan"), "signatory_title": gettext_lazy("Jabatan penanda tangan"),
    "signatory_name": gettext_lazy("Nama penanda tangan"), "signatory_rank": gettext_lazy("Pangkat penanda tangan"),
    "signatory_nip": gettext_lazy("NIP penanda tangan"), "copies": gettext_lazy("Tembusan"),
}  # fmt: skip
LONG = frozenset({"recipient", "basis", "copies"})
"""Fields of several lines."""


@inside()
@frames_own_pages
def letter(request: InsideRequest, evaluation: int) -> HttpResponse:
    """The desk of the LHE, with the letter beside it as it would print."""
    opened = _readable(request, evaluation)
    today = timezone.localdate()
    given = list(given_in(opened.row))
    lines = carried_lines(request, given, today)
    may_give = opened.may_evaluate or may(request.actor, Act.REVIEW, request.place.code, unit_of(opened.row))
    return render(request, "evaluation/letter.html", {
        **frame(opened, "letter"), "fields": _fields(opened), "lacking": lacking(opened.row.letter),
        "components": [_component(opened, item, lines) for item in opened.template.components],
        "others": [line for line in lines if line["component"] not in {c.code for c in opened.template.components}],
        "may_note": opened.is_member, "may_give": may_give,
        "may_compose": may(request.actor, Act.COMPOSE, request.place.code, unit_of(opened.row)),
    })  # fmt: skip


@inside()
@composed
def document(request: InsideRequest, evaluation: int) -> HttpResponse:
    """The LHE as it would print now, for the frame."""
    opened = _readable(request, evaluation)
    return HttpResponse(page(compose(letter_of(opened.row))))


@inside(methods=("POST",))
def save_letter(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Keep the data of the letter."""
    opened = open_sheet(request, evaluation, proofs=False)
    fields = {name: request.POST[name] for name in LETTER if name in request.POST}
    write_letter(request.actor, agency=request.place.code, evaluation=evaluation, fields=fields)
    messages.success(request, _("Data surat tersimpan."))
    return redirect(f"{opened.address('letter')}#surat")


@inside(methods=("POST",))
def save_note(request: InsideRequest, evaluation: int, component: str) -> HttpResponse:
    """Keep the narrative on one component; for htmx the same form, saved."""
    opened = open_sheet(request, evaluation, proofs=False)
    write_note(
        request.actor, agency=request.place.code, evaluation=evaluation, component=component,
        text=request.POST.get("catatan", ""), seen=request.POST.get("semula"),
    )  # fmt: skip
    if request.htmx:
        held = open_sheet(request, evaluation, proofs=False)
        return render(request, "evaluation/part_note.html", {
            "row": held.row, "agency": request.place, "year": request.place.year, "saved": True, "may_note": True,
            "one": _component(held, held.component(component), []),
        })  # fmt: skip
    messages.success(request, _("Catatan tersimpan."))
    return redirect(f"{opened.address('letter')}#catatan")


@inside(methods=("POST",))
def recommend(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Give a recommendation about a component."""
    opened = open_sheet(request, evaluation, proofs=False)
    given, place = request.POST, request.place
    component = opened.component(given.get("komponen", ""))
    due = parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None
    give(
        request.actor, agency=place.code, year=opened.row.year, text=given.get("uraian", ""), component=component.code,
        unit=unit_of(opened.row), evaluation=evaluation, due=due,
        url=reverse("evaluation:recommendations", args=(place.code, place.year)),
    )  # fmt: skip
    messages.success(request, _("Rekomendasi diberikan dan unit diberi tahu."))
    return redirect(f"{opened.address('letter')}#catatan")


@inside(methods=("POST",))
def download(request: InsideRequest, evaluation: int, form: str) -> HttpResponse:
    """The LHE or the LKE as a file; it leaves a record, because it leaves the house."""
    open_sheet(request, evaluation, proofs=False)
    return sheet_file(request, evaluation) if form == "lke" else letter_file(request, evaluation, form)


def _readable(request: InsideRequest, evaluation: int) -> Opened:
    """The evaluation, if its letter may be read: by evaluators always, by others once it is final."""
    opened = open_sheet(request, evaluation, proofs=False)
    if opened.state is not State.FINAL and not opened.may_evaluate:
        raise NotAllowed(_("LHE dapat dibaca sesudah hasil evaluasi ditetapkan."))
    return opened


def _fields(opened: Opened) -> list[dict[str, Any]]:
    kept = opened.row.letter
    return [
        {
            "name": name, "label": LABELS[name], "value": kept.get(name, ""), "is_long": name in LONG,
            "is_date": name == "date", "is_needed": name in NEEDED,
        }
        for name in LETTER
    ]  # fmt: skip


def _component(opened: Opened, component: Component, lines: list[dict[str, Any]]) -> dict[str, Any]:
    result = opened.sheet.beside.results.get(opened.shown)
    part = next((item for item in result.components if item.component.code == component.code), None) if result else None
    return {
        "code": component.code, "title": word(component.title), "note": opened.row.notes.get(component.code, ""),
        "points": points(opened.template, part.points) if part else "",
        "weight": points(opened.template, component.weight),
        "recommendations": [line for line in lines if line["component"] == component.code],
    }  # fmt: skip
