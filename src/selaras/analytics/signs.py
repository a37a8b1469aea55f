"""Signs over the nation: figures that deserve a look, each as one expression that runs on DuckDB and on Spark.

Whatever is compared is a whole number (millionths of a percent) or an exact decimal, and a median is the sum of the two
values in the middle, so that both engines give the same rows to the last digit. The words are made in `signs_told`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis

from selaras.analytics.opening import Nation
from selaras.core.nation.limits import SignRule

MILLIONTHS = 1_000_000
LARGEST = 10_000_000
"""An achievement beyond so many percent is no figure that could be compared."""
LARGEST_NUMBER = 10**15
TESTED = ""
NO_FIGURE = "capaiannya tidak terhitung"
TOO_LARGE = "angkanya di luar jangkauan"
FEW_LIKE = "instansi sejenis terlalu sedikit"
NO_SPREAD = "separuh lebih nilainya sama"
FEW_NUMBERS = "bilangan yang dapat diuji terlalu sedikit"
NARROW = "besarnya tidak terentang cukup jauh"
FEW_POINTS = "isiannya terlalu sedikit"
NO_CHANGE = "nilainya hampir tidak berubah"
NO_LAST_YEAR = "tidak ada hasil tahun lalu"
NOT_A_NUMBER = "target atau realisasinya bukan satu angka"
NO_DIRECTION = "polaritasnya rentang"
FEW_INDICATORS = "indikator yang dapat dibandingkan terlalu sedikit"
NOT_GROWING = "jumlahnya nol, negatif, atau tidak naik"
FEW_NEAR = "capaian di dekat batas terlalu sedikit"
NO_CEILING = "pagu nol atau tidak ada"
NO_INDICATOR = "tidak ada indikator yang terhitung di bawahnya"
SERIES = ("bulan", "triwulan")
PLACES = 12


@dataclass(frozen=True, slots=True)
class Gathered:
    """A sign as expressions: the rows that deserve a look (or every test), and counts by reason (`TESTED` is tested)."""

    found: ibis.Table
    counts: ibis.Table


@dataclass(frozen=True, slots=True)
class Evidence:
    """The same as values: rows by column name, how many were tested, and why the others were not."""

    rows: tuple[Mapping[str, Any], ...]
    tested: int
    untested: Mapping[str, int]


def evidence(nation: Nation, gathered: Gathered) -> Evidence:
    """The rows and counts of a sign, computed by the backend of the nation."""
    counts = {row["reason"]: int(row["amount"]) for row in nation.rows(gathered.counts).to_pylist() if row["amount"]}
    tested = counts.pop(TESTED, 0)
    return Evidence(tuple(nation.rows(gathered.found).to_pylist()), tested, counts)


# ---- what several signs look at --------------------------------------------------------------------------------------


def _kinds(nation: Nation) -> ibis.Table:
    agencies = nation.table("agencies")
    return agencies.select("year", "agency", agency_kind=agencies["kind"])


def _indicators(nation: Nation) -> ibis.Table:
    return nation.table("indicators").select(
        "year", "agency", "indicator", "family", "unit_of_measure", "aggregation", "value_kind"
    )


def _yearly(nation: Nation) -> ibis.Table:
    """The rows of whole years, with `x`: the achievement in millionths of a percent, empty where it is too large."""
    rows = nation.table("measurements")
    rows = rows.filter(rows.span == "tahun")
    usable = rows.achievement.abs() < LARGEST
    return rows.mutate(x=ibis.ifelse(usable, _whole(rows.achievement * MILLIONTHS), ibis.null("int64")))


def _whole(number: Any) -> Any:
    """A decimal without a fraction as a whole number."""
    return number.cast("int64")


def _counts(rows: ibis.Table, reasons: Sequence[tuple[str, Any]]) -> ibis.Table:
    """How many rows each reason holds back, the first that applies; `TESTED` where none does."""
    reason = ibis.cases(
        *((condition.fill_null(False), ibis.literal(name)) for name, condition in reasons), else_=TESTED
    )
    return rows.mutate(reason=reason).group_by("reason").aggregate(amount=ibis._.count())


def _one_number(kind: Any, value: Any, upper: Any) -> Any:
    """Whether a value is one amount: a number or a percentage, no range, no rank of a grade."""
    return kind.isin(["angka", "persen"]) & value.notnull() & upper.isnull()


def _in_reach(value: Any) -> Any:
    return value.abs() < LARGEST_NUMBER


# ---- the signs -------------------------------------------------------------------------------------------------------


def outliers(nation: Nation, rule: SignRule) -> Gathered:
    """Achievements far from the median of like agencies: same kind of agency, same indicator, same year.

    A group needs enough agencies; one agency may have the indicator in several units. Where nearly all are at the median,
    the smallest distance is many deviations: it must also be some points.
    Columns: year, agency, indicator, unit, agency_kind, family, x, twice_median, four_mads (millionths), size.
    """
    rows = _yearly(nation).join(_indicators(nation), ["year", "agency", "indicator"])
    rows = rows.join(_kinds(nation), ["year", "agency"])
    group = ["year", "agency_kind", "family", "unit_of_measure", "polarity"]
    known = rows.filter(rows.x.notnull())
    known = known.join(known.group_by(group).aggregate(agencies=known.agency.nunique()), group)
    window = ibis.window(group_by=group)
    known = known.mutate(
        size=ibis._.count().over(window),
        place=ibis.row_number().over(ibis.window(group_by=group, order_by=["x", "agency", "indicator"])) + 1,
    )
    known = known.mutate(twice_median=_middle(known, "x", "place").over(window))
    known = known.mutate(twice_far=(known.x * 2 - known.twice_median).abs())
    known = known.mutate(
        rank=ibis.row_number().over(ibis.window(group_by=group, order_by=["twice_far", "agency", "indicator"])) + 1
    )
    known = known.mutate(four_mads=_middle(known, "twice_far", "rank").over(window))
    least, limit, apart = rule.whole("least"), int(rule.limit("z") * 10_000), int(rule.limit("apart") * MILLIONTHS)
    far = (known.twice_far * 13_490 > known.four_mads * limit) & (known.twice_far >= 2 * apart)
    found = known.filter((known.agencies >= least) & (known.four_mads > 0) & far)
    counts = _counts(known, [(FEW_LIKE, known.agencies < least), (NO_SPREAD, known.four_mads == 0)])
    unknown = rows.filter(rows.x.isnull())
    counts = counts.union(
        _counts(unknown, [(NO_FIGURE, unknown.achievement.isnull()), (TOO_LARGE, unknown.x.isnull())])
    )
    return Gathered(
        found.select(
            "year", "agency", "indicator", "unit", "agency_kind", "family", "x", "twice_median", "four_mads", "size"
        ),
        counts,
    )


def _middle(rows: ibis.Table, value: str, place: str) -> Any:
    """The sum of the two values in the middle by their places in the group: twice the median."""
    size = rows["size"]
    here = (rows[place] * 2 >= size) & (rows[place] * 2 <= size + 2)
    # An odd number has one value in the middle, which counts twice.
    return ibis.ifelse(
        here, rows[value] * ibis.ifelse(size % 2 == 1, ibis.ifelse(rows[place] * 2 == size + 1, 2, 0), 1), 0
    ).sum()


def _digits(nation: Nation, rule: SignRule) -> ibis.Table:
    """Whole numbers that people entered for months and quarters, with their last digit: `year`, `agency`, `digit`.

    A number counts once for an indicator: a denominator that stays the same for twelve months is one number, not twelve.
    """
    rows = nation.table("measurements")
    rows = rows.filter(rows.span != "tahun")
    columns = [("numerator", None), ("denominator", None), ("realised", "angka")]
    parts = []
    for name, kind in columns:
        part = rows.filter(rows.realised_kind == kind) if kind else rows
        value = part[name]
        part = part.filter(
            (value >= rule.whole("smallest")) & (value < LARGEST_NUMBER) & (value == value.floor().cast(value.type()))
        )
        parts.append(part.select("year", "agency", "indicator", number=_whole(part[name])))
    numbers = parts[0].union(parts[1], parts[2], distinct=True)
    return numbers.select("year", "agency", digit=numbers.number % 10)


def last_digits(nation: Nation, rule: SignRule) -> Gathered:
    """Counts of the last digits of each agency and year that has enough numbers: year, agency, d0 … d9, size."""
    numbers = _digits(nation, rule)
    sums = {f"d{digit}": (numbers.digit == digit).sum() for digit in range(10)}
    counted = numbers.group_by(["year", "agency"]).aggregate(size=numbers.count(), **sums)
    return _enough(nation, counted, rule.whole("least"))


def round_numbers(nation: Nation, rule: SignRule) -> Gathered:
    """How many of the whole numbers of an agency and year are whole tens: year, agency, tens, size."""
    numbers = _digits(nation, rule)
    counted = numbers.group_by(["year", "agency"]).aggregate(size=numbers.count(), tens=(numbers.digit == 0).sum())
    return _enough(nation, counted, rule.whole("least"))


def _enough(nation: Nation, counted: ibis.Table, least: int) -> Gathered:
    """The agencies and years with enough numbers; the others are counted, also those that have none."""
    every = _kinds(nation).left_join(counted, ["year", "agency"])
    few = every["size"].fill_null(0) < least
    return Gathered(counted.filter(counted["size"] >= least), _counts(every, [(FEW_NUMBERS, few)]))


def first_digits(nation: Nation, rule: SignRule) -> Gathered:
    """Counts of the first digits of monthly spending of each agency and year: year, agency, f1 … f9, size."""
    rows = nation.table("budgets")
    rows = rows.filter((rows.month >= 1) & (rows.spent >= 1) & (rows.spent < LARGEST_NUMBER))
    amount = _whole(rows.spent.floor())
    steps = [(amount < 10 ** (power + 1), amount // 10**power) for power in range(15)]
    rows = rows.select("year", "agency", amount=amount, digit=ibis.cases(*steps, else_=0))
    sums = {f"f{digit}": (rows.digit == digit).sum() for digit in range(1, 10)}
    counted = rows.group_by(["year", "agency"]).aggregate(
        size=rows.count(), smallest=rows.amount.min(), largest=rows.amount.max(), **sums
    )
    every = _kinds(nation).left_join(counted, ["year", "agency"])
    times = 10 ** rule.whole("orders")
    wide = counted.largest >= counted.smallest * times
    narrow = (every.largest < every.smallest * times).fill_null(True)
    found = counted.filter((counted["size"] >= rule.whole("least")) & wide).drop("smallest", "largest")
    few = every["size"].fill_null(0) < rule.whole("least")
    return Gathered(found, _counts(every, [(FEW_NUMBERS, few), (NARROW, narrow)]))


def _series(nation: Nation) -> ibis.Table:
    """Entries of a year side by side: p1 … p12 by number of the period, `points`, `different`, `last`, by indicator."""
    rows = nation.table("measurements")
    usable = rows.span.isin(SERIES) & _one_number(rows.realised_kind, rows.realised, rows.realised_upper)
    rows = rows.filter(usable & _in_reach(rows.realised))
    places = {
        f"p{place}": ibis.ifelse(rows["index"] == place, rows.realised, ibis.null(rows.realised.type())).max()
        for place in range(1, PLACES + 1)
    }
    made = rows.group_by(["year", "agency", "indicator", "unit", "span"]).aggregate(
        points=rows.count(), different=rows.realised.nunique(), last=rows.month.max(), total=rows.realised.sum(),
        least=rows.realised.min(), **places,
    )  # fmt: skip
    made = made.join(_indicators(nation), ["year", "agency", "indicator"])
    return made.join(_kinds(nation), ["year", "agency"])


def identical(nation: Nation, rule: SignRule) -> Gathered:
    """Series that are the same to the last digit in two places of one year, or in two years of one place.

    Columns: year, agency, indicator, unit, span, points, places (how many have it), first and last agency that has it
    (`one`, `other`); `first_year` and `last_year` where it is the years that are the same, else empty.
    """
    rows = _series(nation)
    points, different = rule.whole("points"), rule.whole("distinct")
    tested = rows.filter((rows.points >= points) & (rows.different >= different))
    values = [f"p{place}" for place in range(1, PLACES + 1)]
    across = ibis.window(group_by=["year", "agency_kind", "family", "unit_of_measure", "span", *values])
    along = ibis.window(group_by=["agency", "indicator", "span", *values])
    kept = [
        "year",
        "agency",
        "indicator",
        "unit",
        "span",
        "points",
        "places",
        "one",
        "other",
        "first_year",
        "last_year",
    ]
    nothing = ibis.null("int32")
    places = tested.mutate(
        places=ibis._.count().over(across), one=tested.agency.min().over(across), other=tested.agency.max().over(across),
        first_year=nothing, last_year=nothing,
    )  # fmt: skip
    years = tested.mutate(
        places=ibis._.count().over(along), one=tested.agency, other=tested.agency,
        first_year=tested.year.min().over(along), last_year=tested.year.max().over(along),
    )  # fmt: skip
    found = places.filter(places["places"] >= 2).select(kept).union(years.filter(years["places"] >= 2).select(kept))
    return Gathered(found, _counts(rows, [(FEW_POINTS, rows.points < points), (NO_CHANGE, rows.different < different)]))


def lower_targets(nation: Nation, rule: SignRule) -> Gathered:
    """Targets easier than what was reached the year before: year, agency, indicator, unit, polarity, target, before."""
    rows = nation.table("measurements")
    rows = rows.filter(rows.span == "tahun")
    last = rows.select(
        "agency", "indicator", year=(rows.year + 1).cast("int32"), before=rows.realised, before_kind=rows.realised_kind,
        before_upper=rows.realised_upper,
    )  # fmt: skip
    rows = rows.filter(rows.target.notnull() | rows.target_text.notnull())
    rows = rows.left_join(last, ["agency", "indicator", "year"])
    plain = _one_number(rows.target_kind, rows.target, rows.target_upper) & (rows.before_kind == rows.target_kind)
    plain &= rows.before_upper.isnull()
    reachable = _in_reach(rows.target) & _in_reach(rows.before)
    reasons = [
        (NO_LAST_YEAR, rows.before.isnull()), (NOT_A_NUMBER, ~plain.fill_null(False)),
        (NO_DIRECTION, rows.polarity == "rentang"), (TOO_LARGE, ~reachable.fill_null(False)),
    ]  # fmt: skip
    usable = rows.filter(rows.before.notnull() & plain & (rows.polarity != "rentang") & reachable)
    easier = ibis.ifelse(usable.polarity == "naik", usable.before - usable.target, usable.target - usable.before)
    usable = usable.mutate(easier=easier)
    found = usable.filter((usable.easier > 0) & (usable.easier * 100 >= usable.before.abs() * int(rule.limit("gap"))))
    return Gathered(
        found.select("year", "agency", "indicator", "unit", "polarity", "target", "before"), _counts(rows, reasons)
    )


def always_equal(nation: Nation, rule: SignRule) -> Gathered:
    """Agencies whose realisations are nearly all exactly the target: year, agency, same, size."""
    rows = nation.table("measurements")
    rows = rows.filter((rows.span == "tahun") & rows.target.notnull() & rows.realised.notnull())
    plain = _one_number(rows.target_kind, rows.target, rows.target_upper)
    plain &= _one_number(rows.realised_kind, rows.realised, rows.realised_upper)
    plain &= rows.target_kind == rows.realised_kind
    natural = (rows.target == 0) | ((rows.target_kind == "persen") & (rows.target == 100))
    rows = rows.filter(plain & ~natural)
    counted = rows.group_by(["year", "agency"]).aggregate(size=rows.count(), same=(rows.target == rows.realised).sum())
    every = _kinds(nation).left_join(counted, ["year", "agency"])
    least = rule.whole("least")
    found = counted.filter((counted["size"] >= least) & (counted.same * 100 >= counted["size"] * rule.whole("share")))
    return Gathered(found, _counts(every, [(FEW_INDICATORS, every["size"].fill_null(0) < least)]))


def jumps(nation: Nation, rule: SignRule) -> Gathered:
    """Results and spending that come for the most part in the last period of the year.

    Columns: year, agency, subject (code of the indicator or node), unit, what (`jumlah`, `terakhir`, `belanja`), part
    (of the last period), total.
    """
    rows = _series(nation)
    size = ibis.ifelse(rows.span == "bulan", 12, 4)
    newest = _at(rows, size)
    before = _at(rows, size - 1)
    rows = rows.filter(rows.aggregation.isin(["jumlah", "terakhir"]) & rows.value_kind.isin(["angka", "persen"]))
    summed = rows.aggregation == "jumlah"
    rows = rows.mutate(
        part=ibis.ifelse(summed, newest, newest - before),
        whole=ibis.ifelse(summed, rows.total, newest),
        what=rows.aggregation,
    )
    few = (rows.points < rule.whole("points")) | rows.part.isnull()
    flat = (rows.whole <= 0) | (rows.part < 0) | (rows.least < 0)
    series = rows.select(
        "year", "agency", "unit", "what", "part", subject="indicator", total="whole", few=few, flat=flat
    )
    money = _december(nation, rule.whole("points"))
    every = series.select(MOVED).union(money.select(MOVED))
    limit = rule.whole("share")
    usable = every.filter(~every.few & ~every.flat)
    found = usable.filter(usable.part * 100 >= usable.total * limit).drop("few", "flat")
    return Gathered(found, _counts(every, [(FEW_POINTS, every.few), (NOT_GROWING, every.flat)]))


MOVED = ["year", "agency", "unit", "subject", "what", "part", "total", "few", "flat"]


def _at(rows: ibis.Table, place: Any) -> Any:
    """The value at a place of the series, which may be another place in each row."""
    return ibis.cases(
        *((place == number, rows[f"p{number}"]) for number in (3, 4, 11, 12)), else_=ibis.null(rows.p1.type())
    )


def _december(nation: Nation, points: int) -> ibis.Table:
    """The spending of each leaf: that of December, that of the year, and whether there is enough to look at."""
    rows = nation.table("budgets")
    rows = rows.filter((rows.month >= 1) & rows.spent.notnull() & _in_reach(rows.spent))
    made = rows.group_by(["year", "agency", "unit", "node"]).aggregate(
        part=ibis.ifelse(rows.month == 12, rows.spent, ibis.null(rows.spent.type())).max(), total=rows.spent.sum(),
        points=rows.count(), least=rows.spent.min(),
    )  # fmt: skip
    return made.mutate(
        subject=made.node, what=ibis.literal("belanja"), few=(made.points < points) | made.part.isnull(),
        flat=(made.total <= 0) | (made.least < 0),
    )  # fmt: skip


def class_edges(nation: Nation, rule: SignRule) -> Gathered:
    """Achievements just above and just below the bounds of the classes, by kind of agency, year and bound.

    On the bound itself is above it, unless the scale puts it into the class below.
    Columns: year, agency_kind, bound (millionths), above, below.
    """
    classes = nation.table("classes")
    classes = classes.filter(classes.lower.notnull())
    bounds = classes.select("year", "agency", "exclusive", bound=_whole(classes.lower * MILLIONTHS))
    rows = _yearly(nation)
    rows = rows.filter(rows.x.notnull()).select("year", "agency", "x")
    rows = rows.join(bounds, ["year", "agency"]).join(_kinds(nation), ["year", "agency"])
    width = int(rule.limit("width") * MILLIONTHS)
    rows = rows.mutate(distance=rows.x - rows.bound - ibis.ifelse(rows.exclusive, 1, 0))
    counted = rows.group_by(["year", "agency_kind", "bound"]).aggregate(
        above=((rows.distance >= 0) & (rows.distance < width)).sum(),
        below=((rows.distance < 0) & (rows.distance >= -width)).sum(),
    )
    few = counted.above + counted.below < rule.whole("least")
    return Gathered(counted.filter(~few), _counts(counted, [(FEW_NEAR, few)]))


def money_without_result(nation: Nation, rule: SignRule) -> Gathered:
    """Budgets that are nearly spent while the indicators of the same node did not get there.

    Looked at for each node with a budget of its own, each programme, and the agency as a whole (empty `node`).
    Columns: year, agency, node, unit, ceiling, spent, x_sum (millionths), size (indicators).
    """
    rows = nation.table("budgets")
    rows = rows.filter(rows.counts)
    nothing = ibis.literal("")
    parts = [
        rows.select("year", "agency", "ceiling", "spent", "month", "unit", node=rows.node),
        rows.filter(rows.programme.notnull() & (rows.programme != rows.node)).mutate(at=rows.programme, who=nothing).select(
            "year", "agency", "ceiling", "spent", "month", unit="who", node="at"),
        rows.mutate(at=nothing, who=nothing).select("year", "agency", "ceiling", "spent", "month", unit="who", node="at"),
    ]  # fmt: skip
    money = parts[0].union(parts[1], parts[2])
    money = money.group_by(["year", "agency", "node"]).aggregate(
        ceiling=ibis.ifelse(money.month == 0, money.ceiling, 0).sum(), spent=ibis.ifelse(money.month > 0, money.spent, 0).sum(),
        unit=money.unit.max(),
    )  # fmt: skip
    figures = _yearly(nation)
    figures = figures.filter(figures.x.notnull())
    figures = figures.select("year", "agency", "x", node=figures.node).union(
        figures.filter(figures.measured).mutate(at=nothing).select("year", "agency", "x", node="at")
    )
    results = figures.group_by(["year", "agency", "node"]).aggregate(
        x_sum=figures.x.sum().cast("int64"), size=figures.count()
    )
    every = money.left_join(results, ["year", "agency", "node"])
    bare = ~(every.ceiling > 0).fill_null(False)
    alone = every["size"].fill_null(0) == 0
    usable = every.filter(~bare & ~alone)
    absorbed = usable.spent * 100 >= usable.ceiling * rule.whole("absorbed")
    missed = usable.x_sum < usable["size"] * int(rule.limit("achieved") * MILLIONTHS)
    found = usable.filter(absorbed & missed).select(
        "year", "agency", "node", "unit", "ceiling", "spent", "x_sum", "size"
    )
    return Gathered(found, _counts(every, [(NO_CEILING, bare), (NO_INDICATOR, alone)]))


SIGNS: Mapping[str, Callable[[Nation, SignRule], Gathered]] = {
    "pencilan": outliers,
    "digit-akhir": last_digits,
    "digit-awal": first_digits,
    "angka-bulat": round_numbers,
    "deret-kembar": identical,
    "target-turun": lower_targets,
    "sama-target": always_equal,
    "lonjakan": jumps,
    "tepi-kelas": class_edges,
    "anggaran-tanpa-hasil": money_without_result,
}
"""Each sign of the rulebook by its code."""


def percent(millionths: int) -> Decimal:
    """Millionths of a percent as a percentage."""
    return Decimal(millionths) / MILLIONTHS
