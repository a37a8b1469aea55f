"""`selaras review` and `selaras rules`, as a person types them."""

import json
from importlib.resources import files

import jsonschema
import openpyxl
import pytest

from selaras.cli.main import main

FAULTY = (
    "LAPORAN KINERJA\nSEKRETARIAT KPU KOTA MAWAR\nTAHUN 2024\n\nBAB III\n\nAKUNTABILITAS KINERJA\n\n"
    "Pagu anggaran KPU Kota Kenanga sebesar Rp1.000.000 telah direalisasikan.\n\n"
    "Rapat diselenggarakan pada Selasa, 14 Agustus 2024 <b>di aula</b>.\n"
)
SOUND = "LAPORAN KINERJA\nSEKRETARIAT KPU KOTA MAWAR\nTAHUN 2024\n\nBAB III\n\nAKUNTABILITAS KINERJA\n\nLayanan dibuka setiap hari.\n"
KEYS = ["file", "unit", "year", "pages", "unreadable_pages", "tables", "figures", "seconds", "findings"]
FINDING_KEYS = [
    "code",
    "kind",
    "severity",
    "message",
    "stated",
    "expected",
    "arithmetic",
    "regulation",
    "suggestion",
    "places",
]
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                },
                "region": {
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}, "snippet": TEXT},
                },
            },
        },
        "logicalLocations": {"items": {"required": ["fullyQualifiedName"]}},
        "message": TEXT,
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "version"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id"],
                                            "properties": {"shortDescription": TEXT, "fullDescription": TEXT},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
                                "properties": {"type": "object"},
                                "suppressions": {
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {"kind": {"enum": ["inSource", "external"]}},
                                    }
                                },
                            },
                        }
                    },
                },
            }
        },
    },
}
"""What the official schema of SARIF 2.1.0 demands of the parts that we write."""
PLACE_KEYS = ["source", "page", "line", "table", "row", "column", "quote"]


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "laporan.txt"
    path.write_text(FAULTY, "utf-8")
    return path


def test_it_says_file_line_rule_and_what_was_expected(faulty, capsys):
    assert main(["review", str(faulty)]) == 1
    out = capsys.readouterr().out
    assert "laporan.txt:9: kesalahan ID01 (wrong-agency)" in out
    assert "seharusnya Rabu" in out
    assert out.rstrip().endswith("laporan.txt: 2 kesalahan.")


def test_a_sound_report_ends_with_status_zero(tmp_path, capsys):
    path = tmp_path / "baik.txt"
    path.write_text(SOUND, "utf-8")
    assert main(["review", str(path)]) == 0
    assert "tidak ada temuan" in capsys.readouterr().out


def test_json_has_exactly_the_published_keys(faulty, capsys):
    main(["review", str(faulty), "--format", "json"])
    shown = json.loads(capsys.readouterr().out)
    jsonschema.validate(
        shown, json.loads((files("selaras.documents.findings") / "review.schema.json").read_text("utf-8"))
    )
    assert list(shown) == KEYS
    assert all(list(finding) == FINDING_KEYS for finding in shown["findings"])
    assert all(list(place) == PLACE_KEYS for finding in shown["findings"] for place in finding["places"])
    assert {place["line"] for finding in shown["findings"] for place in finding["places"]} == {9, 11}


def test_kind_and_severity_choose(faulty, capsys):
    assert main(["review", str(faulty), "--kind", "wrong-agency", "--format", "json"]) == 1
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["ID01"]
    assert main(["review", str(faulty), "--kind", "sum,typo"]) == 0
    assert main(["review", str(faulty), "--kind", "salah-ketik"]) == 2
    assert "jenis tidak dikenal" in capsys.readouterr().err


def test_a_waived_finding_is_shown_and_not_counted(faulty, capsys):
    entries = [("ID01", "Kenanga"), ("ID12", "Selasa"), ("AR01", "tidak ada")]
    faulty.with_name("laporan.txt.pengecualian.toml").write_text(
        "\n".join(
            f'[[pengecualian]]\ncode = "{code}"\nquote = "{quote}"\nreason = "contoh"\nname = "Ketua tim"'
            for code, quote in entries
        ),
        "utf-8",
    )
    assert main(["review", str(faulty)]) == 0
    out, err = capsys.readouterr()
    assert out.count("dikecualikan oleh Ketua tim: contoh") == 2
    assert "tidak ada temuan; 2 dikecualikan" in out
    assert "AR01" in err


