"""One agency: its years, units and indicators, who is like it and does better; and these tables as files."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.partitions import partition_rows, partition_stream
from selaras.analytics.signs import MILLIONTHS
from selaras.core.access import Act, may_somewhere
from selaras.store.models import Agency
from selaras.store.nation import nation_folder
from selaras.web.core_words import word
from selaras.web.nation.files import Sheet, exported_of, exports, exports_of
from selaras.web.nation.frame import NONE, Side, both, count, paged, report_page, rupiah, share, show
from selaras.web.nation.periods import PERIOD_COLUMNS, in_order, period_heads, period_rows
from selaras.web.nation.views_agencies import compared, partition

LIKE = Decimal(2)
"""An agency is of like size if it has at least half and at most twice as many employees (units, where nobody is counted)."""
FEW = 8
DEEPEST = 6
TABLES = ("agencies", "classes", "units", "lineage", "indicators", "measurements")
Found = dict[str, list[dict[str, Any]]]
Row = dict[str, Any]


def _agency(request: Any, side: Side, data: Kept, agency: str, year: int) -> HttpResponse:
    """One agency: its figures, its units, its indicators, its peers."""
    where = partition(data, agency, year)
    found = partition_rows(nation_folder(), where, TABLES, only=("measurements", "span", "tahun"))
    about, every = found["agencies"][0], compared(data, year)
    own = next(row for row in every if row["agency"] == agency)
    names = {row["indicator"]: row for row in found["indicators"]}
    tones = {row["label"]: row["tone"] for row in found["classes"]}
    unit = request.GET.get("unit", "")
    below = {row["unit"] for row in found["lineage"] if row["ancestor"] == unit}
    rows = [row for row in found["measurements"] if not unit or row["unit"] in below]
    alike, common = _alike(own, every), _common(data, own, year)
    units = _units(found)
    sheets = _sheets(found, rows, units, own, alike, common, year)
    sheets["periode"] = _("Indikator menurut periode %(agency)s %(year)s") % {"agency": agency, "year": year}, period_heads(), (
        _periods(where, agency, year, below if unit else None)
    )  # fmt: skip
    file = exported_of(request, side, sheets, bare="indikator")
    if file is not None:
        return file
    page = paged(request, rows)
    years = sorted({one.year for one in data.partitions if one.agency == agency})
    edition = next((row for row in data.rows("edisi") if row["agency"] == agency and row["year"] == year), None)
    return show(
        request,
        side,
        "nation/agency.html",
        {
            "title": about["name"],
            "about": about,
            "agency_code": agency,
            "of_year": year,
            "own": _told(own),
            "unit": unit,
            "crumbs": [
                (_("Nasional"), side.url("overview", tahun=year)),
                (word(about["kind"]), side.url("agencies", jenis=about["kind"], tahun=year)),
                (about["name"], ""),
            ],
            "years": [
                {"title": str(one), "url": side.url("agency", agency, one), "current": one == year} for one in years
            ],
            "units": [_unit(side, agency, year, row, values, unit) for row, values in units],
            "report_url": report_page(edition),
            "inside_url": _inside_url(request, side, agency, year),
            "page": page,
            "total": count(len(rows)),
            "indicators": [_indicator(side, agency, year, row, names[row["indicator"]], tones) for row in page],
            "peers": _peers(side, own, alike, year),
            "common": [_shared(side, own, year, about, row) for about, row in common[:FEW]],
            "files": exports(request),
            "sheets": exports_of(request, sheets),
            "whole_url": side.url("agency", agency, year),
        },
    )


def _told(row: Row) -> dict[str, str]:
    return {"mean": share(row["capaian"]), "reached": share(row["tercapai"]), "absorbed": share(row["serapan"]),
            "filled": share(row["terisi"]), "ceiling": rupiah(row["pagu"]), "indicators": count(row["indikator"])}  # fmt: skip


def _units(found: Found) -> list[tuple[Row, list[Decimal]]]:
    """Every unit, in the order of the tree, with the achievements of its indicators and of all below it."""
    above: dict[str, list[str]] = {}
    for row in found["lineage"]:
        above.setdefault(row["unit"], []).append(row["ancestor"])
    values: dict[str, list[Decimal]] = {}
    for row in found["measurements"]:
        if row["measured"] and row["achievement"] is not None:
            for unit in above.get(row["unit"], []):
                values.setdefault(unit, []).append(row["achievement"])
    return [
        (row, values.get(row["unit"], [])) for row in sorted(found["units"], key=lambda row: row["path"].split("/"))
    ]


def _mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def _unit(side: Side, agency: str, year: int, row: Row, values: list[Decimal], chosen: str) -> Row:
    return {
        "name": row["name"], "step": min(row["depth"], DEEPEST), "amount": len(values), "mean": share(_mean(values)),
        "url": side.url("agency", agency, year, unit=row["unit"]) + "#indikator", "current": row["unit"] == chosen,
    }  # fmt: skip


def _indicator(side: Side, agency: str, year: int, row: Row, about: Row, tones: dict[str, str]) -> Row:
    return {
        "name": about["name"], "measure": about["unit_of_measure"], "goal": about["sasaran_title"] or "",
        "target": row["target_text"] or NONE, "realised": row["realised_text"] or NONE,
        "figure": share(row["achievement"]) if row["achievement"] is not None else "",
        "label": row["class_label"] or "", "tone": tones.get(row["class_label"], ""), "reached": row["reached"],
        "url": side.url("indicator", agency, year, row["indicator"]), "iku": row["iku"],
    }  # fmt: skip


# ---- who is like it --------------------------------------------------------------------------------------------------


def _like(own: Row, other: Row) -> bool:
    """Of the same kind and like size."""
    key = "staff" if own["staff"] and other["staff"] else "units"
    near = other[key] <= own[key] * LIKE and own[key] <= other[key] * LIKE
    return bool(own["jenis"] == other["jenis"] and own["agency"] != other["agency"] and near)


def _alike(own: Row, every: list[Row]) -> list[Row]:
    """Agencies like this one with a mean achievement, the best first."""
    alike = [row for row in every if _like(own, row) and row["capaian"] is not None]
    return sorted(alike, key=lambda row: (-row["capaian"], row["agency"]))


def _better(own: Row, other: Row) -> bool:
    return own["capaian"] is not None and other["capaian"] > own["capaian"]


def _peers(side: Side, own: Row, alike: list[Row], year: int) -> Row:
    """The place among agencies like this one, and those whose mean achievement is better."""
    better = [row for row in alike if _better(own, row)]
    return {
        "any": bool(alike), "alike": count(len(alike)), "better": count(len(better)),
        "more": count(len(better) - FEW) if len(better) > FEW else "",
        "rows": [
            {"name": row["nama"], "url": side.url("agency", row["agency"], year), "mean": share(row["capaian"]),
             "absorbed": share(row["serapan"]), "staff": count(row["staff"]) if row["staff"] else "", "units": count(row["units"])}
            for row in better[:FEW]
        ],
    }  # fmt: skip


def _common(data: Kept, own: Row, year: int) -> list[tuple[Row, Row]]:
    """Shared indicators of the kind with this agency's figure; where it lies farthest below their median first."""
    mine = data.part("angka", year=year, agency_kind=own["jenis"], agency=own["agency"])
    known = {
        (row["family"], row["unit_of_measure"]): row for row in data.rows("indikator-bersama")
        if row["year"] == year and row["agency_kind"] == own["jenis"]
    }  # fmt: skip
    pairs = [
        (known[key], row) for row in mine
        if row["x"] is not None and (key := (row["family"], row["unit_of_measure"])) in known
    ]  # fmt: skip
    return sorted(pairs, key=lambda pair: (pair[1]["x"] - pair[0]["median"], pair[1]["indicator"]))


