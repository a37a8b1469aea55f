"""An SKP between its person and the assessor: proposed, returned, agreed to, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from selaras.actions._people import (
    moved,
    plan_held,
    refuse_state,
    tell_assessor,
    tell_employee,
    words,
)
from selaras.actions._people_plans import (
    refuse_self,
    refuse_unfit,
)
from selaras.core.access import Actor
from selaras.core.errors import Refusal
from selaras.core.people.skp import (
    SkpPlan,
    SkpState,
)
from selaras.store.people import Standing
from selaras.store.people_rows import plan_record


@dataclass(frozen=True, slots=True)
class Many:
    """What became of several plans: codes that went through, and why others did not."""

    done: tuple[str, ...]
    refused: dict[str, str]


def propose(by: Actor, *, agency: str, code: str) -> SkpPlan:
    """Hand a draft to the assessor, who is told; what is missing altogether is refused.

    Raises Refusal with every error of the check, NotAllowed, NotFound.
    """
    with plan_held(by, agency, code, "mengajukan SKP", Standing.OWN) as (trace, held):
        refuse_state(held.plan, SkpState.DRAFT)
        refuse_unfit(held)
        moved(trace, held, SkpState.PROPOSED)
        tell_assessor(by, held, f"SKP {held.row.position.title} diajukan dan menunggu persetujuan.")
    return plan_record(held.row)


def return_plan(by: Actor, *, agency: str, code: str, note: str) -> SkpPlan:
    """Give a proposed plan back, or open an agreed one anew, with a note that says why. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "mengembalikan SKP", Standing.ASSESSOR) as (trace, held):
        refuse_self(held)
        refuse_state(held.plan, SkpState.PROPOSED, SkpState.AGREED)
        told = words(note, "Catatan")
        moved(trace, held, SkpState.DRAFT, told)
        tell_employee(by, held, f"SKP dikembalikan: {told[:300]}")
    return plan_record(held.row)


def agree(by: Actor, *, agency: str, code: str, on: date | None = None) -> SkpPlan:
    """Set the expectations as proposed; the assessor's alone, never the person's own. Raises Refusal, NotAllowed, NotFound."""
    with plan_held(by, agency, code, "menyepakati SKP", Standing.ASSESSOR) as (trace, held):
        refuse_self(held)
        refuse_state(held.plan, SkpState.PROPOSED)
        refuse_unfit(held)
        moved(trace, held, SkpState.AGREED, signed_on=on or timezone.localdate())
        tell_employee(by, held, f"SKP {held.row.position.title} disepakati.")
    return plan_record(held.row)


def agree_many(by: Actor, *, agency: str, codes: Iterable[str]) -> Many:
    """Agree to several plans; each for itself, so that one that cannot be agreed holds no other back."""
    done, refused = [], {}
    for code in dict.fromkeys(codes):
        try:
            agree(by, agency=agency, code=code)
            done.append(code)
        except Refusal as refusal:
            refused[code] = refusal.faults[0].sentence() if refusal.faults else refusal.message
    return Many(tuple(done), refused)
