"""kill -9 while writing: every act that was told as done is there, none is half, the trail holds; on both databases."""

import json
import time

import pytest
from tests.faults import house

pytestmark = pytest.mark.slow
WRITES = 10_000 if house.FULL else 160


def test_what_was_told_as_done_outlives_kill_9(installation, tmp_path):
    acks = tmp_path / "acks"
    with house.program("killing", installation.data, acks, WRITES, 1, url=installation.url) as running:
        if installation.server is not None:  # the database itself is killed once, in the midst
            house.wait_for(lambda: acks.exists() and acks.read_bytes().count(b"\n") > WRITES // 3, 300)
            installation.server.kill()
            time.sleep(0.3)
            installation.server.start()
        told = json.loads(running.communicate(timeout=3600 if house.FULL else 300)[0])
    assert told["told"] >= WRITES
    assert told["killed"] >= (100 if house.FULL else 4)
    found = house.finished("counting", installation.data, acks, url=installation.url)
    assert found["wrong"] == []
    assert found["breaks"] == []
    assert found["left"] == 0, "what killed writers left is cleared away by the next"
    verified = house.selaras("audit", "verify", "--data", installation.data, url=installation.url)
    assert verified.returncode == 0, verified.stdout
    states = {item["name"]: item["state"] for item in
              json.loads(house.selaras("doctor", "--data", installation.data, "--format", "json", url=installation.url).stdout)}  # fmt: skip
    assert states["Berkas bukti"] == states["Jejak audit"] == states["Basis data"] == "baik"
