"""A realisation on its way from draft to locked, and who may take it there."""

import dataclasses
from decimal import Decimal

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.measurement import (
    lock_realisation,
    record_realisation,
    return_realisation,
    submit_realisation,
    verify_realisation,
)
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import TRANSITIONS, Progress, Realisation
from selaras.core.period import quarter
from selaras.core.place import NOWHERE
from selaras.core.value import grade, percent
from selaras.store.models import AuditRecord, FieldChange, Indicator

pytestmark = pytest.mark.django_db

ENTERS = acting("Contoh Pengisi", {Role.PLANNER}, {AGENCY.code})
VERIFIES = acting("Contoh Pemeriksa", {Role.PLANNER}, {AGENCY.code})
READS = acting("Contoh Pembaca", {Role.READER})
AT = {"agency": AGENCY.code, "indicator": "IKU-1", "period": quarter(2024, 3)}


@pytest.fixture(autouse=True)
def agency():
    fill(records())


def recorded():
    return record_realisation(ENTERS, **AT, numerator=Decimal(203), denominator=Decimal(338), note="dari register")


def test_it_goes_from_draft_to_locked():
    entered = recorded()
    assert dataclasses.replace(entered, place=NOWHERE) == Realisation(
        "IKU-1", AT["period"], None, Decimal(203), Decimal(338), Progress.DRAFT, "Contoh Pengisi", "", "dari register"
    )
    assert submit_realisation(ENTERS, **AT).status is Progress.SUBMITTED
    verified = verify_realisation(VERIFIES, **AT)
    assert (verified.status, verified.verified_by) == (Progress.VERIFIED, "Contoh Pemeriksa")
    assert lock_realisation(VERIFIES, **AT).status is Progress.LOCKED
    actions = list(AuditRecord.objects.values_list("actor", "action"))
    assert actions == [
        ("Contoh Pengisi", "mencatat realisasi"),
        ("Contoh Pengisi", "mengajukan realisasi"),
        ("Contoh Pemeriksa", "memverifikasi realisasi"),
        ("Contoh Pemeriksa", "mengunci realisasi"),
    ]
    assert AuditRecord.objects.first_broken() is None


def test_who_entered_it_may_not_verify_it():
    recorded()
    submit_realisation(ENTERS, **AT)
    with pytest.raises(NotAllowed, match="orang lain"):
        verify_realisation(dataclasses.replace(ENTERS, name="contoh pengisi "), **AT)
    assert AuditRecord.objects.count() == 3
    assert "orang lain" in AuditRecord.objects.last().details["refused"]


def test_it_is_returned_with_a_note():
    recorded()
    submit_realisation(ENTERS, **AT)
    with pytest.raises(Refusal, match="catatan"):
        return_realisation(VERIFIES, **AT, note=" ")
    returned = return_realisation(VERIFIES, **AT, note="lampirkan register")
    assert (returned.status, returned.note, returned.verified_by) == (Progress.DRAFT, "lampirkan register", "")
    assert record_realisation(ENTERS, **AT, value=percent(61)).value == percent(61)


def test_only_a_draft_is_written_anew():
    recorded()
    submit_realisation(ENTERS, **AT)
    with pytest.raises(Refusal, match="sudah diajukan"):
        recorded()


@pytest.mark.parametrize("state", Progress)
def test_no_state_is_skipped(state):
    recorded()
    steps = {
        Progress.SUBMITTED: lambda: submit_realisation(ENTERS, **AT),
        Progress.VERIFIED: lambda: verify_realisation(VERIFIES, **AT),
        Progress.LOCKED: lambda: lock_realisation(VERIFIES, **AT),
        Progress.DRAFT: lambda: return_realisation(VERIFIES, **AT, note="ulang"),
    }
    for step in list(Progress)[1 : list(Progress).index(state) + 1]:
        steps[step]()
    for to, step in steps.items():
        if to not in TRANSITIONS[state]:
            with pytest.raises(Refusal):
                step()


def test_a_typed_percentage_must_be_the_quotient():
    with pytest.raises(Refusal, match="60,06%"):
        record_realisation(ENTERS, **AT, value=percent(56), numerator=Decimal(203), denominator=Decimal(338))
    assert "tidak dicatat" in AuditRecord.objects.get().details["refused"]
    assert not FieldChange.objects.exists()


def test_a_value_that_somebody_else_wrote_meanwhile_is_shown_and_kept():
    recorded()
    late = {"numerator": Decimal(200), "denominator": Decimal(338)}
    with pytest.raises(Conflict) as refused:
        record_realisation(VERIFIES, **AT, **late, seen="")
    assert [(clash.stands, clash.given) for clash in refused.value.clashes] == [("203 dari 338", "200 dari 338")]
    assert refused.value.by == "Contoh Pengisi"
    assert record_realisation(VERIFIES, **AT, **late, seen="203 dari 338").numerator == 200


def test_the_history_says_who_when_from_to_and_why():
    recorded()
    record_realisation(ENTERS, **AT, numerator=Decimal(204), denominator=Decimal(338), reason="satu laporan menyusul")
    submit_realisation(ENTERS, **AT)
    history = FieldChange.objects.of(AGENCY.code, "Realisation", "IKU-1 Triwulan III Tahun 2024")
    assert [(change.field, change.before, change.after, change.reason) for change in history] == [
        ("Status", "draf", "diajukan", ""),
        ("Catatan", "dari register", "", "satu laporan menyusul"),
        ("Realisasi", "203 dari 338", "204 dari 338", "satu laporan menyusul"),
        ("Catatan", "", "dari register", ""),
        ("Realisasi", "", "203 dari 338", ""),
    ]
    sealed = AuditRecord.objects.get(action="mengajukan realisasi").details
    assert FieldChange.objects.filter(act=sealed["act"]).digest() == sealed["digest"]


def test_the_holder_of_the_responsible_position_may_enter_and_others_of_the_public_may_not():
    position = Indicator.objects.get(code="IKU-1").responsible
    stranger = acting("Contoh Warga", {Role.READER}, {AGENCY.code})
    with pytest.raises(NotAllowed):
        record_realisation(stranger, **AT, numerator=Decimal(1), denominator=Decimal(2))
    assert position is not None
    holder = dataclasses.replace(stranger, positions=frozenset({(AGENCY.code, position.code)}))
    assert record_realisation(holder, **AT, numerator=Decimal(1), denominator=Decimal(2)).entered_by == "Contoh Warga"


@pytest.mark.parametrize(
    "given", [{}, {"value": grade("BB")}, {"numerator": Decimal(1)}, {"value": percent("1." + "1" * 20)}]
)
def test_what_makes_no_sense_is_refused(given):
    with pytest.raises(Refusal):
        record_realisation(ENTERS, **AT, **given)


def test_unknown_things_are_not_found():
    with pytest.raises(NotFound):
        record_realisation(ENTERS, **{**AT, "indicator": "LAIN"}, value=percent(1))
    with pytest.raises(NotFound):
        submit_realisation(ENTERS, **AT)


def test_a_reader_may_do_nothing():
    for step in (
        lambda: record_realisation(READS, **AT, value=percent(1)),
        lambda: submit_realisation(READS, **AT),
        lambda: verify_realisation(READS, **AT),
        lambda: return_realisation(READS, **AT, note="x"),
        lambda: lock_realisation(READS, **AT),
    ):
        with pytest.raises(NotAllowed):
            step()
