"""A sheet of targets in a form: what each cell held when it was opened, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from selaras.actions.planning import key_of
from selaras.core.errors import Conflict, Fault, Refusal
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import Indicator, PlanDocument, Target
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value, ValueKind
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.typed import read_typed, texts_of
from selaras.web.days import period_name
from selaras.web.planning.remembered import remembered

SHEET = BY_RECORD[Target]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a target stands: its indicator, period and document."""

    indicator: Indicator
    period: Period
    document: PlanDocument

    @property
    def key(self) -> str:
        """The natural key in words, as `actions.planning` uses it."""
        return key_of(Target(self.indicator.code, self.period, self.document, _ANY))

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"t:{self.period.year}:{self.period.index}:{self.indicator.code}"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell of the sheet, ready to be drawn."""

    name: str
    label: str
    text: str
    seen: str
    fault: str = ""
    state: str = ""


@dataclass(slots=True)
class Typed:
    """What a form says about some spots: targets to store, targets to remove, and what could not be read."""

    given: list[Target] = field(default_factory=list)
    removed: list[Target] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was typed that differs from what was seen."""
        return bool(self.given or self.removed)

    def blame(self, refusal: Refusal, spots: Mapping[str, Spot]) -> None:
        """Mark the cells that a refusal names by their key; the rest is said above the sheet."""
        by_key = {spot.key: spot.name for spot in spots.values()}
        for fault in refusal.faults:
            where = fault.place.record.removeprefix("Target ").replace(", ", " ")
            name = by_key.get(where)
            if name:
                self.wrong[name] = fault.message
            self.faults.append(fault)

    def accept(self, conflict: Conflict, spots: Mapping[str, Spot]) -> None:
        """After a conflict was shown: what stands now counts as seen, so that saving again keeps the own entry."""
        for clash in conflict.clashes:
            for spot in spots.values():
                if clash.field == f"Target {spot.key}":
                    self.seen[spot.key] = clash.stands
                    self.wrong[spot.name] = clash.stands


def spots_by_name(spots: Iterable[Spot]) -> dict[str, Spot]:
    """Spots by the name of their field."""
    return {spot.name: spot for spot in spots}


def read_cells(data: Mapping[str, str], spots: Mapping[str, Spot], held: Mapping[str, Target]) -> Typed:
    """Read what was typed; only cells that differ from what the person saw are taken.

    `held` are the stored targets by key. A cell that was emptied removes its target.
    """
    typed = Typed()
    for name, spot in spots.items():
        if name not in data:
            continue
        text, seen = data[name].strip(), data.get(f"s-{name}", "")
        typed.texts[name] = text
        typed.seen[spot.key] = seen
        old = held.get(spot.key)
        if not text:
            if seen:
                typed.removed.append(old or Target(spot.indicator.code, spot.period, spot.document, _ANY))
            continue
        row = read_typed(SHEET, _texts(spot, text), {spot.indicator.code: spot.indicator.value_kind})
        if row.record is None:
            typed.wrong[name] = "; ".join(fault.message for fault in row.faults)
            # A cell of a workbook means nothing here: the indicator and its year are the place.
            typed.faults += [replace(fault, place=Place(record=_label(spot))) for fault in row.faults]
        elif row.record.value.shown() != seen:
            typed.given.append(row.record)
    return typed


def cell(spot: Spot, held: Mapping[str, Target], typed: Typed | None = None) -> SheetCell:
    """The cell of a spot: as stored, or as it was typed if that could not be stored."""
    old = held.get(spot.key)
    text = text_of(spot, old.value) if old else ""
    seen = old.value.shown() if old else ""
    if typed is not None and spot.name in typed.texts:
        fault = typed.wrong.get(spot.name, "")
        text, seen = typed.texts[spot.name], typed.seen.get(spot.key, seen)
        state = "cell-wrong" if fault else "cell-dirty" if text != (text_of(spot, old.value) if old else "") else ""
        return SheetCell(spot.name, _label(spot), text, seen, fault, state)
    return SheetCell(spot.name, _label(spot), text, seen)


def text_of(spot: Spot, value: Value) -> str:
    """A value as a person types it into the cell of its indicator."""
    return _typed_text(spot.indicator.value_kind, value)


@lru_cache(maxsize=4096)
def _typed_text(kind: ValueKind, value: Value) -> str:
    """How a value is typed depends on nothing else; a sheet holds the same ones many times."""
    target = Target("-", Period(_SOME_YEAR), PlanDocument.RKT, value)
    return texts_of(target, {target.indicator: kind})["value"]


def by_key(targets: Iterable[Target]) -> dict[str, Target]:
    """Targets by their key in words."""
    return {key_of(item): item for item in targets}


def held_targets(figures: Figures) -> Mapping[str, Target]:
    """The stored targets by their key in words, found once for as long as the figures live."""
    held: dict[str, Target] = remembered(figures, "targets by key")
    if not held:
        held |= by_key(figures.snapshot.targets)
    return held


def with_typed(targets: tuple[Target, ...], typed: Typed) -> tuple[Target, ...]:
    """The targets as they would be if the typed ones were stored: for checks while typing."""
    kept = by_key(targets) | {key_of(item): item for item in typed.given}
    gone = {key_of(item) for item in typed.removed}
    return tuple(item for key, item in kept.items() if key not in gone)


def _texts(spot: Spot, text: str) -> dict[str, str]:
    whole = Target(spot.indicator.code, spot.period, spot.document, _ANY)
    return texts_of(whole, {}) | {"value": text}


def _label(spot: Spot) -> str:
    return f"{spot.indicator.name}, {period_name(spot.period)}"


_ANY: Any = None
_SOME_YEAR = 2000
