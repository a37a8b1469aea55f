"""The tree of units, agreements and results as a list that opens. `{% load ui_tree %}{% tree_nodes nodes %}`.

A plain function instead of an included template: a page holds some hundreds of nodes, each within another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from selaras.web.dense_html import joined, markup
from selaras.web.templatetags.ui import icon

register = template.Library()

Node = Mapping[str, Any]


@register.simple_tag
def tree_nodes(nodes: Sequence[Node]) -> SafeString:
    """The topmost nodes with everything below them; the first can be reached by the keyboard."""
    return joined(_node(node, 1, first=place == 0) for place, node in enumerate(nodes))


def _node(node: Node, level: int, *, first: bool) -> SafeString:
    children, address = node.get("children"), node.get("children_url")
    opens = bool(children or address)
    return markup(
        '<li role="treeitem" id="simpul-{0}" tabindex="{1}" aria-level="{2}" aria-selected="{3}"{4}'
        ' aria-labelledby="simpul-{0}-teks"{5}><div class="tree-row"><span class="tree-toggle" data-tree-toggle'
        ' aria-hidden="true">{6}</span><span class="tree-kind tree-kind-{7}">{8}</span><span class="tree-title"'
        ' id="simpul-{0}-teks">{9}{10}</span>{11}</div>{12}</li>',
        node["id"], "0" if first else "-1", level, "true" if node.get("selected") else "false",
        SafeString(f' aria-expanded="{"true" if node.get("open") else "false"}"') if opens else "",
        _fetched(node["id"], address) if address and not children else "", icon("right") if opens else "",
        node.get("kind", ""), node.get("kind_label", ""), _title(node),
        markup("<small>{}</small>", node["note"]) if node.get("note") else "", node.get("chip", ""),
        _group(node["id"], children or (), level + 1) if opens else "",
    )  # fmt: skip


def _fetched(key: object, address: str) -> SafeString:
    """What is below is fetched when the node is opened."""
    return markup(
        ' hx-get="{1}" hx-trigger="tree:open once" hx-target="#simpul-{0}-anak" hx-swap="innerHTML"', key, address
    )


def _title(node: Node) -> object:
    if not node.get("url"):
        return node["title"]
    return markup('<a href="{}" tabindex="-1">{}</a>', node["url"], node["title"])


def _group(key: object, children: Sequence[Node], level: int) -> SafeString:
    below = joined(_node(child, level, first=False) for child in children)
    return markup('<ul role="group" id="simpul-{}-anak">{}</ul>', key, below)
