"""The vocabulary of the review: whole, consistent, and refused by name when it is broken."""

import shutil
from pathlib import Path

import pytest

import selaras.rulebook
from selaras.core.errors import Refusal
from selaras.review.report import Role, TableKind
from selaras.rulebook.review_words import review_words, review_words_from

SHIPPED = Path(selaras.rulebook.__file__).parent / "data" / "review" / "vocabulary"


def test_every_column_and_table_of_the_vocabulary_is_known_to_the_report():
    words = review_words()
    assert {role for role, _ in words.columns} <= {str(role) for role in Role}
    assert {kind for kind, _ in words.tables} <= {str(kind) for kind in TableKind}


def test_no_header_word_stands_for_two_roles():
    seen = {}
    for role, wordings in review_words().columns:
        for word in wordings:
            assert seen.setdefault(word, role) == role


def test_the_register_holds_38_provinces_and_514_regions_each_once():
    provinces = review_words().provinces
    assert len(provinces) == 38
    kabupaten = [name for province in provinces for name in province.kabupaten]
    kota = [name for province in provinces for name in province.kota]
    assert (len(kabupaten), len(kota)) == (416, 98)
    assert len(set(kabupaten)) == 416
    assert len(set(kota)) == 98


def test_a_word_under_two_spellings_of_a_field_is_refused_by_name(tmp_path):
    folder = tmp_path / "vocabulary"
    shutil.copytree(SHIPPED, folder)
    (folder / "plans.toml").write_text('[[plan]]\ncode = "renstra"\nwords = ["renstra", "renstra"]\n', encoding="utf-8")
    with pytest.raises(Refusal, match=r"plans\.toml.*renstra"):
        review_words_from(folder)


@pytest.mark.parametrize("name", ["columns.toml", "regions.toml", "offices.toml"])
def test_a_missing_file_is_refused_by_name(tmp_path, name):
    folder = tmp_path / "vocabulary"
    shutil.copytree(SHIPPED, folder)
    (folder / name).unlink()
    with pytest.raises(Refusal, match=name):
        review_words_from(folder)
