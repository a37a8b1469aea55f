"""What a person does with figures of an old report: take over, correct, refuse, think again, many at once."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.history_readings import (
    accept_origin,
    gather_figures,
    reconsider_figure,
    refuse_figure,
    take_figure,
    take_figures,
)
from selaras.actions.reviews import begin_reading, discard_review
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.reviews import old_report
from selaras.web.gate import InsideRequest, inside
from selaras.web.history.views import figures_context

MOST_TOLD = 5


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def begin(request: InsideRequest, case: int) -> HttpResponse:
    """Start reading again."""
    begin_reading(request.actor, agency=request.place.code, case=case)
    return redirect("history:case", request.place.code, request.place.year, case)


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def discard(request: InsideRequest, case: int) -> HttpResponse:
    """Remove a report that was brought in by mistake."""
    discard_review(request.actor, agency=request.place.code, case=case, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Laporan dihapus."))
    return redirect("history:overview", request.place.code, request.place.year)


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def gather(request: InsideRequest, case: int) -> HttpResponse:
    """Lay out the figures of a report that was read for a review."""
    gather_figures(request.actor, agency=request.place.code, case=case)
    return redirect("history:case", request.place.code, request.place.year, case)


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def accept(request: InsideRequest, case: int) -> HttpResponse:
    """Say that a report that names another agency is ours all the same."""
    accept_origin(request.actor, agency=request.place.code, case=case, reason=request.POST.get("alasan", ""))
    messages.success(request, _("Dicatat. Angka laporan ini dapat ditetapkan."))
    return redirect("history:case", request.place.code, request.place.year, case)


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def settle(request: InsideRequest, case: int, reading: int) -> HttpResponse:
    """Take one figure over, corrected or not; refuse it; or let it wait again."""
    word, given = request.POST.get("tindakan", ""), request.POST
    seen = given.get("terlihat")
    agency = request.place.code
    if word == "tetapkan":
        read = given.get("terbaca", "")
        value = given.get("nilai", "").strip()
        done = take_figure(
            request.actor, agency=agency, reading=reading, indicator=given.get("indikator", ""),
            node=given.get("rincian", ""), fund=given.get("dana", ""),
            value="" if value == read else value, overwrite=given.get("timpa") == "1", seen=seen,
        )  # fmt: skip
    elif word == "tolak":
        done = refuse_figure(request.actor, agency=agency, reading=reading, reason=given.get("alasan", ""), seen=seen)
    elif word == "pertimbangkan":
        done = reconsider_figure(request.actor, agency=agency, reading=reading)
    else:
        raise NotFound(_("Tindakan ini tidak ada."))
    said = _("Angka %s.") % done.state
    if not request.htmx:
        messages.success(request, said)
        url = reverse("history:case", args=(agency, request.place.year, case))
        return redirect(f"{url}?angka={reading}")
    row = old_report(agency, case)
    answer = render(request, "history/_settled.html", figures_context(request, row, reading))
    trigger: dict[str, object] = {"toast": {"text": said, "tone": "good"}}
    answer["HX-Trigger"] = json.dumps(trigger)
    if word != "pertimbangkan":
        answer["HX-Trigger-After-Settle"] = json.dumps({"figureDone": True})
    return answer


@inside(Act.CONFIRM_HISTORY, methods=("POST",))
def take_many(request: InsideRequest, case: int) -> HttpResponse:
    """Take over several figures as they were read."""
    chosen = [int(text) for text in request.POST.getlist("bacaan") if text.isascii() and text.isdigit()]
    count, left = take_figures(request.actor, agency=request.place.code, case=case, readings=chosen)
    if count:
        messages.success(request, _("%s angka ditetapkan.") % count)
    if left:
        told = "; ".join(fault.message for fault in left[:MOST_TOLD])
        more = _(" dan %s lainnya") % (len(left) - MOST_TOLD) if len(left) > MOST_TOLD else ""
        messages.warning(request, _("Dibiarkan: %(told)s%(more)s.") % {"told": told, "more": more})
    return redirect("history:case", request.place.code, request.place.year, case)
