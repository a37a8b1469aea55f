"""One team for many evaluations: the team of one is given to those of its year that have none yet."""

from __future__ import annotations

from selaras.actions._evaluating import KIND, evaluation_of, refuse_evaluator, tell_team
from selaras.actions._evaluation_steps import refuse_team
from selaras.core.access import Act, Actor, may
from selaras.core.errors import Fault, Refusal
from selaras.store.evaluations import key_of, team_of, teamless, unit_of
from selaras.store.models import EvaluationMember
from selaras.store.users import find_user


def share_team(by: Actor, *, agency: str, evaluation: int, url: str = "") -> int:
    """Give the team of an evaluation to all of its year that have none, are not final, and that the person may evaluate.

    How many. Members are told once. Raises Refusal without a team, where none is left without one, or for a member who
    is of a unit or may not evaluate it; NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, "menyusun tim evaluasi") as (trace, held):
        refuse_evaluator(by, held)
        team = team_of(held.row)
        if not team:
            raise Refusal(
                "Tim evaluasi ini belum disusun.", Fault("tim kosong", remedy="Susun dan simpan timnya dahulu.")
            )
        rows = teamless(agency, held.row.year).select_for_update(of=("self",))
        others = [row for row in rows if may(by, Act.EVALUATE, agency, unit_of(row))]
        if not others:
            raise Refusal("Semua evaluasi tahun ini sudah mempunyai tim.")
        people = {login: find_user(login) for login in team}
        for row in others:
            refuse_team(agency, unit_of(row), team)
            for login, role in team.items():
                EvaluationMember.objects.create(evaluation=row, user=people[login], role=role.value)
                trace.changed(KIND, key_of(row), f"Tim {login}", "", role.value)
        trace["count"] = len(others)
        words = f"Anda masuk tim {len(others)} evaluasi lain tahun {held.row.year}."
        tell_team(by, held, words, url)
    return len(others)
