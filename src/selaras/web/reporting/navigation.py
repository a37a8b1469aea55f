"""The tabs of stage reporting."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.web.gate import AgencyPage


def tabs(place: AgencyPage, current: str) -> list[dict[str, Any]]:
    """The pages of the stage, side by side on each of them."""
    named = (
        ("overview", _("Dokumen")), ("chapters", _("Naskah")), ("preview", _("Pratinjau")),
        ("findings", _("Pemeriksaan")), ("photos", _("Foto")),
    )  # fmt: skip
    return [
        {"title": title, "url": reverse(f"reporting:{name}", args=(place.code, place.year)), "current": name == current}
        for name, title in named
    ]
