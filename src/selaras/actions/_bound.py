"""Values that compute themselves: the indicator that is bound to the reform of units is never typed."""

from __future__ import annotations

from selaras.core.errors import Fault, Refusal
from selaras.core.period import Period, Span
from selaras.core.place import NOWHERE, Place
from selaras.store import models as tables


def bound_indicator(agency: int) -> str:
    """The code of the indicator whose yearly value is the share of units with a good reform; empty for none."""
    rows = tables.ReformBinding.objects.filter(agency=agency)
    return rows.values_list("indicator__code", flat=True).first() or ""


def fault_of_bound(indicator: str, place: Place = NOWHERE) -> Fault:
    """Why the yearly value of a bound indicator is not typed, and where it comes from."""
    return Fault(
        f"realisasi tahunan {indicator} dihitung dari indeks RB unit dan tidak diketik", place,
        remedy="Isi indeks RB unit pada halaman Reformasi Birokrasi, atau lepaskan ikatan indikatornya dahulu.",
    )  # fmt: skip


def counted_indicators(agency: int) -> dict[str, str]:
    """The indicators that are counted from a register, each with the name of its register."""
    rows = tables.RegisterBinding.objects.filter(indicator__agency=agency)
    return dict(rows.values_list("indicator__code", "definition__name"))


def fault_of_counted(indicator: str, register: str, place: Place = NOWHERE) -> Fault:
    """Why no value of an indicator that is counted from a register is typed, and where it comes from."""
    return Fault(
        f"realisasi {indicator} dihitung dari register {register} dan tidak diketik", place,
        remedy="Betulkan rekaman dalam register, atau lepaskan ikatan indikatornya dahulu.",
    )  # fmt: skip


def refuse_bound(agency: str, indicator: str, period: Period) -> None:
    """Refuse a typed value of an indicator that computes itself: of a year, or, from a register, of any period."""
    counted = tables.RegisterBinding.objects.filter(indicator__agency__code=agency, indicator__code=indicator)
    if (register := counted.values_list("definition__name", flat=True).first()) is not None:
        raise Refusal(f"Realisasi {indicator} {period.name} tidak diketik.", fault_of_counted(indicator, register))
    rows = tables.ReformBinding.objects.filter(agency__code=agency, indicator__code=indicator)
    if period.span is Span.YEAR and rows.exists():
        raise Refusal(f"Realisasi {indicator} {period.name} tidak diketik.", fault_of_bound(indicator))
