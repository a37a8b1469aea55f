"""What the tables hold of evaluations: the board, facts drawn by the system, signs, and how many queries they take."""

from datetime import date
from decimal import Decimal

import pytest
from tests.actions.evaluating import CODE, answer_all, closed, letters_only, opened, people
from tests.store.example import YEAR, records
from tests.store.filling import fill

from selaras.actions.evaluations import open_many, submit
from selaras.actions.recommendations import give
from selaras.core.access import Actor, Grant, Role, acting
from selaras.core.agreements import Agreement, AgreementLine, RevisionReason
from selaras.core.evaluation.facts import UNKNOWN
from selaras.core.evaluation.stages import Column, State, TeamRole
from selaras.core.measurement.records import Realisation
from selaras.core.period import Period
from selaras.core.value import percent
from selaras.rulebook.lke import templates
from selaras.store import models as tables
from selaras.store.evaluation_board import board
from selaras.store.evaluation_facts import drawn_of, facts_of, signs_of
from selaras.store.evaluations import evaluations_of
from selaras.store.kept import forget
from selaras.store.models.work import EditionState, ReviewState

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    forget()
    fill(records())
    return people()


def test_the_board_has_a_row_for_every_unit_in_the_order_of_the_tree(who):
    row = opened(who, "SEK")
    found = board(who["ketua"], YEAR, CODE)
    assert [(item.unit, item.depth, item.state) for item in found] == [
        ("", 0, None), ("DINAS", 1, None), ("SEK", 2, State.DRAFT),
    ]  # fmt: skip
    assert (found[2].evaluation, found[2].role, found[2].questions) == (row.pk, TeamRole.CHIEF, 12)


def test_a_score_in_the_making_is_that_of_the_latest_complete_column(who):
    row = opened(who)
    answer_all(who["unit"], row, Column.SELF, "BB", only={"1.b"})
    first = board(who["unit"], YEAR, CODE)[0]
    assert (first.score, first.answered, first.column) == (Decimal("7.20"), 1, Column.SELF)
    letters_only(who["unit"], row, Column.SELF, only={s for s in _codes() if s != "1.b"})
    submit(who["unit"], agency=CODE, evaluation=row.pk)
    letters_only(who["anggota"], row, Column.EVALUATOR, only={"1.a"})
    seen = board(who["anggota"], YEAR, CODE)[0]
    assert (seen.score, seen.column, seen.answered) == (Decimal("7.20"), Column.SELF, 1)
    letters_only(who["anggota"], row, Column.EVALUATOR, only={s for s in _codes() if s != "1.a"})
    assert board(who["anggota"], YEAR, CODE)[0].column is Column.EVALUATOR
    own = board(who["unit"], YEAR, CODE)[0]
    assert (own.column, own.questions) == (Column.SELF, 0)


def _codes():
    return [sub.code for sub in templates()["permenpan-rb-88-2021"].subcomponents]


def test_last_years_score_and_open_recommendations_stand_beside(who):
    closed(who)
    give(who["ketua"], agency=CODE, year=YEAR, text="Perbaiki.")
    whole = board(who["ketua"], YEAR + 1, CODE)[0]
    assert (whole.last_score, whole.last_predicate, whole.open_recommendations) == (Decimal(0), "D", 1)


def test_the_board_takes_as_many_queries_for_many_units_as_for_few(who, django_assert_max_num_queries):
    many = records()
    from selaras.core.org import Unit

    many[Unit] += [Unit(f"U-{number}", f"Unit {number}", "DINAS") for number in range(40)]
    fill(many)
    open_many(who["ketua"], agency=CODE, year=YEAR, units=[f"U-{number}" for number in range(40)])
    with django_assert_max_num_queries(6):
        assert len(board(who["ketua"], YEAR, CODE)) == 43
    with django_assert_max_num_queries(5):
        assert [item.agency for item in board(acting("Kementerian", {Role.EVALUATOR}), YEAR)] == [CODE]


def test_a_role_for_a_unit_sees_its_rows_only(who):
    opened(who)
    opened(who, "SEK")
    member = Actor("Contoh", (Grant(Role.PLANNER, CODE, frozenset({"SEK"})),))
    assert [item.unit for item in board(member, YEAR, CODE)] == ["SEK"]
    assert [row.unit.code for row in evaluations_of(member, CODE, YEAR)] == ["SEK"]
    assert not board(acting("Asing", {Role.EVALUATOR}, {"LAIN"}), YEAR, CODE)


def test_facts_come_from_plan_agreement_measurement_and_budget(who):
    facts = facts_of(CODE, "", YEAR)
    assert (facts.strategic_plan, facts.long_term_plan) == (True, True)
    assert (facts.agreement_on, facts.agreement_revisions, facts.agreement_delay) == (date(2024, 1, 5), 1, 4)
    assert (facts.annual_targets, facts.action_targets, facts.contributions) == (1, 1, 1)
    assert (facts.realisations, facts.verified_share) == (3, Decimal(100) / 3)
    assert (facts.indicators_defined, facts.indicators_cascaded) == (50, 50)
    assert (facts.report_on, facts.reviewed_on, facts.recommendations_given) == (None, None, 0)
    assert facts.employees_with_goals is UNKNOWN
    unit = facts_of(CODE, "SEK", YEAR)
    assert (unit.agreement_on, unit.annual_targets, unit.indicators_cascaded) == (None, 2, 0)


