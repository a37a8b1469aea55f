"""Roll-ups of the nation: each one expression, the same on DuckDB and on Spark.

Achievements are those that `core.measurement` computed when the partition was written; `anew` computes every one
again from its target and realisation, in decimals and by the same rules, and `disagreements` tells which differ. Shares are
cut off after six decimals (`exact`); a mean is the plain mean of the cut shares, and `…_printed` is rounded half up to two
decimals, as reports print. Nothing is ever zero for want of a value: what has none is not in a mean, and is counted.

Rows are added up by agency before they are joined to anything: sums of sums are exact, and a nation has few agencies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis

from selaras.analytics.anew import achieved, achievements
from selaras.analytics.exact import mean, money, number, percent, printed, with_percent, with_printed
from selaras.analytics.joining import PLACE, left
from selaras.analytics.opening import Nation
from selaras.analytics.schema import DECIMAL
from selaras.core.measurement.records import Progress
from selaras.core.period import Span
from selaras.core.planning import LowerMethod

YEAR = Span.YEAR.value
WITHOUT = "tanpa nilai"
"""The class of what has no achievement."""


def disagreements(nation: Nation) -> ibis.Table:
    """The measurements whose published achievement is not what their target and realisation give: files were altered."""
    found = achievements(nation)
    return found.filter(~found.agrees).select(
        *PLACE, "indicator", "span", "index", "target_text", "realised_text", "raw", "raw_again", "achievement",
        "achievement_again", "class_label", "class_again", "reached", "reached_again",
    )  # fmt: skip


def by_indicator(nation: Nation) -> ibis.Table:
    """The year's achievement of every indicator with its name, and the agency's kind."""
    found = _of_year(nation)
    found = with_printed(found, "printed", found.achievement)
    about = nation.table("indicators").select(*PLACE, "indicator", "name", "family", "unit_of_measure", "sasaran_title")
    found = left(found, about, [*PLACE, "indicator"])
    found = left(found, _agencies(nation), PLACE)
    return found.select(
        *PLACE, "agency_name", "agency_kind", "unit", "indicator", "name", "family", "unit_of_measure", "sasaran_title",
        "measured", "iku", "polarity", "target_text", "realised_text", "status",
        "achievement", "class_label", "reached", achievement_printed=found.printed,
    )  # fmt: skip


def by_agency(nation: Nation) -> ibis.Table:
    """Each agency's year: mean achievement of its measured indicators, and how many met, missed or have no figure."""
    return left(_summary(_totals(_measured(nation), PLACE)), _agencies(nation), PLACE)


def by_kind(nation: Nation) -> ibis.Table:
    """Each kind of agency by year, over all indicators of all its agencies."""
    found = left(_totals(_measured(nation), PLACE), _agencies(nation), PLACE)
    return _summary(_added(found, ["year", "agency_kind"]))


def by_year(nation: Nation) -> ibis.Table:
    """Each year, over all indicators of all agencies."""
    return _summary(_totals(_measured(nation), ["year"]))


def by_unit(nation: Nation) -> ibis.Table:
    """Each unit with all below it, at every depth of the tree (1 = top)."""
    lines = nation.table("lineage")
    found = _totals(_measured(nation), [*PLACE, "unit"])
    lines = lines.select(*PLACE, "unit", "ancestor", "depth")
    joined = found.inner_join(lines, [*PLACE, "unit"])
    rolled = _summary(_added(joined, [*PLACE, "ancestor", "depth"]))
    names = nation.table("units").select(*PLACE, "path", ancestor="unit", unit_name="name")
    return left(rolled, names, [*PLACE, "ancestor"])


