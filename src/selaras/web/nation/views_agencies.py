"""The comparison of agencies, and one agency: its years, units and indicators, and who is like it and does better."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept, partition_rows
from selaras.core.access import Act, may_somewhere
from selaras.core.errors import NotFound
from selaras.store.nation import nation_folder
from selaras.web.nation.frame import (
    Side,
    both,
    count,
    exported,
    exports,
    kinds_of,
    paged,
    part,
    points,
    rupiah,
    share,
    show,
    sorted_by,
    year_asked,
    year_choices,
)

KEYS = ("nama", "jenis", "indikator", "capaian", "tercapai", "serapan", "selisih", "terisi")
LIKE = Decimal(2)
"""An agency is of like size if it has at least half and at most twice as many employees (units, where nobody is counted)."""
FEW = 8
LONGEST_SEARCH = 100


def compared(data: Kept, year: int) -> list[dict[str, Any]]:
    """Every agency of a year with what it is compared by."""
    money = {row["agency"]: row for row in data.rows("anggaran") if row["year"] == year}
    filled: dict[str, list[int]] = {}
    for row in data.rows("kelengkapan"):
        if row["year"] == year:
            found = filled.setdefault(row["agency"], [0, 0])
            found[0] += row["filled"]
            found[1] += row["expected"]
    figures = {row["agency"]: row for row in data.rows("instansi") if row["year"] == year}
    made = []
    for row in data.rows("profil"):
        if row["year"] != year:
            continue
        code = row["agency"]
        figure, spent = figures.get(code), money.get(code)
        made.append({
            "agency": code, "nama": row["name"], "jenis": row["agency_kind"], "induk": row["parent_name"] or "",
            "units": row["units"], "staff": row["staff"], "indikator": figure["indicators"] if figure else 0,
            "capaian": figure["achievement_printed"] if figure else None, "tercapai": figure["reached_share"] if figure else None,
            "serapan": spent["absorption_printed"] if spent else None, "pagu": spent["ceiling"] if spent else None,
            "selisih": _gap(figure, spent), "terisi": part(*filled[code]) if code in filled else None,
        })  # fmt: skip
    return made


def _gap(figure: dict[str, Any] | None, spent: dict[str, Any] | None) -> Decimal | None:
    """Absorption less mean achievement, in points: money that went farther than results."""
    if figure is None or spent is None or figure["achievement"] is None or spent["absorption"] is None:
        return None
    return Decimal(spent["absorption"]) - Decimal(figure["achievement"])


def _agencies(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Every agency of a year in one table: sorted, filtered, with its course over the years."""
    year = year_asked(request, data)
    kind, words = request.GET.get("jenis", ""), request.GET.get("cari", "").strip()[:LONGEST_SEARCH]
    rows = [
        row for row in compared(data, year)
        if (not kind or row["jenis"] == kind)
        and all(word in f"{row['nama']} {row['induk']} {row['agency']}".casefold() for word in words.casefold().split())
    ]  # fmt: skip
    order = sorted_by(request, rows, KEYS, "-capaian")
    heads = [_("Kode"), _("Instansi"), _("Jenis"), _("Indikator"), _("Rata-rata capaian (%)"), _("Tercapai (%)"), _("Serapan (%)"),
             _("Serapan − capaian (poin)"), _("Data terisi (%)")]  # fmt: skip
    file = exported(
        request, side, f"instansi {year}", heads,
        ([row["agency"], row["nama"], row["jenis"], row["indikator"], *(row[key] for key in KEYS[3:])] for row in rows),
    )  # fmt: skip
    if file is not None:
        return file
    page = paged(request, rows)
    course = _course(data, {row["agency"] for row in page})
    years = sorted({one["year"] for one in data.rows("tahun")})
    return show(
        request,
        side,
        "nation/agencies.html",
        {
            "title": _("Perbandingan instansi"),
            "of_year": year,
            "years": year_choices(request, data, year),
            "kinds": kinds_of(data, year),
            "kind": kind,
            "words": words,
            "page": page,
            "sort": order,
            "total": count(len(rows)),
            "files": exports(request),
            "lines": [
                {
                    **row,
                    "url": side.url("agency", row["agency"], year),
                    "spark": [course.get((row["agency"], one)) for one in years],
                    "spark_words": _words(course, row["agency"], years),
                    "mean": share(row["capaian"]),
                    "reached": share(row["tercapai"]),
                    "absorbed": share(row["serapan"]),
                    "filled": share(row["terisi"]),
                    "gap": points(row["selisih"]),
                    "amount": count(row["indikator"]),
                }
                for row in page
            ],
        },
    )


