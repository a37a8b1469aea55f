"""The board of work culture: studies, follow-up, our own index, and culture beside the achievement of the same units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from selaras.core.access import Actor
from selaras.core.culture.index import InternalIndex, percent
from selaras.core.culture.privacy import change_shown
from selaras.core.errors import Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.org import Position, Unit
from selaras.core.planning import Indicator, Node
from selaras.store.culture import StudyLine, studies_of
from selaras.store.culture_results import WHOLE, results, results_of
from selaras.store.culture_surveys import data_of, is_closed, surveys_of
from selaras.store.measuring import VALUES, WHERE_THEY_STAND, figures_of
from selaras.store.models import StudyAction, SurveyWave
from selaras.store.models.culture import ActionState, SurveyUse
from selaras.store.together import load_together
from selaras.store.units import nearest_owner

OPEN = (ActionState.PLANNED.value, ActionState.RUNNING.value)


@dataclass(frozen=True)
class CultureBoard:
    """What the first page of the stage shows; `before` is the index of the wave before, None where there is none."""

    studies: tuple[StudyLine, ...]
    wave: SurveyWave | None
    index: InternalIndex | None
    before: InternalIndex | None
    open_actions: tuple[StudyAction, ...]
    late_actions: int


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One unit: people who answered, our index in per cent, and how many of its measured indicators reached their target.

    Two facts side by side; neither explains the other.
    """

    unit: str
    name: str
    people: int
    index: Decimal
    reached: int
    measured: int

    @property
    def share(self) -> Decimal | None:
        """The share of measured indicators that reached their target, in per cent; None where nothing is measured."""
        return (Decimal(self.reached * 100) / self.measured).quantize(Decimal("0.1")) if self.measured else None


def board_of(actor: Actor, agency: str, year: int, day: date) -> CultureBoard:
    """The board of an agency up to a year. At most nine queries. Raises NotFound, NotAllowed."""
    studies = studies_of(actor, agency)
    newest, index, before = indices_of(actor, agency, year, day)
    actions = StudyAction.objects.filter(study__agency__code=agency, state__in=OPEN).select_related(
        "study", "owner", "unit"
    )
    listed = tuple(actions)
    return CultureBoard(
        studies, newest, index, before, listed,
        sum(item.due is not None and item.due < day for item in listed),
    )  # fmt: skip


def newest_waves(
    actor: Actor, agency: str, year: int, day: date
) -> tuple[SurveyWave | None, SurveyWave | None]:  # fmt: skip
    """The newest closed wave of work culture up to a year, and the one before of the same survey. Two queries.

    Raises NotFound, NotAllowed.
    """
    waves = [
        wave
        for survey in surveys_of(actor, agency)
        if survey.use == SurveyUse.CULTURE.value
        for wave in survey.waves.all()
        if wave.year <= year and is_closed(wave, day)
    ]
    waves.sort(key=lambda wave: (wave.opens, wave.pk))
    newest = waves[-1] if waves else None
    earlier = [wave for wave in waves[:-1] if newest is not None and wave.survey_id == newest.survey_id]
    return newest, earlier[-1] if earlier else None


def indices_of(
    actor: Actor, agency: str, year: int, day: date
) -> tuple[SurveyWave | None, InternalIndex | None, InternalIndex | None]:
    """The newest closed wave with our own index in it and in the wave before. At most six queries.

    The one before is left out where the change between the two would show a few people.

    Raises NotFound, NotAllowed.
    """
    newest, before = newest_waves(actor, agency, year, day)
    now, was = whole_index(newest), whole_index(before)
    if newest is None or now is None or was is None or not change_shown(now.people, was.people, newest.survey.k_screen):
        was = None
    return newest, now, was


def whole_index(wave: SurveyWave | None) -> InternalIndex | None:
    """Our own index of everybody in a closed wave; None where it may not be shown."""
    if wave is None:
        return None
    try:
        return results(data_of(wave), {}).index.get(WHOLE)
    except Refusal:
        return None  # too few answers to be shown at all


def beside_of(actor: Actor, agency: str, survey: str, wave: str, year: int, day: date) -> tuple[BesideRow, ...]:
    """Culture beside achievement of the same units, for the units whose index may be shown. Five queries.

    Raises Refusal while the wave is open and below the threshold, NotFound, NotAllowed.
    """
    found = results_of(actor, agency, survey, wave, day)
    counted, names = _reached(agency, year)
    return tuple(
        BesideRow(unit, names.get(unit, unit), index.people, percent(index.index), *counted.get(unit, (0, 0)))
        for unit, index in found.index.items()
        if unit != WHOLE
    )


def _reached(agency: str, year: int) -> tuple[Mapping[str, tuple[int, int]], Mapping[str, str]]:
    """By unit (with all below it) how many indicators reached their target and were measured; and the names of units."""
    kinds: set[type[Any]] = {*VALUES, *WHERE_THEY_STAND, Indicator, Realisation, Node, Unit, Position}
    snapshot = load_together(agency, year, kinds)
    figures = figures_of(snapshot)
    homes = {position.code: position.unit for position in snapshot.positions}
    tree = {node.code: (node.parent, node.owner) for node in snapshot.nodes}
    above = {unit.code: unit.parent for unit in snapshot.units}
    found: dict[str, list[bool]] = {}
    for indicator in figures.indicators.values():
        reached = figures.reached(figures.achievement(indicator))
        unit = homes.get(indicator.responsible, "") or nearest_owner(indicator.node, tree)
        seen: set[str] = set()
        while reached is not None and unit and unit not in seen:
            seen.add(unit)
            found.setdefault(unit, []).append(reached)
            unit = above.get(unit, "")
    return (
        {unit: (sum(values), len(values)) for unit, values in found.items()},
        {unit.code: unit.name for unit in snapshot.units},
    )
