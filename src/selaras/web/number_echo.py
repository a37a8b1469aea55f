"""Reads a typed number back to the person: what was understood, or the question which of two numbers was meant."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from selaras.core.errors import AmbiguousNumber, UnreadableNumber
from selaras.core.numerals import LONGEST, NumberHint, format_number, format_percent, format_rupiah, read_amount

SHOWN = {NumberHint.RUPIAH: format_rupiah, NumberHint.PERCENT: format_percent}


@require_GET
def read_back(request: HttpRequest) -> HttpResponse:
    """The part under a number field. `teks` is what was typed, `hint` a NumberHint, `field` the input's name."""
    text = request.GET.get("teks", "").strip()
    told = request.GET.get("hint", "")
    hint = NumberHint(told) if told in set(NumberHint) else None
    context = {"field": request.GET.get("field", ""), **_answer(text, hint)}
    return render(request, "components/number_echo.html", context)


def _answer(text: str, hint: NumberHint | None) -> dict[str, object]:
    if not text:
        return {}
    if len(text) > 2 * LONGEST:
        return {"error": _("Isian ini terlalu panjang untuk sebuah angka.")}
    try:
        value = read_amount(text, hint=hint)
    except AmbiguousNumber as question:
        return {"question": question.question, "choices": _readings(text)}
    except UnreadableNumber as fault:
        return {"error": str(fault)}
    if value is None:
        return {"words": _("tidak ada nilai")}
    shown = SHOWN.get(hint, format_number) if hint else format_number
    return {"words": shown(value)}


def _readings(text: str) -> list[dict[str, str]]:
    """Both readings of one mark with three digits, each written so that it can be read in one way only."""
    found = []
    for hint in (NumberHint.INDONESIAN, NumberHint.ENGLISH):
        try:
            value = read_amount(text, hint=hint)
        except (AmbiguousNumber, UnreadableNumber):
            continue
        if value is not None:
            found.append({"text": _unmistakable(value), "label": format_number(value)})
    return found


def _unmistakable(value: Decimal) -> str:
    """`value` without thousands marks and with a comma that is not followed by exactly three digits."""
    whole, _mark, rest = f"{value:f}".partition(".")
    if not rest:
        return whole
    return f"{whole},{rest + '0' if len(rest) == 3 else rest}"