def test_a_file_that_cannot_be_read_gives_two_and_the_others_are_reviewed(faulty, tmp_path, capsys):
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(b"%PDF-1.7 rusak")
    assert main(["review", str(faulty), str(broken), str(tmp_path / "tiada.pdf")]) == 2
    out, err = capsys.readouterr()
    assert "ID01" in out
    assert "tidak dapat dibaca" in out
    assert "tiada.pdf" in err


def test_a_folder_gives_one_table_with_counts(faulty, tmp_path, capsys):
    (tmp_path / "baik.txt").write_text(SOUND, "utf-8")
    assert main(["review", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "jenis terbanyak" in out
    assert "2/2 laporan.txt" in err
    empty = tmp_path / "kosong"
    empty.mkdir()
    assert main(["review", str(empty)]) == 2


def test_html_shows_findings_beside_the_text_and_trusts_nothing_in_it(faulty, tmp_path):
    main(["review", str(faulty), "--format", "html", "--output", str(tmp_path / "hasil")])
    page = (tmp_path / "hasil" / "laporan-reviu.html").read_text("utf-8")
    assert "ID01" in page
    assert "&lt;b&gt;di aula" in page
    assert "<b>di aula" not in page
    assert "<script" not in page
    assert "http://" not in page


def test_the_workbook_has_findings_checklist_and_a_blank_statement(faulty, tmp_path):
    main(["review", str(faulty), "--format", "xlsx", "--output", str(tmp_path)])
    book = openpyxl.load_workbook(tmp_path / "laporan-reviu.xlsx")
    assert book.sheetnames == ["Ikhtisar", "Temuan", "Daftar uji", "Pernyataan reviu"]
    points = [row for row in book["Daftar uji"].iter_rows(min_row=4, values_only=True) if row[1]]
    assert len(points) == 23
    assert all(not row[3] and not row[4] for row in points)  # the reviewer decides
    assert "KPU Kota Kenanga" in points[0][2]
    statement = " ".join(str(row[0]) for row in book["Pernyataan reviu"].iter_rows(values_only=True))
    assert "Berdasarkan reviu kami, …" in statement
    assert "2 kesalahan" not in statement


def test_sarif_names_rules_levels_and_lines(faulty, capsys):
    main(["review", str(faulty), "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    jsonschema.validate(log, SARIF)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "error"
    assert {result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"]} == {9, 11}


def test_rules_are_listed_and_explained(capsys):
    assert main(["rules"]) == 0
    listed = capsys.readouterr().out
    assert "NA02" in listed
    assert main(["rules", "na02"]) == 0
    assert "\nSalah: " in capsys.readouterr().out
    assert main(["rules", "XX99"]) == 2
    assert main(["rules", "--format", "json"]) == 0


def test_the_findings_come_as_pdf_even_for_a_text_file(faulty, tmp_path, capsys):
    assert main(["review", str(faulty), "--format", "pdf", "--output", str(tmp_path / "hasil")]) == 1
    assert (tmp_path / "hasil" / "laporan-reviu.pdf").read_bytes().startswith(b"%PDF-")
    assert "laporan-reviu.pdf" in capsys.readouterr().err


CHAPTERS = {
    "BAB I.txt": "LAPORAN KINERJA\nDINAS ARSIP KOTA MAWAR\nTAHUN 2024\n\nBAB I\n\nPENDAHULUAN\n\nLayanan dibuka setiap hari.\n",
    "BAB III.txt": (
        "BAB III\n\nAKUNTABILITAS KINERJA\n\nTabel 3.1\nCapaian Kinerja Tahun 2024\n\n"
        "No\tIndikator Kinerja\tTarget\tRealisasi\tCapaian (%)\n1\tPersentase arsip tertata\t80%\t60%\t95,00\n"
    ),
}


@pytest.fixture
def chapters(tmp_path):
    folder = tmp_path / "LKjIP Arsip 2024"
    folder.mkdir()
    for name, content in CHAPTERS.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def test_chapters_are_reviewed_as_one_report_and_places_name_their_file(chapters, capsys):
    assert main(["review", str(chapters), "--as-one", "--format", "json", "--kind", "arithmetic"]) == 1
    shown = json.loads(capsys.readouterr().out)
    jsonschema.validate(
        shown, json.loads((files("selaras.documents.findings") / "review.schema.json").read_text("utf-8"))
    )
    assert (shown["file"], shown["year"]) == ("LKjIP Arsip 2024", 2024)
    assert [part["file"] for part in shown["files"]] == ["BAB I.txt", "BAB III.txt"]
    place = shown["findings"][0]["places"][0]
    assert (place["source"], place["line"]) == ("BAB III.txt", 9)


def test_a_document_to_compare_with_may_have_the_same_name(tmp_path, capsys):
    for year, target in (("2023", "80%"), ("2024", "85%")):
        (tmp_path / year).mkdir()
        (tmp_path / year / "LKJIP.txt").write_text(
            "LAPORAN KINERJA\nDINAS ARSIP KOTA MAWAR\nTAHUN 2024\n\nBAB II\n\nPERENCANAAN KINERJA\n\nPerjanjian Kinerja Tahun 2024\n\n"
            f"Tabel 2.1\nPerjanjian Kinerja Tahun 2024\n\nNo\tIndikator Kinerja\tTarget\n1\tPersentase arsip tertata\t{target}\n",
            "utf-8",
        )
    main(
        [
            "review",
            str(tmp_path / "2024/LKJIP.txt"),
            "--with",
            str(tmp_path / "2023/LKJIP.txt"),
            "--format",
            "json",
            "--kind",
            "cross-table",
        ]
    )
    places = [place for finding in json.loads(capsys.readouterr().out)["findings"] for place in finding["places"]]
    assert {place["source"] for place in places} == {"LKJIP.txt", "2023/LKJIP.txt"}


def test_files_named_as_chapters_are_pointed_out(chapters, capsys):
    main(["review", str(chapters)])
    assert "--as-one" in capsys.readouterr().err


def test_a_waiver_beside_a_chapter_holds_for_that_chapter(chapters, capsys):
    (chapters / "BAB III.txt.pengecualian.toml").write_text(
        '[[pengecualian]]\ncode = "AR02"\nline = 9\nreason = "contoh"\nname = "Ketua tim"\n', "utf-8"
    )
    main(["review", str(chapters), "--as-one", "--kind", "arithmetic"])
    assert "dikecualikan oleh Ketua tim" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["pdf", "html", "docx", "xlsx"])
def test_the_working_paper_comes_in_every_form(faulty, tmp_path, form):
    assert main(["review", str(faulty), "--working-paper", "--format", form, "--output", str(tmp_path / "h")]) == 1
    assert (tmp_path / "h" / f"laporan-kertas-kerja.{form}").stat().st_size > 1000


def test_the_working_paper_needs_a_form_of_a_file(faulty, capsys):
    assert main(["review", str(faulty), "--working-paper"]) == 2
    assert "pdf atau html atau docx atau xlsx" in capsys.readouterr().err
    assert main(["review", str(faulty), "--format", "docx"]) == 2


def test_a_folder_with_results_gets_a_summary_by_kind(faulty, tmp_path, capsys):
    for name in ("satu.txt", "dua.txt", "tiga.txt"):
        (tmp_path / "masuk").mkdir(exist_ok=True)
        (tmp_path / "masuk" / name).write_text(FAULTY, "utf-8")
    assert main(["review", str(tmp_path / "masuk"), "--format", "json", "--output", str(tmp_path / "keluar")]) == 1
    out = capsys.readouterr().out
    assert "jumlah 3 laporan" in out
    assert "nama instansi lain" in out
    assert "3 dari 3" in out
    book = openpyxl.load_workbook(tmp_path / "keluar" / "ringkasan-reviu.xlsx")
    assert [cell.value for cell in book["Laporan"][1]][:3] == ["Laporan", "Instansi", "Tahun"]
    assert [row[0].value for row in book["Laporan"].iter_rows(min_row=2)] == ["dua.txt", "satu.txt", "tiga.txt"]
    assert len(list((tmp_path / "keluar").glob("*-reviu.json"))) == 3


def test_a_report_is_held_against_the_database_that_is_named(faulty, tmp_path, capsys):
    assert main(["review", str(faulty), "--data", str(tmp_path / "tiada")]) == 2
    assert "Basis data tidak ditemukan" in capsys.readouterr().err
    assert main(["review", str(faulty), "--agency", "X"]) == 2
    assert "--against-data" in capsys.readouterr().err


def test_a_file_without_text_is_not_taken_for_a_clean_one(tmp_path, capsys):
    path = tmp_path / "kosong.html"
    path.write_text("<html><body><p> </p></body></html>", "utf-8")
    assert main(["review", str(path)]) == 2
    assert "tidak ada teks yang terbaca" in capsys.readouterr().err


def test_it_says_how_much_was_read_and_what_it_was_compared_with(faulty, tmp_path, capsys):
    other = tmp_path / "pk.txt"
    other.write_text("PERJANJIAN KINERJA TAHUN 2024\n\nDinas Arsip Kota Melati\n", "utf-8")
    main(["review", str(faulty), "--with", str(other)])
    out, err = capsys.readouterr()
    assert out.splitlines()[0].endswith("angka dibaca")
    assert "dibandingkan dengan pk.txt (" in err
