"""Every operation against every role, a stranger, a program without the scope, and nobody, by the table of `asking`."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests.api.asking import ALL, R, asked
from tests.api.conftest import Program
from tests.long_run import LONG
from tests.web.conftest import BIRO, KPU

from selaras.actions.tokens import create_token
from selaras.api.document import operations
from selaras.api.door import api
from selaras.core.access import Actor, Role, Scope
from selaras.store import kept
from selaras.store import models as tables

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ground(samples, django_db_blocker, tmp_path_factory):
    """What the table asks for, made once, in a folder of its own: the table, and a program by who and what for."""
    before, settings.DATA = settings.DATA, tmp_path_factory.mktemp("rights")
    kept.forget()
    with django_db_blocker.unblock():
        mark = transaction.savepoint()
        made = {}

        def program(*roles, agency=BIRO, scopes=tuple(Scope)):
            key = (roles, agency, scopes)
            if key not in made:
                login = f"contoh-{len(made)}"
                user = tables.User.objects.create_user(login, name=login)
                place = tables.Agency.objects.get(code=agency)
                for role in roles:
                    tables.RoleGrant.objects.create(user=user, role=role.value, agency=place)
                made[key] = Program(create_token(Actor(login, login=login), name="uji", scopes=scopes)[1])
            return made[key]

        table = asked()
        for role in Role:
            program(role)
        for scope in Scope:
            program(*ALL, scopes=(scope,))
            program(*ALL, scopes=tuple(set(Scope) - {scope}))
        for denied in {tuple(role for role in Role if role not in one.allowed) for one in table.values()}:
            program(*denied)
        program(*ALL, agency=KPU)
        yield table, program
        transaction.savepoint_rollback(mark)
    settings.DATA = before


@pytest.fixture
def table(ground, db):
    return ground[0]


@pytest.fixture
def program(ground, db):
    return ground[1]


def status(one, program, **more):
    """The status of a request that leaves nothing behind."""
    with transaction.atomic():
        answer = one.sent(program, **more)
        transaction.set_rollback(True)
    assert answer.status_code < 500, answer.content
    return answer.status_code


# What a colleague without the right is told: 403, but a review that is not theirs to see does not exist.
HIDDEN = {
    "getReview": 404, "reviewFindings": 404,
    # A file is that of a person, whatever the role; nobody else is told that it is there.
    "getSkp": 404, "giveSkpFeedback": 404, "recordSkpResult": 404,
}  # fmt: skip
# Who has no part in a register is told of no record of it; the public is stopped at the door where there is one.
CHANGES = {"changeRegisterRecord", "advanceRegisterRecord", "fillRegisterFile"}
UNSEEN = {
    R.EMPLOYEE: CHANGES | {"listRegisterRecords", "getRegisterRecord", "getRecordsBehindFigure"},
}  # fmt: skip
# What there is nothing of, also for those who may.
EMPTY = {"getEditionFile", "getSkp", "giveSkpFeedback", "recordSkpResult"}


MANY = 4
"""So many roles are all asked at each operation; of more, every one at the first operation for just these, then in turn."""


def asked_of(number, allowed, known):
    """Who shows that those who may are let in."""
    roles = sorted(allowed, key=list(Role).index)
    if len(roles) <= MANY or frozenset(roles) not in known or LONG:
        known.add(frozenset(roles))
        return roles
    return [roles[(number + step * len(roles) // 3) % len(roles)] for step in range(3)]


def test_who_may_is_let_in(table, program):
    wrong, known = {}, set()
    for number, (name, one) in enumerate(table.items()):
        for role in asked_of(number, one.allowed, known):
            got = status(one, program(role))
            if got in {401, 403} or (got == 404 and name not in EMPTY):
                wrong[name, role.name] = got
    assert wrong == {}


def test_who_may_not_is_refused_with_all_roles_that_may_not_together(table, program):
    """Roles only add up: who is refused with all of them is refused with each. Where it matters what is told, each is asked."""
    wrong, seen = {}, set()
    for name, one in table.items():
        denied = tuple(role for role in Role if role not in one.allowed)
        alone = name in HIDDEN or any(name in names for names in UNSEEN.values()) or denied not in seen
        seen.add(denied)
        for roles in [(role,) for role in denied] if alone else [denied]:
            told = HIDDEN.get(name, 403) if ALL & set(roles) else 403
            told = 404 if name in UNSEEN.get(roles[0], ()) and len(roles) == 1 else told
            if (got := status(one, program(*roles))) != told:
                wrong[name, *roles] = got
    assert wrong == {}


def test_a_stranger_finds_nothing_and_nobody_is_asked_for_a_token(table, program):
    stranger, nobody = program(*ALL, agency=KPU), Program("")
    found = {name: status(one, stranger) for name, one in table.items()}
    assert {name: got for name, got in found.items() if got != 404} == {}
    found = {name: status(one, nobody) for name, one in table.items()}
    assert {name: got for name, got in found.items() if got != 401} == {}


SCOPED = {
    "shareEvaluationTeam": Scope.REVIEW,
    "saveWorkbook": Scope.READ, "saveEsr": Scope.READ, "loadWorkbook": Scope.LOAD, "composeDocument": Scope.COMPOSE,
    "figures": Scope.COMPOSE, "findings": Scope.COMPOSE, "audit": Scope.AUDIT, "recordRealisation": Scope.MEASURE,
    "moveRealisation": Scope.MEASURE, "attachEvidence": Scope.MEASURE, "openReview": Scope.REVIEW, "getReview": Scope.REVIEW,
    "reviewFindings": Scope.REVIEW, "saveSpending": Scope.MEASURE, "removeSpending": Scope.MEASURE,
    "saveEvidence": Scope.MEASURE, "removeEvidence": Scope.MEASURE, "listOwnSkp": Scope.PEOPLE,
    "listSubordinateSkp": Scope.PEOPLE,
}  # fmt: skip
"""The scope that each operation needs. Reading needs none; every other change needs `ubah`."""


def needed(name):
    """The scope that an operation needs; None where every token may read."""
    reading = name.startswith(("list", "get", "culture")) and "ebhook" not in name
    reading = reading and name not in {"getReview", "listDeliveries"}
    return SCOPED.get(name) or (None if reading else Scope.EDIT)


def test_a_token_does_what_its_one_scope_says_and_nothing_with_all_the_others(table, program):
    """Scopes only add up: who is refused with all others is refused with each of them."""
    wrong = {}
    for number, (name, one) in enumerate(table.items()):
        if name in EMPTY:
            continue
        scope = needed(name)
        only = scope or list(Scope)[number % len(Scope)]
        if status(one, program(*ALL, scopes=(only,))) in {403, 404}:
            wrong[name, only.name] = "refused"
        if scope and status(one, program(*ALL, scopes=tuple(set(Scope) - {scope}))) not in {403, 404}:
            wrong[name, f"without {scope.name}"] = "done"
    assert wrong == {}


def test_the_table_names_every_operation(table):
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    known = {operation["operationId"] for _, operation in operations(document)}
    none_in_the_samples = {"Contribution", "Employee", "PhotoRecord", "WeightedPart"}
    left = {f"{verb}{kind}" for kind in none_in_the_samples for verb in ("get", "remove")}
    assert known - set(table) == left | {"me", "listAgencies", "verifyFile", "getVerification", "exportAnchors"}


def test_verifying_is_for_every_token_and_the_anchors_are_for_who_keeps_the_installation(inside, program):
    asked, nobody = ("/api/v1/verifications", "/api/v1/audit/anchors"), Program("")
    for role in Role:
        of_role = program(role)
        answer = of_role.client.post(asked[0], {"file": SimpleUploadedFile("kosong.pdf", b"")})
        assert answer.status_code == 422, role
        assert of_role.get("/verifications/" + "x" * 32).status_code == 404
        assert of_role.client.get(asked[1]).status_code == 403, role
    assert [nobody.client.post(asked[0]).status_code, nobody.client.get(asked[1]).status_code] == [401, 401]
