"""Open data as a plain table: a line per indicator and year, for files with commas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

COLUMNS = (
    "instansi_kode", "instansi", "tahun_laporan", "sasaran", "indikator_kode", "indikator", "satuan", "arah", "rumus",
    "tahun", "target", "realisasi", "capaian_persen", "kelas", "pembilang", "penyebut", "sumber",
)  # fmt: skip


def lines(data: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """The lines of `core.reporting.open_data.open_data`, in the order of `COLUMNS`; numbers stay exact decimal text."""
    agency = data["agency"]
    for item in (item for goal in data["goals"] for item in goal["indicators"]):
        for one in item["history"]:
            this = one["year"] == data["year"]
            yield (
                agency["code"], agency["name"], data["year"], item["goal"], item["code"], item["name"], item["unit"],
                item["polarity_words"], item["formula"], one["year"], _exact(one["target"]), _exact(one["realisation"]),
                one["achievement"]["value"], one["achievement"]["class"], item["numerator"] if this else None,
                item["denominator"] if this else None, item["source"],
            )  # fmt: skip


def _exact(value: Mapping[str, Any] | None) -> str:
    if value is None:
        return ""
    return str(value["value"] if value["value"] is not None else value["shown"])
