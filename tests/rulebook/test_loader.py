"""The rulebook as shipped, and what happens when a table is broken."""

from __future__ import annotations

import string
from datetime import date

import pytest

from selaras.core import reform
from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.measurement import achievement, budget, efficiency, formulas, progress
from selaras.core.org import RegulationStatus
from selaras.core.planning import LowerMethod
from selaras.core.snapshot import ReportSettings
from selaras.rulebook import load
from selaras.rulebook.loader import load_from

DAY = date(2024, 12, 31)
SOURCE = 'source = "uji"\ncertainty = "inferred"\n'
SCALE = f'[[scale]]\ncode = "uji"\nname = "Uji"\nreading = "menurut batas bawah"\n{SOURCE}bands = [\n'
TOP = '{ label = "Tinggi", lower = 91, tone = "hijau tua" },\n'
END = '{ label = "Rendah", tone = "merah" },\n]\n'
FIELDS = {
    "nama",
    "jabatan",
    "instansi",
    "tahun",
    "laporan",
    "alasan",
    "nama_atasan",
    "jabatan_atasan",
    "tanggal_semula",
}


def loaded(folder, text, name="uji.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_from(folder, DAY)


def test_the_same_day_is_loaded_once():
    assert load(DAY) is load(DAY)


def test_the_settings_of_a_new_year_name_what_the_rulebook_holds():
    settings, law = ReportSettings(2024), load(DAY)
    assert settings.scale in law.scales
    assert f"efisiensi-{settings.efficiency}" in law.formulas
    assert settings.outline in law.outlines


def test_every_fact_has_a_source():
    law = load(DAY)
    for facts in (law.scales, law.grade_scales, law.formulas, law.outlines, law.forms, law.regulations):
        assert all(fact.source.text for fact in facts.values())


def test_grades_are_ranked_from_the_worst():
    scales = load(DAY).grade_scales
    assert [scales["predikat-sakip"].rank(item) for item in ("D", "C", "CC", "B", "BB", "A", "AA")] == list(range(1, 8))
    assert scales["opini-bpk"].rank("WTP") == 4
    assert scales["opini-bpk"].rank("WDP") == 3
    assert scales["predikat-rb-2023"].grades.index("A-") == 5


def test_the_checklist_has_its_23_criteria_and_says_how_sure_they_are():
    items = load(DAY).checklist
    groups = [item.group for item in items]
    assert [groups.count(group) for group in ("Format", "Mekanisme penyusunan", "Substansi")] == [6, 7, 10]
    assert {item.source.certainty for item in items} == {Certainty.FROM_MEMORY}
    assert len({item.number for item in items}) == 23


def test_the_forms_hold_their_clauses_and_only_known_words_in_braces():
    forms = load(DAY).forms
    assert "pengawasan" in forms["pk-dua-pihak"].texts
    assert not {"pihak_kedua", "pengawasan"} & set(forms["pk-satu-pihak"].texts)
    for form in forms.values():
        for text in form.texts.values():
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= FIELDS


def test_the_statement_of_review_leaves_its_conclusion_blank():
    conclusion = load(DAY).forms["pernyataan-reviu"].texts["simpulan"]
    assert conclusion.startswith("Berdasarkan reviu kami, ……")


def test_abbreviations_and_regulations_are_there():
    law = load(DAY)
    assert law.abbreviations["SAKIP"] == "Sistem Akuntabilitas Kinerja Instansi Pemerintah"
    assert "Panitia Pemilihan Kecamatan" in law.abbreviations["PPK"]
    assert law.regulations["uu-15-2011"].status is RegulationStatus.REPEALED


def test_the_printed_formulas_are_those_of_the_code():
    texts = {code: formula.expression for code, formula in load(DAY).formulas.items()}
    one, low = formulas.Decimal(1), formulas.within_range
    expected = {
        "capaian-naik": formulas.higher(one, one).formula,
        "capaian-turun-2t": formulas.lower_text(LowerMethod.TWICE_TARGET),
        "capaian-turun-inversi": formulas.lower_text(LowerMethod.INVERSE),
        "capaian-titik": formulas.stable_point(one, one).formula,
        "capaian-predikat": formulas.by_rank(1, 1).formula,
        "capaian-ya-tidak": formulas.by_flag(True, True).formula,
        "rata-rata": achievement.mean([], key="", name="").formula,
        "kemajuan": formulas.higher(one, one, progress.PROGRESS_LABELS).formula,
        "serapan": budget.ABSORPTION_TEXT,
        **{f"efisiensi-{method}": text for method, text in efficiency.TEXTS.items()},
        "rb-general": reform.GENERAL_TEXT,
        "rb-penyesuaian": reform.ADJUSTED_TEXT,
        "rb-indeks": reform.INDEX_TEXT,
    }
    assert {code: texts[code] for code in expected} == expected
    inside, below, above = (low(one * 5, one * 7, one * value, None).formula for value in (6, 4, 8))
    assert texts["capaian-rentang"] == f"{inside}; di bawahnya {below}; di atasnya {above}"


def test_the_year_2024_has_its_holidays():
    law = load(DAY)
    assert date(2024, 8, 17) in law.holidays
    assert law.collective_leave


def test_missing_files_are_no_error(tmp_path):
    law = load_from(tmp_path, DAY)
    assert (law.scales, law.outlines, law.holidays) == ({}, {}, {})
    assert load_from(tmp_path / "not there", DAY).scales == {}


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ('{ label = "Sedang", lower = 76, upper = 90, tone = "merah" },\n', "skala berlubang"),
        ('{ label = "Sedang", lower = 76, upper = 92, tone = "merah" },\n', "skala tumpang tindih"),
        ('{ label = "Sedang", lower = 95, tone = "merah" },\n', "tumpang tindih"),
        ('{ label = "Tinggi", lower = 76, tone = "merah" },\n', "ganda"),
        ('{ label = "Sedang", lower = 76, tone = "ungu" },\n', "tone tidak dikenal"),
        ('{ label = "Sedang", lower = "banyak", tone = "merah" },\n', "lower bukan angka"),
        ('{ label = "Sedang", lower = true, tone = "merah" },\n', "lower bukan angka"),
        ('{ label = "Sedang", lower = 76, tone = "merah", warna = 1 },\n', "isian tidak dikenal"),
        ('{ label = "Sedang", tone = "merah" },\n', "kedua ujung"),
    ],
)
def test_a_broken_scale_is_refused_with_file_and_entry(tmp_path, band, words):
    with pytest.raises(Refusal) as refused:
        loaded(tmp_path, SCALE + TOP + band + END)
    assert words in str(refused.value)
    assert refused.value.faults[0].place.source == "uji.toml"
    assert "uji" in refused.value.faults[0].place.record


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SCALE.replace('source = "uji"\n', "") + TOP + END, "source tidak ada"),
        (SCALE.replace('"inferred"', '"pasti"') + TOP + END, "certainty tidak dikenal"),
        (SCALE + '{ label = "Tinggi", lower = 91, upper = 100, tone = "merah" },\n' + END, "terbuka ke atas"),
        ("[[scale\n", "bukan TOML"),
        ("[[skala]]\n", "tabel tidak dikenal"),
        ("scale = 3\n", "isian di luar tabel"),
        ("scale = [3]\n", "isian di luar tabel"),
        (f'[[grade_scale]]\ncode = "a"\nname = "a"\ngrades = ["A", "A"]\n{SOURCE}', "isian ganda"),
        (f'[[grade_scale]]\ncode = "a"\nname = "a"\ngrades = []\n{SOURCE}', "daftar teks"),
        (f'[[formula]]\ncode = "a"\nname = "a"\nexpression = " "\n{SOURCE}', "expression kosong"),
        (f'[[formula]]\ncode = "a"\nname = "a"\nexpression = 5\n{SOURCE}', "salah jenis"),
        (f'[[form]]\ncode = "a"\nname = "a"\n{SOURCE}[form.texts]\nx = 1\n', "bukan teks"),
        (f'[[outline]]\ncode = "a"\nname = "a"\n{SOURCE}', "chapters tidak ada"),
        (f'[[outline]]\ncode = "a"\nname = "a"\nchapters = [1]\n{SOURCE}', "daftar tabel"),
        (f'[[outline]]\ncode = "a"\nname = "a"\n{SOURCE}chapters = [{{ key = "x", title = "X" }}, {{ key = "x", title = "Y" }}]\n',
         "kunci bagian ganda"),
        (f'[[year]]\nyear = 2024\n{SOURCE}days = [{{ date = 2023-01-01, name = "x" }}]\n', "di luar tahunnya"),
    ],
)  # fmt: skip
def test_a_broken_table_is_refused(tmp_path, text, words):
    with pytest.raises(Refusal, match=words):
        loaded(tmp_path, text)


def versions(first, second):
    entry = '[[formula]]\ncode = "a"\nname = "{name}"\nexpression = "x"\n' + SOURCE
    return entry.format(name="lama") + first + entry.format(name="baru") + second


def test_a_version_holds_only_in_its_time(tmp_path):
    text = versions("until = 2021-12-31\n", "since = 2022-01-01\n")
    assert loaded(tmp_path, text).formulas["a"].name == "baru"
    assert load_from(tmp_path, date(2020, 1, 1)).formulas["a"].name == "lama"


def test_two_versions_at_the_same_time_are_refused(tmp_path):
    with pytest.raises(Refusal, match="berlaku ganda"):
        loaded(tmp_path, versions("until = 2022-06-30\n", "since = 2022-01-01\n"))


def test_a_checklist_of_another_time_is_left_out(tmp_path):
    text = f'[[checklist]]\nname = "a"\n{SOURCE}until = 2020-01-01\nitems = [{{ number = "1", group = "g", text = "t" }}]\n'
    assert loaded(tmp_path, text).checklist == ()
    assert len(load_from(tmp_path, date(2019, 1, 1)).checklist) == 1
