"""Agreement between readings, against published vectors."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.culture.agreement import (
    Metric,
    Reading,
    character_agreement,
    cohen,
    fleiss,
    grid_agreement,
    krippendorff,
    told,
)  # fmt: skip
from selaras.core.culture.coding import Kind, Stance
from selaras.core.errors import Refusal
from selaras.rulebook.culture import examples

FOUR = [
    [None if value == "." else float(value) for value in row.split()]
    for row in (
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .",
    )
]  # fmt: skip
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


def test_kappa_equals_the_textbook():
    found = cohen([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15)
    assert (found.observed, found.expected, found.kappa) == (0.7, 0.5, pytest.approx(0.4))


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [(Metric.NOMINAL, 0.743421), (Metric.ORDINAL, 0.815388), (Metric.INTERVAL, 0.849107), (Metric.RATIO, 0.797403)],
)
def test_alpha_of_four_coders_with_gaps_equals_the_vector(metric, alpha):
    assert krippendorff(FOUR, metric) == pytest.approx(alpha, abs=5e-7)


def test_alpha_of_two_coders_equals_the_vectors():
    binary = [[float(value) for value in row] for row in ("0100000010", "1110010000")]
    letters = [[float(ord(value)) for value in row] for row in ("aabbdcccedda", "babbbccceddd")]
    assert krippendorff(binary) == pytest.approx(0.095238, abs=5e-7)
    assert krippendorff(letters) == pytest.approx(0.691964, abs=5e-7)


def test_many_raters_equal_the_vector():
    assert fleiss(FLEISS).kappa == pytest.approx(0.209931, abs=5e-7)
    with pytest.raises(Refusal, match="Kesepakatan"):
        fleiss([[2, 0], [1, 0]])
    with pytest.raises(Refusal):
        fleiss([])


def test_kappa_over_characters_rises_with_untouched_text_and_overlap_does_not():
    short, long = (character_agreement(length, [(0, 40)], [(10, 50)]) for length in (100, 1000))
    assert (short.overall.observed, short.overall.expected) == (0.8, 0.52)
    assert (short.overall.kappa, long.overall.kappa) == (
        pytest.approx(0.5833, abs=5e-5),
        pytest.approx(0.7396, abs=5e-5),
    )
    assert short.jaccard == long.jaccard == 0.6
    assert short.unit == "aksara: 100"
    assert character_agreement(10, [], []).jaccard == 1.0
    with pytest.raises(Refusal):
        character_agreement(10, [(0, 11)], [])


def test_the_grid_of_the_example_equals_the_vector():
    material = examples()[0].material
    first = [replace(item, layer="putaran 1", coder="a") for item in material.codings]
    kept = [replace(item, coder="b") for item in first[2:]]
    taken = {(item.segment, item.code) for item in first}
    free = [(s.code, c.code) for s in material.segments for c in material.codes if (s.code, c.code) not in taken]
    added = [replace(kept[0], segment=segment, code=code) for segment, code in free[:2]]
    both = replace(material, codings=tuple(first + kept + added))
    found = grid_agreement(both, Reading("a", "putaran 1"), Reading("b", "putaran 1"))
    assert found.overall.observed == pytest.approx(0.996513, abs=5e-7)
    assert found.overall.kappa == pytest.approx(0.973432, abs=5e-7)
    assert found.alpha == pytest.approx(0.973444, abs=5e-7)
    assert found.jaccard == pytest.approx(0.951807, abs=5e-7)
    assert found.unit == "penggalan × kode: 37 × 31"
    assert len(found.only_first) == len(found.only_second) == 2
    assert len(found.by_code) == 31


def test_a_coder_who_codes_again_is_compared_with_the_first_time():
    material = examples()[0].material
    again = [replace(item, layer="ulang") for item in material.codings]
    both = replace(material, codings=(*material.codings, *again))
    found = grid_agreement(
        both, Reading("penyandi-1", "final"), Reading("penyandi-1", "ulang"), segments=["1", "2"], codes=["KX.KOL"]
    )
    assert (found.overall.kappa, found.jaccard) == (1, 1)
    assert found.unit == "penggalan × kode: 2 × 1"


def test_where_only_one_label_was_used_there_is_no_index():
    assert cohen([1, 1], [1, 1]).kappa is None
    assert krippendorff([[1.0, 1.0], [1.0, 1.0]]) is None
    assert krippendorff([[0.0, 1.0], [0.0, 1.0]], Metric.RATIO) == 1
    assert told(None) == "tidak dapat dihitung: hanya satu kategori yang dipakai"
    assert [told(value) for value in (0.8, 0.7, 0.5)] == ["andal", "hanya untuk simpulan sementara", "belum andal"]


def test_readings_of_different_length_are_refused():
    with pytest.raises(Refusal, match="tidak dapat dihitung"):
        cohen([1], [1, 2])
    with pytest.raises(Refusal):
        cohen([], [])


@given(LABELS)
def test_agreement_does_not_depend_on_who_comes_first(pairs):
    first, second = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    assert cohen(first, second).kappa == pytest.approx(cohen(second, first).kappa)
    for metric in Metric:
        assert krippendorff([first, second], metric) == pytest.approx(krippendorff([second, first], metric))


@given(LABELS)
def test_full_agreement_is_one(pairs):
    first = [float(a) for a, _ in pairs]
    if len(set(first)) > 1:
        assert cohen(first, first).kappa == pytest.approx(1)
        assert krippendorff([first, first]) == pytest.approx(1)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple), max_size=4)


@given(SPANS, SPANS)
def test_counting_by_intervals_equals_counting_letters(first, second):
    letters = [
        [any(start <= place < end for start, end in spans) for place in range(30)] for spans in (first, second)
    ]  # fmt: skip
    found, slow = character_agreement(30, first, second), cohen(*letters)
    assert found.overall.observed == pytest.approx(slow.observed)
    assert found.overall.expected == pytest.approx(slow.expected)


def test_stances_and_kinds_are_spelled_as_in_the_material():
    assert (list(Stance), list(Kind)) == (["+", "0", "-"], ["pengalaman", "norma", "saran", "klaim"])