def _course(data: Kept, codes: set[str]) -> dict[tuple[str, int], Decimal | None]:
    return {
        (row["agency"], row["year"]): row["achievement_printed"]
        for row in data.rows("instansi")
        if row["agency"] in codes
    }


def _words(course: dict[tuple[str, int], Decimal | None], agency: str, years: list[int]) -> str:
    return "; ".join(f"{year}: {share(course.get((agency, year)))}" for year in years)


def partition(data: Kept, agency: str, year: int) -> Any:
    """The partition of an agency and year. Raises NotFound."""
    found = next((one for one in data.partitions if one.agency == agency and one.year == year), None)
    if found is None:
        raise NotFound(_("Data nasional %(agency)s tahun %(year)s tidak ada.") % {"agency": agency, "year": year})
    return found


def _agency(request: Any, side: Side, data: Kept, agency: str, year: int) -> HttpResponse:
    """One agency: its figures, its units, its indicators, its peers."""
    where = partition(data, agency, year)
    found = partition_rows(
        nation_folder(), where, ("agencies", "classes", "units", "lineage", "indicators", "measurements")
    )
    about, every = found["agencies"][0], compared(data, year)
    own = next(row for row in every if row["agency"] == agency)
    names = {row["indicator"]: row for row in found["indicators"]}
    tones = {row["label"]: row["tone"] for row in found["classes"]}
    unit = request.GET.get("unit", "")
    below = {row["unit"] for row in found["lineage"] if row["ancestor"] == unit}
    rows = [row for row in found["measurements"] if row["span"] == "tahun" and (not unit or row["unit"] in below)]
    file = exported(
        request, side, f"indikator {agency} {year}",
        [_("Kode"), _("Indikator"), _("Satuan"), _("Target"), _("Realisasi"), _("Capaian (%)"), _("Kelas")],
        ([row["indicator"], names[row["indicator"]]["name"], names[row["indicator"]]["unit_of_measure"], row["target_text"],
          row["realised_text"], row["achievement"], row["class_label"]] for row in rows),
    )  # fmt: skip
    if file is not None:
        return file
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
                (about["kind"], side.url("agencies", jenis=about["kind"], tahun=year)),
                (about["name"], ""),
            ],
            "years": [
                {"title": str(one), "url": side.url("agency", agency, one), "current": one == year} for one in years
            ],
            "units": _units(side, found, agency, year, unit),
            "edition": edition,
            "inside_url": _inside_url(request, side, agency, year),
            "indicators": [_indicator(side, agency, year, row, names[row["indicator"]], tones) for row in rows],
            "peers": _peers(side, own, every, year),
            "common": _common(data, side, own, year),
            "files": exports(request),
            "whole_url": side.url("agency", agency, year),
        },
    )


def _told(row: dict[str, Any]) -> dict[str, str]:
    return {"mean": share(row["capaian"]), "reached": share(row["tercapai"]), "absorbed": share(row["serapan"]),
            "filled": share(row["terisi"]), "ceiling": rupiah(row["pagu"]), "indicators": count(row["indikator"])}  # fmt: skip


def _units(
    side: Side, found: dict[str, list[dict[str, Any]]], agency: str, year: int, chosen: str
) -> list[dict[str, Any]]:
    """Every unit with all below it: how many indicators, their mean."""
    above: dict[str, list[str]] = {}
    for row in found["lineage"]:
        above.setdefault(row["unit"], []).append(row["ancestor"])
    values: dict[str, list[Decimal]] = {}
    for row in found["measurements"]:
        if row["span"] == "tahun" and row["measured"] and row["achievement"] is not None:
            for unit in above.get(row["unit"], []):
                values.setdefault(unit, []).append(row["achievement"])
    return [
        {"name": row["name"], "step": min(row["depth"], 6), "amount": len(values.get(row["unit"], [])),
         "mean": share(sum(own, Decimal(0)) / len(own) if (own := values.get(row["unit"], [])) else None),
         "url": side.url("agency", agency, year, unit=row["unit"]) + "#indikator", "current": row["unit"] == chosen}
        for row in sorted(found["units"], key=lambda row: row["path"])
    ]  # fmt: skip


