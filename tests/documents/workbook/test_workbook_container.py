from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.documents.workbook.office import AGENCY

from selaras.core.errors import CannotRun
from selaras.documents.workbook import container, open_workbook, write_workbook


def refused(path):
    with pytest.raises(CannotRun) as caught:
        open_workbook(path)
    fault = caught.value.faults[0]
    assert fault.remedy
    assert fault.place.source == path.name
    return fault


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "kecil.xlsx"
    write_workbook(path, AGENCY, {})
    return path


def test_it_refuses_a_file_that_is_not_there(tmp_path):
    assert "tidak dapat dibuka" in refused(tmp_path / "hilang.xlsx").message


@pytest.mark.parametrize("content", [b"", b"kode;nama\n1;a\n", b"PK\x03\x04 rusak"])
def test_it_refuses_a_file_that_is_no_workbook(tmp_path, content):
    path = tmp_path / "bukan.xlsx"
    path.write_bytes(content)
    assert refused(path)


def test_it_refuses_old_and_encrypted_workbooks(tmp_path):
    path = tmp_path / "lama.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "kata sandi" in refused(path).remedy


def test_it_refuses_an_archive_of_something_else(tmp_path):
    path = tmp_path / "arsip.xlsx"
    with ZipFile(path, "w") as parts:
        parts.writestr("catatan.txt", "x")
    assert refused(path)


def test_it_refuses_a_workbook_without_its_parts(tmp_path):
    path = tmp_path / "kosong.xlsx"
    with ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
    assert refused(path)


def test_it_refuses_a_part_that_swells(small):
    with ZipFile(small, "a", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet99.xml", b"0" * (32 * 2**20))
    assert "mengembang" in refused(small).message


def test_it_refuses_declarations_of_entities(small, tmp_path):
    path = tmp_path / "entitas.xlsx"
    with ZipFile(small) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(
                name, text.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1) if "sheet2" in name else text
            )
    assert "deklarasi" in refused(path).message


def test_it_refuses_a_file_that_is_too_large(small, monkeypatch):
    monkeypatch.setattr(container, "LARGEST_FILE", 1000)
    assert "terlalu besar" in refused(small).message


def test_it_refuses_a_truncated_workbook(small):
    small.write_bytes(small.read_bytes()[:-2000])
    assert refused(small)
