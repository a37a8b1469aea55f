"""What differs between two states of one report: figures from → to, and paragraphs of the agency's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from selaras.core.numerals import format_rupiah
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.stored import StoredFigure, What, stored
from selaras.core.snapshot import Narrative, Snapshot
from selaras.core.value import Value

MONEY = frozenset({What.BUDGET, What.SPENT})
COMPUTED = frozenset({What.ACHIEVEMENT, What.PROGRESS, What.ABSORPTION})


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that differs, as reports print it; empty where there was or is none.

    `computed` says that the figure follows from others and was not itself entered.
    """

    name: str
    what: str
    year: int
    before: str
    after: str
    computed: bool


class Edit(StrEnum):
    """What became of a run of words."""

    SAME = "tetap"
    ADDED = "ditambah"
    REMOVED = "dihapus"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words of a paragraph, with what became of it."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One paragraph that differs, by its section, as runs of words."""

    section: str
    order: int
    words: tuple[Words, ...]


def figure_changes(old: Figures, new: Figures) -> tuple[FigureChange, ...]:
    """Every stored or computed figure of the year that differs, entered ones first, in the order of the report."""
    before, after = _by_key(old), _by_key(new)
    found = []
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        told = now or was
        if told is None or _shown(was) == _shown(now):
            continue
        what = " ".join(part for part in (told.what.value, told.document) if part)
        found.append(FigureChange(told.name, what, told.year, _shown(was), _shown(now), computed=told.what in COMPUTED))
    return tuple(sorted(found, key=lambda change: change.computed))


def text_changes(old: Snapshot, new: Snapshot) -> tuple[TextChange, ...]:
    """Every paragraph of the agency's own words that differs."""
    before, after = _paragraphs(old.narratives), _paragraphs(new.narratives)
    return tuple(
        TextChange(section, order, tuple(_compared(was, now)))
        for section, order in sorted({*before, *after})
        if (was := before.get((section, order), "")) != (now := after.get((section, order), ""))
    )


def _by_key(figures: Figures) -> dict[tuple[str, str, int, str], StoredFigure]:
    return {(item.what.value, item.record, item.year, item.document): item for item in stored(figures).figures}


def _shown(item: StoredFigure | None) -> str:
    if item is None or not item.values:
        return ""
    value: Value = item.values[0]
    if item.what in MONEY and value.amount is not None:
        return format_rupiah(value.amount, places=0 if value.amount == value.amount.to_integral_value() else 2)
    return value.shown(2) if item.what in COMPUTED else value.shown()


def _paragraphs(narratives: Iterable[Narrative]) -> dict[tuple[str, int], str]:
    return {(item.section, item.order): item.text for item in narratives}


def _compared(old: str, new: str) -> Iterator[Words]:
    """Runs of words from the old paragraph to the new one."""
    was, now = old.split(), new.split()
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Words(Edit.SAME, " ".join(was[from_old:to_old]))
            continue
        if to_old > from_old:
            yield Words(Edit.REMOVED, " ".join(was[from_old:to_old]))
        if to_new > from_new:
            yield Words(Edit.ADDED, " ".join(now[from_new:to_new]))
