"""A snapshot is of one moment, and taking it keeps nobody waiting."""

import sqlite3

import pytest
from django.db import connection

from selaras.store import setup
from selaras.store.models import Agency
from selaras.store.reading import one_moment


@pytest.fixture
def file(own_database, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the other process of this test writes with sqlite3")
    setup(tmp_path)
    Agency.objects.create(code="A", kind="satuan kerja")
    return tmp_path / "selaras.sqlite3"


@pytest.mark.slow
def test_what_others_write_meanwhile_is_not_seen_and_not_hindered(file):
    with one_moment():
        assert Agency.objects.get().city == ""
        other = sqlite3.connect(file, timeout=0.1)
        other.execute("UPDATE store_agency SET city = 'Misal'")
        other.commit()
        other.close()
        assert Agency.objects.get().city == ""
    assert Agency.objects.get().city == "Misal"
    Agency.objects.update(city="Lain")


@pytest.mark.slow
def test_after_a_failure_the_next_reading_works(file):
    with pytest.raises(ZeroDivisionError), one_moment():
        raise ZeroDivisionError
    with one_moment():
        assert Agency.objects.count() == 1


@pytest.mark.slow
def test_moving_back_finds_the_first_workspace_again(file, tmp_path):
    setup(tmp_path / "lain")
    assert not Agency.objects.exists()
    setup(tmp_path)
    assert Agency.objects.get().code == "A"
