"""The page for a fault of ours: nothing about it but the number under which the log tells it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string

from selaras.store.errand import errand


def server_error(request: HttpRequest) -> HttpResponse:
    """The page; for programs a problem as RFC 9457 says it."""
    number = errand.get()
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": "Kesalahan pada sistem",
            "status": 500,
            "instance": f"urn:request:{number}",
        }
        return JsonResponse(body, status=500, content_type="application/problem+json")
    return HttpResponseServerError(render_to_string("500.html", {"number": number}))
