"""Times of asking: their list, their form, the link with QR, and answers typed from paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.actions.service_surveys import LONGEST_SUGGESTION, open_round, record_response, save_round
from selaras.core.access import Act
from selaras.core.calendar import parse_date
from selaras.core.errors import Refusal
from selaras.core.numerals import format_number
from selaras.documents.qr import qr_svg
from selaras.rulebook.service import SKM, load_surveys
from selaras.store.public_service import public_counts
from selaras.store.service_surveys import Round, RoundLine, find_round, rounds_of
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside
from selaras.web.service.questionnaire import given_traits, questions_of, trait_fields
from selaras.web.service.skm.forms import RoundForm
from selaras.web.service.skm.frame import address, tabs
from selaras.web.service.views_ticket import answers_of


@inside(Act.SEE_REGISTER)
def overview(request: InsideRequest) -> HttpResponse:
    """Every survey, and where the public pages are."""
    place, today = request.place, timezone.localdate()
    return render(request, "skm/overview.html", {
        "tabs": tabs(request, "overview"), "rounds": [_line(request, line) for line in rounds_of(request.actor, place.code)],
        "public_url": reverse("service:home", args=(place.code,)), "counts": public_counts(place.code, place.year, today),
        "may_serve": place.can["SERVE"], "new_url": address(request, "new"),
    })  # fmt: skip


@inside(Act.SERVE, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """A new survey."""
    return _edited(request, None)


@inside(Act.SERVE, methods=("GET", "POST"))
def edit(request: InsideRequest, code: str) -> HttpResponse:
    """An existing one."""
    return _edited(request, find_round(request.place.code, code))


@inside(Act.SERVE, methods=("GET", "POST"))
def link(request: InsideRequest, code: str) -> HttpResponse:
    """Make the link and the QR by which clients open the form; the one before stops working."""
    found = find_round(request.place.code, code)
    context = {
        "tabs": tabs(request, "overview"), "title": found.row.title, "back_url": address(request, "sheet", code),
        "crumbs": [(_("Survei kepuasan"), address(request, "overview")), (found.row.title, address(request, "sheet", code)),
                   (_("Tautan"), "")],
        "has_link": bool(found.row.seal), "url": "", "agency_name": request.place.name,
        "until": format_date(found.row.until),
    }  # fmt: skip
    if request.method == "POST":
        word = open_round(request.actor, agency=request.place.code, code=code)
        url = settings.SITE_URL + reverse("service:answer", args=(request.place.code, code, word.lower()))
        context |= {"url": url, "qr": qr_svg(url, f"Kode QR survei {found.row.title}")}
    answer = render(request, "skm/link.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@inside(Act.SERVE, methods=("GET", "POST"))
def record(request: InsideRequest, code: str) -> HttpResponse:
    """Type the answers of one respondent from paper, one after the other."""
    found = find_round(request.place.code, code)
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            _record(request, found)
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            problem = refusal
        else:
            messages.success(request, _("Jawaban tersimpan. Isi jawaban berikutnya."))
            return redirect(f"{address(request, 'record', code)}?layanan={_position(found, request)}")
    given: Any = request.POST if problem else {}
    at = request.GET.get("layanan", "")
    chosen = found.row.services[int(at)] if at.isdecimal() and int(at) < len(found.row.services) else ""
    return render(request, "skm/record.html", {
        "title": found.row.title, "questions": questions_of(found.survey, given), "problem": problem,
        "services": found.row.services, "chosen": given.get("layanan", chosen), "traits": trait_fields(given),
        "suggestion": given.get("saran", ""), "longest": LONGEST_SUGGESTION, "today": timezone.localdate().isoformat(),
        "since": found.row.since.isoformat(), "back_url": address(request, "sheet", code),
        "crumbs": [(_("Survei kepuasan"), address(request, "overview")), (found.row.title, address(request, "sheet", code)),
                   (_("Catat jawaban"), "")],
    }, status=422 if problem else 200)  # fmt: skip


def _record(request: InsideRequest, found: Round) -> None:
    day = request.POST.get("tanggal", "").strip()
    record_response(
        request.actor, agency=request.place.code, code=found.row.code, service=request.POST.get("layanan", ""),
        answers=answers_of(request, found.survey), traits=given_traits(request), suggestion=request.POST.get("saran", ""),
        on=parse_date(day) if day else None,
    )  # fmt: skip


def _position(found: Round, request: InsideRequest) -> int:
    return list(found.row.services).index(request.POST.get("layanan", ""))


def _edited(request: InsideRequest, found: Round | None) -> HttpResponse:
    place = request.place
    initial: dict[str, Any] = {"survey": SKM}
    if found is not None:
        row = found.row
        initial = {"title": row.title, "survey": row.survey, "since": row.since, "until": row.until,
                   "services": "\n".join(row.services), "population": row.population}  # fmt: skip
    form = RoundForm(
        load_surveys(timezone.localdate()), has_code=found is not None, data=request.POST or None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        code = found.row.code if found else given["code"].strip()
        try:
            save_round(
                request.actor, agency=place.code, code=code, title=given["title"], survey=given["survey"],
                since=given["since"], until=given["until"], services=form.services_given(), population=given["population"],
            )  # fmt: skip
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            for fault in refusal.faults:
                form.add_error(None, fault.sentence())
        else:
            messages.success(request, _("Survei tersimpan."))
            return redirect(address(request, "sheet", code))
    title = found.row.title if found else _("Survei baru")
    return render(request, "skm/round.html", {
        "form": form, "title": title, "back_url": address(request, "sheet", found.row.code) if found else
        address(request, "overview"), "crumbs": [(_("Survei kepuasan"), address(request, "overview")), (title, "")],
    }, status=422 if form.errors else 200)  # fmt: skip


def _line(request: InsideRequest, line: RoundLine) -> dict[str, Any]:
    today = timezone.localdate()
    state, tone, icon = _("Sudah ditutup"), "none", "lock"
    if today < line.since:
        state, tone, icon = _("Belum dibuka"), "outline", "clock"
    elif today <= line.until:
        state, tone, icon = _("Sedang berjalan"), "info", "refresh"
    return {
        "url": address(request, "sheet", line.code), "title": line.title, "code": line.code, "published": line.published,
        "days": f"{format_date(line.since)} – {format_date(line.until)}", "services": line.services,
        "responses": format_number(Decimal(line.responses)), "state": state, "tone": tone, "icon": icon,
    }  # fmt: skip
