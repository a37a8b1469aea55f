"""Answering a survey by its link: for everybody who holds one, without account, cookie or JavaScript.

The page writes no log and asks for no session: whoever sends answers leaves nothing beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from selaras.actions.culture_answers import LONGEST_COMMENT, send_answers
from selaras.core.access import Actor
from selaras.core.culture.surveys import Instrument, Item
from selaras.core.errors import Refusal
from selaras.store.culture_surveys import SurveyForm, form_of
from selaras.web.days import format_date
from selaras.web.middleware import status_of

RESPONDENT = Actor("Responden")
ITEM, BUCKET, OWN = "butir-", "kelompok-", "kode-sendiri"
UNKNOWN_ANSWER = "tidak-tahu"
MOST_SECONDS = 86_400


def _private(answer: HttpResponse) -> HttpResponse:
    """Nothing of these pages is kept on the way, found by a search engine or told to another site."""
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer._has_been_logged = True  # type: ignore[attr-defined] # noqa: SLF001 (Django's mark): the link stands in no log
    return answer


@csrf_exempt  # who holds the link may answer; there is no session that another site could use
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """Where the code of a printed slip is typed in."""
    code = request.POST.get("kode", "").strip().rstrip("/").rpartition("/")[2]
    if request.method == "POST" and code:
        return _private(redirect(reverse("survey:answer", args=(code,))))
    return _private(render(request, "culture/survey_entry.html", {**_plain(), "asked": request.method == "POST"}))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire behind a link, and its answers."""
    day = timezone.localdate()
    try:
        form = form_of(token, day)
    except Refusal as refused:
        return _shut(request, refused)
    if request.method == "GET":
        return _shown(request, form, {}, None)
    try:
        send_answers(
            RESPONDENT, token=token, answers=_answers(request.POST, form.questionnaire), day=day,
            buckets={name: request.POST.get(f"{BUCKET}{at}", "") for at, name in enumerate(form.buckets)},
            comment=request.POST.get("komentar", ""), seconds=_seconds(request.POST.get("detik", "")),
            own=request.POST.get(OWN, ""),
        )  # fmt: skip
    except Refusal as refused:
        return _again(request, token, refused)
    return _private(redirect(reverse("survey:sent")))


def _again(request: HttpRequest, token: str, refused: Refusal) -> HttpResponse:
    """The form with what was filled in; what says why, where the link or the wave has ended meanwhile."""
    try:
        form = form_of(token, timezone.localdate())
    except Refusal as ended:
        return _shut(request, ended)
    return _shown(request, form, request.POST, refused)


@require_http_methods(["GET"])
def sent(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens now; the same page for everybody."""
    return _private(render(request, "culture/survey_sent.html", _plain()))


def _shut(request: HttpRequest, refused: Refusal) -> HttpResponse:
    context = {**_plain(), "refusal": refused, "entry_url": reverse("survey:entry")}
    return _private(render(request, "culture/survey_shut.html", context, status=status_of(refused)))


def _plain() -> dict[str, Any]:
    """Nothing in these pages belongs to a visitor: no messages, no token for forms."""
    return {"csrf_token": "", "messages": (), "debug_sign": settings.DEBUG}


def _answers(given: Mapping[str, str], questionnaire: Instrument) -> dict[str, int | None]:
    """What was ticked, by item; an item that was left, or "do not know", is None. Anything else is off the scale."""
    made: dict[str, int | None] = {}
    for item in questionnaire.items:
        text = given.get(f"{ITEM}{item.code}", "").strip()
        if text in {"", UNKNOWN_ANSWER}:
            made[item.code] = None
        else:
            made[item.code] = int(text) if text.isdecimal() and len(text) < 4 else -1
    return made


def _seconds(text: str) -> int | None:
    """What the respondent's device says it took; None where it does not say."""
    return min(int(text), MOST_SECONDS) if text.isdecimal() and len(text) < 9 else None


def _shown(request: HttpRequest, form: SurveyForm, given: Mapping[str, str], problem: Refusal | None) -> HttpResponse:
    questionnaire = form.questionnaire
    wrong = {fault.place.record for fault in problem.faults} if problem else set()
    parts = (
        _shared(questionnaire, given, wrong) if questionnaire.scale.fixed_total else _rated(questionnaire, given, wrong)
    )
    total = len(parts)
    for number, part in enumerate(parts, 1):
        part |= {"number": number, "next": f"bagian-{number + 1}" if number < total else "akhir"}
    return _private(render(request, "culture/survey_answer.html", {
        **_plain(), "form": form, "closes": format_date(form.closes), "parts": parts, "total": total, "problem": problem,
        "fixed_total": questionnaire.scale.fixed_total, "most": LONGEST_COMMENT, "comment": given.get("komentar", ""),
        "buckets": [
            {"name": name, "field": f"{BUCKET}{at}", "choices": choices, "given": given.get(f"{BUCKET}{at}", "")}
            for at, (name, choices) in enumerate(form.buckets.items())
        ],
        "none": _("Tidak menjawab"), "own": given.get(OWN, ""), "own_wrong": "kode sendiri" in wrong,
    }, status=422 if problem else 200))  # fmt: skip


def _rated(questionnaire: Instrument, given: Mapping[str, str], wrong: set[str]) -> list[dict[str, Any]]:
    """One part for each statement with the answers of the scale."""
    scale = questionnaire.scale
    labels = [(str(value), label) for value, label in enumerate(scale.labels, 1)]
    if scale.unknown:
        labels.append((UNKNOWN_ANSWER, scale.unknown))
    return [
        {
            "text": item.text, "field": f"{ITEM}{item.code}", "choices": labels, "wrong": item.code in wrong,
            "given": given.get(f"{ITEM}{item.code}", ""),
        }
        for item in questionnaire.items
    ]  # fmt: skip


def _shared(questionnaire: Instrument, given: Mapping[str, str], wrong: set[str]) -> list[dict[str, Any]]:
    """One part for each node, whose statements share out a fixed number of points."""

    def lines(items: Iterable[Item]) -> list[dict[str, str]]:
        return [
            {"text": item.text, "field": f"{ITEM}{item.code}", "given": given.get(f"{ITEM}{item.code}", "")}
            for item in items
        ]

    return [
        {"text": _("Bagi %(n)s angka di antara pernyataan berikut.") % {"n": questionnaire.scale.fixed_total},
         "items": lines(items), "wrong": node in wrong}
        for node, items in groupby(questionnaire.items, key=lambda item: item.node)
    ]  # fmt: skip
