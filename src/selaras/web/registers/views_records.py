"""The records of one register as a list, and the form of a new or changed one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.actions.register_records import change_record, open_record
from selaras.core.access import Act, reach
from selaras.core.calendar import parse_date
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.registers.definition import Register
from selaras.store import models as tables
from selaras.store.register_access import Held, find_register, roles_somewhere
from selaras.store.register_view import record_view
from selaras.store.registers import Ask, RecordPage, records_of
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.forms import Offers, RecordForm
from selaras.web.registers.frame import address, crumbs, day_asked, register_tabs, with_query
from selaras.web.registers.shown import columns_of, line_of
from selaras.web.registers.views_overview import pages_of

ORDERS = frozenset({"opened", "due", "number", "state"})
ONLY = ("", "open", "late", "soon", "mine", "closed")


@inside(Act.SEE_REGISTER)
def listing(request: InsideRequest, register: str) -> HttpResponse:
    """A page of the records, filtered and sorted; of a restricted register only counts for who may not see it."""
    ask = ask_of(request)
    try:
        page = records_of(request.actor, request.place.code, register, ask, day_asked())
    except NotFound:
        find_register(request.place.code, register)
        return redirect(address(request, "figures", register))
    held = page.held
    chosen, heads = columns_of(page)
    units = units_of(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("cari", "keadaan", "unit", "hanya", "jatuh", "sejak",
                                                                  "sampai")}  # fmt: skip
    return render(request, "registers/records.html", {
        "tabs": register_tabs(request, held, "records"), "crumbs": crumbs(request, None, (held.register.name, "")),
        "register": page.held.register, "row": page.held.row, "heads": heads,
        "lines": [line_of(request, page, line, chosen) for line in page.lines], "page": page,
        "pages": pages_of(page.page, page.pages), "sort": ask.order, "asked": asked,
        "has_clock": bool(page.held.register.deadlines), "units": units,
        "has_people": any(line.unit or line.assignee for line in page.lines), "only": _only(asked),
        "reset": address(request, "records", register), "active": _active(page, asked, dict(units)),
        **_doors(request, page),
    })  # fmt: skip


@inside(Act.KEEP_REGISTER, methods=("GET", "POST"))
def new(request: InsideRequest, register: str) -> HttpResponse:
    """Open a record; fields named in the address are filled in."""
    held = find_register(request.place.code, register)
    refuse_closed(request, held)
    offers = Offers(request.place.pk)
    posted = request.method == "POST"
    given = {item.code: request.GET[item.code] for item in held.register.fields if item.code in request.GET}
    form = RecordForm(
        held.register,
        held.register.fields,
        offers,
        request.POST if posted else None,
        texts=given,
        files=request.FILES if posted else None,
    )
    loose: list[str] = []
    status = 200
    if posted:
        try:
            number = opened(request, held, form)
        except Refusal as refusal:
            loose, status = blamed(form, refusal), 422
        else:
            messages.success(request, _("Rekaman %(number)s dibuka.") % {"number": number})
            return redirect(address(request, "record", register, number))
    return render(request, "registers/record_form.html", {
        "crumbs": crumbs(request, held.register, (_("Rekaman baru"), "")), "register": held.register, "form": form,
        "loose": loose, "title": _("Rekaman baru"), **form.parted(), "units": writable_units(request),
        "unit": request.POST.get("unit", request.GET.get("unit", "")), "on": request.POST.get("tanggal", ""),
        "note": request.POST.get("catatan", ""), "is_new": True, "back_url": address(request, "records", register),
        "today": day_asked().isoformat(), "echo_url": reverse("echo"),
    }, status=status)  # fmt: skip


@inside(Act.KEEP_REGISTER, methods=("GET", "POST"))
def edit(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """Change what a record says; personal fields only by who reads them."""
    view = record_view(request.actor, request.place.code, register, number, day_asked())
    if not view.may_keep:
        raise NotAllowed(_("Anda tidak berhak mengubah rekaman ini."))
    fields = [item for item in view.held.register.fields if view.personal or not item.personal]
    posted = request.method == "POST"
    form = RecordForm(
        view.held.register,
        fields,
        Offers(request.place.pk),
        request.POST if posted else None,
        content=view.content,
        files=request.FILES if posted else None,
    )
    loose: list[str] = []
    conflict, status = None, 200
    if posted:
        seen = request.POST.get("lihat", "")
        try:
            with form.uploads() as uploads:
                change_record(
                    request.actor, agency=request.place.code, register=register, number=number, texts=form.texts,
                    seen=int(seen) if seen.isdecimal() else None, unit=request.POST.get("unit"),
                    reason=request.POST.get("alasan", ""), uploads=uploads,
                )  # fmt: skip
        except Conflict as clash:
            conflict, status = clash, 409
        except NotAllowed:
            raise
        except Refusal as refusal:
            loose, status = blamed(form, refusal), 422
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(address(request, "record", register, number))
    return render(request, "registers/record_form.html", {
        "crumbs": crumbs(request, view.held.register, (number, address(request, "record", register, number)), (_("Ubah"), "")),
        "register": view.held.register, "form": form, "loose": loose, "title": _("Ubah rekaman %(number)s") % {"number": number},
        "rows": form.rows(), "units": writable_units(request), "unit": request.POST.get("unit", view.record.unit),
        "reason": request.POST.get("alasan", ""), "is_new": False, "seen": request.POST.get("lihat", view.seen),
        "conflict": conflict, "hidden": [item.name for item in view.held.register.fields if item not in fields],
        "back_url": address(request, "record", register, number), "echo_url": reverse("echo"),
    }, status=status)  # fmt: skip


def opened(request: InsideRequest, held: Held, form: RecordForm) -> str:
    """Open the record that a form holds; gives its number."""
    day = request.POST.get("tanggal", "").strip()
    with form.uploads() as uploads:
        return open_record(
            request.actor, agency=request.place.code, register=held.register.code, texts=form.texts,
            on=parse_date(day) if day else None, unit=request.POST.get("unit", ""),
            note=request.POST.get("catatan", ""), uploads=uploads,
        )  # fmt: skip


def blamed(form: RecordForm, refusal: Refusal) -> list[str]:
    """What a refusal says beside the fields, for the head of the form; refusals that are pages of their own go on."""
    if isinstance(refusal, NotFound | NotAllowed):
        raise refusal
    return form.blame(refusal)


def refuse_closed(request: InsideRequest, held: Held) -> None:
    """Refuse who opens no records of a register. Raises NotAllowed, Refusal."""
    if not roles_somewhere(request.actor, request.place.code) & set(held.register.opened_by):
        raise NotAllowed(_("Anda tidak berhak membuka rekaman dalam register %(name)s.") % {"name": held.register.name})
    if not held.row.active:
        raise Refusal(_("Register %(name)s tidak dipakai lagi.") % {"name": held.register.name})


def ask_of(request: InsideRequest) -> Ask:
    """What the address asks of a list. Days that cannot be read are as if they were not asked for."""
    given = request.GET
    order = given.get("urut", "")
    due = _day(given.get("jatuh", ""))
    number = given.get("halaman", "")
    return Ask(
        state=given.get("keadaan", ""), unit=given.get("unit", ""), text=given.get("cari", "").strip()[:200],
        since=_day(given.get("sejak", "")), until=_day(given.get("sampai", "")), only=given.get("hanya", ""),
        due_since=due, due_until=due, order=order if order.removeprefix("-") in ORDERS else "-opened",
        page=int(number) if number.isdecimal() and len(number) < 9 else 1,
    )  # fmt: skip


def units_of(request: InsideRequest) -> list[tuple[str, str]]:
    """The units that the person's list may be narrowed to."""
    rows = tables.Unit.objects.filter(agency=request.place.pk).order_by("order", "code")
    units = reach(request.actor, Act.SEE_REGISTER, request.place.code)
    return [(code, name) for code, name in rows.values_list("code", "name") if units is None or code in units]


