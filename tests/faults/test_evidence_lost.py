"""A file of evidence is gone, or changed behind our back: the check-up, its page and the report say so."""

import json
import shutil

import pytest
from tests.faults import house
from tests.faults.house import BIRO, asked, selaras

pytestmark = pytest.mark.slow


def test_it_is_told_where_people_look(made, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(made, data)
    kept = house.finished("proving", data)
    store = data / "evidence" / BIRO
    (store / kept[0]["file"]).unlink()
    (store / kept[1]["file"]).write_text("isi yang lain")
    points = {item["name"]: item for item in json.loads(selaras("doctor", "--data", data, "--format", "json").stdout)}
    told = points["Berkas bukti"]
    assert told["state"] == "masalah"
    assert "1 hilang" in told["seen"]
    assert "1 berubah isinya" in told["seen"]
    assert kept[0]["file"] in told["seen"]
    assert kept[1]["file"] in told["seen"]
    cookie = json.loads((data / "cookies.json").read_text())[0]
    with house.served(data, workers=1) as port:
        status, _, page = asked(port, "GET", f"/i/{BIRO}/2024/pengukuran/IKU-1/tahun/1/", cookie=cookie)
        assert status == 200
        assert "HILANG DARI PENYIMPANAN" in page
        assert "BERUBAH ISINYA SEJAK DISIMPAN" in page
    out = tmp_path / "keluar"
    done = selaras("report", "--agency", BIRO, "--year", "2024", "--format", "html", "--output", out, "--data", data)
    assert done.returncode == 0, done.stderr
    (path,) = out.iterdir()
    text = path.read_text("utf-8")
    assert "berkas hilang dari penyimpanan" in text
    assert "berkas berubah isinya sejak disimpan" in text
