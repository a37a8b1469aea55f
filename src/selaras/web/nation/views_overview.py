"""The nation at a glance: how the year went, by kind and over the years, and where to look first."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.analytics.kept import Kept
from selaras.analytics.page_tables import LAST_STEP, STEP
from selaras.rulebook.nation import load_nation
from selaras.web.core_words import said, word
from selaras.web.nation.files import Sheet, exported_of, exports_of, yes_no
from selaras.web.nation.frame import (
    Side,
    both,
    count,
    part,
    points,
    rupiah,
    share,
    show,
    year_asked,
    year_choices,
)
from selaras.web.nation.periods import every_period, period_heads

FEW = 6
NOTHING: dict[str, Any] = {
    "indicators": 0, "with_figure": 0, "reached": 0, "achievement": None, "achievement_printed": None, "reached_share": None
}  # fmt: skip
LEAST_AGENCIES = 3
FIGURE_KEYS = ("agency", "agency_name", "agency_kind", "indicator", "name", "unit_of_measure", "sasaran_title", "target_text",
               "realised_text", "status", "achievement_printed", "class_label")  # fmt: skip
TOP = 100


def _overview(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Tiles, distribution, small multiples by kind, and the places that deserve a look."""
    year = year_asked(request, data)
    whole = next((row for row in data.rows("tahun") if row["year"] == year), NOTHING)
    before = next((row for row in data.rows("tahun") if row["year"] == year - 1), None)
    money = [row for row in data.rows("anggaran-jenis") if row["year"] == year]
    ceiling: Decimal = sum((row["ceiling"] or Decimal(0) for row in money), Decimal(0))
    spent: Decimal = sum((row["spent"] or Decimal(0) for row in money), Decimal(0))
    agencies = [row for row in data.rows("profil") if row["year"] == year]
    published = sum(row["year"] == year for row in data.rows("edisi"))
    change = None
    if before and before["achievement"] is not None and whole["achievement"] is not None:
        change = whole["achievement_printed"] - before["achievement_printed"]
    sheets = overview_sheets(data, year) | _long_sheets(data, side, year)
    file = exported_of(request, side, sheets)
    if file is not None:
        return file
    steps, multiples = _steps(data, year), _multiples(data, side)
    drawn = [value for one in multiples for line in one["series"] for value in line["values"] if value is not None]
    low, high = min(drawn, default=None), max(drawn, default=None)
    return show(
        request,
        side,
        "nation/overview.html",
        {
            "of_year": year,
            "years": year_choices(request, data, year),
            "agencies": count(len(agencies)),
            "agencies_url": side.url("agencies", tahun=year),
            "indicators": count(whole["indicators"]),
            "mean": share(whole["achievement_printed"]),
            "change": _change(change),
            "reached": share(whole["reached_share"]),
            "reached_words": f"{count(whole['reached'])} / {count(whole['with_figure'])}",
            "absorption": share(spent / ceiling * 100 if ceiling else None),
            "ceiling": rupiah(ceiling) if ceiling else "",
            "published": f"{count(published)} / {count(len(agencies))}",
            "steps": steps,
            "step_rows": [(one["label"], one["figure"]) for one in steps],
            "classes": _classes(data, year),
            "multiples": multiples,
            "low": low,
            "high": high,
            "kinds": _kinds(data, side, year),
            "missed": _missed(data, side, year),
            "unproductive": _unproductive(data, side, year),
            "signs": _signs(data, side),
            "agencies_path": side.url("agencies"),
            "goals_url": side.url("goals", tahun=year),
            "gaps_url": side.url("agencies", tahun=year, urut="-selisih"),
            "signs_url": "" if side.public else side.url("signs"),
            "unknown": _unknown(data, year, whole, published),
            "sheets": exports_of(request, sheets),
            "title": _("Kinerja nasional"),
        },
    )


def _steps(data: Kept, year: int) -> list[dict[str, Any]]:
    """The distribution as bars, a step of ten points each; empty steps at the ends are left out."""
    found: Counter[int] = Counter()
    for row in data.rows("sebaran"):
        if row["year"] == year:
            found[row["step"]] += row["indicators"]
    if not found:
        return []
    most, total = max(found.values()), sum(found.values())
    return [
        {"label": f"≥ {at * STEP}%" if at == LAST_STEP else f"{at * STEP}–{(at + 1) * STEP}%", "value": found[at], "top": most,
         "share": Decimal(found[at]) / most * TOP,
         "figure": f"{count(found[at])} ({share(Decimal(found[at]) / total * 100)})", "tone": "" if at >= 10 else "warn"}
        for at in range(min(found), max(found) + 1)
    ]  # fmt: skip


def _classes(data: Kept, year: int) -> list[dict[str, Any]]:
    """Classes over all kinds, the most frequent first; scales with other words stay apart by their words."""
    found: Counter[str] = Counter()
    for row in data.rows("kelas"):
        if row["year"] == year:
            found[row["class_label"]] += row["indicators"]
    total = sum(found.values())
    return [
        {
            "label": label,
            "value": Decimal(amount) / total * 100,
            "figure": f"{count(amount)} ({share(Decimal(amount) / total * 100)})",
        }
        for label, amount in found.most_common()
    ]


