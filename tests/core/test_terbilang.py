"""Numbers in words and back."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words

from selaras.core.errors import UnreadableNumber
from selaras.core.terbilang import spell, spell_percent, spell_rupiah, unspell

SPELLED = [
    ("0", "nol"),
    ("1", "satu"),
    ("10", "sepuluh"),
    ("11", "sebelas"),
    ("12", "dua belas"),
    ("19", "sembilan belas"),
    ("20", "dua puluh"),
    ("21", "dua puluh satu"),
    ("100", "seratus"),
    ("101", "seratus satu"),
    ("110", "seratus sepuluh"),
    ("111", "seratus sebelas"),
    ("119", "seratus sembilan belas"),
    ("200", "dua ratus"),
    ("999", "sembilan ratus sembilan puluh sembilan"),
    ("1000", "seribu"),
    ("1E+3", "seribu"),
    ("1001", "seribu satu"),
    ("1100", "seribu seratus"),
    ("2000", "dua ribu"),
    ("11000", "sebelas ribu"),
    ("21000", "dua puluh satu ribu"),
    ("100000", "seratus ribu"),
    ("101000", "seratus satu ribu"),
    ("1000000", "satu juta"),
    ("1000001", "satu juta satu"),
    ("1001000", "satu juta seribu"),
    ("1001001", "satu juta seribu satu"),
    ("2001000", "dua juta seribu"),
    ("1000000000", "satu miliar"),
    ("1001001000", "satu miliar satu juta seribu"),
    ("1000000000000", "satu triliun"),
    ("1000000000000000", "satu kuadriliun"),
    ("4451669000", "empat miliar empat ratus lima puluh satu juta enam ratus enam puluh sembilan ribu"),
    ("98.50", "sembilan puluh delapan koma lima nol"),
    ("98.5", "sembilan puluh delapan koma lima"),
    ("0.05", "nol koma nol lima"),
    ("7.00", "tujuh koma nol nol"),
    ("-3", "minus tiga"),
    ("-0.5", "minus nol koma lima"),
    ("-0", "nol"),
]


@pytest.mark.parametrize(("value", "words"), SPELLED)
def test_it_spells(value, words):
    assert spell(Decimal(value)) == words


@pytest.mark.parametrize(("value", "words"), SPELLED)
def test_it_reads_what_it_spells(value, words):
    assert unspell(words) == Decimal(value)


def test_rupiah_are_spelled_without_empty_cents():
    words = "empat miliar empat ratus lima puluh satu juta enam ratus enam puluh sembilan ribu rupiah"
    assert spell_rupiah(Decimal(4451669000)) == words
    assert spell_rupiah(Decimal("4451669000.00")) == words
    assert spell_rupiah(Decimal(0)) == "nol rupiah"
    assert spell_rupiah(Decimal(-1000)) == "minus seribu rupiah"


def test_cents_are_spelled_as_sen():
    assert spell_rupiah(Decimal("1000.5")) == "seribu rupiah lima puluh sen"
    assert spell_rupiah(Decimal("-0.05")) == "minus nol rupiah lima sen"
    assert spell_rupiah(Decimal("1.005")) == "satu koma nol nol lima rupiah"


def test_a_percentage_keeps_its_trailing_zero():
    assert spell_percent(Decimal("98.50")) == "sembilan puluh delapan koma lima nol persen"


@pytest.mark.parametrize("value", ["1E+18", "-1E+18", "NaN", "Infinity"])
def test_it_does_not_spell_what_has_no_agreed_word(value):
    with pytest.raises(ValueError, match="cannot be spelled"):
        spell(Decimal(value))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Limapuluh persen", "50"),
        ("LIMA PULUH", "50"),
        ("dua  puluh\nlima", "25"),
        ("duapuluhlimamilyar", "25000000000"),
        ("tiga trilyun rupiah", "3000000000000"),
        ("sejuta", "1000000"),
        ("satu ribu", "1000"),
        ("satu ratus dua puluh", "120"),
        ("kurang dua", "-2"),
        ("min tiga", "-3"),
        ("se ratus", "100"),
        ("minus nol", "0"),
        ("sembilan puluh delapan koma lima nol persen", "98.50"),
        ("seribu rupiah lima puluh sen", "1000.50"),
        ("seribu rupiah lima sen", "1000.05"),
    ],
)
def test_it_reads_the_spellings_of_practice(words, value):
    assert str(unspell(words)) == value


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "persen",
        "minus",
        "ribu",
        "sembilan puluh delapan limapuluh persen",
        "sembilan puluh koma lima puluh",
        "dua tiga",
        "dua puluh sebelas",
        "dua puluh seribu",
        "seratus seribu",
        "seribu juta",
        "seribu dua juta",
        "nol satu",
        "sepuluh nol",
        "se",
        "sedua",
        "koma lima",
        "lima koma",
        "lima orang",
        "50",
        "seribu rupiah seratus sen",
        "seratus persen rupiah",
    ],
)
def test_it_refuses_words_that_are_not_one_number(words):
    with pytest.raises(UnreadableNumber) as refused:
        unspell(words)
    assert refused.value.faults[0].expected
    assert refused.value.faults[0].remedy


whole = st.integers(0, 10**18 - 1) | st.integers(0, 10**7)
numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**17), 10**17), st.integers(0, 6)
)


@given(whole)
def test_it_agrees_with_num2words_where_that_is_right(value):
    assume(value < 10**6 or value // 1000 % 1000 != 1)  # it writes "satu ribu" after millions
    assert spell(Decimal(value)) == num2words(value, lang="id")


@given(numbers)
def test_every_number_is_read_back_to_its_last_zero(value):
    assert unspell(spell(value)) == value
    assert unspell(spell(value)).as_tuple().exponent == value.as_tuple().exponent
    assert unspell(spell_percent(value)) == value


@given(numbers)
def test_spaces_and_capitals_carry_no_meaning(value):
    assert unspell(spell(value).replace(" ", "").upper()) == value


@given(st.integers(-(10**17), 10**17).map(lambda cents: Decimal(cents).scaleb(-2)))
def test_money_is_read_back(value):
    assert unspell(spell_rupiah(value)) == value
