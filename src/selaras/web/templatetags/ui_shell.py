"""Links of the page frame that depend on the page that is open. `{% load ui_shell %}`."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse

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