def test_employees_with_agreed_goals_are_counted_by_unit_once_the_year_has_goals(who):
    agency = tables.Agency.objects.get()
    assert facts_of(CODE, "", YEAR).employees_with_goals is UNKNOWN
    places = {unit.code: unit for unit in tables.Unit.objects.filter(agency=agency)}
    chair = tables.Position.objects.get(agency=agency, code="KADIS")
    tables.Employee.objects.filter(agency=agency).delete()
    tables.Tenure.objects.filter(agency=agency).update(nip="")
    tables.Tenure.objects.filter(agency=agency, name="Contoh Kedua").update(nip="199001012020121001")

    def employee(code, unit, nip=""):
        return tables.Employee.objects.create(
            agency=agency, code=code, name=f"Contoh {code}", status="pns", unit=unit, nip=nip
        )

    def plan(code, person=None, state="disepakati"):
        tables.SkpPlan.objects.create(
            agency=agency, code=code, year=YEAR, position=chair, employee=person, form="jf", method="langsung",
            since=date(YEAR, 1, 1), until=date(YEAR, 12, 31), capacity="definitif", cycle="triwulan", state=state,
        )  # fmt: skip

    employee("KEPALA", places["DINAS"], "199001012020121001")
    first, second = employee("A", places["SEK"]), employee("B", places["SEK"])
    employee("C", None)
    plan("SKP-A", first)
    plan("SKP-B", second, "diajukan")
    forget()
    assert facts_of(CODE, "SEK", YEAR).employees_with_goals == 50
    assert facts_of(CODE, "", YEAR).employees_with_goals == 25
    plan("SKP-K")
    forget()
    assert facts_of(CODE, "", YEAR).employees_with_goals == 50


def test_reports_reviews_and_evaluations_before_are_facts(who):
    agency = tables.Agency.objects.get()
    edition = tables.ReportEdition.objects.create(
        agency=agency, year=YEAR, kind="lkjip", span="tahun", state=EditionState.PUBLISHED.value,
        frozen_at="2025-02-01T03:00:00Z", approved_at="2025-02-10T03:00:00Z", published_at="2025-02-20T03:00:00Z",
    )  # fmt: skip
    case = tables.ReviewCase.objects.create(
        agency=agency, edition=edition, title="x", state=ReviewState.DONE.value, closed_at="2025-02-05T03:00:00Z"
    )
    tables.ReviewDecision.objects.create(case=case, fingerprint="a" * 32, judgement="diterima")
    closed(who)
    facts = facts_of(CODE, "", YEAR)
    assert (facts.report_on, facts.report_signed_on) == (date(2025, 2, 1), date(2025, 2, 10))
    assert (facts.report_published_on, facts.reviewed_on) == (date(2025, 2, 20), date(2025, 2, 5))
    assert (facts.review_findings, facts.review_findings_open) == (1, 1)
    give(who["ketua"], agency=CODE, year=YEAR, text="Perbaiki.")
    after = facts_of(CODE, "", YEAR + 1)
    assert after.evaluated_on is not None
    assert (after.recommendations_given, after.recommendations_closed) == (1, 0)


def test_facts_signs_and_what_they_say_on_criteria_take_three_queries_at_first_and_one_later(
    who, django_assert_num_queries
):
    template = templates()["permenpan-rb-88-2021"]
    with django_assert_num_queries(3):
        found = drawn_of(CODE, "", YEAR, template)
    assert found.observed["3.a.4"][0].met is False
    with django_assert_num_queries(1):
        drawn_of(CODE, "SEK", YEAR, template)


def test_facts_are_read_anew_after_an_act_but_not_after_an_answer(who, django_assert_num_queries):
    row = opened(who)
    facts_of(CODE, "", YEAR)
    letters_only(who["unit"], row, Column.SELF, only={"1.a"})
    with django_assert_num_queries(1):
        facts_of(CODE, "", YEAR)
    give(who["ketua"], agency=CODE, year=YEAR, text="Perbaiki.")
    with django_assert_num_queries(4):
        facts_of(CODE, "", YEAR)


def test_a_target_like_last_years_result_and_one_lowered_late_are_signs():
    forget()
    kinds = records()
    kinds[Realisation].append(Realisation("IKU-1", Period(2023), percent(80)))
    kinds[Agreement].append(
        Agreement("PK-2", YEAR, "KADIS", "WALI", 2, date(2024, 11, 5), "Misal", RevisionReason.PRIORITY)
    )
    kinds[AgreementLine].append(AgreementLine("PK-2", 1, "Layanan cepat", "Layanan", percent(80), "%", "IKU-1"))
    fill(kinds)
    assert {finding.code for finding in signs_of(CODE, "", YEAR)} == {"LKE-TARGET-TETAP", "LKE-TARGET-TURUN"}
    assert signs_of(CODE, "SEK", YEAR) == ()
