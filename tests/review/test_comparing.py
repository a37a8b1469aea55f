"""Names, units and grades compared: what is one, what is another, what nobody can tell."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.review.grades import LADDERS, allows, order
from selaras.review.likeness import abbreviates, fold
from selaras.review.rewording import is_changed
from selaras.review.units import apart

GRADES = st.sampled_from([grade for ladder in LADDERS for grade in ladder])
UNITS = st.sampled_from(["%", "Persen", "Dokumen", "Orang", "Nilai", "Rupiah", "Hari", "Laporan", "", "Indeks"])


def words(text):
    return tuple(fold(text).split())


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Persentase PD yang tertata arsipnya", "Persentase perangkat daerah yang tertata arsipnya"),
        ("Persentase sarpras dalam keadaan baik", "Persentase sarana prasarana dalam keadaan baik"),
        ("Persentase perpus sesuai standar nasional", "Persentase perpustakaan sesuai standar nasional"),
        ("Persentase unit dengan RB-nya baik", "Persentase unit dengan reformasi birokrasinya baik"),
        ("Nilai hasil evaluasi AKIP", "Nilai hasil evaluasi akuntabilitas kinerja"),
    ],
)
def test_an_abbreviated_name_is_the_name_written_out(short, long):
    assert abbreviates(words(short), words(long)) or words(short) == words(long)
    assert not is_changed(words(short), words(long))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Persentase arsip tertata sesuai standar", "Persentase gudang tertata sesuai standar"),
        ("Jumlah kunjungan perpustakaan daerah kota", "Jumlah kunjungan museum daerah kota"),
        ("Persentase kenaikan jumlah kunjungan wisata", "Persentase penurunan jumlah kunjungan wisata"),
    ],
)
def test_another_word_makes_another_name(first, second):
    assert is_changed(words(first), words(second))
    assert not abbreviates(words(first), words(second))


def test_a_word_left_out_is_neither_an_abbreviation_nor_another_wording():
    one, two = words("Persentase koleksi naskah terawat dengan baik"), words("Persentase koleksi terawat dengan baik")
    assert not abbreviates(one, two)
    assert not is_changed(one, two)


@pytest.mark.parametrize("word", ["ditata", "menata", "penataan"])
def test_an_inflected_word_is_no_other_wording(word):
    assert not is_changed(
        words(f"Persentase arsip {word} sesuai standar"), words("Persentase arsip tertata sesuai standar")
    )


def test_a_percent_sign_in_front_is_the_word():
    assert fold("% arsip tertata") == fold("Persentase arsip tertata")


@given(UNITS, UNITS)
def test_units_are_apart_both_ways_or_not_at_all(first, second):
    assert apart(first, second) is apart(second, first)
    assert not apart(first, first)


def test_a_percentage_is_no_count_but_may_be_a_score():
    assert apart("Persen", "Dokumen")
    assert apart("Orang", "Dokumen")
    assert not apart("%", "Persentase")
    assert not apart("Persen", "Nilai")
    assert not apart("Dokumen", "Dok.")
    assert not apart("Unit", "Sekolah")


@given(GRADES, GRADES)
def test_the_order_of_grades_turns_round(first, second):
    way, back = order(first, second), order(second, first)
    assert (way is None) is (back is None)
    assert way is None or way == -back


@given(GRADES, GRADES)
def test_a_lower_grade_never_reaches_its_target(target, realised):
    if order(realised, target) == -1:
        assert not allows(target, realised, Fraction(100))
    else:
        assert allows(target, realised, Fraction(100))
