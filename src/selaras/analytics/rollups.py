"""Roll-ups of the nation: each one expression, the same on DuckDB and on Spark.

Achievements are those that `core.measurement` computed when the partition was written; `achievements` computes every one
anew from its target and realisation, in decimals and by the same rules, and `disagreements` tells which differ. Shares are
cut off after six decimals (`exact`); a mean is the plain mean of the cut shares, and `…_printed` is rounded half up to two
decimals, as reports print. Nothing is ever zero for want of a value: what has none is not in a mean, and is counted.

Rows are added up by agency before they are joined to anything: sums of sums are exact, and a nation has few agencies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis

from selaras.analytics.exact import mean, money, number, percent, printed, with_percent, with_printed
from selaras.analytics.opening import Nation
from selaras.analytics.schema import BANDS, DECIMAL
from selaras.core.measurement.records import Progress
from selaras.core.period import Span
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.value import ValueKind

YEAR = Span.YEAR.value
GRADE, YES_NO = ValueKind.GRADE.value, ValueKind.YES_NO.value
PLACE = ("year", "agency")
NONE, HUNDRED, NOUGHT, STRAIGHT, TWICE, INVERSE, POINT = range(7)
"""How an achievement comes about: not at all, 100, 0, or by one of four quotients."""
WITHOUT = "tanpa nilai"
"""The class of what has no achievement."""


def achievements(nation: Nation) -> ibis.Table:
    """Every measurement with its achievement computed anew, held against what was published.

    Adds `raw_again` (before the cap), `achievement_again`, `reached_again`, `class_again`, `printed` and `agrees`.
    """
    return _classified(nation, _achieved(nation.table("measurements")))


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
    found = _left(found, about, [*PLACE, "indicator"])
    found = _left(found, _agencies(nation), PLACE)
    return found.select(
        *PLACE, "agency_name", "agency_kind", "unit", "indicator", "name", "family", "unit_of_measure", "sasaran_title",
        "measured", "iku", "polarity", "target_text", "realised_text", "status",
        "achievement", "class_label", "reached", achievement_printed=found.printed,
    )  # fmt: skip


def by_agency(nation: Nation) -> ibis.Table:
    """Each agency's year: mean achievement of its measured indicators, and how many met, missed or have no figure."""
    return _left(_summary(_totals(_measured(nation), PLACE)), _agencies(nation), PLACE)


def by_kind(nation: Nation) -> ibis.Table:
    """Each kind of agency by year, over all indicators of all its agencies."""
    found = _left(_totals(_measured(nation), PLACE), _agencies(nation), PLACE)
    return _summary(_added(found, ["year", "agency_kind"]))


def by_year(nation: Nation) -> ibis.Table:
    """Each year, over all indicators of all agencies."""
    return _summary(_totals(_measured(nation), ["year"]))


def by_unit(nation: Nation, depth: int | None = None) -> ibis.Table:
    """Each unit with all below it, at every depth of the tree or at one (1 = top)."""
    lines = nation.table("lineage")
    if depth is not None:
        lines = lines.filter(lines.depth == depth)
    found = _totals(_measured(nation), [*PLACE, "unit"])
    lines = lines.select(*PLACE, "unit", "ancestor", "depth")
    joined = found.inner_join(lines, [*PLACE, "unit"])
    rolled = _summary(_added(joined, [*PLACE, "ancestor", "depth"]))
    names = nation.table("units").select(*PLACE, "path", ancestor="unit", unit_name="name")
    return _left(rolled, names, [*PLACE, "ancestor"])


def by_class(nation: Nation) -> ibis.Table:
    """How many measured indicators are in each class, by year, kind of agency and scale; without a figure is a class too."""
    found = _measured(nation)
    found = found.group_by([*PLACE, "class_label"]).agg(indicators=found.count())
    found = _left(found.mutate(class_label=found.class_label.fill_null(WITHOUT)), _agencies(nation), PLACE)
    grouped = found.group_by(["year", "agency_kind", "scale", "class_label"]).agg(
        indicators=found.indicators.sum().cast("int64")
    )
    total = grouped.group_by(["year", "agency_kind", "scale"]).agg(total=grouped.indicators.sum())
    grouped = _left(grouped, total, ["year", "agency_kind", "scale"])
    return grouped.mutate(share=percent(grouped.indicators.cast(DECIMAL), grouped.total.cast(DECIMAL)))


