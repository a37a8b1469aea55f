"""Every page of an agency really opened: by roles, by a stranger, by nobody, and with numbers and codes of nothing.

`tests/attack` asks every role at every door; here the pages behind the doors are written. People sign in once for all of
it and nothing is changed in between, so that each page costs what it costs a reader.
"""

import pytest
from django.core.cache import caches

from selaras.core.access import Role
from selaras.store import kept
from tests.attack.addresses import every
from tests.attack.conftest import people  # noqa: F401 (a fixture)
from tests.web.conftest import BIRO

INSIDE = [Role.ADMINISTRATOR, Role.PLANNER, Role.LEADER, Role.REVIEWER]
"""Whose pages are really written here; every role at every door is asked by `tests/attack`."""
PAGES = sorted((one for one in every() if one.inside), key=lambda one: one.pattern)
PLAIN = [one for one in PAGES if one.pattern.count("<") == 2]
DEEP = [one for one in PAGES if one.pattern.count("<") > 2]


@pytest.fixture(autouse=True)
def alone(samples, db, settings, tmp_path):
    kept.forget()
    caches["default"].clear()
    caches["local"].clear()
    settings.DATA = tmp_path


def test_the_stages_are_all_there():
    stages = {one.name.partition(":")[0] for one in PAGES}
    assert {
        "home", "org", "planning", "agreements", "measurement", "budget", "reporting", "review", "history", "followup",
        "records", "accounts", "audit", "people", "reform",
    } <= stages  # fmt: skip
    assert len(PLAIN) > 90
    assert len(DEEP) > 150


def test_nobody_is_sent_to_sign_in_and_a_stranger_finds_nothing(people):  # noqa: F811
    wrong = {}
    for one in PLAIN:
        path = one.at(BIRO, 2024)
        nobody = people["nobody"].get(path)
        if nobody.status_code not in {302, 401, 405}:
            wrong[one.name, "nobody"] = nobody.status_code
        if nobody.status_code == 302 and not nobody["Location"].startswith("/akun/login/"):
            wrong[one.name, "nobody"] = nobody["Location"]
        for method in ("get", "post"):
            got = getattr(people["stranger"], method)(path).status_code
            if got not in {404, 405}:
                wrong[one.name, method] = got
    assert wrong == {}


@pytest.mark.parametrize("role", INSIDE, ids=lambda role: role.name.lower())
def test_a_role_gets_every_page_or_a_plain_refusal_and_always_a_strict_content_policy(people, role):  # noqa: F811
    wrong, opened = {}, 0
    for one in PLAIN:
        answer = people[role].get(one.at(BIRO, 2024))
        opened += answer.status_code == 200
        if answer.status_code not in {200, 302, 403, 404, 405, 422}:
            wrong[one.name] = answer.status_code
        policy = answer.headers.get("Content-Security-Policy", "")
        strict = "unsafe" not in policy.replace("style-src 'unsafe-inline'", "") or "sandbox" in policy
        if "default-src 'none'" not in policy or not strict:
            wrong[one.name, "policy"] = policy
        if answer.streaming:
            answer.close()
    assert wrong == {}
    assert opened > 40


def test_the_public_has_no_page_inside(people):  # noqa: F811
    got = {one.name: people[Role.READER].get(one.at(BIRO, 2024)).status_code for one in PLAIN}
    assert {name: status for name, status in got.items() if status not in {403, 404, 405}} == {}


def test_what_does_not_exist_is_not_found(people):  # noqa: F811
    wrong = {}
    for one in DEEP:
        filled = one.at(BIRO, 2024)
        for method in ("get", "post"):
            got = getattr(people["everybody"], method)(filled).status_code
            if got not in {302, 400, 404, 405, 422}:
                wrong[one.name, method] = got
        if (got := people["stranger"].get(filled).status_code) not in {404, 405}:
            wrong[one.name, "stranger"] = got
    assert wrong == {}