def _shared(side: Side, own: Row, year: int, about: Row, row: Row) -> Row:
    asked = {"tahun": year, "jenis": own["jenis"], "indikator": row["family"], "satuan": row["unit_of_measure"]}
    return {
        "name": row["name"], "url": side.url("indicator", own["agency"], year, row["indicator"]),
        "agencies": count(about["agencies"]), "mine": share(Decimal(row["x"]) / MILLIONTHS),
        "median": share(Decimal(about["median"]) / MILLIONTHS), "best": share(Decimal(about["highest"]) / MILLIONTHS),
        "below": row["x"] < about["median"], "family_url": side.url("family", **asked),
    }  # fmt: skip


# ---- as files --------------------------------------------------------------------------------------------------------


def _sheets(
    found: Found,
    rows: list[Row],
    every_unit: list[tuple[Row, list[Decimal]]],
    own: Row,
    alike: list[Row],
    common: list[tuple[Row, Row]],
    year: int,
) -> dict[str, Sheet]:
    """The tables of the page: whole, also where the page shows the first few."""
    names = {row["indicator"]: row for row in found["indicators"]}
    told = {"agency": own["agency"], "year": year}
    code, name, mean = _("Kode"), _("Indikator"), _("Rata-rata capaian (%)")
    indicators = (
        [row["indicator"], names[row["indicator"]]["name"], names[row["indicator"]]["unit_of_measure"],
         names[row["indicator"]]["sasaran_title"], row["unit"], row["target_text"], row["realised_text"], row["achievement"],
         row["class_label"]] for row in rows
    )  # fmt: skip
    units = (
        [row["unit"], row["name"], row["parent"], row["depth"], len(values), _mean(values)]
        for row, values in every_unit
    )
    words = (_("instansi ini"), _("lebih tinggi"), "")
    peers = (
        [row["agency"], row["nama"], row["jenis"], row["staff"], row["units"], row["indikator"], row["capaian"], row["tercapai"],
         row["serapan"], row["terisi"], words[0] if row is own else words[1] if _better(own, row) else words[2]]
        for row in [own, *alike]
    )  # fmt: skip
    shared = (
        [row["indicator"], row["name"], row["unit_of_measure"], about["agencies"],
         *(Decimal(value) / MILLIONTHS for value in (row["x"], about["lowest"], about["median"], about["highest"]))]
        for about, row in common
    )  # fmt: skip
    return {
        "indikator": (_("Indikator %(agency)s %(year)s") % told,
                      [code, name, _("Satuan"), _("Sasaran"), _("Kode unit"), _("Target"), _("Realisasi"), _("Capaian (%)"),
                       _("Kelas")], indicators),
        "unit": (_("Unit %(agency)s %(year)s") % told,
                 [code, _("Unit"), _("Kode unit di atasnya"), _("Tingkat"), _("Indikator bernilai"), mean], units),
        "serupa": (_("Instansi serupa dengan %(agency)s %(year)s") % told,
                   [code, _("Instansi"), _("Jenis"), _("Pegawai"), _("Unit"), name, mean, _("Tercapai (%)"), _("Serapan (%)"),
                    _("Data terisi (%)"), _("Dibandingkan dengan instansi ini")], peers),
        "bersama": (_("Indikator yang sama pada instansi sejenis %(agency)s %(year)s") % told,
                    [code, name, _("Satuan"), _("Instansi"), _("Capaian (%)"), _("Terendah (%)"), _("Median (%)"),
                     _("Tertinggi (%)")], shared),
    }  # fmt: skip


def _periods(where: Any, agency: str, year: int, below: set[str] | None) -> Iterator[list[Any]]:
    """Every period of the indicators of the page; read only when it is given out."""
    found = partition_stream(nation_folder(), where, PERIOD_COLUMNS)
    rows = [row for row in found["measurements"] if below is None or row["unit"] in below]
    yield from period_rows(agency, year, found, in_order(rows))


def _inside_url(request: Any, side: Side, agency: str, year: int) -> str:
    """The agency's own pages, where this installation has it and the person may open them."""
    if (
        side.public
        or not may_somewhere(request.actor, Act.SEE, agency)
        or not Agency.objects.filter(code=agency).exists()
    ):
        return ""
    return reverse("home:overview", args=(agency, year))


agency, agency_public = both(_agency)
