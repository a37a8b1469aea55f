"""Minutes of meetings: the list, writing and changing them until they are issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.issuing_minutes import write_minutes
from selaras.core.access import Act
from selaras.core.calendar import parse_date
from selaras.core.errors import Conflict, NotFound, Refusal
from selaras.store.issuing import latest_of
from selaras.store.models import Minutes, Position
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.issuing.frame import LOOKS, address, issue_address, tabs

MOST = 6
FIELDS = ("nomor", "judul", "tanggal", "tempat", "isi")


@inside(Act.COMPOSE)
def listing(request: InsideRequest) -> HttpResponse:
    """The minutes of the year."""
    place = request.place
    rows = Minutes.objects.filter(agency_id=place.pk, year=place.year)
    return render(request, "issuing/minutes.html", {
        "lines": [{"row": row, "on": format_date(row.held_on), "url": address(request, "minutes-edit", row.pk)} for row in rows],
        "may_write": place.can["ISSUE_DOCUMENT"], "new_url": address(request, "minutes-new"), **tabs(request, "minutes"),
    })  # fmt: skip


@inside(Act.COMPOSE, methods=("GET", "POST"))
def edit(request: InsideRequest, minutes: int | None = None) -> HttpResponse:
    """Write minutes; those that were issued are only shown."""
    place = request.place
    row = Minutes.objects.filter(agency_id=place.pk, pk=minutes).first() if minutes else None
    if minutes and row is None:
        raise NotFound(_("Berita acara ini tidak ditemukan."))
    problem: Refusal | None = None
    values = _values(row)
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in FIELDS}
        values["signers"] = [code for code in request.POST.getlist("penanda") if code]
        try:
            made = write_minutes(
                request.actor, agency=place.code, number=values["nomor"], title=values["judul"],
                held_on=parse_date(values["tanggal"]), place=values["tempat"], text=values["isi"],
                signers=values["signers"], minutes=minutes, seen=request.POST.get("terlihat"),
            )  # fmt: skip
        except Conflict:
            raise
        except Refusal as refused:
            problem = refused
        else:
            messages.success(request, _("Berita acara disimpan."))
            return redirect(address(request, "minutes-edit", made.pk))
    issued = latest_of(place.code, "berita-acara", f"berita acara {row.pk}") if row else None
    positions = list(Position.objects.filter(agency_id=place.pk).order_by("sequence").values_list("code", "title"))
    chosen = values["signers"]
    return render(request, "issuing/minutes_form.html", {
        "row": row, "values": values, "problem": problem, "positions": positions,
        "slots": [{"number": at + 1, "chosen": chosen[at] if at < len(chosen) else ""} for at in range(max(MOST, len(chosen)))],
        "seen": row.text if row else "", "may_write": place.can["ISSUE_DOCUMENT"], "issued": issued,
        "issued_look": LOOKS[issued.state] if issued else None,
        "issued_url": address(request, "document", issued.pk) if issued else "",
        "issue_url": issue_address(place.code, place.year, "berita-acara", row.pk) if row else "",
        "back": address(request, "minutes"),
    }, status=422 if problem else 200)  # fmt: skip


def _values(row: Minutes | None) -> dict[str, Any]:
    if row is None:
        return dict.fromkeys(FIELDS, "") | {"signers": []}
    return {
        "nomor": row.number, "judul": row.title, "tanggal": row.held_on.isoformat(), "tempat": row.place, "isi": row.text,
        "signers": list(row.signers),
    }  # fmt: skip
