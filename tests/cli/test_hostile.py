"""What a planner's mistakes and a broken machine do to the commands: a sentence and a status, never a traceback."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from selaras.cli.main import main
from selaras.core.snapshot import NARRATED
from selaras.documents.workbook import write_template

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AGENCY = {"Kode": "UJI", "Nama Instansi": "Dinas Uji", "Nama Singkat": "Uji", "Jenis Instansi": "perangkat daerah"}
NODES = [
    {"Kode": "T", "Tingkat": "tujuan", "Uraian": "Tujuan uji"},
    {"Kode": "S", "Tingkat": "sasaran", "Uraian": "Sasaran uji", "Kode Induk": "T"},
]
INDICATOR = {
    "Kode": "01", "Kode Simpul": "S", "Nama Indikator": "Persentase uji", "Tingkat": "indikator sasaran",
    "Jenis": "hasil", "Satuan": "%", "Jenis Nilai": "persen", "Cara Realisasi": "pembilang/penyebut",
}  # fmt: skip
TARGET = {"Kode Indikator": "01", "Tahun": 2025, "Periode": "Tahun", "Dokumen": "RKT", "Target": "55%"}
REALISED = {"Kode Indikator": "01", "Tahun": 2025, "Periode": "Tahun", "Pembilang": 203, "Penyebut": 338}


def usual():
    return {
        "Instansi": [dict(AGENCY)], "Laporan": [{"Tahun": 2025}], "PohonKinerja": [dict(node) for node in NODES],
        "Indikator": [dict(INDICATOR)], "Target": [dict(TARGET)], "Realisasi": [dict(REALISED)],
    }  # fmt: skip


@pytest.fixture
def run(tmp_path, capsys, empty_workspace):
    shutil.copytree(empty_workspace, tmp_path / "data")

    def call(*words, data=None):
        status = main([*map(str, words), "--data", str(data or tmp_path / "data")])
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


@pytest.fixture
def filled(tmp_path):
    """Writes a template filled in below its examples, as a person fills it in."""

    def write(rows, name="isian.xlsx"):
        path = tmp_path / name
        path.unlink(missing_ok=True)
        write_template(path)
        book = openpyxl.load_workbook(path)
        for sheet, items in rows.items():
            page = book[sheet]
            heads = {str(cell.value).rstrip(" *"): cell.column for cell in page[1] if cell.value}
            first = next(row for row in range(2, 1000) if page.cell(row, 1).value is None)
            for row, item in enumerate(items, first):
                for head, value in item.items():
                    page.cell(row, heads[head]).value = value
        book.save(path)
        return path

    return write


def refused(run, path, *words):
    status, out, _ = run("import", path, "--format", "json", *words)
    assert status == 1
    return json.loads(out)["faults"]


def test_a_quotient_is_shown_with_two_decimals_and_no_figure_is_explained_twice(run, filled):
    assert run("import", filled(usual()))[0] == 0
    _, out, _ = run("figures", "--agency", "UJI", "--year", 2025, "--explain")
    assert "60,06%" in out
    assert not re.search(r",\d{3,}", out)
    lines = [line for line in out.splitlines() if line]
    assert len(lines) == len(set(lines))


def test_a_refusal_is_json_where_json_was_asked_for(run, tmp_path):
    status, out, _ = run("check", "--agency", "TIDAK", "--year", 2025, "--format", "json")
    assert status == 2
    assert "TIDAK" in json.loads(out)["refused"]
    status, out, _ = run("import", tmp_path / "tidak-ada.xlsx", "--format", "json")
    assert status == 2
    assert json.loads(out)["faults"]


def test_a_refusal_stands_on_a_line_of_its_own(run, tmp_path):
    _, _, err = run("import", tmp_path / "tidak-ada.xlsx")
    assert any(line.startswith("selaras: ") for line in err.splitlines())
    assert "No such file" not in err


def test_the_agency_is_counted_in_numbers(run, filled):
    path = filled(usual())
    run("import", path)
    sheets = json.loads(run("import", path, "--format", "json")[1])["sheets"]
    assert {type(value) for sheet in sheets for key, value in sheet.items() if key != "sheet"} == {int}


def test_one_wrong_cell_of_an_indicator_does_not_blame_the_rows_that_name_it(run, filled):
    rows = usual()
    rows["Indikator"][0]["Nilai Awal"] = "delapan"
    assert [fault["sheet"] for fault in refused(run, filled(rows))] == ["Indikator"]


@pytest.mark.parametrize(
    ("sheet", "field", "code", "known"),
    [
        ("Laporan", "Kerangka", "lkjib", "lkjip"),
        ("Laporan", "Skala", "tidak-ada", "provinsi-bali-2024"),
        ("Laporan", "Metode Efisiensi", "nisbah", "rasio"),
        ("Indikator", "Skala Predikat", "predikat-sakib", "predikat-sakip"),
    ],
)
def test_a_code_that_the_rulebook_does_not_hold_is_refused_in_its_cell(run, filled, sheet, field, code, known):
    rows = usual()
    rows[sheet][0][field] = code
    (fault,) = refused(run, filled(rows))
    assert (fault["sheet"], fault["read"]) == (sheet, code)
    assert known in fault["expected"] + fault["remedy"]


def test_a_narrative_for_a_place_that_no_report_prints_is_refused_with_the_nearest(run, filled):
    rows = usual() | {"Narasi": [{"Bagian": "pengantar", "Tahun": 2025, "Urutan": 1, "Narasi": "Kata."}]}
    (fault,) = refused(run, filled(rows))
    assert "kata_pengantar" in fault["remedy"]


def test_every_place_for_narrative_is_one_that_a_report_prints():
    folder = ROOT / "src" / "selaras" / "core" / "reporting"
    asked = {key for path in folder.glob("*.py") for key in re.findall(r'own_words\("(\w+)"', path.read_text("utf-8"))}
    assert asked == set(NARRATED)


def test_two_versions_of_a_budget_cannot_share_their_order(run, filled):
    versions = [{"Kode Versi": code, "Tahun": 2025, "Nama Versi": code, "Urutan": 0} for code in ("M", "P")]
    faults = refused(run, filled(usual() | {"VersiAnggaran": versions}))
    assert {fault["sheet"] for fault in faults} == {"VersiAnggaran"}


def test_numbers_that_no_column_holds_are_refused(run, filled):
    rows = usual()
    rows["Realisasi"][0] |= {"Pembilang": 1e300}
    rows["PohonKinerja"][0] |= {"Urutan": 12_345_678_901_234_567_890}
    assert {fault["sheet"] for fault in refused(run, filled(rows))} == {"Realisasi", "PohonKinerja"}


def test_a_truth_value_that_libreoffice_kept_as_a_number_is_read(run, filled):
    rows = usual() | {"Jabatan": [{"Kode": "J", "Nama Jabatan": "Bupati", "Di Luar Instansi": 1}]}
    assert run("import", filled(rows))[0] == 0


def test_a_workbook_with_a_damaged_sheet_cannot_be_run(run, filled, tmp_path):
    whole = filled(usual())
    with zipfile.ZipFile(whole) as parts:
        entry = max(
            (item for item in parts.infolist() if "worksheets/" in item.filename), key=lambda i: i.compress_size
        )
    data = bytearray(whole.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    data[start : start + 100] = bytes(100)
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(data)
    status, _, err = run("import", broken)
    assert status == 2
    assert "utuh" in err


def test_a_template_is_never_written_over_a_file(tmp_path, capsys):
    path = tmp_path / "isian.xlsx"
    path.write_text("isi seseorang")
    assert main(["template", str(path)]) == 2
    assert "sudah ada" in capsys.readouterr().err
    assert path.read_text() == "isi seseorang"


def test_of_several_files_of_evidence_none_is_stored_if_one_is_missing(run, filled, tmp_path):
    run("import", filled(usual()))
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"\xff\xd8")
    assert run("evidence", "UJI", photo, tmp_path / "tidak-ada.jpg")[0] == 2
    assert not (tmp_path / "data" / "evidence").exists()


def test_an_export_stays_in_the_folder_where_it_was_asked_for(run, filled, tmp_path, monkeypatch):
    rows = usual()
    rows["Instansi"][0]["Kode"] = "../../UJI"
    run("import", filled(rows))
    (tmp_path / "sini").mkdir()
    monkeypatch.chdir(tmp_path / "sini")
    assert run("export", "../../UJI", 2025)[0] == 0
    assert [path.name for path in (tmp_path / "sini").iterdir()] == ["UJI-2025.xlsx"]


@pytest.mark.parametrize("year", ["0", "99999", "abc", "-5"])
def test_a_year_that_is_none_is_refused_before_anything_runs(run, year, capsys):
    with pytest.raises(SystemExit) as ended:
        run("report", "--agency", "UJI", "--year", year, "--kind", "triwulan", "--quarter", 1)
    assert ended.value.code == 2
    assert "tahun" in capsys.readouterr().err


def test_two_commands_that_open_a_new_workspace_at_once_both_succeed(tmp_path):
    command = [sys.executable, "-m", "selaras.cli.main", "agencies", "--data", str(tmp_path / "baru")]
    started = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, told
