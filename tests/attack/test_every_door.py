"""Every address against every role, a stranger, nobody, and people whose time is over: what each gets follows from one

table, the policy, and the right that the page itself names at its gate. A new page has no answer here until it names one.
"""

import html
import os
import re

import pytest
from tests.attack.addresses import NO_YEAR, every
from tests.web.conftest import BIRO, KPU

from selaras.core.access import POLICY, Role

pytestmark = pytest.mark.slow

EVERY = every()
EACH = os.environ.get("SELARAS_ATTACK") == "all"
"""Every role at every page, one by one."""
GATED = [one for one in EVERY if one.inside]
OF_EACH_RIGHT = list({one.door.act: one for one in GATED if one.door}.values())
SIGNED = [one for one in EVERY if not one.inside and one.door is not None]
OPEN = {
    "home": "leads on: to the own agency, to sign in, or to the public pages",
    "health": "for watchers", "health_ready": "for watchers", "health_live": "for watchers",
    "metrics": "closed by settings, else token or own machine (test_operation)",
    "echo": "reads a number back, keeps nothing", "set_language": "a cookie", "robots": "for search engines",
    "setup": "asks for the one-time code of the terminal; gone once there is an account",
    "invitation": "the secret of the link is the right",
    "survey:entry": "asks for the token", "survey:answer": "the token is the right", "survey:sent": "thanks",
}  # fmt: skip
"""Pages for everybody, each with the reason why."""
OPEN_SPACES = ("public", "service", "verify", "nation_public")
"""Namespaces whose pages outside `/i/` are all for everybody."""
WITHOUT_SESSION = ("public", "service", "survey", "verify")
"""Pages that look at no session: there is nothing that another site could make a visitor do in a name of the own."""
LIBRARY = ("allauth.", "selaras.web.accounts.oidc.", "django.views.generic.base", "selaras.web.accounts.views_own")
"""Views of the library for signing in; what they need is theirs, and test_the_door asks those that change something."""


def first_method(one):
    return one.door.methods[0].lower()


def answered(client, one, method="", agency=BIRO, year=NO_YEAR):
    """The answer as htmx gets it: a short part and not a page."""
    return getattr(client, method or first_method(one))(one.at(agency, year), headers={"HX-Request": "true"})


def asked(client, one, method="", agency=BIRO, year=NO_YEAR):
    return answered(client, one, method, agency, year).status_code


def stopped(answer):
    """Why a page did not open: at its gate an agency that is not found, behind it a year that no page has."""
    found = re.search(r"Instansi \S+ (tahun \d+ )?tidak ditemukan\.", html.unescape(answer.content.decode()))
    return found and found[0]


def test_every_address_names_its_door_or_stands_in_the_table_of_open_ones():
    unnamed = [
        one for one in EVERY
        if one.door is None and one.name not in OPEN and not one.pattern.startswith("api/v1/")
        and one.name.partition(":")[0] not in OPEN_SPACES and not one.view.__module__.startswith(LIBRARY)
    ]  # fmt: skip
    assert [(one.pattern, one.name) for one in unnamed] == []
    assert [one.pattern for one in GATED if one.door is None or one.door.act is None] == []
    assert len(GATED) > 200
    for one in EVERY:
        if one.name.partition(":")[0] in OPEN_SPACES and not one.inside:
            assert one.pattern.startswith(("publik/", "verifikasi/", "nasional/")), one.pattern


