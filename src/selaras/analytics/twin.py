"""The roll-ups once more, slowly and plainly: from the figures of `core`, agency by agency, without files or engines.

The tests hold both against each other to the last digit; nothing else uses this. Achievements, absorption, progress and
efficiency are those of `core.measurement`, cut off after six decimals as the nation keeps them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from selaras.analytics.exact import MICRO, cut
from selaras.analytics.rollups import WITHOUT
from selaras.analytics.rows import Around, family, rows_of
from selaras.analytics.schema import BY_NAME
from selaras.core.computed import Computed
from selaras.core.law import Certainty, GradeScale, Source
from selaras.core.measurement import achievement
from selaras.core.measurement import budget as budgets
from selaras.core.measurement.efficiency import DIFFERENCE, RATIO, REMAINDER
from selaras.core.measurement.efficiency import efficiency as efficient
from selaras.core.measurement.records import Progress
from selaras.core.planning import Indicator, LowerMethod, Polarity
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value, ValueKind

Rows = list[dict[str, Any]]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Given:
    """One agency's year: its figures and what stands beside them."""

    figures: Figures
    around: Around
    altered: Mapping[tuple[str, str, int], Mapping[str, Any]] = field(default_factory=dict)
    """Cells of measurements (by indicator, span and index) that somebody changed in the files after they were written."""

    @property
    def place(self) -> dict[str, Any]:
        """Year and agency, as columns."""
        return {"year": self.figures.year, "agency": self.figures.snapshot.agency.code}

    @cached_property
    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table as it is written, alterations among them."""
        found = rows_of(self.figures, self.around, inside=True)
        names = [column.name for column in BY_NAME["measurements"].columns]
        for index, row in enumerate(found["measurements"]):
            cells = dict(zip(names, row, strict=True))
            cells |= self.altered.get((cells["indicator"], cells["span"], cells["index"]), {})
            found["measurements"][index] = tuple(cells.values())
        return found

    def table(self, name: str) -> Rows:
        """The rows of one table, as dictionaries."""
        columns = [column.name for column in BY_NAME[name].columns]
        return [{**self.place, **dict(zip(columns, row, strict=True))} for row in self.rows[name]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One measured indicator of a year."""

    given: Given
    indicator: Indicator
    share: Decimal | None
    raw: Decimal | None
    label: str | None

    @property
    def reached(self) -> bool | None:
        return None if self.raw is None else self.raw >= 100


def by_agency(nation: Iterable[Given]) -> Rows:
    """`rollups.by_agency`."""
    return [
        {**given.place, **about(given), **_summary(list(_entries(given)))} for given in nation if given.figures.measured
    ]


def by_kind(nation: Iterable[Given]) -> Rows:
    """`rollups.by_kind`."""
    return _grouped(nation, lambda entry: {
        "year": entry.given.figures.year, "agency_kind": entry.given.figures.snapshot.agency.kind.value
    })  # fmt: skip


def by_year(nation: Iterable[Given]) -> Rows:
    """`rollups.by_year`."""
    return _grouped(nation, lambda entry: {"year": entry.given.figures.year})


def by_sasaran(nation: Iterable[Given]) -> Rows:
    """`rollups.by_sasaran`."""

    def place(entry: _Entry) -> dict[str, Any]:
        node = entry.given.figures.nodes[entry.indicator.node]
        return {**entry.given.place, "sasaran": node.code, "sasaran_title": node.title}

    return _grouped(nation, place)


def by_unit(nation: Iterable[Given]) -> Rows:
    """`rollups.by_unit`: each unit with everything below it."""
    found: Rows = []
    for given in nation:
        parents = {unit.code: unit.parent for unit in given.figures.snapshot.units}
        entries = [(entry, _line(_unit_of(given.figures, entry.indicator), parents)) for entry in _entries(given)]
        for unit in given.figures.snapshot.units:
            below = [entry for entry, line in entries if unit.code in line]
            if below:
                line = _line(unit.code, parents)
                about_unit = {"ancestor": unit.code, "depth": len(line), "path": "/".join(line), "unit_name": unit.name}
                found.append({**given.place, **about_unit, **_summary(below)})
    return found


def _line(code: str, parents: Mapping[str, str]) -> list[str]:
    """The codes from the top to a unit; none for an unknown one."""
    return [*_line(parents[code], parents), code] if code in parents else []


