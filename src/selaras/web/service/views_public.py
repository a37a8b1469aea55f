"""Pages for everybody: which services there are, what they promise, how many requests came in and how they ended."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound
from selaras.core.numerals import format_number
from selaras.core.reporting.service_report import EMPTY_LABEL, in_order
from selaras.store.public_service import (
    PublicYear,
    named_agency,
    open_registers,
    promises_of,
    public_counts,
    public_year,
    service_agencies,
    years_told,
)
from selaras.store.service_surveys import published_rounds
from selaras.store.tickets import public_registers
from selaras.web.days import format_date
from selaras.web.public.gateway import open_to_all
from selaras.web.service.limits import limited
from selaras.web.service.pages import page

FRESH = 900
"""Seconds that the counts of a year are kept: they run through every record."""
ICONS = {"permohonan_informasi": "search", "keberatan_informasi": "flag", "pengaduan": "comment"}


@open_to_all
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies that can be asked here."""
    return page(request, "service/agencies.html", {"agencies": service_agencies()})


@open_to_all
def home(request: HttpRequest, agency: str) -> HttpResponse:
    """What can be asked of an agency, and how many requests it has."""
    place, registers = named_agency(agency), public_registers(agency)
    today = timezone.localdate()
    counts = public_counts(agency, today.year, today)
    promises, rounds = promises_of(agency, today), published_rounds(agency)
    if not registers and not promises and not rounds:
        raise NotFound(_("Instansi ini belum membuka layanan pada laman ini."))
    return page(request, "service/home.html", {
        "services": [
            {"code": item.code, "name": item.name, "about": item.about, "icon": ICONS.get(item.code, "inbox")}
            for item in registers if item.may_ask
        ],
        "has_tickets": bool(registers), "year": today.year, "today": format_date(today),
        "counts": [
            {"code": line.code, "name": line.name,
             "figures": [_count(n) for n in (line.received, line.finished, line.open, line.late)]}
            for line in counts
        ],
        "has_promises": bool(promises), "has_rounds": bool(rounds), "has_data": bool(open_registers(agency)),
    }, place)  # fmt: skip


@open_to_all
def promises(request: HttpRequest, agency: str) -> HttpResponse:
    """The standards of service that the agency announced."""
    place = named_agency(agency)
    return page(request, "service/promises.html", {"promises": promises_of(agency, timezone.localdate())}, place)


@open_to_all
def latest_year(request: HttpRequest, agency: str, register: str) -> HttpResponse:
    """The newest year of a register that there are counts of."""
    del request
    years = years_told(agency, register)
    return redirect("service:year", agency, register, years[0] if years else timezone.localdate().year)


@limited("tahunan", most=120, seconds=900, methods=("GET", "HEAD"))
@open_to_all
def year(request: HttpRequest, agency: str, register: str, year: int) -> HttpResponse:
    """The yearly counts of a register: figures, tables, what clients thought."""
    place = named_agency(agency)
    years = years_told(agency, register)
    today = timezone.localdate()
    if year not in {*years, today.year}:
        raise NotFound(_("Angka tahun ini tidak ada."))
    key = f"layanan:tahunan:{agency}:{register}:{year}:{today}".replace(" ", "_")[:240]
    told = caches["default"].get(key)
    if told is None:
        told = _told(public_year(agency, register, year, today))
        caches["default"].set(key, told, timeout=FRESH)
    return page(request, "service/year.html", {
        **told, "year": year, "is_running": year == today.year, "register": register, "as_of": format_date(today),
        "years": [one for one in years if one != year],
    }, place)  # fmt: skip


def _told(found: PublicYear) -> dict[str, Any]:
    return {
        "name": found.register.name,
        "figures": [
            (line.rule.name, line.counted.figure.told() if line.counted else line.refused) for line in found.figures
        ],
        "tables": [
            {"name": item.name, "single": "" if item.by else (_count(lines[0][1]) if lines else "0"),
             "lines": [(label or EMPTY_LABEL, _count(amount)) for label, amount in in_order(item, lines)] if item.by else []}
            for item, lines in found.tables
        ],
        "raters": _count(found.rating.respondents),
        "rating": [
            (item.element.name, format_number(item.mean, places=2)) for item in found.rating.elements
            if item.mean is not None
        ],
    }  # fmt: skip


def _count(amount: Decimal | int) -> str:
    return format_number(Decimal(amount))
