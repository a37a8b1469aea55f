"""The staff office: who has an SKP and how far it is, accounts of employees, plans set up, lists loaded from XLSX."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.actions.people import create_plan
from selaras.actions.staff import link_staff, load_staff, preview_staff, unlink_staff
from selaras.core.access import Act
from selaras.core.nip import mask
from selaras.core.org import Employee, Position, Unit
from selaras.core.people.skp import SkpState
from selaras.documents.staff import template as template_bytes
from selaras.store.people_reports import PAGE, StaffLine, StaffPage, staff_page
from selaras.store.records import options
from selaras.store.together import load_together
from selaras.web.exporting import MOST_ROWS, exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, state_choices, state_look, tabs
from selaras.web.people.words import STATES
from selaras.web.planning.uploads import drop, find, keep
from selaras.web.reporting.sending import attachment

NONE = "tanpa"
SHOWN = 200
"""So many rows of a list are shown before it is loaded; all of them are checked."""


@inside(Act.MANAGE_SKP)
def overview(request: InsideRequest) -> HttpResponse:
    """The list of employees with the state of their plans; never a rating."""
    place = request.place
    asked = {name: request.GET.get(name, "").strip() for name in ("cari", "unit", "status", "halaman", "buat")}
    whole = wants_xlsx(request)
    number = int(asked["halaman"]) if asked["halaman"].isdecimal() and len(asked["halaman"]) < 7 else 1
    found = staff_page(
        request.actor, place.code, place.year, page=1 if whole else number, size=MOST_ROWS + 1 if whole else PAGE,
        search=asked["cari"], unit=asked["unit"],
        state=asked["status"] if asked["status"] in {NONE, *SkpState} else "",
    )  # fmt: skip
    if whole:
        return exported(request, _("Pegawai dan SKP"), _heads(), map(_cells, found.lines))
    known = load_together(place.code, place.year, {Unit, Position})
    making = next((line for line in found.lines if line.code == asked["buat"] and not line.plan), None)
    return render(request, "people/staff.html", {
        "tabs": tabs(request, "staff"), "found": found, "lines": [_line(request, line) for line in found.lines],
        "asked": asked, "active": any(asked[name] for name in ("cari", "unit", "status")),
        "units": [(item.code, item.name) for item in known.units], "states": [(NONE, _("Belum ada SKP")), *state_choices()],
        "tiles": _tiles(found), "making": making,
        "positions": [(item.code, item.title) for item in known.positions if making and not item.outside],
        "link_url": address(request, "staff-seat"), "import_url": address(request, "staff-preview"),
        "template_url": address(request, "staff-template"), "here": request.get_full_path(),
        "before": _page_url(request, found.page - 1) if found.page > 1 else "",
        "after": _page_url(request, found.page + 1) if found.page < found.pages else "",
    })  # fmt: skip


@inside(Act.MANAGE_SKP, methods=("POST",))
def seat(request: InsideRequest) -> HttpResponse:
    """Link an account to an employee, take it away, or set up the employee's plan."""
    place, given = request.place, request.POST
    employee = given.get("pegawai", "")
    if "jabatan" in given:
        create_plan(request.actor, agency=place.code, year=place.year, position=given["jabatan"], employee=employee)
        messages.success(request, _("SKP dibuat."))
    elif "lepas" in given:
        unlink_staff(request.actor, agency=place.code, employee=employee)
        messages.success(request, _("Tautan akun dilepas."))
    else:
        link_staff(request.actor, agency=place.code, employee=employee, username=given.get("akun", "").strip())
        messages.success(request, _("Akun ditautkan."))
    return redirect(address(request, "staff"))


@inside(Act.EDIT_STAFF)
def template(request: InsideRequest) -> HttpResponse:
    """Our template of a list of staff."""
    names = [name for _code, name in options(Unit, request.place.pk)]
    return attachment(template_bytes(names), "templat-pegawai.xlsx")


@inside(Act.EDIT_STAFF, methods=("GET", "POST"))
def preview(request: InsideRequest) -> HttpResponse:
    """Send a list; sent, it is read and every fault is told with its cell, and nothing is kept."""
    place = request.place
    context: dict[str, Any] = {"tabs": tabs(request, "staff"), "template_url": address(request, "staff-template"),
                               "load_url": address(request, "staff-load")}  # fmt: skip
    if request.method == "POST":
        file = request.FILES.get("berkas")
        ticket, path = keep(file, owner=request.actor.login, agency=place.code)
        made = preview_staff(request.actor, agency=place.code, path=path)
        context |= {
            "made": made, "name": path.name, "ticket": "" if made.faults else ticket, "sum": len(made.new) + len(made.changed),
            "rows": [
                *(_row(item, _("Baru"), "good") for item in made.new[:SHOWN]),
                *(_row(item, _("Berubah"), "warn") for item in made.changed[:SHOWN]),
            ],
            "more": max(0, len(made.new) - SHOWN) + max(0, len(made.changed) - SHOWN),
        }  # fmt: skip
        if made.faults:
            drop(path)
    return render(
        request,
        "people/staff_import.html",
        context,
        status=422 if context.get("made") and context["made"].faults else 200,
    )


@inside(Act.EDIT_STAFF, methods=("POST",))
def load(request: InsideRequest) -> HttpResponse:
    """Store the list that was looked at: all of it or nothing."""
    path = find(request.POST.get("tiket", ""), owner=request.actor.login, agency=request.place.code)
    made = load_staff(request.actor, agency=request.place.code, path=path)
    drop(path)
    count = len(made.new) + len(made.changed)
    told = ngettext("%(count)s pegawai dimuat.", "%(count)s pegawai dimuat.", count) % {"count": count}
    messages.success(request, told)
    return redirect(address(request, "staff"))


def _heads() -> list[str]:
    return [
        _("Pegawai"), _("NIP"), _("Pangkat"), _("Jabatan"), _("Unit"), _("SKP"), _("Pejabat penilai"), _("Akun"),
    ]  # fmt: skip


def _cells(line: StaffLine) -> list[Any]:
    state = str(state_look(line.state)["label"]) if line.state else _("Belum ada SKP")
    return [line.name, line.nip, line.rank, line.job, line.unit, state, line.assessor, line.login]


def _line(request: InsideRequest, line: StaffLine) -> dict[str, Any]:
    return {
        "person": line,
        "state": state_look(line.state) if line.state else None,
        "make_url": "" if line.plan else f"?{urlencode({**request.GET.dict(), 'buat': line.code})}#buat",
    }


def _tiles(found: StaffPage) -> list[dict[str, Any]]:
    have = sum(found.states.values())
    counts = [(_("SKP pegawai"), have, "")]
    counts += [(STATES[item][0], found.states.get(item.value, 0), item.value) for item in SkpState]
    return [
        {"label": label, "value": count, "url": f"?{urlencode({'status': state})}" if state else ""}
        for label, count, state in counts if count or not state
    ]  # fmt: skip


def _row(item: Employee, words: str, tone: str) -> dict[str, Any]:
    return {"person": item, "nip": mask(item.nip), "words": words, "tone": tone}


def _page_url(request: InsideRequest, number: int) -> str:
    return f"?{urlencode({**request.GET.dict(), 'halaman': number})}"
