"""Whatever is done to the trail behind the program's back is found: really edited database files, one damage each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.tampering import DAMAGES

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def damaged(folder, **environment):
    """The answer of the program that damages."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.tampering", str(folder)], capture_output=True, text=True, cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return damaged(tmp_path_factory.mktemp("jejak") / "data")


EXPECTED = {
    "actor of a record changed": "Catatan 4 (“tindakan 3” oleh lain",
    "details of a record changed": "Catatan 4 (“tindakan 3” oleh operator",
    "time of a record changed": "Catatan 4 (“tindakan 3” oleh operator",
    "record in the middle deleted": "Catatan nomor 5 dihapus",
    "tail deleted": "Catatan sesudah nomor 8 terpotong: jangkar 2 mengenal catatan sampai nomor",
    "last record deleted": "terpotong: basis data sudah memberi nomor sampai",
    "two records exchanged": "tidak pada tempatnya",
    "value of the history changed": "Riwayat nilai dari catatan 3 diubah",
    "history of a value deleted": "Catatan 3 menyegel 2 riwayat nilai, yang ada 1",
    "anchors exchanged": "Jangkar 1 diubah: tanda tangannya tidak sesuai dengan isinya",
    "anchor changed": "Jangkar 1 diubah: tanda tangannya tidak sesuai dengan isinya",
    "anchor deleted": "Jangkar sebelum nomor 2 dihapus",
    "record inserted": "ditulis sesudah catatan 4, tetapi berdiri sesudah 5",
    "whole chain written anew": "Rantai ditulis ulang: hash catatan 5 bukan yang dicatat jangkar 1",
}


@pytest.mark.parametrize("damage", EXPECTED)
def test_the_damage_is_found_and_named(answers, damage):
    said = " ".join(answers[damage]["alone"])
    assert EXPECTED[damage] in said


def test_an_honest_trail_holds_also_against_the_anchors_kept_elsewhere(answers):
    assert answers["nothing"] == {"alone": [], "kept": []}


def test_a_whole_new_chain_with_new_anchors_is_found_by_the_anchors_kept_elsewhere_alone(answers):
    answer = answers["whole chain and anchors written anew"]
    assert answer["alone"] == [], "who holds database and key can write everything anew"
    said = " ".join(answer["kept"])
    assert "bukan yang disimpan di tempat lain: jangkar ditulis ulang" in said
    assert "Rantai ditulis ulang" in said


@pytest.mark.postgres
def test_every_damage_is_found_on_postgresql_too(postgres, tmp_path):
    told = damaged(tmp_path / "data", DATABASE_URL=postgres)
    assert told["nothing"] == {"alone": [], "kept": []}
    after_the_last_anchor = {
        "last record deleted"
    }  # its counter has honest gaps, so only the next anchor ends that time
    for damage in set(DAMAGES) - {"nothing"} - after_the_last_anchor:
        assert told[damage]["kept"], damage
        assert EXPECTED.get(damage, "") in " ".join(told[damage]["kept"]), damage
