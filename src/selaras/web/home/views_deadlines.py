"""The deadlines of a year: the agency's own days beside what regulations and practice propose, with their sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from selaras.actions.deadlines import adopt_deadlines, set_deadlines
from selaras.core.calendar import parse_date
from selaras.core.deadlines import Due, Matter, Slot, name_of
from selaras.core.errors import Conflict, Fault, Refusal
from selaras.core.law import Certainty
from selaras.core.org import AgencyKind
from selaras.core.place import Place
from selaras.store.duties import dues_of
from selaras.web.core_words import said
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside

CERTAINTY = {
    Certainty.CONFIRMED: ("good", gettext_lazy("Ada dasarnya")),
    Certainty.AGREED: ("good", gettext_lazy("Lazim")),
    Certainty.INFERRED: ("warn", gettext_lazy("Kebiasaan")),
    Certainty.FROM_MEMORY: ("warn", gettext_lazy("Belum diperiksa")),
}


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """The table of deadlines, and the form in it for those who configure the agency."""
    place = request.place
    dues = dues_of(place.pk, AgencyKind(place.kind), place.year)
    conflict = None
    typed: dict[Slot, str] = {}
    status = 200
    if request.method == "POST":
        try:
            return _saved(request, dues)
        except Conflict as refusal:
            conflict, status = refusal, 409
            typed = {slot: request.POST.get(_name(slot), "") for slot in dues}
    lines = [_line(place.year, due, typed) for due in dues.values()]
    order = [matter.value for matter in Matter]
    matters = sorted({due.slot.what for due in dues.values()}, key=lambda what: (order.index(what), what))
    groups = [
        {"title": said(name_of(what)), "lines": [line for line in lines if line["what"] == what]} for what in matters
    ]
    return render(request, "home/deadlines.html", {
        "groups": groups, "conflict": conflict, "missing": sum(due.own is None for due in dues.values()),
    }, status=status)  # fmt: skip


def _saved(request: InsideRequest, dues: dict[Slot, Due]) -> HttpResponse:
    place = request.place
    if "usulan" in request.POST:
        count = adopt_deadlines(request.actor, agency=place.code, year=place.year)
    else:
        days, seen = _read(request, dues)
        count = set_deadlines(
            request.actor, agency=place.code, year=place.year, days=days, seen=seen,
            reason=request.POST.get("alasan", ""),
        )  # fmt: skip
    told = ngettext("%(count)s tenggat disimpan.", "%(count)s tenggat disimpan.", count) % {"count": count}
    messages.success(request, told if count else _("Tidak ada tenggat yang berubah."))
    return redirect(reverse("home:deadlines", args=(place.code, place.year)))


def _read(request: InsideRequest, dues: dict[Slot, Due]) -> tuple[dict[Slot, date | None], dict[Slot, date | None]]:
    days: dict[Slot, date | None] = {}
    seen: dict[Slot, date | None] = {}
    faults: list[Fault] = []
    for slot in dues:
        name = _name(slot)
        if name not in request.POST:
            continue
        try:
            days[slot] = _day(request.POST[name], slot, request.place.year)
            seen[slot] = _day(request.POST.get(f"lama-{name}", ""), slot, request.place.year)
        except Refusal as refusal:
            faults += refusal.faults
    if faults:
        raise Refusal(_("Tenggat tidak disimpan."), *faults)
    return days, seen


def _day(text: str, slot: Slot, year: int) -> date | None:
    return parse_date(text, place=Place(record=slot.title(year))) if text.strip() else None


def _name(slot: Slot) -> str:
    return "-".join([slot.what.replace(" ", "_"), slot.span.value if slot.span else "tahunan", str(slot.index)])


def _line(year: int, due: Due, typed: dict[Slot, str]) -> dict[str, Any]:
    source = due.rule.source if due.rule else None
    tone, words = CERTAINTY[source.certainty] if source else ("none", "")
    own = due.own.isoformat() if due.own else ""
    return {
        "what": due.slot.what, "title": due.slot.title(year), "short": due.slot.period(year).name,
        "name": _name(due.slot), "day": format_date(due.day), "own": own, "value": typed.get(due.slot, own),
        "proposed": format_date(due.proposed) if due.proposed else "", "is_over": due.day < timezone.localdate(),
        "source": source.text if source else "", "note": source.note if source else "", "tone": tone,
        "certainty": str(words) if words else "",
    }  # fmt: skip
