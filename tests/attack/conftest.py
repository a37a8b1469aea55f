"""The sample agencies and, for each role, one person who is signed in once for a whole module."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from tests.web.conftest import BIRO, KPU, indonesian, one_connection, samples  # noqa: F401 (fixtures)

from selaras.core.access import POLICY, Role
from selaras.store import kept
from selaras.store import models as tables

INSIDE = [role for role in Role if role is not Role.READER]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def inside(samples, db, settings, tmp_path):  # noqa: F811
    """The samples, each test with its own changes and its own folder for files."""
    kept.forget()
    caches["default"].clear()
    caches["local"].clear()
    settings.DATA = tmp_path


def person(login, *roles, agency=BIRO, unit=None, until=None, active=True):
    user = tables.User.objects.create_user(login, name=f"Contoh {login}", is_active=active)
    place = tables.Agency.objects.get(code=agency) if agency else None
    row = tables.Unit.objects.get(agency=place, code=unit) if unit else None
    for role in roles:
        tables.RoleGrant.objects.create(user=user, role=role.value, agency=place, unit=row, until=until)
    return user


def browser(user, **more):
    client = Client(**more)
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture(scope="module")
def people(samples, django_db_blocker):  # noqa: F811
    """A browser by role, and those of a stranger, of everybody at once, of one whose role ended, of one switched off."""
    with django_db_blocker.unblock():
        mark = transaction.savepoint()
        made = {role: browser(person(f"orang-{role.name.lower()}", role)) for role in Role}
        unit = tables.Unit.objects.filter(agency__code=BIRO, parent__isnull=False).first()
        made |= {
            "stranger": browser(person("orang-asing", *INSIDE, agency=KPU)),
            "everybody": browser(person("orang-semua", *INSIDE)),
            "ended": browser(person("orang-lama", *INSIDE, until=date.today() - timedelta(days=1))),
            "unit": browser(person("orang-unit", *INSIDE, unit=unit.code)),
            "nobody": Client(),
        }
        off = person("orang-nonaktif", *INSIDE)
        made["off"] = browser(off)
        tables.User.objects.filter(pk=off.pk).update(is_active=False)
        unsafe = Client(enforce_csrf_checks=True)
        unsafe.cookies = made["everybody"].cookies
        made["unsafe"] = unsafe
        yield made
        transaction.savepoint_rollback(mark)


@pytest.fixture(scope="module")
def without(people, django_db_blocker):
    """`without(roles)` is the browser of somebody who has every role but these; made once for each set."""
    made = {}

    def browser_of(roles):
        if roles not in made:
            made[roles] = browser(person(f"orang-selain-{len(made)}", *(role for role in Role if role not in roles)))
        return made[roles]

    with django_db_blocker.unblock():
        for roles in POLICY.values():
            browser_of(roles)
    return browser_of
