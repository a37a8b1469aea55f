"""Which programme serves which indicator: a table to tick."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import save_supports
from selaras.core.access import Act
from selaras.core.numerals import format_rupiah
from selaras.core.planning import BudgetLine, BudgetVersion, Indicator, Node, NodeLevel, StrategicPlan, Support
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.frame import address, facts, tabs

KINDS = (ReportSettings, StrategicPlan, Node, Indicator, Support, BudgetVersion, BudgetLine)
WORK = (NodeLevel.PROGRAM, NodeLevel.KEGIATAN, NodeLevel.SUB_KEGIATAN)
MARK = "|"


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """Programmes by indicators; `rinci` shows kegiatan and sub kegiatan too. POST stores what is ticked."""
    figures = facts(request, KINDS)
    detailed = request.GET.get("rinci") == "ya"
    nodes = [node for node in figures.walk() if node.level in (WORK if detailed else WORK[:1])]
    if request.method == "POST":
        pairs = {(item.code, node.code) for item in figures.measured for node in nodes}
        chosen = [tuple(text.split(MARK, 1)) for text in request.POST.getlist("dukung") if MARK in text]
        ticked = [(indicator, node) for indicator, node in chosen if (indicator, node) in pairs]
        added, removed = save_supports(request.actor, agency=request.place.code, shown=pairs, chosen=ticked)
        messages.success(
            request, _("%(added)d kaitan ditambah, %(removed)d dihapus.") % {"added": added, "removed": removed}
        )
        return redirect(request.get_full_path())
    held = {(item.indicator, item.node): item for item in figures.snapshot.supports}
    if wants_xlsx(request):
        heads = ["Kode", "Uraian", "Anggaran (Rp)", *(item.name for item in figures.measured)]
        rows = [
            [node.code, node.title, figures.budget.get(node.code),
             *("Ya" if (item.code, node.code) in held else "" for item in figures.measured)]
            for node in nodes
        ]  # fmt: skip
        return exported(request, "Penunjang", heads, rows)
    return render(request, "planning/supports.html", tabs(request, "supports") | {
        "indicators": figures.measured, "lines": _lines(figures, nodes, set(held)), "detailed": detailed,
        "notes": [item for item in figures.snapshot.supports if item.reason or not item.supports],
        "amounts": _amounts(figures), "may_edit": request.place.can[Act.EDIT_PLAN.name],
        "here": address(request, "supports"),
    })  # fmt: skip


def _lines(figures: Figures, nodes: list[Node], held: set[tuple[str, str]]) -> list[dict[str, object]]:
    return [
        {
            "node": node,
            "depth": node.level.value.replace(" ", "-"),
            "amount": format_rupiah(figures.budget[node.code]) if node.code in figures.budget else "–",
            "ticks": [
                {"value": f"{item.code}{MARK}{node.code}", "name": item.name, "on": (item.code, node.code) in held}
                for item in figures.measured
            ],
        }
        for node in nodes
    ]


def _amounts(figures: Figures) -> list[str]:
    """The budget behind each indicator, as reports print it."""
    sums = [figures.supporting_amounts(item)[0] for item in figures.measured]
    return [format_rupiah(amount) if amount is not None else "–" for amount in sums]
