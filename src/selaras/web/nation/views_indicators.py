"""One figure with its formula and evidence; indicators and sasaran that agencies of a kind have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept, partition_rows
from selaras.analytics.signs import MILLIONTHS
from selaras.core.access import Act, may_somewhere
from selaras.core.computed import Computed
from selaras.core.errors import NotFound
from selaras.core.measurement.achievement import achieve
from selaras.core.period import Period, Span
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import Value, ValueKind
from selaras.store.models import Agency
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
    share,
    share_of,
    show,
    sorted_by,
    year_asked,
    year_choices,
)
from selaras.web.nation.views_agencies import partition

FAMILY_KEYS = ("name", "agencies", "median", "lowest", "highest", "share")
GOAL_KEYS = ("title", "agencies", "reached", "share", "lowest", "highest")
TOP = 150


def _indicator(request: Any, side: Side, data: Kept, agency: str, year: int, indicator: str) -> HttpResponse:
    """The figure: how it comes about, its periods, where it lies among like agencies, and where its evidence is."""
    found = partition_rows(
        nation_folder(), partition(data, agency, year), ("agencies", "classes", "units", "indicators", "measurements")
    )
    about = next((row for row in found["indicators"] if row["indicator"] == indicator), None)
    rows = [row for row in found["measurements"] if row["indicator"] == indicator]
    figure = next((row for row in rows if row["span"] == "tahun"), None)
    if about is None or figure is None:
        raise NotFound(_("Indikator ini tidak ada dalam data nasional."))
    home = found["agencies"][0]
    computed = _computed(figure)
    periods = sorted((row for row in rows if row["span"] != "tahun"), key=lambda row: (row["month"], row["index"]))
    edition = next((row for row in data.rows("edisi") if row["agency"] == agency and row["year"] == year), None)
    unit = next((row for row in found["units"] if row["unit"] == figure["unit"]), None)
    return show(
        request,
        side,
        "nation/indicator.html",
        {
            "title": about["name"],
            "about": about,
            "figure": figure,
            "home": home,
            "of_year": year,
            "agency_code": agency,
            "crumbs": [
                (_("Nasional"), side.url("overview", tahun=year)),
                (home["kind"], side.url("agencies", jenis=home["kind"], tahun=year)),
                (home["name"], side.url("agency", agency, year)),
                *([(unit["name"], side.url("agency", agency, year, unit=unit["unit"]))] if unit else []),
                (about["name"], ""),
            ],
            "shown": share(figure["achievement"]) if figure["achievement"] is not None else "",
            "computed": computed,
            "tone": next((row["tone"] for row in found["classes"] if row["label"] == figure["class_label"]), ""),
            "agrees": computed is None or _agrees(computed, figure),
            "periods": [_period(row, year) for row in periods],
            "course": _course(periods, about),
            "place": _place(data, side, home["kind"], about, figure, year),
            "edition": edition,
            "links": _links(request, side, agency, year, indicator, edition, home),
            "sha256": partition(data, agency, year).content,
        },
    )


def _value(row: dict[str, Any], name: str) -> Value | None:
    """A target or realisation as `core` knows it; grades come as ranks and have no formula here."""
    if row[name] is None or row[f"{name}_kind"] is None:
        return None
    kind = ValueKind(row[f"{name}_kind"])
    if kind is ValueKind.YES_NO:
        return Value(kind, flag=bool(row[name]))
    if kind is ValueKind.GRADE:
        return None
    return Value(kind, row[name].normalize(), row[f"{name}_upper"])


def _computed(row: dict[str, Any]) -> Computed | None:
    target, realised = _value(row, "target"), _value(row, "realised")
    if target is None or realised is None:
        return None
    method = LowerMethod(row["lower_method"]) if row["lower_method"] else None
    return achieve(target, realised, polarity=Polarity(row["polarity"]), lower_method=method, cap=row["cap"])


def _agrees(computed: Computed, row: dict[str, Any]) -> bool:
    """Whether the published achievement is what target and realisation give, to the printed decimals."""
    if computed.value is None or row["achievement"] is None:
        return computed.value is None and row["achievement"] is None
    return bool(abs(computed.value - row["achievement"]) < Decimal("0.000002"))


def _period(row: dict[str, Any], year: int) -> dict[str, Any]:
    return {
        "name": Period(year, Span(row["span"]), row["index"]).name, "target": row["target_text"] or "–",
        "realised": row["realised_text"] or "–", "figure": share(row["achievement"]), "evidence": count(row["evidence"]),
    }  # fmt: skip


def _course(periods: list[dict[str, Any]], about: dict[str, Any]) -> dict[str, Any]:
    rows = [row for row in periods if row["span"] == "bulan"] or [row for row in periods if row["span"] == "triwulan"]
    if sum(row["realised"] is not None for row in rows) < 2 or about["value_kind"] not in {"angka", "persen"}:
        return {}
    return {
        "labels": [str(row["index"]) for row in rows],
        "series": [{"name": _("Realisasi"), "values": [row["realised"] for row in rows], "figures": []}],
        "words": "; ".join(f"{row['index']}: {row['realised_text'] or '–'}" for row in rows),
    }


def _place(
    data: Kept, side: Side, kind: str, about: dict[str, Any], figure: dict[str, Any], year: int
) -> dict[str, Any]:
    """Where the figure lies among the same indicator of like agencies."""
    found = next(
        (row for row in data.rows("indikator-bersama") if row["year"] == year and row["agency_kind"] == kind
         and row["family"] == about["family"] and row["unit_of_measure"] == about["unit_of_measure"]), None,
    )  # fmt: skip
    if found is None or figure["achievement"] is None:
        return {}
    marks = [(_("Terendah"), "lowest"), (_("Kuartil pertama"), "first_quartile"), (_("Median"), "median"),
             (_("Kuartil ketiga"), "third_quartile"), (_("Tertinggi"), "highest")]  # fmt: skip
    rows = [(title, Decimal(found[key]) / MILLIONTHS) for title, key in marks]
    rows.append((_("Instansi ini"), figure["achievement"]))
    return {
        "agencies": count(found["agencies"]), "rows": [(title, share(value)) for title, value in rows],
        "bars": [{"label": title, "value": min(max(value, Decimal(0)), Decimal(TOP)), "figure": share(value),
                  "tone": "" if title != rows[-1][0] else "good"} for title, value in rows],
        "url": side.url("family", tahun=year, jenis=kind, indikator=about["family"], satuan=about["unit_of_measure"]),
    }  # fmt: skip


def _links(
    request: Any,
    side: Side,
    agency: str,
    year: int,
    indicator: str,
    edition: dict[str, Any] | None,
    home: dict[str, Any],
) -> list[dict[str, str]]:
    """Where the figure and its evidence stand: here, in the published edition, or on the installation that published it."""
    links = []
    if (
        not side.public
        and may_somewhere(request.actor, Act.SEE, agency)
        and Agency.objects.filter(code=agency).exists()
    ):
        try:
            links.append(
                {
                    "title": _("Isian dan bukti indikator ini"),
                    "url": reverse("measurement:indicator", args=(agency, year, indicator)),
                }
            )
        except NoReverseMatch:
            links.append(
                {"title": _("Pengukuran instansi ini"), "url": reverse("measurement:grid", args=(agency, year))}
            )
    page = str(edition["page"]) if edition and edition["page"] else ""
    if page.startswith(("https://", "http://", "/")):
        links.append({"title": _("Laporan terbit yang memuatnya"), "url": page})
    if not links and str(home["website"] or "").startswith(("https://", "http://")):
        links.append({"title": _("Situs instansi"), "url": home["website"]})
    return links


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


indicator, indicator_public = both(_indicator)
families, families_public = both(_families)
family, family_public = both(_family)
goals, goals_public = both(_goals)
