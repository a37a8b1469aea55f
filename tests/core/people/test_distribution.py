"""Patterns as worked tables, what few people can fulfil at all, and laws of counting."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.finding import Severity
from selaras.core.people.distribution import (
    Limit,
    LimitKind,
    Pattern,
    added,
    bars,
    counted,
    judge,
    possible,
    shares,
    tally,
)
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.rulebook.people import load_people

RULES = load_people(date(2024, 12, 31))
COUNTS = st.tuples(*[st.integers(0, 60)] * 5)
RATED = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(Rating), st.sampled_from(Rating)), max_size=80)
ORGANISATION = st.sampled_from(OrganisationPredicate)


def pattern(name):
    return RULES.patterns[OrganisationPredicate(name)]


@pytest.mark.parametrize(
    ("name", "counts", "missed"),
    [
        ("Istimewa", (7, 3, 0, 0, 0), []), ("Istimewa", (8, 2, 0, 0, 0), ["paling banyak"]),
        ("Istimewa", (4, 5, 1, 0, 0), ["terbesar"]), ("Istimewa", (5, 5, 0, 0, 0), []),
        ("Baik", (2, 7, 1, 0, 0), []), ("Baik", (2, 7, 0, 1, 0), []), ("Baik", (3, 7, 0, 0, 0), ["ada"]),
        ("Baik", (1, 8, 1, 0, 0), ["paling banyak"]), ("Baik", (6, 3, 1, 0, 0), ["terbesar"]),
        ("Butuh Perbaikan", (1, 3, 6, 0, 0), []), ("Butuh Perbaikan", (2, 2, 6, 0, 0), ["paling banyak"]),
        ("Butuh Perbaikan", (0, 5, 5, 0, 0), ["paling sedikit"]),
        ("Kurang", (1, 1, 1, 7, 0), []), ("Kurang", (0, 0, 0, 10, 0), ["paling sedikit"]),
        ("Kurang", (2, 0, 1, 5, 2), ["paling sedikit", "paling banyak"]),
        ("Sangat Kurang", (0, 1, 1, 0, 8), []), ("Sangat Kurang", (0, 2, 0, 2, 6), []),
        ("Sangat Kurang", (1, 1, 0, 1, 7), ["paling banyak"]), ("Sangat Kurang", (0, 4, 0, 0, 6), ["paling sedikit"]),
    ],
)  # fmt: skip
def test_ten_people_against_each_pattern(name, counts, missed):
    judgement = judge(counts, pattern(name))
    assert [item.limit.kind for item in judgement.demands if not item.met] == missed
    assert [finding.severity for finding in judgement.findings] == [Severity.WARNING] * len(missed)
    assert judgement.fair is not bool(missed)


def test_a_warning_tells_counts_and_never_names_a_person():
    [finding] = judge((8, 2, 0, 0, 0), pattern("Istimewa"), unit="Bagian Contoh").findings
    assert finding.message.startswith("Bagian Contoh: 8 dari 10 orang berpredikat Sangat Baik")
    assert finding.expected == "paling banyak 7 orang Sangat Baik (70% dari 10 orang)"
    assert finding.stated == "8 orang (80,00%)"


@pytest.mark.parametrize(
    ("name", "too_few"),
    [("Istimewa", [1]), ("Baik", [1]), ("Butuh Perbaikan", []), ("Kurang", [1, 2]), ("Sangat Kurang", [1, 2])],
)
def test_which_sizes_cannot_fulfil_a_pattern(name, too_few):
    assert [size for size in range(1, 61) if not possible(pattern(name), size).whole] == too_few


@pytest.mark.parametrize("size", [17, 19, 23, 33, 47, 99, 101, 997, 20_000])
@pytest.mark.parametrize("name", list(OrganisationPredicate))
def test_large_units_can_fulfil_every_pattern(name, size):
    found = possible(RULES.patterns[name], size)
    assert found.whole
    assert judge(found.example, RULES.patterns[name]).findings == ()


def test_one_person_alone_is_not_held_to_what_nobody_could_fulfil():
    judgement = judge((1, 0, 0, 0, 0), pattern("Istimewa"))
    assert judgement.fair
    [finding] = judgement.findings
    assert finding.severity is Severity.INFO
    assert "tidak dapat dipenuhi sekaligus" in finding.message


def test_two_people_may_still_be_warned_about_what_they_could_do():
    judgement = judge((2, 0, 0, 0, 0), pattern("Kurang"))
    assert not judgement.fair
    assert Severity.WARNING in {finding.severity for finding in judgement.findings}


def test_nobody_rated_is_judged_by_nothing():
    judgement = judge((0, 0, 0, 0, 0), pattern("Baik"))
    assert (judgement.fair, judgement.findings, judgement.possible, judgement.size) == (True, (), None, 0)
    assert all(share == 0 for share in shares((0, 0, 0, 0, 0)).values())


def test_negative_counts_and_empty_units_are_refused():
    with pytest.raises(ValueError, match="zero"):
        judge((-1, 0, 0, 0, 2), pattern("Baik"))
    with pytest.raises(ValueError, match="people"):
        possible(pattern("Baik"), 0)


def test_a_pattern_without_ties_wants_a_group_that_is_really_larger():
    strict = Pattern(
        OrganisationPredicate.GOOD, (Limit(LimitKind.LARGEST, (Predicate.GOOD,)),), False, RULES.matrix.source
    )
    assert judge((5, 5, 0, 0, 0), strict).findings
    assert not judge((4, 5, 0, 0, 0), strict).findings


def test_the_chart_shows_people_shares_and_bounds():
    found = bars((1, 6, 3, 0, 0), pattern("Butuh Perbaikan"))
    assert [(bar.people, bar.share, bar.least, bar.most) for bar in found[:3]] == [
        (1, Decimal(10), 0, 1), (6, Decimal(60), 0, 10), (3, Decimal(30), 6, 10),
    ]  # fmt: skip
    assert [bar.most for bar in bars((1, 1, 0, 0, 0))] == [2] * 5


@given(RATED)
def test_the_tally_counts_everybody_once_and_agrees_with_a_bare_loop(rated):
    counts = tally(iter(rated), RULES.matrix)
    assert sum(sum(found) for found in counts.values()) == len(rated)
    for unit in {unit for unit, *_ in rated}:
        predicates = [RULES.matrix.predicate(results, behaviour) for own, results, behaviour in rated if own == unit]
        assert counts[unit] == counted(predicates)


@given(RATED, RATED)
def test_batches_add_up_to_the_whole(first, second):
    whole = tally([*first, *second], RULES.matrix)
    parts = [tally(part, RULES.matrix) for part in (first, second)]
    for unit, counts in whole.items():
        assert added([part[unit] for part in parts if unit in part]) == counts


@given(COUNTS)
def test_the_bars_add_up_to_the_people(counts):
    found = bars(counts, pattern("Baik"))
    assert sum(bar.people for bar in found) == sum(counts)
    if sum(counts):
        assert abs(sum(bar.share for bar in found) - 100) < Decimal("1e-20")


@given(COUNTS, ORGANISATION, st.integers(2, 9))
def test_a_demand_that_is_met_stays_met_when_the_unit_grows_in_the_same_shares(counts, name, times):
    if not sum(counts):
        return
    grown = tuple(count * times for count in counts)
    for small, large in zip(RULES.patterns[name].met(counts), RULES.patterns[name].met(grown), strict=True):
        assert large or not small


@given(COUNTS, ORGANISATION)
def test_findings_are_exactly_the_demands_that_are_missed(counts, name):
    judgement = judge(counts, RULES.patterns[name])
    assert len(judgement.findings) == sum(not item.met for item in judgement.demands)
    if judgement.possible is not None and judgement.possible.whole:
        assert judgement.fair is not bool(judgement.findings)
        assert all(finding.severity is Severity.WARNING for finding in judgement.findings)


@given(COUNTS, st.integers(0, 4), st.integers(1, 5))
def test_more_people_in_a_group_never_break_its_lower_bound(counts, group, more):
    limit = Limit(LimitKind.AT_LEAST, (list(Predicate)[group],), Decimal(60))
    grown = tuple(count + (more if index == group else 0) for index, count in enumerate(counts))
    if sum(counts) and limit.met(counts, ties=True):
        assert limit.met(grown, ties=True)


@given(ORGANISATION, st.integers(1, 9))
def test_what_is_called_impossible_is_impossible(name, size):
    every = (counts for counts in product(range(size + 1), repeat=5) if sum(counts) == size)
    whole = any(all(RULES.patterns[name].met(counts)) for counts in every)
    assert possible(RULES.patterns[name], size).whole is whole