def by_class(nation: Nation) -> ibis.Table:
    """How many measured indicators are in each class, by year, kind of agency and scale; without a figure is a class too."""
    found = _measured(nation)
    found = found.group_by([*PLACE, "class_label"]).agg(indicators=found.count())
    found = left(found.mutate(class_label=found.class_label.fill_null(WITHOUT)), _agencies(nation), PLACE)
    grouped = found.group_by(["year", "agency_kind", "scale", "class_label"]).agg(
        indicators=found.indicators.sum().cast("int64")
    )
    total = grouped.group_by(["year", "agency_kind", "scale"]).agg(total=grouped.indicators.sum())
    grouped = left(grouped, total, ["year", "agency_kind", "scale"])
    return grouped.mutate(share=percent(grouped.indicators.cast(DECIMAL), grouped.total.cast(DECIMAL)))


def by_sasaran(nation: Nation) -> ibis.Table:
    """Each sasaran of each agency's year, with its wording."""
    about = nation.table("indicators").select(*PLACE, "indicator", "sasaran", "sasaran_title")
    found = left(_measured(nation), about, [*PLACE, "indicator"])
    found = found.filter(found.sasaran.notnull())
    return _summary(_totals(found, [*PLACE, "sasaran", "sasaran_title"]))


def budget(nation: Nation) -> ibis.Table:
    """Ceiling, realisation and absorption of each agency's year: sum ÷ sum, never a mean of percentages."""
    found = left(_absorbed(nation.table("budgets"), PLACE), _agencies(nation), PLACE)
    return found.select(*PLACE, "agency_name", "agency_kind", "ceiling", "spent", "absorption", "absorption_printed")


def budget_by_kind(nation: Nation) -> ibis.Table:
    """The same by year and kind of agency."""
    lines = left(nation.table("budgets"), _agencies(nation), PLACE)
    return _absorbed(lines, ("year", "agency_kind"))


def budget_by_programme(nation: Nation) -> ibis.Table:
    """Ceiling, realisation and absorption of each programme."""
    lines = nation.table("budgets")
    return _absorbed(lines.filter(lines.programme.notnull()), (*PLACE, "programme"))


def budget_by_month(nation: Nation) -> ibis.Table:
    """What was spent in each month of a year in the nation, and the ceiling of that year."""
    lines = nation.table("budgets")
    lines = lines.filter(lines["counts"])
    ceilings = lines.group_by("year").agg(ceiling=money(lines.ceiling.sum()))
    spent = lines.filter(lines.month > 0)
    found = left(spent.group_by(["year", "month"]).agg(spent=money(spent.spent.sum())), ceilings, ["year"])
    return found.mutate(absorption=percent(found.spent, found.ceiling))


def efficiency(nation: Nation) -> ibis.Table:
    """Each agency's mean achievement beside its absorption: the ratio in percent, the difference in percentage points,

    and what is left of the budget where the mean reaches 100 (the three methods of `core.measurement.efficiency`).
    """
    found = left(_mean_by(nation), _absorbed(nation.table("budgets"), PLACE), PLACE)
    found = left(found, _agencies(nation), PLACE)
    made = found.mutate(**_efficient(found.achievement, found.absorption, found.achievement >= number(100)))
    return made.select(
        *PLACE, "agency_name", "agency_kind", "efficiency_method", "achievement", "ceiling", "spent", "absorption",
        "ratio", "difference", "remainder",
    )  # fmt: skip


def efficiency_by_indicator(nation: Nation) -> ibis.Table:
    """The same for every measured indicator against the programmes that serve it."""
    found = _measured(nation)
    found = with_percent(found, "absorption", money(found.spent), money(found.ceiling))
    made = found.mutate(**_efficient(found.achievement, found.absorption, found.reached))
    return made.select(
        *PLACE, "unit", "indicator", "ceiling", "spent", "absorption", "ratio", "difference", "remainder",
        "achievement",
    )  # fmt: skip


