"""What the verbs of an evaluation share: the row held during the act, who acts as what, contradictions, telling people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role, check_somewhere, may, refusal
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.evaluation.contradicting import Grounds, contradictions
from selaras.core.evaluation.facts import drawn
from selaras.core.evaluation.rights import EVALUATORS
from selaras.core.evaluation.scoring import Answers
from selaras.core.evaluation.stages import Column, State, TeamRole
from selaras.core.evaluation.template import Template
from selaras.core.finding import Finding
from selaras.rulebook.lke_evidence import clues_for
from selaras.store.evaluation_facts import facts_of
from selaras.store.evaluations import Sheet, key_of, roles_in, sheet_of, team_of, template_of, unit_of
from selaras.store.models import Evaluation, User
from selaras.store.users import holders_of

KIND = "Evaluation"
UNIT_ROLES = (Role.PLANNER, Role.REPORTER)
"""Who is told of what concerns the unit."""


@dataclass(frozen=True, slots=True)
class Held:
    """An evaluation during an act: its row, its instrument, and who acts as what."""

    row: Evaluation
    template: Template
    roles: frozenset[TeamRole]

    @property
    def state(self) -> State:
        """How far it is."""
        return State(self.row.state)

    @property
    def key(self) -> str:
        """Its name in the history."""
        return key_of(self.row)

    def sheet(self) -> Sheet:
        """Everything filled in."""
        return sheet_of(self.row)


@contextmanager
def evaluation_of(by: Actor, agency: str, pk: int, action: str) -> Iterator[tuple[Trace, Held]]:
    """An act on one evaluation, whose row is held meanwhile; open to its unit and to evaluators.

    Raises NotFound where there is none that the actor may know of, NotAllowed for a colleague with neither right.
    """
    with traced(by, action=action, agency=agency) as trace:
        check_somewhere(by, Act.SEE, agency)
        rows = Evaluation.objects.select_related("agency", "unit").select_for_update(of=("self",))
        row = rows.filter(agency__code=agency, pk=pk).first()
        if row is None:
            raise NotFound("Evaluasi ini tidak ditemukan.")
        unit = unit_of(row)
        if not (may(by, Act.ASSESS, agency, unit) or may(by, Act.EVALUATE, agency, unit)):
            if not may(by, Act.SEE, agency, unit):
                raise NotFound("Evaluasi ini tidak ditemukan.")
            raise refusal(by, Act.EVALUATE, agency, unit)
        held = Held(row, template_of(row), roles_in(by, row))
        trace |= {"evaluation": row.pk, "record": held.key}
        yield trace, held


def refuse_evaluator(by: Actor, held: Held) -> None:
    """Only who may evaluate the unit goes on. Raises NotAllowed."""
    agency, unit = held.row.agency.code, unit_of(held.row)
    if not may(by, Act.EVALUATE, agency, unit):
        raise refusal(by, Act.EVALUATE, agency, unit)


def refuse_outside_team(held: Held) -> None:
    """Only members of the team go on. Raises Refusal."""
    if not held.roles & EVALUATORS:
        raise Refusal(
            "Hanya anggota tim evaluasi ini yang dapat melakukannya.",
            Fault("di luar tim", expected="anggota tim", remedy="Susun tim evaluasi dahulu, atau minta dimasukkan."),
        )


def refuse_final(held: Held) -> None:
    """A final evaluation does not change. Raises Refusal."""
    if held.state is State.FINAL:
        raise Refusal(
            "Evaluasi ini sudah final.", Fault("evaluasi final", remedy="Buka lagi dengan alasan, bila perlu.")
        )


def found_against(sheet: Sheet, column: Column, answers: Answers | None = None) -> tuple[Finding, ...]:
    """What contradicts the answers of a column: criteria, facts on record, evidence; by the facts as they are now."""
    row = sheet.evaluation
    facts = facts_of(row.agency.code, unit_of(row), row.year)
    grounds = Grounds(drawn(clues_for(sheet.template), facts), sheet.beyond(column), sheet.reasons(column))
    return contradictions(sheet.template, answers or sheet.given(column), grounds)


def tell_team(by: Actor, held: Held, words: str, url: str, *roles: TeamRole) -> None:
    """Tell the members of the team who hold one of the roles (all of them without)."""
    wanted = [login for login, role in team_of(held.row).items() if not roles or role in roles]
    tell(
        by, User.objects.filter(username__in=wanted), text=words, url=url, agency=held.row.agency.code, topic="evaluasi"
    )


def tell_unit(by: Actor, held: Held, words: str, url: str) -> None:
    """Tell those who fill in the unit's self-assessment."""
    code = held.row.agency.code
    people = holders_of(code, timezone.localdate(), *UNIT_ROLES)
    tell(by, people, text=words, url=url, agency=code, topic="evaluasi")
