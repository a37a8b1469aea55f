"""The page for a monitoring system: Prometheus text, closed unless the installation opens it, to its own machine or a token."""

from __future__ import annotations

import hmac
import ipaddress
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from selaras import __version__
from selaras.core.errors import CannotRun
from selaras.store import models as tables
from selaras.store.counters import Key, Labels, together
from selaras.store.models.proofs import VerificationState
from selaras.store.turns import Lane, queue
from selaras.web.health import SCHEMA_READY, database_state
from selaras.web.watching import BOUNDS, kept_in

TYPE = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
HELP = {
    "selaras_http_requests_total": ("counter", "Answers by page, method and status."),
    "selaras_http_request_duration_seconds": ("histogram", "Seconds from request to answer, by stage."),
    "selaras_db_queries_total": ("counter", "Queries of requests, by stage."),
    "selaras_db_seconds_total": ("counter", "Seconds in the database, by stage."),
    "selaras_db_slow_queries_total": ("counter", "Queries over SELARAS_SLOW_QUERY_MS, by stage."),
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that is looked up when it is asked for."""

    name: str
    help: str
    value: float
    labels: Labels = ()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every figure; 404 for whoever may not see them, as for a page that is not there."""
    if not _open_to(request):
        raise Http404
    answer = HttpResponse("\n".join([*_counted(), *_looked_up(), ""]), content_type=TYPE)
    answer["Cache-Control"] = "no-store"
    return answer


def _open_to(request: HttpRequest) -> bool:
    """With a token only to who has it; `local` to this machine, and not to what a proxy on it passes on."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if settings.METRICS != "local" or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _counted() -> Iterator[str]:
    sums = together(kept_in())
    for name, (kind, words) in HELP.items():
        yield from (f"# HELP {name} {words}", f"# TYPE {name} {kind}")
        if kind == "histogram":
            yield from _histogram(name, sums)
        else:
            yield from (_line(key, labels, value) for (key, labels), value in sorted(sums.items()) if key == name)


def _histogram(name: str, sums: dict[Key, float]) -> Iterator[str]:
    """Classes are kept apart and are told as Prometheus wants them: each with all that are below."""
    stages = sorted({dict(labels)["stage"] for key, labels in sums if key == f"{name}_bucket"})
    for stage in stages:
        below = 0.0
        for bound in (*map(str, BOUNDS), "+Inf"):
            below += sums.get((f"{name}_bucket", (("le", bound), ("stage", stage))), 0.0)
            yield _line(f"{name}_bucket", (("le", bound), ("stage", stage)), below)
        yield _line(f"{name}_count", (("stage", stage),), below)
        yield _line(f"{name}_sum", (("stage", stage),), sums.get((f"{name}_sum", (("stage", stage),)), 0.0))


def _looked_up() -> Iterator[str]:
    seen = ""
    for gauge in _gauges():
        if gauge.name != seen:
            yield from (f"# HELP {gauge.name} {gauge.help}", f"# TYPE {gauge.name} gauge")
        seen = gauge.name
        yield _line(gauge.name, gauge.labels, gauge.value)


def _gauges() -> Iterator[Gauge]:
    yield Gauge("selaras_build_info", "The program.", 1, (("version", __version__),))
    usage = shutil.disk_usage(Path(settings.DATA)) if Path(settings.DATA).is_dir() else None
    if usage:
        yield Gauge("selaras_disk_free_bytes", "Room left where the workspace lies.", usage.free)
    state = database_state()
    yield Gauge(
        "selaras_database_up", "1 where the database answers and its tables are up to date.", state == SCHEMA_READY
    )
    if state == SCHEMA_READY:
        try:
            yield from _from_tables()
        except DatabaseError:
            yield Gauge("selaras_database_error", "1 where a figure could not be looked up.", 1)
    with suppress(CannotRun):  # a full disk; the room that is left tells it above
        yield from _heavy()


def _from_tables() -> Iterator[Gauge]:
    yield Gauge("selaras_database_bytes", "Size of the database.", _size())
    last = tables.AuditRecord.objects.order_by("-pk").values_list("pk", "at", "hash").first()
    if last:
        yield Gauge("selaras_audit_last_id", "Number of the last audit record.", last[0])
        yield Gauge("selaras_audit_last_timestamp_seconds", "When it was written.", last[1].timestamp())
        yield Gauge("selaras_audit_head_info", "The head of the chain.", 1, (("hash", last[2]),))
    for name, words, rows, column in _latest():
        at = rows.order_by(f"-{column}").values_list(column, flat=True).first()
        yield Gauge(f"selaras_{name}_last_timestamp_seconds", words, at.timestamp() if at else 0)
    waiting = tables.WebhookDelivery.objects.filter(delivered_at__isnull=True, next_at__isnull=False)
    yield Gauge(
        "selaras_waiting", "What waits for the service timer, by kind.", waiting.count(), (("kind", "webhook"),)
    )
    mails = tables.RegisterMail.objects.filter(sent_at__isnull=True)
    yield Gauge("selaras_waiting", "", mails.count(), (("kind", "surel"),))
    requests = tables.SubjectRequest.objects.filter(decided_at__isnull=True)
    yield Gauge("selaras_waiting", "", requests.count(), (("kind", "permintaan data pribadi"),))
    late = requests.filter(due_at__lt=timezone.now())
    yield Gauge("selaras_waiting", "", late.count(), (("kind", "permintaan data pribadi terlambat"),))
    files = tables.Verification.objects.filter(state=VerificationState.WAITING.value)
    yield Gauge("selaras_waiting", "", files.count(), (("kind", "pemeriksaan berkas"),))


def _heavy() -> Iterator[Gauge]:
    """Composing, reading and verifying: the queue that all processes share (`store.turns`)."""
    for lane in Lane:
        tickets = queue(lane)
        running = sum(ticket.running for ticket in tickets)
        for state, count in (("berjalan", running), ("menunggu", len(tickets) - running)):
            yield Gauge(
                "selaras_heavy_work", "Heavy work by kind and state.", count, (("kind", lane.value), ("state", state))
            )


def _latest() -> Iterable[tuple[str, str, Any, str]]:  # rows are querysets of several tables
    done = tables.AuditRecord.objects.exclude(details__has_key="refused")
    yield "backup", "The last backup; 0 for none.", done.filter(action="membuat cadangan"), "at"
    yield "retention", "The last run of the retention; 0 for none.", done.filter(action="menjalankan retensi"), "at"
    try:
        anchors = apps.get_model("store", "AuditAnchor")._default_manager.all()  # noqa: SLF001
    except LookupError:
        return
    yield "audit_anchor", "The last anchor of the audit chain; 0 for none.", anchors, "made_at"


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _line(name: str, labels: Labels, value: float) -> str:
    words = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
    return f"{name}{{{words}}} {value:.17g}" if words else f"{name} {value:.17g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