def by_sasaran(nation: Nation) -> ibis.Table:
    """Each sasaran of each agency's year, with its wording."""
    about = nation.table("indicators").select(*PLACE, "indicator", "sasaran", "sasaran_title")
    found = _left(_measured(nation), about, [*PLACE, "indicator"])
    found = found.filter(found.sasaran.notnull())
    return _summary(_totals(found, [*PLACE, "sasaran", "sasaran_title"]))


def budget(nation: Nation) -> ibis.Table:
    """Ceiling, realisation and absorption of each agency's year: sum ÷ sum, never a mean of percentages."""
    found = _left(_absorbed(nation.table("budgets"), PLACE), _agencies(nation), PLACE)
    return found.select(*PLACE, "agency_name", "agency_kind", "ceiling", "spent", "absorption", "absorption_printed")


def budget_by_kind(nation: Nation) -> ibis.Table:
    """The same by year and kind of agency."""
    lines = _left(nation.table("budgets"), _agencies(nation), PLACE)
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
    found = _left(spent.group_by(["year", "month"]).agg(spent=money(spent.spent.sum())), ceilings, ["year"])
    return found.mutate(absorption=percent(found.spent, found.ceiling))


def efficiency(nation: Nation) -> ibis.Table:
    """Each agency's mean achievement beside its absorption: the ratio in percent, the difference in percentage points,

    and what is left of the budget where the mean reaches 100 (the three methods of `core.measurement.efficiency`).
    """
    found = _left(_mean_by(nation), _absorbed(nation.table("budgets"), PLACE), PLACE)
    found = _left(found, _agencies(nation), PLACE)
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
    found = _left(_of_year(nation), about, [*PLACE, "indicator"])
    found = found.filter(found.measured)
    found = found.mutate(
        target_kind=found.final_kind, target=found.final, target_upper=found.final_upper,
        lower_method=ibis.literal(LowerMethod.INVERSE.value), cap=ibis.null(DECIMAL),
    )  # fmt: skip
    made = _achieved(found)
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
    return _left(made, _agencies(nation), PLACE)


def predicates(nation: Nation) -> ibis.Table:
    """How many employees hold each predicate, by year, kind of agency and predicate: only agencies as a whole."""
    found = nation.table("staff_predicates")
    found = found.filter(found.unit.isnull() | (found.unit == ""))
    found = _left(found, _agencies(nation), PLACE)
    made = found.group_by(["year", "agency_kind", "predicate"]).agg(people=found.people.sum())
    total = made.group_by(["year", "agency_kind"]).agg(total=made.people.sum())
    made = _left(made, total, ["year", "agency_kind"])
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


def _left(one: ibis.Table, other: ibis.Table, on: Any) -> ibis.Table:
    """A left join that keeps each key once."""
    names = [on] if isinstance(on, str) else list(on)
    joined = one.left_join(other, names)
    return joined.drop(*(f"{name}_right" for name in names if f"{name}_right" in joined.columns))


def _achieved(found: ibis.Table) -> ibis.Table:
    """Adds the achievement by the formulas of `core.measurement.formulas`: one exact quotient of a part and a whole.

    Which formula holds is decided once for each row; one that rules 100 or 0 without dividing gives 1 ÷ 1 or 0 ÷ 1.
    """
    found = _ways(found)
    target, realised, goal, way, one = found.target, found.realised, found.goal_, found.way_, number(1)
    found = found.mutate(
        part_=ibis.cases(
            (way == STRAIGHT, realised),
            (way == INVERSE, goal),
            (way == TWICE, (goal + goal - realised).cast(DECIMAL)),
            (way == HUNDRED, one),
            (way == POINT, (target - (realised - target).abs()).cast(DECIMAL)),
            (way == NOUGHT, number(0)),
            else_=ibis.null(DECIMAL),
        ),
        whole_=ibis.cases((way == INVERSE, realised), ((way == HUNDRED) | (way == NOUGHT), one), else_=goal),
    )
    made = with_percent(found, "raw_again", found.part_, found.whole_).drop("part_", "whole_", "goal_", "way_")
    over = made.cap.notnull() & (made.raw_again > made.cap)
    return made.mutate(
        achievement_again=over.ifelse(made.cap, made.raw_again), reached_again=made.raw_again >= number(100)
    )


