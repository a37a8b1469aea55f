"""What the pages of the reform share: tabs and addresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.web.gate import InsideRequest


def address(request: InsideRequest, name: str, *more: object) -> str:
    """The address of a page of the stage for the agency and year that are open."""
    return reverse(f"reform:{name}", args=(request.place.code, request.place.year, *more))


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The tabs of the stage."""
    named = [("sheet", _("Indeks RB")), ("actions", _("Rencana aksi")), ("units", _("Indeks unit"))]
    return [{"title": title, "url": address(request, name), "current": name == current} for name, title in named]
