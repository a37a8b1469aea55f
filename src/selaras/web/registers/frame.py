"""What the pages of the registers share: addresses, tabs, periods, and how a refusal comes back to its form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.access import Role
from selaras.core.errors import NotFound, Refusal
from selaras.core.period import Period, Span
from selaras.core.registers.definition import Register
from selaras.store.register_access import Held, roles_somewhere, sees_records
from selaras.web.days import period_name
from selaras.web.gate import InsideRequest

DESK_ROLE = Role.SERVICE


def address(request: InsideRequest, name: str, *more: object) -> str:
    """The address of a page of the stage for the agency and year that are open."""
    return reverse(f"registers:{name}", args=(request.place.code, request.place.year, *more))


def with_query(url: str, **values: object) -> str:
    """An address with what it asks; empty values are left out."""
    asked = {name: value for name, value in values.items() if value not in ("", None)}
    return f"{url}?{urlencode(asked)}" if asked else url


def tabs(request: InsideRequest, current: str) -> list[dict[str, Any]]:
    """The parts of the stage that the person may open."""
    can = request.place.can
    words = {"overview": _("Register"), "due": _("Batas waktu"), "directives": _("Arahan & pleno")}
    if can["SERVE"]:
        words["desk-start"] = _("Loket")
    if can["DEFINE_REGISTER"]:
        words["presets"] = _("Register bawaan")
        words["clearing"] = _("Masa simpan")
    return [
        {"title": title, "url": address(request, name), "current": name == current} for name, title in words.items()
    ]


def register_tabs(request: InsideRequest, held: Held, current: str) -> list[dict[str, Any]]:
    """The parts of one register: what the person may not see of a restricted one is not offered."""
    words = {}
    if sees_records(request.actor, held):
        words["records"] = _("Rekaman")
    words |= {"figures": _("Angka"), "year": _("Laporan setahun"), "definition": _("Definisi")}
    code = held.register.code
    return [
        {"title": title, "url": address(request, name, code), "current": name == current}
        for name, title in words.items()
    ]


def crumbs(request: InsideRequest, register: Register | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page: the stage, the register, and what follows."""
    made = [(_("Register"), address(request, "overview"))]
    if register is not None:
        made.append((register.name, address(request, "records", register.code)))
    return [*made, *more]


def period_asked(request: InsideRequest) -> Period:
    """The period that the address asks for (`triwulan-2`, `bulan-3`, `semester-1`), else the year. Raises NotFound."""
    text = request.GET.get("periode", "") or request.POST.get("periode", "")
    span, _mark, index = text.partition("-")
    if not text:
        return Period(request.place.year)
    try:
        return Period(request.place.year, Span(span), int(index or 1))
    except ValueError as error:
        raise NotFound(_("Periode %(period)s tidak ada.") % {"period": text}) from error


def period_key(period: Period) -> str:
    """A period as addresses name it; the year is left out."""
    return "" if period.span is Span.YEAR else f"{period.span.value}-{period.index}"


def period_choices(request: InsideRequest, chosen: Period) -> list[dict[str, Any]]:
    """Every period of the year that figures are asked for."""
    year = request.place.year
    every = [Period(year), *(Period(year, Span.SEMESTER, at) for at in (1, 2))]
    every += [Period(year, Span.QUARTER, at) for at in range(1, 5)] + [
        Period(year, Span.MONTH, at) for at in range(1, 13)
    ]
    return [{"key": period_key(period), "name": period_name(period), "chosen": period == chosen} for period in every]


def day_asked() -> Any:
    """The day on which deadlines are looked at."""
    return timezone.localdate()


def at_desk(request: InsideRequest, register: Register) -> bool:
    """Whether the person opens records of a register at the counter."""
    return bool(roles_somewhere(request.actor, request.place.code) & set(register.opened_by))


def sentences(refusal: Refusal) -> list[str]:
    """What a refusal says: every fault, or its message where there is none."""
    return [fault.sentence() for fault in refusal.faults] or [refusal.message]
