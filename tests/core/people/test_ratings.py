"""The 3 × 3 matrix as a worked table, the names of predicates, and the rating of heads of units."""

from datetime import date

import pytest

from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.people.ratings import OrganisationPredicate, Predicate, PredicateMatrix, Rating, read_predicate
from selaras.rulebook.people import load_people

RULES = load_people(date(2024, 12, 31))
ABOVE, AS, BELOW = Rating
TABLE = [
    (ABOVE, ABOVE, "Sangat Baik"), (ABOVE, AS, "Baik"), (ABOVE, BELOW, "Kurang"),
    (AS, ABOVE, "Baik"), (AS, AS, "Baik"), (AS, BELOW, "Kurang"),
    (BELOW, ABOVE, "Butuh Perbaikan"), (BELOW, AS, "Butuh Perbaikan"), (BELOW, BELOW, "Sangat Kurang"),
]  # fmt: skip


@pytest.mark.parametrize(("results", "behaviour", "expected"), TABLE)
def test_each_pair_of_ratings_gives_its_predicate(results, behaviour, expected):
    assert RULES.matrix.predicate(results, behaviour) == expected
    assert RULES.matrix.why(results, behaviour).endswith(f"predikat {expected}.")


def test_a_better_rating_never_gives_a_worse_predicate():
    order = list(Predicate)
    for better, worse in ((ABOVE, AS), (AS, BELOW)):
        for other in Rating:
            found = (
                order.index(RULES.matrix.predicate(other, better)),
                order.index(RULES.matrix.predicate(other, worse)),
            )
            assert found[0] <= found[1]


def test_good_results_do_not_outweigh_behaviour_below_expectation():
    # Between the two lower predicates the order of results is turned round (Kurang / Butuh Perbaikan): this is the
    # matrix as implementations agree on it.
    assert RULES.matrix.predicate(ABOVE, BELOW) is Predicate.POOR


def test_the_matrix_says_that_it_is_only_agreed_by_implementations():
    assert RULES.matrix.source.certainty is Certainty.AGREED
    assert ("matriks predikat", RULES.matrix.source) in RULES.doubts()


def test_a_matrix_with_a_hole_is_refused():
    cells = {pair: value for pair, value in RULES.matrix.cells.items() if pair != (AS, AS)}
    with pytest.raises(ValueError, match="nine pairs"):
        PredicateMatrix("x", cells, {}, RULES.matrix.source)


@pytest.mark.parametrize(
    ("text", "expected"), [("BAIK", "Baik"), ("cukup", "Butuh Perbaikan"), (" Kurang / misconduct ", "Kurang")]
)
def test_predicates_are_read_by_name_and_synonym(text, expected):
    assert read_predicate(text, RULES.matrix) == expected


@pytest.mark.parametrize("text", ["Istimewa", "Sangat Buruk", ""])
def test_a_predicate_of_an_organisation_or_without_source_is_refused(text):
    with pytest.raises(Refusal) as refused:
        read_predicate(text, RULES.matrix)
    assert "Sangat Baik" in refused.value.faults[0].expected


def test_the_head_has_the_rating_of_the_unit():
    assert RULES.heads.rating(OrganisationPredicate.EXCELLENT) is ABOVE
    assert RULES.heads.rating(OrganisationPredicate.GOOD) is AS
    assert RULES.heads.rating(OrganisationPredicate.POOR) is BELOW
    assert RULES.heads.source.certainty is Certainty.INFERRED
