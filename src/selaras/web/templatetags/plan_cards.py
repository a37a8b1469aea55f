"""The cards of the performance tree. `{% load plan_cards %}{% plan_cards picture %}`.

Plain functions instead of an included template: a tree holds some hundreds of cards and indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.web.dense_html import joined, markup
from selaras.web.gate import CodeConverter
from selaras.web.templatetags.ui import achievement, chip, icon

if TYPE_CHECKING:
    from selaras.web.planning.picture import Card, Helper, Measured, Picture

register = template.Library()

ANY = "simpul-mana-pun"
TO_URL = CodeConverter().to_url
ROW = (
    '<div class="tree-row plan-card plan-{}{}" data-node="{}" data-depth="{}" data-parent="{}"{}>'
    '<span class="plan-head"><span class="tree-kind tree-kind-{}">{} {}</span>{}{}</span>'
    '<span class="tree-title" id="simpul-{}-teks"><a href="?{}" hx-get="{}" hx-target="#panel" tabindex="-1">{}</a>{}</span>'
    "{}{}</div>"
)
HELPER = (
    '<li role="treeitem" tabindex="-1" aria-level="{}" aria-selected="false" class="plan-across">'
    '<div class="tree-row plan-card plan-helper"><span class="plan-head"><span class="tree-kind">{} {}</span></span>'
    '<span class="tree-title">{}<small>{}</small></span></div></li>'
)


@dataclass(frozen=True, slots=True)
class _Pen:
    """What is the same for every card: addresses with a code to fill in, whether nodes may be moved, what is drawn."""

    panel: str
    move: str
    branch: str
    may_edit: bool
    whole: bool

    def item(self, card: Card, level: int, *, reached: bool = False) -> SafeString:
        """One card with its branch. Exactly one item of the tree is `reached` by Tab."""
        drawn = self.whole or card.open
        group = markup(
            '<ul role="group" id="simpul-{}-anak">{}</ul>', card.id, self.below(card, level) if drawn else "",
        ) if card.has_branches else ""  # fmt: skip
        return markup(
            '<li role="treeitem" id="simpul-{0}" tabindex="{1}" aria-level="{2}" aria-selected="{3}"{4}'
            ' aria-labelledby="simpul-{0}-teks">{5}{6}</li>',
            card.id, "0" if reached else "-1", level, "true" if card.selected else "false",
            self._branching(card, drawn=drawn), self._row(card), group,
        )  # fmt: skip

    def below(self, card: Card, level: int) -> SafeString:
        """The helpers of a node and the nodes below it."""
        parts = [_helper(helper, level + 1) for helper in card.helpers]
        parts += [self.item(child, level + 1) for child in card.children]
        return joined(parts)

    def _branching(self, card: Card, *, drawn: bool) -> SafeString:
        if not card.has_branches:
            return SafeString("")
        state = SafeString(' aria-expanded="true"' if card.open else ' aria-expanded="false"')
        if drawn:
            return state
        return markup(
            '{} hx-get="{}" hx-trigger="tree:open once" hx-target="#simpul-{}-anak" hx-swap="innerHTML" data-lazy',
            state, self.branch.replace(ANY, TO_URL(card.code)), card.id,
        )  # fmt: skip

    def _row(self, card: Card) -> SafeString:
        code = TO_URL(card.code)
        move = markup(' data-move="{}" draggable="true"', self.move.replace(ANY, code)) if self.may_edit else ""
        gaps = joined([chip(gap, "warn") for gap in card.gaps])
        return markup(
            ROW, card.kind, " plan-found" if card.found else "", card.code, card.depth, card.parent, move,
            card.kind, card.kind_label, card.code, chip(str(card.errors), "bad", "alert") if card.errors else "",
            _toggle(card), card.id, urlencode({"simpul": card.code}), self.panel.replace(ANY, code), card.title,
            markup("<small>{}</small>", card.owner) if card.owner else "",
            markup('<ul class="plan-indicators">{}</ul>', joined(map(_measured, card.indicators)))
            if card.indicators else "",
            markup('<span class="plan-gaps">{}</span>', gaps) if gaps else "",
        )  # fmt: skip


@register.simple_tag(takes_context=True)
def plan_cards(context: template.Context, picture: Picture) -> SafeString:
    """Every card of the picture that is to be seen, and of a small tree all of them."""
    pen = _pen(context, whole=picture.whole)
    return joined([pen.item(card, 1, reached=at == 0) for at, card in enumerate(picture.tops)])


@register.simple_tag(takes_context=True)
def plan_branch(context: template.Context, card: Card, level: int) -> SafeString:
    """What hangs on one card, which itself stands there already."""
    return _pen(context, whole=False).below(card, level)


def _pen(context: template.Context, *, whole: bool) -> _Pen:
    place = (context["agency"].code, context["year"], ANY)
    panel, move, branch = (reverse(f"planning:{name}", args=place) for name in ("node", "node-move", "node-branch"))
    return _Pen(panel, move, branch, bool(context["may_edit"]), whole)


def _toggle(card: Card) -> SafeString | str:
    if not card.has_branches:
        return ""
    below = card.below
    return markup(
        '<span class="tree-toggle" data-tree-toggle aria-hidden="true">{}{}</span>',
        markup('<span class="plan-below">{}</span>', below) if below else "", icon("right"),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _measured(item: Measured) -> SafeString:
    """One indicator of a card; it says nothing that depends on the language."""
    return markup(
        '<li><span>{}</span><span class="plan-figures">{}{}</span></li>', item.name,
        markup('<span class="figure">{}</span>', item.target) if item.target else "",
        achievement(item.figure, item.band, item.tone) if item.figure else "",
    )  # fmt: skip


def _helper(helper: Helper, level: int) -> SafeString:
    return markup(HELPER, level, icon("link", "sm"), _("Lintas unit"), helper.name, helper.gives)
