"""The rules of stage people as shipped, on days before they were in force, and what happens when a file is broken."""

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from tests.rulebook.broken import copied, refused_by_name

from selaras.core.errors import Refusal
from selaras.core.people.ratings import OrganisationPredicate, Predicate
from selaras.rulebook.people import FILES, load_people, read_people

DAY = date(2024, 12, 31)
SHIPPED = Path(str(files("selaras.rulebook") / "data" / "people"))


@pytest.fixture
def folder(tmp_path):
    return copied(SHIPPED, FILES, tmp_path)


def test_the_shipped_rules_are_whole_and_have_sources():
    rules = load_people(DAY)
    assert list(rules.patterns) == list(OrganisationPredicate)
    assert set(rules.credit.percents) == set(Predicate)
    assert rules.objection.days == 14
    assert all(source.text for _, source in rules.doubts())
    assert load_people(DAY) is rules


def test_before_the_circular_there_are_no_patterns_and_before_the_regulation_no_rules():
    early = load_people(date(2022, 12, 31))
    assert (early.patterns, early.credit) == ({}, None)
    assert len(early.doubts()) < len(load_people(DAY).doubts())
    with pytest.raises(Refusal):
        load_people(date(2021, 12, 31))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("skp.toml", 'code = "aspek"', 'code = "lain"'), ("skp.toml", '"hasil" = "Penerima', '"hasil" = "Pemberi'),
        ("skp.toml", '"hasil" = ', '"akibat" = '), ("skp.toml", "counted_on = 15", "counted_on = 31"),
        ("skp.toml", '"Suka menolong orang lain", ', ""), ("skp.toml", 'code = "loyal"', 'code = "adaptif"'),
        ("skp.toml", 'target = "100"', 'target = "nol"'), ("skp.toml", '"Plt." = "tambahan"', '"Plt." = "lain"'),
        ("skp.toml", "[[month]]", "[[month]"), ("skp.toml", "[[month]]", "[[bulan]]"),
        ("predicates.toml", 'results = "sesuai ekspektasi", behaviour = "sesuai ekspektasi"', 'results = "sesuai ekspektasi", behaviour = "di bawah ekspektasi"'),
        ("predicates.toml", '    { results = "sesuai ekspektasi", behaviour = "sesuai ekspektasi", predicate = "Baik" },\n', ""),
        ("predicates.toml", 'predicate = "Sangat Baik" }', 'predicate = "Istimewa" }'),
        ("predicates.toml", '"Kurang" = "di bawah ekspektasi", ', ""), ("predicates.toml", 'over = "50"', 'diatas = "50"'),
        ("predicates.toml", 'least = "100"', 'least = "101"'), ("predicates.toml", 'cycle = "berkala"', 'cycle = "harian"'),
        ("predicates.toml", "since = 2022-01-01", "since = 2022-01-01\nuntil = 2023-01-01"),
        ("patterns.toml", 'organisation = "Kurang"', 'organisation = "Baik"'), ("patterns.toml", 'percent = "70"', 'persen = "70"'),
        ("patterns.toml", 'groups = ["Sangat Baik"]', 'groups = ["Cukup"]'), ("patterns.toml", 'kind = "ada"', 'kind = "semua"'),
        ("follow_up.toml", "days = 14", "days = 0"), ("follow_up.toml", '"Kurang" = "50"', '"Kurang" = "x"'),
        ("follow_up.toml", '"Kurang" = "50", ', ""), ("follow_up.toml", 'coefficient = "12.5"', 'coefficient = "-1"'),
        ("follow_up.toml", '"Kurang" = "50"', '"Kurang" = "-50"'), ("follow_up.toml", "places = 3", "places = 9"),
        ("follow_up.toml", 'kind = "penilaian"', 'kind = "penetapan"'), ("follow_up.toml", "month = 1\nday = 31", "month = 2\nday = 30"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_its_name(folder, file, old, new):
    refused_by_name(read_people, folder, DAY, file, old, new)


def test_a_missing_file_and_two_rules_at_once_are_refused(folder):
    text = (folder / "follow_up.toml").read_text("utf-8")
    later = text[text.index("[[credit]]") :]
    (folder / "follow_up.toml").write_text(text + later, encoding="utf-8")
    with pytest.raises(Refusal, match="ganda"):
        read_people(folder, DAY)
    (folder / "follow_up.toml").unlink()
    with pytest.raises(Refusal):
        read_people(folder, DAY)


def test_a_pattern_without_demands_and_credit_without_levels_are_refused(folder):
    patterns = (folder / "patterns.toml").read_text("utf-8")
    start, end = patterns.index("limits = ["), patterns.index("]\nsource")
    (folder / "patterns.toml").write_text(patterns[:start] + "limits = [" + patterns[end:], encoding="utf-8")
    with pytest.raises(Refusal):
        read_people(folder, DAY)
    shutil.copy(SHIPPED / "patterns.toml", folder / "patterns.toml")
    later = (folder / "follow_up.toml").read_text("utf-8")
    (folder / "follow_up.toml").write_text(later[: later.index("[[credit.levels]]")], encoding="utf-8")
    with pytest.raises(Refusal):
        read_people(folder, DAY)