def roles_for(number, one, known):
    """Who shows that those who may pass: all of them at the first page of each right, later two in turn."""
    allowed = [role for role in Role if role in POLICY[one.door.act]]
    if one.door.act not in known or EACH:
        known.add(one.door.act)
        return allowed
    return [allowed[(number + step) % len(allowed)] for step in (0, len(allowed) // 2)]


def test_a_role_passes_where_the_policy_says(people, db):
    wrong, known = {}, set()
    for number, one in enumerate(GATED):
        for role in roles_for(number, one, known):
            if (got := asked(people[role], one)) != 404:
                wrong[one.name, role.name] = (one.door.act.name, got)
    assert wrong == {}


def test_nowhere_else_passes_who_has_every_other_role(people, db, without):
    """Roles only add up: where all that may not are refused together, each of them is."""
    wrong = {}
    for one in GATED:
        allowed = POLICY[one.door.act]
        for client in [people[role] for role in Role if role not in allowed] if EACH else [without(allowed)]:
            if (got := asked(client, one)) != 403:
                wrong[one.name] = (one.door.act.name, got)
    assert wrong == {}


@pytest.mark.parametrize(("who", "agency"), [("stranger", BIRO), ("ended", BIRO), ("unit", KPU)])
def test_who_has_no_part_in_the_agency_is_not_told_that_it_exists(people, db, who, agency):
    """Stopped by the right itself, with the words for an agency that is nowhere: a stranger by each method."""
    wrong = {}
    for one in OF_EACH_RIGHT if who == "unit" else GATED:
        for method in one.door.methods if who == "stranger" else one.door.methods[:1]:
            got = answered(people[who], one, method.lower(), agency)
            if (got.status_code, stopped(got)) != (404, f"Instansi {agency} tidak ditemukan."):
                wrong[one.name, method] = got.status_code, stopped(got)
    assert wrong == {}


def test_a_role_over_one_unit_opens_the_doors_of_its_agency(people, db):
    """What such a role changes is asked again by each verb (`test_foreign`); here it is told apart from a stranger."""
    wrong = {}
    for one in OF_EACH_RIGHT:
        got = stopped(answered(people["unit"], one))
        if got != f"Instansi {BIRO} tahun {NO_YEAR} tidak ditemukan.":
            wrong[one.name] = got
    assert wrong == {}


@pytest.mark.parametrize("who", ["nobody", "off"])
def test_who_is_not_signed_in_or_no_longer_may_be_is_sent_to_sign_in(people, db, who):
    wrong = {}
    for one in GATED:
        got = getattr(people[who], first_method(one))(one.at(BIRO, NO_YEAR))
        if got.status_code != 302 or not got["Location"].startswith("/akun/login/"):
            wrong[one.name] = got.status_code
    assert wrong == {}


def test_a_method_that_a_page_does_not_name_is_refused(people, db):
    wrong = {}
    for one in [*GATED, *SIGNED]:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(one.door.methods):
            got = asked(people["everybody"], one, method.lower())
            if got != 405:
                wrong[one.name, method] = got
    assert wrong == {}


def test_no_form_is_taken_without_its_token(people, db):
    wrong = {}
    for one in [*GATED, *SIGNED]:
        if "POST" in one.door.methods:
            got = asked(people["unsafe"], one, "post", year=2024)
            if got != 403:
                wrong[one.name] = got
    assert wrong == {}
    for one in EVERY:  # of the open pages too; the API has no cookies
        if one.door is not None or one.pattern.startswith("api/v1/") or "^" in one.pattern:
            continue
        if getattr(one.view, "csrf_exempt", False):
            assert one.name.partition(":")[0] in WITHOUT_SESSION, one.pattern
        else:
            assert asked_open(people["unsafe"], one) in {403, 405}, one.pattern


def asked_open(client, one):
    return client.post(one.at(BIRO, 2024)).status_code


def test_own_pages_are_for_who_is_signed_in(people, db):
    wrong = {}
    for one in SIGNED:
        answer = getattr(people["nobody"], first_method(one))(one.at(BIRO, 2024))
        if answer.status_code != 302 or not answer["Location"].startswith("/akun/login/"):
            wrong[one.name] = answer.status_code
    assert wrong == {}


def test_every_open_page_answers_a_stranger_without_a_fault(people, db, settings, tmp_path):
    settings.DATA = tmp_path
    wrong = {}
    for one in EVERY:
        if one.inside or one.door is not None or one.pattern.startswith("api/v1/") or "^" in one.pattern:
            continue
        for path in {one.at(BIRO, 2024), one.at("TIDAK-ADA", 2024)}:
            answer = people["nobody"].get(path)
            if answer.status_code not in {200, 202, 301, 302, 400, 401, 403, 404, 405, 410, 422, 429}:
                wrong[path] = answer.status_code
    assert wrong == {}
