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


def refuse_bound(agency: str, indicator: str, period: Period) -> None:
    """Refuse a typed yearly value of a bound indicator."""
    rows = tables.ReformBinding.objects.filter(agency__code=agency, indicator__code=indicator)
    if period.span is Span.YEAR and rows.exists():
        raise Refusal(f"Realisasi {indicator} {period.name} tidak diketik.", fault_of_bound(indicator))
