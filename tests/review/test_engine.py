"""The engine: every rule, each finding once, consequences with their cause, nothing caught and nothing raised."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.documents.read import DEFAULT
from selaras.documents.read.text import read_text
from selaras.review.claims import understand
from selaras.review.engine import arranged, flat, review
from selaras.rulebook import load

LAW = load(date(2025, 1, 31))
OURS = ("AR", "SU", "CR", "NU")
TABLE = """LAPORAN KINERJA INSTANSI PEMERINTAH TAHUN 2024

BAB III

AKUNTABILITAS KINERJA

B. Realisasi Anggaran

Tabel 3.9
Anggaran dan Realisasi

No	Program/ Kegiatan/ Sub Kegiatan	Anggaran (Rp)	Realisasi (Rp)	Capaian (%)
I	Program Pembinaan Arsip Daerah	250.000.000	200.000.000	80,00
A	Pengelolaan Arsip Dinamis	100.000.000	90.000.000	90,00
1	Penataan Arsip Aktif Perangkat Daerah	60.000.000	54.000.000	90,00
2	Penyusutan Arsip Lama	40.000.000	36.000.000	90,00
B	Pengelolaan Arsip Statis	150.000.000	110.000.000	73,33
1	Akuisisi Arsip Bersejarah	150.000.000	110.000.000	73,33
II	Program Layanan Informasi Publik	100.000.000	90.000.000	90,00
A	Penyediaan Informasi Publik	100.000.000	90.000.000	90,00
1	Pengelolaan Laman Informasi	100.000.000	90.000.000	90,00
	Jumlah	350.000.000	290.000.000	82,86
"""


def reviewed(text, folder):
    path = folder / "laporan.txt"
    path.write_text(text, encoding="utf-8")
    return [finding for finding in review(understand(read_text(path, DEFAULT)), LAW) if finding.code.startswith(OURS)]


def cell(row, column, quote=""):
    return Place(source="laporan.txt", table="Tabel 3.9", row=row, column=column, quote=quote)


def finding(code, *places, kind="sum", severity=Severity.ERROR):
    return Finding(code, kind, severity, f"{code}.", places=places)


def test_it_says_nothing_of_a_table_that_is_right(tmp_path):
    assert reviewed(TABLE, tmp_path) == []


@pytest.mark.parametrize("wrong", ["36.500.000", "63.000.000"])
def test_one_wrong_amount_is_one_finding_with_its_consequences(tmp_path, wrong):
    findings = reviewed(TABLE.replace("36.000.000", wrong), tmp_path)
    assert len(findings) == 1, [each.message for each in findings]
    assert any(place.quote == wrong for place in findings[0].places)
    assert findings[0].severity is Severity.ERROR


def test_a_wrong_amount_of_a_parent_is_one_finding(tmp_path):
    findings = reviewed(
        TABLE.replace(
            "100.000.000	90.000.000	90,00\n1	Penataan", "100.000.000	95.000.000	90,00\n1	Penataan"
        ),
        tmp_path,
    )
    assert len(findings) == 1, [each.message for each in findings]
    assert {each.code for each in flat(findings)} == {"SU01", "AR01"}


def test_a_wrong_percentage_is_one_finding(tmp_path):
    findings = reviewed(TABLE.replace("110.000.000	73,33\n1", "110.000.000	75,33\n1"), tmp_path)
    assert [each.code for each in findings] == ["AR01"]


def test_a_finding_that_stands_on_the_suspect_figure_of_another_is_its_consequence():
    cause = finding("SU01", cell(3, "Realisasi"), cell(1, "Realisasi"))
    follows = finding("AR01", cell(3, "Capaian"), cell(3, "Realisasi"), kind="arithmetic")
    apart = finding("AR01", cell(7, "Capaian"), cell(7, "Realisasi"), kind="arithmetic")
    found = arranged([follows, cause, apart])
    assert [each.code for each in found] == ["SU01", "AR01"]
    assert found[0].consequences == (follows,)
    assert set(follows.places) <= set(found[0].places)


def test_rounding_neither_causes_nor_follows():
    cause = finding("SU01", cell(3, "Realisasi"))
    rounding = finding("AR01", cell(3, "Capaian"), cell(3, "Realisasi"), kind="rounding", severity=Severity.WARNING)
    assert len(arranged([cause, rounding])) == 2


def test_the_same_finding_is_told_once_and_the_worst_comes_first():
    mild = finding("CR05", cell(1, "a"), severity=Severity.WARNING)
    grave = finding("CR05", cell(9, "a"))
    assert arranged([mild, grave, mild]) == (grave, mild)


def test_strange_tables_raise_nothing(tmp_path):
    dice = random.Random(7)
    rows = TABLE.splitlines()
    for number in range(60):
        lines = list(rows)
        for _ in range(6):
            at = dice.randrange(9, len(lines))
            cells = lines[at].split("\t")
            action = dice.randrange(5)
            if action == 0:
                dice.shuffle(cells)
            elif action == 1:
                cells = cells[: dice.randrange(1, len(cells) + 1)]
            elif action == 2:
                cells[dice.randrange(len(cells))] = dice.choice(
                    ["", "-", "n/a", "0", "94.500.00000", "5–7", ">= 80", "12 34", "-5", "WTP"]
                )
            elif action == 3:
                cells *= 2
            lines[at] = "\t".join(cells)
            if action == 4:
                del lines[at]
        (tmp_path / str(number)).mkdir()
        reviewed("\n".join(lines), tmp_path / str(number))


def test_every_rule_compares_two_reports_without_falling_over(tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(TABLE, encoding="utf-8")
    report = understand(read_text(path, DEFAULT))
    review(report, LAW, others=[report])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("jumlah tidak sama", "Jumlah tidak sama."),
        ("Jumlah tidak sama.", "Jumlah tidak sama."),
        ("Kalimat tidak selesai: “adalah”", "Kalimat tidak selesai: “adalah”."),
        ("Berbeda: “a.”", "Berbeda: “a.”"),
        ("“metoda”: tulis metode", "“metoda”: tulis metode."),
    ],
)
def test_every_message_is_a_sentence(said, told):
    finding = Finding("TX01", "typo", Severity.INFO, said, suggestion=said)
    shown = arranged([replace(finding, consequences=(finding,))])[0]
    assert (shown.message, shown.suggestion, shown.consequences[0].message) == (told, told, told)
