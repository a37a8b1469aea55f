"""An evaluation from opening to the final decision: who may write what and when, and what is refused."""

from decimal import Decimal

import pytest
from tests.actions.evaluating import CODE, TEAM, answer_all, closed, letters_only, opened, people, person, probed
from tests.store.example import YEAR, records
from tests.store.filling import fill

from selaras.actions import evaluations as verbs
from selaras.actions.evaluation_teams import share_team
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.evaluation.stages import Column, State, TeamRole
from selaras.core.evaluation.template import Effort
from selaras.store import models as tables
from selaras.store.evaluations import evaluation_at, result_of, sheet_of, team_of, template_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    fill(records())
    return people()


def answer(by, row, item="1.a", letter="E", column=Column.SELF, **more):
    return verbs.answer(by, agency=CODE, evaluation=row.pk, column=column, item=item, answer=letter, **more)


def test_it_opens_with_the_instrument_of_the_year_and_only_once(who):
    row = opened(who)
    assert template_of(row).code == "permenpan-rb-88-2021"
    with pytest.raises(Refusal, match="sudah dibuka"):
        verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR)
    assert verbs.open_evaluation(who["ketua"], agency=CODE, year=2018).template == "permenpan-rb-12-2015"
    many = verbs.open_many(who["ketua"], agency=CODE, year=YEAR, units=["DINAS", "SEK", "SEK"])
    assert [item.unit.code for item in many] == ["DINAS", "SEK"]
    with pytest.raises(Refusal, match="Tidak ada evaluasi yang dibuka"):
        verbs.open_many(who["ketua"], agency=CODE, year=YEAR, units=["SEK"])


def test_who_is_of_the_unit_is_not_of_the_team(who):
    row = opened(who)
    with pytest.raises(Refusal, match="berasal dari unit"):
        person("unit", Role.EVALUATOR)
        verbs.set_team(who["ketua"], agency=CODE, evaluation=row.pk, members={**TEAM, "unit": TeamRole.MEMBER})
    with pytest.raises(Refusal, match="tidak dapat menjadi anggota"):
        verbs.set_team(who["ketua"], agency=CODE, evaluation=row.pk, members={"pimpinan": TeamRole.MEMBER})
    with pytest.raises(NotAllowed):
        verbs.set_team(who["unit"], agency=CODE, evaluation=row.pk, members=TEAM)
    verbs.set_team(who["ketua"], agency=CODE, evaluation=row.pk, members={"ketua": TeamRole.CHIEF})
    assert tables.EvaluationMember.objects.count() == 1


def test_each_column_is_written_by_its_own_people_at_its_own_time(who):
    row = opened(who)
    with pytest.raises(NotAllowed, match="unit kerja"):
        answer(who["anggota"], row)
    with pytest.raises(NotAllowed, match="anggota atau ketua tim"):
        answer(who["unit"], row, column=Column.EVALUATOR)
    with pytest.raises(Refusal, match="diisi saat evaluasi berstatus diajukan"):
        answer(who["anggota"], row, column=Column.EVALUATOR)
    answer(who["unit"], row)
    outsider = person("luar", Role.EVALUATOR)
    with pytest.raises(NotAllowed):
        answer(outsider, row, column=Column.EVALUATOR)


def test_answers_are_kept_with_their_history_and_taken_back(who):
    row = opened(who)
    answer(who["unit"], row, letter="D", reason="Baru dimulai.")
    answer(who["unit"], row, letter="E")
    changes = list(tables.FieldChange.objects.filter(kind="Evaluation", field="penilaian mandiri, 1.a"))
    assert [(item.before, item.after) for item in changes] == [("", "D"), ("D", "E")]
    assert answer(who["unit"], row, letter="") is None
    assert not tables.EvaluationAnswer.objects.exists()


def test_what_somebody_else_answered_meanwhile_is_a_conflict(who):
    row = opened(who)
    answer(who["unit"], row, letter="E")
    with pytest.raises(Conflict, match="sudah diubah"):
        answer(who["unit"], row, letter="D", seen="")
    answer(who["unit"], row, letter="D", seen="E")


def test_an_answer_that_criteria_or_records_contradict_is_refused_with_the_reason(who):
    row = opened(who)
    with pytest.raises(Refusal) as refused:
        answer(who["unit"], row, item="3.a.4", letter="terpenuhi")
    assert "reviu" in refused.value.faults[0].read + refused.value.faults[0].expected
    answer(who["unit"], row, item="1.a.1", letter="belum")
    with pytest.raises(Refusal, match="bertentangan"):
        answer(who["unit"], row, item="1.a", letter="BB")
    with pytest.raises(Refusal, match="tidak sesuai dengan instrumennya"):
        answer(who["unit"], row, item="1.a", letter="Z")
    with pytest.raises(NotFound):
        answer(who["unit"], row, item="9.z", letter="A")


