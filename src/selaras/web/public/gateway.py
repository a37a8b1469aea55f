"""What every public page has in common: no session, no cookie, and an answer that caches may keep and ask about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from selaras import __version__
from selaras.store.models import ReportEdition

View = TypeVar("View", bound=Callable[..., HttpResponse])
FRESH = 300


def open_to_all(view: View) -> View:
    """A page for everybody: only to be read, and asked about by its fingerprint instead of being sent again."""

    @require_http_methods(["GET", "HEAD"])
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code != 200:
            return answer
        answer["Cache-Control"] = f"public, max-age={0 if settings.DEBUG else FRESH}"
        patch_vary_headers(answer, ("Cookie", "Accept-Language"))
        if not answer.has_header("ETag"):
            if answer.streaming:  # its end is not known when its head is sent
                return answer
            answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        modified = answer.headers.get("Last-Modified")
        kept = get_conditional_response(
            request,
            etag=answer["ETag"],
            last_modified=parse_http_date_safe(modified) if modified else None,
            response=answer,
        )
        return kept if isinstance(kept, HttpResponse) else answer

    return opened  # type: ignore[return-value]


def shown(
    request: HttpRequest, template: str, context: Mapping[str, Any], edition: ReportEdition | None = None
) -> HttpResponse:
    """A public page. Nothing in it belongs to a visitor: no messages, no token for forms."""
    home = reverse("public:agencies")
    here = request.path
    nav = [
        {"title": _("Laporan terbit"), "url": home, "current": here == home},
        {
            "title": _("Nasional"),
            "url": reverse("nation_public:overview"),
            "current": here.startswith(reverse("nation_public:overview")),
        },
        {
            "title": _("Periksa berkas"),
            "url": reverse("verify:home"),
            "current": here.startswith(reverse("verify:home")),
        },
    ]
    common = {
        "public_nav": nav, "public_home": home, "signin_url": reverse(settings.LOGIN_URL), "csrf_token": "",
        "messages": (), "version": __version__, "language": get_language(),
    }  # fmt: skip
    answer = render(request, template, {**common, **context})
    if edition is not None:
        stamp(answer, edition)
    return answer


def stamp(answer: HttpResponse, edition: ReportEdition) -> HttpResponse:
    """Say when what is shown was published."""
    if edition.published_at is not None:
        answer["Last-Modified"] = http_date(edition.published_at.timestamp())
    return answer
