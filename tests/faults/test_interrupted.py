"""Import, export, backup and report killed in the midst: nothing half stands there, and the same command works again."""

import hashlib
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile
from contextlib import closing

import pytest
from tests.faults import house
from tests.faults.house import BIRO, BOOK, selaras

pytestmark = pytest.mark.slow
TIMES = 12 if house.FULL else 1
KPU = BOOK.with_name("sekretariat-kpu-2022.xlsx")


def killed(words, after):
    with house.command(*words) as running:
        try:
            running.wait(after)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
    return running.returncode == -signal.SIGKILL


@pytest.fixture
def data(made, tmp_path):
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


def lasting(words):
    begun = time.monotonic()
    done = selaras(*words)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - begun


def counts(data):
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database:
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in
                ("store_agency", "store_indicator", "store_target", "store_realisation", "store_fieldchange")]  # fmt: skip


def test_an_import_that_was_killed_left_nothing_and_goes_the_second_time(data, tmp_path):
    before = counts(data)
    trial = tmp_path / "uji"
    shutil.copytree(data, trial)
    whole = lasting(("import", KPU, "--data", trial))
    after, dice = counts(trial), random.Random(3)
    for _ in range(2 * TIMES):
        killed(("import", KPU, "--data", data), whole * dice.uniform(0.6, 1.0))
        assert counts(data) in (before, after)
        assert selaras("audit", "verify", "--data", data).returncode == 0
    lasting(("import", KPU, "--data", data))
    assert counts(data)[:4] == after[:4]


OUTPUTS = {
    "backup": (lambda data, out: ("backup", out / "cadangan.zip", "--data", data), "cadangan.zip"),
    "export": (lambda data, out: ("export", BIRO, "2024", "--output", out / "isi.xlsx", "--data", data), "isi.xlsx"),
    "report": (lambda data, out: ("report", "--agency", BIRO, "--year", "2024", "--format", "pdf", "--output", out, "--data", data),
               f"lkjip-2024-{BIRO}.pdf"),
    "esr": (lambda data, out: ("esr", "--agency", BIRO, "--year", "2024", "--drafts", "--output", out / "esr.zip", "--data", data), "esr.zip"),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(OUTPUTS) if house.FULL else ["backup", "report"])
def test_a_file_that_was_interrupted_is_the_old_one_or_whole(data, tmp_path, kind):
    make, name = OUTPUTS[kind]
    out, trial, dice = tmp_path / "keluar", tmp_path / "uji", random.Random(5)
    out.mkdir()
    trial.mkdir()
    whole = lasting(make(data, trial))
    old = b""
    for _ in range(TIMES):
        if kind != "backup":
            (out / name).write_bytes(old := b"berkas lama")
        killed(make(data, out), whole * dice.uniform(0.7, 1.0))
        if (out / name).exists() and (out / name).read_bytes() != old:
            assert_whole(out / name)
        (out / name).unlink(missing_ok=True)
    lasting(make(data, out))
    assert_whole(out / name)
    left = [path.name for path in out.iterdir() if path.name != name]
    assert left == [], "the next run clears away what a killed one has left"


def assert_whole(path):
    if path.suffix == ".pdf":
        content = path.read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")
    else:
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None


def test_publishing_for_the_nation_that_was_killed_leaves_whole_partitions_and_goes_on(data, tmp_path):
    out, trial, dice = tmp_path / "nasional", tmp_path / "uji", random.Random(7)
    whole = lasting(("publish", "--inside", "--to", trial, "--data", data))
    for _ in range(TIMES):
        killed(("publish", "--inside", "--to", out, "--data", data), whole * dice.uniform(0.6, 1.0))
        partitions(out)
    lasting(("publish", "--inside", "--to", out, "--data", data))
    assert partitions(out) == partitions(trial)
    assert not [path for path in out.rglob("*") if path.is_file() and path.name.startswith(".draf")]


def partitions(folder):
    """Every partition's content; each file that a manifest names is there and is what it says."""
    found = {}
    for path in folder.rglob("manifest*.json"):
        told = json.loads(path.read_text("utf-8"))
        for part in told["tables"].values():
            assert hashlib.sha256((path.parent / part["file"]).read_bytes()).hexdigest() == part["sha256"], path
        found[path.parent.relative_to(folder)] = told["content"]
    return found
