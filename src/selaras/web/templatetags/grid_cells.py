"""One cell of the sheet of realisations. `{% load grid_cells %}`.

A plain function instead of an included template: a page holds some hundreds of cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from selaras.core.measurement.entries import AMOUNTS
from selaras.web.templatetags.ui import icon

if TYPE_CHECKING:
    from selaras.web.measurement.lines import CellShown

register = template.Library()

PICTURES = {"draf": "edit", "diajukan": "send", "terverifikasi": "check", "terkunci": "lock"}
OF = mark_safe('<span class="cell-of" aria-hidden="true">/</span>')


@register.simple_tag
def grid_cell(cell: CellShown) -> SafeString:
    """The cell of one indicator and period: its inputs, what stands under them, and the way to its page."""
    code, year = cell.entry.indicator.code, cell.entry.is_year
    return format_html(
        '<td class="grid-cell{}{}" data-cell="{}" data-seen="{}"><span class="cell-pair">{}</span>'
        '<span class="cell-under"><span class="cell-beside" data-beside{}>{}</span>{}{}</span></td>',
        "" if cell.is_open else " cell-locked",
        " grid-year" if year else "",
        urlencode({"indikator": code, "periode": cell.key}),
        cell.seen,
        _inputs(cell),
        format_html(' data-part-html="tahun:{}"', code) if year else "",
        cell.beside,
        _target(cell),
        _more(cell),
    )


def state_picture(state: str) -> SafeString:
    """The sign of a state; three dots where nothing was entered."""
    return format_html(
        '<span class="cell-state cell-state-{}">{}</span>', state or "kosong", icon(PICTURES.get(state, "more"), "sm")
    )


def _inputs(cell: CellShown) -> SafeString:
    code, period = cell.entry.indicator.code, cell.period.name
    mode = "decimal" if cell.entry.indicator.value_kind in AMOUNTS else "text"
    drawn = (
        format_html(
            '<input class="cell-input" data-part="{}" data-exact="{}" value="{}" aria-label="{} {} {}"'
            ' autocomplete="off" inputmode="{}" readonly{}>',
            one.part, one.exact, one.text, one.label, code, period, mode, " data-open" if cell.is_open else "",
        )
        for one in cell.inputs
    )  # fmt: skip
    return format_html_join(OF, "{}", ((one,) for one in drawn))


def _target(cell: CellShown) -> SafeString | str:
    if not cell.target:
        return ""
    return format_html(
        '<span class="cell-target" title="{0}">{1}<span class="visually-hidden">{0} </span>{2}</span>',
        _("Target"), icon("target", "sm"), cell.target,
    )  # fmt: skip


def _more(cell: CellShown) -> SafeString:
    state = cell.state
    words = [
        *([_("ada bukti")] if cell.evidence else []), *([_("ada catatan")] if cell.has_note else []),
        state or _("belum diisi"), f"{_('rincian')} {cell.entry.indicator.code} {cell.period.name}",
    ]  # fmt: skip
    return format_html(
        '<a class="cell-more" href="{}" title="{}">{}{}<span data-state>{}</span><span class="visually-hidden">{}</span></a>',
        cell.url, _("Rincian, bukti, dan riwayat"), icon("clip", "sm") if cell.evidence else "",
        icon("comment", "sm") if cell.has_note else "", state_picture(state), ", ".join(words),
    )  # fmt: skip
