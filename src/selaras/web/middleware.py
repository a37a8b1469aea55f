"""Who asks, and how a refusal looks: the two things that happen around every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from selaras.core.access import Actor
from selaras.core.errors import CannotRun, Conflict, NotAllowed, NotFound, Refusal, Waiting
from selaras.store.room import outage_at
from selaras.store.turns import from_browser
from selaras.store.users import actor_of
from selaras.web.outages import told, waiting

STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (CannotRun, 503),
    (Refusal, 422),
)
NOBODY = Actor("Pengunjung")
Next = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Puts the actor on the request: the signed-in person as of today, else nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Look up the roles when they are first asked for, so that public pages do not pay for them."""

        def look_up() -> Actor:
            user = request.user
            if not user.is_authenticated:
                return NOBODY
            if not user.is_active:
                logout(request)
                return NOBODY
            return actor_of(user, date.today())

        request.actor = SimpleLazyObject(look_up)
        answer = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "private, no-store"  # the next person at this computer goes back in vain
        return answer


class RefusalMiddleware:
    """Turns a refusal into a page (or, for htmx, a part of one) that says what is wrong and how to mend it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; heavy work in it is not waited for beyond a moment (`store.turns`)."""
        with from_browser(request.GET.get("giliran", "") or request.headers.get("X-Selaras-Turn", "")):
            return self.get_response(request)

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """The answer to a refusal or to a failure of the machine; any other error is a bug and goes its way."""
        if isinstance(error, Waiting) and not request.htmx:
            return waiting(request, error)
        if isinstance(error, Refusal):
            return refused(request, error)
        outage = outage_at(error, Path(settings.DATA))
        return told(request, outage) if outage is not None else None


def status_of(refusal: Refusal) -> int:
    """The HTTP status that says what a refusal says."""
    return next(status for kind, status in STATUS if isinstance(refusal, kind))


def _came_from(request: Any) -> str:
    """The page of ours from which a form was sent, where the person goes on after a refusal; empty for any other."""
    before = request.META.get("HTTP_REFERER", "") if request.method == "POST" else ""
    return before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else ""


def refused(request: Any, refusal: Refusal) -> HttpResponse:
    """A refusal as a page; for htmx only the message, to be shown where the page keeps its messages."""
    template = "refusal_part.html" if request.htmx else "refusal.html"
    status = status_of(refusal)
    answer = render(
        request, template, {"refusal": refusal, "status": status, "back": _came_from(request)}, status=status
    )
    if request.htmx:
        answer["HX-Retarget"] = "#messages"
        answer["HX-Reswap"] = "innerHTML"
    return answer