def progress(nation: Nation) -> ibis.Table:
    """Each measured indicator's year against the target of the plan's last year (`core.measurement.progress`)."""
    about = nation.table("indicators").select(*PLACE, "indicator", "final_kind", "final", "final_upper", "final_text")
    found = left(_of_year(nation), about, [*PLACE, "indicator"])
    found = found.filter(found.measured)
    found = found.mutate(
        target_kind=found.final_kind, target=found.final, target_upper=found.final_upper,
        lower_method=ibis.literal(LowerMethod.INVERSE.value), cap=ibis.null(DECIMAL),
    )  # fmt: skip
    made = achieved(found)
    made = with_printed(made, "progress_printed", made.raw_again)
    return made.select(
        *PLACE, "unit", "indicator", "realised_text", "final_text", "progress_printed", progress=made.raw_again
    )  # fmt: skip


def completeness(nation: Nation) -> ibis.Table:
    """How complete and how timely each agency's measurements are: of all periods that have a target or a value.

    `filled` have a value, `settled` are verified or locked, `with_evidence` have evidence, `on_time` were first recorded
    by their due day, `late` after it; `undated` are those of which no day is known (`store.publishing.recorded_days`).
    """
    found = nation.table("measurements")
    found = found.filter(found.measured)
    filled = found.realised_kind.notnull()
    done = found.state.isin([Progress.VERIFIED.value, Progress.LOCKED.value]).fill_null(False)
    dated = filled & found.recorded_on.notnull() & found.due_on.notnull()
    made = found.group_by([*PLACE, "span"]).agg(
        expected=found.count(), filled=_times(filled), settled=_times(filled & done),
        with_evidence=_times(filled & (found.evidence > 0)), with_target=_times(found.target_kind.notnull()),
        on_time=_times(dated & (found.recorded_on <= found.due_on)), late=_times(dated & (found.recorded_on > found.due_on)),
        undated=_times(filled & (found.recorded_on.isnull() | found.due_on.isnull())),
    )  # fmt: skip
    made = made.mutate(
        filled_share=_share(made.filled, made.expected), settled_share=_share(made.settled, made.expected),
        evidence_share=_share(made.with_evidence, made.filled), on_time_share=_share(made.on_time, made.on_time + made.late),
    )  # fmt: skip
    return left(made, _agencies(nation), PLACE)


def predicates(nation: Nation) -> ibis.Table:
    """How many employees hold each predicate, by year, kind of agency and predicate: only agencies as a whole."""
    found = nation.table("staff_predicates")
    found = found.filter(found.unit.isnull() | (found.unit == ""))
    found = left(found, _agencies(nation), PLACE)
    made = found.group_by(["year", "agency_kind", "predicate"]).agg(people=found.people.sum())
    total = made.group_by(["year", "agency_kind"]).agg(total=made.people.sum())
    made = left(made, total, ["year", "agency_kind"])
    return made.mutate(share=_share(made.people, made.total))


@dataclass(frozen=True, slots=True)
class Rollup:
    """A roll-up by its name: what it tells, in Indonesian, and by which columns its rows are ordered."""

    title: str
    make: Callable[[Nation], ibis.Table]
    order: tuple[str, ...]


ROLLUPS: dict[str, Rollup] = {
    "indikator": Rollup("Capaian setiap indikator", by_indicator, (*PLACE, "indicator")),
    "instansi": Rollup("Capaian setiap instansi", by_agency, PLACE),
    "jenis": Rollup("Capaian menurut jenis instansi", by_kind, ("year", "agency_kind")),
    "tahun": Rollup("Capaian menurut tahun", by_year, ("year",)),
    "unit": Rollup("Capaian menurut unit kerja pada setiap tingkat", by_unit, (*PLACE, "path")),
    "kelas": Rollup("Sebaran kelas capaian", by_class, ("year", "agency_kind", "scale", "class_label")),
    "sasaran": Rollup("Capaian setiap sasaran", by_sasaran, (*PLACE, "sasaran")),
    "anggaran": Rollup("Penyerapan anggaran setiap instansi", budget, PLACE),
    "anggaran-jenis": Rollup("Penyerapan anggaran menurut jenis instansi", budget_by_kind, ("year", "agency_kind")),
    "anggaran-program": Rollup("Penyerapan anggaran setiap program", budget_by_programme, (*PLACE, "programme")),
    "anggaran-bulan": Rollup("Realisasi anggaran setiap bulan", budget_by_month, ("year", "month")),
    "efisiensi": Rollup("Efisiensi setiap instansi", efficiency, PLACE),
    "efisiensi-indikator": Rollup("Efisiensi setiap indikator", efficiency_by_indicator, (*PLACE, "indicator")),
    "kemajuan": Rollup("Kemajuan menuju target akhir Renstra", progress, (*PLACE, "indicator")),
    "kelengkapan": Rollup("Kelengkapan dan ketepatan waktu data", completeness, (*PLACE, "span")),
    "predikat": Rollup("Sebaran predikat pegawai", predicates, ("year", "agency_kind", "predicate")),
    "selisih": Rollup("Capaian yang tidak sesuai dengan target dan realisasinya", disagreements, (*PLACE, "indicator")),
}


