"""The signs once more in plain Python over rows in memory: slow, obvious, and the oracle for what the engines give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from selaras.analytics import signs as engine
from selaras.analytics.signs import (
    FEW_INDICATORS,
    FEW_LIKE,
    FEW_NEAR,
    FEW_NUMBERS,
    FEW_POINTS,
    LARGEST,
    LARGEST_NUMBER,
    MILLIONTHS,
    NARROW,
    NO_CEILING,
    NO_CHANGE,
    NO_DIRECTION,
    NO_FIGURE,
    NO_INDICATOR,
    NO_LAST_YEAR,
    NO_SPREAD,
    NOT_A_NUMBER,
    NOT_GROWING,
    TOO_LARGE,
    Evidence,
)
from selaras.core.nation.limits import SignRule
from selaras.core.nation.robust import deviation, median, modified_z

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


def twin(tables: Tables, rule: SignRule) -> Evidence:
    """The evidence of a sign; `tables` holds the rows of each table of the schema, with year and agency."""
    with localcontext() as exact:
        exact.prec = 80
        rows, reasons = _TWINS[rule.code](tables, rule)
    counts = Counter(reasons)
    tested = counts.pop(engine.TESTED, 0)
    return Evidence(tuple(rows), tested, dict(counts))


Found = tuple[Sequence[Row], list[str]]


def _kinds(tables: Tables) -> dict[tuple[int, str], str]:
    return {(one["year"], one["agency"]): one["kind"] for one in tables["agencies"]}


def _indicator(tables: Tables) -> dict[tuple[int, str, str], Row]:
    return {(one["year"], one["agency"], one["indicator"]): one for one in tables["indicators"]}


def _yearly(tables: Tables) -> list[Row]:
    return [one for one in tables["measurements"] if one["span"] == "tahun"]


def _x(row: Row) -> int | None:
    figure = row["achievement"]
    return None if figure is None or abs(figure) >= LARGEST else int(figure * MILLIONTHS)


def _amount(row: Row, name: str) -> bool:
    return row[f"{name}_kind"] in {"angka", "persen"} and row[name] is not None and row[f"{name}_upper"] is None


def _outliers(tables: Tables, rule: SignRule) -> Found:
    kinds, indicators = _kinds(tables), _indicator(tables)
    groups: dict[Any, list[tuple[Row, int]]] = defaultdict(list)
    reasons = []
    for row in _yearly(tables):
        key = (row["year"], row["agency"])
        about = indicators.get((*key, row["indicator"]))
        if about is None or key not in kinds:
            continue
        x = _x(row)
        if x is None:
            reasons.append(NO_FIGURE if row["achievement"] is None else TOO_LARGE)
            continue
        groups[(row["year"], kinds[key], about["family"], about["unit_of_measure"], row["polarity"])].append((row, x))
    rows = []
    for (year, kind, family, _unit, _polarity), members in groups.items():
        values = [Decimal(x) for _, x in members]
        centre, mad = median(values), deviation(values)
        few = len({row["agency"] for row, _ in members}) < rule.whole("least")
        reasons += [FEW_LIKE if few else NO_SPREAD if not mad else ""] * len(members)
        if few or not mad:
            continue
        for row, x in members:
            z = modified_z(Decimal(x), centre, mad)
            if z is not None and abs(z) > rule.limit("z") and abs(x - centre) >= rule.limit("apart") * MILLIONTHS:
                rows.append({
                    "year": year, "agency": row["agency"], "indicator": row["indicator"], "unit": row["unit"], "agency_kind": kind,
                    "family": family, "x": x, "twice_median": int(centre * 2), "four_mads": int(mad * 4), "size": len(members),
                })  # fmt: skip
    return rows, reasons


def _whole_numbers(tables: Tables, rule: SignRule) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    seen = set()
    for row in tables["measurements"]:
        if row["span"] == "tahun":
            continue
        values = [row["numerator"], row["denominator"], row["realised"] if row["realised_kind"] == "angka" else None]
        for value in values:
            told = row["year"], row["agency"], row["indicator"], value
            if value is None or told in seen:
                continue
            seen.add(told)
            if rule.limit("smallest") <= value < LARGEST_NUMBER and value == int(value):
                found[(row["year"], row["agency"])].append(int(value))
    return found


def _last_digits(tables: Tables, rule: SignRule) -> Found:
    def row_of(numbers: Sequence[int]) -> Row:
        return {f"d{digit}": sum(number % 10 == digit for number in numbers) for digit in range(10)}

    return _enough(tables, _whole_numbers(tables, rule), rule, row_of)


def _round_numbers(tables: Tables, rule: SignRule) -> Found:
    def row_of(numbers: Sequence[int]) -> Row:
        return {"tens": sum(number % 10 == 0 for number in numbers)}

    return _enough(tables, _whole_numbers(tables, rule), rule, row_of)


def _enough(
    tables: Tables,
    numbers: Mapping[tuple[int, str], Sequence[int]],
    rule: SignRule,
    row_of: Callable[[Sequence[int]], Row],
) -> Found:
    rows, reasons = [], []
    for year, agency in _kinds(tables):
        found = numbers.get((year, agency), ())
        few = len(found) < rule.whole("least")
        reasons.append(FEW_NUMBERS if few else "")
        if not few:
            rows.append({"year": year, "agency": agency, "size": len(found), **row_of(found)})
    return rows, reasons


def _first_digits(tables: Tables, rule: SignRule) -> Found:
    numbers: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in tables["budgets"]:
        if row["month"] >= 1 and row["spent"] is not None and 1 <= row["spent"] < LARGEST_NUMBER:
            numbers[(row["year"], row["agency"])].append(int(row["spent"]))
    rows, reasons = [], []
    for key in _kinds(tables):
        found = numbers.get(key, [])
        few = len(found) < rule.whole("least")
        narrow = not found or max(found) < min(found) * 10 ** rule.whole("orders")
        reasons.append(FEW_NUMBERS if few else NARROW if narrow else "")
        if not few and not narrow:
            firsts = Counter(str(number)[0] for number in found)
            rows.append({"year": key[0], "agency": key[1], "size": len(found),
                         **{f"f{digit}": firsts[str(digit)] for digit in range(1, 10)}})  # fmt: skip
    return rows, reasons


def _series(tables: Tables) -> list[tuple[Row, Row, str, dict[int, Decimal]]]:
    """One entry per series: a row of it, its indicator, the kind of agency, and the values by place."""
    kinds, indicators = _kinds(tables), _indicator(tables)
    found: dict[Any, tuple[Row, dict[int, Decimal]]] = {}
    for row in tables["measurements"]:
        if row["span"] in engine.SERIES and _amount(row, "realised") and abs(row["realised"]) < LARGEST_NUMBER:
            key = (row["year"], row["agency"], row["indicator"], row["unit"], row["span"])
            found.setdefault(key, (row, {}))[1][row["index"]] = row["realised"]
    return [
        (row, indicators[about], kinds[about[:2]], values)
        for row, values in found.values()
        if (about := (row["year"], row["agency"], row["indicator"])) in indicators and about[:2] in kinds
    ]


def _identical(tables: Tables, rule: SignRule) -> Found:
    reasons, across, along = [], defaultdict(list), defaultdict(list)
    for row, about, kind, values in _series(tables):
        few = len(values) < rule.whole("points")
        flat = len(set(values.values())) < rule.whole("distinct")
        reasons.append(FEW_POINTS if few else NO_CHANGE if flat else "")
        if few or flat:
            continue
        shape = tuple(sorted(values.items()))
        across[(row["year"], kind, about["family"], about["unit_of_measure"], row["span"], shape)].append(
            (row, len(values))
        )
        along[(row["agency"], row["indicator"], row["span"], shape)].append((row, len(values)))
    rows = []
    for group, years in [(group, False) for group in across.values()] + [(group, True) for group in along.values()]:
        if len(group) < 2:
            continue
        agencies, when = [row["agency"] for row, _ in group], [row["year"] for row, _ in group]
        rows += [
            {"year": row["year"], "agency": row["agency"], "indicator": row["indicator"], "unit": row["unit"], "span": row["span"],
             "points": points, "places": len(group), "one": min(agencies), "other": max(agencies),
             "first_year": min(when) if years else None, "last_year": max(when) if years else None}
            for row, points in group
        ]  # fmt: skip
    return rows, reasons


def _lower_targets(tables: Tables, rule: SignRule) -> Found:
    last = {(one["agency"], one["indicator"], one["year"]): one for one in _yearly(tables)}
    rows, reasons = [], []
    for row in _yearly(tables):
        if row["target"] is None and row["target_text"] is None:
            continue
        before = last.get((row["agency"], row["indicator"], row["year"] - 1))
        if before is None or before["realised"] is None:
            reasons.append(NO_LAST_YEAR)
        elif (
            not _amount(row, "target")
            or before["realised_kind"] != row["target_kind"]
            or before["realised_upper"] is not None
        ):
            reasons.append(NOT_A_NUMBER)
        elif row["polarity"] == "rentang":
            reasons.append(NO_DIRECTION)
        elif abs(row["target"]) >= LARGEST_NUMBER or abs(before["realised"]) >= LARGEST_NUMBER:
            reasons.append(TOO_LARGE)
        else:
            reasons.append("")
            easier = (before["realised"] - row["target"]) * (1 if row["polarity"] == "naik" else -1)
            if easier > 0 and easier * 100 >= abs(before["realised"]) * rule.whole("gap"):
                rows.append({name: row[name] for name in ("year", "agency", "indicator", "unit", "polarity", "target")}
                            | {"before": before["realised"]})  # fmt: skip
    return rows, reasons


def _always_equal(tables: Tables, rule: SignRule) -> Found:
    pairs: dict[tuple[int, str], list[bool]] = defaultdict(list)
    for row in _yearly(tables):
        natural = row["target"] == 0 or (row["target_kind"] == "persen" and row["target"] == 100)
        same_kind = row["target_kind"] == row["realised_kind"]
        if _amount(row, "target") and _amount(row, "realised") and same_kind and not natural:
            pairs[(row["year"], row["agency"])].append(row["target"] == row["realised"])
    rows, reasons = [], []
    for year, agency in _kinds(tables):
        found = pairs.get((year, agency), [])
        few = len(found) < rule.whole("least")
        reasons.append(FEW_INDICATORS if few else "")
        if not few and sum(found) * 100 >= len(found) * rule.whole("share"):
            rows.append({"year": year, "agency": agency, "size": len(found), "same": sum(found)})
    return rows, reasons


def _jumps(tables: Tables, rule: SignRule) -> Found:
    moved: list[tuple[Row, int, Decimal | None]] = []
    for row, about, _kind, values in _series(tables):
        if about["aggregation"] in {"jumlah", "terakhir"} and about["value_kind"] in {"angka", "persen"}:
            size = 12 if row["span"] == "bulan" else 4
            newest, before, summed = values.get(size), values.get(size - 1), about["aggregation"] == "jumlah"
            part = newest if summed else None if newest is None or before is None else newest - before
            total = sum(values.values(), Decimal(0)) if summed else newest
            moved.append(
                (
                    {
                        "year": row["year"],
                        "agency": row["agency"],
                        "unit": row["unit"],
                        "subject": row["indicator"],
                        "what": about["aggregation"],
                        "part": part,
                        "total": total,
                    },
                    len(values),
                    min(values.values()),
                )
            )
    leaves: dict[Any, dict[int, Decimal]] = defaultdict(dict)
    for row in tables["budgets"]:
        if row["month"] >= 1 and row["spent"] is not None and abs(row["spent"]) < LARGEST_NUMBER:
            leaves[(row["year"], row["agency"], row["unit"], row["node"])][row["month"]] = row["spent"]
    for (year, agency, unit, node), months in leaves.items():
        moved.append(({"year": year, "agency": agency, "unit": unit, "subject": node, "what": "belanja", "part": months.get(12),
                       "total": sum(months.values(), Decimal(0))}, len(months), min(months.values())))  # fmt: skip
    rows, reasons = [], []
    for one, points, least in moved:
        few = points < rule.whole("points") or one["part"] is None
        flat = not few and (one["total"] <= 0 or one["part"] < 0 or (least is not None and least < 0))
        reasons.append(FEW_POINTS if few else NOT_GROWING if flat else "")
        if not few and not flat and one["part"] * 100 >= one["total"] * rule.whole("share"):
            rows.append(one)
    return rows, reasons


def _class_edges(tables: Tables, rule: SignRule) -> Found:
    bounds: dict[tuple[int, str], list[tuple[int, bool]]] = defaultdict(list)
    for one in tables["classes"]:
        if one["lower"] is not None:
            bounds[(one["year"], one["agency"])].append((int(one["lower"] * MILLIONTHS), one["exclusive"]))
    kinds, width = _kinds(tables), int(rule.limit("width") * MILLIONTHS)
    near: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
    for row in _yearly(tables):
        key, x = (row["year"], row["agency"]), _x(row)
        if x is None or key not in kinds:
            continue
        for bound, exclusive in bounds[key]:
            counted = near[(row["year"], kinds[key], bound)]
            off = x - bound
            counted[0] += 0 < off <= width if exclusive else 0 <= off < width
            counted[1] += -width < off <= 0 if exclusive else -width <= off < 0
    rows, reasons = [], []
    for (year, kind, bound), (above, below) in near.items():
        few = above + below < rule.whole("least")
        reasons.append(FEW_NEAR if few else "")
        if not few:
            rows.append({"year": year, "agency_kind": kind, "bound": bound, "above": above, "below": below})
    return rows, reasons


def _money_without_result(tables: Tables, rule: SignRule) -> Found:
    money: dict[Any, list[Any]] = defaultdict(lambda: [Decimal(0), Decimal(0), None])
    for row in tables["budgets"]:
        if not row["counts"]:
            continue
        at = [(row["node"], row["unit"]), ("", "")]
        if row["programme"] is not None and row["programme"] != row["node"]:
            at.append((row["programme"], ""))
        for node, unit in at:
            one = money[(row["year"], row["agency"], node)]
            one[0] += (row["ceiling"] or 0) if row["month"] == 0 else 0
            one[1] += (row["spent"] or 0) if row["month"] > 0 else 0
            one[2] = max((name for name in (one[2], unit) if name is not None), default=None)
    results: dict[Any, list[int]] = defaultdict(list)
    for row in _yearly(tables):
        x = _x(row)
        if x is not None:
            for node in _nodes(row):
                results[(row["year"], row["agency"], node)].append(x)
    rows, reasons = [], []
    for key, (ceiling, spent, unit) in money.items():
        found = results.get(key, [])
        reasons.append(NO_CEILING if ceiling <= 0 else NO_INDICATOR if not found else "")
        if reasons[-1]:
            continue
        missed = sum(found) < len(found) * int(rule.limit("achieved") * MILLIONTHS)
        if spent * 100 >= ceiling * rule.whole("absorbed") and missed:
            rows.append({"year": key[0], "agency": key[1], "node": key[2], "unit": unit, "ceiling": ceiling, "spent": spent,
                         "x_sum": sum(found), "size": len(found)})  # fmt: skip
    return rows, reasons


def _nodes(row: Row) -> Iterable[str]:
    yield row["node"]
    if row["measured"]:
        yield ""


_TWINS: Mapping[str, Callable[[Tables, SignRule], Found]] = {
    "pencilan": _outliers, "digit-akhir": _last_digits, "digit-awal": _first_digits, "angka-bulat": _round_numbers,
    "deret-kembar": _identical, "target-turun": _lower_targets, "sama-target": _always_equal, "lonjakan": _jumps,
    "tepi-kelas": _class_edges, "anggaran-tanpa-hasil": _money_without_result,
}  # fmt: skip