def _indicator(
    side: Side, agency: str, year: int, row: dict[str, Any], about: dict[str, Any], tones: dict[str, str]
) -> dict[str, Any]:
    return {
        "name": about["name"],
        "measure": about["unit_of_measure"],
        "goal": about["sasaran_title"] or "",
        "target": row["target_text"] or "–",
        "realised": row["realised_text"] or "–",
        "figure": share(row["achievement"]) if row["achievement"] is not None else "",
        "label": row["class_label"] or "",
        "tone": tones.get(row["class_label"], ""),
        "reached": row["reached"],
        "url": side.url("indicator", agency, year, row["indicator"]),
        "iku": row["iku"],
    }


def _like(own: dict[str, Any], other: dict[str, Any]) -> bool:
    """Of the same kind and like size."""
    key = "staff" if own["staff"] and other["staff"] else "units"
    near = other[key] <= own[key] * LIKE and own[key] <= other[key] * LIKE
    return bool(own["jenis"] == other["jenis"] and own["agency"] != other["agency"] and near)


def _peers(side: Side, own: dict[str, Any], every: list[dict[str, Any]], year: int) -> dict[str, Any]:
    """Agencies like this one: the place among them, and those whose mean achievement is better."""
    alike = [row for row in every if _like(own, row) and row["capaian"] is not None]
    better = [row for row in alike if own["capaian"] is not None and row["capaian"] > own["capaian"]]
    better.sort(key=lambda row: (-row["capaian"], row["agency"]))
    return {
        "any": bool(alike), "alike": count(len(alike)), "better": count(len(better)),
        "rows": [
            {"name": row["nama"], "url": side.url("agency", row["agency"], year), "mean": share(row["capaian"]),
             "absorbed": share(row["serapan"]), "staff": count(row["staff"]), "units": count(row["units"])}
            for row in better[:FEW]
        ],
    }  # fmt: skip


def _common(data: Kept, side: Side, own: dict[str, Any], year: int) -> list[dict[str, Any]]:
    """The indicators that agencies of the kind have in common and where this one lies farthest below their median."""
    mine = [
        row
        for row in data.part("angka", year=year, agency_kind=own["jenis"], agency=own["agency"])
        if row["x"] is not None
    ]
    known = {
        (row["family"], row["unit_of_measure"]): row for row in data.rows("indikator-bersama")
        if row["year"] == year and row["agency_kind"] == own["jenis"]
    }  # fmt: skip
    pairs = [(known[key], row) for row in mine if (key := (row["family"], row["unit_of_measure"])) in known]
    pairs.sort(key=lambda pair: (pair[1]["x"] - pair[0]["median"], pair[1]["indicator"]))
    return [
        {
            "name": row["name"],
            "url": side.url("indicator", own["agency"], year, row["indicator"]),
            "agencies": count(about["agencies"]),
            "mine": share(Decimal(row["x"]) / 1_000_000),
            "median": share(Decimal(about["median"]) / 1_000_000),
            "best": share(Decimal(about["highest"]) / 1_000_000),
            "below": row["x"] < about["median"],
            "family_url": side.url(
                "family", tahun=year, jenis=own["jenis"], indikator=row["family"], satuan=row["unit_of_measure"]
            ),
        }
        for about, row in pairs[:FEW]
    ]


def _inside_url(request: Any, side: Side, agency: str, year: int) -> str:
    """The agency's own pages, where this installation has it and the person may open them."""
    from django.urls import reverse

    from selaras.store.models import Agency

    if (
        side.public
        or not may_somewhere(request.actor, Act.SEE, agency)
        or not Agency.objects.filter(code=agency).exists()
    ):
        return ""
    return reverse("home:overview", args=(agency, year))


agencies, agencies_public = both(_agencies)
agency, agency_public = both(_agency)
