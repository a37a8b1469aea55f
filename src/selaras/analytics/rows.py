"""The rows of one agency's year out of the figures of its report, table by table, as the schema orders the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from selaras.analytics.exact import MOST, cut, finest, fitted
from selaras.analytics.schema import TABLES, Reach
from selaras.core.computed import Computed, Status
from selaras.core.deadlines import Matter, Slot
from selaras.core.measurement.achievement import achieve
from selaras.core.measurement.entries import value_of
from selaras.core.org import Unit
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node, NodeLevel, PlanDocument
from selaras.core.reporting.figures import Aim, Figures
from selaras.core.value import Value, ValueKind

Row = tuple[Any, ...]
TOO_LARGE = "terlalu besar untuk dihitung tepat"
"""The status of a share that `exact` has no room for."""
ROUNDINGS = ("ROUND_05UP", "ROUND_DOWN", "ROUND_UP")


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A published edition: what, when, under which hash, and on which page."""

    kind: str
    period: Period
    version: int
    published_on: date | None
    sha256: str
    page: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the snapshot: days, counts and editions. Everything but editions and dues is for insiders."""

    source: str
    licence: str = ""
    dues: Mapping[Slot, date] = field(default_factory=dict)
    recorded: Mapping[tuple[str, Period], date] = field(default_factory=dict)
    verified: Mapping[tuple[str, Period], date] = field(default_factory=dict)
    editions: tuple[EditionFact, ...] = ()
    predicates: tuple[tuple[str, str, int, str], ...] = ()
    """Unit, predicate, people, predicate of the organisation; only what may be shown of few people."""
    recommendations: tuple[tuple[str, bool, int], ...] = ()


def rows_of(figures: Figures, around: Around, *, inside: bool) -> dict[str, list[Row]]:
    """Every table of the partition. Columns and tables for insiders are empty unless `inside`.

    `figures` must stand on a snapshot without personal data (`core.reporting.redaction`).
    """
    made = _Maker(figures, around)
    found = {
        "agencies": [made.agency()],
        "classes": list(made.classes()),
        "units": list(made.units()),
        "lineage": list(made.lineage()),
        "indicators": [made.indicator(item) for item in figures.snapshot.indicators],
        "targets": list(made.targets()),
        "measurements": [row for item in figures.snapshot.indicators for row in made.measurements(item)],
        "budgets": list(made.budgets()),
        "staff_predicates": list(around.predicates) if inside else [],
        "editions": list(made.editions()),
        "recommendations": list(around.recommendations) if inside else [],
    }
    return found if inside else {name: _outside(name, rows) for name, rows in found.items()}


def _outside(name: str, rows: list[Row]) -> list[Row]:
    """The rows without what is for insiders."""
    table = next(table for table in TABLES if table.name == name)
    hidden = {index for index, column in enumerate(table.columns) if column.reach is not Reach.PUBLIC}
    if not hidden:
        return rows
    return [tuple(None if index in hidden else cell for index, cell in enumerate(row)) for row in rows]


class _Maker:
    """Looks up what several tables of one agency's year need."""

    def __init__(self, figures: Figures, around: Around) -> None:
        self.figures = figures
        self.around = around
        self.year = figures.year
        snapshot = figures.snapshot
        self.measured = {item.code for item in figures.measured}
        self.known_units = {unit.code: unit for unit in snapshot.units}
        self.of_position = {item.code: item.unit for item in snapshot.positions}
        self.evidence = Counter((item.indicator, item.period) for item in snapshot.evidence)

    def agency(self) -> Row:
        """The row of the agency itself."""
        snapshot, plan = self.figures.snapshot, self.figures.plan
        agency = snapshot.agency
        return (
            agency.name, agency.short_name, agency.kind.value, agency.parent_name, agency.city, agency.website,
            self.around.licence, snapshot.settings.scale, snapshot.settings.efficiency,
            plan.first_year if plan else None, plan.last_year if plan else None, len(snapshot.units),
            len(snapshot.employees), self.around.source,
        )  # fmt: skip

    def classes(self) -> Iterator[Row]:
        """The bands of the scale."""
        for position, band in enumerate(self.figures.scale.bands, 1):
            lower = None if band.lower is None else finest(band.lower)
            yield position, band.label, lower, band.exclusive, band.tone.value

    def units(self) -> Iterator[Row]:
        """The tree of units; one whose parent is unknown is a top."""
        parents = {unit.parent for unit in self.known_units.values()}
        for unit in self.known_units.values():
            chain = self.chain(unit)
            above = chain[-2].code if len(chain) > 1 else ""
            path = "/".join(item.code.replace("/", "%2F") for item in chain)
            yield unit.code, above, len(chain), path, unit.name, unit.kind.value, unit.code not in parents

    def lineage(self) -> Iterator[Row]:
        """Each unit with all above it."""
        for unit in self.known_units.values():
            for depth, above in enumerate(self.chain(unit), 1):
                yield unit.code, above.code, depth

    def chain(self, unit: Unit) -> list[Unit]:
        """The units from the top to this one; a loop is cut where it closes."""
        found = [unit]
        while (above := self.known_units.get(found[0].parent)) is not None and above not in found:
            found.insert(0, above)
        return found

    def unit_of(self, indicator: Indicator) -> str:
        """Who answers for an indicator: the unit of the responsible position, else the owner of its node or one above."""
        code = self.of_position.get(indicator.responsible, "")
        return code if code in self.known_units else self.owner_of(indicator.node)

    def owner_of(self, node: str) -> str:
        """The unit that owns a node, or the nearest above it."""
        for item in self.above(node):
            if item.owner in self.known_units:
                return item.owner
        return ""

    def above(self, code: str) -> list[Node]:
        """A node and all above it, upwards."""
        found: list[Node] = []
        node = self.figures.nodes.get(code)
        while node is not None and node not in found:
            found.append(node)
            node = self.figures.nodes.get(node.parent)
        return found

    def value(self, indicator: Indicator, value: Value | None) -> Row:
        """Kind, number, upper end and text of a value."""
        if value is None:
            return None, None, None, None
        amount, upper = value.amount, value.upper
        if value.kind is ValueKind.GRADE:
            scale = self.figures.law.grade_scales.get(indicator.grade_scale)
            rank = scale.rank(value.grade) if scale else None
            amount = None if rank is None else Decimal(rank)
        elif value.kind is ValueKind.YES_NO:
            amount = Decimal(bool(value.flag))
        return value.kind.value, fitted(amount), fitted(upper), value.shown()

    def indicator(self, item: Indicator) -> Row:
        """The row of an indicator."""
        above = self.above(item.node)
        sasaran = next((node for node in above if node.level is NodeLevel.SASARAN), None)
        baseline = item.baseline.amount if item.baseline else None
        return (
            item.code, item.name, family(item.name), item.node, above[0].level.value if above else "",
            sasaran.code if sasaran else None, sasaran.title if sasaran else None, self.unit_of(item) or None, item.unit,
            item.kind.value, item.value_kind.value, item.polarity.value,
            item.lower_method.value if item.lower_method else None, item.formula.value, item.aggregation.value,
            fitted(item.cap), item.iku, item.code in self.measured, item.definition or None, item.source or None,
            *self.value(item, self.figures.final_aim(item).value), fitted(baseline), item.baseline_year,
        )  # fmt: skip

    def targets(self) -> Iterator[Row]:
        """Every target of the year: those of plans and those of every version of the head's agreement."""
        figures, known = self.figures, self.figures.indicators
        for target in figures.snapshot.targets:
            if target.period.year == self.year and target.indicator in known:
                item = known[target.indicator]
                counts = target.value is self.aim(item, target.period).value
                yield (
                    item.code, target.period.span.value, target.period.index, target.document.value, 0,
                    *self.value(item, target.value), counts,
                )  # fmt: skip
        latest = figures.agreement
        same = [a for a in figures.snapshot.agreements if latest and a.promiser == latest.promiser]
        for agreement in {item.version: item for item in same}.values():
            lines = {line.indicator: line for line in figures.lines_of(agreement) if line.indicator in known}
            for line in lines.values():
                item = known[line.indicator]
                counts = agreement is latest and line.target is not None
                yield item.code, Span.YEAR.value, 1, "PK", agreement.version, *self.value(item, line.target), counts

    def aim(self, item: Indicator, period: Period) -> Aim:
        """The target that counts for a period."""
        if period.span is Span.YEAR:
            return self.figures.aim(item, period.year)
        return self.figures.quarterly(item, period)

    def measurements(self, item: Indicator) -> Iterator[Row]:
        """The year of an indicator, then each shorter period that has a target or a value."""
        yield self.measurement(item, Period(self.year))
        planned = {
            target.period
            for target in self.figures.snapshot.targets
            if target.indicator == item.code and target.document is PlanDocument.ACTION_PLAN
        }
        filled = {record.period for record in self.figures.snapshot.realisations if record.indicator == item.code}
        for period in sorted(planned | filled):
            if period.year == self.year and period.span is not Span.YEAR:
                yield self.measurement(item, period)

    def measurement(self, item: Indicator, period: Period) -> Row:
        """One row of measurements."""
        figures, around = self.figures, self.around
        aim, record = self.aim(item, period), figures.realisation(item, period)
        whole = period.span is Span.YEAR
        realised = figures.realised(item, self.year).value if whole else value_of(item, record) if record else None
        figure = figures.achievement(item) if whole else self.achieved(item, aim, realised)
        value = self.rounded(item, aim, realised, figure)
        target = self.value(item, aim.value)
        raw, share = cut(figure.raw), cut(figure.value)
        status = figure.status.value
        if figure.status is Status.COMPUTED and (raw is None or _too_large(target) or _too_large(value)):
            raw, share, status = None, None, TOO_LARGE
        band = figures.band(figure) if share is not None else None
        money = figures.supporting_amounts(item) if whole else (None, None)
        key = (item.code, period)
        explanation = figures.explanations.get(item.code)
        return (
            item.code, period.span.value, period.index, period.last_month, self.unit_of(item) or None, item.node,
            item.code in self.measured, item.iku, item.polarity.value,
            item.lower_method.value if item.lower_method else None, fitted(item.cap),
            *target, aim.document or None, *value,
            fitted(record.numerator) if record else None, fitted(record.denominator) if record else None,
            status, _kept(raw), _kept(share), band.label if band else None,
            figures.reached(figure) if share is not None else None, *(_kept(amount) for amount in money),
            self.evidence[key], bool(explanation and (explanation.cause or explanation.solution)),
            record.status.value if record else None, around.recorded.get(key), self.due(period), around.verified.get(key),
        )  # fmt: skip

    def achieved(self, item: Indicator, aim: Aim, realised: Value | None) -> Computed:
        """The achievement of a period against the target set for it."""
        return achieve(
            aim.value, realised, polarity=item.polarity, lower_method=item.lower_method, cap=item.cap,
            grades=self.figures.law.grade_scales.get(item.grade_scale),
        )  # fmt: skip

    def rounded(self, item: Indicator, aim: Aim, realised: Value | None, figure: Computed) -> Row:
        """The realised value for the file; a quotient is rounded so that its achievement stays what the report says."""
        made = self.value(item, realised)
        if realised is None or realised.amount is None or abs(realised.amount) >= MOST or made[1] == realised.amount:
            return made
        for rounding in ROUNDINGS:
            amount = finest(realised.amount, rounding)
            trial = self.achieved(item, aim, Value(realised.kind, amount, realised.upper))
            if cut(trial.raw) == cut(figure.raw):
                return made[0], amount, made[2], made[3]
        return made

    def due(self, period: Period) -> date | None:
        """Until when a period's value is due."""
        return self.around.dues.get(Slot(Matter.MEASUREMENT.value, period.span, period.index))

    def budgets(self) -> Iterator[Row]:
        """The ceiling of each leaf and what was spent on it month by month."""
        figures, snapshot = self.figures, self.figures.snapshot
        version = figures.budget_version
        ceilings: dict[str, Decimal] = {}
        for line in snapshot.budget_lines:
            if version and line.version == version.code:
                ceilings[line.node] = ceilings.get(line.node, Decimal(0)) + line.amount
        for node, amount in ceilings.items():
            yield from self.budget(node, 0, amount, None)
        for item in snapshot.spending:
            yield from self.budget(item.node, item.month, None, item.amount)

    def budget(self, code: str, month: int, ceiling: Decimal | None, spent: Decimal | None) -> Iterator[Row]:
        """One row of the budget; none for a node that is not there."""
        above = self.above(code)
        if above:
            programme = next((node for node in above if node.level is NodeLevel.PROGRAM), None)
            counts = programme is not None and programme.code in self.figures.budget
            yield (
                code, month, above[0].title, above[0].level.value, programme.code if programme else None,
                self.owner_of(code) or None, counts, _kept(ceiling), _kept(spent),
            )  # fmt: skip

    def editions(self) -> Iterator[Row]:
        """What was published of the year."""
        due = self.around.dues.get(Slot(Matter.REPORT.value)) or self.around.dues.get(
            Slot(Matter.REPORT.value, Span.YEAR, 1)
        )
        for item in self.around.editions:
            span, index = item.period.span.value, item.period.index
            last = due if item.kind == "lkjip" else None
            yield item.kind, span, index, item.version, item.published_on, last, item.sha256, item.page


def family(name: str) -> str:
    """A name as it is compared between agencies: lower case, letters and digits, single spaces."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def _kept(amount: Decimal | None) -> Decimal | None:
    """An amount with the decimals of the files; money has two and shares six, so nothing is rounded."""
    return None if amount is None else finest(amount)


def _too_large(value: Row) -> bool:
    kind, amount = value[0], value[1]
    return kind in {ValueKind.NUMBER.value, ValueKind.PERCENT.value} and amount is None
