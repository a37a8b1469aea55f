"""Many realisations at once, taking an entry back, explanations before submission, and remarks beside a value."""

from decimal import Decimal

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.bulk_measurement import MOST, Step, move_realisations
from selaras.actions.comments import settle_comment, write_comment
from selaras.actions.measurement import erase_realisation, record_realisation, submit_realisation
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.period import Period, quarter
from selaras.core.value import percent
from selaras.store.models import AuditRecord, Comment, Explanation, FieldChange, Realisation

pytestmark = pytest.mark.django_db

ENTERS = acting("Contoh Pengisi", {Role.PLANNER}, {AGENCY.code})
VERIFIES = acting("Contoh Pemeriksa", {Role.SUPERIOR}, {AGENCY.code})
READS = acting("Contoh Pembaca", {Role.EVALUATOR}, {AGENCY.code})
Q1, Q3 = quarter(2024, 1), quarter(2024, 3)
AT = {"agency": AGENCY.code, "indicator": "IKU-1"}


@pytest.fixture(autouse=True)
def agency():
    fill(records())


def entered(period, amount=61):
    return record_realisation(ENTERS, **AT, period=period, value=percent(amount))


def test_what_is_refused_does_not_hold_up_the_others():
    entered(Q3)
    found = move_realisations(
        ENTERS, agency=AGENCY.code, step=Step.SUBMIT, items=[("IKU-1", Q3), ("IKU-1", quarter(2024, 4)), ("IKU-1", Q3)]
    )
    assert [(one.period, one.done) for one in found] == [(Q3, True), (quarter(2024, 4), False)]
    assert "belum diisi" in found[1].words
    (verified,) = move_realisations(VERIFIES, agency=AGENCY.code, step=Step.VERIFY, items=[("IKU-1", Q3)])
    assert verified.done
    (locked,) = move_realisations(VERIFIES, agency=AGENCY.code, step=Step.LOCK, items=[("IKU-1", Q3)])
    assert locked.done
    (back,) = move_realisations(VERIFIES, agency=AGENCY.code, step=Step.RETURN, items=[("IKU-1", Q3)], note="x")
    assert not back.done


def test_nothing_and_too_many_are_refused_and_so_is_who_may_not():
    with pytest.raises(Refusal, match="dipilih"):
        move_realisations(ENTERS, agency=AGENCY.code, step=Step.SUBMIT, items=[])
    with pytest.raises(Refusal, match="Terlalu banyak"):
        move_realisations(ENTERS, agency=AGENCY.code, step=Step.SUBMIT, items=[("IKU-1", Q3)] * (MOST + 1))
    with pytest.raises(NotAllowed):
        move_realisations(READS, agency=AGENCY.code, step=Step.VERIFY, items=[("IKU-1", Q3)])


def test_a_draft_is_taken_back_and_its_history_stays():
    entered(Q3)
    with pytest.raises(Conflict):
        erase_realisation(ENTERS, **AT, period=Q3, seen="60%")
    erase_realisation(ENTERS, **AT, period=Q3, seen="61%", reason="salah sel")
    assert not Realisation.objects.filter(span="triwulan", index=3).exists()
    last = FieldChange.objects.of(AGENCY.code, "Realisation", "IKU-1 Triwulan III Tahun 2024").first()
    assert (last.before, last.after, last.reason) == ("61%", "", "salah sel")
    with pytest.raises(NotFound):
        erase_realisation(ENTERS, **AT, period=Q3)


def test_what_was_submitted_is_not_taken_back():
    entered(Q3)
    submit_realisation(ENTERS, **AT, period=Q3)
    with pytest.raises(Refusal, match="sudah diajukan"):
        erase_realisation(ENTERS, **AT, period=Q3)


def test_a_missed_target_needs_a_cause_or_for_a_part_of_the_year_a_note():
    Explanation.objects.all().delete()
    entered(Q1, 10)
    with pytest.raises(Refusal) as refused:
        submit_realisation(ENTERS, **AT, period=Q1)
    assert "50,00%" in refused.value.message
    assert Realisation.objects.get(span="triwulan", index=1).status == "draf"
    assert AuditRecord.objects.last().details["refused"].startswith("Realisasi IKU-1")
    record_realisation(ENTERS, **AT, period=Q1, value=percent(10), note="Baru dimulai pada Maret.")
    assert submit_realisation(ENTERS, **AT, period=Q1).status == "diajukan"


def test_a_far_exceeded_target_needs_a_cause_too():
    Explanation.objects.all().delete()
    entered(Q1, 90)
    with pytest.raises(Refusal, match="jauh melampaui"):
        submit_realisation(ENTERS, **AT, period=Q1)


def test_a_year_needs_an_explanation_and_no_note_will_do():
    Explanation.objects.all().delete()
    Realisation.objects.filter(span="tahun", year=2024, indicator__code="IKU-1").delete()
    record_realisation(
        ENTERS, **AT, period=Period(2024), numerator=Decimal(203), denominator=Decimal(338), note="dari register"
    )
    with pytest.raises(Refusal, match="target tidak tercapai"):
        submit_realisation(ENTERS, **AT, period=Period(2024))


def test_remarks_are_kept_and_settled():
    made = write_comment(READS, agency=AGENCY.code, kind="Realisation", key="IKU-1 Tahun 2024", text=" Dari mana? ")
    assert (made.text, made.name) == ("Dari mana?", "Contoh Pembaca")
    assert settle_comment(ENTERS, agency=AGENCY.code, comment=made.pk).resolved_by == "Contoh Pengisi"
    with pytest.raises(Refusal):
        settle_comment(ENTERS, agency=AGENCY.code, comment=made.pk)
    with pytest.raises(NotFound):
        settle_comment(ENTERS, agency=AGENCY.code, comment=made.pk + 1)
    with pytest.raises(Refusal):
        write_comment(READS, agency=AGENCY.code, kind="Realisation", key="x", text="x" * 4001)
    assert Comment.objects.count() == 1
