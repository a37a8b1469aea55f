"""A database with both sample agencies, loaded once per module, and browsers' clients signed in by role."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import translation

from selaras.actions.exchange import load_workbook
from selaras.core.access import Role, operator
from selaras.store import kept
from selaras.store import models as tables

ROOT = Path(__file__).parents[2]
BIRO, KPU = "BIRO-ORG", "KPU-PROB"


ROWS = {}


def fill_with_samples():
    """Load both workbooks the first time; put their rows back the next, which takes no second."""
    with connection.cursor() as cursor:
        if not ROWS:
            for name in ("biro-organisasi-2024.xlsx", "sekretariat-kpu-2022.xlsx"):
                load_workbook(operator("Contoh"), path=ROOT / "examples" / name)
            for model in apps.get_app_config("store").get_models():
                table = model._meta.db_table
                cursor.execute(f'SELECT * FROM "{table}"')
                ROWS[table] = cursor.fetchall()
            return
        for table, rows in ROWS.items():
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)


@pytest.fixture(scope="module")
def samples(django_db_setup, django_db_blocker):
    """Both sample agencies in the database for all tests of a module; undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill_with_samples()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """A file that was sent and closed ends a request; that must not end the connection that holds the test's transaction."""
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture(autouse=True)
def indonesian():
    """Each test begins in Indonesian, whatever language the one before left behind."""
    translation.activate("id")
    yield
    translation.activate("id")


@pytest.fixture
def inside(samples, db, settings, tmp_path):
    """The samples, each test with its own changes and its own folder for files."""
    kept.forget()  # tests write past the actions
    settings.DATA = tmp_path


@pytest.fixture
def signed_in(inside):
    """`signed_in(Role.PLANNER)` gives the client of somebody who holds the role in the first sample agency."""

    def client(*roles, agency=BIRO, unit=None, name=None):
        who = name or "contoh-" + "-".join(role.name.lower() for role in roles)
        user = tables.User.objects.filter(username=who).first() or tables.User.objects.create_user(
            who, name=f"Contoh {who.removeprefix('contoh-').title()}"
        )
        place = tables.Agency.objects.get(code=agency) if agency else None
        row = tables.Unit.objects.get(agency=place, code=unit) if unit else None
        for role in roles:
            tables.RoleGrant.objects.get_or_create(user=user, role=role.value, agency=place, unit=row)
        browser = Client()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return client


@pytest.fixture
def planner(signed_in):
    return signed_in(Role.PLANNER)
