"""Stage reporting: Snapshot to Document, by the outline of the rulebook. One composer for every format."""

from __future__ import annotations

from selaras.core.document import Document
from selaras.core.errors import CannotRun
from selaras.core.law import Law
from selaras.core.period import Period
from selaras.core.reporting import agreement_form, annual, periodic
from selaras.core.snapshot import Snapshot

KINDS = {
    "lkjip": "laporan kinerja tahunan (LKjIP/LKj)",
    "pk": "Perjanjian Kinerja yang berlaku",
    "triwulan": "laporan triwulanan (memerlukan periode)",
    "bulanan": "laporan bulanan (memerlukan periode)",
    "rencana-aksi": "rencana aksi per triwulan",
    "pengukuran": "formulir pengukuran kinerja (PPS)",
}


def compose(snapshot: Snapshot, law: Law, *, kind: str, period: Period | None = None) -> Document:
    """The document of one kind (see `KINDS`) out of a snapshot. Refuses an unknown kind or a missing period."""
    if kind == "lkjip":
        return annual.compose(snapshot, law)
    if kind == "pk":
        return agreement_form.compose(snapshot, law)
    if kind == "rencana-aksi":
        return periodic.action_plan(snapshot, law)
    if kind == "pengukuran":
        return periodic.measurement_form(snapshot, law)
    if kind in ("triwulan", "bulanan"):
        if period is None:
            raise CannotRun(f"Dokumen “{kind}” memerlukan periode, misalnya triwulan 2 atau bulan 6.")
        return periodic.compose(snapshot, law, period)
    raise CannotRun(f"Jenis dokumen “{kind}” tidak dikenal; pilihan: {', '.join(KINDS)}.")
