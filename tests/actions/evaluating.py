"""People, an open evaluation and its answers, for the tests of the evaluation."""

from tests.store.example import AGENCY, YEAR

from selaras.actions import evaluations as verbs
from selaras.core.access import Actor, Grant, Role
from selaras.core.evaluation.stages import Column, TeamRole
from selaras.store.models import Agency, RoleGrant, User

CODE = AGENCY.code
TEAM = {
    "anggota": TeamRole.MEMBER, "ketua": TeamRole.CHIEF, "mutu": TeamRole.CONTROLLER, "kepala": TeamRole.LEAD,
}  # fmt: skip


def person(login, role, unit=None):
    user = User.objects.filter(username=login).first() or User.objects.create(username=login, name=f"Contoh {login}")
    RoleGrant.objects.get_or_create(user=user, role=role.value, agency=Agency.objects.get(code=CODE), unit=unit)
    return Actor(user.name, (Grant(role, CODE),), login)


def people():
    found = {login: person(login, Role.EVALUATOR) for login in TEAM}
    found["unit"] = person("unit", Role.PLANNER)
    found["pimpinan"] = person("pimpinan", Role.LEADER)
    return found


def opened(who, unit="", team=TEAM, **more):
    row = verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR, unit=unit, **more)
    verbs.set_team(who["ketua"], agency=CODE, evaluation=row.pk, members=team)
    return row


def answer_all(by, row, column, letter="C", reason="", only=None):
    from selaras.store.evaluations import template_of

    template = template_of(row)
    for sub in template.subcomponents:
        if only is None or sub.code in only:
            met = {"E": 0, "D": 1, "C": len(sub.criteria) // 2, "BB": len(sub.criteria)}[letter]
            for at, item in enumerate(sub.criteria):
                verbs.answer(
                    by, agency=CODE, evaluation=row.pk, column=column, item=item.code,
                    answer="terpenuhi" if at < met else "belum",
                )  # fmt: skip
            verbs.answer(by, agency=CODE, evaluation=row.pk, column=column, item=sub.code, answer=letter, reason=reason)


def letters_only(by, row, column, letter="E", reason="", only=None):
    from selaras.store.evaluations import template_of

    for sub in template_of(row).subcomponents:
        if only is None or sub.code in only:
            verbs.answer(by, agency=CODE, evaluation=row.pk, column=column, item=sub.code, answer=letter, reason=reason)


def probed(row, column=Column.EVALUATOR, answer="belum"):
    """One criterion of each sub-component answered: without any, nobody may go on."""
    from selaras.store.evaluations import template_of
    from selaras.store.models import EvaluationAnswer

    given = set(EvaluationAnswer.objects.filter(evaluation=row, column=column.value).values_list("item", flat=True))
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(
            evaluation=row, column=column.value, item=sub.criteria[0].code, answer=answer, by="Contoh anggota"
        )
        for sub in template_of(row).subcomponents
        if sub.criteria and not given & {item.code for item in sub.criteria}
    )
    return row


def closed(who, unit="", letter="E"):
    """An evaluation from opening to the final decision, all answers `letter`."""
    row = opened(who, unit)
    letters_only(who["unit"], row, Column.SELF, letter)
    verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    letters_only(who["anggota"], row, Column.EVALUATOR, letter)
    probed(row)
    verbs.evaluate_done(who["ketua"], agency=CODE, evaluation=row.pk)
    verbs.control_done(who["mutu"], agency=CODE, evaluation=row.pk)
    return verbs.close(who["kepala"], agency=CODE, evaluation=row.pk)
