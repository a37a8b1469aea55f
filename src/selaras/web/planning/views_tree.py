"""The performance tree as a picture: opened, searched, exported; the panel of a node stands beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from selaras.core.access import Act
from selaras.core.org import Unit
from selaras.core.planning import Contribution, Indicator, Support
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.findings import findings_of
from selaras.web.planning.frame import MEASURED, address, facts, node_of, tabs
from selaras.web.planning.panel import panel_of
from selaras.web.planning.picture import branch as picture_branch
from selaras.web.planning.picture import picture

KINDS = (*MEASURED, Unit, Contribution, Support)
HEADS = (
    "Jenjang",
    "Kode",
    "Kode Induk",
    "Nomor",
    "Uraian",
    "Unit",
    "Indikator",
    "Satuan",
    "Target",
    "Capaian",
    "Kategori",
)


@inside()
def overview(request: InsideRequest) -> HttpResponse:
    """The tree; `cari` opens the way to what is found, `simpul` shows the panel of a node."""
    figures = facts(request, KINDS)
    if wants_xlsx(request):
        return exported(request, "Pohon kinerja", HEADS, _rows(figures))
    return render(request, "planning/tree.html", context(request, figures, request.GET.get("simpul", "")))


@inside()
def branch(request: InsideRequest, node: str) -> HttpResponse:
    """What hangs on a node, for the picture of a large tree; without htmx, the tree with that branch open."""
    if not request.htmx:
        return redirect(f"{address(request, 'overview')}?{urlencode({'simpul': node})}")
    figures = facts(request, KINDS)
    card, level = picture_branch(figures, node_of(figures, node), findings_of(figures))
    shown = {"card": card, "level": level, "may_edit": request.place.can[Act.EDIT_PLAN.name]}
    return render(request, "planning/branch.html", shown)


def context(request: InsideRequest, figures: Figures, selected: str = "") -> dict[str, Any]:
    """What the page and its part show; the way to the `selected` node is open."""
    words = request.GET.get("cari", "").strip()
    findings = findings_of(figures)
    drawn = picture(
        figures, words=words, selected=selected, findings=findings, whole=request.GET.get("buka") == "semua"
    )
    units = {unit.code: unit.name for unit in figures.snapshot.units}
    more: dict[str, Any] = {}
    if selected:
        more = panel_of(request, figures, node_of(figures, selected), findings)
    return tabs(request, "overview") | more | {
        "picture": drawn, "words": words, "may_edit": request.place.can[Act.EDIT_PLAN.name],
        "prints": "cetak" in request.GET,
        "errors": sum(finding.severity.value == "error" for finding in findings), "findings": len(findings),
        "across": [
            (figures.nodes[item.node], units.get(item.unit, item.unit), item.gives)
            for item in figures.snapshot.contributions if item.node in figures.nodes
        ],
    }  # fmt: skip


def _rows(figures: Figures) -> list[list[Any]]:
    units = {unit.code: unit.name for unit in figures.snapshot.units}
    rows: list[list[Any]] = []
    for node in figures.walk():
        head: list[Any] = [
            level_name(node.level), node.code, node.parent, node.number, node.title, units.get(node.owner, node.owner),
        ]  # fmt: skip
        rows += [[*head, *_measured(figures, indicator)] for indicator in figures.by_node[node.code]] or [head]
    return rows


def _measured(figures: Figures, indicator: Indicator) -> list[Any]:
    figure = figures.achievement(indicator)
    band = figures.band(figure)
    return [
        indicator.name, indicator.unit, figures.aim(indicator, figures.year).value, figure, band.label if band else "",
    ]  # fmt: skip
