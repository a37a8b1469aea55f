"""Tags with content between them: page header, card, table, dialog, banner, filters, chart box. `{% load ui_blocks %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import template
from django.template.backends.django import Template as DjangoTemplate
from django.template.loader import get_template
from django.utils.safestring import SafeString

from selaras.web.templatetags.ui import unique_id

register = template.Library()

NOT_ASKED = frozenset({"halaman", "urut", "kembali"})
"""What an address may say beside filters."""


def _block(context: template.Context, name: str, content: str, values: Mapping[str, Any]) -> SafeString:
    """The component template `name` with `content` in the middle; it sees the page's request and nothing else."""
    inner = {"content": content, "uid": unique_id(context), **values}
    found = cast("DjangoTemplate", get_template(f"components/{name}.html"))
    return found.template.render(_child(context, inner))


def _child(context: template.Context, values: Mapping[str, Any]) -> template.Context:
    child = context.new(dict(values))
    child["request"] = context.get("request")
    child["csrf_token"] = context.get("csrf_token")
    return child


@register.simple_block_tag(takes_context=True)
def page_header(
    context: template.Context,
    content: str,
    title: str = "",
    subtitle: str = "",
    crumbs: Iterable[tuple[str, str]] = (),
) -> SafeString:
    """The head of a page; what stands between the tags are its actions. `crumbs`: pairs of words and address."""
    return _block(context, "page_header", content, {"title": title, "subtitle": subtitle, "crumbs": list(crumbs)})


@register.simple_block_tag(takes_context=True)
def card(
    context: template.Context,
    content: str,
    title: str = "",
    subtitle: str = "",
    link: str = "",
    link_text: str = "",
    level: int = 2,
    flush: bool = False,
    card_id: str = "",
) -> SafeString:
    """A sheet with a title; `flush` lets a table reach its edges."""
    values = {
        "title": title,
        "subtitle": subtitle,
        "link": link,
        "link_text": link_text,
        "tag": f"h{level}",
        "flush": flush,
        "card_id": card_id,
    }
    return _block(context, "card", content, values)


@register.simple_block_tag(takes_context=True)
def table_box(
    context: template.Context,
    content: str,
    label: str = "",
    title: str = "",
    page: object = None,
    export_url: str = "",
    bulk: str = "",
    total: str = "",
    whole: bool = False,
    export_act: str = "EXPORT",
) -> SafeString:
    """The frame of a `<table class="data">`: it scrolls by itself, with title, export and pages around it.

    `label` names the scrolling region; `page` is a Django page; `total` says in words how many rows there are;
    `whole` lets the table be as high as it is. Who may not do `export_act` here is not offered the export.
    """
    values = {
        "label": label or title,
        "title": title,
        "page": page,
        "export_url": export_url if (context.get("can") or {}).get(export_act, True) else "",
        "bulk": bulk,
        "total": total,
        "whole": whole,
    }
    return _block(context, "table_box", content, values)


@register.simple_block_tag(takes_context=True)
def dialog(
    context: template.Context,
    content: str,
    dialog_id: str,
    title: str,
    wide: bool = False,
    opened: bool = False,
) -> SafeString:
    """A `<dialog>`, opened by `data-dialog-open="<dialog_id>"` on any button, or `opened` with the page."""
    return _block(context, "dialog", content, {"dialog_id": dialog_id, "title": title, "wide": wide, "opened": opened})


@register.simple_block_tag(takes_context=True)
def banner(
    context: template.Context,
    content: str,
    tone: str = "info",
    title: str = "",
    dismiss: bool = False,
) -> SafeString:
    """A message that stays on the page: info, good, warn, bad or none."""
    picture = {"good": "check-circle", "warn": "alert", "bad": "x-circle", "none": "lock"}.get(tone, "info")
    return _block(context, "banner", content, {"tone": tone, "title": title, "dismiss": dismiss, "picture": picture})


@register.simple_block_tag(takes_context=True)
def filters(
    context: template.Context, content: str, action: str = "", target: str = "", label: str = "", reset: str = ""
) -> SafeString:
    """A GET form over a list. With `target` (a CSS selector) htmx replaces only that part while the address follows.

    `reset` is the address without filters; the way there shows only while something is asked.
    """
    asked = getattr(context.get("request"), "GET", {})
    is_asked = any(asked[name].strip() for name in asked if name not in NOT_ASKED)
    named = {"action": action, "target": target, "label": label, "reset": reset if is_asked else ""}
    return _block(context, "filters", content, named)


@register.simple_block_tag(takes_context=True)
def chart_box(
    context: template.Context,
    content: str,
    title: str = "",
    summary: str = "",
    heads: Iterable[str] = (),
    rows: Iterable[Iterable[str]] = (),
    printed: bool = False,
) -> SafeString:
    """A figure with its drawing between the tags, a sentence that says what it shows, and the same figures as a table.

    `printed` is for a drawing of `selaras.documents.charts`: it stays on white paper and scrolls on a phone.
    """
    values = {
        "title": title,
        "summary": summary,
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "printed": printed,
    }
    return _block(context, "chart_box", content, values)
