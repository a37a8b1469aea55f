"""`selaras skp` and `selaras rb` over the first sample agency."""

import json

from tests.cli.test_commands import loaded, pytestmark, run  # noqa: F401 (fixtures and mark)


def test_the_template_is_written_and_loaded_back(loaded, tmp_path):  # noqa: F811
    path = tmp_path / "templat.xlsx"
    assert loaded("skp", "staff", "--template", path)[0] == 0
    status, out, _ = loaded("skp", "staff", path, "--agency", "BIRO-ORG", "--check", "--format", "json")
    assert (status, json.loads(out)["new"]) == (0, 2)
    assert loaded("skp", "staff", path, "--agency", "BIRO-ORG")[0] == 0
    status, out, _ = loaded("skp", "staff", path, "--agency", "BIRO-ORG", "--check", "--format", "json")
    # The second row has no NIP and is found again by name and job.
    assert json.loads(out)["same"] == 2
    assert loaded("skp", "staff")[0] == 2


def test_the_pk_without_an_skp_is_told(loaded):  # noqa: F811
    status, out, _ = loaded("skp", "align", "--agency", "BIRO-ORG", "--year", 2024, "--format", "json")
    assert status == 1
    assert {item["code"] for item in json.loads(out)} >= {"SELARAS-NO-SKP"}


def test_nobody_s_file_is_written_for_a_stranger(loaded):  # noqa: F811
    status, _, told = loaded("skp", "form", "--agency", "BIRO-ORG", "--plan", "SKP-1", "--as", "siapa")
    assert status == 2
    assert "tidak ditemukan" in told


def test_the_index_is_printed_with_its_formula(loaded):  # noqa: F811
    status, out, _ = loaded("rb", "--agency", "BIRO-ORG", "--year", 2024)
    assert status == 0
    assert "93,46" in out and "80,31 + 0,8 = 81,11" in out and "bukan capaian" in out
    assert json.loads(loaded("rb", "--agency", "BIRO-ORG", "--year", 2024, "--format", "json")[1])["index"] == "93,46"
