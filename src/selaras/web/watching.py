"""Around every request: its number, how long it took, how many queries it made and which of them were slow."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from selaras.store.counters import FOLDER, Counters
from selaras.store.errand import errand

NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}")
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper ends of the classes of the histogram of durations, in seconds."""
LONGEST_SQL = 2000
requests = logging.getLogger("selaras.request")
slow = logging.getLogger("selaras.slow")


class Queries:
    """Counts the queries of one request and tells the slow ones, without their values."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.count = self.slow = 0
        self.seconds = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Run one query with a watch."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.count += 1
            self.seconds += took
            if settings.SLOW_QUERY and took >= settings.SLOW_QUERY:
                self.slow += 1
                said = {"sql": str(sql)[:LONGEST_SQL], "ms": round(took * 1000), "route": route_of(self._request)}
                slow.warning("kueri lambat: %d ms", said["ms"], extra=said)


class WatchMiddleware:
    """Gives each request its number (`X-Request-ID`) and leaves a line in the log and in the counters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer, and write down how that went."""
        request.number = number_of(request)
        mark, began, queries = errand.set(request.number), time.perf_counter(), Queries(request)
        try:
            with connection.execute_wrapper(queries):
                answer = self.get_response(request)
            answer.headers["X-Request-ID"] = request.number
            _told(request, answer, queries, time.perf_counter() - began)
        finally:
            errand.reset(mark)
        return answer


def number_of(request: HttpRequest) -> str:
    """The number that a trusted proxy gave the request, else a new one: a visitor may not choose it."""
    given = request.headers.get("X-Request-ID", "")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and NUMBER.fullmatch(given):
        return given
    return uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, which holds no secret word; of one that fits none, a dash."""
    match = request.resolver_match
    return match.route if match else "-"


def name_of(request: HttpRequest) -> str:
    """The name of the page; of a file of ours `static`, of an address that fits nothing `-`."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "-"
    return "static" if request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/") else "-"


@cache
def counters(folder: Path) -> Counters:
    """The counters of this process for an installation."""
    return Counters(folder)


def kept_in() -> Path:
    """Where the counters of the server's processes lie."""
    return Path(settings.DATA) / FOLDER


def _told(request: Any, answer: HttpResponse, queries: Queries, took: float) -> None:
    if requests.isEnabledFor(logging.INFO):
        user = request.__dict__.get("_cached_user")  # only where somebody asked: looking it up costs a query
        said = {
            "method": request.method, "route": route_of(request), "status": answer.status_code,
            "ms": round(took * 1000, 1), "queries": queries.count, "sql_ms": round(queries.seconds * 1000, 1),
            "user": getattr(user, "pk", None),
        }  # fmt: skip
        requests.info("%s %s %s", said["method"], said["route"], said["status"], extra=said)
    if not settings.METRICS:
        return
    kept, name = counters(kept_in()), name_of(request)
    stage = name.partition(":")[0] if ":" in name else "pintu"
    method = request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "lain"
    kept.add("selaras_http_requests_total", route=name, method=method, status=str(answer.status_code))
    kept.add("selaras_http_request_duration_seconds_sum", took, stage=stage)
    bound = next((str(bound) for bound in BOUNDS if took <= bound), "+Inf")
    kept.add("selaras_http_request_duration_seconds_bucket", stage=stage, le=bound)
    kept.add("selaras_db_queries_total", queries.count, stage=stage)
    kept.add("selaras_db_seconds_total", queries.seconds, stage=stage)
    if queries.slow:
        kept.add("selaras_db_slow_queries_total", queries.slow, stage=stage)
