"""Asking without an account: the form of a register, and the receipt with number and secret, shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.actions.ticket_files import MOST_CLIENT_BYTES, MOST_FILES
from selaras.actions.tickets import Ticket, open_ticket
from selaras.core.errors import CannotRun, NotFound, Refusal
from selaras.store.public_service import ServiceAgency, named_agency
from selaras.store.tickets import PublicRegister, public_register
from selaras.web.days import format_date
from selaras.web.service.forms import AskForm
from selaras.web.service.limits import address_of, limited
from selaras.web.service.pages import PUBLIC, private
from selaras.web.service.stamps import check_stamp, free_stamp, stamped, use_stamp
from selaras.web.service.uploads import on_disk

TRAP = "situs_web"
"""A field that no person sees; whoever fills it in is a program."""
PURPOSE = "ajukan"


# There is no session and no cookie that somebody else's page could use; the stamp says that the form is ours.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited("ajukan", most=30, seconds=3600)
def ask(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """The form, and what became of it."""
    place, asked = named_agency(agency), public_register(agency, register)
    if not asked.may_ask:
        raise NotFound(_("Layanan ini tidak ditemukan."))
    if request.method != "POST":
        return _form(request, place, asked, AskForm(asked.fields), status=200)
    form = AskForm(asked.fields, request.POST)
    try:
        unique = check_stamp(PURPOSE, request.POST.get("cap", ""))
    except Refusal as refusal:
        form.is_valid()
        form.refuse(refusal)
        return _form(request, place, asked, form)
    if not form.is_valid():
        return _form(request, place, asked, form)
    if not use_stamp(unique):
        return private(request, "service/sent.html", {"register": asked}, place, status=409)
    try:
        ticket = _sent(request, asked, form)
    except Refusal as refusal:
        free_stamp(unique)
        if isinstance(refusal, NotFound):
            raise
        form.refuse(refusal)
        return _form(request, place, asked, form, status=503 if isinstance(refusal, CannotRun) else 422)
    except BaseException:
        free_stamp(unique)
        raise
    return private(request, "service/receipt.html", {
        "ticket": ticket, "register": asked, "today": format_date(timezone.localdate()), "by_mail": bool(_mail(request, form)),
    }, place)  # fmt: skip


def _sent(request: HttpRequest, asked: PublicRegister, form: AskForm) -> Ticket:
    with on_disk(request.FILES.getlist("lampiran")) as uploads:
        return open_ticket(
            PUBLIC, agency=asked.agency, register=asked.code, texts=form.texts(), email=_mail(request, form),
            source=address_of(request), trap=request.POST.get(TRAP, ""), consent="setuju" in request.POST, uploads=uploads,
        )  # fmt: skip


def _mail(request: HttpRequest, form: AskForm) -> str:
    """Where to tell of each step; the field of the form, if the person ticked it, else the one asked for that alone."""
    if form.email_code:
        return form.email() if "kabari" in request.POST else ""
    return request.POST.get("surel_kabar", "").strip()[:254]


def _form(
    request: HttpRequest, place: ServiceAgency, asked: PublicRegister, form: AskForm, *, status: int = 422
) -> HttpResponse:
    given: Any = request.POST if request.method == "POST" else {}
    return private(request, "service/ask.html", {
        "register": asked, "form": form, "stamp": stamped_again(given), "trap": TRAP, "most_files": MOST_FILES,
        "most_size": MOST_CLIENT_BYTES >> 20, "has_mail": bool(form.email_code), "mail": given.get("surel_kabar", ""),
        "wants_mail": not given or "kabari" in given, "agreed": "setuju" in given,
        "lost_files": bool(request.FILES), "dates": [item.code for item in asked.fields if item.kind.value == "tanggal"],
    }, place, status=status)  # fmt: skip


def stamped_again(given: Any) -> str:
    """The stamp that came with a form, as long as it holds, so that a second try need not wait; else a fresh one."""
    stamp = given.get("cap", "")
    try:
        check_stamp(PURPOSE, stamp)
    except Refusal as refusal:
        if any("cepat" in fault.message for fault in refusal.faults):
            return str(stamp)
        return stamped(PURPOSE)
    return str(stamp)
