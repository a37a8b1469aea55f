"""What the bar above every page needs to know about the person: links of the own account, notices, other agencies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from selaras.core.access import Actor, may_somewhere
from selaras.store.models import Agency
from selaras.web.shell import ADMIN, STAGES

FEW = 12


def menu(request: HttpRequest) -> dict[str, Any]:
    """`user_links`, `notices_url`, `home_url` and `agencies` for the bar; `may_mail` for pages before sign-in."""
    context: dict[str, Any] = {"may_mail": bool(settings.EMAIL_HOST), "home_url": reverse("home")}
    if getattr(request, "user", None) is None:
        return context
    place = getattr(request, "place", None)
    if place is not None:
        context["agencies"] = SimpleLazyObject(lambda: _agencies(place.actor, place.year))
    return context | {
        "notices_url": reverse("notices"),
        "user_links": (
            {"url": reverse("profile"), "title": _("Akun saya"), "icon": "person"},
            {"url": reverse("mfa_index"), "title": _("Keamanan masuk"), "icon": "shield"},
            {"url": f"{reverse('home')}?pilih", "title": _("Pilih instansi"), "icon": "building"},
        ),
    }


def first_page(actor: Actor, code: str, year: int) -> str:
    """The address of the first stage that somebody may open in an agency; empty where there is none."""
    for stage in (*STAGES, *ADMIN):
        if may_somewhere(actor, stage.act, code):
            try:
                return reverse(stage.url, args=(code, year))
            except NoReverseMatch:  # a stage whose pages are not installed
                continue
    return ""


def _agencies(actor: Actor, year: int) -> list[dict[str, str]]:
    """The agencies to change to; one query, and none for the many who have only one. More than a few are chosen by search."""
    if not actor.everywhere and len(actor.agencies) < 2:
        return []
    rows = Agency.objects.visible_to(actor).order_by("name").values_list("code", "name")[:FEW]
    found = [{"code": code, "name": name, "url": first_page(actor, code, year)} for code, name in rows]
    if len(found) < FEW:
        return found
    return [*found, {"code": "", "name": str(_("Semua instansi…")), "url": f"{reverse('home')}?pilih"}]
