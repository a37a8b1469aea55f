"""The evaluation instruments as shipped, and what happens when a file is broken."""

from decimal import Decimal
from importlib.resources import files

import pytest

from selaras.core.errors import Refusal
from selaras.core.evaluation.soundness import check
from selaras.core.evaluation.template import Mode
from selaras.core.law import Certainty
from selaras.core.org import AgencyKind
from selaras.rulebook.lke import read_templates, template_for, templates
from selaras.rulebook.lke_evidence import clues_for, load_clues, read_clues

NEW, OLD = "permenpan-rb-88-2021", "permenpan-rb-12-2015"
FOLDER = files("selaras.rulebook") / "data" / "lke"


def test_the_instrument_of_2021_has_four_components_and_eighty_criteria():
    template = templates()[NEW]
    assert [component.weight for component in template.components] == [30, 30, 15, 25]
    assert [len(sub.criteria) for sub in template.subcomponents] == [6, 11, 8, 3, 7, 10, 6, 9, 7, 3, 5, 5]
    for component in template.components:
        shares = [sub.weight * 100 / component.weight for sub in component.subcomponents]
        assert shares == [20, 30, 50]
    assert template.mode is Mode.ANSWER


def test_the_instrument_of_2015_keeps_its_five_components():
    template = templates()[OLD]
    assert [component.weight for component in template.components] == [30, 25, 15, 10, 20]
    assert [sub.weight for sub in template.subcomponents] == [
        2, 5, 3, 4, 10, 6, 5, Decimal("12.5"), Decimal("7.5"), 3, Decimal("7.5"), Decimal("4.5"), 2, 5, 3,
        Decimal("7.5"), Decimal("12.5"),
    ]  # fmt: skip
    assert template.source.certainty is Certainty.FROM_MEMORY


@pytest.mark.parametrize(
    ("year", "code"), [(2015, OLD), (2016, OLD), (2020, OLD), (2021, NEW), (2025, NEW), (2040, NEW)]
)
@pytest.mark.parametrize("kind", AgencyKind)
def test_each_year_has_its_instrument_for_ever(year, code, kind):
    assert template_for(year, kind).code == code


def test_a_year_without_instrument_is_refused():
    with pytest.raises(Refusal, match="2014"):
        template_for(2014, AgencyKind.REGION)


def test_local_variants_differ_where_they_say_so():
    courts = templates()["mahkamah-agung"]
    assert [len(sub.criteria) for sub in courts.subcomponents[:2]] == [7, 10]
    assert courts.criteria[6].code == "1.b.10"
    region = templates()["daerah-bobot-capaian"]
    assert [component.weight for component in region.components] == [30, 30, 15, Decimal("17.5"), Decimal("7.5")]
    assert {"1.b.4", "1.b.11"}.isdisjoint(criterion.code for criterion in region.criteria)
    assert all(item.local for item in (courts, region, templates()["daerah-rata-rata-kriteria"]))
    assert templates()["daerah-rata-rata-kriteria"].mode is Mode.CRITERIA


def test_every_template_is_sound_and_says_where_it_comes_from():
    for template in templates().values():
        assert not check(template)
        assert template.source.text
        assert template.rounding.source


def shipped(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def read(folder, **files_):
    for name, text in files_.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_templates(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight = 30", "weight = 31"), ("weight = 4.5", "weight = 4.4"), ("upto = 90", "upto = 89"),
        ('letter = "A", value = 90', 'letter = "A", value = 100'), ('aspect = "kualitas"', 'aspect = "mutu"'),
        ("[[template]]", "[[templat]]"), ("[[template]]", "[[template"), ("first_year = 2021", 'first_year = "x"'),
        ("share = 100", 'share = "semua"'), ("value = 100", ""), ("places = 2", "places = 2\nlebih = 1"),
        ('code = "1.a.2"', 'code = "1.a.1"'), ("rules = { keberadaan", "rules = { adanya"), ("weight = 9", 'weight = "NaN"'),
        ("first_year = 2021", 'first_year = 2021\nkinds = ["desa"]'), ("[template.rounding]", "[template.roundings]"),
    ],
)  # fmt: skip
def test_a_broken_template_is_refused_with_its_file(tmp_path, old, new):
    text = shipped("88-2021.toml")
    assert old in text
    with pytest.raises(Refusal, match=r"rusak\.toml"):
        read(tmp_path, rusak=text.replace(old, new))


