"""Indicators and sasaran that agencies of a kind have in common, and each of them over these agencies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.signs import MILLIONTHS
from selaras.core.errors import NotFound
from selaras.web.nation.frame import (
    Side,
    both,
    count,
    exported,
    exports,
    kinds_of,
    paged,
    part,
    share,
    share_of,
    show,
    sorted_by,
    year_asked,
    year_choices,
)

FAMILY_KEYS = ("name", "agencies", "median", "lowest", "highest", "share")
GOAL_KEYS = ("title", "agencies", "reached", "share", "lowest", "highest")
TOP = 150


def _families(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Indicators that at least two agencies of a kind have: median, quartiles, how many reached their target."""
    year = year_asked(request, data)
    kind, words = request.GET.get("jenis", ""), request.GET.get("cari", "").strip().casefold()[:100]
    rows = [
        dict(row, share=part(row["reached"], row["with_figure"])) for row in data.rows("indikator-bersama")
        if row["year"] == year and (not kind or row["agency_kind"] == kind) and all(word in row["family"] for word in words.split())
    ]  # fmt: skip
    order = sorted_by(request, rows, FAMILY_KEYS, "-agencies")
    heads = [
        _("Indikator"),
        _("Satuan"),
        _("Jenis instansi"),
        _("Instansi"),
        _("Terendah (%)"),
        _("Kuartil pertama (%)"),
        _("Median (%)"),
        _("Kuartil ketiga (%)"),
        _("Tertinggi (%)"),
        _("Tercapai (%)"),
    ]
    spread = ("lowest", "first_quartile", "median", "third_quartile", "highest")
    file = exported(
        request,
        side,
        f"indikator bersama {year}",
        heads,
        (
            [
                row["name"],
                row["unit_of_measure"],
                row["agency_kind"],
                row["agencies"],
                *(Decimal(row[key]) / MILLIONTHS for key in spread),
                row["share"],
            ]
            for row in rows
        ),
    )
    if file is not None:
        return file
    page = paged(request, rows)
    return show(
        request,
        side,
        "nation/families.html",
        {
            "title": _("Indikator bersama"),
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
                    "name": row["name"],
                    "measure": row["unit_of_measure"],
                    "kind": row["agency_kind"],
                    "agencies": count(row["agencies"]),
                    "median": share_of(row["median"]),
                    "lowest": share_of(row["lowest"]),
                    "highest": share_of(row["highest"]),
                    "reached": share(row["share"]),
                    "reached_value": row["share"],
                    "url": side.url(
                        "family",
                        tahun=year,
                        jenis=row["agency_kind"],
                        indikator=row["family"],
                        satuan=row["unit_of_measure"],
                    ),
                }
                for row in page
            ],
        },
    )


def _family(request: Any, side: Side, data: Kept) -> HttpResponse:
    """One shared indicator over the agencies of a kind, best first."""
    year = year_asked(request, data)
    asked = {
        key: request.GET.get(word, "")
        for key, word in (("agency_kind", "jenis"), ("family", "indikator"), ("unit_of_measure", "satuan"))
    }
    rows = [row for row in data.part("angka", year=year, **asked) if row["x"] is not None]
    if not rows:
        raise NotFound(_("Indikator bersama ini tidak ada dalam data tahun %(year)s.") % {"year": year})
    rows.sort(key=lambda row: (-row["x"], row["agency"], row["indicator"]))
    heads = [_("Kode"), _("Instansi"), _("Target"), _("Realisasi"), _("Capaian (%)"), _("Kelas")]
    file = exported(
        request,
        side,
        f"{rows[0]['name']} {year}",
        heads,
        (
            [
                row["agency"],
                row["agency_name"],
                row["target_text"],
                row["realised_text"],
                row["achievement_printed"],
                row["class_label"],
            ]
            for row in rows
        ),
    )
    if file is not None:
        return file
    page = paged(request, rows)
    return show(
        request,
        side,
        "nation/family.html",
        {
            "title": rows[0]["name"],
            "of_year": year,
            "years": year_choices(request, data, year),
            "kind": asked["agency_kind"],
            "measure": asked["unit_of_measure"],
            "page": page,
            "total": count(len(rows)),
            "files": exports(request),
            "crumbs": [
                (_("Indikator bersama"), side.url("families", tahun=year, jenis=asked["agency_kind"])),
                (rows[0]["name"], ""),
            ],
            "lines": [
                {
                    "agency": row["agency_name"],
                    "url": side.url("indicator", row["agency"], year, row["indicator"]),
                    "target": row["target_text"] or "–",
                    "realised": row["realised_text"] or "–",
                    "figure": share(row["achievement_printed"]),
                    "value": min(max(row["achievement_printed"], Decimal(0)), Decimal(TOP)) / TOP * 100,
                    "label": row["class_label"] or "",
                    "reached": row["reached"],
                }
                for row in page
            ],
        },
    )


