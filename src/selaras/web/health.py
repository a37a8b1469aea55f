"""The health pages: whether the process answers, and whether its database is reachable and of its own version."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from selaras import __version__
from selaras.store.workspace import newer_than_program

SCHEMA_READY = "siap"
PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Selaras</title><main><h1>Selaras {}</h1><p>Aplikasi berjalan. Basis data: {}.</p>
<p>Laporan disusun lewat perintah <code>selaras report</code>.</p></main></html>"""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when the database is not; JSON for those who ask for it."""
    state = database_state()
    status = 200 if state == SCHEMA_READY else 503
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"version": __version__, "database": state}, status=status)
    return HttpResponse(format_html(PAGE, __version__, state), status=status)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all; a service manager restarts one that does not."""
    del request
    return JsonResponse({"live": True})


def database_state() -> str:
    """`siap`, or what is wrong in a few words."""
    try:
        executor = MigrationExecutor(connection)
        if newer_than_program(executor):
            return "lebih baru daripada program"
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "tidak terjangkau"
    return "perlu migrasi" if pending else SCHEMA_READY