def _multiples(data: Kept, side: Side) -> list[dict[str, Any]]:
    """One small chart of the same form for each kind of agency: mean achievement and absorption over the years."""
    years = sorted({row["year"] for row in data.rows("tahun")})
    money = {(row["year"], row["agency_kind"]): row["absorption_printed"] for row in data.rows("anggaran-jenis")}
    kinds: dict[str, dict[int, dict[str, Any]]] = {}
    for row in data.rows("jenis"):
        kinds.setdefault(row["agency_kind"], {})[row["year"]] = row
    made = []
    for kind, rows in sorted(kinds.items()):
        means = [rows[year]["achievement_printed"] if year in rows else None for year in years]
        absorbed = [money.get((year, kind)) for year in years]
        made.append({
            "title": _heading(kind), "labels": [str(year) for year in years], "url": side.url("agencies", jenis=kind),
            "series": [{"name": _("Capaian"), "values": means, "figures": [share(one) for one in means]},
                       {"name": _("Serapan"), "values": absorbed, "figures": [share(one) for one in absorbed]}],
            "rows": [(str(year), share(mean), share(spent)) for year, mean, spent in zip(years, means, absorbed, strict=True)],
        })  # fmt: skip
    return made


def _kinds(data: Kept, side: Side, year: int) -> list[dict[str, Any]]:
    money = {row["agency_kind"]: row for row in data.rows("anggaran-jenis") if row["year"] == year}
    agencies = Counter(row["agency_kind"] for row in data.rows("profil") if row["year"] == year)
    return [
        {"kind": row["agency_kind"], "url": side.url("agencies", jenis=row["agency_kind"], tahun=year),
         "agencies": count(agencies[row["agency_kind"]]), "indicators": count(row["indicators"]),
         "mean": share(row["achievement_printed"]), "reached": share(row["reached_share"]), "reached_value": row["reached_share"],
         "absorption": share(money[row["agency_kind"]]["absorption_printed"] if row["agency_kind"] in money else None)}
        for row in data.rows("jenis") if row["year"] == year
    ]  # fmt: skip


def _missed(data: Kept, side: Side, year: int) -> list[dict[str, Any]]:
    """Sasaran that no agency of a kind, or nearly none, reached as a whole."""
    rows = [row for row in data.rows("sasaran") if row["year"] == year and row["agencies"] >= LEAST_AGENCIES]
    rows.sort(key=lambda row: (part(row["reached"], row["agencies"]) or Decimal(0), -row["agencies"], row["wording"]))
    return [
        {"title": row["title"], "kind": row["agency_kind"], "words": _("tercapai di %(reached)s dari %(agencies)s instansi")
         % {"reached": count(row["reached"]), "agencies": count(row["agencies"])},
         "share": part(row["reached"], row["agencies"]), "none": not row["reached"],
         "url": side.url("goal", tahun=year, jenis=row["agency_kind"], sasaran=row["wording"])}
        for row in rows[:FEW]
    ]  # fmt: skip


def _unproductive(data: Kept, side: Side, year: int) -> list[dict[str, Any]]:
    """Agencies whose budget is nearly spent while the mean achievement stays behind it the most."""
    return [
        {"name": row["agency_name"], "kind": row["agency_kind"], "url": side.url("agency", row["agency"], year),
         "absorption": share(spent["absorption_printed"]), "mean": share(row["achievement_printed"]),
         "gap": points(gap)}
        for gap, row, spent in _gaps(data, year)[:FEW] if gap > 0
    ]  # fmt: skip


def _gaps(data: Kept, year: int) -> list[tuple[Decimal, dict[str, Any], dict[str, Any]]]:
    """Absorption less mean achievement in points, with the rows of both, of every agency that has both; largest first."""
    money = {
        row["agency"]: row for row in data.rows("anggaran") if row["year"] == year and row["absorption"] is not None
    }
    rows = [
        (money[row["agency"]]["absorption"] - row["achievement"], row, money[row["agency"]])
        for row in data.rows("instansi")
        if row["year"] == year and row["achievement"] is not None and row["agency"] in money
    ]
    return sorted(rows, key=lambda item: (-item[0], item[1]["agency"]))


