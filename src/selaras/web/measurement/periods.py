"""Periods in addresses and columns: `triwulan/3` and back, the columns of one length, and the way back to a list."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound
from selaras.core.period import PER_YEAR, ROMAN, Period, Span
from selaras.web.days import short_month

SHORT = {Span.SEMESTER: "Semester", Span.QUARTER: "TW"}


def period_of(year: int, span: str, index: int) -> Period:
    """The period that an address names. Raises NotFound."""
    try:
        return Period(year, Span(span), index)
    except ValueError as error:
        raise NotFound(f"Periode {span} {index} tidak ada.") from error


def columns(year: int, span: Span) -> list[Period]:
    """The periods of one length, and the year itself at the end."""
    parts = [] if span is Span.YEAR else [Period(year, span, index) for index in range(1, PER_YEAR[span] + 1)]
    return [*parts, Period(year)]


def short_name(period: Period) -> str:
    """The head of a column: `TW III`, `Mar`, `Tahun`."""
    if period.span is Span.YEAR:
        return _("Tahun")
    if period.span is Span.MONTH:
        return short_month(period.index)
    return f"{SHORT[period.span]} {ROMAN[period.index]}"


def key_of(period: Period) -> str:
    """A period as the value of a form field: `triwulan-3`."""
    return f"{period.span.value}-{period.index}"


def from_key(year: int, key: str) -> Period:
    """The period behind a form field. Raises NotFound."""
    span, _dash, index = key.partition("-")
    return period_of(year, span, int(index) if index.isascii() and index.isdigit() else 0)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where `kembali` leads, if that is a page of ours."""
    wanted = request.POST.get("kembali") or request.GET.get("kembali") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else otherwise
