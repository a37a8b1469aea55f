"""Keys for programs in the own account: shown once, listed without their secret, ended at once."""

import re

import pytest
from django.test import Client

from selaras.core.access import Role
from selaras.store import models as tables


@pytest.fixture
def person(planner):
    """Somebody who signs in only by the agency's own sign-on, and has no password to be asked for again."""
    return planner


def made(browser, **data):
    given = {"name": "Dasbor Contoh", "scopes": ["baca"], "days": "30"} | data
    return browser.post("/akun/token/baru/", given)


def secret_of(answer):
    return re.search(r"selaras_[\w-]{20,}", answer.content.decode()).group()


def test_a_new_token_is_shown_once_and_works_until_it_is_ended(person):
    answer = made(person)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    secret = secret_of(answer)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/me").status_code == 200
    page = person.get("/akun/token/").content.decode()
    assert "Dasbor Contoh" in page
    assert secret not in page
    row = tables.ApiToken.objects.get()
    assert secret not in row.secret_hash
    assert person.post(f"/akun/token/{row.pk}/cabut/").status_code == 302
    assert program.get("/api/v1/me").status_code == 401
    assert "dicabut" in person.get("/akun/token/").content.decode()


def test_a_token_is_made_only_by_who_has_just_shown_the_password(planner):
    user = tables.User.objects.get(username="contoh-planner")
    user.set_password("kata-sandi-contoh-1")
    user.save()
    planner.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = made(planner)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not tables.ApiToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["semua"]}, {"days": "9999"}])
def test_a_token_without_purpose_scope_or_end_is_not_made(person, wrong):
    assert made(person, **wrong).status_code == 422
    assert not tables.ApiToken.objects.exists()


def test_nobody_ends_the_token_of_somebody_else(person, signed_in):
    made(person)
    other = signed_in(Role.ADMINISTRATOR)
    row = tables.ApiToken.objects.get()
    assert other.post(f"/akun/token/{row.pk}/cabut/").status_code == 404
    assert other.post("/akun/token/999999/cabut/").status_code == 404
    assert person.get(f"/akun/token/{row.pk}/cabut/").status_code == 405
    assert "Dasbor" not in other.get("/akun/token/").content.decode()


def test_the_pages_are_for_people_who_are_signed_in(inside, client):
    for path in ("/akun/token/", "/akun/token/baru/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].startswith("/akun/login/")) == (302, True)


def test_the_list_takes_few_queries(person, django_assert_max_num_queries):
    for number in range(5):
        made(person, name=f"Token {number}")
    with django_assert_max_num_queries(12):
        assert person.get("/akun/token/").status_code == 200
