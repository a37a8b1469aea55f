"""Fields of forms with label, help and error beside them. `{% load ui_forms %}`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

CHOICES = (forms.CheckboxSelectMultiple, forms.RadioSelect)


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "text"


def _control(bound: BoundField, kind: str, attrs: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    base = "form-check-input" if kind in {"check", "choices"} else "form-control"
    if isinstance(widget, forms.Select) and kind == "text":
        base = "form-select"
    own = str(widget.attrs.get("class", ""))
    return bound.as_widget(attrs={"class": f"{base} {own} {attrs.pop('class', '')}".strip(), **attrs})


def _as_date(bound: BoundField) -> None:
    """Browsers want a day as 2026-08-17 and show it in their own words."""
    widget = bound.field.widget
    if isinstance(widget, Input):
        widget.input_type = "date"
    if isinstance(widget, forms.DateInput):
        widget.format = "%Y-%m-%d"


@register.simple_tag
def field(
    bound: BoundField,
    kind: str = "",
    before: str = "",
    after: str = "",
    hint: str = "",
    echo_url: str = "",
    width: str = "",
) -> SafeString:
    """One field of a Django form, complete.

    `kind`: "number" reads back what was typed (by `echo_url`, which answers with components/number_echo.html; `hint`
    is the NumberHint), "date" shows the day in words, otherwise the widget decides. `before` and `after` are affixes
    such as Rp and persen. `width`: half, third or two-thirds of a `.form-grid`.
    """
    shape = kind or _kind(bound)
    attrs: dict[str, Any] = {}
    if shape == "number":
        attrs |= {"class": "input-number", "inputmode": "decimal", "autocomplete": "off"}
        if echo_url:
            attrs |= {
                "hx-get": f"{echo_url}?{urlencode({'hint': hint, 'field': bound.html_name})}",
                "hx-trigger": "input changed delay:300ms, load",
                "hx-target": f"#{bound.auto_id}_echo",
                "hx-params": "none",
                "data-echo": f"{bound.auto_id}_echo",
            }
    if shape == "date":
        _as_date(bound)
        attrs["data-date-echo"] = f"{bound.auto_id}_echo"
    if shape == "choices":
        bound.field.widget.attrs["class"] = "form-check-input"  # each form has its own copy of its fields
    return SafeString(
        render_to_string(
            "components/field.html",
            {
                "bound": bound,
                "kind": shape,
                "control": _control(bound, shape, attrs) if shape != "choices" else None,
                "before": before,
                "after": after,
                "width": width,
            },
        )
    )


@register.simple_tag
def error_summary(form: forms.BaseForm, focus: bool = True) -> SafeString:
    """Everything that is wrong with a form, above it, each with a link to its field; nothing when all is well."""
    if not form.errors:
        return SafeString("")
    return SafeString(render_to_string("components/error_summary.html", {"form": form, "focus": focus}))
