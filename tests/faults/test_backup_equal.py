"""A backup taken while people write, restored elsewhere: every table and file as it was; on both databases."""

import time

import pytest
from tests.faults import house
from tests.faults.house import selaras, told

pytestmark = pytest.mark.slow
OWN = {"django_session", "selaras_cache", "store_auditrecord"}
MOVING = {"store_realisation", "store_registerseries"}


def target_of(installation, name):
    return installation.server.database(name) if installation.server else ""


def test_a_backup_of_quiet_people_is_equal_and_one_beside_writers_is_of_one_moment(installation, tmp_path):
    data, url, acks = installation.data, installation.url, tmp_path / "acks"
    busy, quiet = tmp_path / "sibuk.zip", tmp_path / "tenang.zip"
    told_done = {busy: 0, quiet: 0}
    with house.program("killing", data, acks, 100_000, 7, url=url) as running:
        house.wait_for(lambda: _lines(acks) > 24, 60)
        told_done[busy] = _lines(acks)
        told(selaras("backup", busy, "--data", data, "--format", "json", url=url))
        after = _lines(acks)
        house.wait_for(lambda: _lines(acks) > after, 60)
        assert running.poll() is None, "the writers went on"
        running.terminate()
    house.wait_for(lambda: _still(acks), 20)
    told_done[quiet] = _lines(acks)
    assert told_done[quiet] > told_done[busy]
    told(selaras("backup", quiet, "--data", data, "--format", "json", url=url))
    source = house.finished("tables", data, url=url)
    for path, number in ((busy, 1), (quiet, 2)):
        fresh, other = tmp_path / f"baru-{number}", target_of(installation, f"pulih{number}{time.time_ns()}")
        points = told(selaras("restore", path, "--data", fresh, "--format", "json", url=other))
        states = {item["name"]: item["state"] for item in points}
        assert states["Basis data"] == states["Jejak audit"] == states["Berkas bukti"] == "baik"
        found = house.finished("tables", fresh, url=other)
        assert found["tables"].keys() == source["tables"].keys()
        for table, rows in found["tables"].items():
            if table in OWN:
                continue
            known = set(source["tables"][table])
            if path is quiet:
                assert set(rows) == known, table
            elif table not in MOVING:
                assert set(rows) <= known, table
        if path is quiet:
            assert found["files"] == source["files"]
        else:
            assert found["files"].items() <= source["files"].items()
        trail, whole = found["tables"]["store_auditrecord"], source["tables"]["store_auditrecord"]
        assert len(set(trail) - set(whole)) == 1, "only that it was restored came to the trail"
        assert len(trail) > told_done[path], "whatever was told as done before the backup is in its trail"


def _lines(acks):
    return acks.read_bytes().count(b"\n") if acks.exists() else 0


def _still(acks):
    before = acks.read_bytes()
    time.sleep(0.4)
    return acks.read_bytes() == before
