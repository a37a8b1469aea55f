"""What the pages of the organisation share: the facts on the day that counts, tabs, and how a NIP is shown."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from selaras.core.nip import spaced
from selaras.core.org import Capacity, Employee, Position, Tenure, Unit, holder_on
from selaras.store.together import load_together
from selaras.web.exporting import exported
from selaras.web.gate import InsideRequest

__all__ = ["PER_PAGE", "TONES", "Staffing", "address", "day_of", "exported", "nip_shown", "tabs"]
PER_PAGE = 50
TONES = {Capacity.DEFINITIVE: "good", Capacity.PLT: "warn", Capacity.PLH: "warn"}


class Staffing:
    """The organisation of an agency as it stood on the day that counts for the year."""

    def __init__(self, request: InsideRequest, *, people: bool = False) -> None:
        kinds: set[type[Any]] = {Unit, Position, Tenure} | ({Employee} if people else set())
        snapshot = load_together(request.place.code, request.place.year, kinds)
        self.agency = snapshot.agency
        self.units, self.tenures, self.employees = snapshot.units, snapshot.tenures, snapshot.employees
        self.all_positions = snapshot.positions
        self.positions = sorted((item for item in snapshot.positions if not item.outside), key=lambda item: item.order)
        self.day = day_of(request.place.year)

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.units}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of positions by code, those outside too."""
        return {item.code: item.title for item in self.all_positions}

    def unit_name(self, code: str) -> str:
        """The name of a unit."""
        return self.unit_of[code].name if code in self.unit_of else code

    def holder(self, position: str) -> Tenure | None:
        """Who holds a position on the day that counts."""
        return self._holders.get(position)

    @cached_property
    def _holders(self) -> dict[str, Tenure | None]:
        held: dict[str, list[Tenure]] = {}
        for tenure in self.tenures:
            held.setdefault(tenure.position, []).append(tenure)
        return {code: holder_on(tuple(items), code, self.day) for code, items in held.items()}

    @property
    def vacant(self) -> list[Position]:
        """The positions that nobody holds."""
        return [item for item in self.positions if self.holder(item.code) is None]

    @cached_property
    def current_units(self) -> list[Unit]:
        """The units that exist on the day that counts, in order."""
        found = [unit for unit in self.units if (unit.since is None or unit.since <= self.day) and
                 (unit.until is None or self.day <= unit.until)]  # fmt: skip
        return sorted(found, key=lambda unit: unit.order)


def day_of(year: int) -> date:
    """The day on which the organisation of a year is looked at: the last of a past year, else today."""
    today = timezone.localdate()
    return date(year, 12, 31) if year < today.year else today


def tabs(request: InsideRequest, current: str) -> dict[str, Any]:
    """The tabs of the stage."""
    words = {
        "overview": _("Bagan"), "positions": _("Jabatan & pejabat"), "staff": _("Pegawai"), "checks": _("Pemeriksaan"),
        "years": _("Tahun kinerja"),
    }  # fmt: skip
    return {
        "tabs": [
            {"title": title, "url": address(request, name), "current": name == current} for name, title in words.items()
        ],
        "exchange_url": exchange_url(request),
    }


def exchange_url(request: InsideRequest) -> str:
    """Where workbooks are loaded; empty for those who may not, or where that page is not installed."""
    if not request.place.can["LOAD"]:
        return ""
    try:
        return reverse("planning:exchange", args=(request.place.code, request.place.year))
    except NoReverseMatch:
        return ""


def address(request: InsideRequest, name: str, *more: str) -> str:
    """The address of a page of the organisation for the agency and year that are open."""
    return reverse(f"org:{name}", args=(request.place.code, request.place.year, *more))


def nip_shown(request: InsideRequest, nip: str) -> str:
    """A NIP in full for its holder and for those who keep the register, masked for everybody else."""
    seen = request.place.sight.nip(nip)
    return spaced(nip) if seen == nip else seen
