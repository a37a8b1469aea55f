"""Statistics against published vectors."""

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.culture import vectors

from selaras.core.culture import descriptives, telling
from selaras.core.culture.answers import (
    Answers,
    Gaps,
    correlation,
    covariance,
    mean,
    rank_correlation,
    ranks,
    significance,
    variance,
)  # fmt: skip
from selaras.core.culture.distributions import (
    beta_share,
    chi_square_tail,
    f_critical,
    f_tail,
    gamma_tail,
    r_critical,
    t_critical,
    t_two_sided,
)  # fmt: skip
from selaras.core.culture.matrices import dot, inverse, least_squares
from selaras.core.culture.normality import lilliefors, normality, shapiro_wilk
from selaras.core.culture.regression import assumptions, fit, indirect, inflation, regress
from selaras.core.culture.reliability import (
    ItemRule,
    cronbach_alpha,
    factorability,
    item_validity,
    omega,
    reliability,
)  # fmt: skip
from selaras.core.culture.runs import AnalysisRun, input_digest
from selaras.core.errors import Refusal

ATTITUDE, table = vectors.ATTITUDE, vectors.table
LEVELS = st.floats(-50, 50).map(lambda value: round(value, 3))


def near(value, places=4):
    return pytest.approx(value, abs=0.5 * 10**-places + 1e-12)


# --- the instrument


def test_alpha_and_its_company_equal_the_vector():
    found = reliability(ATTITUDE)
    assert (found.alpha, found.low, found.high) == (near(0.8431), near(0.739, 3), near(0.916, 3))
    assert (found.standardised, found.mean_correlation, found.lambda6) == (near(0.8391), near(0.4269), near(0.8752))
    assert (found.omega, found.n, found.items) == (near(0.8507), 30, 7)
    assert found.verdict.startswith("reliabel")


@pytest.mark.parametrize(
    ("item", "total", "corrected", "without"),
    [
        ("rating", 0.7788, 0.6713, 0.8098), ("complaints", 0.8368, 0.7421, 0.7969), ("privileges", 0.6973, 0.5607, 0.8278),
        ("learning", 0.8067, 0.7144, 0.8030), ("raises", 0.8501, 0.7863, 0.7954), ("critical", 0.4207, 0.2650, 0.8639),
        ("advance", 0.5953, 0.4608, 0.8405),
    ],
)  # fmt: skip
def test_every_item_equals_the_vector(item, total, corrected, without):
    found = {row.item: row for row in item_validity(ATTITUDE)}[item]
    assert (found.with_total, found.corrected, found.alpha_without) == (near(total), near(corrected), near(without))
    assert found.critical == near(0.3610)


def test_an_item_can_be_valid_by_one_rule_and_invalid_by_the_other():
    found = {row.item: row for row in item_validity(ATTITUDE)}["critical"]
    assert found.holds(ItemRule.UNCORRECTED)
    assert not found.holds(ItemRule.CORRECTED)
    assert not found.valid
    said = telling.tell_items(item_validity(ATTITUDE))
    assert "tidak valid: critical." in said
    assert "Kedua aturan berbeda pada butir critical" in said


def test_factorability_equals_the_vector():
    found = factorability(ATTITUDE)
    assert found.kmo == near(0.7633)
    assert [value for _, value in found.items] == [
        near(value) for value in (0.7317, 0.7375, 0.8442, 0.8114, 0.8144, 0.6936, 0.6511)
    ]
    assert (found.chi_square, found.df, found.p) == (near(98.7528), 21, pytest.approx(4.79e-12, rel=0.001))
    assert found.factorable
    assert not found.weak


def test_unrelated_items_are_not_factorable():
    rows = [(1, 2, 3), (2, 1, 2), (3, 3, 1), (1, 1, 3), (2, 3, 3), (3, 2, 2), (2, 2, 1), (1, 3, 1)]
    found = factorability(Answers(("a", "b", "c"), tuple(tuple(map(float, row)) for row in rows)))
    assert not found.factorable
    assert "tidak layak difaktorkan" in telling.tell_factorability(found)


