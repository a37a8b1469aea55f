"""Registers over the API: a record opened, moved and read, masked for programs; figures with the records behind them."""

import json

import pytest
from tests.web.conftest import BIRO

from selaras.actions.registers import take_preset
from selaras.core.access import Role, operator

AT = f"/agencies/{BIRO}/registers"
PPID = "permohonan_informasi"
TEXTS = {
    "nama": "Warga Rekaan", "jenis_pemohon": "perorangan", "informasi": "Salinan", "tujuan": "Penelitian",
}  # fmt: skip


@pytest.fixture
def desk(program):
    take_preset(operator("uji"), agency=BIRO, preset_code=PPID)
    return program(Role.SERVICE)


def test_a_record_goes_its_way_over_the_api(desk):
    made = desk.send("post", f"{AT}/{PPID}/records", {"texts": TEXTS, "on": "2024-03-04"}).json()
    number = made["number"].replace("/", "~2F")
    assert (made["state"], made["content"]["nama"]) == ("diterima", "(data pribadi)")
    assert "diproses" in made["ways"]
    one = f"{AT}/{PPID}/records/{number}"
    changed = desk.send("put", one, {"texts": {"ringkasan": "Laporan"}, "seen": made["seen"]}).json()
    assert changed["seen"] == made["seen"] + 1
    assert desk.send("put", one, {"texts": {"ringkasan": "Lain"}, "seen": made["seen"]}).status_code == 409
    moved = desk.send("post", f"{one}/steps", {"target": "diproses", "on": "2024-03-05"}).json()
    assert [step["state"] for step in moved["steps"]] == ["diterima", "diproses"]
    assert moved["clocks"]["jawab"]["verdict"] == "lewat batas"
    wrong = desk.send("post", f"{one}/steps", {"target": "dijawab"})
    assert wrong.status_code == 422
    listed = desk.get(f"{AT}/{PPID}/records", only="late").json()
    assert (listed["total"], listed["items"][0]["number"]) == (1, made["number"])
    figures = {item["rule"]: item for item in desk.get(f"{AT}/{PPID}/figures/2024").json()}
    assert figures["sesuai_sop"]["told"] == "0,00% (0 dari 1)"
    behind = desk.get(f"{AT}/{PPID}/figures/2024/sesuai_sop/missed").json()
    assert behind["numbers"] == [made["number"]]
    assert {item["code"]: item["overdue"] for item in desk.get(AT).json()} == {PPID: 1}
    assert "Warga Rekaan" not in json.dumps([made, changed, moved, listed, figures, behind])


def test_what_is_not_there_or_not_ones_own_is_not_found(desk, program):
    assert desk.get(f"{AT}/tiada/records").status_code == 404
    assert desk.get(f"{AT}/{PPID}/records/1").status_code == 404
    assert desk.get(f"/agencies/LAIN/registers/{PPID}/records").status_code == 404
    assert program(Role.EMPLOYEE).get(f"{AT}/{PPID}/records").status_code == 404
    assert program(Role.OWNER).send("post", f"{AT}/{PPID}/records", {"texts": TEXTS}).status_code == 403
