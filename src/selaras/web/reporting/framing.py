"""Composed documents inside our pages: which page may frame them, and what they may do there (nothing)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])

COMPOSED = {
    "default-src": [NONE], "script-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"],
    "frame-ancestors": [SELF], "base-uri": [NONE], "form-action": [NONE], "connect-src": [NONE], "font-src": [NONE],
    "manifest-src": [NONE], "sandbox": [""],
}  # fmt: skip


def frames_own_pages(view: View) -> View:
    """A page that shows a composed document in a frame."""
    return cast("View", csp_update({"frame-src": [SELF]})(view))


def composed(view: View) -> View:
    """A composed document: its own styles and pictures, no script, no form, its own origin, framed by us only."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = cast("HttpResponse", csp_replace(COMPOSED)(view)(*args, **kwargs))
        answer["X-Frame-Options"] = "SAMEORIGIN"
        answer["Cache-Control"] = "private, no-store"
        return answer

    return shown  # type: ignore[return-value]