def test_the_rule_for_gaps_changes_alpha_and_is_named():
    rows = ((1.0, 2.0, 2.0), (2.0, None, 3.0), (3.0, 3.0, 2.0), (4.0, 5.0, 5.0), (5.0, 4.0, None), (2.0, 2.0, 1.0))
    answers = Answers(("a", "b", "c"), rows)
    listwise, pairwise = reliability(answers), reliability(answers, Gaps.PAIRWISE)
    assert listwise.alpha != pytest.approx(pairwise.alpha)
    assert (listwise.n, pairwise.n) == (4, 6)
    assert Gaps.LISTWISE in telling.tell_reliability(listwise)
    assert Gaps.PAIRWISE in telling.tell_reliability(pairwise)


def test_constant_items_are_named_and_left_out():
    answers = Answers(("a", "b", "c"), ((1.0, 3.0, 2.0), (2.0, 3.0, 3.0), (4.0, 3.0, 4.0)))
    assert answers.constant() == ("b",)
    assert answers.varying().items == ("a", "c")
    with pytest.raises(Refusal, match="Korelasi"):
        item_validity(answers)


def test_omega_needs_three_items():
    assert omega([[1.0, 0.5], [0.5, 1.0]]) is None
    assert omega([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]) == near(0.75)


def test_omega_of_unrelated_items_is_not_told():
    assert omega([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]) is None


def test_both_bounds_for_alpha_are_told():
    found = reliability(ATTITUDE)
    assert replace(found, alpha=0.65).verdict.startswith("cukup reliabel")
    assert replace(found, alpha=0.55).verdict.startswith("belum reliabel")


def test_one_person_or_a_constant_item_is_refused():
    with pytest.raises(Refusal, match="terlalu sedikit"):
        reliability(Answers(("a", "b"), ((1.0, 2.0),)))
    with pytest.raises(Refusal, match="Korelasi") as refused:
        factorability(Answers(("a", "b"), ((1.0, 3.0), (2.0, 3.0), (4.0, 3.0))))
    assert refused.value.faults[0].place.record == "b"


def test_more_items_than_people_still_have_an_alpha():
    rows = ((1.0, 2.0, 2.0, 1.0), (2.0, 3.0, 3.0, 2.0), (5.0, 4.0, 4.0, 5.0))
    found = reliability(Answers(("a", "b", "c", "d"), rows))
    assert found.alpha > 0.9
    assert found.lambda6 is None


def test_factors_that_nearly_determine_each_other_are_warned_of():
    rows = table("rating", "complaints")
    rows["near"] = tuple(value + step % 3 for step, value in enumerate(rows["complaints"]))
    tested = assumptions(regress("rating", rows), rows)
    assert tested.entangled
    assert any("VIF tertinggi" in line for line in telling.warnings(regress("rating", rows), tested))


def test_items_that_are_identical_give_an_alpha_of_one():
    rows = tuple((value, value, value) for value in (1.0, 2.0, 3.0, 5.0))
    assert cronbach_alpha(Answers(("a", "b", "c"), rows)) == pytest.approx(1.0)


def test_alpha_of_one_item_is_refused():
    with pytest.raises(Refusal):
        cronbach_alpha(Answers(("a",), ((1.0,), (2.0,))))
    with pytest.raises(Refusal):
        item_validity(Answers(("a", "b"), ((1.0, 2.0),)))
    with pytest.raises(Refusal):
        factorability(Answers(("a", "b"), ((1.0, 2.0),)))


@pytest.mark.parametrize(
    ("n", "five", "one"),
    [
        (10, 0.6319, 0.7646), (15, 0.5140, 0.6411), (20, 0.4438, 0.5614), (25, 0.3961, 0.5052), (30, 0.3610, 0.4629),
        (40, 0.3120, 0.4026), (50, 0.2787, 0.3610), (60, 0.2542, 0.3301), (75, 0.2272, 0.2957), (100, 0.1966, 0.2565),
        (150, 0.1603, 0.2097), (200, 0.1388, 0.1818),
    ],
)  # fmt: skip
def test_r_table_is_exact(n, five, one):
    assert (r_critical(n), r_critical(n, 0.01)) == (near(five), near(one))


# --- regression