def test_an_answer_above_the_proposal_needs_its_evidence(who):
    from selaras.actions.evaluation_papers import add_proof

    row = opened(who)
    answer_all(who["unit"], row, Column.SELF, "BB", only={"1.a"})
    with pytest.raises(Refusal) as refused:
        answer(who["unit"], row, letter="A", years=2)
    assert "bukti bahwa semua kriteria" in refused.value.faults[0].message
    add_proof(
        who["unit"],
        agency=CODE,
        evaluation=row.pk,
        item="1.a",
        link="https://contoh.example/renstra",
        note="Lima tahun.",
    )
    assert answer(who["unit"], row, letter="A", years=2).years == 2
    with pytest.raises(Refusal):
        answer(who["unit"], row, item="1.b", letter="A", effort=Effort.NOTABLE)


def test_it_is_handed_in_complete_and_given_back_with_a_note(who):
    row = opened(who)
    with pytest.raises(Refusal) as refused:
        verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    assert "1.a, 1.b" in refused.value.faults[0].read
    letters_only(who["unit"], row, Column.SELF)
    verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    with pytest.raises(Refusal, match="catatan"):
        verbs.return_to_unit(who["ketua"], agency=CODE, evaluation=row.pk, note=" ")
    assert verbs.return_to_unit(who["ketua"], agency=CODE, evaluation=row.pk, note="Lengkapi.").state == State.DRAFT


def test_the_four_columns_lead_to_a_final_score_and_differences_need_reasons(who):
    row = opened(who)
    answer_all(who["unit"], row, Column.SELF, "BB", only={"1.b"})
    letters_only(who["unit"], row, Column.SELF, only={s.code for s in template_of(row).subcomponents} - {"1.b"})
    verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    letters_only(who["anggota"], row, Column.EVALUATOR)
    with pytest.raises(NotAllowed, match="ketua tim"):
        verbs.evaluate_done(who["anggota"], agency=CODE, evaluation=row.pk)
    with pytest.raises(Refusal, match=r"belum diberi alasan: 1\.b"):
        verbs.evaluate_done(who["ketua"], agency=CODE, evaluation=row.pk)
    answer(who["ketua"], row, item="1.b", letter="E", column=Column.EVALUATOR, reason="Tidak ada bukti.")
    with pytest.raises(Refusal, match="belum bersandar pada kriteria") as refused:
        verbs.evaluate_done(who["ketua"], agency=CODE, evaluation=row.pk)
    assert len(refused.value.faults) == 12
    probed(row)
    verbs.evaluate_done(who["ketua"], agency=CODE, evaluation=row.pk)
    answer(who["mutu"], row, item="1.b", letter="D", column=Column.CONTROL, reason="Sudah dimulai.")
    verbs.control_done(who["mutu"], agency=CODE, evaluation=row.pk)
    final = verbs.close(who["kepala"], agency=CODE, evaluation=row.pk)
    assert (final.score, final.predicate, final.state) == (Decimal("2.70"), "D", State.FINAL.value)
    assert {line.part.code for line in sheet_of(final).beside.differences} == {"1.b"}
    assert result_of(final, Column.FINAL).total == final.score
    with pytest.raises(Refusal, match="diisi saat"):
        answer(who["kepala"], row, item="1.b", letter="E", column=Column.FINAL)


def test_no_sheet_becomes_final_on_answers_that_rest_on_no_criterion(who):
    row = closed(who)
    verbs.reopen(who["kepala"], agency=CODE, evaluation=row.pk, reason="Bukti baru.")
    # of a sheet that was closed before criteria were asked for
    tables.EvaluationAnswer.objects.filter(evaluation=row, item__startswith="1.a.").delete()
    with pytest.raises(Refusal, match="keputusan akhir belum bersandar pada kriteria") as refused:
        verbs.close(who["kepala"], agency=CODE, evaluation=row.pk)
    [fault] = refused.value.faults
    assert "1.a" in fault.place.record
    answer(who["kepala"], row, item="1.a.1", letter="belum", column=Column.FINAL)
    assert verbs.close(who["kepala"], agency=CODE, evaluation=row.pk).state == State.FINAL.value


def test_a_final_decision_is_taken_back_only_by_its_lead_and_for_a_reason(who):
    row = closed(who)
    with pytest.raises(NotAllowed):
        verbs.reopen(who["ketua"], agency=CODE, evaluation=row.pk, reason="Keliru.")
    with pytest.raises(Refusal, match="Alasan"):
        verbs.reopen(who["kepala"], agency=CODE, evaluation=row.pk, reason="")
    again = verbs.reopen(who["kepala"], agency=CODE, evaluation=row.pk, reason="Bukti baru.")
    assert (again.score, again.predicate, again.state) == (None, "", State.CONTROLLED.value)


