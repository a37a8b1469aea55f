"""Forms of work culture in templates: the fields of a refused form with what was typed into them."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.http import HttpRequest

from selaras.web.culture.fields import Field
from selaras.web.culture.typed import filled, typed_of

register = template.Library()


@register.filter
def typed(fields: Iterable[Field] | None, request: HttpRequest) -> list[Field]:
    """The fields as the person left them, where their form was refused."""
    return filled(fields or (), typed_of(request))
