"""Around every operation: answers that can be asked about by their fingerprint, and errors of the road as problems."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt

from selaras.api.document import operations_by_path
from selaras.api.door import api, problem

View = Callable[..., HttpResponse]


def around(view: View) -> View:
    """A view of the API with `ETag` and 304, `Cache-Control`, and problems where the library sends plain text."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - _parameters(request))
        if unknown:
            return _refused(unknown)
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            told = problem(405, "Metode tidak dikenal", f"{request.method} tidak diterima di alamat ini.")
            told["Allow"] = answer["Allow"]
            return told
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        if request.method in {"GET", "HEAD"} and answer.status_code == 200 and not answer.streaming:
            if not answer.has_header("ETag"):
                set_response_etag(answer)
            kept = get_conditional_response(request, etag=answer["ETag"], response=answer)
            return kept if isinstance(kept, HttpResponse) else answer
        return answer

    return answered


def _parameters(request: HttpRequest) -> frozenset[str]:
    """The names that the operation at this address takes in its query; those asked for, where it is none of ours."""
    route = request.resolver_match.route if request.resolver_match else ""
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).rpartition("api/v1/")[2]
    return _names().get((request.method or "", path), frozenset(request.GET))


@cache
def _names() -> dict[tuple[str, str], frozenset[str]]:
    document = api.get_openapi_schema(path_prefix="")
    return {
        (method.upper(), path.lstrip("/")): frozenset(
            parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"
        )
        for path, method, operation in operations_by_path(document)
    }


def _refused(unknown: list[str]) -> HttpResponse:
    # A misspelt `dry_run` that is passed over would load the file.
    faults = [
        {"message": "parameter tidak dikenal", "place": {"column": name[:80]}, "read": "", "expected": "", "remedy": ""}
        for name in unknown[:20]
    ]
    return problem(422, "Permintaan tidak sesuai bentuknya", faults=faults)


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address below the API that no operation has."""
    del rest
    return problem(404, "Tidak ditemukan", f"{request.path} bukan alamat API ini.")
