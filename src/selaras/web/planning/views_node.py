"""One node of the tree: its panel, its form, and its moves."""

from __future__ import annotations

import json
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from selaras.actions.planning import move_node, save_node
from selaras.actions.records import remove_record, save_record
from selaras.core.access import Act
from selaras.core.errors import Refusal
from selaras.core.planning import Contribution, Node, NodeLevel
from selaras.core.planning.moves import levels_below
from selaras.core.reporting.figures import Figures
from selaras.documents.workbook.schema import BY_RECORD
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.findings import findings_of
from selaras.web.planning.frame import address, facts, node_of
from selaras.web.planning.panel import panel_of
from selaras.web.planning.views_tree import KINDS, context
from selaras.web.records.forms import RecordForm

SHEET = BY_RECORD[Node]


@inside()
def panel(request: InsideRequest, node: str) -> HttpResponse:
    """The panel of a node, for htmx; without it, the tree with the panel beside it."""
    if not request.htmx:
        return redirect(_at(request, node))
    figures = facts(request, KINDS)
    return _panel(request, figures, node)


@inside(Act.EDIT_PLAN, methods=("GET", "POST"))
def edit(request: InsideRequest, node: str) -> HttpResponse:
    """The form of a node."""
    figures = facts(request, KINDS)
    return _form(request, figures, node_of(figures, node))


@inside(Act.EDIT_PLAN, methods=("GET", "POST"))
def new(request: InsideRequest) -> HttpResponse:
    """The form of a new node below another (`induk`) or beside one (`sebelah`)."""
    return _form(request, facts(request, KINDS), None)


@inside(Act.EDIT_PLAN, methods=("POST",))
def move(request: InsideRequest, node: str) -> HttpResponse:
    """Put a node under another parent."""
    changes = move_node(
        request.actor, agency=request.place.code, node=node, parent=request.POST.get("induk", ""),
        seen=request.POST.get("seen-parent"), reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return _done(request, node, _("Simpul dipindahkan.") if changes else _("Tidak ada yang berubah."))


@inside(Act.EDIT_PLAN, methods=("POST",))
def remove(request: InsideRequest, node: str) -> HttpResponse:
    """Delete a node that nothing names any more."""
    figures = facts(request, (Node,))
    found = node_of(figures, node)
    remove_record(request.actor, agency=request.place.code, record=found, reason=request.POST.get("reason", ""))
    return _done(request, "", _("Simpul %(code)s dihapus.") % {"code": node})


@inside(Act.EDIT_PLAN, methods=("POST",))
def contribute(request: InsideRequest, node: str) -> HttpResponse:
    """Add, change or (with `hapus`) end what another unit gives to a node."""
    given = Contribution(node, request.POST.get("unit", ""), request.POST.get("gives", "").strip())
    if "hapus" in request.POST:
        remove_record(request.actor, agency=request.place.code, record=given)
        return _done(request, node, _("Kontribusi dihapus."))
    if not given.unit or not given.gives:
        raise Refusal(_("Pilih unit dan tulis kontribusinya."))
    save_record(request.actor, agency=request.place.code, record=given)
    return _done(request, node, _("Kontribusi disimpan."))


def _form(request: InsideRequest, figures: Figures, node: Node | None) -> HttpResponse:
    form = RecordForm(
        SHEET, agency=request.place.pk, kinds={}, record=node, initial=_initial(request, figures),
        data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    reason = request.POST.get("reason", "")
    if form.submit(
        request,
        lambda: save_node(
            request.actor, agency=request.place.code, node=cast("Node", form.made), seen=form.seen, reason=reason
        ),
    ):
        said = _("Tersimpan.") if form.changes or node is None else _("Tidak ada yang berubah.")
        return _done(request, cast("Node", form.made).code, said)
    back = address(request, "overview") if node is None else _at(request, node.code)
    shown = {"form": form, "node": node, "conflict": form.conflict, "back": back}
    name = "planning/node_form_part.html" if request.htmx else "planning/node_form.html"
    return render(request, name, shown, status=form.status)


def _initial(request: InsideRequest, figures: Figures) -> dict[str, str]:
    """A new node begins on the level below its parent, or beside another one."""
    beside = figures.nodes.get(request.GET.get("sebelah", ""))
    parent = figures.nodes.get(beside.parent if beside else request.GET.get("induk", ""))
    if beside:
        level = beside.level
    else:
        level = next(iter(levels_below(parent.level)), parent.level) if parent else NodeLevel.TUJUAN
    order = max((item.order for item in figures.children[parent.code if parent else ""]), default=0) + 1
    owner = parent.owner if parent else ""
    return {"level": level.value, "parent": parent.code if parent else "", "owner": owner, "order": str(order)}


def _panel(request: InsideRequest, figures: Figures, node: str) -> HttpResponse:
    found = node_of(figures, node)
    return render(request, "planning/panel.html", panel_of(request, figures, found, findings_of(figures)))


def _done(request: InsideRequest, node: str, said: str) -> HttpResponse:
    """After a change: for htmx the new panel with the new tree beside it, else the page again."""
    if not request.htmx:
        messages.success(request, said)
        return redirect(_at(request, node) if node else address(request, "overview"))
    figures = facts(request, KINDS)
    shown = context(request, figures, node) | {"fresh": True}
    answer = render(request, "planning/panel.html" if node else "planning/panel_none.html", shown)
    answer["HX-Retarget"] = "#panel"
    answer["HX-Reswap"] = "innerHTML"
    answer["HX-Trigger"] = json.dumps({"toast": {"text": said, "tone": "good"}, "closeDialog": True})
    return answer


def _at(request: InsideRequest, node: str) -> str:
    return f"{address(request, 'overview')}?{urlencode({'simpul': node})}"
