"""The whole way by the product's own commands: load, check, figures, report, export, and their exit statuses."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from selaras.cli.main import build_parser, main

ROOT = Path(__file__).parents[2]
BIRO = ROOT / "examples" / "biro-organisasi-2024.xlsx"
KPU = ROOT / "examples" / "sekretariat-kpu-2022.xlsx"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(tmp_path, capsys, empty_workspace):
    """Runs one command in a workspace of its own; gives status, standard output and standard error."""
    shutil.copytree(empty_workspace, tmp_path / "data")

    def call(*words, data=True):
        status = main([*map(str, words), *(["--data", str(tmp_path / "data")] if data else [])])
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


@pytest.fixture
def loaded(run, tmp_path, loaded_workspace):
    shutil.copytree(loaded_workspace, tmp_path / "data", dirs_exist_ok=True)
    return run


def shown(figures, key):
    return next(item["shown"] for item in figures["figures"] if item["key"] == key)


def test_the_figures_of_the_first_sample_agency_come_out(loaded):
    status, out, _ = loaded("figures", "--agency", "BIRO-ORG", "--year", 2024, "--format", "json")
    assert status == 0
    figures = json.loads(out)
    assert figures["budget"] == {"total": "3639196510", "spent": "2940235465", "absorption": "80,79%"}
    names = {item["key"].split(":")[1] for item in figures["figures"] if item["key"].startswith("kemajuan:")}
    first, second = sorted(names)
    assert [shown(figures, f"kemajuan:{code}:2024") for code in (first, second)] == ["95,60%", "93,33%"]
    assert [shown(figures, f"capaian:{code}:2024:RKT") for code in (first, second)] == ["100,00%", "100,00%"]
    assert [shown(figures, f"capaian:{code}:2024") for code in (first, second)] == ["100,00%", "93,33%"]
    assert shown(figures, f"efisiensi:{first}:2024") == "127,94%"
    assert shown(figures, f"efisiensi:{second}:2024:RKT") == "107,04%"
    assert [shown(figures, f"capaian:{code}:2023") for code in (first, second)] == ["102,94%", "109,43%"]
    assert all(item["formula"] or item["value"] is None for item in figures["figures"])


def test_the_gate_of_the_second_sample_agency_finds_what_is_there(loaded):
    status, out, _ = loaded("check", "--agency", "KPU-PROB", "--year", 2022, "--format", "json")
    assert status == 1
    codes = [finding["code"] for finding in json.loads(out)]
    counts = {code: codes.count(code) for code in set(codes) if code.startswith("GATE")}
    assert counts == {"GATE-EXTRA": 3, "GATE-MISSING": 4, "GATE-TARGET": 1, "GATE-UNIT": 1, "GATE-WORDING": 1}


def test_loading_the_same_file_again_changes_nothing(loaded):
    status, out, _ = loaded("import", BIRO, "--format", "json")
    assert status == 0
    assert json.loads(out)["unchanged"] is True


def test_a_dry_run_shows_the_change_and_keeps_the_old_value(loaded, tmp_path):
    changed = edited(tmp_path, "Realisasi", "280", 285)
    status, out, _ = loaded("import", changed, "--dry-run")
    assert status == 0
    assert "“280” menjadi “285”" in out
    assert json.loads(loaded("import", BIRO, "--format", "json")[1])["unchanged"] is True


def test_a_locked_realisation_cannot_be_changed_by_a_workbook(loaded, tmp_path):
    status, _, err = loaded("import", edited(tmp_path, "Realisasi", "0.875", 0.88))
    assert status == 1
    assert "sudah dikunci" in err


def edited(tmp_path, sheet, old, new):
    """The first sample workbook with one cell changed."""
    path = tmp_path / "ubah.xlsx"
    shutil.copyfile(BIRO, path)
    book = openpyxl.load_workbook(path)
    for row in book[sheet].iter_rows():
        for cell in row:
            if str(cell.value) == old:
                cell.value = new
                book.save(path)
                return path
    raise AssertionError(f"{old} does not stand on {sheet}")


def test_a_wrong_cell_is_refused_with_its_place_and_nothing_is_loaded(run, tmp_path):
    status, _, err = run("import", edited(tmp_path, "Realisasi", "0.875", "delapan"))
    assert status == 1
    assert "lembar Realisasi" in err
    assert "“delapan”" in err
    assert "Belum ada instansi" in run("agencies")[1]


def test_export_loads_back_and_exports_the_same_bytes(loaded, tmp_path):
    first, second = tmp_path / "satu.xlsx", tmp_path / "dua.xlsx"
    assert loaded("export", "BIRO-ORG", 2024, "--output", first)[0] == 0
    assert json.loads(loaded("import", first, "--format", "json")[1])["unchanged"] is True
    assert loaded("export", "BIRO-ORG", 2024, "--output", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_report_is_written_in_every_format(loaded, tmp_path):
    formats = "pdf,docx,html,xlsx,json"
    status, out, _ = loaded(
        "report", "--agency", "KPU-PROB", "--year", 2022, "--format", formats, "--output", tmp_path / "l"
    )
    assert status == 0
    files = [Path(name) for name in json.loads(out)["files"]]
    assert [file.name for file in files] == [f"lkjip-2022-KPU-PROB.{name}" for name in ("pdf", "docx", "html", "xlsx")]
    assert files[0].read_bytes().startswith(b"%PDF-")
    assert all(file.stat().st_size > 20_000 for file in files)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("--kind", "pk"), "pk-2022-KPU-PROB.pdf"),
        (("--kind", "triwulan", "--quarter", "2"), "triwulan-2022-tw2-KPU-PROB.pdf"),
        (("--kind", "bulanan", "--month", "7"), "bulanan-2022-07-KPU-PROB.pdf"),
        (("--kind", "rencana-aksi"), "rencana-aksi-2022-KPU-PROB.pdf"),
        (("--kind", "pengukuran"), "pengukuran-2022-KPU-PROB.pdf"),
    ],
)
def test_every_other_kind_of_document_is_written(loaded, tmp_path, words, name):
    assert loaded("report", "--agency", "KPU-PROB", "--year", 2022, *words, "--output", tmp_path)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "--agency", "TIDAK-ADA", "--year", "2022"), "BIRO-ORG"),
        (("report", "--agency", "BIRO-ORG", "--year", "1999"), "2024"),
        (("report", "--agency", "BIRO-ORG", "--year", "2024", "--kind", "triwulan"), "--quarter"),
        (("report", "--agency", "BIRO-ORG", "--year", "2024", "--format", "rtf"), "pdf"),
        (("import", "tidak-ada.xlsx"), "tidak-ada.xlsx"),
    ],
)
def test_what_cannot_run_says_why_and_ends_with_two(loaded, words, told):
    status, _, err = loaded(*words)
    assert status == 2
    assert told in err


def test_a_template_is_written_without_a_workspace(run, tmp_path):
    status, _, _ = run("template", tmp_path / "isian.xlsx", data=False)
    assert status == 0
    assert "Petunjuk" in openpyxl.load_workbook(tmp_path / "isian.xlsx", read_only=True).sheetnames


def test_every_command_has_help_with_examples(capsys):
    commands = build_parser()._subparsers._group_actions[0].choices
    for name in commands:
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0
        assert "contoh:" in capsys.readouterr().out


def test_the_rulebook_is_listed_with_sources(run):
    status, out, _ = run("rulebook", "--format", "json", "--on", "2024-12-31", data=False)
    assert status == 0
    rows = json.loads(out)
    assert {"skala", "skala predikat", "rumus", "kerangka", "formulir", "SKP", "RB"} == {row["jenis"] for row in rows}
    unsure = {row["nama"] for row in rows if row["kepastian"] != "confirmed"}
    assert {"matriks predikat", "tenggat penilaian SKP", "Indeks RB sejak 2023: predikat A-"} <= unsure
    assert all(row["sumber"] and row["kepastian"] for row in rows)
    status, out, _ = run("rulebook", "--format", "json", "--on", "2021-12-31", data=False)
    assert (status, "SKP" in {row["jenis"] for row in json.loads(out)}) == (0, False)


@pytest.mark.slow
def test_the_demo_loads_both_agencies_and_names_its_files(run, tmp_path):
    status, out, _ = run("demo", "--examples", ROOT / "examples", "--output", tmp_path / "demo")
    assert status == 0
    assert "80,79" in out or "127,94%" in out
    for name in ("lkjip-2024-BIRO-ORG.pdf", "lkjip-2022-KPU-PROB.docx", "pk-2022-KPU-PROB.pdf"):
        assert name in out
        assert (tmp_path / "demo" / name).exists()
