from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from tests.documents.workbook.office import AGENCY, RECORDS

from selaras.core.place import NOWHERE
from selaras.documents.workbook import SHEETS, read_records, write_workbook
from selaras.documents.workbook.columns import Derived

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]


def resave(path, folder):
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "hasil"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "hasil" / path.name


def forget_results(path, new):
    """The same workbook without the stored results, so that the office must calculate."""
    with ZipFile(path) as old, ZipFile(new, "w", ZIP_DEFLATED) as parts:
        for name in old.namelist():
            parts.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", old.read(name)))


def computed(path):
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in SHEETS:
        for index, column in enumerate(sheet.columns, 1):
            if isinstance(column, Derived):
                for row in range(2, 12):
                    yield (sheet.name, column.header, row), book[sheet.name].cell(row, index).value or ""


@pytest.mark.slow
def test_an_office_reads_what_we_write_and_calculates_what_we_calculated(tmp_path):
    ours, bare = tmp_path / "asli.xlsx", tmp_path / "polos.xlsx"
    write_workbook(ours, AGENCY, RECORDS)
    forget_results(ours, bare)
    theirs = resave(bare, tmp_path)
    expected = dict(computed(ours))
    for spot, result in computed(theirs):
        assert result == (pytest.approx(expected[spot]) if isinstance(expected[spot], float) else expected[spot]), spot
    agency, records, faults = read_records(theirs)
    assert faults == ()
    assert {kind: [replace(item, place=NOWHERE) for item in items] for kind, items in records.items()} == RECORDS
    write_workbook(tmp_path / "lagi.xlsx", agency, records)
    assert (tmp_path / "lagi.xlsx").read_bytes() == ours.read_bytes()
