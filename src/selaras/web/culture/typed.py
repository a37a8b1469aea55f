"""Forms that were refused: their page again with what was typed and why, instead of a way back to empty fields."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict

from selaras.core.errors import Refusal
from selaras.web.culture.fields import Field
from selaras.web.middleware import status_of

View = TypeVar("View", bound=Callable[..., HttpResponse])
REFUSED = 422
BOXES = {"check", "checks"}


def shown_again(page: Callable[..., HttpResponse] | None = None) -> Callable[[View], View]:
    """A view whose refused form comes back as `page` (the view itself without one) with the reason and what was typed.

    Stands below `inside`. Only what can be mended in the form comes back; all else is refused as everywhere.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Refusal as refusal:
                if request.method != "POST" or request.htmx or status_of(refusal) != REFUSED:
                    raise
                request.method, request.typed, request.refusal = "GET", request.POST, refusal
                bare = inspect.unwrap(page or view)
                known = inspect.signature(bare).parameters
                answer: HttpResponse = bare(
                    request, *args, **{name: value for name, value in kwargs.items() if name in known}
                )
                answer.status_code = REFUSED
                return answer

        return kept  # type: ignore[return-value]

    return decorate


def typed_of(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form that was refused; None on a page that is simply opened."""
    found = getattr(request, "typed", None)
    return found if isinstance(found, QueryDict) else None


def filled(fields: Iterable[Field], typed: QueryDict | None) -> list[Field]:
    """The fields with what was typed into them; as they are where another form of the page was sent."""
    listed = list(fields)
    if typed is None or any(item.name not in typed for item in listed if item.kind not in {*BOXES, "file"}):
        return listed
    return [item if item.kind == "file" else replace(item, value=_value(item, typed)) for item in listed]


def _value(item: Field, typed: QueryDict) -> Any:
    if item.kind == "checks":
        return tuple(typed.getlist(item.name))
    return bool(typed.get(item.name)) if item.kind == "check" else typed.get(item.name, "")
