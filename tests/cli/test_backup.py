"""A backup is taken while people work, and comes back whole: on SQLite and on PostgreSQL, as an operator does it."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.conftest import ROOT
from tests.faults import house
from tests.faults.house import selaras, told
from tests.store.postgres import postgres

from selaras.store.archive import read_manifest

__all__ = ["postgres"]

WRITER = """
import sys
from pathlib import Path
from selaras.cli.options import open_web_workspace
open_web_workspace(Path(sys.argv[1]))
from selaras.actions.evidence import attach
from selaras.core.access import operator
draft = Path(sys.argv[2])
for number in range(100_000):
    draft.write_text(f"notulen rapat {number} " * 2000)
    attach(operator("penulis"), agency="BIRO-ORG", path=draft)
    if number == 2:
        print("mulai", flush=True)
"""
TRAIL = "SELECT details FROM store_auditrecord WHERE actor LIKE '%penulis%' ORDER BY id"


@contextmanager
def writing(data, tmp_path, url=""):
    """Somebody who keeps storing evidence, one file and one record after the other."""
    command = [sys.executable, "-c", WRITER, str(data), str(tmp_path / "notulen.txt")]
    with subprocess.Popen(command, env=house.environment(url), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "mulai\n"
        try:
            yield running
        finally:
            running.kill()


def stored(rows):
    """The evidence that the trail of a database says is there."""
    return [json.loads(details) if isinstance(details, str) else details for (details,) in rows]


def assert_whole(data, rows):
    files = stored(rows)
    assert len(files) >= 3
    for item in files:
        assert (data / "evidence" / "BIRO-ORG" / item["file"]).is_file(), item
    return len(files)


@pytest.fixture
def data(tmp_path, loaded_workspace):
    folder = tmp_path / "data"
    shutil.copytree(loaded_workspace, folder)
    (folder / "uploads").mkdir(exist_ok=True)
    (folder / "uploads" / "rapat.jpg").write_bytes(b"gambar")
    return folder


@pytest.mark.slow
def test_a_backup_taken_beside_a_writer_comes_back_whole(data, tmp_path):
    path, fresh = tmp_path / "cadangan.zip", tmp_path / "baru"
    with writing(data, tmp_path) as running:
        made = told(selaras("backup", path, "--data", data, "--format", "json", real=True))
        assert running.poll() is None, "the writer went on"
    assert (made["database"], made["secret_key"]) == ("sqlite", True)
    assert path.stat().st_mode & 0o777 == 0o600
    points = told(selaras("restore", path, "--data", fresh, "--format", "json", real=True))
    states = {item["name"]: item["state"] for item in points}
    assert states["Basis data"] == states["Jejak audit"] == states["Berkas bukti"] == "baik"
    with closing(sqlite3.connect(fresh / "selaras.sqlite3")) as database:
        assert_whole(fresh, database.execute(TRAIL).fetchall())
        (last,) = database.execute("SELECT action FROM store_auditrecord ORDER BY id DESC LIMIT 1").fetchone()
    assert last == "memulihkan cadangan"
    assert (fresh / "secret.key").read_text() == (data / "secret.key").read_text()
    assert (fresh / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (fresh / "uploads" / "rapat.jpg").read_bytes() == b"gambar"


@pytest.mark.slow
def test_a_restored_installation_has_the_same_figures_and_no_open_sessions(data, tmp_path):
    assert selaras("agencies", "--data", data).returncode == 0
    path, fresh = tmp_path / "cadangan.zip", tmp_path / "baru"
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database, database:
        database.execute("INSERT INTO django_session VALUES ('kunci', 'isi', '2099-01-01 00:00:00')")
    told(selaras("backup", path, "--data", data, "--format", "json"))
    done = selaras("restore", path, "--data", fresh)
    assert done.returncode == 0, done.stderr
    assert "1 sesi diakhiri" in done.stdout
    asked = ["figures", "--agency", "BIRO-ORG", "--year", "2024", "--format", "json"]
    assert told(selaras(*asked, "--data", data)) == told(selaras(*asked, "--data", fresh))


@pytest.mark.slow
def test_what_is_there_is_neither_overwritten_nor_lost(data, tmp_path):
    path = tmp_path / "cadangan.zip"
    told(selaras("backup", path, "--data", data, "--format", "json"))
    refused = selaras("backup", path, "--data", data)
    assert (refused.returncode, "sudah ada" in refused.stderr) == (1, True)
    refused = selaras("backup", data / "cadangan.zip", "--data", data)
    assert (refused.returncode, "hilang bersamanya" in refused.stderr) == (1, True)
    (data / "uploads" / "baru.jpg").write_bytes(b"sesudah")
    refused = selaras("restore", path, "--data", data)
    assert (refused.returncode, "tidak kosong" in refused.stderr) == (1, True)
    assert (data / "uploads" / "baru.jpg").exists()
    done = selaras("restore", path, "--data", data, "--replace")
    assert done.returncode == 0, done.stderr
    assert not (data / "uploads" / "baru.jpg").exists()
    aside = re.search(r"disisihkan di (\S+);", done.stdout)[1]
    assert Path(aside, "uploads", "baru.jpg").read_bytes() == b"sesudah"
    again = tmp_path / "lagi.zip"
    told(selaras("backup", again, "--data", data, "--format", "json"))
    names = {member.name for member in read_manifest(again).members}
    assert not any("baru.jpg" in name for name in names), "what was put aside is not kept"


@pytest.mark.slow
def test_a_workspace_in_use_is_not_replaced(data, tmp_path):
    path = tmp_path / "cadangan.zip"
    told(selaras("backup", path, "--data", data, "--format", "json"))
    with writing(data, tmp_path):
        refused = selaras("restore", path, "--data", data, "--replace")
    assert (refused.returncode, "masih dipakai" in refused.stderr) == (1, True), refused.stderr
    assert selaras("audit", "verify", "--data", data).returncode == 0


@pytest.mark.slow
def test_a_damaged_backup_leaves_an_empty_folder(data, tmp_path):
    path, fresh = tmp_path / "cadangan.zip", tmp_path / "baru"
    told(selaras("backup", path, "--data", data, "--format", "json"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    done = selaras("restore", path, "--data", fresh)
    assert (done.returncode, "rusak" in done.stderr) == (1, True), done.stderr
    assert [entry.name for entry in fresh.iterdir()] == [".lock"]


@pytest.mark.slow
def test_a_key_from_the_environment_is_told_as_missing(data, tmp_path):
    (data / "secret.key").unlink()
    key = {"SELARAS_SECRET_KEY": "x7" * 40}
    path, fresh = tmp_path / "cadangan.zip", tmp_path / "baru"
    made = selaras("backup", path, "--data", data, real=True, **key)
    assert (made.returncode, "tidak ikut" in made.stdout) == (0, True), made.stderr
    done = selaras("restore", path, "--data", fresh, real=True, **key)
    assert (done.returncode, "isi SELARAS_SECRET_KEY" in done.stdout) == (0, True), done.stderr


@pytest.mark.django_db
def test_only_who_administers_everything_makes_a_backup(tmp_path):
    from selaras.actions.backup import back_up
    from selaras.core.access import Actor
    from selaras.core.errors import NotAllowed
    from selaras.store.models import AuditRecord

    with pytest.raises(NotAllowed):
        back_up(Actor("Ani"), path=tmp_path / "x.zip")
    assert not list(tmp_path.iterdir())
    assert AuditRecord.objects.get().action == "membuat cadangan"


@pytest.mark.slow
@pytest.mark.postgres
def test_postgresql_comes_back_whole_and_the_old_tables_are_put_aside(postgres, data, tmp_path):
    path, work = tmp_path / "cadangan.zip", tmp_path / "pg"
    source, other = postgres.replace("/selaras?", "/asal?"), postgres.replace("/selaras?", "/tujuan?")
    with psycopg.connect(postgres, autocommit=True) as open_:
        for name in ("asal", "tujuan"):
            open_.execute(f"CREATE DATABASE {name}")
    book = ROOT / "examples" / "biro-organisasi-2024.xlsx"
    assert selaras("import", book, "--data", work, url=source).returncode == 0
    with writing(work, tmp_path, url=source):
        time.sleep(0.5)
        made = told(selaras("backup", path, "--data", work, "--format", "json", url=source))
    assert made["database"] == "postgresql"
    fresh = tmp_path / "baru"
    refused = selaras("restore", path, "--data", fresh)
    assert (refused.returncode, "sejenis" in refused.stderr) == (1, True), refused.stderr
    points = told(selaras("restore", path, "--data", fresh, "--format", "json", url=other))
    assert {item["name"]: item["state"] for item in points}["Jejak audit"] == "baik"
    with psycopg.connect(other) as open_:
        assert_whole(fresh, open_.execute(TRAIL).fetchall())
    third = tmp_path / "ketiga"
    assert selaras("restore", path, "--data", third, url=other).returncode == 1
    done = selaras("restore", path, "--data", third, "--replace", url=other)
    assert done.returncode == 0, done.stderr
    schema = re.search(r"skema (\w+);", done.stdout)[1]
    with psycopg.connect(other) as open_:
        assert open_.execute(f"SELECT count(*) FROM {schema}.store_agency").fetchone() == (1,)
