"""Programs that speak to the API by role and scope, over both sample agencies."""

import json

import pytest
from django.core.cache import caches
from django.test import Client
from tests.web.conftest import BIRO, inside, samples  # noqa: F401 (fixtures)

from selaras.actions.tokens import create_token
from selaras.core.access import Actor, Role, Scope
from selaras.store import models as tables


class Program:
    """A client that sends its token and JSON."""

    def __init__(self, secret):
        self.secret = secret
        self.client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def get(self, path, **query):
        return self.client.get(f"/api/v1{path}", query)

    def send(self, method, path, body=None, **headers):
        given = {"content_type": "application/json", "data": json.dumps(body)} if body is not None else {}
        return getattr(self.client, method)(f"/api/v1{path}", **given, headers=headers)


@pytest.fixture(autouse=True)
def fresh_pace():
    """Tokens of one test do not slow down those of the next, which have the same numbers."""
    caches["local"].clear()


@pytest.fixture
def program(inside):  # noqa: F811
    """`program(Role.PLANNER)` is a program of somebody with that role in the first sample agency, with every scope."""

    def made(*roles, agency=BIRO, scopes=tuple(Scope)):
        name = "contoh-" + "-".join([*(role.name.lower() for role in roles), agency.lower()])
        user = tables.User.objects.filter(username=name).first() or tables.User.objects.create_user(name, name=name)
        place = tables.Agency.objects.get(code=agency)
        for role in roles:
            tables.RoleGrant.objects.get_or_create(user=user, role=role.value, agency=place)
        _token, secret = create_token(Actor(name, login=name), name="uji", scopes=scopes)
        return Program(secret)

    return made


@pytest.fixture
def planner(program):
    return program(Role.PLANNER)
