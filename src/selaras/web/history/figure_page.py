"""What the page of an old report shows: each figure with its place, its indicator, and what is stored beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import cached_property

from selaras.core.place import Place
from selaras.core.reporting.finding_words import where
from selaras.documents.findings.kept import unpacked
from selaras.store.models import HistoryReading
from selaras.store.models.work import ReadingState
from selaras.store.old_budgets import MONEY, standing_amounts
from selaras.store.old_figures import Key, Standing, standing
from selaras.web.review.sheets import Mark, Sheet, sheet_of

READY, CLASH = "siap", "beda"
LOOKS = {
    ReadingState.WAITING.value: ("warn", "clock"),
    ReadingState.CONFIRMED.value: ("good", "check"),
    ReadingState.CORRECTED.value: ("good", "edit"),
    ReadingState.REFUSED.value: ("none", "x-circle"),
}


@dataclass(frozen=True)
class Figure:
    """One figure of an old report."""

    number: int
    row: HistoryReading
    own: str
    stands: Standing | None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where it is printed."""
        return tuple(unpacked(place) for place in self.row.place.get("places", []))

    @property
    def spot(self) -> str:
        """Its first place in few words, and how many more there are."""
        return where(self.places, own=self.own, most=1)

    @property
    def page(self) -> int | None:
        """The page of its first place."""
        return next((place.page for place in self.places if place.page), None)

    @property
    def label(self) -> str:
        """`Target Renstra 2022`."""
        return f"{self.row.role[:1].upper()}{self.row.role[1:]} {self.row.year}"

    @property
    def shown(self) -> str:
        """The figure as it was understood."""
        return str(self.row.place.get("shown") or self.row.read)

    @property
    def unit(self) -> str:
        """The unit, where the figure does not bear it itself."""
        return "" if self.row.unit in self.row.read else str(self.row.unit)

    @property
    def is_money(self) -> bool:
        """Whether it is a budget or spending, of a programme instead of an indicator."""
        return self.row.role in MONEY

    @property
    def code(self) -> str:
        """The code of what it is taken for; empty where that is not known."""
        of = self.row.node if self.is_money else self.row.suggested
        return of.code if of else ""

    @property
    def agrees(self) -> bool:
        """Whether the report prints no other figure for the same thing."""
        return bool(self.row.place.get("agrees"))

    @property
    def achieved(self) -> str:
        """The achievement that is printed beside a realisation, if there is one only."""
        return str(self.row.place.get("achieved", ""))

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has settled it."""
        return self.row.state == ReadingState.WAITING.value

    @property
    def clashes(self) -> bool:
        """Whether another value is stored for the same thing."""
        return self.stands is not None and not self.stands.prints_as(self.shown)

    @property
    def is_ready(self) -> bool:
        """Whether it can be taken over without a further look: known to be of what, one printed value, nothing else stored."""
        return self.is_waiting and bool(self.code) and self.agrees and not self.clashes

    @property
    def look(self) -> tuple[str, str]:
        """Tone and icon of its state."""
        return LOOKS[self.row.state]


def figures_of(agency: int, rows: Sequence[HistoryReading], own: str) -> list[Figure]:
    """The figures of a report, each with what is stored for its indicator or programme and year."""
    codes = {row.suggested_id for row in rows if row.suggested_id is not None}
    stored: Mapping[Key, Standing] = standing(agency, codes, {row.year for row in rows}) if codes else {}
    amounts = {(row.node.pk, row.node.code, row.year) for row in rows if row.node}
    stored = {**stored, **standing_amounts(agency, amounts)}
    made = (Figure(number, row, own, None) for number, row in enumerate(rows, 1))
    return [replace(each, stands=stored.get((each.row.role, each.code, each.row.year))) for each in made]


def chosen(figures: Sequence[Figure], state: str, words: str) -> list[Figure]:
    """The figures that pass the filters: a state, ready ones, or those with another stored value; words of the name."""
    wanted = words.casefold().split()
    return [
        figure
        for figure in figures
        if (
            not state
            or figure.row.state == state
            or (state == READY and figure.is_ready)
            or (state == CLASH and figure.is_waiting and (figure.clashes or not figure.agrees))
        )
        and all(word in f"{figure.row.wording} {figure.label}".casefold() for word in wanted)
    ]


def tally(figures: Collection[Figure]) -> dict[str, int]:
    """How many figures wait, are ready, need a look, were taken over, were refused."""
    return {
        "all": len(figures),
        "waiting": sum(figure.is_waiting for figure in figures),
        "ready": sum(figure.is_ready for figure in figures),
        "taken": sum(bool(figure.row.settled) for figure in figures),
        "refused": sum(figure.row.state == ReadingState.REFUSED.value for figure in figures),
    }


def sheet_for(
    sizes: Sequence[Sequence[int]], page: int, figures: Sequence[Figure], current: Figure, base: str
) -> Sheet | None:
    """The picture of a page with the marks of its figures, the current one on top."""
    marks = (
        Mark(
            figure.row.place.get("boxes", []),
            "bad" if figure.clashes else "info" if figure.is_waiting else "none",
            f"{figure.row.wording}, {figure.label}: {figure.shown}",
            f"{base}angka={figure.row.pk}&halaman={page}",
            figure.number,
            figure.row.pk == current.row.pk,
        )
        for figure in figures
    )
    return sheet_of(sizes, page, marks)
