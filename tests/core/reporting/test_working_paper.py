"""The working paper: each point prefilled with what was found and left to the reviewer; the statement blank."""

import pytest

from selaras.core.document import Signatures, Table, plain
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting.finding_words import KINDS, kind_word, where
from selaras.core.reporting.working_paper import BEARING, NOT_SEEN, NOTHING, bearing, compose, found_on

SUM = Finding(
    "SU01", "sum", Severity.ERROR, "Jumlah berbeda.", "10", "11", "5 + 6 = 11", (Place("l.pdf", page=3, quote="10"),)
)
NOTE = Finding("SU02", "sum", Severity.INFO, "Dipotong.")


@pytest.fixture
def paper(law):
    return compose("l.pdf", "Dinas Arsip Kota Melati", 2024, [SUM, NOTE], law)


def tables(document):
    return {block.key: block for block in document.blocks if isinstance(block, Table)}


def test_every_point_of_the_checklist_has_empty_columns_for_the_reviewer(paper, law):
    rows = [row for row in tables(paper)["daftar-uji"].body if row.level == 0]
    assert [row.cells[0].text for row in rows] == [item.number for item in law.checklist]
    assert len(rows) == 23
    assert {(row.cells[3].text, row.cells[4].text) for row in rows} == {("", "")}


def test_a_point_tells_the_numbers_of_the_findings_that_bear_on_it():
    assert found_on("I.6", [SUM, NOTE], own="l.pdf") == ("1. Jumlah berbeda. (hlm. 3)",)
    assert found_on("I.1", [SUM]) == (NOTHING,)
    assert found_on("II.3", [SUM]) == (NOT_SEEN,)


def test_many_findings_on_a_point_are_counted():
    assert found_on("I.6", [SUM] * 11)[-1] == "… dan 3 temuan lain dalam daftar temuan."


def test_the_statement_has_no_conclusion_no_date_and_no_name(paper):
    said = " ".join(plain(block.spans) for block in paper.blocks if hasattr(block, "spans"))
    assert "Berdasarkan reviu kami, …" in said
    assert "Dinas Arsip Kota Melati untuk tahun 2024" in said
    signed = next(block for block in paper.blocks if isinstance(block, Signatures))
    assert [(item.name, item.nip) for item in signed.signatories] == [("", "")]
    assert not any(letter.isdigit() for letter in signed.place_date)


def test_an_unknown_agency_and_year_are_gaps(law):
    said = " ".join(plain(b.spans) for b in compose("l.pdf", "", None, [], law).blocks if hasattr(b, "spans"))
    assert "Laporan Kinerja ……" in said


def test_points_name_only_kinds_of_the_catalogue():
    assert {kind for kinds in BEARING.values() for kind in kinds} <= set(KINDS)


def test_kinds_have_words_and_an_unknown_kind_stands_for_itself():
    assert kind_word("sum") == "penjumlahan"
    assert kind_word("baru") == "baru"


def test_places_on_one_table_are_told_together():
    places = [Place("l.pdf", page=2, table="Tabel 1", row=row, column="3") for row in (4, 5)]
    assert where([*places, Place("l.pdf", page=9)], own="l.pdf") == "hlm. 2, Tabel 1, baris 4, 5; hlm. 9"
    assert where(places[:1], own="l.pdf") == "hlm. 2, Tabel 1, baris 4, kolom 3"
    assert where([Place("x.pdf", page=1)], own="l.pdf") == "x.pdf, hlm. 1"
    assert where([Place(page=n) for n in range(9)], most=2) == "hlm. 0; hlm. 1; dan 7 tempat lain"
    assert where([Place(record="realisasi IKU-2 tahun 2024")]) == "realisasi IKU-2 tahun 2024"


def test_what_is_missing_bears_on_the_one_point_that_asks_for_it():
    told = [
        Finding("ST06", "missing-element", Severity.WARNING, f"Tidak ditemukan: {name}.")
        for name in ("ikhtisar eksekutif", "realisasi anggaran", "perbandingan dengan standar nasional")
    ]
    bearing_on = {number: [order for order, _ in bearing(number, told)] for number in BEARING}
    assert {number: orders for number, orders in bearing_on.items() if orders} == {"I.1": [1], "I.6": [2], "III.7": [3]}
