"""Sessions end: after a while without a request, and after a working day in any case."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

BEGUN, SEEN = "begun", "seen"
GRAIN = 60  # seconds between two notes of when somebody was last seen: not every page writes to the database


class SessionEndMiddleware:
    """Signs out whose session is too old or was idle for too long, and tells htmx so in its own way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Look at the clock of the session before the page, and at where the page sends after it."""
        if SESSION_KEY in request.session:
            _look(request, int(time.time()))
        response = self.get_response(request)
        if request.htmx and _asks_to_sign_in(response):
            # A sign-in page inside a table helps nobody; the page says that the session is over and keeps what was typed.
            return HttpResponse(status=401)
        return response


def _look(request: Any, now: int) -> None:
    begun, seen = request.session.get(BEGUN), request.session.get(SEEN)
    if begun is None or seen is None:
        request.session[BEGUN] = request.session[SEEN] = now
    elif max(begun, seen) > now + GRAIN:
        # The clock was set back. The session goes on and ends in time, but nobody signs by a sign-in of the future.
        request.session[BEGUN], request.session[SEEN] = min(begun, now - settings.SIGN_WITHIN - 1), now
    elif now - seen > settings.SESSION_IDLE or now - begun > settings.SESSION_COOKIE_AGE:
        logout(request)
        messages.info(request, _("Sesi Anda sudah berakhir. Silakan masuk lagi."))
    elif now - seen >= GRAIN:
        request.session[SEEN] = now


def _asks_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code != 302:
        return False
    return response["Location"].partition("?")[0] == resolve_url(settings.LOGIN_URL)


def signed_in_within(request: Any, seconds: int) -> bool:
    """Whether the sign-in that began this very session is at most so many seconds old."""
    return -GRAIN <= int(time.time()) - int(request.session.get(BEGUN, 0)) <= seconds


@receiver(user_logged_in)
def begin(request: Any, **kwargs: Any) -> None:
    """Start the clock at sign-in."""
    del kwargs
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
