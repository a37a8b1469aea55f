"""How sure a rule is, beside whatever rests on it. `{% load rule_status %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from selaras.core.law import Certainty, Source
from selaras.web.core_words import said
from selaras.web.templatetags.ui import chip

register = template.Library()

SHOWN: dict[Certainty, tuple[Any, str, str]] = {
    Certainty.CONFIRMED: (gettext_lazy("Terkonfirmasi"), "good", "check"),
    Certainty.AGREED: (gettext_lazy("Disepakati penerapan"), "info", "info"),
    Certainty.INFERRED: (gettext_lazy("Disimpulkan"), "warn", "question"),
    Certainty.FROM_MEMORY: (gettext_lazy("Dari ingatan"), "warn", "question"),
}


@register.simple_tag
def rule_status(source: Source | None, name: str = "", *, every: bool = False) -> SafeString:
    """The status of the rule that a figure or a choice rests on; opened, its source and what is not known about it.

    A confirmed rule shows nothing unless `every` is asked for. `name` says which rule it is.
    """
    if source is None or (source.certainty is Certainty.CONFIRMED and not every):
        return SafeString("")
    label, tone, icon_name = SHOWN[source.certainty]
    where = ", ".join(part for part in (source.text, source.article) if part)
    note = format_html("<p>{}</p>", said(source.note)) if source.note else ""
    return format_html(
        '<details class="rule-status"><summary>{}{}<span class="visually-hidden"> ({})</span></summary>'
        '<div class="rule-source"><p>{}: {}</p>{}</div></details>',
        chip(str(label), tone, icon_name),
        format_html('<span class="rule-name">{}</span>', name) if name else "",
        gettext("status aturan"),
        gettext("Sumber"),
        said(where),
        note,
    )
