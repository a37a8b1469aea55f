"""What the pages of survey, standards and service reports share: addresses and tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.web.gate import InsideRequest


def address(request: InsideRequest, name: str, *args: object) -> str:
    """The address of a page of this part."""
    return reverse(f"skm:{name}", args=(request.place.code, request.place.year, *args))


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The pages beside each other."""
    names = (("overview", _("Survei kepuasan")), ("norms", _("Standar pelayanan")), ("reports", _("Laporan layanan")))
    return [{"title": title, "url": address(request, name), "current": name == current} for name, title in names]