def test_the_full_regression_equals_the_vector():
    found = regress("rating", table())
    by_name = {item.name: item for item in found.fit.coefficients}
    assert [by_name[name].b for name in ("konstanta", *vectors.ITEMS[1:])] == [
        near(value, 5) for value in (10.78708, 0.61319, -0.07305, 0.32033, 0.08173, 0.03838, -0.21706)
    ]
    assert (by_name["complaints"].t, by_name["complaints"].p) == (near(3.809, 3), near(0.0009))
    assert by_name["learning"].p == near(0.0699)
    assert [item.vif for item in found.fit.factors] == [near(v, 3) for v in (2.667, 1.601, 2.271, 3.078, 1.228, 1.952)]
    assert (found.fit.r_squared, found.fit.adjusted) == (near(0.7326), near(0.6628))
    assert (found.fit.f, found.fit.p, found.fit.error) == (near(10.502, 3), near(1.24e-05, 7), near(7.068, 3))
    assert found.crowded


def test_the_assumptions_equal_the_vector():
    found = regress("rating", table())
    tested = assumptions(found, table(), in_time=True)
    assert tested.durbin_watson == near(1.7953)
    assert (tested.normality.test, tested.normality.statistic) == ("Shapiro-Wilk", near(0.96884, 5))
    assert tested.normality.p == near(0.5081)
    assert lilliefors(found.fit.residuals) == (near(0.09208, 5), near(0.744, 3))
    assert (tested.breusch_pagan, tested.breusch_pagan_p) == (near(10.2565), near(0.1143))
    assert all(p > 0.15 for _, p in tested.glejser)
    assert not tested.uneven
    assert not tested.entangled
    assert assumptions(found, table()).durbin_watson is None


def test_two_factors_equal_the_vector_and_warn_of_uneven_spread():
    own = table("rating", "complaints", "learning")
    found = regress("rating", own)
    constant, leadership, growth = found.fit.coefficients
    assert (constant.b, leadership.b, growth.b) == (near(9.87088, 5), near(0.64352, 5), near(0.21119, 5))
    assert (leadership.t, growth.t, growth.p) == (near(5.4316), near(1.5713), near(0.1278))
    assert (leadership.beta, growth.beta) == (near(0.7039), near(0.2036))
    assert leadership.vif == near(1.5530)
    assert leadership.tolerance == pytest.approx(1 / leadership.vif)
    assert constant.tolerance is None
    assert (found.fit.r_squared, found.fit.adjusted) == (near(0.7080), near(0.6864))
    assert (found.fit.f, found.fit.p) == (near(32.7353), near(6.06e-08, 10))
    tested = assumptions(found, own)
    assert (tested.breusch_pagan, tested.breusch_pagan_p) == (near(11.279, 3), near(0.0036))
    assert dict(tested.glejser)["learning"] == near(0.0108)
    assert tested.uneven
    told = " ".join(telling.tell_regression(found, tested))
    assert "heteroskedastisitas" in told
    assert told.endswith(telling.CAUTION)
    assert indirect(own, "learning", "complaints", "rating") == near(0.42)


def test_correlations_equal_the_vector():
    first, second = ATTITUDE.column("rating"), ATTITUDE.column("complaints")
    assert correlation(first, second) == near(0.8254)
    assert rank_correlation(first, second) == near(0.8322)


def test_longley_keeps_its_digits():
    scaled = fit([row[1:] for row in vectors.LONGLEY], [row[0] / 1000 for row in vectors.LONGLEY], list("abcdef"))
    assert scaled.r_squared == near(0.995479004577, 12)
    assert (scaled.f, scaled.error) == (near(330.285339, 6), near(0.304854, 6))
    assert scaled.coefficients[-1].b == near(1.82915146, 8)
    assert [item.vif for item in scaled.factors] == [near(v, 1) for v in (135.5, 1788.5, 33.6, 3.6, 399.2, 759.0)]


def test_fewer_than_twenty_people_give_no_regression():
    rows = {name: values[:19] for name, values in table().items()}
    with pytest.raises(Refusal, match="Regresi"):
        regress("rating", rows)
    assert "19" in telling.too_small_for_regression(19)


