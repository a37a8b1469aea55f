"""Links of the page frame that depend on the page that is open. `{% load ui_shell %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.web.dense_html import joined, markup
from selaras.web.templatetags.ui import icon

if TYPE_CHECKING:
    from selaras.web.shell import NavItem

register = template.Library()


@register.simple_tag(takes_context=True)
def other_year(context: template.Context, year: int) -> str:
    """The same page in another year; where the page is about one thing of this year, that year's overview."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    agency = context.get("agency")
    code = getattr(agency, "code", "")
    if match is None:
        return ""
    candidates = [("home:overview", {"agency": code, "year": year})]
    if set(match.kwargs) == {"agency", "year"}:
        candidates.insert(0, (match.view_name, match.kwargs | {"year": year}))
    for name, kwargs in candidates:
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


@register.simple_tag
def nav_items(items: Iterable[NavItem]) -> SafeString:
    """The stages of the sidebar; a function instead of an included template, because every page shows them all."""
    return joined(map(_nav_item, items))


def _nav_item(item: NavItem) -> SafeString:
    label, count = str(item.label), item.count
    return markup(
        '<li><a class="nav-item" href="{0}" title="{1}"{2}>{3}<span class="nav-label">{1}</span>{4}</a></li>',
        item.url, label, SafeString(' aria-current="page"') if item.current else "", icon(item.icon),
        markup('<span class="nav-count">{}<span class="visually-hidden"> {}</span></span>', count, _("menunggu")) if count else "",
    )  # fmt: skip