def test_evaluators_take_over_what_they_agree_with(who):
    row = opened(who)
    letters_only(who["unit"], row, Column.SELF)
    verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    answer(who["anggota"], row, item="1.a", letter="E", column=Column.EVALUATOR)
    assert verbs.adopt_answers(who["anggota"], agency=CODE, evaluation=row.pk, column=Column.EVALUATOR) == 11
    with pytest.raises(Refusal, match="Tidak ada jawaban penilaian mandiri"):
        verbs.adopt_answers(who["anggota"], agency=CODE, evaluation=row.pk, column=Column.EVALUATOR)


def test_criteria_are_taken_over_without_the_answer_and_the_trail_says_from_where(who):
    row = opened(who)
    answer_all(who["unit"], row, Column.SELF, "E")
    verbs.submit(who["unit"], agency=CODE, evaluation=row.pk)
    answer(who["anggota"], row, item="1.a.2", letter="sebagian", column=Column.EVALUATOR)
    at = {"agency": CODE, "evaluation": row.pk, "column": Column.EVALUATOR, "criteria": True}
    assert verbs.adopt_answers(who["anggota"], **at, only={"1.a", "1.a.1", "1.a.2", "1.a.3"}) == 2
    assert verbs.adopt_answers(who["anggota"], **at) == 77
    rows = tables.EvaluationAnswer.objects.filter(evaluation=row, column=Column.EVALUATOR.value)
    assert rows.get(item="1.a.2").answer == "sebagian"
    assert not rows.filter(item__in=("1.a", "4.c")).exists()
    change = tables.FieldChange.objects.get(kind="Evaluation", field="evaluator, 1.a.3")
    assert (change.actor, change.reason) == (who["anggota"].name, "diambil alih dari penilaian mandiri")
    record = tables.AuditRecord.objects.filter(action="mengambil alih jawaban").latest("pk")
    assert (record.details["from"], record.details["count"]) == ("penilaian mandiri", 77)


def test_strangers_learn_nothing_and_colleagues_only_what_is_theirs(who):
    row = opened(who)
    stranger = acting("Asing", {Role.EVALUATOR}, {"LAIN"})
    with pytest.raises(NotFound):
        verbs.submit(stranger, agency=CODE, evaluation=row.pk)
    with pytest.raises(NotFound):
        evaluation_at(stranger, CODE, row.pk)
    with pytest.raises(NotAllowed):
        verbs.submit(who["pimpinan"], agency=CODE, evaluation=row.pk)
    with pytest.raises(NotFound):
        verbs.submit(who["unit"], agency=CODE, evaluation=row.pk + 99)


def test_a_draft_opened_by_mistake_is_removed_with_its_reason(who):
    row = opened(who)
    with pytest.raises(Refusal):
        verbs.discard(who["ketua"], agency=CODE, evaluation=row.pk, reason="")
    verbs.discard(who["ketua"], agency=CODE, evaluation=row.pk, reason="Salah tahun.")
    assert not tables.Evaluation.objects.exists()
    final = closed(who)
    with pytest.raises(Refusal, match="tidak dihapus"):
        verbs.discard(who["ketua"], agency=CODE, evaluation=final.pk, reason="x")


def test_every_act_leaves_one_record_also_a_refused_one(who):
    row = opened(who)
    before = tables.AuditRecord.objects.count()
    answer(who["unit"], row)
    with pytest.raises(Refusal):
        answer(who["unit"], row, letter="Z")
    assert tables.AuditRecord.objects.count() == before + 2
    assert tables.AuditRecord.objects.first_broken() is None


def test_one_team_is_given_to_all_that_have_none(who):
    first = opened(who)
    second = verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR, unit="SEK")
    third = verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR, unit="DINAS")
    verbs.set_team(who["ketua"], agency=CODE, evaluation=third.pk, members={"ketua": TeamRole.CHIEF})
    with pytest.raises(NotAllowed):
        share_team(who["unit"], agency=CODE, evaluation=first.pk)
    with pytest.raises(Refusal, match="belum disusun"):
        share_team(who["ketua"], agency=CODE, evaluation=second.pk)
    assert share_team(who["ketua"], agency=CODE, evaluation=first.pk) == 1
    assert team_of(second) == TEAM
    assert team_of(third) == {"ketua": TeamRole.CHIEF}
    with pytest.raises(Refusal, match="sudah mempunyai tim"):
        share_team(who["ketua"], agency=CODE, evaluation=first.pk)


def test_a_team_is_not_shared_where_a_member_is_of_the_unit(who):
    first = opened(who)
    unit = tables.Unit.objects.get(code="SEK")
    person("anggota", Role.PLANNER, unit)
    verbs.open_evaluation(who["ketua"], agency=CODE, year=YEAR, unit="SEK")
    with pytest.raises(Refusal, match="berasal dari unit"):
        share_team(who["ketua"], agency=CODE, evaluation=first.pk)
    assert tables.EvaluationMember.objects.exclude(evaluation=first).count() == 0
