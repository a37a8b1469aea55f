"""Remarks beside a record on any page inside: `{% load ui_comments %}{% remarks "Obstacle" "2024 H1" %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from selaras.web.comments.thread import thread_of

register = template.Library()


@register.simple_tag(takes_context=True)
def remarks(context: template.Context, kind: str, key: str) -> SafeString:
    """The thread of the record that has this kind (its class in `core`) and natural key (`store.rows.key_text`)."""
    request: Any = context["request"]
    return SafeString(render_to_string("comments/thread.html", {"thread": thread_of(request, kind, key)}, request))
