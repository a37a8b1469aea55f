"""Cells and lines of the sheets of planning. `{% load sheet_cells %}{% sheet_cell cell may_edit %}`.

Plain functions instead of included templates: a page holds some hundreds of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.web.dense_html import joined, markup
from selaras.web.gate import CodeConverter
from selaras.web.templatetags.ui import achievement

if TYPE_CHECKING:
    from selaras.core.planning import Indicator, Node
    from selaras.web.planning.cells import SheetCell
    from selaras.web.planning.views_rkt import Line

register = template.Library()

ANY = "kode-mana-pun"
TO_URL = CodeConverter().to_url


@register.simple_tag
def sheet_cell(cell: SheetCell, may_edit: bool) -> SafeString:
    """The field of a cell with what the person saw in it; only the value for who may not edit."""
    if not may_edit:
        return markup('<span class="figure">{}</span>', cell.seen or "–")
    return markup(
        '<input type="hidden" name="s-{0}" value="{1}"><input class="cell-input" name="{0}" value="{2}" aria-label="{3}"'
        ' inputmode="decimal" autocomplete="off"{4}>',
        cell.name, cell.seen, cell.text, cell.label,
        markup(' aria-invalid="true" title="{}"', cell.fault) if cell.fault else "",
    )  # fmt: skip


@register.simple_tag
def rkt_lines(lines: Iterable[Line], may_edit: bool) -> SafeString:
    """The lines of the annual plan under the nodes that they measure."""
    return joined(part for line in lines for part in (_group(line), _rkt_line(line, may_edit=may_edit)))


def _group(line: Line) -> SafeString:
    if not line.begins:
        return SafeString("")
    node = line.node
    return markup(
        '<tr class="group"><th scope="rowgroup" colspan="7">{} {} · {}</th></tr>', line.level, node.code, node.title
    )


def _rkt_line(line: Line, *, may_edit: bool) -> SafeString:
    """One indicator: the Renstra's target, last year's result, this year's field, the reason."""
    item = line.indicator
    return markup(
        '<tr>{}<th scope="row"><a class="cell-main" href="{}">{}</a><span class="cell-sub">{}{}</span></th>'
        '<td class="plain-cell">{}</td><td class="num plain-cell">{}</td><td class="num plain-cell">{}</td>'
        '<td class="num plan-value {}">{}</td><td{}>{}</td></tr>',
        _tick(line) if may_edit else "", line.url, item.name, item.code, " · IKU" if item.iku else "", item.unit,
        line.renstra or "–", line.last or "–", line.cell.state, sheet_cell(line.cell, may_edit),
        SafeString(' class="cell-dirty"') if line.differs and not line.reason else "", _reason(line, may_edit=may_edit),
    )  # fmt: skip


def _tick(line: Line) -> SafeString:
    if not line.renstra:
        return SafeString('<td class="select plain-cell"></td>')
    return markup(
        '<td class="select plain-cell"><label><input class="form-check-input" type="checkbox" name="pilih" value="{}"'
        ' aria-label="{} {}"></label></td>',
        line.indicator.code, _("Pilih"), line.indicator.name,
    )  # fmt: skip


def _reason(line: Line, *, may_edit: bool) -> SafeString:
    if not (may_edit and line.renstra):
        return markup("<span>{}</span>", line.reason)
    return markup(
        '<input type="hidden" name="rs-{0}" value="{1}"><input class="cell-input plan-words" name="r-{0}" value="{1}"'
        ' aria-label="{2}, {3}">',
        line.cell.name, line.reason, _("Alasan perbedaan"), line.indicator.name,
    )  # fmt: skip


@register.simple_tag
def indicator_rows(lines: Iterable[tuple[Node, Indicator, Any]], agency: str, year: int) -> SafeString:
    """Indicators as rows of a table, each with its node, formula, target and achievement."""
    before, after = reverse("planning:indicator", args=(agency, year, ANY)).split(ANY)
    heads = [_("Simpul"), _("Satuan"), _("Rumus"), _("Target"), _("Capaian")]
    return joined(
        markup(
            '<tr><th scope="row"><a class="cell-main" href="{}">{}</a><span class="cell-sub">{}{}</span></th>'
            '<td data-label="{}">{}</td><td data-label="{}">{}</td>'
            '<td data-label="{}">{}<span class="cell-sub">{} · {}</span></td>'
            '<td class="num" data-label="{}">{}</td><td data-label="{}">{}</td></tr>',
            f"{before}{TO_URL(item.code)}{after}", item.name, item.code, " · IKU" if item.iku else "",
            heads[0], node.code, heads[1], item.unit, heads[2], item.formula.value, item.polarity.value,
            item.aggregation.value, heads[3], shown.target or "–", heads[4],
            achievement(shown.figure, shown.band, shown.tone),
        )
        for node, item, shown in lines
    )  # fmt: skip
