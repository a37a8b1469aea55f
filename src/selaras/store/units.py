"""Where in the agency a record belongs: the unit that answers for it, and the subtree below a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from selaras.core.org import Employee, Position, Unit
from selaras.core.planning import Node
from selaras.store import models as tables


def answering(agency: str, record: Any) -> str:
    """The code of the unit that answers for a record: its own, or that of the nearest node above with an owner.

    Empty where the record belongs to the agency as a whole, or names something that does not exist.
    """
    if isinstance(record, Unit):
        return record.code
    if isinstance(record, Position | Employee):
        return record.unit
    if isinstance(record, Node):
        return record.owner or owner_of(agency, record.parent)
    node = getattr(record, "node", "")
    indicator = getattr(record, "indicator", "")
    if indicator and not node:
        node = _node_of(agency, indicator)
    return owner_of(agency, node) if node else ""


def of_indicator(agency: str, indicator: str) -> tuple[str, str]:
    """The unit that answers for an indicator and the position responsible for it, by codes; empty where there is none."""
    found = tables.Indicator.objects.filter(agency__code=agency, code=indicator)
    row = found.values_list("node__code", "responsible__code").first()
    if row is None:
        return "", ""
    return owner_of(agency, row[0]), row[1] or ""


def owner_of(agency: str, node: str) -> str:
    """The unit that owns a node, or the nearest node above it that has an owner."""
    rows = tables.Node.objects.filter(agency__code=agency).values_list("code", "parent__code", "owner__code")
    return nearest_owner(node, {code: (parent or "", owner or "") for code, parent, owner in rows})


def nearest_owner(node: str, nodes: Mapping[str, tuple[str, str]]) -> str:
    """The owner of a node or of the nearest node above it, in a tree of code → (parent, owner)."""
    seen = set()
    while node in nodes and node not in seen:
        seen.add(node)
        parent, owner = nodes[node]
        if owner:
            return owner
        node = parent
    return ""


def below(unit: int, parents: Iterable[tuple[int, int | None, str]]) -> frozenset[str]:
    """The codes of a unit and all units below it, out of (key, key of the parent, code)."""
    children: dict[int | None, list[tuple[int, str]]] = {}
    codes: dict[int, str] = {}
    for pk, parent, code in parents:
        children.setdefault(parent, []).append((pk, code))
        codes[pk] = code
    found: set[int] = set()
    waiting = [unit]
    while waiting:
        pk = waiting.pop()
        if pk in found or pk not in codes:
            continue
        found.add(pk)
        waiting += [child for child, _ in children.get(pk, ())]
    return frozenset(codes[pk] for pk in found)


def _node_of(agency: str, indicator: str) -> str:
    found = tables.Indicator.objects.filter(agency__code=agency, code=indicator)
    return found.values_list("node__code", flat=True).first() or ""