def _of_year(nation: Nation) -> ibis.Table:
    found = nation.table("measurements")
    return found.filter(found.span == YEAR)


def _measured(nation: Nation) -> ibis.Table:
    """The year rows that stand in means."""
    found = _of_year(nation)
    return found.filter(found.measured)


def _mean_by(nation: Nation) -> ibis.Table:
    return _summary(_totals(_measured(nation), PLACE)).select(*PLACE, "achievement")


def _agencies(nation: Nation) -> ibis.Table:
    return nation.table("agencies").select(
        *PLACE, "scale", agency_name="name", agency_kind="kind", efficiency_method="efficiency"
    )


def _totals(rows: ibis.Table, by: Any) -> ibis.Table:
    """Counts, sum and spread of the achievements of indicators, by groups."""
    share = rows.achievement
    return rows.group_by(list(by)).agg(
        indicators=rows.count(), with_figure=share.count(), reached=_times(rows.reached.fill_null(False)),
        missed=_times((~rows.reached).fill_null(False)), total_=share.sum().cast(DECIMAL),
        lowest=share.min(), highest=share.max(),
    )  # fmt: skip


def _added(parts: ibis.Table, by: Any) -> ibis.Table:
    """Such counts, sums and spreads once more, by larger groups."""
    counts = {name: parts[name].sum().cast("int64") for name in ("indicators", "with_figure", "reached", "missed")}
    return parts.group_by(list(by)).agg(
        **counts, total_=parts.total_.sum().cast(DECIMAL), lowest=parts.lowest.min(), highest=parts.highest.max()
    )


def _summary(made: ibis.Table) -> ibis.Table:
    """The mean achievement and the share that is reached, of such counts and sums."""
    made = made.mutate(
        achievement=mean(made.total_, made.with_figure), reached_share=_share(made.reached, made.with_figure)
    )
    return made.mutate(achievement_printed=printed(made.achievement)).drop("total_")


def _absorbed(lines: ibis.Table, by: tuple[str, ...]) -> ibis.Table:
    """Sums of ceilings and realisations of the lines that count, and the absorption."""
    lines = lines.filter(lines["counts"])
    found = lines.group_by(list(by)).agg(
        ceiling=money(lines.ceiling.sum()), spent=money(lines.spent.sum().fill_null(number(0)))
    )
    found = found.mutate(absorption=percent(found.spent, found.ceiling))
    return found.mutate(absorption_printed=printed(found.absorption))


def _efficient(share: Any, absorbed: Any, reached: Any) -> dict[str, Any]:
    """The three methods of efficiency, from shares that are cut off after six decimals."""
    return {
        "ratio": (absorbed > number(0)).ifelse(percent(share, absorbed), ibis.null(DECIMAL)),
        "difference": (share - absorbed).cast(DECIMAL),
        "remainder": reached.ifelse((number(100) - absorbed).cast(DECIMAL), ibis.null(DECIMAL)),
    }


def _times(condition: Any) -> Any:
    """How often a condition holds."""
    return condition.ifelse(1, 0).sum().cast("int64")


def _share(part: Any, whole: Any) -> Any:
    return percent(part.cast(DECIMAL), whole.cast(DECIMAL))
