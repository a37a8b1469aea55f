"""A small agency with people, for the pages of accounts."""

import pytest
from django.core.cache import cache
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions._accounts import vouch
from selaras.core.access import Role
from selaras.store import models as tables

PASSWORD = "kuda-laut-biru-77"


@pytest.fixture(autouse=True)
def fast(settings, db):
    """Argon2 is slow on purpose; attempts of the last test do not count against the next."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def agency():
    fill(records())
    return tables.Agency.objects.get(code=AGENCY.code)


def made(username, *grants, **columns):
    """An account with roles: pairs of role and agency (None: everywhere); its address is the administrator's word."""
    user = tables.User.objects.create_user(username, PASSWORD, name=f"{username.title()} Contoh", **columns)
    vouch(user)
    for role, agency in grants:
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=agency)
    return user


@pytest.fixture
def chief(agency):
    return made("kepala", (Role.ADMINISTRATOR, None))


@pytest.fixture
def local(agency, chief):
    return made("lokal", (Role.ADMINISTRATOR, agency))


@pytest.fixture
def ani(agency):
    return made("ani", (Role.PLANNER, agency), email="ani@contoh.example")


@pytest.fixture
def signed(client):
    """Signs somebody in and gives the client."""

    def sign(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign
