"""What every page shows around its content: the stages, the agency and year, what waits for the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from selaras.core.access import Act, may_somewhere, over_several
from selaras.store import models as tables


@dataclass(frozen=True, slots=True)
class Stage:
    """One entry of the navigation: its address by name, its word, its icon, and the right that shows it."""

    url: str
    label: Any
    icon: str
    act: Act = Act.SEE


STAGES: tuple[Stage, ...] = (
    Stage("home:overview", _("Beranda"), "home"),
    Stage("org:overview", _("Organisasi"), "org"),
    Stage("planning:overview", _("Perencanaan"), "planning"),
    Stage("agreements:overview", _("Perjanjian"), "agreement"),
    Stage("measurement:grid", _("Pengukuran"), "measure"),
    Stage("budget:overview", _("Anggaran"), "budget"),
    Stage("reporting:overview", _("Laporan"), "report"),
    Stage("review:cases", _("Reviu"), "review"),
    Stage("evaluation:board", _("Evaluasi"), "evaluate"),
    Stage("history:overview", _("Riwayat laporan lama"), "history", Act.CONFIRM_HISTORY),
    Stage("followup:overview", _("Hambatan & tindak lanjut"), "followup"),
    Stage("people:mine", _("SKP & kinerja pegawai"), "person", Act.KEEP_SKP),
    Stage("reform:sheet", _("Reformasi birokrasi"), "flag"),
    Stage("registers:overview", _("Register & layanan"), "book", Act.SEE_REGISTER),
    Stage("skm:overview", _("Kepuasan & layanan"), "question", Act.SEE_REGISTER),
    Stage("issuing:listing", _("Dokumen terbit"), "sign", Act.SIGN_DOCUMENT),
    Stage("culture:studies", _("Budaya kerja"), "people", Act.READ_STUDY),
)
ADMIN: tuple[Stage, ...] = (
    Stage("accounts:people", _("Pengguna & peran"), "users", Act.GRANT),
    Stage("audit:trail", _("Jejak audit"), "audit", Act.AUDIT),
    Stage("retention:overview", _("Data pribadi"), "shield", Act.CLEAR_RECORDS),
)


BESIDE = {"verification": "issuing"}
"""Stages that are tabs of another one."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A stage as the navigation shows it; `count` is what waits there, if that is told."""

    url: str
    label: Any
    icon: str
    current: bool
    count: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """`agency`, `year`, `can` and `nav` of the page inside; `notices` is the number of unread ones."""
    place = getattr(request, "place", None)
    actor = getattr(request, "actor", None)
    context: dict[str, Any] = {"actor": actor, "place": place}
    user = getattr(request, "user", None)
    if user is not None:
        context["unread"] = SimpleLazyObject(lambda: _unread(request))
    if place is None:
        return context
    stage = (request.resolver_match.namespace if request.resolver_match else "").partition(":")[0]
    stage = BESIDE.get(stage, stage)
    return context | {
        "agency": place,
        "year": place.year,
        "can": place.can,
        "search_url": _address("search:results", place),
        "nav": _items(STAGES, place, stage),
        "nav_admin": _items(ADMIN, place, stage) + _of_all(place),
    }


def _items(stages: tuple[Stage, ...], place: Any, current: str) -> list[NavItem]:
    found = []
    for stage in stages:
        if not may_somewhere(place.actor, stage.act, place.code):
            continue
        try:
            url = reverse(stage.url, args=(place.code, place.year))
        except NoReverseMatch:  # a stage whose pages are not installed
            continue
        found.append(NavItem(url, stage.label, stage.icon, stage.url.partition(":")[0] == current))
    return found


def _of_all(place: Any) -> list[NavItem]:
    """The way to the pages over all agencies, for those whose role reaches them or several of them."""
    if not over_several(place.actor, Act.SEE_NATION):
        return []
    return [NavItem(reverse("nation:overview"), _("Semua instansi"), "chart", False)]


def _address(name: str, place: Any) -> str:
    try:
        return reverse(name, args=(place.code, place.year))
    except NoReverseMatch:  # a stage whose pages are not installed
        return ""


def _unread(request: Any) -> int:
    if not request.user.is_authenticated:
        return 0
    return tables.Notice.objects.filter(user=request.user, read_at__isnull=True).count()