def _unknown(data: Kept, year: int, whole: dict[str, Any], published: int) -> list[tuple[str, str]]:
    """What these figures cannot tell, each with its count; nothing is listed that is known everywhere."""
    agencies = [row for row in data.rows("profil") if row["year"] == year]
    money = {row["agency"] for row in data.rows("anggaran") if row["year"] == year and row["absorption"] is not None}
    shared = {row["agency_kind"] for row in data.rows("sasaran") if row["year"] == year and row["agencies"] > 1}
    found = [
        (_("indikator tanpa capaian: target atau realisasinya belum ada"), whole["indicators"] - whole["with_figure"]),
        (_("instansi tanpa data anggaran: uang dan hasilnya tidak dapat dibandingkan"),
         sum(row["agency"] not in money for row in agencies)),
        (_("instansi tanpa jumlah pegawai: dibandingkan menurut banyaknya unit"), sum(not row["staff"] for row in agencies)),
        (_("instansi yang belum menerbitkan laporan kinerja tahun ini"), len(agencies) - published),
        (_("instansi pada jenis yang tidak mempunyai sasaran sama bunyi"),
         sum(row["agency_kind"] not in shared for row in agencies)),
    ]  # fmt: skip
    return [(count(amount), words) for words, amount in found if amount > 0]


def overview_sheets(data: Kept, year: int) -> dict[str, Sheet]:
    """The tables behind the overview, to be given out."""
    money = {(row["year"], row["agency_kind"]): row for row in data.rows("anggaran-jenis")}
    kinds = [
        [row["year"], row["agency_kind"], row["indicators"], row["with_figure"], row["reached"], row["achievement_printed"],
         row["reached_share"], spent["ceiling"] if spent else None, spent["spent"] if spent else None,
         spent["absorption_printed"] if spent else None]
        for row in data.rows("jenis") for spent in [money.get((row["year"], row["agency_kind"]))]
    ]  # fmt: skip
    gaps = [
        [row["agency"], row["agency_name"], row["agency_kind"], spent["absorption_printed"], row["achievement_printed"], gap]
        for gap, row, spent in _gaps(data, year)
    ]  # fmt: skip
    steps = [
        [row["agency_kind"], row["step"] * STEP, None if row["step"] == LAST_STEP else (row["step"] + 1) * STEP, row["indicators"]]
        for row in data.rows("sebaran") if row["year"] == year
    ]  # fmt: skip
    classes = [
        [row["agency_kind"], row["scale"], row["class_label"], row["indicators"]]
        for row in data.rows("kelas") if row["year"] == year
    ]  # fmt: skip
    kind, indicators = _("Jenis instansi"), _("Indikator")
    return {
        "jenis": (_("Jenis instansi per tahun"),
                  [_("Tahun"), kind, indicators, _("Bernilai"), _("Tercapai"), _("Rata-rata capaian (%)"), _("Tercapai (%)"),
                   _("Pagu (Rp)"), _("Realisasi (Rp)"), _("Serapan (%)")], kinds),
        "selisih": (_("Serapan dan capaian setiap instansi %(year)s") % {"year": year},
                    [_("Kode"), _("Instansi"), kind, _("Serapan (%)"), _("Rata-rata capaian (%)"), _("Selisih (poin)")], gaps),
        "sebaran": (_("Sebaran capaian %(year)s") % {"year": year}, [kind, _("Dari (%)"), _("Sampai (%)"), indicators], steps),
        "kelas": (_("Kelas capaian %(year)s") % {"year": year}, [kind, _("Skala"), _("Kelas"), indicators], classes),
    }  # fmt: skip


def _long_sheets(data: Kept, side: Side, year: int) -> dict[str, Sheet]:
    """Every indicator of the year, and inside every period of it: made while they are sent. Everybody has the open data."""
    if side.public:
        return {}
    heads = [_("Kode instansi"), _("Instansi"), _("Jenis instansi"), _("Kode indikator"), _("Indikator"), _("Satuan"), _("Sasaran"),
             _("Target"), _("Realisasi"), _("Keadaan"), _("Capaian (%)"), _("Kelas"), _("Tercapai")]  # fmt: skip
    rows = (
        [*(row[key] for key in FIGURE_KEYS), yes_no(row["reached"])]
        for row in data.stream("angka", (*FIGURE_KEYS, "reached"), year=year)
    )
    return {
        "indikator": (_("Setiap indikator %(year)s") % {"year": year}, heads, rows),
        "periode": (_("Setiap indikator menurut periode %(year)s") % {"year": year}, period_heads(), every_period(data, year)),
    }  # fmt: skip


def _signs(data: Kept, side: Side) -> list[dict[str, Any]]:
    if side.public:
        return []
    rules = load_nation().signs
    return [
        {"name": said(rules[code].name), "rows": count(len(one.rows) + one.cut), "any": bool(one.cut),
         "tested": count(one.tested) if one.tested else "", "url": side.url("sign", code)}
        for code, one in data.signs.items() if code in rules
    ]  # fmt: skip


def _heading(kind: str) -> str:
    """A kind of agency at the beginning of a line; what is in capitals stays so."""
    return word(kind)[:1].upper() + word(kind)[1:]


def _change(change: Decimal | None) -> str:
    """How the mean moved since the year before, in words."""
    if change is None:
        return ""
    if not change:
        return _("sama dengan tahun lalu")
    told = {"n": share(abs(change)).removesuffix("%")}
    return _("naik %(n)s poin dari tahun lalu") % told if change > 0 else _("turun %(n)s poin dari tahun lalu") % told


overview, overview_public = both(_overview)
