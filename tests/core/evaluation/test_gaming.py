"""Signs of figures that serve the score: told with reasons, never where nothing better is possible."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from selaras.core.agreements import Agreement, AgreementLine, RevisionReason
from selaras.core.evaluation.gaming import Aimed, TargetChange, changes_of, late_cuts, signs
from selaras.core.finding import Severity
from selaras.core.law import Certainty, GradeScale, Source
from selaras.core.planning import Indicator, IndicatorKind, IndicatorLevel, LowerMethod, Polarity
from selaras.core.value import Value, ValueKind, grade, number, percent

INDICATOR = Indicator("I1", "S", "Layanan", IndicatorLevel.SASARAN, IndicatorKind.OUTCOME, "orang", ValueKind.NUMBER)
LOWER = replace(INDICATOR, polarity=Polarity.LOWER, lower_method=LowerMethod.INVERSE)
RANGE = replace(INDICATOR, polarity=Polarity.RANGE)
GRADED = replace(INDICATOR, value_kind=ValueKind.GRADE, grade_scale="sakip")
GRADES = {
    "sakip": GradeScale("sakip", "predikat", ("D", "C", "CC", "B", "BB", "A", "AA"), Source("x", Certainty.INFERRED))
}
YES, NO = (Value(ValueKind.YES_NO, flag=flag) for flag in (True, False))


def codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("indicator", "target", "last", "sign"),
    [
        (INDICATOR, number(80), number(80), True), (INDICATOR, number(81), number(80), False),
        (INDICATOR, number(80), None, False), (INDICATOR, None, None, False), (INDICATOR, percent(100), percent(100), False),
        (INDICATOR, percent(95), percent(95), True), (LOWER, number(0), number(0), False), (LOWER, number(3), number(3), True),
        (LOWER, percent(100), percent(100), True), (INDICATOR, YES, YES, False), (GRADED, grade("BB"), grade("BB"), True),
    ],
)  # fmt: skip
def test_a_target_equal_to_last_years_result_is_a_sign(indicator, target, last, sign):
    assert codes(signs([Aimed(indicator, target, last_result=last)], [])) == (["LKE-TARGET-TETAP"] if sign else [])


def exact(count, **other):
    return [Aimed(INDICATOR, number(index), number(index), **other) for index in range(1, count + 1)]


def test_results_that_all_equal_their_targets_are_a_sign():
    found = signs(exact(4), [])
    assert codes(found) == ["LKE-SEMUA-SAMA"]
    assert found[0].severity is Severity.WARNING
    assert "4 realisasi" in found[0].message


def test_a_few_results_or_one_that_differs_are_none():
    assert signs(exact(3), []) == ()
    assert signs([*exact(4), Aimed(INDICATOR, number(5), number(6))], []) == ()
    assert signs([Aimed(INDICATOR, percent(100), percent(100))] * 9, []) == ()


def change(before, after, *, indicator=INDICATOR, day=date(2024, 10, 1), reason=""):
    return TargetChange(indicator, 2024, day, before, after, reason)


@pytest.mark.parametrize(
    ("made", "sign"),
    [
        (change(number(90), number(80)), True),
        (change(number(80), number(90)), False),
        (change(number(90), number(80), day=date(2024, 9, 30)), False),
        (change(number(90), number(80), day=date(2025, 1, 5)), True),
        (change(number(3), number(5), indicator=LOWER), True),
        (change(number(5), number(3), indicator=LOWER), False),
        (change(grade("A"), grade("BB"), indicator=GRADED), True),
        (change(grade("BB"), grade("A"), indicator=GRADED), False),
        (change(grade("BB"), grade("??"), indicator=GRADED), False),
        (change(YES, NO), True),
        (change(NO, YES), False),
        (change(number(90), grade("A")), False),
        (
            change(
                Value(ValueKind.NUMBER, Decimal(5), Decimal(7)),
                Value(ValueKind.NUMBER, Decimal(5), Decimal(9)),
                indicator=RANGE,
            ),
            True,
        ),
        (
            change(
                Value(ValueKind.NUMBER, Decimal(5), Decimal(7)),
                Value(ValueKind.NUMBER, Decimal(6), Decimal(7)),
                indicator=RANGE,
            ),
            False,
        ),
    ],
)
def test_a_target_made_easier_in_the_last_quarter_is_a_sign(made, sign):
    assert codes(late_cuts([made], GRADES)) == (["LKE-TARGET-TURUN"] if sign else [])


def test_a_grade_without_its_scale_says_nothing():
    assert codes(late_cuts([change(grade("A"), grade("BB"), indicator=GRADED)])) == []


def test_the_reason_on_record_is_told():
    assert (
        "Alasan yang tercatat: pagu turun."
        in next(late_cuts([change(number(9), number(8), reason="pagu turun")])).message
    )
    assert "Tidak ada alasan" in next(late_cuts([change(number(9), number(8))])).message


def test_changes_are_found_between_signed_versions_of_an_agreement():
    agreements = [
        Agreement("P1", 2024, "sekretaris", version=1, signed_on=date(2024, 11, 2), reason=RevisionReason.PRIORITY),
        Agreement("P0", 2024, "sekretaris", signed_on=date(2024, 1, 10)),
        Agreement("P2", 2024, "sekretaris", version=2, reason=RevisionReason.OFFICIAL),
        Agreement("Q0", 2024, "kepala", signed_on=date(2024, 1, 10)),
    ]
    lines = [
        AgreementLine("P0", 1, "S", "Layanan", number(90), "orang", "I1"),
        AgreementLine("P1", 1, "S", "Layanan", number(70), "orang", "I1"),
        AgreementLine("P2", 1, "S", "Layanan", number(60), "orang", "I1"),
        AgreementLine("Q0", 1, "S", "Layanan", number(50), "orang", "I1"),
        AgreementLine("P1", 2, "S", "Lain", number(1), "orang"),
    ]
    (found,) = changes_of(agreements, lines, [INDICATOR])
    assert (found.before, found.after, found.day) == (number(90), number(70), date(2024, 11, 2))
    assert found.reason == RevisionReason.PRIORITY.value
    assert codes(signs([], [found])) == ["LKE-TARGET-TURUN"]
