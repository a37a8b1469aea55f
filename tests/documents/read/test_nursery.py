"""The nursery: one child for each file, with the same bounds; nothing is left behind, whatever ends."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import openpyxl
import pytest
from tests.documents.sample import sample

from selaras.core.errors import CannotRun, Refusal
from selaras.documents.read import DEFAULT, read
from selaras.documents.read.nursery import started
from selaras.documents.write import write

pytestmark = [pytest.mark.skipif(sys.platform != "linux", reason="there is a nursery on Linux only"), pytest.mark.slow]
SHORT = "BAB I\n\nPENDAHULUAN\n\nLayanan dibuka setiap hari.\n"
ROWS = 15_000
"""So many rows of a sheet take seconds to read."""
ENDING = 10.0


@pytest.fixture
def nursery():
    with started() as found:
        yield found


@pytest.fixture
def short(tmp_path):
    path = tmp_path / "pendek.txt"
    path.write_text(SHORT)
    return path


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    path = tmp_path_factory.mktemp("lambat") / "lambat.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(ROWS):
        sheet.append([number] * 20)
    book.save(path)
    return path


def children(process):
    told = Path(f"/proc/{process}/task/{process}/children")
    return told.read_text().split() if told.exists() else []


def ends(condition):
    until = time.monotonic() + ENDING
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "html"])
def test_a_child_of_the_nursery_reads_as_a_new_python_does(tmp_path, nursery, form):
    path = tmp_path / f"contoh.{form}"
    write(sample(), form, path)
    assert read(path, nursery=nursery) == read(path)


def test_files_are_read_side_by_side(nursery, short):
    with ThreadPoolExecutor(8) as pool:
        readings = list(pool.map(lambda _: read(short, nursery=nursery), range(40)))
    assert all(reading == readings[0] for reading in readings)
    assert ends(lambda: not children(nursery._process.pid))


def test_a_broken_file_is_refused_in_the_same_words(tmp_path, nursery):
    path = tmp_path / "rusak.docx"
    path.write_bytes(b"PK\x03\x04 rusak")
    with pytest.raises(CannotRun) as new:
        read(path)
    with pytest.raises(CannotRun) as born:
        read(path, nursery=nursery)
    assert str(born.value) == str(new.value)


def test_a_child_that_takes_too_long_dies_alone(nursery, short, slow):
    with pytest.raises(Refusal, match="tidak selesai"):
        read(slow, limits=replace(DEFAULT, seconds=1), nursery=nursery)
    assert read(short, nursery=nursery).document.blocks


def test_a_child_that_takes_too_much_memory_dies_alone(tmp_path, nursery, short):
    fat = tmp_path / "gemuk.txt"
    fat.write_text("kata " * 4_000_000)
    with pytest.raises(Refusal, match=r"memori|berhenti"):
        read(fat, limits=replace(DEFAULT, memory=60 * 2**20), nursery=nursery)
    assert read(short, nursery=nursery).document.blocks


def test_a_child_that_is_killed_dies_alone(nursery, short, slow):
    def kill():
        assert ends(lambda: children(nursery._process.pid))
        os.kill(int(children(nursery._process.pid)[0]), signal.SIGSEGV)

    with ThreadPoolExecutor(1) as pool:
        killed = pool.submit(kill)
        with pytest.raises(Refusal, match="berhenti mendadak"):
            read(slow, nursery=nursery)
        killed.result()
    assert read(short, nursery=nursery).document.blocks


def test_a_child_that_is_waited_for_no_more_is_ended(nursery, slow):
    order = {"path": str(slow), "limits": asdict(DEFAULT)}
    assert nursery.ask(order, seconds=0.3).status is None
    assert ends(lambda: not children(nursery._process.pid))


def test_without_the_nursery_a_file_gets_a_python_of_its_own(nursery, short):
    nursery._process.kill()
    nursery._process.wait()
    assert read(short, nursery=nursery).document.blocks


def test_leaving_ends_what_is_still_read(slow):
    with ThreadPoolExecutor(1) as pool:
        with started() as nursery:
            reading = pool.submit(read, slow, nursery=nursery)
            assert ends(lambda: children(nursery._process.pid))
            child = children(nursery._process.pid)[0]
        assert not Path(f"/proc/{child}").exists()
        assert isinstance(reading.exception(), Refusal)


def test_the_nursery_ends_with_the_process_that_started_it(slow):
    words = (
        "import sys\nfrom pathlib import Path\nfrom selaras.documents.read import read\n"
        "from selaras.documents.read.nursery import started\n"
        "with started() as nursery:\n"
        "    print(nursery._process.pid, flush=True)\n"
        f"    read(Path({str(slow)!r}), nursery=nursery)\n"
    )
    with subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True) as client:
        nursery = int(client.stdout.readline())
        assert ends(lambda: children(nursery))
        child = children(nursery)[0]
        client.kill()
    assert ends(lambda: not Path(f"/proc/{nursery}").exists())
    assert not Path(f"/proc/{child}").exists()


def test_a_child_inherits_no_file_of_the_nursery(nursery, slow):
    with ThreadPoolExecutor(2) as pool:
        readings = [pool.submit(read, slow, limits=replace(DEFAULT, seconds=3), nursery=nursery) for _ in range(2)]
        assert ends(lambda: len(children(nursery._process.pid)) == 2)
        time.sleep(0.2)
        for child in children(nursery._process.pid):
            held = {entry.readlink().name.split(":")[0] for entry in Path(f"/proc/{child}/fd").iterdir()}
            assert "socket" not in held
            assert sum(entry.readlink().name.startswith("pipe") for entry in Path(f"/proc/{child}/fd").iterdir()) == 1
        for reading in readings:
            reading.exception()
