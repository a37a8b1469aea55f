"""When the machine under us fails, or heavy work has to wait: pages that ask nothing of the database."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from selaras.core.errors import Waiting
from selaras.core.outage import Kind, Outage
from selaras.store.room import outage_at
from selaras.web.failing import server_error

log = logging.getLogger("selaras.outage")
AGAIN = {Kind.BUSY: 5, Kind.GONE: 15}
"""Seconds after which it makes sense to ask again, by what failed; for the rest a person has to do something first."""
LATER = 120
NO_ROOM = 507


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to an error that nobody expected: 503 or 507 where the machine failed, else the page of a bug (500)."""
    error = sys.exc_info()[1]
    outage = outage_at(error, Path(settings.DATA)) if error is not None else None
    return server_error(request) if outage is None else told(request, outage)


def told(request: HttpRequest, outage: Outage) -> HttpResponse:
    """A failure of the machine as a page; for programs as RFC 9457 says it, for htmx as a note."""
    log.error("%s: %s", outage.kind.words, outage.sentence())
    status = NO_ROOM if outage.kind is Kind.FULL else 503
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse(
            {"type": "about:blank", "title": outage.kind.words, "status": status, "words": f"{outage.kind.words}."},
            status=status, content_type="application/problem+json",
        )  # fmt: skip
    else:
        part = request.headers.get("HX-Request") == "true"
        answer = HttpResponse(
            render_to_string("outage_part.html" if part else "outage.html", {"outage": outage, "status": status}),
            status=status,
        )
        if part:
            answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML"
    answer["Retry-After"] = str(AGAIN.get(outage.kind, LATER))
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (a stack trace a request fills the disk)
    return answer


def waiting(request: Any, refusal: Waiting) -> HttpResponse:
    """The page of a person who waits: the place in the queue; it sends the form again by itself, with the ticket."""
    sent = request.POST if request.method == "POST" else request.GET
    own = {"csrfmiddlewaretoken", "giliran"}
    given = [(name, value) for name, values in sent.lists() for value in values if name not in own]
    query = request.GET.copy()
    query["giliran"] = refusal.ticket
    page = {
        "refusal": refusal, "given": given, "address": f"{request.path}?{query.urlencode()}", "method": request.method,
    }  # fmt: skip
    answer = HttpResponse(render_to_string("waiting.html", page, request=request), status=503)
    answer["Retry-After"] = str(refusal.seconds)
    answer["Cache-Control"] = "no-store"
    answer["X-Selaras-Turn"] = refusal.ticket
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's word: waiting is no fault)
    return answer
