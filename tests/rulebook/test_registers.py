"""The registers and surveys as shipped, their exchange as files, and what happens when a file is broken."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from selaras.core.access import Role
from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.registers.copying import as_data, copy_of
from selaras.core.registers.definition import Basis
from selaras.rulebook.registers import from_toml, preset, presets, read_presets, register_from, to_toml
from selaras.rulebook.service import load_strategies, load_surveys, read_standards, read_surveys

WANTED = {
    "permohonan_informasi", "keberatan_informasi", "pengaduan", "layanan_dijanjikan", "publikasi", "rapat_pleno",
    "direktif", "tindak_lanjut", "perpustakaan_sekolah", "kegiatan_belajar", "kehadiran_belajar", "layanan_kepegawaian",
    "sarana", "logistik", "rancangan_hukum", "disiplin_netralitas", "kerja_sama", "dokumentasi_foto",
}  # fmt: skip
SKM = files("selaras.rulebook") / "data" / "skm"
SMALL = """
[[register]]
code = "kecil"
name = "Kecil"
source = "Contoh"
certainty = "inferred"
opened_by = ["petugas layanan"]
readers = ["petugas layanan"]
fields = [{ code = "isi", name = "Isi", kind = "teks" }]
states = [{ code = "ada", name = "Ada" }]
"""


def test_every_register_of_the_list_is_there():
    assert set(presets()) == WANTED


@pytest.mark.parametrize("code", sorted(WANTED))
def test_a_preset_is_complete_by_itself(code):
    made = preset(code)
    assert made.about
    assert made.rules
    assert made.columns
    assert made.source.text
    assert all(rule.source.text for rule in made.rules)
    assert all(term.source.text for deadline in made.deadlines for term in deadline.terms)
    texts = [made.about, *(state.told for state in made.states if state.told), *(rule.nothing for rule in made.rules)]
    assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("code", sorted(WANTED))
def test_a_register_goes_out_as_a_file_and_comes_back_equal(code):
    made = preset(code)
    assert from_toml(to_toml(made), "berkas.toml") == made
    assert register_from(as_data(made)) == made
    copy = copy_of(made, "milik_kami", "Milik kami")
    assert from_toml(to_toml(copy), "berkas.toml") == copy


def test_the_requests_have_seven_grounds_of_objection_and_the_days_of_the_law():
    assert len(preset("keberatan_informasi").field("alasan").choices) == 7
    terms = {term.code: (term.days, term.extension) for term in preset("permohonan_informasi").deadline("jawab").terms}
    assert terms == {"tahapan": (3, 2), "tahapan_lama": (2, 0), "biasa": (10, 7)}
    days = {term.code: term.days for term in preset("keberatan_informasi").deadline("tanggapan").terms}
    assert days == {"tahapan": 3, "biasa": 30}


def test_complaints_have_their_classes_and_aspirations_no_limit():
    terms = {term.code: term.days for term in preset("pengaduan").deadline("selesai").terms}
    assert terms == {"informasi": 5, "biasa": 14, "pengawasan": 60, "tanpa_batas": None}


def test_only_discipline_is_restricted_and_the_libraries_are_a_stock():
    assert [code for code, made in presets().items() if made.restricted] == ["disiplin_netralitas"]
    assert preset("perpustakaan_sekolah").rule("memenuhi_standar").basis is Basis.STOCK
    assert preset("perpustakaan_sekolah").source.certainty is Certainty.CONFIRMED


def test_the_public_opens_only_what_is_open_to_the_public():
    for made in presets().values():
        assert made.open_to_public or Role.READER not in made.opened_by
        assert not any(Role.READER in way.roles for way in made.transitions)


def test_a_preset_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="bawaan hantu"):
        preset("hantu")


def test_what_is_usual_need_not_be_written():
    made = from_toml(SMALL, "kecil.toml")
    assert (made.numbering.pattern, made.retention, made.restricted) == ("{urut:04}/{tahun}", None, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "teks"', 'kind = "warna"'),
        ('kind = "teks"', 'kind = "teks", warna = "merah"'),
        ('kind = "teks"', 'kind = "teks", personal = true'),
        ('kind = "teks"', 'kind = "bilangan bulat", least = "nan"'),
        ('"petugas layanan"', '"penjaga"'),
        ('certainty = "inferred"', 'certainty = "pasti"'),
        ('name = "Kecil"', 'name = "Kecil"\nretention = 3'),
        ('name = "Kecil"', 'name = "Kecil"\ndemands = [{ field = "isi", when = { field = "isi" } }]'),
        ('name = "Kecil"', "name = 3"),
        ("[[register]]", "[[daftar]]"),
        ("[[register]]", "[[register]"),
        (
            "states =",
            'deadlines = [{ code = "j", name = "J", start = "@opened", stops = ["@closed"], remind = ["x"], terms = [] }]\nstates =',
        ),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_name(old, new):
    with pytest.raises(Refusal) as refused:
        from_toml(SMALL.replace(old, new), "kecil.toml")
    assert "kecil.toml" in str(refused.value)


def test_a_file_holds_one_register():
    with pytest.raises(Refusal, match="bukan satu register"):
        from_toml(SMALL + SMALL.replace("kecil", "lain"), "dua.toml")
    with pytest.raises(Refusal, match="bukan satu register"):
        from_toml("", "kosong.toml")


def test_a_folder_knows_each_code_once_and_every_register_referred_to(tmp_path: Path):
    (tmp_path / "a.toml").write_text(SMALL, "utf-8")
    (tmp_path / "catatan.txt").write_text("bukan register", "utf-8")
    assert set(read_presets(tmp_path)) == {"kecil"}
    (tmp_path / "b.toml").write_text(SMALL, "utf-8")
    with pytest.raises(Refusal, match="kode register ganda"):
        read_presets(tmp_path)
    link = SMALL.replace('kind = "teks"', 'kind = "rekaman", of = "hantu"').replace('"kecil"', '"lain"')
    (tmp_path / "b.toml").write_text(link, "utf-8")
    with pytest.raises(Refusal, match="register yang dirujuk tidak ada"):
        read_presets(tmp_path)


def test_the_survey_has_nine_elements_and_the_standard_fourteen_components():
    survey = load_surveys(date(2024, 1, 1))["skm"]
    assert len(survey.elements) == 9
    assert [band.letter for band in survey.bands] == ["A", "B", "C", "D"]
    assert len(load_strategies(date(2024, 1, 1))) == 6


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('error = "0.05"', 'error = "1.5"'),
        ('least = "76.61"', 'least = "76.62"'),
        ("sample = {", "sample = 3 # {"),
        ('code = "smart"', 'code = "skm"'),
        ("factor = 25", "factor = 0"),
    ],
)
def test_a_broken_survey_is_refused(tmp_path: Path, old, new):
    (tmp_path / "surveys.toml").write_text((SKM / "surveys.toml").read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(Refusal):
        read_surveys(tmp_path, date(2024, 1, 1))


def test_a_standard_names_each_component_once(tmp_path: Path):
    text = (SKM / "standards.toml").read_text("utf-8").replace('code = "keamanan"', 'code = "jaminan"')
    (tmp_path / "standards.toml").write_text(text, "utf-8")
    with pytest.raises(Refusal, match="kosong atau ganda"):
        read_standards(tmp_path, date(2024, 1, 1))
