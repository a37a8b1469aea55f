"""The satisfaction survey in public: the form that a link or QR opens, and the results that were published."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.actions.service_papers import compose_public_sheet
from selaras.actions.service_surveys import LONGEST_SUGGESTION, record_response
from selaras.core.errors import NotFound, Refusal
from selaras.core.registers.numbering import opens
from selaras.store.public_service import named_agency
from selaras.store.service_surveys import Round, find_round, public_sheet, published_rounds
from selaras.web.days import format_date
from selaras.web.public.gateway import open_to_all
from selaras.web.reporting.sending import attachment
from selaras.web.service.limits import limited
from selaras.web.service.pages import PUBLIC, page, private
from selaras.web.service.questionnaire import given_traits, questions_of, trait_fields
from selaras.web.service.results import shown_sheet
from selaras.web.service.stamps import check_stamp, free_stamp, stamped, use_stamp
from selaras.web.service.views_ask import TRAP
from selaras.web.service.views_ticket import answers_of

PURPOSE = "survei"
FRESH = 600


# There is no session and no cookie that somebody else's page could use; the stamp says that the form is ours.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited("survei", most=60, seconds=3600)
def answer(request: HttpRequest, agency: str, code: str, word: str) -> HttpResponse:
    """The nine questions, on one page, and thanks."""
    place, found = named_agency(agency), _opened(agency, code, word)
    today = timezone.localdate()
    if not found.row.since <= today <= found.row.until:
        return private(request, "service/survey_closed.html", {
            "title": found.row.title, "since": format_date(found.row.since), "until": format_date(found.row.until),
            "is_early": today < found.row.since,
        }, place)  # fmt: skip
    if request.method != "POST":
        return private(request, "service/survey.html", _form(request, found, stamped(PURPOSE)), place)
    try:
        unique = check_stamp(PURPOSE, request.POST.get("cap", ""))
        if request.POST.get(TRAP, "").strip():  # a program filled it in; it is thanked and forgotten
            return private(request, "service/survey_thanks.html", {"title": found.row.title}, place)
        if use_stamp(unique):
            _keep(request, found, agency, word, unique)
    except Refusal as refusal:
        stamp = request.POST.get("cap", "") if _is_quick(refusal) else stamped(PURPOSE)
        return private(
            request, "service/survey.html", {**_form(request, found, stamp), "problem": refusal}, place, status=422
        )
    return private(request, "service/survey_thanks.html", {"title": found.row.title}, place)


@open_to_all
def results(request: HttpRequest, agency: str) -> HttpResponse:
    """The surveys whose results are out."""
    place = named_agency(agency)
    rows = [
        {"code": row.code, "title": row.title, "since": format_date(row.since), "until": format_date(row.until)}
        for row in published_rounds(agency)
    ]
    return page(request, "service/results.html", {"rounds": rows}, place)


@open_to_all
def sheet(request: HttpRequest, agency: str, code: str) -> HttpResponse:
    """The result of one survey."""
    place, found = named_agency(agency), public_sheet(agency, code)
    return page(request, "service/sheet.html", {**shown_sheet(found, hide_small=True), "code": code}, place)


@limited("lembar", most=20, seconds=900, methods=("GET", "HEAD"))
@open_to_all
def sheet_pdf(request: HttpRequest, agency: str, code: str) -> HttpResponse:
    """The publication sheet as PDF; made once in a while, since it is the same for everybody."""
    del request
    row = public_sheet(agency, code).round.row
    key = f"layanan:lembar:{row.pk}"
    content = caches["default"].get(key)
    if content is None:
        with tempfile.TemporaryDirectory(prefix="selaras-skm-") as folder:
            content = compose_public_sheet(PUBLIC, agency=agency, code=code, output=Path(folder)).read_bytes()
        caches["default"].set(key, content, timeout=FRESH)
    return attachment(content, f"skm-{row.until.year}.pdf")


def _opened(agency: str, code: str, word: str) -> Round:
    """The round that the word opens. Raises NotFound alike for a round there is not and a wrong word."""
    unknown = NotFound(_("Survei ini tidak ditemukan. Minta tautan atau kode QR yang baru kepada petugas."))
    try:
        found = find_round(agency, code)
    except NotFound:
        raise unknown from None
    if not opens(word, found.row.seal):
        raise unknown
    return found


def _keep(request: HttpRequest, found: Round, agency: str, word: str, unique: str) -> None:
    services = found.row.services
    try:
        record_response(
            PUBLIC, agency=agency, code=found.row.code, secret=word, answers=answers_of(request, found.survey),
            service=services[0] if len(services) == 1 else request.POST.get("layanan", ""), traits=given_traits(request),
            suggestion=request.POST.get("saran", "")[:LONGEST_SUGGESTION],
        )  # fmt: skip
    except Refusal:
        free_stamp(unique)
        raise


def _is_quick(refusal: Refusal) -> bool:
    return any("cepat" in fault.message for fault in refusal.faults)


def _form(request: HttpRequest, found: Round, stamp: str) -> dict[str, Any]:
    services = found.row.services
    return {
        "title": found.row.title, "questions": questions_of(found.survey, request.POST), "stamp": stamp, "trap": TRAP,
        "services": services if len(services) > 1 else [], "chosen": request.POST.get("layanan", ""),
        "traits": trait_fields(request.POST), "suggestion": request.POST.get("saran", ""),
        "longest": LONGEST_SUGGESTION, "service": services[0] if len(services) == 1 else "",
    }  # fmt: skip
