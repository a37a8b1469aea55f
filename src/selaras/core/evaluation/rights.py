"""Who a person is in one evaluation, and what of it that person may read.

The verbs refuse by these answers, the pages show their doors by them.
"""

from __future__ import annotations

from collections.abc import Mapping

from selaras.core.access import Act, Actor, may
from selaras.core.evaluation.stages import Column, State, TeamRole

EVALUATORS = frozenset(TeamRole) - {TeamRole.UNIT}


def roles_of(actor: Actor, agency: str, unit: str, team: Mapping[str, TeamRole]) -> frozenset[TeamRole]:
    """The roles of an actor in the evaluation of a unit (empty: the agency as a whole); `team` is by login.

    A place in the team counts only as long as its person may evaluate the unit. Who may fill in the unit's
    self-assessment is of the unit, and nobody who is in the team is.
    """
    held = team.get(actor.login) if actor.login else None
    if held in EVALUATORS:
        return frozenset({held}) if held and may(actor, Act.EVALUATE, agency, unit) else frozenset()
    return frozenset({TeamRole.UNIT}) if may(actor, Act.ASSESS, agency, unit) else frozenset()


def readable(actor: Actor, agency: str, unit: str, state: State) -> tuple[Column, ...]:
    """The columns that an actor may read: evaluators all, others only the self-assessment until the evaluation is final.

    What evaluators write before it is final is their working paper.
    """
    if state is State.FINAL or may(actor, Act.EVALUATE, agency, unit):
        return tuple(Column)
    return (Column.SELF,) if may(actor, Act.SEE, agency, unit) else ()
