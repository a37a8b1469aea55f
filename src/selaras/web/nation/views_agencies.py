"""The comparison of agencies: every agency of a year in one table, with its course over the years."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.core.errors import NotFound
from selaras.web.nation.files import listed
from selaras.web.nation.frame import (
    Side,
    both,
    count,
    kinds_of,
    part,
    points,
    share,
    sorted_by,
    year_asked,
)

KEYS = ("nama", "jenis", "indikator", "capaian", "tercapai", "serapan", "selisih", "terisi")
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
    cells = (
        [row["agency"], row["nama"], row["jenis"], row["indikator"], *(row[key] for key in KEYS[3:])] for row in rows
    )
    years = sorted({one["year"] for one in data.rows("tahun")})
    course = _course(data)

    def line(row: dict[str, Any]) -> dict[str, Any]:
        means = [course.get((row["agency"], one)) for one in years]
        return {
            **row, "url": side.url("agency", row["agency"], year), "spark": means,
            "spark_words": "; ".join(f"{one}: {share(mean)}" for one, mean in zip(years, means, strict=True)),
            "mean": share(row["capaian"]), "reached": share(row["tercapai"]), "absorbed": share(row["serapan"]),
            "filled": share(row["terisi"]), "gap": points(row["selisih"]), "amount": count(row["indikator"]),
        }  # fmt: skip

    return listed(
        request, side, data, year, (_("Instansi %(year)s") % {"year": year}, heads, cells), "nation/agencies.html", rows, line,
        title=_("Perbandingan instansi"), kinds=kinds_of(data, year), kind=kind, words=words, sort=order,
    )  # fmt: skip


def _course(data: Kept) -> dict[tuple[str, int], Decimal | None]:
    return {(row["agency"], row["year"]): row["achievement_printed"] for row in data.rows("instansi")}


def partition(data: Kept, agency: str, year: int) -> Any:
    """The partition of an agency and year. Raises NotFound."""
    found = next((one for one in data.partitions if one.agency == agency and one.year == year), None)
    if found is None:
        raise NotFound(_("Data nasional %(agency)s tahun %(year)s tidak ada.") % {"agency": agency, "year": year})
    return found


agencies, agencies_public = both(_agencies)
