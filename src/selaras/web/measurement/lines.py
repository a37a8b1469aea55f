"""The lines of the grid: indicators in the order of the tree, each with its cells, chosen by what the person asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Protocol

from django.urls import reverse

from selaras.core.access import Act, Actor, may, may_by_position, reach
from selaras.core.law import Band
from selaras.core.measurement.limits import Limits
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node, NodeLevel
from selaras.core.reporting.entry import Entry
from selaras.core.reporting.figures import Figures
from selaras.store.measuring import limits_of
from selaras.store.units import nearest_owner
from selaras.web.gate import CodeConverter
from selaras.web.measurement.periods import columns, key_of, short_name
from selaras.web.measurement.typed import Shown, inputs_of, is_pair

ANY = "kode-mana-pun"
TO_URL = CodeConverter().to_url
EMPTY = "kosong"
STATES = (EMPTY, *(state.value for state in Progress))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person wants to see: words, unit, state, whose indicators, only IKU, and the length of the periods."""

    words: str = ""
    unit: str = ""
    state: str = ""
    whose: str = ""
    iku: bool = False
    span: Span = Span.QUARTER


class Listed(Protocol):
    """What a list needs of an indicator: the light row, or the whole record."""

    @property
    def code(self) -> str:
        """The agency's code."""

    @property
    def name(self) -> str:
        """The wording."""

    @property
    def node(self) -> str:
        """The node that it measures."""

    @property
    def responsible(self) -> str:
        """The position that answers for it."""

    @property
    def iku(self) -> bool:
        """Whether it is a key performance indicator."""

    @property
    def order(self) -> int:
        """Its rank within the node."""


@dataclass(frozen=True)
class Line:
    """One indicator of the list: where it stands and how far its values are."""

    indicator: Listed
    unit: str
    unit_name: str
    position: str
    sasaran: Node | None
    entered: Mapping[Period, Progress]

    def states(self, span: Span) -> set[str]:
        """The states of its values in the year and its parts of one length; only `kosong` where none is filled in."""
        shown = (span, Span.YEAR)
        return {state.value for period, state in self.entered.items() if period.span in shown} or {EMPTY}


@dataclass(frozen=True)
class CellShown:
    """One cell of the grid."""

    entry: Entry
    line: Line
    may_edit: bool
    evidence: int
    url: str

    @property
    def key(self) -> str:
        """The period as the cell sends it."""
        return key_of(self.entry.period)

    @property
    def period(self) -> Period:
        """The period of the cell."""
        return self.entry.period

    @property
    def realisation(self) -> Realisation | None:
        """What is stored."""
        return self.entry.realisation

    @cached_property
    def inputs(self) -> list[Shown]:
        """The inputs, filled."""
        return inputs_of(self.entry.indicator, self.realisation)

    @property
    def seen(self) -> str:
        """What the person sees now, to be sent along with a change."""
        return self.realisation.told() if self.realisation else ""

    @property
    def state(self) -> str:
        """The state of the value; empty where nothing was entered."""
        return self.realisation.status.value if self.realisation else ""

    @property
    def is_open(self) -> bool:
        """Whether the person may type here now."""
        return self.may_edit and self.state in {"", Progress.DRAFT.value}

    @property
    def target(self) -> str:
        """The target of this very period."""
        return self.entry.own_aim.value.shown() if self.entry.own_aim.value and not self.entry.is_year else ""

    @property
    def beside(self) -> str:
        """The value where the inputs do not show it: a quotient, a plain value of a pair, what periods make of a year."""
        value = self.entry.value
        if value is None:
            return ""
        if is_pair(self.entry.indicator) or (self.entry.is_year and self.realisation is None):
            return value.shown()
        return ""

    @property
    def has_note(self) -> bool:
        """Whether something was written beside the value."""
        return self.realisation is not None and bool(self.realisation.note.strip())


@dataclass(frozen=True)
class LineShown:
    """One line of the grid with its figures."""

    line: Line
    indicator: Indicator
    cells: tuple[CellShown, ...]
    year: Entry

    @property
    def target(self) -> str:
        """The target of the year."""
        return self.year.aim.shown()

    @property
    def target_document(self) -> str:
        """The document that sets it."""
        return self.year.aim.document

    @property
    def achievement(self) -> str:
        """The achievement of the year as printed, empty where there is none."""
        return self.year.achievement.shown() if self.year.achievement.value is not None else ""

    @property
    def why_none(self) -> str:
        """Why there is no achievement."""
        return self.year.achievement.status.value

    @property
    def band(self) -> Band | None:
        """The class of the achievement."""
        return self.year.band

    @property
    def url(self) -> str:
        """The page of the indicator's year."""
        return self.cells[-1].url

    @property
    def asks(self) -> str:
        """What must still be explained, in words."""
        entry = next((cell.entry for cell in self.cells if cell.entry.need and not cell.entry.is_explained), None)
        return f"{entry.need}" if entry and entry.need else ""


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
