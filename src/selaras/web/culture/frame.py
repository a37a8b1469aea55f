"""What the pages of culture studies share: tabs of the stage and of a study, its head, addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.culture.studies import Stage
from selaras.store.culture import StudyMe
from selaras.store.models import Study
from selaras.web.culture.words import STAGES, look
from selaras.web.gate import InsideRequest

PER_PAGE = 50
ORDER = tuple(Stage)


def address(request: InsideRequest, name: str, *more: object) -> str:
    """The address of a page of the stage for the agency and year that are open."""
    return reverse(f"culture:{name}", args=(request.place.code, request.place.year, *more))


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The tabs of the stage; those of surveys stand there where their pages are installed."""
    named = [("studies", _("Studi")), ("frameworks", _("Kerangka")), *survey_tabs()]
    return [{"title": title, "url": address(request, name), "current": name == current} for name, title in named]


def survey_tabs() -> list[tuple[str, Any]]:
    """The pages of surveys that stand beside the studies."""
    return [("surveys", _("Survei")), ("index", _("Indeks internal budaya kerja"))]


def study_tabs(request: InsideRequest, study: str, current: str) -> list[dict[str, Any]]:
    """The tabs of one study."""
    named = [
        ("study", _("Ikhtisar")), ("informants", _("Informan")), ("guides", _("Pedoman")),
        ("sources", _("Sumber")), ("codebook", _("Buku kode")), ("rounds", _("Kesepakatan")),
        ("displays", _("Sajian")), ("conclusions", _("Simpulan")), ("actions", _("Tindak lanjut")),
        ("papers", _("Laporan")), ("changes", _("Jejak")),
    ]  # fmt: skip
    return [
        {"title": title, "url": address(request, name, study), "current": name == current} for name, title in named
    ]  # fmt: skip


def head_of(request: InsideRequest, row: Study, me: StudyMe, current: str, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """What stands above every page of one study: its title, stage, tabs, and whether the person may change it."""
    stage, code = Stage(row.stage), row.code
    is_open = stage is not Stage.PUBLISHED
    trail = [(_("Budaya kerja"), address(request, "studies"))]
    trail += [(row.code, address(request, "study", code)), *crumbs] if crumbs else [(row.code, "")]
    return {
        "study": row, "me": me, "stage": look(STAGES, stage), "crumbs": trail, "tabs": study_tabs(request, code, current),
        "may_lead": me.leads and is_open, "may_code": me.codes and is_open, "here": request.get_full_path(),
    }  # fmt: skip


def reads_texts(me: StudyMe) -> bool:
    """Whether somebody reads whole texts: the team only, since they may hold more than may be quoted."""
    return me.codes or me.role is not None


def place_url(request: InsideRequest, me: StudyMe, study: str, source: str, segment: str) -> str:
    """The way to a passage on the desk; empty for who reads no texts."""
    return f"{address(request, 'desk', study, source)}?penggalan={quote(segment)}" if reads_texts(me) else ""


def course(row: Study) -> list[dict[str, Any]]:
    """The stages of a study for the stepper."""
    at = ORDER.index(Stage(row.stage))
    marks = ["done" if index < at else "current" if index == at else "next" for index in range(len(ORDER))]
    if Stage(row.stage) is Stage.PUBLISHED:
        marks[-1] = "done"
    return [{"title": STAGES[item][0], "state": mark} for item, mark in zip(ORDER, marks, strict=True)]
