"""How fast one address may ask pages without an account: counted in memory by each server process, so that reading writes

nothing. Doors that can be guessed at have limits of their own, counted in the database for all processes together.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from selaras.web.service.limits import address_of

WINDOW = 60
NOT_COUNTED = ("/static/", "/health", "/metrics", "/api/")
"""Files of ours, watchers, and programs, which have a pace of their own by token."""
ALWAYS = ("/publik/", "/survei/", "/verifikasi/", "/undangan/", "/mulai/")
"""Doors without an account: a session cookie that somebody made up does not open them more often."""


class PaceMiddleware:
    """Answers 429 to an address that asks too fast without being signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Count and pass on, or refuse."""
        if self._counts(request) and self._count(request) > settings.PUBLIC_PACE:
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = str(WINDOW)
            answer["Cache-Control"] = "no-store"
            return answer
        return self.get_response(request)

    def _counts(self, request: HttpRequest) -> bool:
        if not settings.PUBLIC_PACE or request.path.startswith(NOT_COUNTED):
            return False
        return settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(ALWAYS)

    def _count(self, request: HttpRequest) -> int:
        address = address_of(request)
        if _own(address):  # this machine, or a proxy that nobody told us to trust: all visitors would be one
            return 0
        mark = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
        key = f"{int(time.time()) // WINDOW}:{mark}"
        kept = caches["pace"]
        kept.add(key, 0, timeout=WINDOW)
        try:
            return int(kept.incr(key))
        except ValueError:  # it went out of the cache between the two
            return 1


def _own(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return not address
