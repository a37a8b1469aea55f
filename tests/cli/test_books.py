"""Report books at the terminal: twelve offices, killed in the middle, gone on with; what fails is summed up once."""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.cli.test_commands import loaded, run  # noqa: F401 (fixtures)

from selaras.actions._book_runner import alone
from selaras.documents.workbook import read_records, write_workbook
from selaras.store.books import book_folder, book_of
from selaras.store.models import ReportBook

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
OFFICES = 12
STATE = ".keadaan.jsonl"


def command(data, *words):
    return [sys.executable, "-m", "selaras.cli.main", *map(str, words), "--data", str(data)]


@pytest.fixture(scope="module")
def offices(tmp_path_factory, empty_workspace):
    """A workspace with eleven offices; a twelfth that a book may name is not in it."""
    import shutil

    data = tmp_path_factory.mktemp("books") / "data"
    shutil.copytree(empty_workspace, data)
    agency, records, _ = read_records(ROOT / "examples" / "sekretariat-kpu-2022.xlsx")
    path = data.parent / "office.xlsx"
    load = (
        "import sys; from pathlib import Path; from selaras.store import setup; setup(Path(sys.argv[1]));"
        "from selaras.actions.exchange import load_workbook; from selaras.core.access import operator;"
        "[load_workbook(operator('uji'), path=Path(name)) for name in sys.argv[2:]]"
    )
    paths = []
    for number in range(1, OFFICES):
        path = data.parent / f"{number}.xlsx"
        write_workbook(
            path,
            dataclasses.replace(agency, code=f"KPU-{number:02}", name=f"Sekretariat KPU Contoh {number:02}"),
            records,
        )
        paths.append(str(path))
    subprocess.run([sys.executable, "-c", load, str(data), *paths], check=True, capture_output=True)
    return data


def lines(path):
    return [line for line in path.read_bytes().split(b"\n") if line] if path.is_file() else []


@pytest.mark.skipif(sys.platform != "linux", reason="kills a process group")
def test_a_killed_run_is_gone_on_with_and_sums_up_what_failed(offices):
    out = offices.parent / "hasil"
    codes = ",".join([*(f"KPU-{number:02}" for number in range(1, OFFICES)), "TIDAK-ADA"])
    words = (
        "book",
        "run",
        "--kind",
        "pk",
        "--year",
        2022,
        "--formats",
        "html",
        "--workers",
        2,
        "--output",
        out,
        "--agencies",
        codes,
    )
    with subprocess.Popen(
        command(offices, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        until = time.monotonic() + 60
        while len(lines(out / STATE)) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while _alive(running.pid) and time.monotonic() < until:  # the workers follow within a moment
        time.sleep(0.1)
    assert not _alive(running.pid)
    before = len(lines(out / STATE))
    assert 3 <= before < OFFICES - 1
    assert not (out / "indeks.html").exists()
    victim = out / json.loads(lines(out / STATE)[0])["files"][0][0]
    whole = victim.read_bytes()
    victim.write_bytes(b"dirusak")  # a file that is not what was made is made again
    with (out / STATE).open("ab") as state:
        state.write(b'{"key": "pk|2022')  # what a crash leaves of a line
    told = subprocess.run(command(offices, *words, "--format", "json"), capture_output=True, text=True, check=False)
    assert told.returncode == 1, told.stderr
    done = json.loads(told.stdout)["runs"][0]
    assert (done["dokumen"], done["gagal"]) == (OFFICES, 1)
    assert done["tetap"] == before - 1
    assert done["baru"] == OFFICES - before
    assert victim.read_bytes() == whole
    index = json.loads((out / "indeks.json").read_text("utf-8"))["documents"]
    assert sum(bool(one["files"]) for one in index) == OFFICES - 1
    assert all((out / name).is_file() for one in index for name, _sha256, _size in one["files"])
    failures = (out / "kegagalan.txt").read_text("utf-8")
    assert f"1 dari {OFFICES} dokumen gagal" in failures
    assert "TIDAK-ADA" in failures and "Cara memperbaiki" in failures
    sheet = openpyxl.load_workbook(out / "kegagalan.xlsx").active
    assert [cell.value for cell in sheet[2]][:3] == ["TIDAK-ADA", None, "pk"]


def _alive(group):
    """Whether any process of the group is left that is not just waiting to be buried."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, found = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(found) == group and state != "Z":
            return True
    return False


@pytest.mark.django_db(transaction=True)
def test_a_book_is_kept_listed_due_and_removed(loaded):  # noqa: F811
    assert loaded("book", "save", "B", "--name", "Buku", "--kind", "pk,puisi", "--rhythm", "tahunan")[0] == 1
    status, out, _ = loaded(
        "book", "save", "B", "--name", "Buku", "--kind", "pk", "--agencies", "BIRO-ORG", "--year", 2024
    )
    assert (status, "B disimpan" in out) == (0, True)
    assert json.loads(loaded("book", "list", "--format", "json")[1])[0]["agencies"] == ["BIRO-ORG"]
    status, out, err = loaded("book", "remove", "B")
    assert status == 0, err
    assert "Tidak ada buku" in loaded("book", "run", "--due")[1]
    assert loaded("book", "run")[0] == 2
    for code in "CD":
        assert loaded("book", "save", code, "--name", code, "--kind", "pk", "--rhythm", "tahunan")[0] == 0
    with contextlib.ExitStack() as held:
        for row in ReportBook.objects.all():
            held.enter_context(alone(book_folder(book_of(row), book_of(row).period(date.today()))))
        status, out, _ = loaded("book", "run", "--due")
    assert status == 1
    assert [line[0] for line in out.splitlines() if line[1:2] == ":"] == [
        "C",
        "D",
    ]  # one that is being made stops no other
    assert loaded("book", "remove", "B")[0] == 2
