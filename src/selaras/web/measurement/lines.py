"""The lines of the grid: indicators in the order of the tree, each with its cells, chosen by what the person asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from django.urls import reverse

from selaras.core.access import Act, Actor, may, may_by_position, reach
from selaras.core.measurement.limits import Limits
from selaras.core.measurement.records import Progress
from selaras.core.period import Period, Span
from selaras.core.planning import Node, NodeLevel
from selaras.core.reporting.entry import Entry
from selaras.core.reporting.figures import Figures
from selaras.store.measuring import limits_of
from selaras.store.units import nearest_owner
from selaras.web.gate import CodeConverter
from selaras.web.measurement.grid_shown import STATES, CellShown, Line, LineShown, Listed
from selaras.web.measurement.periods import columns, short_name

ANY = "kode-mana-pun"
TO_URL = CodeConverter().to_url


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person wants to see: words, unit, state, whose indicators, only IKU, and the length of the periods."""

    words: str = ""
    unit: str = ""
    state: str = ""
    whose: str = ""
    iku: bool = False
    span: Span = Span.QUARTER


@dataclass(frozen=True)
class Board:
    """The list of an agency's indicators in one year, and who looks at it.

    `tree` is the figures of a snapshot that holds the nodes, units and positions; values are not needed here.
    """

    tree: Figures
    indicators: Sequence[Listed]
    states: Mapping[str, Mapping[Period, Progress]]
    actor: Actor
    agency: str
    known: Sequence[Line] = ()
    """The lines, if they are known already."""

    @property
    def year(self) -> int:
        """The year of the list."""
        return self.tree.year

    @cached_property
    def limits(self) -> Limits:
        """From where on figures are remarkable."""
        return limits_of(self.year)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Every indicator in the order of the tree."""
        return self.known or lines_of(self.tree, self.indicators, self.states)

    @cached_property
    def is_limited(self) -> bool:
        """Whether the person works on some indicators of the agency and not on all."""
        places = {(line.unit, line.indicator.responsible): line for line in self.lines}
        return len({self.is_mine(line) for line in places.values()}) == 2

    def is_mine(self, line: Line) -> bool:
        """Whether the person enters or verifies this indicator."""
        return self.may_measure(line) or self._in_reach(Act.VERIFY, line)

    def may_measure(self, line: Line) -> bool:
        """Whether the person may enter values of this indicator."""
        return may_measure(self.actor, self.agency, line.unit, line.indicator.responsible)

    def chosen(self, asked: Asked, *, state: str | None = None) -> list[Line]:
        """The lines that fit; `state` stands in for the one asked for."""
        wanted = asked.state if state is None else state
        return [line for line in self._narrowed(asked) if not wanted or wanted in line.states(asked.span)]

    def counts(self, asked: Asked) -> dict[str, int]:
        """How many lines of each state there are among those that fit otherwise; the empty key counts all."""
        found = self._narrowed(asked)
        states = Counter(state for line in found for state in line.states(asked.span))
        return {"": len(found), **{state: states[state] for state in STATES}}

    def shown(self, line: Line, span: Span, figures: Figures) -> LineShown:
        """One line with its figures, out of those that hold its values."""
        indicator = figures.indicators[line.indicator.code]
        may_edit = self.may_measure(line)
        evidence = Counter(item.period for item in figures.snapshot.evidence if item.indicator == indicator.code)
        cells = tuple(
            CellShown(
                Entry(figures, indicator, period, self.limits), line, may_edit, evidence[period],
                period_url(self.agency, indicator.code, period),
            )
            for period in columns(self.year, span)
        )  # fmt: skip
        return LineShown(line, indicator, cells, cells[-1].entry)

    def grouped(self, lines: Iterable[LineShown]) -> Iterator[tuple[Node | None, list[LineShown]]]:
        """Lines under their sasaran."""
        for sasaran, group in groupby(lines, key=lambda shown: shown.line.sasaran):
            yield sasaran, list(group)

    def units(self) -> list[tuple[str, str]]:
        """The units that answer for indicators, in the agency's own order."""
        used = {line.unit for line in self.lines}
        return [(unit.code, unit.name) for unit in self.tree.snapshot.units if unit.code in used]

    def _narrowed(self, asked: Asked) -> list[Line]:
        words = asked.words.casefold().split()
        mine = asked.whose == "saya"
        return [
            line for line in self.lines
            if (not asked.unit or line.unit == asked.unit)
            and (not asked.iku or line.indicator.iku)
            and (not mine or self.is_mine(line))
            and all(word in f"{line.indicator.code} {line.indicator.name}".casefold() for word in words)
        ]  # fmt: skip

    def _in_reach(self, act: Act, line: Line) -> bool:
        return _covers(self._reaches[act], line.unit)

    @cached_property
    def _reaches(self) -> dict[Act, frozenset[str] | None]:
        return {act: reach(self.actor, act, self.agency) for act in (Act.MEASURE, Act.VERIFY)}


def lines_of(
    tree: Figures, indicators: Iterable[Listed], states: Mapping[str, Mapping[Period, Progress]]
) -> tuple[Line, ...]:
    """Indicators in the order of the tree, each with where it stands."""
    snapshot = tree.snapshot
    parents = {node.code: (node.parent, node.owner) for node in snapshot.nodes}
    units = {unit.code: unit.name for unit in snapshot.units}
    titles = {position.code: position.title for position in snapshot.positions}
    at: dict[str, list[Listed]] = {}
    for indicator in sorted(indicators, key=lambda one: one.order):
        at.setdefault(indicator.node, []).append(indicator)
    found = []
    for node in tree.walk():
        unit, sasaran = nearest_owner(node.code, parents), _sasaran(tree, node)
        found += [
            Line(
                indicator, unit, units.get(unit, ""), titles.get(indicator.responsible, ""), sasaran,
                states.get(indicator.code, {}),
            )
            for indicator in at.get(node.code, ())
        ]  # fmt: skip
    return tuple(found)


def _sasaran(tree: Figures, node: Node) -> Node | None:
    at: Node | None = node
    while at is not None and at.level not in {NodeLevel.SASARAN, NodeLevel.TUJUAN}:
        at = tree.nodes.get(at.parent)
    return at


def may_measure(actor: Actor, agency: str, unit: str, responsible: str) -> bool:
    """Whether the person may enter values of an indicator: by role, or as the holder of the responsible position."""
    return may(actor, Act.MEASURE, agency, unit) or may_by_position(actor, Act.MEASURE, agency, responsible)


def period_url(agency: str, indicator: str, period: Period) -> str:
    """The page of one value."""
    return _period_page(agency, period).replace(ANY, TO_URL(indicator))


@lru_cache(maxsize=1024)
def _period_page(agency: str, period: Period) -> str:
    return reverse("measurement:period", args=(agency, period.year, ANY, period.span.value, period.index))


def column_heads(year: int, span: Span) -> list[str]:
    """The heads of the columns of periods."""
    return [short_name(period) for period in columns(year, span)]


def _covers(units: frozenset[str] | None, unit: str) -> bool:
    return units is None or unit in units
