"""What is done to a record: a step, an extension, an assignment, a note, a receipt of reading, an answer, a ticket."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.register_records import (
    add_note,
    advance_record,
    assign_record,
    confirm_reading,
    extend_deadline,
    remove_record,
)
from selaras.actions.tickets import answer_client, give_ticket
from selaras.core.access import Act
from selaras.core.calendar import parse_date
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.store.register_view import RecordView, record_view
from selaras.web.core_words import said
from selaras.web.evaluation.uploads import on_disk
from selaras.web.gate import InsideRequest, inside
from selaras.web.registers.forms import Offers, RecordForm
from selaras.web.registers.frame import address, day_asked, with_query
from selaras.web.registers.shown import brief
from selaras.web.registers.views_record import record_page, way_of


@inside(Act.KEEP_REGISTER, methods=("POST",))
def advance(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """Take a step: its fields, its day, a note and a file. A refused one comes back as it was typed."""
    view = record_view(request.actor, request.place.code, register, number, day_asked())
    target = request.POST.get("tujuan", "")
    way = next((item for item in view.ways if item.target == target), None)
    fields: list[Any] = []
    if way is not None:
        fields = list(way_of(view, way, Offers(request.place.pk))["form"].listed)
    form = RecordForm(
        view.held.register, fields, Offers(request.place.pk), request.POST, required=way.needs if way else (),
        prefix=f"isi-{target}", files=request.FILES, content=view.content,
    )  # fmt: skip
    day = request.POST.get("tanggal", "").strip()
    try:
        with on_disk(request.FILES.get("berkas")) as upload, form.uploads() as uploads:
            name = advance_record(
                request.actor, agency=request.place.code, register=register, number=number, target=target,
                on=parse_date(day) if day else None, texts=form.texts, note=request.POST.get("catatan", ""),
                seen=_seen(request), upload=upload, uploads=uploads,
            )  # fmt: skip
    except (NotFound, NotAllowed, Conflict):
        raise
    except Refusal as refusal:
        loose = form.blame(refusal)
        return record_page(request, view, failed=target, form=form, loose=loose, status=422)
    messages.success(request, _("Rekaman %(number)s: %(state)s.") % {"number": number, "state": name})
    return _back(request, register, number)


@inside(Act.EXTEND_DEADLINE, methods=("POST",))
def extend(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """Extend a deadline with its written reason."""
    _view(request, register, number)
    extend_deadline(
        request.actor, agency=request.place.code, register=register, number=number,
        deadline=request.POST.get("tenggat", ""), reason=request.POST.get("alasan", ""), seen=_seen(request),
    )  # fmt: skip
    messages.success(request, _("Batas waktu diperpanjang."))
    return _back(request, register, number)


@inside(Act.ASSIGN_RECORD, methods=("POST",))
def assign(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """Give the record to somebody, or take it back."""
    assign_record(
        request.actor, agency=request.place.code, register=register, number=number,
        username=request.POST.get("petugas", ""), note=request.POST.get("catatan", ""), seen=_seen(request),
    )  # fmt: skip
    messages.success(request, _("Penugasan tersimpan."))
    return _back(request, register, number)


@inside(Act.KEEP_REGISTER, methods=("POST",))
def note(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """A note for the office, with a file as evidence where there is one."""
    with on_disk(request.FILES.get("berkas")) as upload:
        add_note(
            request.actor, agency=request.place.code, register=register, number=number,
            text=request.POST.get("catatan", ""), upload=upload,
        )  # fmt: skip
    messages.success(request, _("Catatan tersimpan."))
    return _back(request, register, number)


@inside(Act.KEEP_REGISTER, methods=("POST",))
def read(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """The receipt of who has read a record."""
    confirm_reading(request.actor, agency=request.place.code, register=register, number=number)
    messages.success(request, _("Tanda baca tercatat."))
    return _back(request, register, number)


@inside(Act.SERVE, methods=("POST",))
def answer(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """A message to whoever follows the record by ticket."""
    with on_disk(request.FILES.get("berkas")) as upload:
        answer_client(
            request.actor, agency=request.place.code, register=register, number=number,
            text=request.POST.get("pesan", ""), seen=_seen(request), upload=upload,
        )  # fmt: skip
    messages.success(request, _("Pesan terkirim kepada pemohon."))
    return _back(request, register, number)


@inside(Act.SERVE, methods=("POST",))
def ticket(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """A ticket for a client at the counter; its secret is shown this once."""
    view = _view(request, register, number)
    made = give_ticket(
        request.actor, agency=request.place.code, register=register, number=number,
        email=request.POST.get("surel", "").strip(),
    )  # fmt: skip
    return receipt_page(request, view, made.secret)


@inside(Act.DEFINE_REGISTER, methods=("POST",))
def remove(request: InsideRequest, register: str, number: str) -> HttpResponse:
    """Delete a record that was opened by mistake."""
    remove_record(
        request.actor, agency=request.place.code, register=register, number=number,
        reason=request.POST.get("alasan", ""),
    )  # fmt: skip
    messages.success(request, _("Rekaman %(number)s dihapus.") % {"number": number})
    return redirect(address(request, "records", register))


def receipt_page(request: InsideRequest, view: RecordView, secret: str = "") -> HttpResponse:
    """The receipt to print: number, day, due day, and the ticket's secret when it was just made."""
    register = view.held.register
    first = register.deadlines[0] if register.deadlines else None
    state = register.state(view.record.state)
    return render(request, "registers/receipt.html", {
        "register": register, "number": view.record.number, "secret": secret, "opened": view.record.moves[0].on,
        "clock": brief(first, view.clocks[first.code]) if first else {}, "deadline": first,
        "told": said((state.told or state.name) if state else ""), "has_ticket": view.has_ticket or bool(secret),
        "record_url": address(request, "record", register.code, view.record.number),
        "desk_url": address(request, "desk", register.code), "row": view.row,
        "ticket_url": address(request, "ticket", register.code, view.record.number) if register.open_to_public else "",
    })  # fmt: skip


def _view(request: InsideRequest, register: str, number: str) -> RecordView:
    return record_view(request.actor, request.place.code, register, number, day_asked())


def _seen(request: InsideRequest) -> int | None:
    text = request.POST.get("lihat", "")
    return int(text) if text.isdecimal() else None


def _back(request: InsideRequest, register: str, number: str) -> HttpResponse:
    if request.POST.get("kembali") == "loket":
        return redirect(with_query(address(request, "desk", register), nomor=number))
    return redirect(address(request, "record", register, number))
