"""Settings come from the environment, and importing them leaves no trace."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from selaras.core.errors import CannotRun
from selaras.store.database import database

ROOT = Path(__file__).parents[2]


def python(code, folder, **environment):
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, env={**kept, **environment}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_importing_the_settings_creates_nothing(tmp_path):
    python("import selaras.store.settings", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_an_environment_the_workspace_is_beside_us(tmp_path):
    shown = python(
        "from selaras.store import settings as s; print(s.DATABASES['default']['NAME'], s.DEBUG, *s.ALLOWED_HOSTS)",
        tmp_path,
    )
    assert shown == [str(tmp_path / "selaras-data" / "selaras.sqlite3"), "False", "localhost", "127.0.0.1", "[::1]"]


def test_setup_makes_folder_key_and_tables_once(tmp_path):
    code = (
        "import sys; from pathlib import Path; from selaras.store import setup\n"
        "setup(Path('kerja')); setup(Path('kerja'))\n"
        "from django.conf import settings; from django.db import connection\n"
        "from selaras.store.models import Agency; assert not Agency.objects.exists()\n"
        "cursor = connection.cursor()\n"
        "print(settings.SECRET_KEY)\n"
        "for name in ('journal_mode', 'foreign_keys', 'busy_timeout'):\n"
        "    print(cursor.execute(f'PRAGMA {name}').fetchone()[0])\n"
    )
    first = python(code, tmp_path)
    key = tmp_path / "kerja" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert first == [key.read_text(), "wal", "1", "45000"]
    assert python(code, tmp_path) == first


@pytest.mark.slow
def test_setup_moves_to_another_workspace(tmp_path):
    code = (
        "from pathlib import Path; from selaras.store import setup\n"
        "setup(Path('satu'))\n"
        "from selaras.store.models import Agency\n"
        "Agency.objects.create(code='A', kind='satuan kerja')\n"
        "from django.conf import settings; first = settings.SECRET_KEY\n"
        "setup(Path('dua')); assert not Agency.objects.exists(); assert settings.SECRET_KEY != first\n"
        "setup(Path('satu')); print(Agency.objects.get().code)\n"
    )
    assert python(code, tmp_path) == ["A"]


def test_setup_refuses_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "berkas").write_text("")
    code = (
        "from pathlib import Path; from selaras.store import setup; from selaras.core.errors import CannotRun\n"
        "try: setup(Path('berkas/kerja'))\n"
        "except CannotRun as refusal: print('ditolak', refusal)\n"
    )
    assert python(code, tmp_path)[0] == "ditolak"


def test_setup_refuses_a_database_that_is_none(tmp_path):
    (tmp_path / "selaras.sqlite3").write_text("bukan basis data sama sekali" * 100)
    code = (
        "from pathlib import Path; from selaras.store import setup; from selaras.core.errors import CannotRun\n"
        "try: setup(Path('.'))\n"
        "except CannotRun as refusal: print('ditolak', refusal)\n"
    )
    assert python(code, tmp_path)[0] == "ditolak"


def test_a_database_url_is_read():
    found = database("postgres://user:p%40ss@db.contoh.example:5433/kinerja?sslmode=require", Path("x"))
    assert found["HOST"] == "db.contoh.example"
    assert found["PORT"] == "5433"
    assert found["PASSWORD"] == "p@ss"
    assert found["NAME"] == "kinerja"
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": "5"}
    assert database("postgresql://u@/db?host=/run/x", Path("x"))["HOST"] == "/run/x"
    assert database("sqlite:///satu.sqlite3", Path("x"))["NAME"] == "satu.sqlite3"
    assert database("sqlite:////data/satu.sqlite3", Path("x"))["NAME"] == "/data/satu.sqlite3"
    assert database("", Path("x"))["NAME"] == "x/selaras.sqlite3"


def test_another_database_is_refused():
    with pytest.raises(CannotRun, match="mysql"):
        database("mysql://x/y", Path("x"))
