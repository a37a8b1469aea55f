"""Lines of the home page. `{% load home_rows %}`.

Plain functions instead of loops in a template: an agency has some dozens of programmes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.web.dense_html import joined, markup
from selaras.web.templatetags.ui import chip, meter

if TYPE_CHECKING:
    from selaras.core.board import BudgetRow, Money

register = template.Library()


@register.simple_tag
def budget_rows(money: Money) -> SafeString:
    """How far each programme's budget is spent, as a bar with the usual share at this time, and in words."""
    words = {"spent": _("%(spent)s dari %(budget)s"), "low": _("serapan rendah, perlu penjelasan")}
    unspent = chip(_("Belum ada realisasi"), "outline", "clock")
    return joined(
        markup(
            '<div>{}<span class="quiet small">{}{}</span></div>', _bar(money, row, unspent),
            words["spent"] % {"spent": row.spent, "budget": row.budget}, f" · {words['low']}" if row.is_low else "",
        )
        for row in money.rows
    )  # fmt: skip


def _bar(money: Money, row: BudgetRow, unspent: SafeString) -> SafeString:
    if row.value is None:
        return markup('<span class="meter-words"><span>{}</span><span>{}</span></span>', row.title, unspent)
    return meter(row.value, row.figure, row.title, "bad" if row.is_low else "", mark=money.planned)
