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
