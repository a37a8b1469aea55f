"""Frameworks, rules and worked examples of stage culture as shipped, and what happens when a file is broken."""

import shutil
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from selaras.core.culture.frameworks import Asking, Level, Node, Part, Question, Scale, check, checked
from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.rulebook.culture import as_data, examples, framework_from, load_culture, read_culture, read_examples
from selaras.rulebook.people import load_people

DAY = date(2026, 1, 1)
SHIPPED = Path(str(files("selaras.rulebook") / "data" / "culture"))
RULES = load_culture(DAY)


@pytest.fixture
def folder(tmp_path):
    for path in SHIPPED.glob("*.toml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# --- frameworks


@pytest.mark.parametrize(
    ("code", "constructs", "dimensions", "leaves"),
    [
        ("nilai-fungsi-faktor", 3, 0, 14), ("pengaruh-motivasi-informasi", 3, 8, 16), ("berakhlak", 1, 7, 21),
        ("layanan-smart", 1, 0, 5),
    ],
)  # fmt: skip
def test_every_framework_has_its_size(code, constructs, dimensions, leaves):
    tree = RULES.framework(code)
    assert (len(tree.constructs()), len(tree.at(Level.DIMENSION)), len(tree.leaves())) == (
        constructs,
        dimensions,
        leaves,
    )
    assert check(tree) == ()
    assert checked(tree) is tree


@pytest.mark.parametrize("tree", RULES.frameworks, ids=lambda tree: tree.code)
def test_every_leaf_can_be_asked_in_an_interview_and_in_a_survey(tree):
    for node in tree.leaves():
        above = {question.asking for code in tree.line(node.code) for question in tree.node(code).questions}
        assert Asking.INTERVIEW in above
        if node.code != "KN" and tree.code != "pengaruh-motivasi-informasi":
            assert any(question.asking is Asking.LIKERT for question in node.questions)


def test_the_tree_of_the_descriptive_study_has_its_indicators_by_construct():
    tree = RULES.framework("pengaruh-motivasi-informasi")
    assert {node.code: len(tree.leaves(node.code)) for node in tree.constructs()} == {"KP": 8, "BD": 5, "KN": 3}
    assert [node.part for node in tree.constructs()] == [Part.FACTOR, Part.FACTOR, Part.OUTCOME]
    assert [node.code for node in tree.below("BD1")] == ["BD1.ETOS", "BD1.TERGANTUNG", "BD1.BAHASA"]
    assert tree.line("BD1.ETOS") == ("BD1.ETOS", "BD1", "BD")
    assert tree.construct_of("KN1").code == "KN"


def test_the_core_values_are_those_of_the_goals_of_civil_servants():
    tree = RULES.framework("berakhlak")
    values = load_people(DAY).skp.values
    assert [node.name for node in tree.at(Level.DIMENSION)] == [value.name for value in values]
    assert all(len(tree.below(node.code)) == 3 for node in tree.at(Level.DIMENSION))
    assert all(question.text.startswith("Di unit saya, pegawai ") for _, question in tree.questions(Asking.LIKERT))
    assert load_culture(date(2023, 1, 1)).frameworks[0].code == "layanan-smart"


def test_the_interview_guide_has_one_stem_for_each_node():
    guide = list(RULES.framework("nilai-fungsi-faktor").questions(Asking.INTERVIEW))
    assert len(guide) == 14
    assert len({node.code for node, _ in guide}) == 14
    assert all(question.text.endswith("?") for _, question in guide)
    assert len(list(RULES.framework("layanan-smart").questions(Asking.OBSERVATION))) == 5


@pytest.mark.parametrize("tree", RULES.frameworks, ids=lambda tree: tree.code)
def test_a_framework_survives_as_plain_data(tree):
    assert framework_from(as_data(tree)) == tree


def test_an_agency_writes_its_own_framework():
    own = framework_from({
        "code": "melayani", "name": "Nilai lembaga", "version": "1",
        "scale": {"code": "s", "labels": ["Tidak", "Ya"], "fixed_total": 10},
        "nodes": [
            {"code": "N", "level": "konstruk", "name": "nilai"},
            {"code": "N1", "level": "indikator", "parent": "N", "name": "mandiri",
             "questions": [{"code": "q", "asking": "likert", "text": "Pegawai mandiri."}]},
        ],
    })  # fmt: skip
    assert own.source.certainty is Certainty.AGREED
    assert own.scale.fixed_total == 10
    assert framework_from(as_data(own)) == own


def test_everything_wrong_with_a_tree_is_said_at_once():
    tree = RULES.framework("layanan-smart")
    bad = replace(
        tree, scale=Scale("s", ("a", "a")),
        nodes=(
            *tree.nodes, tree.nodes[1], Node("K", Level.CONSTRUCT, "k", parent="SM"), Node("D", Level.DIMENSION, "d", "SM.SIGAP"),
            Node("Z", Level.INDICATOR, "z", "TIDAK"), Node("P", Level.INDICATOR, "", "SM", part=Part.FACTOR),
            Node("Q", Level.INDICATOR, "q", "SM", questions=(Question("q", Asking.INTERVIEW, " ", reverse=True),)),
        ),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        checked(bad)
    said = {fault.message for fault in refused.value.faults}
    assert said == {
        "skala jawaban tidak sah", "kode simpul ganda", "kode pertanyaan ganda", "konstruk berada di bawah simpul lain",
        "susunan terbalik", "induk tidak ditemukan", "kode atau nama kosong", "peran X atau Y hanya untuk konstruk", "pertanyaan kosong",
        "hanya butir Likert yang dapat terbalik", "simpul tanpa pertanyaan",
    }  # fmt: skip


def test_a_tree_that_runs_in_a_circle_is_refused():
    tree = RULES.framework("layanan-smart")
    circle = (Node("A", Level.DIMENSION, "a", "B"), Node("B", Level.DIMENSION, "b", "A"))
    leaf = Node("C", Level.INDICATOR, "c", "A")
    with pytest.raises(Refusal) as refused:
        checked(replace(tree, nodes=(*tree.nodes, *circle, leaf)))
    assert {(fault.place.record, fault.message) for fault in refused.value.faults} == {
        ("A", "induk tidak ditemukan"), ("B", "susunan terbalik"), ("C", "simpul tanpa pertanyaan"),
    }  # fmt: skip


# --- rules


def test_the_rules_carry_their_sources():
    assert (RULES.support.strong_accounts, RULES.support.strong_groups, RULES.support.fair_accounts) == (3, 2, 2)
    assert (RULES.threshold.screen, RULES.threshold.publish) == (5, 10)
    assert (RULES.saturation.base, RULES.saturation.run) == (4, 2)
    assert {name for name, _ in RULES.doubts()} == {"kekuatan bukti", "ambang penyajian", "kecermatan pengisian"}
    assert [(figure.year, str(figure.index)) for figure in RULES.national] == [(2022, "60.9"), (2023, "61.1")]
    assert load_culture(DAY) is RULES


# --- examples


def test_the_worked_examples_are_read_with_locked_texts():
    bali, musi = examples()
    assert (bali.study.code, musi.study.code) == ("kpu-provinsi-bali", "setda-musi-banyuasin")
    assert [len(source.text) for source in bali.material.sources] == [447, 533, 370, 327, 215, 288, 179, 0, 0]
    assert [len(source.text) for source in musi.material.sources] == [572, 206]
    assert all(source.locked for example in (bali, musi) for source in example.material.sources)
    segment = bali.material.by_segment["31"]
    assert (segment.source, segment.start, segment.end) == ("S6", 71, 156)
    assert (len(musi.material.segments), len(musi.material.codings), len(musi.material.codes)) == (11, 21, 17)
    assert len(bali.values) == 7


# --- broken files


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules.toml", "strong_accounts = 3", "strong_accounts = 1"), ("rules.toml", "screen = 5", "screen = 2"),
        ("rules.toml", "publish = 10", "publish = 4"), ("rules.toml", 'run_share = "1"', 'run_share = "1.5"'),
        ("rules.toml", "[[care]]", "[[lain]]"), ("rules.toml", 'threshold = "5"', 'threshold = "101"'),
        ("rules.toml", 'index = "60.9"', 'index = "x"'), ("rules.toml", '"Akuntabel" = "74.1"', '"Akuntabel" = "x"'),
        ("framework_berakhlak.toml", 'level = "dimensi"', 'level = "lain"'),
        ("framework_berakhlak.toml", 'code = "BP.1"', 'code = "BP.2"'),
        ("framework_berakhlak.toml", 'code = "berakhlak"', 'code = "layanan-smart"'),
        ("framework_berakhlak.toml", 'parent = "BP"', 'parent = "XX"'),
        ("framework_berakhlak.toml", 'unknown = "Tidak tahu"', 'tidak = "Tidak tahu"'),
        ("framework_layanan_smart.toml", 'asking = "observasi"', 'asking = "tebak"'),
        ("framework_layanan_smart.toml", "[[framework]]", "[[kerangka]]"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_refused_by_file(folder, name, old, new):
    change(folder, name, old, new)
    with pytest.raises(Refusal, match="Buku aturan tidak dapat dimuat"):
        read_culture(folder, DAY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('framework = "nilai-fungsi-faktor"', 'framework = "lain"'), ('"KX.KOL+"', '"KX.KOL"'), ('"KX.KOL+"', '"KX.LAIN+"'),
        ("length = 447", "length = 448"), ('methods = ["wawancara"', 'methods = ["tebakan"'), ("joint = true", "bersama = true"),
        ('kind = "norma"', 'kind = "aturan"'), ("[[memos]]", "[[catatan]]"), ('agency = "KPU Provinsi Bali"', ""),
    ],
)  # fmt: skip
def test_a_broken_example_is_refused_by_file(folder, old, new):
    change(folder, "example_kpu_provinsi_bali.toml", old, new)
    with pytest.raises(Refusal, match="Buku aturan tidak dapat dimuat: example_kpu_provinsi_bali"):
        read_examples(folder)


def test_a_file_that_is_no_toml_is_refused(folder):
    (folder / "rules.toml").write_text("[[", "utf-8")
    with pytest.raises(Refusal, match="rules"):
        read_culture(folder, DAY)
