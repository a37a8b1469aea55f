"""Where a node of the performance tree may stand, and what it still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from selaras.core.errors import Fault
from selaras.core.place import Place
from selaras.core.planning.records import Node, NodeLevel
from selaras.core.planning.tree import DEPTH
from selaras.core.spelling import level_name


class Gap(StrEnum):
    """What a node lacks, in the words of the page."""

    INDICATOR = "tanpa indikator"
    OWNER = "tanpa unit penanggung jawab"
    TARGET = "tanpa target"


def gaps(node: Node, indicators: Collection[str], with_target: Collection[str]) -> tuple[Gap, ...]:
    """What a node lacks: `indicators` are the codes of its own, `with_target` those that have a target of the year."""
    found = []
    if not indicators:
        found.append(Gap.INDICATOR)
    if not node.owner:
        found.append(Gap.OWNER)
    if any(code not in with_target for code in indicators):
        found.append(Gap.TARGET)
    return tuple(found)


def levels_below(level: NodeLevel) -> tuple[NodeLevel, ...]:
    """The levels that may stand under one, the next first."""
    return tuple(other for other in NodeLevel if DEPTH[other] > DEPTH[level])


def descendants(code: str, nodes: Iterable[Node]) -> frozenset[str]:
    """The codes of everything below a node; a circle ends where it began."""
    below: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        below[node.parent].append(node.code)
    found: set[str] = set()
    waiting = [code]
    while waiting:
        fresh = [child for child in below[waiting.pop()] if child not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def parents_for(node: Node, nodes: Iterable[Node]) -> list[Node]:
    """The nodes under which `node` may stand: of a higher level, and not below it."""
    listed = list(nodes)
    below = descendants(node.code, listed) | {node.code}
    return [other for other in listed if other.code not in below and DEPTH[other.level] < DEPTH[node.level]]


def faults_of_place(node: Node, nodes: Mapping[str, Node]) -> tuple[Fault, ...]:
    """What is wrong with where a node stands: an unknown parent, a loop, a level that does not fit above or below.

    `nodes` are those that are stored, by code; the node itself may be among them as it was before.
    """
    return tuple(fault for fault in (_parent_fault(node, nodes), *_child_faults(node, nodes)) if fault is not None)


def _parent_fault(node: Node, nodes: Mapping[str, Node]) -> Fault | None:
    parent = nodes.get(node.parent)
    if not node.parent or (parent is None and node.parent != node.code):
        return None  # a top; an unknown code is refused with every other unknown code
    if node.parent == node.code or node.parent in descendants(node.code, nodes.values()):
        return Fault(
            "Simpul tidak dapat berada di bawah dirinya sendiri", _at(node, "Kode Induk"), node.parent,
            "simpul yang bukan turunannya", "Pilih induk yang lain.",
        )  # fmt: skip
    assert parent is not None
    if DEPTH[parent.level] >= DEPTH[node.level]:
        return Fault(
            f"{level_name(node.level).capitalize()} tidak dapat berada di bawah {level_name(parent.level)}",
            _at(node, "Kode Induk"), f"{parent.code} ({level_name(parent.level)})",
            f"jenjang di atas {level_name(node.level)}", "Pilih induk yang jenjangnya lebih tinggi.",
        )  # fmt: skip
    return None


def _child_faults(node: Node, nodes: Mapping[str, Node]) -> list[Fault | None]:
    children = [other for other in nodes.values() if other.parent == node.code and other.code != node.code]
    wrong = next((other for other in children if DEPTH[other.level] <= DEPTH[node.level]), None)
    if wrong is None:
        return []
    return [
        Fault(
            f"Jenjang ini tidak lagi di atas simpul bawahannya, {wrong.code}",
            _at(node, "Jenjang"),
            level_name(node.level),
            f"jenjang di atas {level_name(wrong.level)}",
            "Pindahkan dahulu simpul bawahannya.",
        )
    ]


def _at(node: Node, column: str) -> Place:
    return Place(sheet="PohonKinerja", column=column, record=node.code)
