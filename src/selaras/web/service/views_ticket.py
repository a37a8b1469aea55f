"""A ticket followed by number and secret: how it stands, messages, letters, rating. Every step brings both along."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.actions.ticket_files import MOST_CLIENT_BYTES, fetch_file, fetch_letter
from selaras.actions.tickets import follow_ticket, rate_service, write_message
from selaras.core.errors import CannotRun, NotFound, Refusal
from selaras.core.registers.survey import ServiceSurvey
from selaras.store.evidence import path_of
from selaras.store.public_service import ServiceAgency, named_agency
from selaras.store.tickets import TicketStep, TicketView
from selaras.web.days import format_date
from selaras.web.reporting.sending import attachment
from selaras.web.service.limits import address_of, limited, wait_until_even
from selaras.web.service.pages import PUBLIC, private, sealed
from selaras.web.service.questionnaire import questions_of
from selaras.web.service.stamps import check_stamp, free_stamp, stamped, use_stamp
from selaras.web.service.uploads import on_disk

MOST, SECONDS = 40, 900
LONGEST_NUMBER, LONGEST_SECRET = 200, 40


def _knocking(view: Callable[[HttpRequest, ServiceAgency], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page for who knows number and secret: a wrong one is told as a number there is not, and as slowly."""

    # There is no session and no cookie that somebody else's page could use: each form carries the secret itself.
    @csrf_exempt
    @require_http_methods(["POST"])
    @limited("tiket", most=MOST, seconds=SECONDS)
    @wraps(view)
    def opened(request: HttpRequest, agency: str) -> HttpResponse:
        began = time.monotonic()
        place = named_agency(agency)
        try:
            return view(request, place)
        except CannotRun:
            raise
        except Refusal as refusal:  # told alike whether there is such a ticket or not
            wait_until_even(began)
            return _door(request, place, refusal, status=404 if isinstance(refusal, NotFound) else 429)

    return opened


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, agency: str) -> HttpResponse:
    """The door, and behind it the ticket."""
    if request.method != "POST":
        return _door(request, named_agency(agency), None, status=200)
    return _followed(request, agency)


@_knocking
def _followed(request: HttpRequest, place: ServiceAgency) -> HttpResponse:
    return _shown(request, place)


@_knocking
def message(request: HttpRequest, place: ServiceAgency) -> HttpResponse:
    """Write to the office, with a file where there is one."""
    key = _key(request)

    def send() -> None:
        with on_disk(request.FILES.getlist("lampiran")[:1]) as uploads:
            write_message(
                PUBLIC, agency=place.code, **key, text=request.POST.get("pesan", ""),
                upload=uploads[0] if uploads else None,
            )  # fmt: skip

    return _done(request, place, send, _("Pesan Anda terkirim kepada petugas."), kept=request.POST.get("pesan", ""))


@_knocking
def rate(request: HttpRequest, place: ServiceAgency) -> HttpResponse:
    """Rate the service by the five items."""
    key = _key(request)
    survey = follow_ticket(PUBLIC, agency=place.code, **key).survey

    def send() -> None:
        rate_service(
            PUBLIC,
            agency=place.code,
            **key,
            answers=answers_of(request, survey),
            comment=request.POST.get("komentar", ""),
        )

    return _done(request, place, send, _("Terima kasih, penilaian Anda tersimpan."))


@_knocking
def letter(request: HttpRequest, place: ServiceAgency) -> HttpResponse:
    """A letter of the ticket as PDF."""
    with tempfile.TemporaryDirectory(prefix="selaras-surat-") as folder:
        path = fetch_letter(
            PUBLIC, agency=place.code, **_key(request), letter=request.POST.get("surat", ""), output=Path(folder)
        )
        return sealed(attachment(path.read_bytes(), path.name))


@_knocking
def file(request: HttpRequest, place: ServiceAgency) -> HttpResponse:
    """A file that came with a message."""
    order = request.POST.get("urutan", "")
    if not (order.isascii() and order.isdecimal() and len(order) < 9):
        raise NotFound(_("Berkas ini tidak ditemukan."))
    name = fetch_file(PUBLIC, agency=place.code, **_key(request), order=int(order))
    # The browser closes the file with the answer.
    answer = FileResponse(
        path_of(place.code, name).open("rb"), as_attachment=True, filename=name.partition("-")[2] or name,
        content_type="application/octet-stream",
    )  # fmt: skip
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return sealed(answer)  # type: ignore[arg-type]


def answers_of(request: HttpRequest, survey: ServiceSurvey) -> dict[str, int]:
    """What was answered, by element; anything but one of the digits is left out."""
    made = {}
    for element in survey.elements:
        given = request.POST.get(f"unsur-{element.code}", "")
        if given.isascii() and given.isdecimal() and len(given) == 1:
            made[element.code] = int(given)
    return made


def _key(request: HttpRequest) -> dict[str, str]:
    return {
        "number": request.POST.get("nomor", "").strip()[:LONGEST_NUMBER],
        "secret": request.POST.get("kode", "").strip()[:LONGEST_SECRET], "source": address_of(request),
    }  # fmt: skip


def _done(
    request: HttpRequest, place: ServiceAgency, send: Callable[[], None], said: str, *, kept: str = ""
) -> HttpResponse:
    """Do something about a ticket once, and show the ticket with what came of it."""
    purpose = _purpose(place, _key(request))
    try:
        unique = check_stamp(purpose, request.POST.get("cap", ""))
        if use_stamp(unique):
            try:
                send()
            except Refusal:
                free_stamp(unique)
                raise
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(request, place, problem=refusal, kept=kept, status=422)
    return _shown(request, place, said=said)


def _purpose(place: ServiceAgency, key: dict[str, str]) -> str:
    return f"tiket {place.code} {key['number']}"


def _door(request: HttpRequest, place: ServiceAgency, problem: Refusal | None, *, status: int) -> HttpResponse:
    given = request.POST.get("nomor", "")[:LONGEST_NUMBER]
    return private(request, "service/door.html", {"problem": problem, "number": given}, place, status=status)


def _shown(
    request: HttpRequest, place: ServiceAgency, *, said: str = "", problem: Refusal | None = None, kept: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    key = _key(request)
    view = follow_ticket(PUBLIC, agency=place.code, **key)
    return private(request, "service/ticket.html", {
        "ticket": view, "secret": key["secret"], "opened": format_date(view.opened), "said": said, "problem": problem,
        "kept": kept, "stamp": stamped(_purpose(place, key)), "steps": [_step(step) for step in view.steps],
        "dues": [(name, format_date(day)) for name, day in view.dues], "questions": _questions(view),
        "most_size": MOST_CLIENT_BYTES >> 20,
    }, place, status=status)  # fmt: skip


def _questions(view: TicketView) -> list[dict[str, Any]]:
    return questions_of(view.survey, {}) if view.may_rate else []


def _step(step: TicketStep) -> dict[str, Any]:
    who = ""
    if step.is_message:
        who = _("Anda menulis") if step.from_client else _("Petugas menulis")
    return {
        "when": format_date(step.on), "iso": step.on.isoformat(), "who": who, "told": step.told, "order": step.order,
        "icon": "comment" if step.is_message else "check",
    }  # fmt: skip
