"""`selaras culture` over the first sample agency: examples in, files out and back, statistics told."""

import json

from tests.cli.test_commands import loaded, pytestmark, run  # noqa: F401 (fixtures and mark)

AT = ("--agency", "BIRO-ORG")
SURVEY = ("--survey", "setda-musi-banyuasin-survei", "--wave", "2024-1")


def test_the_worked_examples_travel_through_the_terminal(loaded, tmp_path):  # noqa: F811
    status, out, _ = loaded("culture", "demo", *AT, "--year", "2024")
    assert (status, out.split()) == (0, ["kpu-provinsi-bali", "setda-musi-banyuasin"])
    for form in ("qdpx", "qdc", "csv"):
        more = ("--study", "kpu-provinsi-bali", "--format", form, "--output", tmp_path)
        assert loaded("culture", "export", *AT, *more)[0] == 0
    more = ("--study", "baru", "--framework", "nilai-fungsi-faktor", "--year", "2024", "--format", "json")
    status, out, _ = loaded("culture", "import", *AT, tmp_path / "kpu-provinsi-bali.qdpx", *more)
    assert (status, json.loads(out)["codings"]) == (0, 81)
    status, out, _ = loaded("culture", "statistics", *AT, *SURVEY, "--kind", "reliabilitas")
    assert status == 0
    assert "alfa Cronbach" in out
    assert loaded("culture", "statistics", *AT, *SURVEY, "--kind", "tiada")[0] != 0
    assert loaded("culture", "export", *AT, *SURVEY, "--output", tmp_path)[0] == 0
    assert loaded("culture", "export", *AT)[0] == 2
    _what_is_shown(loaded)
    _memos(loaded, tmp_path)


def _what_is_shown(loaded):  # noqa: F811
    listed = json.loads(loaded("culture", "list", *AT, "--format", "json")[1])
    assert [item["code"] for item in listed["studies"] if item["example"]] == [
        "kpu-provinsi-bali",
        "setda-musi-banyuasin",
    ]
    assert {item["state"] for item in listed["waves"]} == {"ditutup"}
    shown = json.loads(loaded("culture", "show", *AT, "--study", "kpu-provinsi-bali", "--format", "json")[1])
    assert shown["claims_without_evidence"] == ["KP.REL", "BF.BEDA", "KN.INIS"]
    status, out, _ = loaded("culture", "show", *AT, "--study", "kpu-provinsi-bali")
    assert (status, "Klaim tanpa bukti: KP.REL, BF.BEDA, KN.INIS." in out) == (0, True)
    status, out, _ = loaded("culture", "results", *AT, *SURVEY)
    assert (status, "Data sintetis" in out) == (0, True)
    assert "Seluruh responden: 80 responden, indeks internal budaya kerja" in out


def _memos(loaded, tmp_path):  # noqa: F811
    at = ("--study", "kpu-provinsi-bali", "--memos", "--output", tmp_path)
    assert loaded("culture", "export", *AT, *at)[0] == 0
    lines = (tmp_path / "memo-kpu-provinsi-bali.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("tentang,jenis,penulis,sumber,dari,sampai,kode,kutipan,memo")
    assert any(line.startswith("PR.PK,reduksi,") for line in lines)
    assert loaded("culture", "export", *AT, *at, "--format", "pdf")[0] == 2
