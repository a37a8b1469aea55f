"""What the public service pages have in common: their navigation, and what must neither be kept nor found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.access import Actor
from selaras.store.public_service import ServiceAgency
from selaras.web.public.gateway import shown

PUBLIC = Actor("publik")


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], agency: ServiceAgency | None = None
) -> HttpResponse:
    """A public page that everybody may read and keep."""
    made: dict[str, Any] = dict(context)
    if agency is not None:
        made |= {
            "agency": agency,
            "public_home": reverse("service:home", args=(agency.code,)),
            "public_nav": _nav(request, agency),
        }
    return shown(request, template, made)


def private(
    request: HttpRequest, template: str, context: Mapping[str, Any], agency: ServiceAgency | None = None,
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page for one visitor: no cache keeps it, no search engine lists it, no address of it goes anywhere."""
    return sealed(page(request, template, context, agency), status)


def sealed(answer: HttpResponse, status: int | None = None) -> HttpResponse:
    """An answer that no cache keeps and no search engine lists."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    if status is not None:
        answer.status_code = status
    return answer


def _nav(request: HttpRequest, agency: ServiceAgency) -> list[dict[str, Any]]:
    names = (
        ("service:home", _("Layanan")), ("service:ticket", _("Ikuti tiket")), ("service:promises", _("Standar pelayanan")),
        ("service:results", _("Kepuasan")), ("service:data", _("Data terbuka")),
    )  # fmt: skip
    made = []
    for name, title in names:
        url = reverse(name, args=(agency.code,))
        made.append({"title": title, "url": url, "current": request.path == url})
    return made
