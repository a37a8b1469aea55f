"""The terms of open data as shipped, and what happens when their file is broken or the choice is unknown."""

import pytest

from selaras.core.errors import Refusal
from selaras.core.reporting.licence import choose
from selaras.rulebook.licences import load_licences, read_licences

GOOD = """[[licence]]
code = "A"
name = "Lisensi A"
url = "https://contoh.example/a"
terms = "Boleh dipakai."
source = "uji"
certainty = "inferred"
"""


def read(folder, text):
    (folder / "licences.toml").write_text(text, encoding="utf-8")
    return read_licences(folder)


def test_the_shipped_terms_have_a_source_and_the_first_is_only_a_proposal():
    known = load_licences()
    assert all(one.source.text for one in known)
    assert not choose("", known).by_agency
    assert choose(known[1].code, known).by_agency
    assert choose("", known, standing=known[2].code) == choose(known[2].code, known)
    assert choose("", known, standing="yang dihapus") == choose("", known)
    with pytest.raises(Refusal):
        choose("entah", known)


@pytest.mark.parametrize(
    ("old", "new"),
    [("https:", "http:"), ("[[licence]]", "[[lisensi]]"), ('code = "A"\n', ""), ('terms = "Boleh dipakai."\n', ""),
     ("[[licence]]", "[[licence")],
)  # fmt: skip
def test_a_broken_file_is_refused(tmp_path, old, new):
    assert read(tmp_path, GOOD)
    with pytest.raises(Refusal):
        read(tmp_path, GOOD.replace(old, new))


def test_the_same_code_twice_is_refused(tmp_path):
    with pytest.raises(Refusal):
        read(tmp_path, GOOD + GOOD)
