"""Periods and what is due in an agency, what was erased, and the requests of people about their own data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions import retention
from selaras.core.access import Act, may
from selaras.core.errors import NotFound, Refusal
from selaras.core.retention import Ending
from selaras.store import models as tables
from selaras.store import retention as store
from selaras.web.accounts.forms import refuse
from selaras.web.accounts.moments import shown
from selaras.web.gate import InsideRequest, inside
from selaras.web.retention.forms import Answering, Erasing

MOST = 50


@inside(Act.CLEAR_RECORDS)
def overview(request: InsideRequest) -> HttpResponse:
    """Every period, the requests that wait, and what was erased."""
    return render(request, "retention/overview.html", _context(request, Erasing()))


@inside(Act.CLEAR_RECORDS, methods=("POST",))
def run(request: InsideRequest) -> HttpResponse:
    """End what is over its time: count first, or do it."""
    dry = "hitung" in request.POST
    done = retention.run_retention(request.actor, agency=request.place.code, dry=dry)
    counted = [item for item in done if item.amount]
    if dry:
        context = _context(request, Erasing()) | {"counted": counted, "was_counted": True}
        return render(request, "retention/overview.html", context)
    total = sum(item.amount for item in counted)
    messages.success(request, _("%(total)s data yang lewat masa simpannya diakhiri.") % {"total": total})
    return redirect("retention:overview", request.place.code, request.place.year)


@inside(Act.CLEAR_RECORDS, methods=("POST",))
def erase(request: InsideRequest) -> HttpResponse:
    """Make an employee or an account nameless."""
    form = Erasing(request.POST)
    if form.is_valid():
        key, reason = form.cleaned_data["key"].strip(), form.cleaned_data["reason"]
        try:
            if form.cleaned_data["kind"] == "akun":
                retention.erase_account(request.actor, username=key, reason=reason)
            else:
                retention.erase_employee(request.actor, agency=request.place.code, code=key, reason=reason)
        except NotFound as unknown:  # a slip of the keyboard, not an address that does not exist
            form.add_error("key", unknown.message)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Data pribadi dihapus; catatan penghapusannya tersimpan."))
            return redirect("retention:overview", request.place.code, request.place.year)
    return render(request, "retention/overview.html", _context(request, form), status=422)


@inside(Act.CLEAR_RECORDS, methods=("GET", "POST"))
def wish(request: InsideRequest, pk: int) -> HttpResponse:
    """One request with its answer."""
    row = _requests(request).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("Permintaan itu tidak ditemukan."))
    form = Answering(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            retention.answer_request(request.actor, request=pk, granted=data["granted"] == "ya", answer=data["answer"])
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Permintaan dijawab."))
            return redirect("retention:overview", request.place.code, request.place.year)
    context = {
        "row": row,
        "form": form,
        "made": shown(row.made_at),
        "due": shown(row.due_at),
        "decided": shown(row.decided_at),
    }
    return render(request, "retention/wish.html", context, status=422 if form.errors else 200)


def _requests(request: InsideRequest) -> Any:
    """The requests that the person may see: those of the agency; those of nobody's agency for who administers all."""
    rows = tables.SubjectRequest.objects.all()
    if may(request.actor, Act.GRANT, ""):
        return rows
    return rows.filter(agency=request.place.pk)


def _context(request: InsideRequest, form: Erasing) -> dict[str, Any]:
    everywhere = may(request.actor, Act.GRANT, "")
    periods = store.periods(timezone.localdate())
    erased = tables.Erasure.objects.all() if everywhere else tables.Erasure.objects.filter(agency=request.place.code)
    names = {period.code: period.name for period in periods} | {"pegawai": _("Data pegawai"), "akun": _("Data akun")}
    now = timezone.now()
    return {
        "form": form, "periods": [(period, period.ending is Ending.KEPT) for period in periods],
        "requests": [
            {"row": row, "due": shown(row.due_at), "late": row.decided_at is None and row.due_at < now}
            for row in _requests(request).order_by("decided_at", "due_at")[:MOST]
        ],
        "erased": [
            {"row": row, "when": shown(row.made_at), "name": names.get(row.kind, row.kind), "rows": sum(row.counts.values())}
            for row in erased[:MOST]
        ],
    }  # fmt: skip