def _unit_of(figures: Figures, indicator: Indicator) -> str:
    """The unit that answers: of the responsible position, else the owner of the node or of one above."""
    units = {unit.code for unit in figures.snapshot.units}
    posts = {post.code: post.unit for post in figures.snapshot.positions}
    candidates, code = [posts.get(indicator.responsible, "")], indicator.node
    while code in figures.nodes:
        candidates.append(figures.nodes[code].owner)
        code = figures.nodes[code].parent
    return next((candidate for candidate in candidates if candidate in units), "")


def by_class(nation: Iterable[Given]) -> Rows:
    """`rollups.by_class`."""
    counts: Counter[tuple[int, str, str, str]] = Counter()
    for given in nation:
        figures = given.figures
        for entry in _entries(given):
            counts[figures.year, figures.snapshot.agency.kind.value, figures.scale.code, entry.label or WITHOUT] += 1
    totals: Counter[tuple[int, str, str]] = Counter()
    for (year, kind, scale, _), count in counts.items():
        totals[year, kind, scale] += count
    return [
        {"year": year, "agency_kind": kind, "scale": scale, "class_label": label, "indicators": count,
         "total": totals[year, kind, scale], "share": _percent(count, totals[year, kind, scale])}
        for (year, kind, scale, label), count in counts.items()
    ]  # fmt: skip


def by_indicator(nation: Iterable[Given]) -> Rows:
    """`rollups.by_indicator`, of the measured indicators."""
    return [
        {**given.place, "indicator": entry.indicator.code, "family": family(entry.indicator.name),
         "achievement": entry.share, "achievement_printed": _printed(entry.share), "class_label": entry.label,
         "reached": entry.reached}
        for given in nation for entry in _entries(given)
    ]  # fmt: skip


def budget(nation: Iterable[Given]) -> Rows:
    """`rollups.budget`."""
    return [{**given.place, **_absorbed(given)} for given in nation if _counting(given)]


def budget_by_kind(nation: Iterable[Given]) -> Rows:
    """`rollups.budget_by_kind`."""
    groups: dict[tuple[int, str], list[Given]] = defaultdict(list)
    for given in nation:
        if _counting(given):
            groups[given.figures.year, given.figures.snapshot.agency.kind.value].append(given)
    return [
        {"year": year, "agency_kind": kind, **_money(
            sum((each.figures.total_budget for each in group), Decimal(0)),
            sum((each.figures.total_spent for each in group), Decimal(0)),
        )}
        for (year, kind), group in groups.items()
    ]  # fmt: skip


def budget_by_programme(nation: Iterable[Given]) -> Rows:
    """`rollups.budget_by_programme`."""
    return [
        {**given.place, "programme": node.code,
         **_money(given.figures.budget[node.code], given.figures.spent.get(node.code, Decimal(0)))}
        for given in nation for node in given.figures.programmes
    ]  # fmt: skip


def budget_by_month(nation: Iterable[Given]) -> Rows:
    """`rollups.budget_by_month`."""
    ceilings: dict[int, Decimal] = defaultdict(Decimal)
    spent: dict[tuple[int, int], Decimal] = {}
    for given in nation:
        figures = given.figures
        ceilings[figures.year] += figures.total_budget
        programmes = [node.code for node in figures.programmes]
        for month in range(1, 13):
            through, before = (figures.spent_through(each) for each in (month, month - 1))
            own = {item.node for item in figures.snapshot.spending if item.month == month}
            touched = [
                code for code in programmes if own & {node.code for node in (figures.nodes[code], *figures.walk(code))}
            ]
            for code in touched:
                amount = through.get(code, Decimal(0)) - before.get(code, Decimal(0))
                spent[figures.year, month] = spent.get((figures.year, month), Decimal(0)) + amount
    return [
        {"year": year, "month": month, "spent": amount, "ceiling": ceilings[year],
         "absorption": cut(budgets.absorption(ceilings[year], amount).value)}
        for (year, month), amount in spent.items()
    ]  # fmt: skip


def efficiency(nation: Iterable[Given]) -> Rows:
    """`rollups.efficiency`."""
    found: Rows = []
    for given in nation:
        if not given.figures.measured:
            continue
        share = _summary(list(_entries(given)))["achievement"]
        money = _absorbed(given) if _counting(given) else {"ceiling": None, "spent": None, "absorption": None}
        made = {name: money[name] for name in ("ceiling", "spent", "absorption")}
        found.append({**given.place, "achievement": share, **made, **_efficient(share, share, money["absorption"])})
    return found


