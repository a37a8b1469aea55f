"""Storage that is full (a small tmpfs, which gives ENOSPC) or read-only (the same, mounted anew): told, nothing corrupted.

Where a file system cannot be mounted, the limits of the system and of the database show at least what a full disk does.
"""

import json
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from tests.faults import house
from tests.faults.house import BIRO, BOOK, asked, selaras

pytestmark = pytest.mark.slow
FULL = "ruang penyimpanan habis"


@pytest.fixture
def disk(tmp_path, made):
    """A workspace on a disk of its own, with room for little more."""
    home = tmp_path / "cakram"
    home.mkdir()
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) + (6 << 20)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", home], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a file system of its own cannot be mounted here: {done.stderr.decode()}")
    try:
        shutil.copytree(made, home / "data")
        yield home
    finally:
        subprocess.run(["umount", "-l", home], check=True)


def fill(home, leave=0):
    """Fill the disk to the last byte but so many; the file that fills it."""
    path = home / "pengisi"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * (1 << 16))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return path


def assert_sound(data):
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert selaras("audit", "verify", "--data", data).returncode == 0


def files(data):
    return {
        path.relative_to(data)
        for path in data.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def counted(data):
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database:
        return database.execute(
            "SELECT (SELECT count(*) FROM store_auditrecord), (SELECT count(*) FROM store_evidence)"
        ).fetchone()


def test_a_full_disk_is_told_by_every_command_that_writes(disk, tmp_path):
    data, proof = disk / "data", tmp_path / "notulen.pdf"
    proof.write_bytes(b"%PDF-1.4\n" + b"x" * 700_000)
    outside = tmp_path / "di-luar.zip"
    commands = [
        ("evidence", BIRO, proof, "--data", data),
        ("import", BOOK.with_name("sekretariat-kpu-2022.xlsx"), "--data", data),
        ("report", "--agency", BIRO, "--year", "2024", "--format", "xlsx", "--output", disk / "keluar", "--data", data),
        ("export", BIRO, "2024", "--output", disk / "keluar.xlsx", "--data", data),
        ("backup", disk / "cadangan.zip", "--data", data),
    ]  # fmt: skip
    before = files(data)
    filler = fill(disk)
    for words in commands:
        done = selaras(*words)
        assert done.returncode == 2, (words, done.stdout, done.stderr)
        assert FULL in done.stderr.lower(), (words, done.stderr)
        assert "Kosongkan ruang" in done.stderr, (words, done.stderr)
        assert str(disk) in done.stderr, (words, done.stderr)
        assert "Traceback" not in done.stderr
    assert not (disk / "keluar.xlsx").exists()
    assert not (disk / "cadangan.zip").exists()
    filler.unlink()
    assert_sound(data)
    assert not [path for path in files(data) - before if "notulen" in path.name or path.suffix == ".pdf"]
    for words in (*commands[:1], ("backup", outside, "--data", data)):
        done = selaras(*words)
        assert done.returncode == 0, done.stderr


def test_no_room_is_told_also_where_nothing_can_be_mounted(made, tmp_path):
    data, proof, packed = tmp_path / "data", tmp_path / "notulen.pdf", tmp_path / "cadangan.zip"
    shutil.copytree(made, data)
    most = (data / "selaras.sqlite3").stat().st_size + (1 << 20)
    proof.write_bytes(b"%PDF-1.4\n" + random.Random(1).randbytes(most))
    (data / "uploads").mkdir(exist_ok=True)
    shutil.copy(proof, data / "uploads" / "foto.jpg")
    commands = [
        ("evidence", BIRO, proof, "--data", data),
        ("import", BOOK.with_name("sekretariat-kpu-2022.xlsx"), "--data", data),
        ("backup", packed, "--data", data),
    ]
    before, rows = files(data), counted(data)
    for words in commands:
        done = house.narrow(most, *words)
        assert done.returncode == 2, (words, done.stdout, done.stderr)
        assert FULL in done.stderr.lower(), (words, done.stderr)
        assert "Kosongkan ruang" in done.stderr, (words, done.stderr)
        assert "Traceback" not in done.stderr
    assert not packed.exists()
    assert not [path for path in files(data) - before if "turns" not in path.parts]
    assert counted(data)[1] == rows[1]
    assert_sound(data)
    for words in commands:
        done = selaras(*words)
        assert done.returncode == 0, done.stderr


def test_the_web_says_that_the_disk_is_full_and_goes_on_when_it_is_not(disk):
    data = disk / "data"
    cookie = json.loads((data / "cookies.json").read_text())[0]
    page, cell = (
        f"/i/{BIRO}/2024/pengukuran/",
        {"indikator": "IT-1", "periode": "triwulan-1", "nilai": "7", "terlihat": ""},
    )
    with house.served(data, workers=1) as port:
        token = "a" * 32
        assert asked(port, "GET", page, cookie=cookie)[0] == 200
        filler = fill(disk)
        statuses = set()
        for number in range(60):  # the log of the database has some room left in it
            status, headers, text = asked(
                port,
                "POST",
                f"{page}sel/",
                cookie=cookie,
                token=token,
                form=cell | {"nilai": str(number), "terlihat": ""},
            )
            statuses.add(status)
            assert "Traceback" not in text
            if status == 507:
                break
        assert status == 507, statuses
        assert "Ruang penyimpanan habis" in text
        assert "Retry-After" in headers
        filler.unlink()
        status, _, text = asked(port, "POST", f"{page}sel/", cookie=cookie, token=token,
                                form={"indikator": "IT-2", "periode": "triwulan-1", "nilai": "9", "terlihat": ""})  # fmt: skip
        assert (status, json.loads(text)["seen"]) == (200, "9")
    assert_sound(data)


def test_a_read_only_disk_is_told_and_reading_goes_on(disk, tmp_path):
    data, proof = disk / "data", tmp_path / "notulen.pdf"
    proof.write_bytes(b"%PDF-1.4\n" + b"x" * 1000)
    cookie = json.loads((data / "cookies.json").read_text())[0]
    page = f"/i/{BIRO}/2024/pengukuran/"
    with house.served(data, workers=1) as port:
        assert asked(port, "GET", page, cookie=cookie)[0] == 200
        (data / "server.log").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=False, capture_output=True)
        is_closed = not _writable(disk)
        if is_closed:
            status, _, text = asked(port, "POST", f"{page}sel/", cookie=cookie, token="a" * 32,
                                    form={"indikator": "IT-1", "periode": "triwulan-1", "nilai": "7", "terlihat": ""})  # fmt: skip
            assert status in {503, 507}, (status, text[:400])
            assert "Traceback" not in text
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for words in (
        ("evidence", BIRO, proof, "--data", data),
        ("import", BOOK, "--data", data),
        ("backup", disk / "cadangan.zip", "--data", data),
        ("report", "--agency", BIRO, "--year", "2024", "--format", "html", "--output", disk / "keluar", "--data", data),
    ):
        done = selaras(*words)
        assert done.returncode == 2, (words, done.stdout, done.stderr)
        assert "hanya dapat dibaca" in done.stderr.lower(), (words, done.stderr)
        assert str(disk) in done.stderr
        assert "Traceback" not in done.stderr
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert_sound(data)


def _writable(disk):
    try:
        (disk / "uji").write_text("x")
        (disk / "uji").unlink()
    except OSError:
        return False
    return True