def writable_units(request: InsideRequest) -> list[tuple[str, str]]:
    """The units for which the person keeps records; none at all is offered only to who keeps those of the whole agency."""
    rows = tables.Unit.objects.filter(agency=request.place.pk).order_by("order", "code")
    units = reach(request.actor, Act.KEEP_REGISTER, request.place.code)
    made = [(code, name) for code, name in rows.values_list("code", "name") if units is None or code in units]
    return [("", _("Tanpa unit")), *made] if units is None else made


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except Refusal:
        return None


def _only(asked: dict[str, str]) -> list[dict[str, Any]]:
    words = {
        "": _("Semua"), "open": _("Berjalan"), "late": _("Lewat batas"), "soon": _("Segera jatuh tempo"),
        "mine": _("Tugas saya"), "closed": _("Selesai"),
    }  # fmt: skip
    kept = {name: value for name, value in asked.items() if name != "hanya"}
    return [
        {"title": words[name], "url": with_query("", **kept, hanya=name) or "?", "current": asked["hanya"] == name}
        for name in ONLY
    ]


def _active(page: RecordPage, asked: dict[str, str], units: dict[str, str]) -> list[dict[str, str]]:
    """The filters that are in force, each with the list without it."""
    register: Register = page.held.register
    state = register.state(asked["keadaan"])
    day = _day(asked["jatuh"])
    words = {
        "cari": asked["cari"], "keadaan": state.name if state else asked["keadaan"],
        "unit": units.get(asked["unit"], asked["unit"]),
        "jatuh": _("Jatuh tempo %(day)s") % {"day": format_date(day)} if day else "",
        "sejak": _("Sejak %(day)s") % {"day": asked["sejak"]} if asked["sejak"] else "",
        "sampai": _("Sampai %(day)s") % {"day": asked["sampai"]} if asked["sampai"] else "",
    }  # fmt: skip
    return [
        {"label": label, "url": with_query("", **{key: value for key, value in asked.items() if key != name}) or "?"}
        for name, label in words.items()
        if label
    ]


def _doors(request: InsideRequest, page: RecordPage) -> dict[str, str]:
    """What the person may begin from the list."""
    register, active = page.held.register, page.held.row.active
    roles = roles_somewhere(request.actor, request.place.code)
    opens = active and bool(roles & set(register.opened_by))
    can = request.place.can
    code = register.code
    query = request.GET.urlencode()
    return {
        "new_url": address(request, "record-new", code) if opens else "",
        "import_url": address(request, "import", code) if active and (opens or can["DEFINE_REGISTER"]) else "",
        "export_url": f"{address(request, 'export', code)}{'?' + query if query else ''}"
        if can["EXPORT_REGISTER"]
        else "",
        "desk_url": address(request, "desk", code) if opens and can["SERVE"] else "",
    }
