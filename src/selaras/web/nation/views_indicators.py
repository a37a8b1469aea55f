"""One figure with its formula, its periods, its place among like agencies, and its evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.partitions import partition_rows
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
from selaras.web.core_words import word
from selaras.web.nation.files import Sheet, exported_of, exports_of
from selaras.web.nation.frame import Side, both, count, report_page, share, show
from selaras.web.nation.periods import in_order, period_heads, period_rows
from selaras.web.nation.views_agencies import partition

TOP = 150


def _indicator(request: Any, side: Side, data: Kept, agency: str, year: int, indicator: str) -> HttpResponse:
    """The figure: how it comes about, its periods, where it lies among like agencies, and where its evidence is."""
    found = partition_rows(
        nation_folder(), partition(data, agency, year), ("agencies", "classes", "units", "indicators", "measurements"),
        only=("measurements", "indicator", indicator),
    )  # fmt: skip
    about = next((row for row in found["indicators"] if row["indicator"] == indicator), None)
    rows = in_order(found["measurements"])
    figure = next((row for row in rows if row["span"] == "tahun"), None)
    if about is None or figure is None:
        raise NotFound(_("Indikator ini tidak ada dalam data nasional."))
    home = found["agencies"][0]
    place = _place(data, side, home["kind"], about, figure, year)
    told = {"agency": agency, "year": year, "name": about["name"]}
    sheets: dict[str, Sheet] = {
        "periode": (
            _("Isian menurut periode %(agency)s %(year)s: %(name)s") % told,
            period_heads(),
            period_rows(agency, year, found, rows),
        ),
    }
    if place:
        sheets["letak"] = (
            _("Letak di antara instansi sejenis %(agency)s %(year)s: %(name)s") % told,
            [_("Letak"), _("Capaian (%)")],
            place["exact"],
        )
    file = exported_of(request, side, sheets, bare="periode")
    if file is not None:
        return file
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
                (word(home["kind"]), side.url("agencies", jenis=home["kind"], tahun=year)),
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
            "place": place,
            "sheets": exports_of(request, sheets),
            "edition": edition,
            "links": _links(request, side, agency, year, indicator, report_page(edition), home),
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
        "agencies": count(found["agencies"]), "exact": rows, "rows": [(title, share(value)) for title, value in rows],
        "bars": [{"label": title, "value": min(max(value, Decimal(0)), Decimal(TOP)), "figure": share(value),
                  "tone": "" if title != rows[-1][0] else "own"} for title, value in rows],
        "url": side.url("family", tahun=year, jenis=kind, indikator=about["family"], satuan=about["unit_of_measure"]),
    }  # fmt: skip


def _links(
    request: Any,
    side: Side,
    agency: str,
    year: int,
    indicator: str,
    page: str,
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
    if page:
        links.append({"title": _("Laporan terbit yang memuatnya"), "url": page})
    if not links and str(home["website"] or "").startswith(("https://", "http://")):
        links.append({"title": _("Situs instansi"), "url": home["website"]})
    return links


indicator, indicator_public = both(_indicator)
