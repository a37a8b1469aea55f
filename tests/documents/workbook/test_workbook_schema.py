from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from selaras.core.org import Agency
from selaras.core.snapshot import RECORD_KINDS
from selaras.documents.workbook import SHEETS, describe
from selaras.documents.workbook.columns import Column, Derived, Kind
from selaras.documents.workbook.computed import FORMATS
from selaras.documents.workbook.layout import note
from selaras.documents.workbook.schema import BY_RECORD, REFERRED, choices, reference, required

EVERY_COLUMN = [(sheet, column) for sheet in SHEETS for column in sheet.inputs]


def test_there_is_one_sheet_for_the_agency_and_one_for_each_kind_of_record():
    assert [sheet.record for sheet in SHEETS] == [Agency, *(kind.record for kind in RECORD_KINDS)]
    assert len({sheet.name for sheet in SHEETS}) == len(SHEETS)
    assert all(len(sheet.name) <= 31 for sheet in SHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_field_of_the_record_has_its_column_exactly_once(sheet):
    wanted = {field.name for field in fields(sheet.record)} - {"place"}
    roots = Counter(column.root for column in sheet.inputs)
    assert set(roots) == wanted
    assert {name: count for name, count in roots.items() if count > 1} == ({"period": 2} if "period" in roots else {})


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_headers_are_told_apart(sheet):
    headers = [column.header.casefold() for column in sheet.columns]
    assert len(set(headers)) == len(headers)


def test_what_others_refer_to_is_known_by_a_code():
    for record in REFERRED:
        assert any(column.field == "code" for column in BY_RECORD[record].inputs)


def test_a_computed_title_stands_beside_a_code_of_a_record_that_has_a_title():
    for sheet in SHEETS:
        for column in sheet.columns:
            if isinstance(column, Derived) and column.rule == "title":
                assert BY_RECORD[reference(sheet, column.of)].title
            elif isinstance(column, Derived):
                assert column.rule in FORMATS or column.rule == "in_force"


def test_every_choice_has_choices_and_they_fit_a_drop_down():
    for sheet, column in EVERY_COLUMN:
        allowed = choices(sheet, column)
        assert bool(allowed) == (column.kind in {Kind.CHOICE, Kind.YES_NO, Kind.PART, Kind.MONTH})
        assert len(",".join(allowed)) <= 255
        assert not any("," in choice for choice in allowed)


def test_the_note_says_what_may_stand_in_the_column():
    sheet = next(sheet for sheet in SHEETS if sheet.name == "PK")
    column = next(column for column in sheet.inputs if column.field == "reason")
    assert "Pilihan: pergantian atau mutasi pejabat; " in note(sheet, column)
    assert "Boleh kosong" in note(sheet, column)


def test_required_columns_are_those_without_a_default():
    sheet = next(sheet for sheet in SHEETS if sheet.name == "DasarHukum")
    assert [column.header for column in sheet.inputs if required(sheet, column)] == ["Kode", "Tentang"]


def test_the_description_names_every_column_with_a_help():
    described = describe()
    assert [sheet.name for sheet in described] == [sheet.name for sheet in SHEETS]
    target = next(sheet for sheet in described if sheet.name == "Target")
    assert [column.header for column in target.columns if column.required] == [
        "Kode Indikator",
        "Tahun",
        "Periode",
        "Dokumen",
        "Target",
    ]
    assert target.columns[0].refers_to == "Indikator"
    assert target.columns[1].computed
    assert all(column.help for sheet in described for column in sheet.columns)


def test_the_letters_are_those_of_a_spreadsheet():
    from selaras.documents.workbook.columns import letter

    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_only_input_columns_are_read():
    assert all(isinstance(column, Column) for _, column in EVERY_COLUMN)
