"""Who may do what with one agreement: by role over the promiser's unit, or as the holder of one of its two positions.

The verbs refuse by these answers, the pages show their doors by them.
"""

from __future__ import annotations

from selaras.core.access import Act, Actor, may


def holds(actor: Actor, agency: str, position: str) -> bool:
    """Whether the actor holds a position today and acts as a person, not as a program with some scopes."""
    return bool(position) and actor.limits is None and (agency, position) in actor.positions


def may_draft(actor: Actor, agency: str, unit: str, promiser: str) -> bool:
    """Whether the actor may draft and propose: by role over the unit, or as the one who promises."""
    return holds(actor, agency, promiser) or may(actor, Act.DRAFT_AGREEMENT, agency, unit)


def may_decide(actor: Actor, agency: str, unit: str, promiser: str, superior: str) -> bool:
    """Whether the actor may agree or return: the superior, or another head over the unit; never who only promises."""
    if holds(actor, agency, superior):
        return True
    return not holds(actor, agency, promiser) and may(actor, Act.SIGN_AGREEMENT, agency, unit)


def may_print(actor: Actor, agency: str, unit: str, promiser: str, superior: str) -> bool:
    """Whether the actor may have it as a document: who composes documents, and both parties."""
    is_party = holds(actor, agency, promiser) or holds(actor, agency, superior)
    return is_party or may(actor, Act.COMPOSE, agency, unit)
