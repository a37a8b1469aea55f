"""Lines and cells of the sheet of realisations. `{% load grid_cells %}`.

Plain functions instead of included templates: a page holds some hundreds of cells.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from selaras.core.measurement.entries import AMOUNTS
from selaras.web.core_words import word
from selaras.web.days import period_name
from selaras.web.dense_html import joined, markup
from selaras.web.templatetags.ui import achievement, icon

if TYPE_CHECKING:
    from selaras.web.measurement.grid_shown import CellShown, LineShown

register = template.Library()

PICTURES = {"draf": "edit", "diajukan": "send", "terverifikasi": "check", "terkunci": "lock"}
OF = mark_safe('<span class="cell-of" aria-hidden="true">/</span>')


@register.simple_tag
def grid_line(shown: LineShown) -> SafeString:
    """One indicator: what it is, its target of the year, a cell for each period, and its achievement."""
    line = shown.line
    code, name = line.indicator.code, line.indicator.name
    document = markup('<span class="cell-sub">{}</span>', shown.target_document) if shown.target_document else ""
    return markup(
        '<tr><td class="select"><label><input type="checkbox" class="form-check-input" name="pilih" value="{0}" data-select'
        ' aria-label="{1} {2}"></label></td>'
        '<th scope="row"><a class="cell-main" href="{3}">{2}</a><span class="cell-sub">{0}{4} · {5}{6}</span>{7}</th>'
        '<td class="num plain-cell">{8}{9}</td>{10}'
        '<td class="plain-cell" data-part-html="capaian:{0}">{11}</td></tr>',
        code, _("Pilih"), name, shown.url, " · IKU" if line.indicator.iku else "", shown.indicator.unit,
        f" · {line.unit_name}" if line.unit_name else "", _asks() if shown.asks else "", shown.target, document,
        joined(map(grid_cell, shown.cells)), _achieved(shown),
    )  # fmt: skip


def _asks() -> SafeString:
    return markup('<span class="cell-asks">{}{}</span>', icon("alert", "sm"), _("Perlu penjelasan"))


def _achieved(shown: LineShown) -> SafeString:
    if shown.band:
        return achievement(shown.achievement, shown.band.label, shown.band.tone)
    if shown.achievement:
        return achievement(shown.achievement)
    return markup('<span class="quiet small">{}</span>', word(shown.why_none))


@register.simple_tag
def grid_cell(cell: CellShown) -> SafeString:
    """The cell of one indicator and period: its inputs, what stands under them, and the way to its page."""
    code, year = cell.entry.indicator.code, cell.entry.is_year
    return markup(
        '<td class="grid-cell{}{}" data-cell="{}" data-seen="{}"><span class="cell-pair">{}</span>'
        '<span class="cell-under"><span class="cell-beside" data-beside{}>{}</span>{}{}</span></td>',
        "" if cell.is_open else " cell-locked",
        " grid-year" if year else "",
        urlencode({"indikator": code, "periode": cell.key}),
        cell.seen,
        _inputs(cell),
        markup(' data-part-html="tahun:{}"', code) if year else "",
        cell.beside,
        _target(cell),
        _more(cell),
    )


@lru_cache(maxsize=64)
def state_picture(state: str) -> SafeString:
    """The sign of a state; three dots where nothing was entered."""
    return markup(
        '<span class="cell-state cell-state-{}">{}</span>', state or "kosong", icon(PICTURES.get(state, "more"), "sm")
    )


def _inputs(cell: CellShown) -> SafeString:
    code, period = cell.entry.indicator.code, period_name(cell.period)
    mode = "decimal" if cell.entry.indicator.value_kind in AMOUNTS else "text"
    drawn = [
        markup(
            '<input class="cell-input" data-part="{}" data-exact="{}" value="{}" aria-label="{} {} {}"'
            ' autocomplete="off" inputmode="{}" readonly{}>',
            one.part, one.exact, one.text, one.label, code, period, mode, " data-open" if cell.is_open else "",
        )
        for one in cell.inputs
    ]  # fmt: skip
    return SafeString(OF.join(drawn))


def _target(cell: CellShown) -> SafeString | str:
    if not cell.target:
        return ""
    return markup(
        '<span class="cell-target" title="{0}">{1}<span class="visually-hidden">{0} </span>{2}</span>',
        _("Target"), icon("target", "sm"), cell.target,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _words(language: str | None) -> dict[str, str]:
    """The words of a cell in one language; a page says them some hundred times."""
    del language
    return {
        "evidence": _("ada bukti"), "note": _("ada catatan"), "empty": _("belum diisi"), "more": _("rincian angka"),
        "title": _("Rincian, bukti, dan riwayat"),
    }  # fmt: skip


def _more(cell: CellShown) -> SafeString:
    state, said = cell.state, _words(get_language())
    words = [
        *([said["evidence"]] if cell.evidence else []), *([said["note"]] if cell.has_note else []),
        word(state) if state else said["empty"], f"{said['more']} {cell.entry.indicator.code} {period_name(cell.period)}",
    ]  # fmt: skip
    return markup(
        '<a class="cell-more" href="{}" title="{}">{}{}<span data-state>{}</span><span class="visually-hidden">{}</span></a>',
        cell.url, said["title"], icon("clip", "sm") if cell.evidence else "",
        icon("comment", "sm") if cell.has_note else "", state_picture(state), ", ".join(words),
    )  # fmt: skip
