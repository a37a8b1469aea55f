"""What the grid shows of an indicator: the light row of the list, and the line with its cells and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from selaras.core.law import Band
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator, Node
from selaras.core.reporting.entry import Entry
from selaras.web.measurement.periods import key_of
from selaras.web.measurement.typed import Shown, inputs_of, is_pair

EMPTY = "kosong"
STATES = (EMPTY, *(state.value for state in Progress))


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
        if span not in self._states:
            shown = (span, Span.YEAR)
            states = {state.value for period, state in self.entered.items() if period.span in shown}
            self._states[span] = states or {EMPTY}
        return self._states[span]

    @cached_property
    def _states(self) -> dict[Span, set[str]]:
        """What `states` has found: a list asks each of its lines several times."""
        return {}


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
