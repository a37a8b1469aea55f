"""Gathering puts everything in place or nothing, killed or not; what is for insiders never hides what is public."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from tests.analytics.nations import LAW, worked_example

from selaras.analytics import staging
from selaras.analytics.gathering import gathered
from selaras.analytics.manifest import INSIDE, NAME, manifests, national_hash
from selaras.analytics.opening import Nation
from selaras.analytics.rows import Around, rows_of
from selaras.analytics.writing import Origin, remove_partition, write_partition
from selaras.core.errors import CannotRun, Refusal
from selaras.core.reporting.figures import Figures

pytestmark = pytest.mark.slow


def nation(root, codes=("A", "B", "C"), *, inside=False, name="x"):
    rows = rows_of(Figures(worked_example(), LAW), Around(name), inside=inside)
    for code in codes:
        write_partition(root, 2024, code, rows, Origin("uji", "2026-01-01", inside=inside))
    return root


def agencies(root, **options):
    return [item.agency for item in manifests(root, **options)]


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("at", [0, 1, 12, 30])
def test_a_gathering_killed_among_its_moves_is_finished_by_the_next(at, tmp_path, monkeypatch):
    source, target = nation(tmp_path / "source"), tmp_path / "all"
    done = []

    def stop(folder):
        if folder.name.startswith("agency="):
            done.append(folder)
            if len(done) > at:
                raise Killed

    monkeypatch.setattr(staging, "_sync", stop)
    with pytest.raises(Killed):
        gathered([source], target)
    monkeypatch.undo()
    assert (target / staging.JOURNAL).exists()
    shutil.rmtree(source)  # what was copied is enough
    staging.finish_gathering(target)
    assert agencies(target) == ["A", "B", "C"]
    assert len(list(target.rglob("*.parquet"))) == 33
    assert not list(target.glob(".kumpul*"))


def test_a_full_disk_changes_nothing(tmp_path, monkeypatch):
    source, target = nation(tmp_path / "source"), nation(tmp_path / "all", ["A"])
    calls = []

    def full(handle):
        calls.append(handle)
        if len(calls) > 15:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRun, match="tidak dapat ditulis"):
        gathered([source], target)
    monkeypatch.undo()
    assert agencies(target) == ["A"]
    assert not list(target.glob(".kumpul*"))


def test_a_source_that_changes_between_the_check_and_the_copy_is_refused(tmp_path, monkeypatch):
    source, target = nation(tmp_path / "source"), tmp_path / "all"
    copied = staging._copied

    def changed(path, into):
        if path.name.startswith("units"):
            path.write_bytes(b"lain")
        return copied(path, into)

    monkeypatch.setattr(staging, "_copied", changed)
    with pytest.raises(Refusal) as refused:
        gathered([source], target)
    assert "berubah selagi disalin" in refused.value.faults[0].sentence()
    assert not list(target.rglob("*.parquet"))


def test_a_damaged_manifest_in_the_target_is_refused(tmp_path):
    source, target = nation(tmp_path / "source"), nation(tmp_path / "all", ["B"])
    (target / "year=2024/agency=B" / NAME).write_text("{")
    with pytest.raises(Refusal) as refused:
        gathered([source], target)
    assert "manifes tidak terbaca" in refused.value.faults[0].sentence()
    assert [path.parent.name for path in target.rglob(NAME)] == ["agency=B"]


def test_a_damaged_file_in_the_target_is_mended_by_gathering_again(tmp_path):
    source, target = nation(tmp_path / "source"), tmp_path / "all"
    gathered([source], target)
    next(target.glob("year=2024/agency=A/units-*")).write_bytes(b"rusak")
    next(target.glob("year=2024/agency=B/units-*")).unlink()
    taken = gathered([source], target)
    assert [[item.agency for item in each] for each in (taken.copied, taken.same)] == [["A", "B"], ["C"]]
    sound(target)
    assert not gathered([source], target).copied


def test_what_a_source_does_not_have_any_more_is_told_and_left(tmp_path):
    source, target = nation(tmp_path / "source"), tmp_path / "all"
    nation(target, ["LAIN"])
    gathered([source], target)
    remove_partition(source, 2024, "B", inside=False)
    assert [item.agency for item in gathered([source], target).gone] == ["B", "LAIN"]
    assert agencies(target) == ["A", "B", "C", "LAIN"]


def test_a_folder_that_is_no_nation_tells_which_one_near_it_is(tmp_path):
    source = nation(tmp_path / "nation", ["A"])
    (tmp_path / "berkas").write_text("")
    for wrong in (tmp_path, source / "year=2024", source / "year=2024/agency=A", tmp_path / "berkas"):
        with pytest.raises(Refusal) as refused:
            gathered([wrong], tmp_path / "all")
        (fault,) = refused.value.faults
        assert "berkas, bukan folder" in fault.sentence() if wrong.is_file() else fault.remedy.endswith(f"{source}.")


def test_what_is_for_insiders_stands_beside_what_is_public(tmp_path):
    nation(tmp_path, ["A"], name="terbit")
    nation(tmp_path, ["A", "B"], inside=True, name="basis data")

    def told(**options):
        opened = Nation(tmp_path, threads=1, **options)
        return {row["agency"]: row["source"] for row in opened.rows(opened.table("agencies")).to_pylist()}

    assert told(public=True) == {"A": "terbit"}
    assert told() == {"A": "basis data", "B": "basis data"}
    assert remove_partition(tmp_path, 2024, "A", inside=True)
    assert not (tmp_path / "year=2024/agency=A" / INSIDE).exists()
    assert told(public=True) == {"A": "terbit"}


GATHER = """
import sys
from pathlib import Path
from selaras.analytics.gathering import gathered
print("mulai", flush=True)
gathered([Path(sys.argv[1])], Path(sys.argv[2]))
"""
CODES = [f"A{number:02}" for number in range(24)]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A source of so many files that copying them takes a while."""
    return nation(tmp_path_factory.mktemp("many"), CODES)


