"""Registers over the API: a record opened, moved and read, masked for programs; figures with the records behind them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import BIRO

from selaras.actions.registers import take_preset
from selaras.core.access import Role, operator
from selaras.core.registers.fields import FieldKind
from selaras.store.register_access import find_register

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


def test_a_file_field_is_filled_over_the_api_like_on_the_page(desk, program, settings, tmp_path):
    settings.DATA = tmp_path / "data"
    register, at = "tindak_lanjut", f"{AT}/tindak_lanjut/records"
    take_preset(operator("uji"), agency=BIRO, preset_code=register)
    planner = program(Role.PLANNER)
    first = required_texts(register)
    made = planner.send("post", at, {"texts": first}).json()
    one = f"{at}/{made['number'].replace('/', '~2F')}"

    def sent(field, **query):
        paper = SimpleUploadedFile("Bukti.txt", b"Rekomendasi dilaksanakan.")
        return planner.client.post(f"/api/v1{one}/files/{field}", {"file": paper}, query_params=query)

    filled = sent("bukti", seen=made["seen"])
    assert filled.status_code == 200, filled.content
    name = filled.json()["content"]["bukti"]
    assert (tmp_path / "data" / "evidence" / BIRO / name).read_bytes() == b"Rekomendasi dilaksanakan."
    assert sent("bukti", seen=made["seen"]).status_code == 409
    assert sent("rekomendasi").status_code == 422
    again = planner.send("post", at, {"texts": first | {"bukti": name}})
    assert again.json()["content"]["bukti"] == name
    assert planner.send("post", at, {"texts": first | {"bukti": "karangan.pdf"}}).status_code == 422
    stranger = program(Role.PLANNER, agency="KPU-PROB").client
    assert stranger.post(f"/api/v1{one}/files/bukti", {"file": SimpleUploadedFile("a.txt", b"a")}).status_code == 404


def required_texts(register):
    """What the required fields of a register are filled with."""
    held = find_register(BIRO, register)
    made = {FieldKind.DATE: "2024-03-04", FieldKind.WHOLE: "1"}
    return {
        item.code: item.choices[0] if item.choices else made.get(item.kind, "Contoh")
        for item in held.register.fields if item.required
    }  # fmt: skip