def _goals(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Sasaran of the same wording: those that nobody reached first."""
    year, kind = year_asked(request, data), request.GET.get("jenis", "")
    rows = [
        dict(row, share=part(row["reached"], row["agencies"])) for row in data.rows("sasaran")
        if row["year"] == year and row["agencies"] >= 2 and (not kind or row["agency_kind"] == kind)
    ]  # fmt: skip
    order = sorted_by(request, rows, GOAL_KEYS, "share")
    heads = [
        _("Sasaran"),
        _("Jenis instansi"),
        _("Instansi"),
        _("Tercapai seluruhnya"),
        _("Bagian (%)"),
        _("Terendah (%)"),
        _("Tertinggi (%)"),
    ]
    file = exported(
        request,
        side,
        f"sasaran bersama {year}",
        heads,
        (
            [
                row["title"],
                row["agency_kind"],
                row["agencies"],
                row["reached"],
                row["share"],
                row["lowest"],
                row["highest"],
            ]
            for row in rows
        ),
    )
    if file is not None:
        return file
    page = paged(request, rows)
    return show(
        request,
        side,
        "nation/goals.html",
        {
            "title": _("Sasaran bersama"),
            "of_year": year,
            "years": year_choices(request, data, year),
            "kinds": kinds_of(data, year),
            "kind": kind,
            "page": page,
            "sort": order,
            "total": count(len(rows)),
            "files": exports(request),
            "lines": [
                {
                    "title": row["title"],
                    "url": side.url("goal", tahun=year, jenis=row["agency_kind"], sasaran=row["wording"]),
                    "kind": row["agency_kind"],
                    "agencies": count(row["agencies"]),
                    "reached": count(row["reached"]),
                    "share": share(row["share"]),
                    "share_value": row["share"],
                    "lowest": share(row["lowest"]),
                    "highest": share(row["highest"]),
                    "nobody": not row["reached"],
                }
                for row in page
            ],
        },
    )


def _goal(request: Any, side: Side, data: Kept) -> HttpResponse:
    """One shared sasaran: in which agencies of the kind, by which indicators, the farthest from its target first."""
    year, kind, wording = year_asked(request, data), request.GET.get("jenis", ""), request.GET.get("sasaran", "")
    rows = [
        row for row in data.part("angka", year=year, agency_kind=kind)
        if row["x"] is not None and (row["sasaran_title"] or "").lower().strip() == wording
    ]  # fmt: skip
    if not rows:
        raise NotFound(_("Sasaran bersama ini tidak ada dalam data tahun %(year)s.") % {"year": year})
    rows.sort(key=lambda row: (row["x"], row["agency"], row["indicator"]))
    title = min(row["sasaran_title"] for row in rows)
    heads = [_("Kode"), _("Instansi"), _("Indikator"), _("Target"), _("Realisasi"), _("Capaian (%)"), _("Kelas")]
    file = exported(
        request, side, f"sasaran {title[:60]} {year}", heads,
        ([row["agency"], row["agency_name"], row["name"], row["target_text"], row["realised_text"],
          row["achievement_printed"], row["class_label"]] for row in rows),
    )  # fmt: skip
    if file is not None:
        return file
    page = paged(request, rows)
    return show(request, side, "nation/goal.html", {
        "title": title, "of_year": year, "years": year_choices(request, data, year), "kind": kind, "page": page,
        "total": count(len(rows)), "missed": count(sum(not row["reached"] for row in rows)), "files": exports(request),
        "crumbs": [(_("Sasaran bersama"), side.url("goals", tahun=year, jenis=kind)), (title, "")],
        "lines": [
            {"agency": row["agency_name"], "indicator": row["name"], "measure": row["unit_of_measure"],
             "url": side.url("indicator", row["agency"], year, row["indicator"]), "target": row["target_text"] or "–",
             "realised": row["realised_text"] or "–", "figure": share(row["achievement_printed"]), "reached": row["reached"]}
            for row in page
        ],
    })  # fmt: skip


families, families_public = both(_families)
family, family_public = both(_family)
goals, goals_public = both(_goals)
goal, goal_public = both(_goal)
