"""A report held against the database of the installation, as a person types it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from selaras.cli.main import main
from selaras.core.reporting import compose
from selaras.core.value import percent
from selaras.documents.write import write

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path, loaded_workspace):
    return shutil.copytree(loaded_workspace, tmp_path / "data")


def report(snapshot, law, folder, name="LKJIP.html", kind="lkjip"):
    path = folder / name
    write(compose(snapshot, law, kind=kind), path.suffix[1:], path)
    return path


def found(path, capsys, *words):
    status = main(["review", str(path), "--format", "json", *words])
    told = capsys.readouterr()
    shown = json.loads(told.out)
    return status, [item for item in shown["findings"] if item["code"] == "DB01"], told.err


def test_the_unit_and_year_are_found_and_every_figure_agrees(biro, law, tmp_path, data, capsys):
    _, items, err = found(report(biro, law, tmp_path), capsys, "--data", str(data))
    assert items == []
    assert "tidak dibandingkan" not in err


def test_a_figure_that_is_stored_otherwise_names_page_and_record(biro, law, tmp_path, data, capsys):
    values = tuple(
        replace(item, value=percent(65), numerator=None, denominator=None)
        if (item.indicator, item.period.year) == ("IKU-2", 2024)
        else item
        for item in biro.realisations
    )
    path = report(replace(biro, realisations=values), law, tmp_path)
    status, items, _ = found(path, capsys, "--against-data", "--data", str(data))
    assert status == 1
    assert "laporan mencetak 65%, basis data mencatat 56%" in items[0]["message"]
    assert items[0]["places"][0]["source"] == "LKJIP.html"
    last = items[0]["places"][-1]
    assert (last["source"], last["column"]) == ("basis data", "realisasi IKU-2 tahun 2024")


def test_an_unknown_unit_is_said_and_the_review_goes_on(tmp_path, data, capsys):
    path = tmp_path / "laporan.txt"
    path.write_text(
        "LAPORAN KINERJA\nDINAS ARSIP KOTA MAWAR\nTAHUN 2024\n\nBAB I\n\nPENDAHULUAN\n\nLayanan buka.\n", "utf-8"
    )
    status, _, err = found(path, capsys, "--data", str(data))
    assert status == 2
    assert "tidak dibandingkan dengan basis data" in err
    assert "BIRO-ORG" in err


def test_the_unit_and_year_may_be_named(biro, law, tmp_path, data, capsys):
    path = report(biro, law, tmp_path)
    assert found(path, capsys, "--data", str(data), "--agency", "BIRO-ORG", "--year", "2024")[1] == []
    status, _, err = found(path, capsys, "--data", str(data), "--agency", "TIADA")
    assert status == 2
    assert "TIADA" in err
