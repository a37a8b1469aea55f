"""Every address of the application asked by every role, by a stranger and by nobody: who gets in, who does not."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role

INSIDE = [Role.ADMINISTRATOR, Role.PLANNER, Role.LEADER, Role.REVIEWER]
"""Whose pages are really written here; every role at every door is asked by `tests/attack`."""
EVERYONE = [role for role in Role if role is not Role.READER]


def patterns(resolver=None, before="", spaces=()):
    """Every pattern as (address with its parameters, name, view)."""
    for item in (resolver or get_resolver()).url_patterns:
        address = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item, address, (*spaces, item.namespace) if item.namespace else spaces)
        elif isinstance(item, URLPattern):
            yield address, ":".join([*spaces, item.name or ""]), item.callback


PAGES = sorted(
    (address, name) for address, name, _view in patterns() if address.startswith("i/<code:agency>/<int:year>/")
)
PLAIN = [(address, name) for address, name in PAGES if address.count("<") == 2]
DEEP = [(address, name) for address, name in PAGES if address.count("<") > 2]


def at(address, agency=BIRO, year=2024):
    return "/" + address.replace("<code:agency>", agency).replace("<int:year>", str(year))


def test_the_stages_are_all_there():
    stages = {name.partition(":")[0] for _address, name in PAGES}
    assert {
        "home", "org", "planning", "agreements", "measurement", "budget", "reporting", "review", "history", "followup",
        "records", "accounts", "audit", "people", "reform",
    } <= stages  # fmt: skip


@pytest.mark.parametrize(("address", "name"), PLAIN, ids=[name for _address, name in PLAIN])
def test_nobody_is_sent_to_sign_in_and_a_stranger_finds_nothing(address, name, signed_in):
    nobody = Client().get(at(address))
    assert nobody.status_code in {302, 401, 405}, nobody.status_code
    if nobody.status_code == 302:
        assert nobody["Location"].startswith("/akun/login/")
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(at(address)).status_code in {404, 405}
    assert stranger.post(at(address)).status_code in {404, 405}


@pytest.mark.slow
@pytest.mark.parametrize(("address", "name"), PLAIN, ids=[name for _address, name in PLAIN])
def test_every_role_gets_a_page_or_a_plain_refusal(address, name, signed_in):
    for role in INSIDE:
        answer = signed_in(role).get(at(address))
        assert answer.status_code in {200, 302, 403, 404, 405, 422}, (role, answer.status_code)
    public = signed_in(Role.READER, name="contoh-warga")
    assert public.get(at(address)).status_code in {403, 404, 405}


@pytest.mark.slow
@pytest.mark.parametrize(("address", "name"), PLAIN, ids=[name for _address, name in PLAIN])
def test_no_page_accepts_a_method_that_nobody_uses(address, name, planner):
    assert planner.delete(at(address)).status_code in {403, 405}


@pytest.mark.parametrize(("address", "name"), DEEP, ids=[name for _address, name in DEEP])
def test_what_does_not_exist_is_not_found(address, name, signed_in):
    filled = at(address)
    for kind, value in (("int", "987654321"), ("code", "TIDAK-ADA"), ("slug", "tidak-ada"), ("str", "tidak-ada")):
        while f"<{kind}:" in filled:
            start = filled.index(f"<{kind}:")
            filled = filled[:start] + value + filled[filled.index(">", start) + 1 :]
    everyone = signed_in(*EVERYONE, name="contoh-semua")
    for method in ("get", "post"):
        answer = getattr(everyone, method)(filled)
        assert answer.status_code in {302, 400, 404, 405, 422}, (method, answer.status_code)
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(filled).status_code in {404, 405}


@pytest.mark.slow
@pytest.mark.parametrize(("address", "name"), PLAIN, ids=[name for _address, name in PLAIN])
def test_every_page_has_a_strict_content_policy(address, name, planner):
    answer = planner.get(at(address))
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "") or "sandbox" in policy
