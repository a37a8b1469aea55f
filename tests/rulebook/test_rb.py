"""The schemes of the reform index as shipped, and what happens when a file is broken."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from tests.rulebook.broken import copied, refused_by_name

from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.rulebook.rb import FILES, load_rb, read_rb

DAY = date(2024, 12, 31)
SHIPPED = Path(str(files("selaras.rulebook") / "data" / "rb"))


@pytest.fixture
def folder(tmp_path):
    return copied(SHIPPED, FILES, tmp_path)


def test_every_year_since_2020_has_one_scheme():
    rules = load_rb(DAY)
    assert [rules.scheme_for(year).code for year in range(2020, 2027)] == ["rb-2020"] * 3 + ["rb-2023"] * 4
    assert load_rb(DAY) is rules


def test_parts_add_up_and_carry_their_status():
    new = load_rb(DAY).scheme_for(2024)
    assert [part.weight for part in new.general.parts] == [10, 40, 50]
    assert [part.weight for part in new.thematic.parts] == [5, 15]
    status = {part.code: part.source.certainty for part in new.parts()}
    assert (status["kebijakan"], status["sasaran"], status["capaian-tematik"]) == (
        Certainty.CONFIRMED,
        Certainty.INFERRED,
        Certainty.INFERRED,
    )
    assert sum(leaf.weight for leaf in load_rb(DAY).scheme_for(2021).general.leaves()) == 100


def test_predicates_from_2023_say_that_they_are_from_memory():
    names = {name for name, source in load_rb(DAY).doubts() if source.certainty is Certainty.FROM_MEMORY}
    assert {"Indeks RB sejak 2023: predikat A-", "Indeks RB sejak 2023: predikat AA"} <= names
    assert not any("2020–2022: predikat" in name for name in names)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("schemes.toml", 'weight = "40"', 'weight = "41"'), ("schemes.toml", 'weight = "20"', 'weight = "0"'),
        ("schemes.toml", 'lower = "90"', 'lower = "80"'), ("schemes.toml", "inclusive = true", "inclusive = false"),
        ("schemes.toml", 'label = "BB"', 'label = "B"'), ("schemes.toml", 'code = "hasil"', 'code = "reform"'),
        ("schemes.toml", "last_year = 2022", "last_year = 2023"), ("schemes.toml", "last_year = 2022", "last_year = 2019"),
        ("schemes.toml", 'code = "rb-2023"', 'code = "rb-2020"'), ("schemes.toml", "first_year = 2023", 'first_year = "2023"'),
        ("schemes.toml", 'reading = "RB General × total', 'reading = "RB General + total'), ("schemes.toml", "[[scheme.adjusting]]", "[[scheme.menyesuaikan]]"),
        ("schemes.toml", "last_year = 2022", 'last_year = 2022\nkinds = ["lain"]'),
        ("schemes.toml", "[[scheme.thematic]]", '[[scheme.thematic]]\ncode = "x"\nname = "x"\nweight = "1"\nsource = "x"\ncertainty = "confirmed"\n[[scheme.thematic]]'),
        ("themes.toml", 'code = "sdm"', 'code = "organisasi"'), ("themes.toml", 'code = "investasi"', 'code = "kemiskinan"'),
        ("themes.toml", 'label = "B"', 'label = "Q"'), ("themes.toml", "[[good]]", "[[bagus]]"),
        ("themes.toml", "[[areas]]", "[[areas]"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_its_name(folder, file, old, new):
    refused_by_name(read_rb, folder, DAY, file, old, new)


def test_a_file_without_schemes_or_without_general_is_refused(folder):
    text = (folder / "schemes.toml").read_text("utf-8")
    (folder / "schemes.toml").write_text("", encoding="utf-8")
    with pytest.raises(Refusal):
        read_rb(folder, DAY)
    (folder / "schemes.toml").write_text(text.replace("scheme.general", "scheme.umum"), encoding="utf-8")
    with pytest.raises(Refusal, match="general"):
        read_rb(folder, DAY)
