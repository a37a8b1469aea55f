"""The panel beside the tree: one node with its indicators, gaps, findings, helpers and the ways to change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from selaras.core.access import Act, may
from selaras.core.finding import Finding
from selaras.core.planning import Node
from selaras.core.planning.moves import gaps, levels_below, parents_for
from selaras.core.reporting.figures import Figures
from selaras.core.spelling import level_name
from selaras.store.units import nearest_owner
from selaras.web.gate import InsideRequest
from selaras.web.planning.findings import about
from selaras.web.planning.picture import Helper, gap_words, measured


def panel_of(request: InsideRequest, figures: Figures, node: Node, findings: Iterable[Finding]) -> dict[str, Any]:
    """What the panel of a node shows."""
    units = {unit.code: unit.name for unit in figures.snapshot.units}
    owner = nearest_owner(node.code, {item.code: (item.parent, item.owner) for item in figures.nodes.values()})
    own = [measured(figures, indicator) for indicator in figures.by_node[node.code]]
    lacking = gaps(node, [item.code for item in own], [item.code for item in own if item.target])
    records = [node.place.record, *(indicator.place.record for indicator in figures.by_node[node.code])]
    return {
        "node": node,
        "level": level_name(node.level).capitalize(),
        "owner": units.get(owner, owner),
        "owner_from_above": bool(owner) and not node.owner,
        "parent": figures.nodes.get(node.parent),
        "parents": [(item.code, f"{item.code} – {item.title}") for item in parents_for(node, figures.nodes.values())],
        "may_be_top": not node.parent or node.level.value == "tujuan",
        "below": [level.value for level in levels_below(node.level)],
        "own": own,
        "gaps": gap_words(lacking),
        "beside": about(findings, *records),
        "helpers": [
            Helper(item.unit, units.get(item.unit, item.unit), item.gives)
            for item in figures.snapshot.contributions
            if item.node == node.code
        ],
        "units": [(unit.code, unit.name) for unit in figures.snapshot.units],
        "children": len(figures.children[node.code]),
        "may_edit_node": may(request.actor, Act.EDIT_PLAN, request.place.code, owner),
    }