VARIANT = """[[template]]
code = "v"
base = "permenpan-rb-88-2021"
title = "V"
source = "uji"
certainty = "inferred"
"""


@pytest.mark.parametrize(
    "wrong",
    [
        VARIANT.replace("88-2021", "1-1999"), VARIANT + 'weights = [{ code = "4", weight = 20 }]',
        VARIANT + 'changes = [{ subcomponent = "9.z", weight = 1 }]',
        VARIANT + 'changes = [{ subcomponent = "1.a", without = ["1.a.77"] }]',
        VARIANT + 'changes = [{ subcomponent = "1.a", moved_here = ["x"] }]',
        VARIANT + 'changes = [{ subcomponent = "1.a", bobot = 3 }]', VARIANT.replace('"v"', '"permenpan-rb-88-2021"'),
        VARIANT + 'weights = [{ code = "9", weight = 20 }]',
        VARIANT + 'changes = [{ subcomponent = "1.a", criterion_scales = { "9.z.1" = "AA-E" } }]',
    ],
)  # fmt: skip
def test_a_variant_that_changes_what_is_not_there_is_refused(tmp_path, wrong):
    with pytest.raises(Refusal):
        read(tmp_path, dasar=shipped("88-2021.toml"), varian=wrong)


def test_a_variant_may_answer_a_criterion_on_another_scale(tmp_path):
    change = 'changes = [{ subcomponent = "1.a", criterion_scales = { "1.a.1" = "AA-E" } }]'
    made = read(tmp_path, dasar=shipped("88-2021.toml"), varian=VARIANT + change)["v"]
    assert made.subcomponent("1.a").criteria[0].scale == "AA-E"


def test_a_part_that_is_not_there_is_refused():
    with pytest.raises(Refusal, match=r"9\.z"):
        templates()[NEW].subcomponent("9.z")


def test_every_clue_speaks_of_a_criterion_that_there_is():
    known = {criterion.code for criterion in templates()[NEW].criteria}
    assert {clue.criterion for clue in load_clues()[NEW]} <= known
    assert all(clue.source.text for clue in clues_for(templates()[NEW]))
    assert clues_for(templates()[OLD]) == ()
    assert {clue.criterion for clue in clues_for(templates()[NEW]) if clue.decisive} == {
        "1.a.3", "1.a.4", "2.b.4", "3.a.1", "3.a.3", "3.a.4", "3.a.5", "4.c.1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[evidence]", "[bukti]"), ("[evidence]", "[evidence"), ('fact = "reviewed_on"', 'fact = "reviewed"'),
        ('than = "report_due_on"', 'than = "x"'), (', than = "report_due_on"', ""),
        (", limit = 100", ""), ('condition = "ada" }', 'condition = "ada", limit = 3 }'),
        ('condition = "ada"', 'condition = "mungkin"'), ('certainty = "inferred"', 'certainty = "inferred"\nlebih = 1'),
    ],
)  # fmt: skip
def test_broken_clues_are_refused(tmp_path, old, new):
    text = (FOLDER / "evidence" / "88-2021.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "a.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal):
        read_clues(tmp_path)


def test_two_files_for_one_template_are_refused(tmp_path):
    text = (FOLDER / "evidence" / "88-2021.toml").read_text(encoding="utf-8")
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refusal, match=r"b\.toml"):
        read_clues(tmp_path)
