"""Indicators and sasaran that agencies of a kind have in common, and each of them over these agencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.signs import MILLIONTHS
from selaras.core.errors import NotFound
from selaras.web.nation.files import Sheet, listed
from selaras.web.nation.frame import (
    NONE,
    Side,
    both,
    count,
    kinds_of,
    part,
    share,
    share_of,
    sorted_by,
    year_asked,
    year_choices,
)

FAMILY_KEYS = ("name", "agencies", "median", "lowest", "highest", "share")
GOAL_KEYS = ("title", "agencies", "reached", "share", "lowest", "highest")
GOAL_COLUMNS = ("agency", "agency_name", "indicator", "name", "unit_of_measure", "sasaran_title", "target_text", "realised_text",
                "achievement_printed", "class_label", "reached", "x")  # fmt: skip
SPREAD = ("lowest", "first_quartile", "median", "third_quartile", "highest")
TOP = 150
LONGEST_SEARCH = 100


def _families(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Indicators that at least two agencies of a kind have: median, quartiles, how many reached their target."""
    year, kind = year_asked(request, data), request.GET.get("jenis", "")
    words = request.GET.get("cari", "").strip().casefold()[:LONGEST_SEARCH]
    rows = [
        dict(row, share=part(row["reached"], row["with_figure"])) for row in data.rows("indikator-bersama")
        if row["year"] == year and (not kind or row["agency_kind"] == kind) and all(word in row["family"] for word in words.split())
    ]  # fmt: skip
    order = sorted_by(request, rows, FAMILY_KEYS, "-agencies")

    def line(row: dict[str, Any]) -> dict[str, Any]:
        asked = {
            "tahun": year,
            "jenis": row["agency_kind"],
            "indikator": row["family"],
            "satuan": row["unit_of_measure"],
        }
        return {
            "name": row["name"], "measure": row["unit_of_measure"], "kind": row["agency_kind"], "agencies": count(row["agencies"]),
            "median": share_of(row["median"]), "lowest": share_of(row["lowest"]), "highest": share_of(row["highest"]),
            "reached": share(row["share"]), "reached_value": row["share"], "url": side.url("family", **asked),
        }  # fmt: skip

    return listed(
        request, side, data, year, _families_sheet(rows, year), "nation/families.html", rows, line,
        title=_("Indikator bersama"), kinds=kinds_of(data, year), kind=kind, words=words, sort=order,
    )  # fmt: skip


def _families_sheet(rows: list[dict[str, Any]], year: int) -> Sheet:
    heads = [_("Indikator"), _("Satuan"), _("Jenis instansi"), _("Instansi"), _("Terendah (%)"), _("Kuartil pertama (%)"),
             _("Median (%)"), _("Kuartil ketiga (%)"), _("Tertinggi (%)"), _("Tercapai (%)")]  # fmt: skip
    cells = (
        [row["name"], row["unit_of_measure"], row["agency_kind"], row["agencies"],
         *(Decimal(row[key]) / MILLIONTHS for key in SPREAD), row["share"]] for row in rows
    )  # fmt: skip
    return _("Indikator bersama %(year)s") % {"year": year}, heads, cells


def _family(request: Any, side: Side, data: Kept) -> HttpResponse:
    """One shared indicator over the agencies of a kind, best first."""
    year, kind = year_asked(request, data), request.GET.get("jenis", "")
    family, measure = request.GET.get("indikator", ""), request.GET.get("satuan", "")
    found = data.part("angka", year=year, agency_kind=kind, family=family, unit_of_measure=measure)
    rows = [row for row in found if row["x"] is not None]
    if not rows:
        raise NotFound(_("Indikator bersama ini tidak ada dalam data tahun %(year)s.") % {"year": year})
    rows.sort(key=lambda row: (-row["x"], row["agency"], row["indicator"]))
    name = rows[0]["name"]
    heads = [_("Kode"), _("Instansi"), _("Target"), _("Realisasi"), _("Capaian (%)"), _("Kelas")]
    keys = ("agency", "agency_name", "target_text", "realised_text", "achievement_printed", "class_label")

    def line(row: dict[str, Any]) -> dict[str, Any]:
        bar = min(max(row["achievement_printed"], Decimal(0)), Decimal(TOP)) / TOP * 100
        return {**_figure(side, row, year), "value": bar, "label": row["class_label"] or ""}

    return listed(
        request, side, data, year, (f"{name} {year}", heads, ([row[key] for key in keys] for row in rows)),
        "nation/family.html", rows, line, title=name, kind=kind, measure=measure,
        years=year_choices(request, data, year, (
            row["year"] for row in data.rows("indikator-bersama") if row["median"] is not None
            and (row["agency_kind"], row["family"], row["unit_of_measure"]) == (kind, family, measure)
        )),
        crumbs=[(_("Indikator bersama"), side.url("families", tahun=year, jenis=kind)), (name, "")],
    )  # fmt: skip


