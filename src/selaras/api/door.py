"""The API itself: who sends a request, how a refusal looks, how a repeated write is recognised."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Status
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.responses import NinjaJSONEncoder
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from selaras import __version__
from selaras.actions.tokens import remember_answer, use_token
from selaras.api.document import MEANINGS, PROBLEM, Api
from selaras.api.intake import ExactParser
from selaras.api.misfits import faults
from selaras.core.access import Actor, Scope, limited
from selaras.core.errors import CannotRun, Conflict, NotAllowed, NotFound, Refusal, Waiting
from selaras.core.place import NOWHERE
from selaras.core.reporting.attachment import plain
from selaras.store.tokens import answer_before, find_token
from selaras.store.users import actor_of

STATUS: tuple[tuple[type[Refusal], int, str], ...] = (
    (NotFound, 404, "Tidak ditemukan"),
    (NotAllowed, 403, "Tidak berhak"),
    (Conflict, 409, "Sudah diubah orang lain"),
    (CannotRun, 503, "Tidak dapat dijalankan"),
    (Refusal, 422, "Ditolak"),
)
LONGEST_KEY = 200
RATE = "600/m"


class ApiRequest(HttpRequest):
    """A request by a program: its actor and its token. Only for type checkers."""

    actor: Actor
    token: int
    auth: str


class TokenAuth(HttpBearer):
    """`Authorization: Bearer selaras_…`: the person of the key, narrowed to its scopes."""

    openapi_description = "Token API dibuat di halaman akun atau dengan `selaras token`; dikirim sebagai Bearer."

    def authenticate(self, request: Any, token: str) -> str | None:
        """The login of the person, None for a key that is unknown, ended or of a closed account."""
        found = find_token(token, timezone.now())
        if found is None:
            return None
        scopes = [Scope(scope) for scope in found.scopes]
        request.actor = limited(actor_of(found.user, date.today()), scopes)
        request.token = found.pk
        use_token(request.actor, token=found.pk)
        return f"token-{found.pk}"


class Pace(AuthRateThrottle):
    """So many requests a minute for each token and server process; counted in memory, so that reading writes nothing."""

    cache = caches["local"]


api = Api(
    title="Selaras API",
    version="1",
    description=(
        "Data, angka, dan dokumen akuntabilitas kinerja. Angka dan persentase dikirim sebagai teks desimal agar tidak "
        f"ada digit yang hilang. Selaras {__version__}."
    ),
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
    servers=[{"url": "/", "description": "Instalasi ini."}],
    parser=ExactParser(),
    auth=TokenAuth(),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api-1",
    throttle=[Pace(RATE)],
)


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An error as RFC 9457 says it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=PROBLEM, status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal with every fault, each with place, what was read and expected, and how to mend it."""
    del request
    status, title = next((status, title) for kind, status, title in STATUS if isinstance(refusal, kind))
    more: dict[str, Any] = {}
    if refusal.faults:
        more["faults"] = [
            {
                "message": fault.message,
                "place": {} if fault.place == NOWHERE else plain(fault.place),
                "read": fault.read,
                "expected": fault.expected,
                "remedy": fault.remedy,
            }
            for fault in refusal.faults
        ]
    if isinstance(refusal, Conflict):
        more |= {
            "clashes": [asdict(clash) for clash in refusal.clashes],
            "changed_by": refusal.by,
            "changed_at": refusal.at,
        }
    if not isinstance(refusal, Waiting):
        return problem(status, title, refusal.message, **more)
    answer = problem(status, "Menunggu giliran", refusal.message, place=refusal.place, turn=refusal.ticket)
    answer["Retry-After"], answer["X-Selaras-Turn"] = str(refusal.seconds), refusal.ticket
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the shape that the document says."""
    return problem(422, "Permintaan tidak sesuai bentuknya", faults=faults(request, error.errors))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or none that is good."""
    del request, error
    answer = problem(401, "Token tidak dikenal", "Kirim token yang berlaku sebagai Authorization: Bearer.")
    answer["WWW-Authenticate"] = 'Bearer realm="selaras"'
    return answer


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """An address that does not exist."""
    del request, error
    return problem(404, "Tidak ditemukan")


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever else was refused before it reached an operation: too many requests, unreadable bodies."""
    del request
    title, meaning = MEANINGS.get(error.status_code, (str(error), ""))
    answer = problem(error.status_code, title, meaning)
    if isinstance(error, Throttled) and error.wait:
        answer["Retry-After"] = str(error.wait)
    return answer


Operation = TypeVar("Operation", bound=Callable[..., Any])


def once(operation: Operation) -> Operation:
    """A write that may be sent twice: with `Idempotency-Key` the second one gets the answer of the first.

    The same key for another request is refused. Only answers of success are kept.
    """

    @wraps(operation)
    def run(request: Any, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return operation(request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise Refusal(f"Idempotency-Key terlalu panjang: {len(key)} huruf, paling banyak {LONGEST_KEY}.")
        asked = hashlib.sha256(b"\0".join([request.method.encode(), request.get_full_path().encode(), request.body]))
        before = answer_before(request.token, key)
        if before is not None:
            if before.request_hash != asked.hexdigest():
                raise Refusal("Idempotency-Key ini sudah dipakai untuk permintaan yang lain.")
            return HttpResponse(json.dumps(before.answer, ensure_ascii=False), content_type="application/json",
                                status=before.status, headers={"Idempotent-Replay": "true"})  # fmt: skip
        result = operation(request, *args, **kwargs)
        status, body = (result.status_code, result.value) if isinstance(result, Status) else (200, result)
        answer = json.loads(json.dumps(body, cls=NinjaJSONEncoder))
        remember_answer(
            request.actor, token=request.token, key=key, request_hash=asked.hexdigest(), status=status, answer=answer
        )
        return result

    # The library reads the types of parameters from the wrapper, whose module does not know their names.
    run.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]
