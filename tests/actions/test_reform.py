"""Stage reform: sheet and its reading, action plans with progress, units and the indicator that computes itself."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.actions.staffed import CODE, filled
from tests.store.example import YEAR

from selaras.actions import reform as verbs
from selaras.actions import reform_units
from selaras.actions.measurement import record_realisation
from selaras.actions.reform_files import export_reform
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.reform.actions import ReformAction
from selaras.core.reform.score import ReformScore
from selaras.core.reform.units import UnitReform
from selaras.core.value import percent
from selaras.store import models as tables
from selaras.store.reform import actions_of, sheet_of, units_of
from selaras.store.snapshot import load_part

pytestmark = pytest.mark.django_db
SHEET = ReformScore(YEAR, Decimal("80.31"), Decimal("0.8"), Decimal("12.35"), subject="Kota Misal")
ACTION = ReformAction(
    "", YEAR, "SEK", "Menyederhanakan prosedur", "prosedur", "prosedur", (Decimal(1), Decimal(2), None, Decimal(4)),
    theme="", area="tata-laksana", root_cause="Prosedur berlapis.", responsible="SEKRETARIS",
)  # fmt: skip


@pytest.fixture
def who():
    return filled()


def test_the_sheet_is_summed_with_its_formula_and_its_owner(who):
    verbs.save_score(who["planner"], agency=CODE, score=SHEET)
    sheet = sheet_of(CODE, YEAR)
    assert (sheet.index.index.shown(), sheet.index.settled, sheet.attribution.own) == ("93,46", True, False)
    assert sheet.index.formula() == "80,31 + 0,8 = 81,11; 81,11 × 100 ÷ 100 = 81,11; 81,11 + 12,35 = 93,46"
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.save_score(who["planner"], agency=CODE, score=replace(SHEET, predicate="ZZ"))


def test_where_the_weights_differ_a_person_says_how_the_evaluator_counted(who):
    verbs.save_score(who["planner"], agency=CODE, score=replace(SHEET, adjusted_weight=Decimal(90)))
    asked = sheet_of(CODE, YEAR).index
    assert (asked.settled, len(asked.readings)) == (False, 2)
    assert asked.index == asked.readings[0].index
    other = asked.readings[1]
    verbs.confirm_adjustment(who["planner"], agency=CODE, year=YEAR, adjustment=other.adjustment)
    settled = sheet_of(CODE, YEAR).index
    assert (settled.settled, settled.index.shown()) == (True, other.index.shown())
    assert settled.index.shown() != asked.index.shown()
    with pytest.raises(NotFound):
        verbs.confirm_adjustment(who["planner"], agency=CODE, year=YEAR + 1, adjustment=None)


def test_years_of_different_schemes_are_not_compared_without_a_word(who):
    for year in (YEAR - 2, YEAR):
        verbs.save_score(who["planner"], agency=CODE, score=replace(SHEET, year=year, thematic=Decimal(0)))
    history = sheet_of(CODE, YEAR).history
    assert [point.comparable for point in history.points] == [True, False]
    assert "RB-SCHEME-CHANGE" in {item.code for item in history.findings}


def test_an_action_says_its_root_problem_and_is_reported_with_evidence(who):
    with pytest.raises(Refusal) as refused:
        verbs.save_action(
            who["planner"], agency=CODE, action=replace(ACTION, root_cause=" ", area="lain", targets=(None,) * 4)
        )
    assert len(refused.value.faults) == 3
    made = verbs.save_action(who["planner"], agency=CODE, action=ACTION)
    assert made.code == "RB-01"
    given = {"agency": CODE, "year": YEAR, "code": made.code}
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.report_action(who["planner"], **given, quarter=1, realised=Decimal(1))
    verbs.report_action(who["planner"], **given, quarter=2, realised=Decimal(1), evidence=["Keputusan"])
    with pytest.raises(Conflict):
        verbs.report_action(who["planner"], **given, quarter=2, realised=Decimal(2), evidence=["X"], seen="")
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.report_action(who["planner"], **given, quarter=3, realised=Decimal("0.5"), evidence=["X"])
    board = actions_of(who["planner"], CODE, YEAR, quarter=2)
    [line] = board.lines
    assert (line.group, line.figures[1].shown(), board.together[1].shown()) == (
        "Penataan tata laksana",
        "50,00%",
        "50,00%",
    )
    with pytest.raises(Refusal, match="sudah dilaporkan"):
        verbs.remove_action(who["planner"], **given)
    assert verbs.report_action(who["planner"], **given, quarter=2, realised=None, seen="1") is None
    verbs.remove_action(who["planner"], **given)
    assert not actions_of(who["planner"], CODE, YEAR).lines


def test_only_who_may_plan_the_reform_does(who):
    for stranger in ("employee", "staffing", "reviewer"):
        with pytest.raises(NotAllowed):
            verbs.save_action(who[stranger], agency=CODE, action=ACTION)
        with pytest.raises(NotAllowed):
            reform_units.save_units(who[stranger], agency=CODE, year=YEAR, scores=[])


def realised():
    found = load_part(CODE, YEAR, {Realisation}).realisations
    return next((item for item in found if item.indicator == "IKU-1" and item.period == Period(YEAR)), None)


def test_the_bound_indicator_computes_itself_and_takes_no_typed_value(who):
    tables.Realisation.objects.all().delete()
    with pytest.raises(Refusal):
        reform_units.bind_indicator(who["planner"], agency=CODE, indicator="IKU-2")
    reform_units.bind_indicator(who["planner"], agency=CODE, indicator="IKU-1")
    share = reform_units.save_units(
        who["planner"], agency=CODE, year=YEAR,
        scores=[UnitReform("SEK", YEAR, Decimal(85)), UnitReform("KECIL", YEAR, Decimal(41), "C")],
    )  # fmt: skip
    assert (share.good, share.whole) == (1, 2)
    assert (realised().numerator, realised().denominator) == (Decimal(1), Decimal(2))
    with pytest.raises(Refusal, match="tidak diketik"):
        record_realisation(who["planner"], agency=CODE, indicator="IKU-1", period=Period(YEAR), value=percent(99))
    board = units_of(CODE, YEAR)
    assert (board.bound, board.share.figure.shown(), list(board.names)) == ("IKU-1", "50,00%", ["SEK", "KECIL"])
    reform_units.remove_unit(who["planner"], agency=CODE, year=YEAR, unit="KECIL")
    assert realised().numerator == Decimal(1)
    tables.Realisation.objects.filter(indicator__code="IKU-1").update(status="diajukan")
    with pytest.raises(Refusal, match="tidak dapat dihitung ulang"):
        reform_units.save_units(who["planner"], agency=CODE, year=YEAR, scores=[UnitReform("KECIL", YEAR, Decimal(90))])
    reform_units.bind_indicator(who["planner"], agency=CODE, indicator="")
    assert units_of(CODE, YEAR).bound == ""


def test_an_index_beyond_the_scheme_or_of_an_unknown_unit_is_refused(who):
    for score in (
        UnitReform("SEK", YEAR, Decimal(121)),
        UnitReform("LUAR", YEAR, Decimal(80)),
        UnitReform("SEK", YEAR, Decimal(80), "ZZ"),
    ):
        with pytest.raises(Refusal):
            reform_units.save_units(who["planner"], agency=CODE, year=YEAR, scores=[score])
    assert not tables.UnitReform.objects.exists()


@pytest.mark.parametrize("format_", ["pdf", "docx", "xlsx", "html"])
def test_the_year_is_taken_away_as_a_file_with_a_record(who, tmp_path, format_):
    verbs.save_score(who["planner"], agency=CODE, score=SHEET)
    reform_units.save_units(who["planner"], agency=CODE, year=YEAR, scores=[UnitReform("SEK", YEAR, Decimal(85))])
    made = verbs.save_action(who["planner"], agency=CODE, action=ACTION)
    verbs.report_action(
        who["planner"], agency=CODE, year=YEAR, code=made.code, quarter=4, realised=Decimal(2), evidence=["Keputusan"]
    )
    path = export_reform(who["planner"], agency=CODE, year=YEAR, format=format_, output=tmp_path)
    assert path.stat().st_size > 1000
    assert tables.AuditRecord.objects.order_by("-pk").first().details["format"] == format_
    if format_ == "html":
        text = path.read_text("utf-8")
        assert "93,46" in text and "50,00" in text and "Menyederhanakan prosedur" in text
    with pytest.raises(NotAllowed):
        export_reform(who["employee"], agency=CODE, year=YEAR, format=format_, output=tmp_path)
