"""The counter: new record, search, next step and receipt on one page that needs no mouse."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.access import Act
from selaras.core.errors import NotFound, Refusal
from selaras.store.register_access import readable, roles_somewhere
from selaras.store.register_due import held_registers
from selaras.store.register_view import record_view
from selaras.store.registers import Ask, records_of, registers_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.forms import Offers, RecordForm
from selaras.web.registers.frame import address, day_asked, tabs, with_query
from selaras.web.registers.shown import brief, columns_of, line_of
from selaras.web.registers.views_record import way_of
from selaras.web.registers.views_records import blamed, opened, refuse_closed, writable_units
from selaras.web.registers.views_steps import receipt_page

FEW = 12


@inside(Act.SERVE)
def start(request: InsideRequest) -> HttpResponse:
    """The counter of the first register that the person serves."""
    lines = registers_of(request.actor, request.place.code, day_asked())
    first = next((line for line in lines if line.may_open and line.open_to_public), None)
    first = first or next((line for line in lines if line.may_open), None)
    if first is None:
        presets = address(request, "presets") if request.place.can["DEFINE_REGISTER"] else ""
        return render(
            request, "registers/desk_empty.html", {"tabs": tabs(request, "desk-start"), "presets_url": presets}
        )
    return redirect(address(request, "desk", first.code))


@inside(Act.SERVE, methods=("GET", "POST"))
def desk(request: InsideRequest, register: str) -> HttpResponse:
    """The counter of a register: what was found at the left, the open record or the form of a new one beside it."""
    place, today = request.place, day_asked()
    registers = held_registers(request.actor, place.code)
    held = next((item for item in registers if item.register.code == register), None)
    held = held or readable(request.actor, place.code, register)
    refuse_closed(request, held)
    offers = Offers(place.pk)
    posted = request.method == "POST"
    is_new = posted or "baru" in request.GET
    loose: list[str] = []
    form, status = None, 200
    if is_new:
        form = RecordForm(
            held.register,
            held.register.fields,
            offers,
            request.POST if posted else None,
            files=request.FILES if posted else None,
        )
    if posted and form is not None:
        try:
            number = opened(request, held, form)
        except Refusal as refusal:
            loose, status = blamed(form, refusal), 422
        else:
            messages.success(request, _("Rekaman %(number)s dibuka.") % {"number": number})
            return redirect(with_query(address(request, "desk", register), nomor=number))
    words, number = request.GET.get("cari", "").strip(), request.GET.get("nomor", "")
    ask = Ask(text=words[:200], size=FEW, only="" if words else "open", order="-opened", counted=False)
    page = records_of(request.actor, place.code, register, ask, today, held=held)
    chosen, _heads = columns_of(page)
    view = None
    if number:
        view = record_view(request.actor, place.code, register, number, today, held=held)
    first = held.register.deadlines[0] if held.register.deadlines else None
    here, roles = address(request, "desk", register), roles_somewhere(request.actor, place.code)
    served = [item.register for item in registers if roles & set(item.register.opened_by)]
    return render(request, "registers/desk.html", {
        "register": held.register, "words": words, "number": number, "loose": loose, "form": form,
        **(form.parted() if form else {}), "is_new": is_new, "today": today.isoformat(), "echo_url": reverse("echo"),
        "lines": [
            line_of(request, page, line, chosen)
            | {"url": with_query(here, cari=words, nomor=line.number), "current": line.number == number}
            for line in page.lines
        ],
        "more": page.more, "view": view, "units": writable_units(request) if is_new else [],
        "unit": request.POST.get("unit", ""), "on": request.POST.get("tanggal", ""), "note": request.POST.get("catatan", ""),
        "state": held.register.state(view.record.state) if view else None,
        "clock": brief(first, view.clocks[first.code]) if view and first else {},
        "ways": [way_of(view, way, offers) for way in view.ways] if view else [],
        "registers": [
            {"title": item.name, "url": address(request, "desk", item.code), "current": item.code == register}
            for item in served
        ],
        "advance_url": address(request, "advance", register, number) if view else "",
        "record_url": address(request, "record", register, number) if view else "",
        "receipt_url": address(request, "receipt", register, number) if view else "",
        "new_url": with_query(here, baru="1"), "here": here,
    }, status=status)  # fmt: skip


@inside(Act.SERVE)
def receipt(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """The receipt of a record, to be printed. Its secret is never shown again."""
    view = record_view(request.actor, request.place.code, register, number, day_asked())
    if not view.may_answer:
        raise NotFound(_("Tanda terima itu tidak ditemukan."))
    return receipt_page(request, view)
