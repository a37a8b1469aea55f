"""The first tables made in one go are those that Django's own way makes."""

import pytest
from django.db import connections, migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from selaras.store.first_tables import NewTables


def schema(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name LIKE 'store%' ORDER BY 1, 2")
        return cursor.fetchall()


@pytest.fixture
def empty(django_db_blocker, tmp_path, monkeypatch):
    """`empty(name)` puts an empty database in the place of the tests' own."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a browser of another test may still have its loop here
    usual = connections["default"]

    def put(name):
        connections["default"].close()
        # The usual one may be PostgreSQL, with options that SQLite does not know.
        settings = {**usual.settings_dict, "NAME": tmp_path / f"{name}.sqlite3", "OPTIONS": {}}
        connections["default"] = DatabaseWrapper(settings, alias="default")
        return connections["default"]

    with django_db_blocker.unblock():
        yield put
        connections["default"].close()
    connections["default"] = usual


def migrate(connection):
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == "store"])
    return schema(connection)


@pytest.mark.slow
def test_the_schema_is_that_of_djangos_own_way(empty, monkeypatch):
    ours = migrate(empty("ours"))
    monkeypatch.setattr(NewTables, "apply", migrations.Migration.apply)
    theirs = migrate(empty("theirs"))
    assert len(ours) > 100
    assert [row[:3] for row in ours] == [row[:3] for row in theirs]
    columns = [sorted(row[3].replace("(", ",").split(",")) for row in ours if row[3]]
    assert columns == [sorted(row[3].replace("(", ",").split(",")) for row in theirs if row[3]]


def test_it_refuses_a_migration_that_does_not_only_add_tables(empty):
    migration = NewTables("0009_odd", "store")
    migration.operations = [migrations.RunSQL("SELECT 1")]
    with pytest.raises(TypeError, match="RunSQL"), empty("odd").schema_editor() as editor:
        migration.apply(ProjectState(), editor)
    migration.operations = [migrations.AddField("old", "name", models.TextField(default=""))]
    state = ProjectState()
    migrations.CreateModel("Old", [("id", models.AutoField(primary_key=True))]).state_forwards("store", state)
    with pytest.raises(TypeError, match="earlier migration"), empty("old").schema_editor() as editor:
        migration.apply(state, editor)
