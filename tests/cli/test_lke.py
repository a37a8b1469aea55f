"""`selaras lke`: instruments listed, carried and checked; a filled workbook scored."""

import json

import pytest

from selaras.cli.main import main
from selaras.core.evaluation.scoring import Answers
from selaras.core.evaluation.sheet import grid
from selaras.documents.lke.write import sheet_bytes
from selaras.rulebook.lke import templates

NATIONAL = "permenpan-rb-88-2021"


@pytest.fixture
def run(capsys):
    def call(*words):
        status = main(["lke", *map(str, words)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


def test_every_instrument_is_listed_with_its_certainty(run):
    status, out, _ = run("list", "--format", "json")
    assert status == 0
    assert {row["kode"] for row in json.loads(out)} == set(templates())
    assert NATIONAL in run("list")[1]


def test_an_instrument_is_written_changed_and_checked(run, tmp_path):
    path = tmp_path / "instrumen.toml"
    assert run("export", NATIONAL, "--output", path)[0] == 0
    assert "80 kriteria" in run("check", path)[1]
    path.write_text(path.read_text("utf-8").replace('weight = "30"', 'weight = "31"', 1), "utf-8")
    status, _, err = run("check", path)
    assert status
    assert "bobot komponen" in err
    for wrong in ("tidak-ada.toml", ""):
        assert run("check", *([tmp_path / wrong] if wrong else []))[0]
    assert run("export", "tidak-ada")[0]


def test_a_filled_workbook_is_scored(run, tmp_path):
    template = templates()[NATIONAL]
    filled = Answers(letters={sub.code: "BB" for sub in template.subcomponents})
    path = tmp_path / "lke.xlsx"
    path.write_bytes(sheet_bytes(grid(template, [("Evaluator", filled)]), template, [], year=2024))
    status, out, _ = run("score", path, "--format", "json")
    assert status == 0
    told = json.loads(out)["columns"][0]
    assert (told["total"], told["predicate"], told["missing"]) == ("80.00", "BB", [])
    assert "80,00" in run("score", path)[1]


def test_what_is_missing_is_said(run):
    for words in (("write",), ("write", "--agency", "X", "--year", 2024, "--file-format", "odt"), ("score",)):
        status, _, err = run(*words)
        assert status
        assert err
