"""The people below: who has no SKP yet, whose waits, who is rated; many agreed to at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.people import create_plan
from selaras.actions.people_agreeing import agree_many
from selaras.core.access import Act
from selaras.core.errors import NotFound, Refusal
from selaras.core.people.skp import SkpState
from selaras.store.people_places import places_below
from selaras.store.people_team import Subordinate, subordinates
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import PER_PAGE, address, state_choices, tabs
from selaras.web.people.views_mine import line_of

NONE = "belum"
"""The filter for people without a plan."""


@inside(Act.KEEP_SKP)
def overview(request: InsideRequest) -> HttpResponse:
    """The list with its counts; filtered by name and state."""
    place = request.place
    everybody = subordinates(request.actor, place.code, place.year)
    words, state = (request.GET.get(name, "").strip() for name in ("cari", "status"))
    rows = [item for item in everybody if _matches(item, words, state)]
    if wants_xlsx(request):
        return exported(request, _("SKP bawahan"), _heads(), (_cells(request, item) for item in rows))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    return render(request, "people/team.html", {
        "tabs": tabs(request, "team"), "page": page, "lines": [_line(request, item) for item in page],
        "words": words, "state": state, "active": bool(words or state), "whole": len(everybody),
        "tiles": _tiles(request, everybody), "states": [(NONE, _("Belum ada SKP")), *state_choices()],
        "bulk": render_to_string("people/part_bulk.html", {}, request), "many_url": address(request, "team-many"),
        "create_url": address(request, "team-create"),
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def many(request: InsideRequest) -> HttpResponse:
    """Agree to the chosen plans; what cannot be agreed is told by name and holds no other back."""
    codes = request.POST.getlist("pilih")
    if not codes:
        raise Refusal(_("Pilih SKP dahulu."))
    done = agree_many(request.actor, agency=request.place.code, codes=codes)
    if done.done:
        told = ngettext("%(count)s SKP disepakati.", "%(count)s SKP disepakati.", len(done.done))
        messages.success(request, told % {"count": len(done.done)})
    for code, why in done.refused.items():
        messages.warning(request, _("SKP %(code)s belum disepakati. %(why)s") % {"code": code, "why": why})
    return redirect(address(request, "team"))


@inside(Act.KEEP_SKP, methods=("GET", "POST"))
def create(request: InsideRequest) -> HttpResponse:
    """Begin the plan of somebody below; an employee whose position is not known yet is given one first."""
    place = request.place
    given = request.POST if request.method == "POST" else request.GET
    employee, position = given.get("pegawai", ""), given.get("jabatan", "")
    everybody = subordinates(request.actor, place.code, place.year)
    found = next(
        (
            item
            for item in everybody
            if not item.line and item.employee == employee and item.who.position in {"", position}
        ),
        None,
    )
    if found is None:
        raise NotFound(_("Pegawai ini bukan bawahan Anda yang belum mempunyai SKP."))
    if request.method == "POST":
        plan = create_plan(request.actor, agency=place.code, year=place.year, position=position, employee=employee)
        messages.success(request, _("SKP dibuat."))
        return redirect(address(request, "plan", plan.code))
    return render(request, "people/team_create.html", {
        "who": found.who, "employee": employee, "positions": places_below(request.actor, place.code),
        "crumbs": [(_("SKP bawahan"), address(request, "team")), (found.who.name, "")],
    })  # fmt: skip


def _matches(item: Subordinate, words: str, state: str) -> bool:
    at = item.line.plan.state.value if item.line else NONE
    text = f"{item.who.name} {item.who.title} {item.who.unit}".casefold()
    return (not state or state == at) and all(word in text for word in words.casefold().split())


def _line(request: InsideRequest, item: Subordinate) -> dict[str, Any]:
    found: dict[str, Any] = {"who": item.who, "employee": item.employee, "line": None}
    if item.line:
        found |= {"line": line_of(request, item.line), "waits": item.line.plan.state is SkpState.PROPOSED}
    return found


def _heads() -> list[str]:
    return [
        _("Pegawai"), _("Jabatan"), _("Unit"), _("Keadaan"), _("Hasil kerja"), _("Umpan balik terakhir"), _("Predikat"),
    ]  # fmt: skip


def _cells(request: InsideRequest, item: Subordinate) -> list[Any]:
    who, line = item.who, item.line
    if line is None:
        return [who.name, who.title, who.unit, _("Belum ada SKP")]
    shown = line_of(request, line)
    predicate = shown["predicate"]
    return [
        who.name, who.title, who.unit, str(shown["state"]["label"]), line.rows, line.last_feedback,
        str(predicate["label"]) if predicate else "",
    ]  # fmt: skip


def _tiles(request: InsideRequest, everybody: tuple[Subordinate, ...]) -> list[dict[str, Any]]:
    counts = dict.fromkeys((NONE, *SkpState), 0)
    for item in everybody:
        counts[item.line.plan.state if item.line else NONE] += 1
    named = [
        (NONE, _("Belum ada SKP"), "person", "warn"), (SkpState.PROPOSED, _("Menunggu persetujuan"), "inbox", "warn"),
        (SkpState.AGREED, _("Disepakati"), "check", ""), (SkpState.EVALUATED, _("Dinilai"), "evaluate", ""),
        (SkpState.OBJECTED, _("Keberatan"), "alert", "bad"),
    ]  # fmt: skip
    base = address(request, "team")
    return [
        {"label": label, "value": counts[key], "icon": icon, "tone": tone if counts[key] else "",
         "url": f"{base}?{urlencode({'status': str(key)})}"}
        for key, label, icon, tone in named
    ]  # fmt: skip
