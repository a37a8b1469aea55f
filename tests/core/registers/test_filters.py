"""Filters: what holds, what is refused, and that data and filter say the same."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import Refusal
from selaras.core.registers.fields import FieldKind
from selaras.core.registers.filters import (
    ALWAYS,
    All,
    AnyOf,
    Comparison,
    Not,
    Op,
    faults_of_filter,
    filter_data,
    filter_from,
    holds,
    subjects,
)

FACTS = {"teks": "a", "angka": Decimal(5), "hari": date(2024, 3, 4), "ya": True, "daftar": ("x", "y")}
KINDS = {
    "teks": (FieldKind.CHOICE, ("a", "b")), "angka": (FieldKind.NUMBER, ()), "hari": (FieldKind.DATE, ()),
    "ya": (FieldKind.YES_NO, ()), "daftar": (FieldKind.CHOICES, ("x", "y", "z")), "kosong": (FieldKind.TEXT, ()),
}  # fmt: skip
values = st.one_of(
    st.text(max_size=5), st.integers(-9, 9).map(Decimal), st.booleans(), st.dates(date(2023, 1, 1), date(2025, 1, 1)),
    st.lists(st.text(max_size=3), max_size=3).map(tuple),
)  # fmt: skip
comparisons = st.builds(Comparison, st.sampled_from(sorted(KINDS)), st.sampled_from(Op), st.none() | values)
filters = st.recursive(
    comparisons,
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(below, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        below.map(Not),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("subject", "op", "value", "held"),
    [
        ("teks", Op.IS, "a", True),
        ("teks", Op.IS_NOT, "a", False),
        ("teks", Op.IN, ("a", "b"), True),
        ("teks", Op.IN, ("c",), False),
        ("angka", Op.UP_TO, Decimal("5.0"), True),
        ("angka", Op.BELOW, Decimal(5), False),
        ("angka", Op.ABOVE, Decimal(4), True),
        ("hari", Op.FROM, date(2024, 3, 4), True),
        ("hari", Op.ABOVE, date(2024, 3, 4), False),
        ("hari", Op.ABOVE, "2024", False),
        ("ya", Op.IS, True, True),
        ("ya", Op.IS, Decimal(1), False),
        ("daftar", Op.HOLDS, "y", True),
        ("daftar", Op.HOLDS, "z", False),
        ("kosong", Op.EMPTY, None, True),
        ("kosong", Op.FILLED, None, False),
        ("kosong", Op.IS, "a", False),
        ("kosong", Op.IS_NOT, "a", True),
        ("kosong", Op.BELOW, Decimal(1), False),
    ],
)
def test_a_comparison_holds_or_not(subject, op, value, held):
    assert holds(Comparison(subject, op, value), FACTS.get) is held


def test_all_of_nothing_holds_and_any_of_nothing_does_not():
    assert holds(ALWAYS, FACTS.get)
    assert not holds(AnyOf(), FACTS.get)


@given(filters)
def test_a_filter_comes_back_from_its_data(made):
    again = filter_from(filter_data(made))
    assert holds(again, FACTS.get) == holds(made, FACTS.get)
    assert list(subjects(again)) == list(subjects(made))


@given(filters)
def test_not_is_the_exact_opposite_of_every_filter(made):
    assert holds(Not(made), FACTS.get) is not holds(made, FACTS.get)


@given(st.sampled_from(sorted(KINDS)), values)
def test_unequal_is_the_exact_opposite_of_equal(subject, value):
    equal, unequal = Comparison(subject, Op.IS, value), Comparison(subject, Op.IS_NOT, value)
    assert holds(equal, FACTS.get) is not holds(unequal, FACTS.get)


@given(filters, filters)
def test_negation_turns_all_into_any(first, second):
    left = Not(All((first, second)))
    right = AnyOf((Not(first), Not(second)))
    assert holds(left, FACTS.get) == holds(right, FACTS.get)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Comparison("lain", Op.IS, "a"), "tidak ada"),
        (Comparison("teks", Op.BELOW, "a"), "tidak berlaku"),
        (Comparison("teks", Op.IS, "c"), "pilihan tidak dikenal"),
        (Comparison("teks", Op.IN, ("a", "c")), "pilihan tidak dikenal"),
        (Comparison("teks", Op.IN, "a"), "jenis nilai"),
        (Comparison("angka", Op.IS, "5"), "jenis nilai"),
        (Comparison("hari", Op.ABOVE, Decimal(5)), "jenis nilai"),
        (Comparison("angka", Op.IS), "nilai pembanding"),
        (Comparison("angka", Op.EMPTY, Decimal(1)), "nilai pembanding"),
        (Not(AnyOf((Comparison("daftar", Op.HOLDS, "w"),))), "pilihan tidak dikenal"),
    ],
)
def test_it_names_what_is_wrong_with_a_filter(asked, message):
    (fault,) = faults_of_filter(asked, KINDS.get)
    assert message in fault.message


def test_a_right_filter_has_no_faults():
    asked = All(
        (Comparison("daftar", Op.HOLDS, "x"), Comparison("ya", Op.IS, value=True), Comparison("hari", Op.EMPTY))
    )
    assert not list(faults_of_filter(asked, KINDS.get))


def deep(levels):
    data = {"field": "teks", "op": "filled"}
    for _ in range(levels):
        data = {"not": data}
    return data


@pytest.mark.parametrize(
    "data",
    [
        "teks = a", {}, {"field": "teks"}, {"field": 3, "op": "="}, {"field": "teks", "op": "like", "value": "a"},
        {"all": {}}, {"all": [{}] * 51}, {"field": "teks", "op": "=", "value": 1.5}, {"all": [], "any": []},
        {"field": "teks", "op": "=", "value": [1]}, deep(20),
    ],
)  # fmt: skip
def test_it_refuses_data_that_are_no_filter(data):
    with pytest.raises(Refusal):
        filter_from(data)
