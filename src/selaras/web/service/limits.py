"""Limits on what one address may send to the public pages; no address is kept, only a keyed hash for the window."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from selaras.web.service.pages import private

View = TypeVar("View", bound=Callable[..., HttpResponse])
SLOWEST = 0.5
"""Seconds that every refused look at a ticket takes, so that nobody measures which numbers there are."""


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, by as many proxies as the installation trusts; empty where that cannot be told."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""


def limited(name: str, *, most: int, seconds: int, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Let one address ask for a page at most so often in a time; more is answered with 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and _count(name, address_of(request), seconds) > most:
                answer = private(request, "service/busy.html", {"minutes": -(-seconds // 60)}, status=429)
                answer["Retry-After"] = str(seconds)
                return answer
            return view(request, *args, **kwargs)

        return opened  # type: ignore[return-value]

    return decorate


def wait_until_even(since: float) -> None:
    """Sleep until a refusal has taken as long as any other; `since` is when the request began (`time.monotonic`)."""
    time.sleep(max(0.0, SLOWEST - (time.monotonic() - since)))


def _count(name: str, address: str, seconds: int) -> int:
    """How often an address asked in this window, this time included."""
    cache = caches["default"]
    window = int(time.time()) // seconds
    mark = hmac.new(settings.SECRET_KEY.encode(), f"{name} {address} {window}".encode(), hashlib.sha256).hexdigest()
    key = f"layanan:{mark[:40]}"
    # Not `incr`: that would forget the window and keep the count for the cache's own time.
    seen = int(cache.get(key, 0)) + 1
    cache.set(key, seen, timeout=seconds)
    return seen
