"""The shape of the performance tree: loops and the order of its levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selaras.core.planning.records import Node, NodeLevel

DEPTH = {level: depth for depth, level in enumerate(NodeLevel)}


def loops(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes that are their own ancestor, directly or over others."""
    listed = tuple(nodes)
    parents = {node.code: node.parent for node in listed}
    return tuple(node for node in listed if _is_own_ancestor(node.code, parents))


def _is_own_ancestor(code: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above in parents and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents[above]
    return False
