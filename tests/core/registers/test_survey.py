"""SKM: weights, conversion, bands on the rounded value, sample sizes, services, elements, follow-up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import Refusal
from selaras.core.registers.survey import (
    Response,
    ServiceSurvey,
    SurveyAction,
    by_service,
    by_trait,
    check_plan,
    sample_size,
    score,
    score_means,
)
from selaras.rulebook.service import load_surveys

DAY = date(2024, 6, 1)
SKM = load_surveys(DAY)["skm"]
SMART = load_surveys(DAY)["smart"]
CODES = [element.code for element in SKM.elements]
answered = st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), min_size=1)


def response(answers, service="Loket", **traits):
    given_ = dict(zip(CODES, answers, strict=True)) if isinstance(answers, list) else answers
    return Response(service, DAY, {code: answer for code, answer in given_.items() if answer}, traits)


@pytest.mark.parametrize(("weight", "converted"), [(None, "91.48"), ("0.11", "90.57"), ("0.111", "91.39")])
def test_the_weight_of_one_ninth_is_exact_and_the_rounded_one_only_reproduces(weight, converted):
    means = dict.fromkeys(CODES, Decimal("3.6592"))
    result = score_means(SKM, means, weight=Decimal(weight) if weight else None)
    assert result.converted == Decimal(converted)
    assert result.band.letter == "A"


@pytest.mark.parametrize(
    ("converted", "letter"),
    [
        ("100", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D"),
        ("25.00", "D"), ("24.99", None), ("88.305", None),
    ],
)  # fmt: skip
def test_bands_class_the_rounded_value(converted, letter):
    band = SKM.band_of(Decimal(converted))
    assert (band.letter if band else None) == letter


@pytest.mark.parametrize(
    ("mean", "converted", "letter"),
    [
        ("3.532", "88.30", "B"),
        ("3.5322", "88.31", "A"),  # in the hole of the printed scale 3,532-3,5324: 88,305 rounds up
        ("3.5321", "88.30", "B"),
        ("3.0642", "76.61", "B"),
        ("2.5998", "65.00", "C"),
        ("2.5997", "64.99", "D"),
    ],
)
def test_values_in_the_holes_of_the_printed_scale_find_a_band(mean, converted, letter):
    result = score_means(SKM, dict.fromkeys(CODES, Decimal(mean)))
    assert (result.converted, result.band.letter) == (Decimal(converted), letter)


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (1, 1), (10, 10), (15, 14), (20, 19), (30, 28), (50, 44), (100, 80), (150, 108), (200, 132), (300, 169),
        (500, 217), (1_000, 278), (1_500, 306), (2_000, 322), (3_000, 341), (5_000, 357), (10_000, 370),
        (50_000, 381), (100_000, 383), (1_000_000, 384),
    ],
)  # fmt: skip
def test_the_sample_follows_the_formula(population, size):
    assert sample_size(population, SKM.sample) == size


def test_it_refuses_a_population_of_nobody():
    with pytest.raises(ValueError, match="at least one"):
        sample_size(0, SKM.sample)


@given(st.integers(1, 10**6))
def test_a_sample_is_never_larger_than_its_population_and_grows_with_it(population):
    assert sample_size(population, SKM.sample) <= population
    assert sample_size(population, SKM.sample) <= sample_size(population + 1, SKM.sample)


def test_elements_are_known_by_name_and_means_divide_by_their_own_answers():
    result = score(SKM, [response([4, 3, 0, 4, 4, 4, 4, 4, 4]), response([3, 3, 2, 4, 4, 4, 4, 4, 4])])
    found = {item.element.code: (item.answered, item.mean) for item in result.elements}
    assert found["persyaratan"] == (2, Decimal("3.5"))
    assert found["waktu"] == (1, Decimal(2))
    assert result.converted == Decimal("90.28")
    assert [item.element.code for item in result.lowest(2)] == ["waktu", "prosedur"]


def test_an_element_that_nobody_answered_takes_no_weight():
    result = score(SKM, [response({"waktu": 4, "biaya": 3})])
    assert result.converted == Decimal("87.50")
    assert result.elements[0].mean is None


def test_without_responses_there_is_no_result():
    result = score(SKM, [])
    assert (result.converted, result.band, result.respondents) == (None, None, 0)
    assert result.lowest(3) == ()


@given(st.lists(answered.map(response), min_size=1, max_size=8))
def test_the_converted_value_lies_between_25_and_100_and_has_a_band(responses):
    result = score(SKM, responses)
    assert Decimal(25) <= result.converted <= Decimal(100)
    assert result.band is not None
    assert score(SKM, list(reversed(responses))) == result


def test_it_refuses_answers_outside_the_scale_unknown_elements_and_blank_forms():
    with pytest.raises(Refusal) as refused:
        score(SKM, [response({"waktu": 5}), response({"antrean": 3}), response({})])
    assert len(refused.value.faults) == 3
    with pytest.raises(Refusal):
        score_means(SKM, {"waktu": Decimal("4.01")})


def test_each_service_has_its_own_result_and_respondents_their_traits():
    responses = [response([4] * 9, "B", sex="P"), response([2] * 9, "A", sex="L"), response([3] * 9, "A")]
    found = by_service(SKM, responses)
    assert {name: item.converted for name, item in found.items()} == {"A": Decimal("62.50"), "B": Decimal(100)}
    assert by_trait(responses, "sex") == {"": 1, "L": 1, "P": 1}


def test_the_lowest_elements_need_a_complete_follow_up():
    result = score(SKM, [response([4, 3, 1, 4, 2, 4, 4, 4, 4])])
    plan = [
        SurveyAction("waktu", "Tambah loket", "Kepala Subbagian Umum", DAY),
        SurveyAction("produk", "Perbaiki", "", DAY),
    ]
    found = check_plan(SKM, result, plan)
    assert [finding.places[0].record for finding in found] == ["produk", "prosedur"]


def test_equal_elements_at_the_edge_are_all_among_the_lowest():
    assert len(score(SKM, [response([3] * 9)]).lowest(3)) == 9


def test_what_is_as_good_as_the_best_is_not_among_the_lowest():
    found = score(SKM, [response([3, 3, 2, 3, 3, 3, 3, 3, 3])]).lowest(3)
    assert [item.element.code for item in found] == ["waktu"]


def test_smart_has_five_words_and_no_bands():
    assert [element.name for element in SMART.elements] == ["Sigap", "Mudah", "Akurat", "Ramah", "Terampil"]
    result = score(SMART, [Response("Loket", DAY, {"sigap": 4, "ramah": 3})])
    assert (result.converted, result.band) == (Decimal("87.50"), None)


def test_a_survey_with_a_hole_between_bands_cannot_be_made():
    changes = {name: getattr(SKM, name) for name in SKM.__slots__}
    with pytest.raises(ValueError, match="hole"):
        ServiceSurvey(**{**changes, "bands": (SKM.bands[0], SKM.bands[2])})
    with pytest.raises(ValueError, match="answers"):
        ServiceSurvey(**{**changes, "answers": ("ya", "tidak")})
    with pytest.raises(ValueError, match="elements"):
        ServiceSurvey(**{**changes, "elements": ()})
