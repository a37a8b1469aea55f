"""Results of the nation: computed once for each content, by a process of their own, and read as files."""

import json
import random
import subprocess
import sys

import pytest
from tests.analytics.made_nation import agency_rows, plant, write_nation, write_partition

from selaras.analytics import kept as module
from selaras.analytics.kept import kept
from selaras.analytics.partitions import partition_rows, partitions
from selaras.core.errors import CannotRun

pytestmark = pytest.mark.slow
LONG = 120.0


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    write_nation(folder / "nation", 9, (2023, 2024), change=plant)
    module.forget()
    yield folder
    module.forget()


def test_results_are_computed_once_and_follow_the_content(place, monkeypatch):
    root, store = place / "nation", place / "kept"
    found = kept(root, store, public=False, wait=LONG)
    assert {row["agency"] for row in found.rows("profil")} == {f"CONTOH-{number:03}" for number in range(1, 10)}
    assert found.signs["sama-target"].tested == 18
    counts = {code: one.cut for code, one in found.signs.items() if not one.rows}  # counts need no rows
    assert counts == {code: len(found.sign(code).rows) for code in found.signs}
    assert any(counts.values())
    assert found.part("angka", year=2024, agency_kind="sekretariat KPU")
    assert partition_rows(root, found.partitions[0], ["units"])["units"]
    monkeypatch.setattr(module, "_start", lambda *_args, **_kwargs: pytest.fail("computed twice"))
    assert kept(root, store, public=False, wait=0).hash == found.hash
    monkeypatch.undo()
    code, rows = agency_rows(99, 2024, random.Random(1))
    write_partition(root, 2024, code, rows, inside=True)
    module.forget()
    assert len(partitions(root, public=False)) == 19
    assert len(partitions(root, public=True)) == 18
    public = kept(root, store, public=True, wait=LONG)
    assert public.hash != found.hash
    assert "CONTOH-099" not in {row["agency"] for row in public.rows("profil")}
    assert public.signs == {}


def test_what_cannot_be_computed_is_said_and_nothing_is_half_kept(place, tmp_path, monkeypatch):
    root = tmp_path / "nation"
    write_nation(root, 1, (2024,))
    path = next(root.rglob("measurements.parquet"))
    path.write_bytes(b"bukan parquet")
    module.forget()
    with pytest.raises(CannotRun, match="tidak dapat dihitung"):
        kept(root, tmp_path / "kept", public=False, wait=LONG)
    assert not [one for one in (tmp_path / "kept").iterdir() if one.is_dir()]
    started = []
    monkeypatch.setattr(module, "_start", lambda *_args, **_kwargs: started.append(1))
    with pytest.raises(CannotRun):  # a failure stays said for a while, then it is tried once more
        kept(root, tmp_path / "kept", public=False, wait=0)
    monkeypatch.setattr(module, "TRY_AGAIN", 0.0)
    assert kept(root, tmp_path / "kept", public=False, wait=0) is None
    assert started == [1]


def test_content_that_keeps_changing_never_has_two_processes(tmp_path, monkeypatch):
    root, store, started = tmp_path / "nation", tmp_path / "kept", []
    write_nation(root, 1, (2024,))

    def counted(*args, real=subprocess.Popen, **more):
        started.append(real(*args, **more))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", counted)
    module.forget()
    assert kept(root, store, public=False, wait=0) is None
    code, rows = agency_rows(2, 2024, random.Random(1))
    write_partition(root, 2024, code, rows)
    module.forget()
    assert kept(root, store, public=False, wait=0) is None
    assert len(started) == 1
    found = kept(root, store, public=False, wait=LONG)
    assert code in {row["agency"] for row in found.rows("profil")}


def test_a_process_that_was_ended_from_outside_is_told(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) as process:
        module._buried(process, tmp_path, "kunci", False)
    assert "berhenti dengan status -9" in (tmp_path / f"kunci-{module.FAILED}").read_text("utf-8")


def test_an_empty_folder_has_no_partitions_and_asks_for_nothing(tmp_path):
    found = kept(tmp_path / "none", tmp_path / "kept", public=True, wait=0)
    assert found.partitions == ()
    assert json.dumps(found.hash)
