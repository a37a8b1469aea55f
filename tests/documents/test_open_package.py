"""The open package: what is written is right by the rules that it uses, and every kind of damage is named.

There is no package of the official schemas among the libraries here; the checks are this project's own.
"""

import json
from datetime import date
from decimal import Decimal

import pytest

from selaras.documents.open_check import package_faults
from selaras.documents.open_package import (
    CATALOGUE,
    PACKAGE,
    SATU_DATA,
    OpenField,
    OpenSet,
    OpenTable,
    comma_file,
    package_files,
)

FIELDS = (
    OpenField("tahun", "year", "Tahun", required=True), OpenField("instansi", "string", "Instansi"),
    OpenField("capaian", "number", "Capaian", "Sesudah dibatasi.", "persen"), OpenField("terbit", "date", "Terbit"),
    OpenField("tercapai", "boolean", "Tercapai"), OpenField("banyaknya", "integer", "Banyaknya", unit="indikator"),
)  # fmt: skip
ROWS = [
    [2023, "=SUM(A1)", Decimal("-87.50"), date(2024, 3, 1), True, 4],
    [2024, 'Dinas "A", Kota', None, None, False, 5],
]


@pytest.fixture
def files():
    content = comma_file(FIELDS, ROWS)
    table = OpenTable(
        "capaian", "Capaian", "Capaian per tahun.", FIELDS, ("tahun",), content, 2, classes="jenis instansi"
    )
    licence = ("cc-by-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
    made = OpenSet("contoh", "Contoh", "Contoh data.", "Kementerian Contoh", "https://contoh.go.id/data/", licence, (2023, 2024),
                   date(2025, 3, 31), "f" * 64, (table,))  # fmt: skip
    return package_files(made, "https://contoh.go.id/data/")


def test_a_package_is_right_and_no_cell_is_a_formula(files):
    assert package_faults(files) == []
    assert b"'=SUM(A1)" in files["capaian.csv"]
    assert files["capaian.csv"].count(b"\r\n") == 3
    assert b"-87.50" in files["capaian.csv"]


def test_the_descriptions_tell_licence_hash_and_units(files):
    package, catalogue, sdi = (json.loads(files[name]) for name in (PACKAGE, CATALOGUE, SATU_DATA))
    resource = package["resources"][0]
    dataset = catalogue["dcat:dataset"][0]
    assert (
        resource["hash"].removeprefix("sha256:")
        == dataset["dcat:distribution"][0]["spdx:checksum"]["spdx:checksumValue"]["@value"]
    )
    assert dataset["dct:license"]["@id"] == package["licenses"][0]["path"]
    # What DCAT-AP demands of a catalogue, a dataset and a distribution.
    assert {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"} <= set(catalogue)
    assert {"dct:title", "dct:description"} <= set(dataset)
    assert all("dcat:accessURL" in one for one in dataset["dcat:distribution"])
    # The five parts of a standard of data: konsep, definisi, klasifikasi, ukuran, satuan.
    standard = sdi["standar_data"][0]
    assert all(standard[name] for name in ("konsep", "definisi", "klasifikasi", "ukuran_dan_satuan"))
    assert {one["satuan"] for one in standard["ukuran_dan_satuan"]} == {"persen", "indikator"}
    assert len(sdi["metadata_variabel"]) == len(FIELDS)
    assert [one["variabel"] for one in sdi["metadata_indikator"]] == ["capaian"]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("capaian.csv", b"-87.50", b"-87,50", "ukuran|sidik jari|panjang"),
        ("capaian.csv", b"2024,", b"2023,", "kunci ganda"),
        ("capaian.csv", b"tahun,", b"year,", "kolom"),
        ("capaian.csv", b"2023,", b",", "bukan year"),
        (PACKAGE, b'"capaian.csv"', b'"../capaian.csv"', "keluar dari paket"),
        (PACKAGE, b'"name": "contoh"', b'"name": "Contoh Data"', "pola"),
        (PACKAGE, b'"type": "date"', b'"type": "hari"', "jenis kolom"),
        (PACKAGE, b"{", b"", "bukan JSON"),
        (PACKAGE, b'"licenses"', b'"lisensi"', "licenses"),
        (PACKAGE, b'"fields": [', b'"fields": [7,', "tanpa kolom"),
        ("capaian.csv", b"Dinas", b"Dina\xff", "bukan teks UTF-8"),
        ("capaian.csv", b"2023,", b"2_023,", "bukan year"),
        ("capaian.csv", b"Dinas", b"D" * 200_000, "CSV tidak terbaca"),
        (PACKAGE, b'"type": "date"', b'"type": ["date"]', "jenis kolom"),
        (PACKAGE, b'"name": "tahun"', b'"nama": "tahun"', "kolom tanpa nama"),
        (CATALOGUE, b'"xsd:date"', b'"xsd:string"', "dct:issued bukan tanggal"),
        (CATALOGUE, b'"dcat:accessURL"', b'"dcat:alamat"', "tanpa dcat:accessURL"),
        (
            CATALOGUE,
            b'data/capaian.csv"\n     },\n     "dcat:media',
            b'data/lain.csv"\n     },\n     "dcat:media',
            "lain.csv: berbeda",
        ),
        (SATU_DATA, b'"tabel": "capaian"', b'"tabel": "lain"', "berbeda dari deskriptor"),
    ],
)
def test_every_damage_is_named(files, name, old, new, told):
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    words = " ".join(fault.sentence() for fault in package_faults(files))
    assert any(word in words for word in told.split("|")), words


def test_files_that_are_missing_strange_or_no_package_are_named_and_never_stop_the_check(files):
    for name in files:
        rest = {other: content for other, content in files.items() if other != name}
        assert any(fault.place.source == name for fault in package_faults(rest)), name
        for content in (b"", b"[1]", b"null", b'{"resources": [1], "name": 2}', b"\xff\x00"):
            assert any(fault.place.source == name for fault in package_faults(files | {name: content})), (name, content)
    (fault,) = package_faults(files | {"rahasia.csv": b"1", ".DS_Store": b""})
    assert "rahasia.csv" in fault.sentence()
    assert all(fault.remedy for fault in package_faults({PACKAGE: b"{}"}))
