"""The sample agencies in the database are what their workbooks say."""

from pathlib import Path

import pytest
from tests.store.filling import bare

from selaras.actions.exchange import load_workbook, save_workbook
from selaras.core.access import operator
from selaras.core.snapshot import RECORD_KINDS
from selaras.documents.workbook import read_snapshot
from selaras.store.snapshot import load_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BY = operator("Operator Contoh")
FOLDER = Path(__file__).parents[2] / "examples"
SAMPLES = [("biro-organisasi-2024.xlsx", 2024), ("sekretariat-kpu-2022.xlsx", 2022)]


@pytest.mark.parametrize(("name", "year"), SAMPLES)
def test_the_database_gives_the_snapshot_of_the_workbook(name, year):
    expected = read_snapshot(FOLDER / name, year)
    load_workbook(BY, path=FOLDER / name)
    loaded = load_snapshot(expected.agency.code, year)
    for kind in RECORD_KINDS:
        if kind.field != "settings":
            assert bare(getattr(loaded, kind.field)) == bare(getattr(expected, kind.field))
    assert bare([loaded.settings, loaded.agency]) == bare([expected.settings, expected.agency])


@pytest.mark.parametrize(("name", "year"), SAMPLES)
def test_the_sample_goes_out_and_in_again_unchanged(name, year, tmp_path):
    agency = load_workbook(BY, path=FOLDER / name).agency
    assert load_workbook(BY, path=FOLDER / name).is_unchanged
    first = save_workbook(BY, agency=agency, year=year, path=tmp_path / "satu.xlsx")
    assert load_workbook(BY, path=first).is_unchanged
    second = save_workbook(BY, agency=agency, year=year, path=tmp_path / "dua.xlsx")
    assert first.read_bytes() == second.read_bytes()
