"""Answering the sheet: one answer at a time, the card drawn anew with what speaks against it, the running score beside."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions import evaluations as actions
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.stages import Column
from selaras.core.evaluation.template import Effort, Subcomponent
from selaras.core.numerals import read_amount
from selaras.web.evaluation.cards import card_of, facts_for
from selaras.web.evaluation.opened import Opened, frame, items_of, open_sheet
from selaras.web.evaluation.views_sheet import component_context, component_score, writing
from selaras.web.gate import InsideRequest, inside


@inside(methods=("POST",))
def answer(request: InsideRequest, evaluation: int, item: str) -> HttpResponse:
    """Keep one answer; a refusal is shown in the card, with what was written still there."""
    opened = open_sheet(request, evaluation)
    component = opened.component_of(item)
    sub = next(
        sub for sub in component.subcomponents if item == sub.code or any(item == each.code for each in sub.criteria)
    )
    try:
        _keep(request, opened, item)
    except (NotAllowed, NotFound, Conflict):
        raise
    except Refusal as told:
        refused = {"code": sub.code, "refusal": told, "given": request.POST.dict() if item == sub.code else {}}
        if request.htmx:
            return _card(request, opened, sub, refused)
        return render(
            request,
            "evaluation/component.html",
            component_context(request, opened, component.code, refused),
            status=422,
        )
    if request.htmx:
        return _card(request, open_sheet(request, evaluation), sub)
    messages.success(request, _("Jawaban tersimpan."))
    return redirect(f"{opened.address('component', component.code)}#sub-{sub.code.replace('.', '-')}")


@inside(methods=("POST",))
def adopt(request: InsideRequest, evaluation: int) -> HttpResponse:
    """Take the criteria of the column before over, of one component or of all; what differs is changed afterwards."""
    opened = open_sheet(request, evaluation, proofs=False)
    code = request.POST.get("komponen", "")
    component = opened.component(code) if code else None
    if opened.writable is None:
        raise Refusal(_("Tidak ada kolom yang dapat Anda isi sekarang."))
    count = actions.adopt_answers(
        request.actor, agency=request.place.code, evaluation=evaluation, column=opened.writable,
        only=items_of(component) if component else None, criteria=True,
    )  # fmt: skip
    told = ngettext("%(count)s jawaban kriteria diambil alih.", "%(count)s jawaban kriteria diambil alih.", count)
    messages.success(request, told % {"count": count})
    return redirect(opened.address("component", component.code) if component else opened.address())


def _keep(request: InsideRequest, opened: Opened, item: str) -> None:
    given = request.POST
    if given.get("kolom") not in set(Column):
        raise NotFound(_("Kolom ini tidak ada."))
    effort, years = given.get("upaya", ""), given.get("tahun", "").strip()
    if effort and effort not in set(Effort):
        raise Refusal(_("Upaya ini tidak dikenal."))
    if years and not (years.isascii() and years.isdigit() and len(years) < 4):
        raise Refusal(_("Jumlah tahun harus berupa angka."))
    actions.answer(
        request.actor, agency=request.place.code, evaluation=opened.row.pk, column=Column(given["kolom"]), item=item,
        answer=given.get("jawaban", ""), reason=given.get("alasan", ""), effort=Effort(effort) if effort else Effort.NONE,
        years=int(years) if years else 0, points=_points(given.get("nilai", "")), seen=given.get("terlihat"),
    )  # fmt: skip


def _points(text: str) -> Decimal | None:
    return read_amount(text) if text.strip() else None


def _card(
    request: InsideRequest, opened: Opened, sub: Subcomponent, refused: dict[str, Any] | None = None
) -> HttpResponse:
    card = card_of(request, opened, sub, facts_for(opened), refused["given"] if refused else None)
    component = opened.component_of(sub.code)
    context = {
        **frame(opened, component.code), **writing(opened), **component_score(opened, component), "oob": True,
        "card": card | ({"refusal": refused["refusal"]} if refused else {}),
    }  # fmt: skip
    answer = render(request, "evaluation/part_answered.html", context, status=422 if refused else 200)
    if not refused:
        answer["HX-Trigger"] = json.dumps({"toast": {"text": _("Jawaban tersimpan."), "tone": "good"}})
    return answer
