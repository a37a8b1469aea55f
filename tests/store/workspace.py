"""Lets a test call `selaras.store.setup`, which moves the process to another database, and moves it back."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import connections


@pytest.fixture
def own_database(transactional_db):
    """Whatever database the test moves to, the next test finds the one from before."""
    kept, data, key = connections["default"], settings.DATA, settings._wrapped.SECRET_KEY
    described, declared = dict(connections.settings["default"]), dict(settings.DATABASES["default"])
    environment = os.environ.get("SELARAS_DATA")
    yield
    if connections["default"] is not kept:
        connections["default"].close()
        connections["default"] = kept
    connections.settings["default"].clear()
    connections.settings["default"].update(described)
    settings.DATABASES["default"].clear()
    settings.DATABASES["default"].update(declared)
    settings.DATA, settings.SECRET_KEY = data, key
    if environment is None:
        os.environ.pop("SELARAS_DATA", None)
    else:
        os.environ["SELARAS_DATA"] = environment
