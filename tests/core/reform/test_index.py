"""The index by scheme: the printed sheet, the two readings of the adjustment, predicates at their bounds, maxima."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Status
from selaras.core.errors import Refusal
from selaras.core.law import Certainty
from selaras.core.org import AgencyKind
from selaras.core.reform import ReformScore
from selaras.core.reform.index import index, of_parts
from selaras.core.reform.scheme import Adjustment, fits
from selaras.rulebook.rb import load_rb

RULES = load_rb(date(2024, 12, 31))
NEW, OLD = RULES.scheme_for(2024), RULES.scheme_for(2022)
SHEET = ReformScore(2024, Decimal("80.31"), Decimal("0.8"), Decimal("12.35"), subject="Pemerintah Provinsi Contoh")
POINTS = st.decimals(0, 100, places=2)


def test_the_printed_sheet_is_reproduced_with_its_formula():
    found = index(SHEET, NEW)
    assert (found.general.shown(), found.adjusted.shown(), found.index.shown()) == ("81,11", "81,11", "93,46")
    assert found.formula() == "80,31 + 0,8 = 81,11; 81,11 × 100 ÷ 100 = 81,11; 81,11 + 12,35 = 93,46"
    assert (found.settled, found.question, found.readings, found.findings) == (True, "", (), ())


def test_the_predicate_has_its_status_and_the_printed_one_wins():
    found = index(SHEET, NEW)
    assert (found.predicate, found.band.source.certainty) == ("A", Certainty.FROM_MEMORY)
    printed = index(SHEET, NEW, printed="AA")
    assert printed.predicate == "AA"
    assert [finding.code for finding in printed.findings] == ["RB-PREDICATE"]
    assert index(SHEET, OLD).predicate == "AA"  # the same number under the older scheme


def test_weights_that_differ_show_both_readings_and_ask():
    asked = index(replace(SHEET, adjusted_weight=Decimal(90)), NEW)
    assert (asked.settled, len(asked.readings)) == (False, 2)
    # until somebody confirms one, what does not apply lowers nothing
    assert [reading.index.shown() for reading in asked.readings] == ["102,47", "85,35"]
    assert (asked.index.shown(), NEW.adjustment_source.certainty) == ("102,47", Certainty.INFERRED)
    assert f"Sementara ini dipakai {Adjustment.BY_APPLICABLE} (status aturan: {Certainty.INFERRED})" in asked.question
    assert all(text in asked.question for text in ("81,11 × 90 ÷ 100 = 73,00", "81,11 × 100 ÷ 90 = 90,12"))


@pytest.mark.parametrize(
    ("reading", "expected"), [(Adjustment.BY_SHARE, "85,35"), (Adjustment.BY_APPLICABLE, "102,47")]
)
def test_a_confirmed_reading_settles_it(reading, expected):
    found = index(replace(SHEET, adjusted_weight=Decimal(90)), NEW, adjustment=reading)
    assert (found.settled, found.question, found.index.shown()) == (True, "", expected)


def test_weights_of_zero_give_no_index():
    for fields in ({"total_weight": Decimal(0)}, {"adjusted_weight": Decimal(0)}):
        found = index(replace(SHEET, **fields), NEW, adjustment=Adjustment.BY_APPLICABLE)
        assert found.index.value is None or found.index.value == SHEET.thematic
    nothing = index(replace(SHEET, total_weight=Decimal(0)), NEW)
    assert (nothing.index.status, nothing.predicate) == (Status.ZERO_TARGET, "")


@pytest.mark.parametrize(
    ("year", "value", "label"),
    [
        (2022, "100", "AA"), (2022, "90.01", "AA"), (2022, "90", "A"), (2022, "80", "BB"), (2022, "70.01", "BB"),
        (2022, "60", "CC"), (2022, "30", "D"), (2022, "0", "D"),
        (2024, "120", "AA"), (2024, "100.01", "AA"), (2024, "100", "A"), (2024, "90", "A-"), (2024, "85.92", "A-"),
        (2024, "80", "BB"), (2024, "73.51", "BB"), (2024, "69.76", "B"), (2024, "50", "C"), (2024, "0", "D"),
    ],
)  # fmt: skip
def test_predicates_at_their_bounds(year, value, label):
    assert RULES.scheme_for(year).band(Decimal(value)).label == label


def test_the_index_can_exceed_a_hundred_but_not_its_maximum():
    assert (NEW.highest, OLD.highest) == (120, 100)
    for value in ("120.01", "-1"):
        with pytest.raises(Refusal):
            NEW.band(Decimal(value))


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"thematic": Decimal("20.01")}, 1), ({"general_initial": Decimal("99.5")}, 1),
        ({"thematic": Decimal(-1)}, 1), ({"general_initial": Decimal(100), "thematic": Decimal(20)}, 2),
    ],
)  # fmt: skip
def test_scores_beyond_their_maximum_are_found(fields, count):
    found = index(replace(SHEET, **fields), NEW).findings
    assert [finding.code for finding in found] == ["RB-LIMIT"] * count


def test_the_scheme_of_another_year_is_told():
    assert "RB-SCHEME" in [
        finding.code for finding in index(replace(SHEET, year=2021, thematic=Decimal(0)), NEW).findings
    ]
    with pytest.raises(Refusal) as refused:
        RULES.scheme_for(2015)
    assert "2020–2022" in refused.value.faults[0].expected


def test_a_scheme_for_the_kind_of_agency_goes_first():
    own = replace(NEW, code="rb-2023-kl", kinds=(AgencyKind.MINISTRY,))
    rules = replace(RULES, schemes=(*RULES.schemes, own))
    assert rules.scheme_for(2024, AgencyKind.MINISTRY).code == "rb-2023-kl"
    assert rules.scheme_for(2024, AgencyKind.REGION).code == "rb-2023"
    assert not fits(own, AgencyKind.REGION)


def test_parts_are_summed_and_a_missing_one_is_no_zero():
    scores = {"kualitas-rencana-aksi": Decimal("2.5"), "tingkat-implementasi": Decimal("6.1"), "kebijakan": Decimal(30)}
    assert of_parts(NEW.general, scores, year=2024).value is None
    assert of_parts(NEW.general, scores | {"sasaran": Decimal(40)}, year=2024).shown() == "78,60"
    with pytest.raises(Refusal) as refused:
        of_parts(NEW.general, {"sasaran": Decimal(51), "lain": Decimal(1)}, year=2024)
    assert len(refused.value.faults) == 2


@given(POINTS, st.decimals(-1, 1, places=2), st.decimals(0, 20, places=2), st.sampled_from(list(Adjustment)))
def test_with_equal_weights_both_readings_agree_and_the_coefficient_is_added(general, coefficient, thematic, reading):
    found = index(ReformScore(2024, general, coefficient, thematic), NEW, adjustment=reading)
    assert found.index.value == general + coefficient + thematic


@given(POINTS, POINTS)
def test_a_higher_index_never_has_a_lower_predicate(first, second):
    low, high = sorted((first, second))
    for scheme in RULES.schemes:
        assert scheme.rank(scheme.band(low).label) <= scheme.rank(scheme.band(high).label)
