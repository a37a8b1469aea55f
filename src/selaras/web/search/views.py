"""The results of a search, grouped by kind, each with the way to its page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.agreements import Agreement
from selaras.core.evaluation.recommendations import Recommendation
from selaras.core.measurement.records import Obstacle
from selaras.core.org import Position, Unit
from selaras.core.planning import Indicator, Node
from selaras.core.reporting import KINDS
from selaras.core.snapshot import Narrative
from selaras.store.searching import MOST, Found, Hit, around, search
from selaras.web.gate import InsideRequest, inside
from selaras.web.home.words import section_title
from selaras.web.records.views import SLUGS

FEW = 8
SHORTEST = 2
LOOKS: dict[Found, tuple[Any, str, type[Any] | None, tuple[str, ...]]] = {
    Found.INDICATOR: (gettext_lazy("Indikator"), "target", Indicator, ("planning:indicator",)),
    Found.NODE: (gettext_lazy("Pohon kinerja"), "planning", Node, ("planning:node",)),
    Found.UNIT: (gettext_lazy("Unit"), "org", Unit, ("org:unit",)),
    Found.POSITION: (gettext_lazy("Jabatan"), "person", Position, ("org:position",)),
    Found.AGREEMENT: (gettext_lazy("Perjanjian"), "agreement", Agreement, ("agreements:case",)),
    Found.OBSTACLE: (gettext_lazy("Hambatan dan tindak lanjut"), "followup", Obstacle, ("followup:obstacle",)),
    Found.RECOMMENDATION: (
        gettext_lazy("Rekomendasi evaluasi"),
        "evaluate",
        Recommendation,
        ("evaluation:recommendation",),
    ),
    Found.SKP: (gettext_lazy("SKP"), "person", None, ("people:plan",)),
    Found.REFORM: (gettext_lazy("Rencana aksi RB"), "flag", None, ("reform:action",)),
    Found.REPORT: (gettext_lazy("Laporan"), "report", None, ("reporting:edition",)),
    Found.NARRATIVE: (gettext_lazy("Narasi laporan"), "book", Narrative, ()),
    Found.RECORD: (gettext_lazy("Rekaman register"), "inbox", None, ()),
}
"""For each kind: its name, its icon, the record behind it, and its own page by code where it has one."""


@inside()
def results(request: InsideRequest) -> HttpResponse:
    """What was found, the open agency first; all of one kind on request."""
    words = request.GET.get("q", "").strip()
    only = request.GET.get("jenis", "")
    is_short = 0 < len(words) < SHORTEST
    hits = search(request.actor, words, first=request.place.code) if words and not is_short else []
    groups = [_group(request, kind, list(found), words, only) for kind, found in groupby(hits, lambda hit: hit.kind)]
    return render(request, "search/results.html", {
        "q": words, "groups": [group for group in groups if not only or group["key"] == only], "count": len(hits),
        "is_short": is_short, "is_cut": len(hits) >= MOST, "only": only,
    })  # fmt: skip


def _group(request: InsideRequest, kind: Found, hits: list[Hit], words: str, only: str) -> dict[str, Any]:
    name, icon, _record, _pages = LOOKS[kind]
    shown = hits if only else hits[:FEW]
    return {
        "key": kind.value, "name": name, "icon": icon, "count": len(hits), "more": len(hits) - len(shown),
        "lines": [_line(request, hit, words) for hit in shown],
    }  # fmt: skip


def _line(request: InsideRequest, hit: Hit, words: str) -> dict[str, Any]:
    year = hit.year or request.place.year
    title = _title(hit)
    facts = [
        hit.code if hit.kind not in {Found.REPORT, Found.NARRATIVE, Found.RECORD} else "",
        around(hit.text, words) if hit.text else "",
        _("Tahun %(year)s") % {"year": hit.year} if hit.year else "",
        hit.agency_name if hit.agency != request.place.code else "",
    ]
    return {
        "title": around(title, words) if len(title) > 200 else title, "url": _way(hit, year),
        "facts": " · ".join(fact for fact in facts if fact),
    }  # fmt: skip


def _title(hit: Hit) -> str:
    """The title of a hit; the words behind the key of a report or a section."""
    if hit.kind is Found.REPORT:
        return KINDS.get(hit.title, hit.title)
    return section_title(hit.title, hit.year) if hit.kind is Found.NARRATIVE else hit.title


def _way(hit: Hit, year: int) -> str:
    """The page of a hit; the form of its record where its stage has none."""
    _name, _icon, record, pages = LOOKS[hit.kind]
    if hit.kind is Found.RECORD:
        return reverse("registers:record", args=(hit.agency, year, hit.code, hit.title))
    for page in pages:
        for key in (hit.code, hit.row):
            try:
                return reverse(page, args=(hit.agency, year, key))
            except NoReverseMatch:  # a stage that is not installed, or whose page has another key
                continue
    if record is None:
        return reverse("home:overview", args=(hit.agency, year))
    return reverse("records:edit", args=(hit.agency, year, SLUGS[record], hit.row))
