"""What the pages of planning share: their tabs, the facts they load, what was typed in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.core.agreements import Agreement, AgreementLine
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Realisation
from selaras.core.org import Position, Unit
from selaras.core.planning import (
    Contribution,
    Indicator,
    Mission,
    Node,
    ParentPlan,
    StrategicPlan,
    Support,
    Target,
    WeightedPart,
)
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings
from selaras.store.kept import kept_figures
from selaras.store.measuring import figures_of
from selaras.store.together import load_together
from selaras.web.gate import CodeConverter, InsideRequest

ANY = "kode-mana-pun"
TO_URL = CodeConverter().to_url
PER_PAGE = 50
PER_SHEET = 100
"""A sheet is filled in from a spreadsheet, so that its pages are longer than those of a list."""
MEASURED = (
    ReportSettings, StrategicPlan, Node, Indicator, WeightedPart, Target, Realisation, Agreement, AgreementLine,
)  # fmt: skip
"""The kinds of record behind every achievement."""
WHOLE_PLAN = frozenset({*MEASURED, Unit, Position, Contribution, Support, ParentPlan, Mission})
"""What the pages of planning need between them: read once, kept until somebody acts on the agency."""
TABS = (
    ("overview", "Pohon kinerja"),
    ("renstra", "Renstra"),
    ("rkt", "RKT"),
    ("indicators", "Indikator"),
    ("budget", "Anggaran"),
    ("supports", "Penunjang"),
    ("checks", "Pemeriksaan"),
    ("exchange", "Buku kerja"),
)


def tabs(request: InsideRequest, current: str) -> dict[str, Any]:
    """The tabs of the stage and where they stand, for the context of a page."""
    words = dict(TABS) | {
        "overview": _("Pohon kinerja"), "indicators": _("Indikator"), "budget": _("Anggaran"),
        "supports": _("Penunjang"), "checks": _("Pemeriksaan"), "exchange": _("Buku kerja"),
    }  # fmt: skip
    return {
        "tabs": [
            {"title": words[name], "url": address(request, name), "current": name == current} for name, _words in TABS
        ]
    }


def address(request: InsideRequest, name: str, *more: str) -> str:
    """The address of a page of planning for the agency and year that are open."""
    return reverse(f"planning:{name}", args=(request.place.code, request.place.year, *more))


def indicator_pages(request: InsideRequest) -> Callable[[str], str]:
    """Gives the address of the sheet of an indicator by its code; for a list, which asks some hundred times."""
    before, after = address(request, "indicator", ANY).split(ANY)
    return lambda code: f"{before}{TO_URL(code)}{after}"


def record_address(request: InsideRequest, name: str, *more: Any) -> str:
    """The address of a plain page over records, with the way back to the page that is open."""
    return reverse(f"records:{name}", args=(request.place.code, request.place.year, *more))


def facts(request: InsideRequest, kinds: Collection[type[Any]]) -> Figures:
    """The figures of the open agency and year, made of some kinds of record, under the law of its report.

    What asks for targets is given the whole plan, as it is kept; other kinds are few and are read anew.
    """
    place = request.place
    if Target in kinds and WHOLE_PLAN.issuperset(kinds):
        return kept_figures(
            place.code, place.year, "rencana", lambda: load_together(place.code, place.year, WHOLE_PLAN)
        )
    return figures_of(load_together(place.code, place.year, kinds))


def indicator_of(figures: Figures, code: str) -> Indicator:
    """The indicator of that code. Raises NotFound."""
    found = figures.indicators.get(code)
    if found is None:
        raise NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": code})
    return found


def node_of(figures: Figures, code: str) -> Node:
    """The node of that code. Raises NotFound."""
    found = figures.nodes.get(code)
    if found is None:
        raise NotFound(_("Simpul %(code)s tidak ditemukan.") % {"code": code})
    return found


def paged(request: InsideRequest, rows: Sequence[Any], size: int = PER_PAGE) -> Page[Any]:
    """The page of a long list that the address asks for (`halaman`), with the numbers to choose from."""
    page = Paginator(rows, size).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    return page