def efficiency_by_indicator(nation: Iterable[Given]) -> Rows:
    """`rollups.efficiency_by_indicator`."""
    found: Rows = []
    for given in nation:
        for entry in _entries(given):
            absorbed = cut(given.figures.indicator_absorption(entry.indicator).value)
            made = _efficient(entry.share, entry.raw, absorbed)
            found.append({**given.place, "indicator": entry.indicator.code, "absorption": absorbed, **made})
    return found


def progress(nation: Iterable[Given]) -> Rows:
    """`rollups.progress`."""
    found: Rows = []
    for given in nation:
        for indicator in given.figures.measured:
            share = cut(given.figures.progress(indicator).value)
            found.append(
                {**given.place, "indicator": indicator.code, "progress": share, "progress_printed": _printed(share)}
            )  # fmt: skip
    return found


def completeness(nation: Iterable[Given]) -> Rows:
    """`rollups.completeness`."""
    groups: dict[tuple[int, str, str], Rows] = defaultdict(list)
    for given in nation:
        for row in given.table("measurements"):
            if row["measured"]:
                groups[row["year"], row["agency"], row["span"]].append(row)
    settled = {Progress.VERIFIED.value, Progress.LOCKED.value}
    made: Rows = []
    for (year, agency, span), rows in groups.items():
        filled = [row for row in rows if row["realised_kind"]]
        dated = [row for row in filled if row["recorded_on"] and row["due_on"]]
        on_time = sum(row["recorded_on"] <= row["due_on"] for row in dated)
        sure = sum(row["state"] in settled for row in filled)
        proved = sum(row["evidence"] > 0 for row in filled)
        made.append({
            "year": year, "agency": agency, "span": span, "expected": len(rows), "filled": len(filled), "settled": sure,
            "with_evidence": proved, "with_target": sum(row["target_kind"] is not None for row in rows),
            "on_time": on_time, "late": len(dated) - on_time, "undated": len(filled) - len(dated),
            "filled_share": _percent(len(filled), len(rows)),
            "settled_share": _percent(sure, len(rows)), "evidence_share": _percent(proved, len(filled)),
            "on_time_share": _percent(on_time, len(dated)),
        })  # fmt: skip
    return made


def predicates(nation: Iterable[Given]) -> Rows:
    """`rollups.predicates`."""
    people: Counter[tuple[int, str, str]] = Counter()
    for given in nation:
        for unit, predicate, count, _ in given.around.predicates:
            if not unit:
                people[given.figures.year, given.figures.snapshot.agency.kind.value, predicate] += count
    totals: Counter[tuple[int, str]] = Counter()
    for (year, kind, _), count in people.items():
        totals[year, kind] += count
    return [
        {"year": year, "agency_kind": kind, "predicate": predicate, "people": count, "total": totals[year, kind],
         "share": _percent(count, totals[year, kind])}
        for (year, kind, predicate), count in people.items()
    ]  # fmt: skip


def disagreements(nation: Iterable[Given]) -> Rows:
    """`rollups.disagreements`: what stands in the files against the achievement that `core` makes of them."""
    found: Rows = []
    for given in nation:
        for row in given.table("measurements"):
            again = _again(given, row)
            if any(row[name] != again[f"{name.removesuffix('_label')}_again"] for name in PUBLISHED):
                names = ("indicator", "span", "index", "target_text", "realised_text", *PUBLISHED)
                found.append({**given.place, **{name: row[name] for name in names}, **again})
    return found


PUBLISHED = ("raw", "achievement", "class_label", "reached")


def _again(given: Given, row: dict[str, Any]) -> dict[str, Any]:
    """The achievement of a row of measurements, from its target and realisation alone."""
    figure = achievement.achieve(
        _stored(row, "target"), _stored(row, "realised"), polarity=Polarity(row["polarity"]), cap=row["cap"], grades=RANKS,
        lower_method=LowerMethod(row["lower_method"]) if row["lower_method"] else None,
    )  # fmt: skip
    raw, share = cut(figure.raw), cut(figure.value)
    if raw is None or share is None:
        return {"raw_again": None, "achievement_again": None, "class_again": None, "reached_again": None}
    band = given.figures.scale.classify(_printed(share) or Decimal(0))
    return {"raw_again": raw, "achievement_again": share, "class_again": band.label, "reached_again": raw >= 100}


