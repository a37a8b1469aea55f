"""Markup for pages that hold thousands of small parts: Django's `format_html`, without what it does for lazy texts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def markup(pattern: str, *parts: object) -> SafeString:
    """`pattern` with its parts filled in: markup as it is, everything else escaped, as `format_html` does it."""
    return SafeString(pattern.format(*[part if isinstance(part, SafeString) else escape(str(part)) for part in parts]))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Pieces of markup one after the other."""
    return SafeString("".join(parts))
