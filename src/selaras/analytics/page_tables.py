"""What the pages of the nation show, as tables by name: roll-ups as they are, and a few that only pages need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from selaras.analytics import rollups
from selaras.analytics.opening import Nation
from selaras.analytics.signs import LARGEST, MILLIONTHS

STEP = 10
"""Width of a step of the distribution, in points."""
LAST_STEP = 15
"""Achievements of 150 and more stand in one last step."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table: how it is made, and the order of its rows; those that are asked for by part are ordered by that part."""

    title: str
    make: Callable[[Nation], ibis.Table]
    order: tuple[str, ...]


def profiles(nation: Nation) -> ibis.Table:
    """Who every agency is in every year."""
    agencies = nation.table("agencies")
    return agencies.select(
        "year", "agency", "name", "short_name", "parent_name", "city", "website", "licence", "units", "staff",
        agency_kind="kind",
    )  # fmt: skip


def editions(nation: Nation) -> ibis.Table:
    """The newest published annual report of every agency and year: its page on the installation that published it."""
    rows = nation.table("editions")
    rows = rows.filter((rows.kind == "lkjip") & (rows.span == "tahun"))
    newest = rows.version.max().over(ibis.window(group_by=["year", "agency"]))
    rows = rows.mutate(newest=newest)
    return rows.filter(rows.version == rows.newest).select("year", "agency", "page", "sha256", "published_on", "due_on")


def figures(nation: Nation) -> ibis.Table:
    """The year's figure of every indicator, with what comparing needs; `x` is the achievement in millionths."""
    rows = rollups.by_indicator(nation)
    usable = rows.achievement.abs() < LARGEST
    return rows.mutate(x=ibis.ifelse(usable, (rows.achievement * MILLIONTHS).cast("int64"), ibis.null("int64")))


def families(nation: Nation) -> ibis.Table:
    """Indicators that several agencies of a kind have in common: how many have a figure, quartiles, how many reached."""
    group = ["year", "agency_kind", "family", "unit_of_measure"]
    rows = figures(nation)
    known = rows.filter(rows.x.notnull())
    known = known.mutate(
        size=ibis._.count().over(ibis.window(group_by=group)),
        place=ibis.row_number().over(ibis.window(group_by=group, order_by=["x", "agency", "indicator"])) + 1,
    )
    made = known.group_by(group).aggregate(
        name=known.name.min(), with_figure=known.count(), agencies=known.agency.nunique(),
        reached=known.reached.fill_null(False).sum(), lowest=known.x.min(), highest=known.x.max(),
        first_quartile=_ranked(known, 1), median=_ranked(known, 2), third_quartile=_ranked(known, 3),
    )  # fmt: skip
    return made.filter(made.agencies >= 2)


def _ranked(rows: ibis.Table, quarter: int) -> Any:
    """The value at the nearest rank of a quarter: the first of which at least so large a part of all is not larger."""
    here = (rows.place * 4 >= rows["size"] * quarter) & ((rows.place - 1) * 4 < rows["size"] * quarter)
    return ibis.ifelse(here, rows.x, ibis.null("int64")).max()


def distribution(nation: Nation) -> ibis.Table:
    """How many measured indicators lie in each step of ten points, by year and kind of agency."""
    rows = figures(nation)
    rows = rows.filter(rows.measured & rows.x.notnull())
    step = ibis.ifelse(rows.x < 0, 0, rows.x // (STEP * MILLIONTHS))
    rows = rows.mutate(step=ibis.ifelse(step > LAST_STEP, LAST_STEP, step).cast("int64"))
    return rows.group_by(["year", "agency_kind", "step"]).aggregate(indicators=rows.count())


def shared_goals(nation: Nation) -> ibis.Table:
    """Sasaran of the same wording over the agencies of a kind: how many have it, how many reached all of it."""
    rows = rollups.by_sasaran(nation)
    kinds = nation.table("agencies").select("year", "agency", agency_kind="kind")
    rows = rows.join(kinds, ["year", "agency"])
    rows = rows.filter((rows.with_figure > 0) & rows.sasaran_title.notnull())
    rows = rows.mutate(wording=rows.sasaran_title.lower().strip())
    whole = (rows.missed == 0) & (rows.reached == rows.with_figure)
    return rows.group_by(["year", "agency_kind", "wording"]).aggregate(
        title=rows.sasaran_title.min(), agencies=rows.agency.nunique(), reached=whole.sum(), indicators=rows.with_figure.sum(),
        lowest=rows.achievement_printed.min(), highest=rows.achievement_printed.max(),
    )  # fmt: skip


PAGE_TABLES: Mapping[str, PageTable] = {
    "profil": PageTable("Instansi", profiles, ("year", "agency")),
    "edisi": PageTable("Laporan terbit", editions, ("year", "agency")),
    "tahun": PageTable("Capaian menurut tahun", rollups.by_year, ("year",)),
    "jenis": PageTable("Capaian menurut jenis instansi", rollups.by_kind, ("year", "agency_kind")),
    "instansi": PageTable("Capaian setiap instansi", rollups.by_agency, ("year", "agency")),
    "kelas": PageTable("Sebaran kelas capaian", rollups.by_class, ("year", "agency_kind", "scale", "class_label")),
    "sebaran": PageTable("Sebaran capaian", distribution, ("year", "agency_kind", "step")),
    "anggaran": PageTable("Penyerapan anggaran setiap instansi", rollups.budget, ("year", "agency")),
    "anggaran-jenis": PageTable("Penyerapan menurut jenis instansi", rollups.budget_by_kind, ("year", "agency_kind")),
    "kelengkapan": PageTable("Kelengkapan data", rollups.completeness, ("year", "agency", "span")),
    "sasaran": PageTable("Sasaran yang sama bunyinya", shared_goals, ("year", "agency_kind", "wording")),
    "indikator-bersama": PageTable("Indikator bersama", families, ("year", "agency_kind", "family", "unit_of_measure")),
    "angka": PageTable("Capaian setiap indikator", figures, ("year", "agency_kind", "family", "agency", "indicator")),
}
"""Every table by its name; `angka` is large and is only read by part."""
