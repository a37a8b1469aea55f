"""A recommendation's way: given, planned, worked on, claimed, verified by another person, answered by the next plan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.actions.evaluating import CODE, closed, people, person
from tests.store.example import YEAR, records
from tests.store.filling import fill

from selaras.actions import recommendations as verbs
from selaras.actions.evidence import Upload
from selaras.core.access import Role
from selaras.core.duties import duties_of
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.evaluation.recommendations import Stage
from selaras.store import models as tables
from selaras.store.duties import board_of
from selaras.store.evidence import path_of
from selaras.store.recommendations import of_report, recommendation_at, recommendations_of

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def who(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    fill(records())
    found = people()
    found["atasan"] = person("atasan", Role.SUPERIOR)
    return found


@pytest.fixture
def given(who):
    row = verbs.give(who["ketua"], agency=CODE, year=YEAR - 1, component="2", text="Ukur kinerja setiap triwulan.")
    return row.code


def planned(who, code):
    return verbs.plan(who["unit"], agency=CODE, code=code, action="Susun jadwal.", responsible="KADIS", due=LATER)


def step(who, code, by="unit", **more):
    return verbs.add_step(who[by], agency=CODE, code=code, text="Jadwal disusun.", **more)


def test_it_gets_a_code_of_its_own_and_the_unit_is_told(who, given):
    assert given == f"REK-{YEAR - 1}-01"
    row = closed(who)
    more = verbs.give(who["ketua"], agency=CODE, year=YEAR, text="Perbaiki IKU.", evaluation=row.pk)
    assert (more.code, more.source) == (f"REK-{YEAR}-01", "evaluasi")
    assert tables.Notice.objects.filter(user__username="unit", topic="rekomendasi").count() == 2
    with pytest.raises(NotAllowed):
        verbs.give(who["unit"], agency=CODE, year=YEAR, text="x")
    with pytest.raises(Refusal):
        verbs.give(who["ketua"], agency=CODE, year=YEAR, text=" ")
    with pytest.raises(NotFound):
        verbs.give(who["ketua"], agency=CODE, year=YEAR, text="x", unit="TIDAK-ADA")


def test_a_plan_needs_action_person_and_day(who, given):
    with pytest.raises(Refusal) as refused:
        verbs.plan(who["unit"], agency=CODE, code=given, action="", responsible="", due=None)
    assert len(refused.value.faults) == 3
    with pytest.raises(Refusal, match="tidak dapat menjadi dikerjakan"):
        step(who, given)
    assert planned(who, given).responsible.code == "KADIS"
    with pytest.raises(Refusal, match="sudah direncanakan"):
        verbs.withdraw(who["ketua"], agency=CODE, code=given, reason="Keliru.")


def test_it_is_done_only_when_another_person_has_verified_its_evidence(who, given):
    planned(who, given)
    step(who, given)
    with pytest.raises(Refusal, match="memerlukan bukti"):
        verbs.claim(who["unit"], agency=CODE, code=given)
    made = step(who, given, link="https://contoh.example/jadwal")
    with pytest.raises(NotAllowed):
        verbs.verify_step(who["unit"], agency=CODE, step=made.pk)
    assert verbs.verify_step(who["ketua"], agency=CODE, step=made.pk).verified_by == who["ketua"].name
    verbs.claim(who["unit"], agency=CODE, code=given)
    with pytest.raises(NotAllowed, match="orang lain"):
        verbs.decide(who["unit"], agency=CODE, code=given)
    with pytest.raises(Refusal, match="alasan"):
        verbs.decide(who["ketua"], agency=CODE, code=given, accept=False)
    assert (
        verbs.decide(who["ketua"], agency=CODE, code=given, accept=False, reason="Belum lengkap.").stage
        == Stage.REJECTED
    )
    verbs.claim(who["unit"], agency=CODE, code=given)
    row = verbs.decide(who["atasan"], agency=CODE, code=given)
    assert (row.stage, row.decided_by) == (Stage.VERIFIED.value, who["atasan"].name)
    assert all(item.verified_at for item in row.steps.all())
    with pytest.raises(Refusal):
        step(who, given)


def test_a_step_is_returned_with_a_reason_and_an_own_one_taken_back(who, given, tmp_path):
    planned(who, given)
    file = tmp_path / "x"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    made = step(who, given, upload=Upload(file, "Jadwal.pdf"))
    assert path_of(CODE, made.file).exists()
    with pytest.raises(Refusal, match="Alasan"):
        verbs.verify_step(who["ketua"], agency=CODE, step=made.pk, accept=False)
    verbs.verify_step(who["ketua"], agency=CODE, step=made.pk, accept=False, reason="Tidak terbaca.")
    assert recommendation_at(who["unit"], CODE, given).record.evidence == ()
    other = step(who, given)
    with pytest.raises(NotAllowed):
        verbs.withdraw_step(who["ketua"], agency=CODE, step=other.pk)
    verbs.withdraw_step(who["unit"], agency=CODE, step=other.pk)
    assert tables.RecommendationStep.objects.count() == 1


def test_a_target_or_activity_of_the_next_plan_answers_it(who, given):
    made = verbs.link_plan(who["unit"], agency=CODE, code=given, year=YEAR, indicator="IKU-1")
    with pytest.raises(Refusal, match="sudah dikaitkan"):
        verbs.link_plan(who["unit"], agency=CODE, code=given, year=YEAR, indicator="IKU-1")
    with pytest.raises(Refusal, match="sebut satu"):
        verbs.link_plan(who["unit"], agency=CODE, code=given, year=YEAR, indicator="IKU-1", node="P1")
    verbs.link_plan(who["unit"], agency=CODE, code=given, year=YEAR, node="P1")
    items, replies = of_report(CODE, YEAR)
    assert [item.code for item in items] == [given]
    assert {(item.indicator, item.node) for item in replies} == {("IKU-1", ""), ("", "P1")}
    verbs.unlink_plan(who["unit"], agency=CODE, reply=made.pk)
    assert len(of_report(CODE, YEAR)[1]) == 1


def test_it_waits_on_the_start_page_of_whoever_must_act(who, given):
    def waiting(actor):
        day = date(2025, 1, 2)
        return {duty.work.value for duty in duties_of(actor, CODE, board_of(CODE, YEAR, day).items, day)}

    assert "menindaklanjuti rekomendasi" in waiting(who["unit"])
    planned(who, given)
    step(who, given, link="https://contoh.example/jadwal")
    verbs.claim(who["unit"], agency=CODE, code=given)
    assert "memverifikasi rekomendasi" not in waiting(who["unit"])
    assert "memverifikasi rekomendasi" in waiting(who["ketua"])


def test_the_register_is_narrowed_and_takes_three_queries(who, given, django_assert_num_queries):
    verbs.give(who["ketua"], agency=CODE, year=YEAR, text="Lain.", unit="SEK")
    with django_assert_num_queries(3):
        assert len(recommendations_of(who["unit"], CODE)) == 2
    assert [item.row.code for item in recommendations_of(who["unit"], CODE, year=YEAR)] == [f"REK-{YEAR}-01"]
    assert [item.row.code for item in recommendations_of(who["unit"], CODE, unit="")] == [given]


def test_the_daily_run_reminds_of_what_is_due(who, given):
    from selaras.actions.evaluation_papers import ask_document
    from selaras.actions.evaluations import open_evaluation, set_team
    from selaras.actions.notices import remind
    from selaras.core.access import operator
    from selaras.core.evaluation.stages import TeamRole

    planned(who, given)
    row = open_evaluation(who["ketua"], agency=CODE, year=YEAR, due=LATER)
    set_team(who["ketua"], agency=CODE, evaluation=row.pk, members={"ketua": TeamRole.CHIEF})
    ask_document(who["ketua"], agency=CODE, evaluation=row.pk, text="Notula.", due=LATER)
    before = tables.Notice.objects.filter(topic="tenggat")
    assert remind(operator("jadwal"), day=LATER - timedelta(days=5)) == 0
    assert remind(operator("jadwal"), day=LATER - timedelta(days=3)) == before.count() == 3
    assert remind(operator("jadwal"), day=LATER - timedelta(days=3)) == 0
    assert {text.split()[0] for text in before.values_list("text", flat=True)} == {
        "Rekomendasi",
        "Dokumen",
        "Penilaian",
    }