def copying(target):
    return sum(1 for _ in target.glob(".kumpul-*/*/*.parquet")) > 60


def moving(target):
    return (target / staging.JOURNAL).exists() and any(target.glob("year=*/agency=*/*.parquet"))


def started(source, target):
    running = subprocess.Popen(
        [sys.executable, "-c", GATHER, str(source), str(target)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout.readline() == "mulai\n"
    return running


def until(reached, running, target):
    """Wait for a moment of the process and stop it there; whether it was still under way."""
    end = time.monotonic() + 60
    while not reached(target) and running.poll() is None and time.monotonic() < end:
        time.sleep(0.0005)
    running.send_signal(signal.SIGSTOP)
    return reached(target) and running.poll() is None


def sound(root):
    """Every partition that can be seen is whole."""
    for item in manifests(root):
        for part in item.tables.values():
            file = root / item.folder / part.file
            assert hashlib.sha256(file.read_bytes()).hexdigest() == part.sha256


@pytest.mark.parametrize("moment", [copying, moving])
def test_a_process_that_is_killed_while_gathering_leaves_nothing_half_and_the_next_completes_it(moment, many, tmp_path):
    target = nation(tmp_path / "all", ["LAMA"])
    with started(many, target) as running:
        assert until(moment, running, target), "it was over before it could be killed"
        with pytest.raises(CannotRun, match="sedang ditulis proses lain") as refused:
            gathered([many], target)
        assert "selaras publish atau selaras gather" in refused.value.faults[0].sentence()
        running.kill()  # and the lock goes with it
    sound(target)
    if moment is copying:
        assert agencies(target) == ["LAMA"]
        assert not list(target.glob("year=*/agency=A*"))
    taken = gathered([many], target)
    assert len(taken.copied) == (
        len(CODES) if moment is copying else 0
    )  # what was listed is put in place, not copied anew
    sound(target)
    assert agencies(target) == [*CODES, "LAMA"]
    old = [item for item in manifests(target) if item.agency != "LAMA"]
    assert national_hash(old) == national_hash(manifests(many))
    assert not list(target.glob(".kumpul*"))