def _goals(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Sasaran of the same wording: those that nobody reached first."""
    year, kind = year_asked(request, data), request.GET.get("jenis", "")
    rows = [
        dict(row, share=part(row["reached"], row["agencies"])) for row in data.rows("sasaran")
        if row["year"] == year and row["agencies"] >= 2 and (not kind or row["agency_kind"] == kind)
    ]  # fmt: skip
    order = sorted_by(request, rows, GOAL_KEYS, "share")
    heads = [_("Sasaran"), _("Jenis instansi"), _("Instansi"), _("Tercapai seluruhnya"), _("Bagian (%)"), _("Terendah (%)"),
             _("Tertinggi (%)")]  # fmt: skip
    keys = ("title", "agency_kind", "agencies", "reached", "share", "lowest", "highest")

    def line(row: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": row["title"], "url": side.url("goal", tahun=year, jenis=row["agency_kind"], sasaran=row["wording"]),
            "kind": row["agency_kind"], "agencies": count(row["agencies"]), "reached": count(row["reached"]),
            "share": share(row["share"]), "share_value": row["share"], "lowest": share(row["lowest"]),
            "highest": share(row["highest"]), "nobody": not row["reached"],
        }  # fmt: skip

    title = _("Sasaran bersama %(year)s") % {"year": year}
    return listed(
        request, side, data, year, (title, heads, ([row[key] for key in keys] for row in rows)), "nation/goals.html", rows, line,
        title=_("Sasaran bersama"), kinds=kinds_of(data, year), kind=kind, sort=order,
    )  # fmt: skip


def _goal(request: Any, side: Side, data: Kept) -> HttpResponse:
    """One shared sasaran: in which agencies of the kind, by which indicators, the farthest from its target first."""
    year, kind, wording = year_asked(request, data), request.GET.get("jenis", ""), request.GET.get("sasaran", "")
    rows = [
        row for row in data.stream("angka", GOAL_COLUMNS, year=year, agency_kind=kind)
        if row["x"] is not None and (row["sasaran_title"] or "").lower().strip() == wording
    ]  # fmt: skip
    if not rows:
        raise NotFound(_("Sasaran bersama ini tidak ada dalam data tahun %(year)s.") % {"year": year})
    rows.sort(key=lambda row: (row["x"], row["agency"], row["indicator"]))
    title = min(row["sasaran_title"] for row in rows)
    heads = [_("Kode"), _("Instansi"), _("Indikator"), _("Target"), _("Realisasi"), _("Capaian (%)"), _("Kelas")]
    keys = ("agency", "agency_name", "name", "target_text", "realised_text", "achievement_printed", "class_label")
    sheet = (f"{_('Sasaran')} {title[:60]} {year}", heads, ([row[key] for key in keys] for row in rows))

    def line(row: dict[str, Any]) -> dict[str, Any]:
        return {**_figure(side, row, year), "indicator": row["name"], "measure": row["unit_of_measure"]}

    return listed(
        request, side, data, year, sheet, "nation/goal.html", rows, line, title=title, kind=kind,
        missed=count(sum(not row["reached"] for row in rows)),
        years=year_choices(request, data, year, (
            row["year"] for row in data.rows("sasaran")
            if row["lowest"] is not None and (row["agency_kind"], row["wording"]) == (kind, wording)
        )),
        crumbs=[(_("Sasaran bersama"), side.url("goals", tahun=year, jenis=kind)), (title, "")],
    )  # fmt: skip


def _figure(side: Side, row: dict[str, Any], year: int) -> dict[str, Any]:
    """One figure of an agency in a list, with the way to it."""
    return {
        "agency": row["agency_name"], "url": side.url("indicator", row["agency"], year, row["indicator"]),
        "target": row["target_text"] or NONE, "realised": row["realised_text"] or NONE,
        "figure": share(row["achievement_printed"]), "reached": row["reached"],
    }  # fmt: skip


families, families_public = both(_families)
family, family_public = both(_family)
goals, goals_public = both(_goals)
goal, goal_public = both(_goal)
