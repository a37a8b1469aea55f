"""The clock is set back by two days: the trail stays whole and says so, sessions go on and end, nobody signs by them."""

import json
import shutil
from pathlib import Path

import pytest
from tests.faults import house
from tests.faults.house import BIRO, asked, selaras, told

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("faketime"), reason="needs faketime (Debian: faketime)"),
]
BACK = ("faketime", "-f", "-2d")


def test_the_trail_holds_and_tells_when_the_clock_was_set_back(made, tmp_path):
    data, proof = tmp_path / "data", tmp_path / "notulen.txt"
    shutil.copytree(made, data)
    for number, prefix in enumerate([(), BACK, ()]):
        proof.write_text(f"notulen {number}")
        done = selaras("evidence", BIRO, proof, "--data", data, prefix=prefix)
        assert done.returncode == 0, done.stderr
    verified = selaras("audit", "verify", "--data", data)
    assert verified.returncode == 0, verified.stdout
    records = told(selaras("audit", "list", "--last", "3", "--data", data, "--format", "json"))
    back = [record["details"].get("clock_back", 0) for record in records]
    assert back[0] == back[2] == 0
    assert 2 * 86_400 - 600 < back[1] < 2 * 86_400 + 600
    points = json.loads(selaras("doctor", "--data", data, "--format", "json", prefix=BACK).stdout)
    clock = next(point for point in points if point["name"] == "Jam")
    assert (clock["state"], "sesudah sekarang" in clock["seen"]) == ("masalah", True)


def test_sessions_go_on_when_the_clock_is_set_back(made, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(made, data)
    cookie = json.loads((data / "cookies.json").read_text())[0]
    page = f"/i/{BIRO}/2024/pengukuran/"
    preload = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
    assert preload is not None
    with house.served(data, workers=1, preload=str(preload), FAKETIME="-2h", NO_FAKE_STAT="1") as port:
        for _ in range(2):
            assert asked(port, "GET", page, cookie=cookie)[0] == 200
        form = {"indikator": "IT-1", "periode": "triwulan-1", "nilai": "7", "terlihat": ""}
        assert asked(port, "POST", f"{page}sel/", cookie=cookie, token="a" * 32, form=form)[0] == 200
        assert asked(port, "GET", f"/i/{BIRO}/2024/beranda/tenggat/", cookie=cookie)[0] == 200
    assert selaras("audit", "verify", "--data", data).returncode == 0
