"""Waivers: what they cover, and what is refused."""

import pytest

from selaras.core.errors import Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.review.waivers import divided, waivers

FINDING = Finding(
    "AR01", "arithmetic", Severity.ERROR, "salah hitung", places=(Place(line=630, quote="92,48 dari pagu"),)
)
GOOD = '[[pengecualian]]\ncode = "AR01"\nquote = "92,48"\nreason = "sudah dijelaskan"\nname = "Ketua tim"\n'


def test_a_waiver_covers_its_rule_at_its_quotation():
    stand, waived, stale = divided([FINDING], waivers(GOOD, "x.toml"))
    assert not stand
    assert waived[0][1].name == "Ketua tim"
    assert not stale


@pytest.mark.parametrize(
    "change",
    [('"AR01"', '"AR02"'), ('"92,48"', '"92,49"'), ('quote = "92,48"', "line = 631"), ('quote = "92,48"', "page = 3")],
)
def test_another_rule_or_another_place_is_not_covered(change):
    stand, waived, stale = divided([FINDING], waivers(GOOD.replace(*change), "x.toml"))
    assert stand == (FINDING,)
    assert not waived
    assert len(stale) == 1


def test_a_line_is_place_enough():
    assert not divided([FINDING], waivers(GOOD.replace('quote = "92,48"', "line = 630"), "x.toml"))[0]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (('reason = "sudah dijelaskan"\n', ""), "reason kosong"),
        (('name = "Ketua tim"\n', ""), "name kosong"),
        (('quote = "92,48"\n', ""), "tempat tidak disebut"),
        (("reason =", "alasan ="), "isian tidak dikenal"),
        (('quote = "92,48"', 'line = "630"'), "bukan bilangan bulat"),
        (("[[pengecualian]]", "[[pengecualian"), "bukan TOML"),
    ],
)
def test_an_incomplete_waiver_is_refused_with_what_is_missing(change, word):
    with pytest.raises(Refusal) as refused:
        waivers(GOOD.replace(*change), "x.toml")
    assert word in str(refused.value)


@pytest.mark.parametrize("change", [("[[pengecualian]]", "[[kecuali]]"), ("[[pengecualian]]", "[pengecualian]")])
def test_a_part_that_would_waive_nothing_is_refused(change):
    with pytest.raises(Refusal, match="ditolak"):
        waivers(GOOD.replace(*change), "x.toml")


def test_a_waiver_tells_its_place_as_the_file_gives_it():
    assert waivers(GOOD, "x.toml")[0].where() == "“92,48”"
    assert waivers(GOOD.replace('quote = "92,48"', "page = 12"), "x.toml")[0].where() == "halaman 12"