def test_people_with_gaps_are_left_out_and_counted():
    rows = {**table("rating", "complaints")}
    rows["complaints"] = (None, None, *rows["complaints"][2:])
    found = regress("rating", rows)
    assert (found.n, found.given, found.left_out) == (28, 30, 2)
    assert any("2 responden tidak dihitung" in line for line in telling.warnings(found, assumptions(found, rows)))


def test_factors_that_determine_each_other_are_refused():
    rows = table("rating", "complaints")
    rows["twice"] = tuple(2 * value for value in rows["complaints"])
    with pytest.raises(Refusal, match="dapat dihitung dari yang lain"):
        regress("rating", rows)
    rows["twice"] = (3.0,) * 30
    with pytest.raises(Refusal):
        regress("rating", rows)
    with pytest.raises(Refusal):
        inverse([[1.0, 1.0], [1.0, 1.0]])
    with pytest.raises(Refusal):
        inverse([[1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(Refusal):
        fit([(1.0,), (2.0,), (3.0,)], [2.0, 2.0, 2.0], ["x"])
    assert inflation([[1.0, 2.0, 4.0]]) == [1.0]


@given(st.lists(st.tuples(LEVELS, LEVELS, LEVELS), min_size=25, max_size=40))
def test_residuals_are_at_right_angles_to_every_factor(rows):
    columns = [[row[j] for row in rows] for j in range(3)]
    try:
        found = fit([(1.0 * a, 1.0 * b) for a, b, _ in rows], columns[2], ["a", "b"])
    except Refusal:
        return
    for column in (*columns[:2], [1.0] * len(rows)):
        assert dot(found.residuals, column) == pytest.approx(0, abs=1e-6 * (1 + dot(column, column)))
    assert -1e-9 <= found.r_squared <= 1 + 1e-9


@given(st.lists(LEVELS, min_size=2, max_size=6), LEVELS)
def test_least_squares_finds_an_exact_line_again(xs, slope):
    if len(set(xs)) < 2 or max(xs) - min(xs) < 0.01:
        return
    solved = least_squares([(1.0, x) for x in xs], [2 + slope * x for x in xs])
    assert solved.coefficients == (pytest.approx(2, abs=1e-5), pytest.approx(slope, abs=1e-5))


# --- published Indonesian work


def test_published_sums_give_their_correlation():
    n, sx, sy, sxx, syy, sxy = 60, 6303, 4466, 666813, 336964, 471588
    r = (n * sxy - sx * sy) / math.sqrt((n * sxx - sx**2) * (n * syy - sy**2))
    assert r == near(0.52776, 5)
    assert r > r_critical(n)
    assert significance(r, n) < 0.001
    assert significance(1.0, n) == 0.0


def test_a_published_share_explained_gives_its_t():
    assert significance(math.sqrt(0.542), 73) == pytest.approx(t_two_sided(9.166, 71), rel=0.01)


def test_a_published_table_of_two_factors_is_consistent_in_our_regression():
    """X1 beta 0,248 and X2 0,477 with VIF 1,380 give tolerance 0,725, r 0,5247 between them and R2 0,413."""
    first, other, rest = ((1, -1) * 30, (1, 1, -1, -1) * 15, (1, -1, -1, 1) * 15)
    r = math.sqrt(1 - 1 / 1.380)
    assert r == near(0.5247)
    second = [r * a + math.sqrt(1 - r * r) * b for a, b in zip(first, other, strict=True)]
    left = math.sqrt(1 - (0.248**2 + 0.477**2 + 2 * 0.248 * 0.477 * r))
    y = [0.248 * a + 0.477 * b + left * c for a, b, c in zip(first, second, rest, strict=True)]
    found = regress("y", {"y": y, "x1": list(map(float, first)), "x2": second}).fit
    one, two = (item for item in found.coefficients if item.name in {"x1", "x2"})
    assert (one.beta, two.beta, one.vif, one.tolerance) == (
        near(0.248, 3),
        near(0.477, 3),
        near(1.380, 3),
        near(0.725, 3),
    )
    assert found.r_squared == near(0.413, 3)


def test_published_bands_come_out():
    assert descriptives.ideal_bounds(16, 4) == (32, 48)
    assert [descriptives.ideal_band(total, 16, 4) for total in (48, 47, 32, 31)] == [
        "tinggi", "sedang", "sedang", "rendah",
    ]  # fmt: skip
    assert descriptives.score_band(Fraction(4600, 5950)) == "Baik"
    assert descriptives.percent_score(4600, 5, 70, 17) == Fraction(4600, 5950)
    assert [descriptives.score_band(Fraction(bound, 100)) for bound in (20, 36, 52, 68, 84, 100)] == [
        "Tidak Baik", "Kurang Baik", "Cukup", "Baik", "Sangat Baik", "Sangat Baik",
    ]  # fmt: skip
    assert [descriptives.mean_band(value, 5) for value in (1, 1.8, 2.59, 2.6, 3.4, 4.2, 5)] == [
        "Sangat Rendah", "Rendah", "Rendah", "Sedang", "Tinggi", "Sangat Tinggi", "Sangat Tinggi",
    ]  # fmt: skip
    assert [descriptives.association(r) for r in (0.1, -0.2, 0.5, 0.79, 0.8)] == [
        "sangat rendah", "rendah", "sedang", "kuat", "sangat kuat",
    ]  # fmt: skip
    with pytest.raises(Refusal):
        descriptives.percent_score(1, 5, 0, 3)


@pytest.mark.parametrize(
    ("counts", "expected", "places"),
    [
        ((3, 4, 13, 6, 4), (1, 1.775526, 2.622275, 3.496614, 4.369536), 6),
        ((6, 4, 9, 7, 4), (1, 1.772526, 2.356982, 3.090557, 4.014362), 6),
        ((10, 64, 51, 19, 12), (1, 2.292, 3.321, 4.062, 4.833), 3),
    ],
)
def test_successive_intervals_equal_the_workbook(counts, expected, places):
    found = descriptives.successive_intervals(dict(enumerate(counts, 1)))
    assert list(found.values()) == [pytest.approx(value, abs=10**-places) for value in expected]


def test_successive_intervals_skip_what_nobody_chose():
    assert list(descriptives.successive_intervals({1: 0, 2: 5, 3: 0, 4: 5})) == [2, 4]
    with pytest.raises(Refusal):
        descriptives.successive_intervals({3: 10})


@given(st.lists(st.integers(1, 50), min_size=2, max_size=7))
def test_successive_intervals_rise(counts):
    values = list(descriptives.successive_intervals(dict(enumerate(counts, 1))).values())
    assert values[0] == 1
    assert values == sorted(values)


def test_slovin_rounds_up():
    assert [descriptives.slovin(n, Decimal("0.05")) for n in (54, 80, 100, 250)] == [48, 67, 80, 154]
    assert [descriptives.slovin(n, Decimal("0.1")) for n in (54, 80, 100, 250)] == [36, 45, 50, 72]


# --- descriptives and waves


def test_positive_is_above_the_middle_and_unknown_is_left_out():
    found = descriptives.spread([5, 4, 4, 3, 2, None], 5)
    assert (found.n, found.positive, found.neutral, found.negative) == (
        5,
        Fraction(3, 5),
        Fraction(1, 5),
        Fraction(1, 5),
    )
    assert found.mean == pytest.approx(3.6)
    assert descriptives.spread([5], 5).deviation is None
    assert descriptives.spread([3, 4, 1], 4).positive == Fraction(2, 3)
    assert descriptives.frequencies([5, 5, None, 2]) == {2: 1, 5: 2}
    with pytest.raises(Refusal):
        descriptives.spread([None], 5)


def test_only_groups_that_may_be_shown_are_computed():
    found = descriptives.by_group([1, 2, 3, 4], ["a", "a", "b", "b"], 5, {"a"})
    assert list(found) == ["a"]
    assert found["a"].mean == 1.5


def test_waves_are_compared_by_welch():
    before = [3.0, 3.2, 2.8, 3.5, 3.1, 2.9, 3.3, 3.0, 2.7, 3.4]
    after = [3.6, 3.9, 3.5, 4.1, 3.7, 3.8, 3.4, 4.0, 3.6, 3.9]
    found = descriptives.compare(before, after, k=5)
    assert found.difference == pytest.approx(0.66)
    assert found.low < 0.66 < found.high
    assert (found.t, found.df) == (near(6.04175, 5), near(17.68213, 5))
    assert found.p == pytest.approx(1.1165e-05, rel=1e-4)
    assert found.size == near(2.5878)
    assert telling.tell_change("Harmonis", found).startswith("Harmonis naik")
    same = descriptives.compare(before, [*before[1:], before[0] + 0.1], k=5)
    assert "tidak meyakinkan" in telling.tell_change("Loyal", same)


def test_a_change_that_gives_people_away_is_refused():
    with pytest.raises(Refusal, match="tidak ditampilkan"):
        descriptives.compare([1.0, 2.0] * 5, [1.0, 2.0] * 5 + [3.0], k=5)
    with pytest.raises(Refusal, match="tidak dapat diuji"):
        descriptives.compare([1.0] * 10, [1.0] * 10, k=5)


# --- normality and distributions


def test_normality_uses_lilliefors_from_fifty_on():
    values = [math.sin(step * 12.9898) * 43758.5453 % 1 for step in range(60)]
    assert normality(values).test == "Lilliefors"
    assert normality([1.0] * 40 + [30.0, 50.0, 90.0] + [2.0] * 10).normal is False


@pytest.mark.parametrize(
    ("values", "w", "p"),
    [
        ([1.0, 2.0, 4.0], 0.964286, 0.636886), ([1.0, 2.0, 3.0, 5.0, 9.0, 20.0], 0.813752, 0.077861),
        ([float(step * step) for step in range(20)], 0.894929, 0.033165),
    ],
)  # fmt: skip
def test_shapiro_wilk_equals_the_reference(values, w, p):
    assert shapiro_wilk(values) == (near(w, 5), near(p, 4))


@pytest.mark.parametrize("size", range(4, 60))
def test_the_ideal_normal_sample_has_a_p_near_one(size):
    ideal = [descriptives.NORMAL.inv_cdf((place - 0.375) / (size + 0.25)) for place in range(1, size + 1)]
    w, p = shapiro_wilk(ideal)
    assert w > 0.98
    assert p > 0.9


@given(st.lists(LEVELS, min_size=3, max_size=60))
def test_w_and_p_stay_within_their_bounds(values):
    if len(set(values)) > 1 and max(values) - min(values) > 0.01:
        w, p = shapiro_wilk(values)
        assert 0 < w <= 1
        assert 0 <= p <= 1


def test_normality_of_too_few_or_equal_values_is_refused():
    with pytest.raises(Refusal):
        shapiro_wilk([1.0, 2.0])
    with pytest.raises(Refusal):
        lilliefors([2.0] * 60)


def test_lilliefors_runs_from_one_down_to_nothing():
    even = [descriptives.NORMAL.inv_cdf((step + 0.5) / 60) for step in range(60)]
    assert lilliefors(even)[1] == 1.0
    assert lilliefors([0.0] * 150 + [1.0])[1] < 1e-6
    halves = [lilliefors([*even, shift, shift, shift, shift])[1] for shift in (0.5, 1.5)]
    assert all(0 <= p <= 1 for p in halves)


def test_tails_have_their_ends():
    assert (beta_share(2, 3, 0), beta_share(2, 3, 1)) == (0, 1)
    assert gamma_tail(2, 0) == 1
    assert f_tail(0, 2, 3) == 1
    assert t_two_sided(0, 10) == 1
    assert chi_square_tail(0.5, 4) == pytest.approx(0.9735010, abs=1e-7)
    assert chi_square_tail(21.0, 5) == pytest.approx(0.000810060, abs=1e-9)


@given(st.floats(0.001, 0.5), st.integers(1, 300))
def test_the_critical_t_has_its_chance_and_its_square_is_an_f(level, df):
    t = t_critical(level, df)
    assert t_two_sided(t, df) == pytest.approx(level, rel=1e-7)
    assert f_critical(level, 1, df) == pytest.approx(t * t, rel=1e-6)


@given(st.lists(LEVELS, min_size=2, max_size=20))
def test_ranks_add_up_as_if_there_were_no_ties(values):
    assert sum(ranks(values)) == len(values) * (len(values) + 1) / 2


def test_means_of_nothing_and_tables_that_do_not_fit_are_refused():
    with pytest.raises(Refusal):
        mean([])
    with pytest.raises(Refusal):
        covariance([1.0], [1.0])
    with pytest.raises(Refusal, match="dua kali"):
        Answers(("a", "a"), ())
    with pytest.raises(Refusal, match="tidak sesuai"):
        Answers(("a", "b"), ((1.0,),))
    assert variance([1.0, 3.0]) == 2


# --- telling and runs


def test_no_sentence_says_cause():
    said = [
        telling.tell_correlation("kepemimpinan", "kinerja", 0.55, 0.0001, 80),
        telling.tell_correlation("kepemimpinan", "kinerja", -0.1, 0.4, 80),
        *telling.tell_regression(regress("rating", table()), assumptions(regress("rating", table()), table())),
    ]
    assert telling.CAUTION in said[0]
    assert "Tidak terlihat hubungan" in said[1]
    assert not any(
        word in line for line in said for word in ("berpengaruh", "memengaruhi", "menyebabkan", "akibat dari")
    )
    assert all(line.endswith(".") for line in said)


def test_numbers_are_told_with_a_decimal_comma():
    assert telling.number(0.8431) == "0,843"
    assert telling.chance(0.00001) == "p < 0,001"
    assert telling.chance(0.0123) == "p = 0,012"
    assert telling.tell_items([]) == "Tidak ada butir yang diuji."
    assert telling.tell_items([row for row in item_validity(ATTITUDE) if row.valid]).startswith("Semua 6 butir valid.")


def test_a_repeated_run_has_the_same_digest_and_a_late_answer_makes_it_stale():
    params = {"aturan": "listwise"}
    run = AnalysisRun("alfa", params, input_digest(ATTITUDE, params), "1", {"alfa": "0,843"})
    turned = Answers(ATTITUDE.items, tuple(reversed(ATTITUDE.rows)))
    assert not run.stale(turned)
    assert run.stale(Answers(ATTITUDE.items, (*ATTITUDE.rows, ATTITUDE.rows[0])))
    assert input_digest(ATTITUDE, {"aturan": "pairwise"}) != run.input_sha256


def made_survey(people=300, items=25, state=20):
    """A survey like T2: five traits of five items on six points, with missing answers; the same on every machine."""

    def dice():
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return state / 2**31

    def leaning():
        return dice() + dice() + dice() - 1.5

    rows = []
    for _ in range(people):
        traits = [leaning() for _ in range(5)]
        row = []
        for item in range(items):
            value = min(6, max(1, round(3.5 + 1.6 * traits[item // 5] + 1.4 * leaning())))
            row.append(None if dice() < 0.01 else float(value))
        rows.append(tuple(row))
    return Answers(tuple(f"i{item}" for item in range(items)), tuple(rows))


@pytest.mark.parametrize(
    ("trait", "pairwise", "people", "listwise", "minres"),
    [
        (0, 0.8410, 285, 0.8386, 0.8389), (1, 0.8495, 284, 0.8487, 0.8488), (2, 0.8462, 286, 0.8470, 0.8474),
        (3, 0.8688, 280, 0.8695, 0.8699), (4, 0.8333, 288, 0.8335, 0.8337),
    ],
)  # fmt: skip
def test_a_large_survey_with_gaps_equals_numpy(trait, pairwise, people, listwise, minres):
    # the shape of T2, whose data may not be shipped; numbers by numpy.cov, numpy.corrcoef and scipy.optimize
    part = made_survey().only([f"i{item}" for item in range(5 * trait, 5 * trait + 5)])
    found = reliability(part, Gaps.LISTWISE)
    assert round(cronbach_alpha(part, Gaps.PAIRWISE), 4) == pairwise
    assert (found.n, round(found.alpha, 4), round(found.omega, 4)) == (people, listwise, minres)


def test_a_large_survey_is_as_factorable_as_numpy_says():
    found = factorability(made_survey())
    assert (round(found.kmo, 4), round(found.chi_square, 2), found.df) == (0.8097, 2333.54, 300)