def _ways(found: ibis.Table) -> ibis.Table:
    """Adds the formula of each row, and the goal that its realisation is held against: the target or its upper end."""
    target, realised, upper, method = found.target, found.realised, found.target_upper, found.lower_method
    plain = ~found.target_kind.isin([GRADE, YES_NO])
    higher, ranged = (found.polarity == item.value for item in (Polarity.HIGHER, Polarity.RANGE))
    comparable = (
        (found.target_kind == found.realised_kind) & target.notnull() & realised.notnull()
        & (~plain | (found.realised_upper.isnull() & (ranged | upper.isnull())))
        & ((found.target_kind != GRADE) | higher)
    )  # fmt: skip
    above = plain & ranged & (realised > upper)
    found = found.mutate(above_=above.fill_null(False), comparable_=comparable.fill_null(False))
    found = found.mutate(goal_=found.above_.ifelse(found.target_upper, found.target))
    goal, one = found.goal_, _way(HUNDRED)
    straight = (target > 0).ifelse(_way(STRAIGHT), _way(NONE))
    both_zero = (goal == 0) & (realised == 0)
    down = found.above_ | (found.polarity == Polarity.LOWER.value)
    inverse = (method == LowerMethod.INVERSE.value) | (found.above_ & method.isnull())
    way = ibis.cases(
        (~found.comparable_, _way(NONE)),
        (found.target_kind == YES_NO, (target == realised).ifelse(one, _way(NOUGHT))),
        (higher, straight),
        (ranged & ~found.above_, ibis.cases(
            (upper.isnull(), ibis.cases((both_zero, one), (target > 0, _way(POINT)), else_=_way(NONE))),
            (realised >= target, one),
            else_=straight,
        )),
        (~down, _way(NONE)),
        (both_zero, (inverse | (method == LowerMethod.TWICE_TARGET.value)).ifelse(one, _way(NONE))),
        (goal <= 0, _way(NONE)),
        (inverse, ibis.cases((realised > 0, _way(INVERSE)), (realised == 0, one), else_=_way(NONE))),
        (method == LowerMethod.TWICE_TARGET.value, _way(TWICE)),
        else_=_way(NONE),
    )  # fmt: skip
    return found.mutate(way_=way).drop("above_", "comparable_")


def _way(which: int) -> Any:
    return ibis.literal(which, type="int8")


def _classified(nation: Nation, found: ibis.Table) -> ibis.Table:
    """Adds the printed achievement, its class on the agency's scale, and whether all is as published."""
    bands = nation.table("classes")
    columns: dict[str, Any] = {}
    for position in range(1, BANDS + 1):
        here = bands.position == position
        columns[f"label_{position}"] = here.ifelse(bands.label, ibis.null("string")).max()
        columns[f"lower_{position}"] = here.ifelse(bands.lower, ibis.null(DECIMAL)).max()
        columns[f"over_{position}"] = here.ifelse(bands.exclusive.ifelse(1, 0), ibis.null("int32")).max()
    wide = bands.group_by(PLACE).agg(**columns)
    made = _left(with_printed(found, "printed", found.achievement_again), wide, PLACE)
    choices = []
    for position in range(1, BANDS + 1):
        lower, over = made[f"lower_{position}"], made[f"over_{position}"] == 1
        holds = lower.isnull() | (over & (made.printed > lower)) | (~over & (made.printed >= lower))
        choices.append(
            (made.printed.notnull() & made[f"label_{position}"].notnull() & holds, made[f"label_{position}"])
        )
    made = made.mutate(class_again=ibis.cases(*choices, else_=ibis.null("string"))).drop(*columns)
    same = [
        made.raw.identical_to(made.raw_again), made.achievement.identical_to(made.achievement_again),
        made.reached.identical_to(made.reached_again), made.class_label.identical_to(made.class_again),
    ]  # fmt: skip
    return made.mutate(agrees=same[0] & same[1] & same[2] & same[3])


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