RANKS = GradeScale("", "", tuple(map(str, range(1, 100))), Source("", Certainty.CONFIRMED))
"""Grades as the files hold them: by their rank."""


def _stored(row: dict[str, Any], name: str) -> Value | None:
    """A value as the files hold it; None where its number is not in them."""
    kind, amount = row[f"{name}_kind"], row[name]
    if kind is None or amount is None:
        return None
    if kind == ValueKind.GRADE.value:
        return Value(ValueKind.GRADE, grade=str(int(amount)))
    if kind == ValueKind.YES_NO.value:
        return Value(ValueKind.YES_NO, flag=bool(amount))
    return Value(ValueKind(kind), amount, row[f"{name}_upper"])


TWINS: dict[str, Callable[[Iterable[Given]], Rows]] = {
    "instansi": by_agency, "jenis": by_kind, "tahun": by_year, "sasaran": by_sasaran, "unit": by_unit, "kelas": by_class,
    "indikator": by_indicator, "anggaran": budget, "anggaran-jenis": budget_by_kind,
    "anggaran-program": budget_by_programme, "anggaran-bulan": budget_by_month, "efisiensi": efficiency,
    "efisiensi-indikator": efficiency_by_indicator, "kemajuan": progress, "kelengkapan": completeness,
    "predikat": predicates, "selisih": disagreements,
}  # fmt: skip
"""By the names of `rollups.ROLLUPS`."""


def about(given: Given) -> dict[str, Any]:
    """What stands of an agency beside its roll-up."""
    agency = given.figures.snapshot.agency
    return {"agency_name": agency.name, "agency_kind": agency.kind.value}


def _entries(given: Given) -> Iterator[_Entry]:
    figures = given.figures
    for indicator in figures.measured:
        figure = figures.achievement(indicator)
        share, raw = cut(figure.value), cut(figure.raw)
        if share is None or raw is None:
            share, raw = None, None
        band = figures.band(figure) if share is not None else None
        yield _Entry(given, indicator, share, raw, band.label if band else None)


def _grouped(nation: Iterable[Given], place: Callable[[_Entry], dict[str, Any]]) -> Rows:
    groups: dict[tuple[Any, ...], tuple[dict[str, Any], list[_Entry]]] = {}
    for given in nation:
        for entry in _entries(given):
            at = place(entry)
            groups.setdefault(tuple(at.values()), (at, []))[1].append(entry)
    return [{**at, **_summary(entries)} for at, entries in groups.values()]


def _summary(entries: list[_Entry]) -> dict[str, Any]:
    shares = [entry.share for entry in entries if entry.share is not None]
    figures = [Computed("", "", share) for share in shares]
    average = cut(achievement.mean(figures, key="", name="").value)
    met = sum(entry.reached is True for entry in entries)
    return {
        "indicators": len(entries), "with_figure": len(shares), "reached": met,
        "missed": sum(entry.reached is False for entry in entries), "lowest": min(shares, default=None),
        "highest": max(shares, default=None), "achievement": average, "reached_share": _percent(met, len(shares)),
        "achievement_printed": _printed(average),
    }  # fmt: skip


def _counting(given: Given) -> bool:
    return bool(given.figures.programmes)


def _absorbed(given: Given) -> dict[str, Any]:
    return _money(given.figures.total_budget, given.figures.total_spent)


def _money(ceiling: Decimal, spent: Decimal) -> dict[str, Any]:
    share = cut(budgets.absorption(ceiling, spent).value)
    return {"ceiling": ceiling, "spent": spent, "absorption": share, "absorption_printed": _printed(share)}


def _efficient(share: Decimal | None, raw: Decimal | None, absorbed: Decimal | None) -> dict[str, Any]:
    one, other = Computed("", "", share, raw=raw), Computed("", "", absorbed)
    names = (("ratio", RATIO), ("difference", DIFFERENCE), ("remainder", REMAINDER))
    return {name: cut(efficient(method, one, other).value) for name, method in names}


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(MICRO, rounding=ROUND_DOWN) if whole else None


def _printed(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(CENT, rounding=ROUND_HALF_UP) + 0  # no negative zero
