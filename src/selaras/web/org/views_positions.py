"""Positions and who held them when: the list, and the life of each with gaps and double holders."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound
from selaras.core.org import Capacity, Position, Tenure
from selaras.core.org_checks import Stretch, stretches
from selaras.web.days import format_date
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest, inside
from selaras.web.org.frame import PER_PAGE, TONES, Staffing, address, day_of, nip_shown, tabs
from selaras.web.records.views import SLUGS, events_of

STATES = ("lowong", "pelaksana", "ganda")
DAYS = 365


@inside()
def index(request: InsideRequest) -> HttpResponse:
    """Every position with its holder on the day that counts."""
    org = Staffing(request)
    words, state = request.GET.get("cari", "").strip(), request.GET.get("keadaan", "")
    doubled = {item.position for item in org.tenures if _is_doubled(org, item)}
    rows = [_row(request, org, item, item.code in doubled) for item in org.positions]
    chosen = [row for row in rows if _matches(row, words) and (not state or state in row["states"])]
    if request.GET.get("format") == "xlsx":
        heads = [_("Kode"), _("Jabatan"), _("Unit"), _("Atasan"), _("Pejabat"), _("Kedudukan"), _("Sejak"), _("NIP")]
        keys = ("code", "title", "unit", "superior", "holder", "capacity", "since", "nip")
        return exported(request, _("Jabatan"), heads, ([row[key] for key in keys] for row in chosen))
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    choices = [("lowong", _("Lowong")), ("pelaksana", _("Plt. atau Plh.")), ("ganda", _("Pejabat ganda"))]
    return render(request, "org/positions.html", {
        "page": page, "rows": page.object_list, "words": words, "state": state, "day": format_date(org.day),
        "whole": len(rows),
        "choices": [(key, label, sum(key in row["states"] for row in rows)) for key, label in choices],
        "new_url": _new_url(request, Position, address(request, "positions")),
        **tabs(request, "positions"),
    })  # fmt: skip


@inside()
def page(request: InsideRequest, position: str) -> HttpResponse:
    """One position: its place in the lines, its life, and its history of changes."""
    org = Staffing(request)
    found = next((item for item in org.all_positions if item.code == position), None)
    if found is None:
        raise NotFound(_("Jabatan %(code)s tidak ditemukan.") % {"code": position})
    held = [item for item in org.tenures if item.position == position]
    life = stretches(held, today=day_of(request.place.year))
    here = address(request, "position", position)
    return render(request, "org/position.html", {
        "position": found, "unit": org.unit_of.get(found.unit), "superior": org.titles.get(found.superior, ""),
        "below": [item for item in org.positions if item.superior == position],
        "tenure": org.holder(position), "day": format_date(org.day), "tones": TONES,
        "life": [_stretch(request, item, org.day) for item in reversed(life)],
        "line": _lifeline(life, org.day), "clash": any(item.clash for item in life),
        "events": events_of(request.place.code, Position.__name__, position, most=20),
        "tenure_new": _new_url(request, Tenure, here, position=position),
        "tenure_list": reverse("records:index", args=(request.place.code, request.place.year, SLUGS[Tenure]))
        + f"?{urlencode({'cari': position})}",
    })  # fmt: skip


def _new_url(request: InsideRequest, kind: type[Any], back: str, **given: str) -> str:
    if not request.place.can["EDIT_ORG"]:
        return ""
    form = reverse("records:new", args=(request.place.code, request.place.year, SLUGS[kind]))
    return f"{form}?{urlencode({**given, 'kembali': back})}"


def _row(request: InsideRequest, org: Staffing, item: Position, doubled: bool) -> dict[str, Any]:
    tenure = org.holder(item.code)
    states = [] if tenure else ["lowong"]
    states += ["pelaksana"] if tenure and tenure.capacity is not Capacity.DEFINITIVE else []
    states += ["ganda"] if doubled else []
    return {
        "code": item.code, "title": item.title, "unit": org.unit_name(item.unit) if item.unit else "",
        "superior": org.titles.get(item.superior, ""), "holder": tenure.name if tenure else "",
        "capacity": tenure.capacity.value if tenure else _("lowong"),
        "tone": TONES[tenure.capacity] if tenure else "bad",
        "since": format_date(tenure.since) if tenure and tenure.since else "",
        "nip": nip_shown(request, tenure.nip) if tenure else "", "states": states, "doubled": doubled,
        "url": address(request, "position", item.code),
    }  # fmt: skip


def _is_doubled(org: Staffing, tenure: Tenure) -> bool:
    same = (item for item in org.tenures if item.position == tenure.position and item is not tenure)
    mine = tenure.holds_on(org.day) and tenure.capacity is Capacity.DEFINITIVE
    return mine and any(item.holds_on(org.day) and item.capacity is Capacity.DEFINITIVE for item in same)


def _matches(row: dict[str, Any], words: str) -> bool:
    text = f"{row['title']} {row['unit']} {row['holder']} {row['code']}".casefold()
    return all(word in text for word in words.casefold().split())


def _stretch(request: InsideRequest, item: Stretch, day: date) -> dict[str, Any]:
    tenure = item.tenure
    ongoing = item.until is None or item.until >= day
    return {
        "name": tenure.name if tenure else _("lowong"), "vacant": item.vacant, "clash": item.clash,
        "capacity": tenure.capacity.value if tenure else "", "tone": TONES[tenure.capacity] if tenure else "bad",
        "since": format_date(item.since) if item.since else _("tidak tercatat"),
        "until": format_date(item.until) if item.until else _("sekarang"), "ongoing": ongoing,
        "nip": nip_shown(request, tenure.nip) if tenure and tenure.nip else "", "rank": tenure.rank if tenure else "",
    }  # fmt: skip


def _lifeline(life: tuple[Stretch, ...], day: date) -> SafeString:
    """The stretches on one line of time; the table beside it says the same."""
    begins = [item.since for item in life if item.since]
    if not begins:
        return SafeString("")
    start, end = min(begins), max(day, *(item.until for item in life if item.until), min(begins))
    whole = max((end - start).days, DAYS)
    parts = format_html_join("", "{}", ((_segment(item, start, end, whole),) for item in life))
    label = _("Garis waktu jabatan dari %(start)s sampai %(end)s") % {
        "start": format_date(start), "end": format_date(end)}  # fmt: skip
    return format_html('<svg class="lifeline" role="img" aria-label="{}">{}</svg>', label, parts)


def _segment(item: Stretch, start: date, end: date, whole: int) -> SafeString:
    begin, stop = max(item.since or start, start), min(item.until or end, end)
    acting = item.tenure is not None and item.tenure.capacity is not Capacity.DEFINITIVE
    look = "node-bad" if item.vacant or item.clash else "node-warn" if acting else "node-good"
    return format_html(
        '<rect class="node-box {}{}" x="{}%" y="{}" width="{}%" height="{}" rx="3"/>',
        look, " node-vacant" if item.vacant else "", f"{100 * (begin - start).days / whole:.2f}",
        "13" if acting else "3", f"{max(100 * (stop - begin).days / whole, 0.4):.2f}", "20" if acting else "30",
    )  # fmt: skip
