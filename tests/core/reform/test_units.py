"""The index of units and the share that is good; years side by side; whose index it is; action plans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.computed import Status
from selaras.core.errors import Refusal
from selaras.core.measurement.aggregate import value_of
from selaras.core.org import Agency, AgencyKind
from selaras.core.period import Period
from selaras.core.planning import FormulaKind, Indicator, IndicatorKind, IndicatorLevel
from selaras.core.reform import ReformScore
from selaras.core.reform.actions import ActionProgress, ReformAction, achieved, check_actions, progress
from selaras.core.reform.attribution import attribute, check_indicator
from selaras.core.reform.history import compare
from selaras.core.reform.units import UnitReform, realisation_of, share_good
from selaras.core.value import ValueKind
from selaras.rulebook.rb import load_rb

RULES = load_rb(date(2024, 12, 31))
NEW = RULES.scheme_for(2024)
SHEET = ReformScore(2024, Decimal("80.31"), Decimal("0.8"), Decimal("12.35"), subject="Pemerintah Provinsi Contoh")
BUREAU = Agency(
    "BIRO",
    "Biro Contoh Pemerintah Provinsi",
    "Biro Contoh",
    AgencyKind.REGIONAL_UNIT,
    parent_name="Pemerintah Provinsi Contoh",
)
REGION = Agency("PROV", "Pemerintah Provinsi Contoh", "Provinsi Contoh", AgencyKind.REGION)
SHARE = Indicator(
    "I1", "S1", "Persentase perangkat daerah yang reformasi birokrasinya baik", IndicatorLevel.SASARAN,
    IndicatorKind.OUTCOME, "%", ValueKind.PERCENT, formula=FormulaKind.RATIO,
)  # fmt: skip


def scores(*values):
    return [UnitReform(f"U{number}", 2024, Decimal(value)) for number, value in enumerate(values, 1)]


def test_the_share_of_good_units_has_its_counts():
    share = share_good(["U1", "U2", "U3", "U4"], scores("75", "60.01", "60"), 2024, NEW, RULES.good)
    assert (share.good, share.whole, share.missing, share.figure.shown()) == (2, 4, ("U4",), "50,00%")
    assert "1 perangkat daerah belum dinilai" in share.figure.note
    assert [line.predicate for line in share.lines] == ["BB", "B", "CC", ""]


def test_the_share_is_a_realisation_with_numerator_and_denominator():
    share = share_good(["U1", "U2", "U3"], scores("75", "61", "30"), 2024, NEW, RULES.good)
    made = realisation_of(share, SHARE, Period(2024))
    assert (made.numerator, made.denominator, made.value) == (2, 3, None)
    assert value_of(SHARE, made).amount == Decimal(200) / 3
    with pytest.raises(Refusal):
        realisation_of(share, replace(SHARE, formula=FormulaKind.PLAIN), Period(2024))


def test_a_printed_predicate_goes_before_the_scheme():
    printed = [replace(scores("65")[0], predicate="CC")]
    assert share_good(["U1"], printed, 2024, NEW, RULES.good).good == 0


def test_scores_that_cannot_be_are_refused_all_at_once():
    wrong = [*scores("121"), *scores("50"), UnitReform("X", 2024, Decimal(1), predicate="Z")]
    with pytest.raises(Refusal) as refused:
        share_good(["U1"], wrong, 2024, NEW, replace(RULES.good, label="Q"))
    assert len(refused.value.faults) == 5


def test_no_units_have_no_share():
    assert share_good([], [], 2024, NEW, RULES.good).figure.status is Status.NOTHING_TO_ADD


@given(st.lists(st.decimals(0, 120, places=2), max_size=30))
def test_a_better_unit_never_lowers_the_share(values):
    units = [f"U{number}" for number in range(1, len(values) + 1)]
    before = share_good(units, scores(*values), 2024, NEW, RULES.good)
    raised = share_good(units, scores(*(min(value + 10, Decimal(120)) for value in values)), 2024, NEW, RULES.good)
    assert 0 <= before.good <= raised.good <= len(values)


def test_years_of_one_scheme_are_compared():
    earlier = replace(SHEET, year=2023, general_initial=Decimal("75.94"), coefficient=Decimal(0), thematic=Decimal(13))
    found = compare([SHEET, earlier], RULES)
    assert [(point.score.year, point.difference, point.comparable) for point in found.points] == [
        (2023, None, True), (2024, Decimal("4.52"), True),
    ]  # fmt: skip
    assert found.findings == ()


def test_a_change_of_scheme_subject_or_a_missing_year_is_warned():
    old = replace(SHEET, year=2021, thematic=Decimal(0), subject="Kabupaten Contoh")
    found = compare([old, SHEET], RULES)
    assert [finding.code for finding in found.findings] == ["RB-SCHEME-CHANGE", "RB-SUBJECT-CHANGE", "RB-YEARS-MISSING"]
    assert found.points[1].difference is None


def test_the_index_of_the_province_is_not_the_bureaus():
    whose = attribute(SHEET, BUREAU)
    assert whose.own is False
    assert "bukan capaian Biro Contoh" in whose.sentence
    assert attribute(SHEET, REGION).own is True
    assert attribute(replace(SHEET, subject=""), REGION).own is True


def test_a_unit_is_asked_whose_index_it_is():
    asked = attribute(replace(SHEET, subject=" "), BUREAU)
    assert (asked.own, asked.finding.code, asked.finding.expected) == (None, "RB-SUBJECT", "Pemerintah Provinsi Contoh")


def test_an_indicator_that_borrows_the_index_is_found():
    borrowed = replace(SHARE, name="Indeks Reformasi Birokrasi")
    assert check_indicator(borrowed, SHEET, BUREAU).code == "RB-ATTRIBUTION"
    assert check_indicator(borrowed, SHEET, REGION) is None
    assert check_indicator(SHARE, SHEET, BUREAU) is None


ACTION = ReformAction(
    "A1", 2024, "U1", "Menyederhanakan izin usaha", "Izin yang disederhanakan", "Jumlah izin",
    (Decimal(2), Decimal(4), None, Decimal(10)), theme="perizinan", root_cause="Persyaratan ganda", responsible="KEPALA",
)  # fmt: skip
DONE = [ActionProgress("A1", 1, Decimal(2), ("Notula",)), ActionProgress("A1", 2, Decimal(3), ("Peraturan",))]


@pytest.mark.parametrize(("quarter", "expected"), [(1, "100,00%"), (2, "75,00%"), (3, "75,00%"), (4, "30,00%")])
def test_progress_is_cumulative(quarter, expected):
    assert progress(ACTION, DONE, quarter).shown() == expected


def test_progress_is_capped_and_needs_target_and_report():
    assert progress(ACTION, [ActionProgress("A1", 1, Decimal(9))], 1).value == 100
    assert progress(ACTION, [ActionProgress("A1", 1, Decimal(9))], 1).raw == 450
    assert progress(ACTION, [], 1).status is Status.NO_REALISATION
    assert progress(replace(ACTION, targets=(None, None, None, Decimal(1))), DONE, 2).status is Status.NO_TARGET
    assert progress(replace(ACTION, targets=(Decimal(0),) * 4), DONE, 2).status is Status.ZERO_TARGET


def test_the_mean_counts_silent_actions_as_zero():
    silent = replace(ACTION, code="A2")
    figure = achieved([ACTION, silent], DONE, 1)
    assert (figure.value, figure.note[:6]) == (50, "1 aksi")
    assert achieved([], DONE, 1).value is None


def found(action=ACTION, reports=DONE, quarter=2):
    areas, themes = [area.code for area in RULES.areas], [theme.code for theme in RULES.themes]
    return [finding.code for finding in check_actions([action], reports, areas, themes, quarter)]


def test_action_plans_are_checked():
    assert found() == []
    assert found(replace(ACTION, root_cause=" ")) == ["RB-ROOT"]
    assert found(replace(ACTION, theme="lain", responsible="")) == ["RB-THEME", "RB-OWNER"]
    assert found(replace(ACTION, theme="", area="sdm")) == []
    assert found(replace(ACTION, targets=(None,) * 4)) == ["RB-TARGET"]
    assert found(replace(ACTION, targets=(Decimal(5), Decimal(4), None, None))) == ["RB-TARGET"]
    assert found(quarter=4) == ["RB-SILENT"]
    assert found(reports=[DONE[0], replace(DONE[1], realised=Decimal(1))]) == ["RB-PROGRESS"]
    assert found(reports=[DONE[0], DONE[1], DONE[1]]) == ["RB-PROGRESS"]
    assert found(reports=[DONE[0], replace(DONE[1], evidence=())]) == ["RB-EVIDENCE"]


def test_an_action_has_either_an_area_or_a_theme():
    with pytest.raises(ValueError, match="either"):
        replace(ACTION, area="sdm")
    with pytest.raises(ValueError, match="no quarter"):
        ActionProgress("A1", 5, Decimal(1))


def test_the_eight_areas_of_change_are_there():
    assert len(RULES.areas) == 8
