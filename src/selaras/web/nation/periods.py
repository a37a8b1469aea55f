"""Figures of indicators by period as a table to be given out: of one indicator, of an agency, or of every agency of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.partitions import partition_stream
from selaras.core.period import Period, Span
from selaras.store.nation import nation_folder
from selaras.web.nation.files import yes_no

SPANS = {span.value: place for place, span in enumerate(Span)}
PERIOD_COLUMNS = {
    "agencies": ("name",), "indicators": ("indicator", "name", "unit_of_measure"), "units": ("unit", "name"),
    "measurements": ("indicator", "span", "index", "month", "unit", "target", "target_upper", "target_text", "target_document",
                     "realised", "realised_upper", "realised_text", "numerator", "denominator", "status", "achievement",
                     "class_label", "reached", "evidence", "due_on"),
}  # fmt: skip
"""What the table is made of."""


def period_heads() -> list[str]:
    """The heads of the table."""
    return [_("Tahun"), _("Kode instansi"), _("Instansi"), _("Kode indikator"), _("Indikator"), _("Satuan"), _("Kode unit"),
            _("Unit"), _("Periode"), _("Bulan terakhir"), _("Target"), _("Target (angka)"), _("Target sampai (angka)"),
            _("Dokumen target"), _("Realisasi"), _("Realisasi (angka)"), _("Realisasi sampai (angka)"), _("Pembilang"),
            _("Penyebut"), _("Keadaan"), _("Capaian (%)"), _("Kelas"), _("Tercapai"), _("Bukti"),
            _("Tenggat pengisian")]  # fmt: skip


def period_rows(
    agency: str, year: int, found: Mapping[str, list[dict[str, Any]]], rows: Iterable[dict[str, Any]]
) -> Iterator[list[Any]]:
    """Lines of the table from measurements of one agency and year; `found` has its `agencies`, `indicators` and `units`."""
    home = found["agencies"][0]["name"]
    names = {row["indicator"]: row for row in found["indicators"]}
    units = {row["unit"]: row["name"] for row in found["units"]}
    for row in rows:
        about = names[row["indicator"]]
        yield [
            year, agency, home, row["indicator"], about["name"], about["unit_of_measure"], row["unit"], units.get(row["unit"], ""),
            Period(year, Span(row["span"]), row["index"]).name, row["month"], row["target_text"], row["target"],
            row["target_upper"], row["target_document"], row["realised_text"], row["realised"], row["realised_upper"],
            row["numerator"], row["denominator"], row["status"], row["achievement"], row["class_label"], yes_no(row["reached"]),
            row["evidence"], row["due_on"],
        ]  # fmt: skip


def in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Measurements by indicator and in the order of time, a longer period before those in it."""
    return sorted(rows, key=lambda row: (row["indicator"], SPANS[row["span"]], row["index"]))


def every_period(data: Kept, year: int) -> Iterator[list[Any]]:
    """Every indicator and period of every agency of a year: one agency after the other, so that only one is held."""
    for where in sorted((one for one in data.partitions if one.year == year), key=lambda one: one.agency):
        found = partition_stream(nation_folder(), where, PERIOD_COLUMNS)
        yield from period_rows(where.agency, year, found, in_order(found["measurements"]))
