"""The register: what is late first, filtered, changed many at once, exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.followup import change_obstacles
from selaras.core.access import Act
from selaras.core.calendar import parse_date
from selaras.core.errors import Refusal
from selaras.core.measurement.records import FollowUp
from selaras.core.org import Position
from selaras.store.followups import LATE, NO_DAY, UNVERIFIED, Asked, Summary, register, summary
from selaras.store.records import options
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.home.words import day_words

PER_PAGE = 50
FILTERS = {
    "cari": "words",
    "status": "status",
    "penanggung": "responsible",
    "unit": "unit",
    "waktu": "time",
    "urut": "order",
}
HEADS = ("Kode", "Sasaran atau program", "Hambatan", "Kendala", "Tindak lanjut", "Penanggung jawab", "Tenggat", "Status",
         "Langkah", "Langkah terverifikasi")  # fmt: skip


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """The register of the year."""
    place, today = request.place, timezone.localdate()
    asked = _asked(request)
    rows = register(place.pk, place.year, asked, today)
    if wants_xlsx(request):
        return _exported(request, rows)
    found = summary(place.pk, place.year, today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "followup/overview.html", {
        "page": page, "lines": [_line(request, row, today) for row in page], "asked": asked, "sort": asked.order,
        "found": found, "tiles": _tiles(found),
        "active": _active(request, dict(found.positions), dict(found.units)), "times": _times(), "states": list(FollowUp),
        "may_change": place.can["TRACK"], "here": request.get_full_path(),
        "bulk": _bulk(place.pk) if place.can["TRACK"] else "",
    })  # fmt: skip


@inside(Act.TRACK, methods=("POST",))
def change_many(request: InsideRequest) -> HttpResponse:
    """Another state, day or person for the chosen obstacles."""
    place, given = request.place, request.POST
    codes = given.getlist("pilih")
    status = given.get("status", "")
    if status and status not in {item.value for item in FollowUp}:
        raise Refusal(_("Status %(status)s tidak dikenal.") % {"status": status})
    count = change_obstacles(
        request.actor, agency=place.code, year=place.year, obstacles=codes,
        status=FollowUp(status) if status else None, responsible=given.get("penanggung", ""),
        due=parse_date(given["tenggat"]) if given.get("tenggat", "").strip() else None,
        seen={code: given[f"lama-{code}"] for code in codes if f"lama-{code}" in given},
        reason=given.get("alasan", ""),
    )  # fmt: skip
    told = ngettext("%(count)s hambatan diubah.", "%(count)s hambatan diubah.", count) % {"count": count}
    messages.success(request, told if count else _("Tidak ada yang berubah."))
    return redirect(back_of(request) or reverse("followup:overview", args=(place.code, place.year)))


def _bulk(agency: int) -> str:
    return render_to_string("followup/bulk.html", {"states": list(FollowUp), "positions": options(Position, agency)})


def back_of(request: InsideRequest) -> str:
    """Where `kembali` leads, if it is a page of this stage."""
    wanted: str = request.POST.get("kembali", "")
    ours = reverse("followup:overview", args=(request.place.code, request.place.year))
    return wanted if wanted.startswith(ours) and "//" not in wanted.partition("?")[0] else ""


def _asked(request: InsideRequest) -> Asked:
    given = {field: request.GET[name].strip() for name, field in FILTERS.items() if request.GET.get(name, "").strip()}
    return replace(Asked(), **given)


def _line(request: InsideRequest, row: Any, today: date) -> dict[str, Any]:
    place = request.place
    is_late = row.status != FollowUp.DONE.value and row.due is not None and row.due < today
    return {
        "row": row, "url": reverse("followup:obstacle", args=(place.code, place.year, row.code)),
        "goal": row.node.title if row.node else "", "who": row.responsible.title if row.responsible else "",
        "due": (day_words(row.due, today) if is_late or row.status != FollowUp.DONE.value else format_date(row.due))
        if row.due else "",
        "late": is_late, "waiting": row.all_steps - row.verified_steps,
    }  # fmt: skip


def _tiles(found: Summary) -> list[dict[str, Any]]:
    return [
        {"label": _("Lewat tenggat"), "value": found.late, "icon": "alert", "tone": "bad" if found.late else "",
         "url": f"?{urlencode({'waktu': LATE})}"},
        {"label": _("Belum dimulai"), "value": found.open, "icon": "clock",
         "url": f"?{urlencode({'status': FollowUp.OPEN.value})}"},
        {"label": _("Berjalan"), "value": found.running, "icon": "refresh",
         "url": f"?{urlencode({'status': FollowUp.RUNNING.value})}"},
        {"label": _("Menunggu verifikasi"), "value": found.waiting, "icon": "inbox",
         "url": f"?{urlencode({'waktu': UNVERIFIED})}"},
        {"label": _("Selesai"), "value": found.done, "icon": "check",
         "url": f"?{urlencode({'status': FollowUp.DONE.value})}"},
    ]  # fmt: skip


def _times() -> list[tuple[str, str]]:
    return [(LATE, _("Lewat tenggat")), (NO_DAY, _("Tanpa tenggat")), (UNVERIFIED, _("Menunggu verifikasi"))]


def _active(request: InsideRequest, positions: dict[str, str], units: dict[str, str]) -> list[dict[str, str]]:
    words = {"penanggung": positions, "unit": units, "waktu": dict(_times())}
    found = []
    for name in FILTERS:
        value = request.GET.get(name, "").strip()
        if value and name != "urut":
            rest = {key: item for key, item in request.GET.items() if key not in {name, "halaman"}}
            found.append({"label": words.get(name, {}).get(value, value), "url": f"?{urlencode(rest)}"})
    return found


def _exported(request: InsideRequest, rows: Any) -> HttpResponse:
    body = (
        (row.code, row.node.title if row.node else "", row.obstacle, row.constraint, row.follow_up,
         row.responsible.title if row.responsible else "", row.due, row.status, row.all_steps, row.verified_steps)
        for row in rows
    )  # fmt: skip
    return exported(request, _("Tindak lanjut"), HEADS, body)
