"""A fair share of a server process: while several agencies ask, none of them holds more than half of the threads.

Everything is counted in the memory of the process, by the agency in the address, before a session or the database is
asked, so that a request too many costs next to nothing. One such request waits a moment, a few at once; the others are
told to come back (429 with Retry-After; a page that was only to be read comes back by itself). While an agency is alone
on the server nothing is held back. Heavy work has turns of its own (`store.turns`).
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

ADDRESS = re.compile(r"/(?:i|publik|api/v1/agencies)/([^/]{1,60})/")
ALONE = 30.0
"""Seconds after which an agency that asked for nothing is no longer thought to be there."""
PATIENCE = 1.0
"""So long a request too many waits for one of its own agency to end."""
AGAIN = 2
"""Seconds after which whoever was sent away comes back."""


class Share:
    """Who is at work in this process, of `threads` that it has."""

    def __init__(self, threads: int) -> None:
        self.most, self.most_waiting = max(1, threads // 2), max(1, threads // 4)
        self._running: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._seen: dict[str, float] = {}
        self._change = threading.Condition()

    @contextmanager
    def held(self, agency: str) -> Iterator[bool]:
        """Work for an agency; False where it has its share already and nothing was begun."""
        with self._change:
            got = self._entered(agency)
        if not got:
            yield False
            return
        try:
            yield True
        finally:
            with self._change:
                self._running[agency] -= 1
                if not self._running[agency]:
                    del self._running[agency]
                self._change.notify_all()

    def _entered(self, agency: str) -> bool:
        self._seen[agency] = time.monotonic()
        if not self._has_room(agency):
            if self._waiting[agency] >= self.most_waiting:
                return False
            self._waiting[agency] += 1
            try:
                if not self._change.wait_for(lambda: self._has_room(agency), PATIENCE):
                    return False
            finally:
                self._waiting[agency] -= 1
                if not self._waiting[agency]:
                    del self._waiting[agency]
        self._running[agency] += 1
        return True

    def _has_room(self, agency: str) -> bool:
        return self._running[agency] < self.most or not self._others(agency)

    def _others(self, agency: str) -> bool:
        now = time.monotonic()
        for name, seen in list(self._seen.items()):
            if now - seen > ALONE:
                del self._seen[name]
        return any(name != agency for name in self._seen)


class ShareMiddleware:
    """Lets an agency have its share of this process and no more while others ask, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        given = os.environ.get("SELARAS_THREADS", "")
        self.share = Share(int(given) if given.isdigit() else 8)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or ask to come back."""
        found = ADDRESS.match(request.path)
        if found is None:
            return self.get_response(request)
        with self.share.held(found[1]) as may:
            return self.get_response(request) if may else later(request)


def later(request: HttpRequest) -> HttpResponse:
    """The answer to a request beyond the share: nothing was done; as a page, a note, or a problem for programs."""
    words = "Terlalu banyak permintaan dari instansi ini pada saat yang sama"
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse(
            {"type": "about:blank", "title": words, "status": 429, "words": f"{words}. Ulangi {AGAIN} detik lagi."},
            status=429, content_type="application/problem+json",
        )  # fmt: skip
    else:
        part = request.headers.get("HX-Request") == "true"
        page = {"comes_back": request.method in {"GET", "HEAD"}}
        answer = HttpResponse(render_to_string("busy_part.html" if part else "busy.html", page), status=429)
        if part:
            answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML"
        elif page["comes_back"]:
            answer["Refresh"] = str(AGAIN)
    answer["Retry-After"] = str(AGAIN)
    answer["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's word: the counters tell it)
    return answer
