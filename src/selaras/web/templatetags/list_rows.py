"""Lines of long lists: records of one kind, the audit trail. `{% load list_rows %}`.

Plain functions instead of loops in a template: a page holds fifty lines, each with its links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from selaras.web.dense_html import joined, markup
from selaras.web.templatetags.ui import chip, icon

if TYPE_CHECKING:
    from selaras.web.records.views import RecordLine

register = template.Library()

MOST_IN_HEAD, MOST_IN_CELL = 90, 120


@register.simple_tag
def record_rows(lines: Iterable[RecordLine], agency: str, year: int, kind: str) -> SafeString:
    """Records as rows of a table: the first cell leads to the form, the last to the history."""
    form, history = (_numbered(f"records:{name}", agency, year, kind) for name in ("edit", "history"))
    word, picture = _("Riwayat"), icon("history", "sm")
    return joined(
        markup(
            '<tr><th scope="row"><a href="{}">{}</a></th>{}<td class="num"><a href="{}">{}'
            '<span class="visually-hidden">{} {}</span></a></td></tr>',
            form(line.row), _cut(line.cells[0], MOST_IN_HEAD) or "—",
            joined(markup("<td>{}</td>", _cut(cell, MOST_IN_CELL)) for cell in line.cells[1:]),
            history(line.row), picture, word, line.cells[0],
        )
        for line in lines
    )  # fmt: skip


@register.simple_tag
def trail_rows(lines: Iterable[Mapping[str, Any]], agency: str, year: int, whole: bool) -> SafeString:
    """Records of the trail as rows of a table, with their agency where those of the `whole` installation are shown."""
    address = _numbered("audit:record", agency, year)
    heads = {"who": _("Pelaku"), "what": _("Tindakan"), "where": _("Instansi"), "how": _("Keterangan")}
    refused = markup(" {}", chip(_("ditolak"), "bad"))
    return joined(
        markup(
            '<tr><th scope="row"><a href="{}">{}</a><span class="cell-sub">{}</span></th><td data-label="{}">{}</td>'
            '<td data-label="{}">{}{}</td>{}<td data-label="{}">{}</td></tr>',
            address(row.pk), line["when"], _("nomor %(pk)s") % {"pk": row.pk}, heads["who"], row.actor,
            heads["what"], row.action, refused if row.details.get("refused") else "",
            markup('<td data-label="{}">{}</td>', heads["where"], row.agency or "–") if whole else "",
            heads["how"], _details(row.details, line["told"]),
        )
        for line in lines for row in (line["row"],)
    )  # fmt: skip


def _details(details: Mapping[str, Any], told: Sequence[tuple[str, str]]) -> SafeString:
    refused, count = details.get("refused"), details.get("changed_fields")
    pairs = [markup('<span class="quiet">{}</span> {}', name, _cut(value, MOST_IN_CELL)) for name, value in told]
    changed = ngettext("%(n)s nilai berubah", "%(n)s nilai berubah", count) % {"n": count} if count else ""
    return markup(
        '<div>{}<div class="small text-break">{}{}</div></div>',
        markup("<div>{}</div>", refused) if refused else "", SafeString("; ".join(pairs)),
        markup(' <span class="quiet">{}</span>', changed) if changed else "",
    )  # fmt: skip


def _numbered(name: str, *given: object) -> Callable[[int], str]:
    """Gives the address of the page `name` by a number; for a list, which asks for many."""
    before, after = reverse(name, args=(*given, 0)).rsplit("/0/", 1)
    return lambda number: f"{before}/{number}/{after}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else str(Truncator(text).chars(most))
