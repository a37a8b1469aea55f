"""An agreement from the plan to its signatures, and who may take it there."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from selaras.actions.agreements import (
    discard_agreement,
    draft_agreement,
    print_agreement,
    refill_agreement,
    revise_agreement,
    set_deadline,
)
from selaras.actions.exchange import load_workbook, save_workbook
from selaras.actions.records import save_record
from selaras.actions.signing import (
    agree_agreement,
    propose_agreement,
    record_signed,
    return_agreement,
    sign_agreement,
    withdraw_agreement,
)
from selaras.core.access import Actor, Grant, Role, acting, operator
from selaras.core.agreements import AgreementLine, RevisionReason
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.value import percent
from selaras.store import models as tables
from selaras.store.agreements import road_of
from selaras.store.rows import all_tables
from selaras.store.together import load_together

BIRO = "BIRO-ORG"
ROOT = Path(__file__).parents[2]
PLANNER = acting("Contoh Perencana", {Role.PLANNER}, {BIRO})
HEAD = Actor("Contoh Kepala", (Grant(Role.SUPERIOR, BIRO),), "kepala", frozenset({(BIRO, "KABIRO")}))
CHIEF = Actor("Contoh Kabag", (Grant(Role.OWNER, BIRO),), "kabag", frozenset({(BIRO, "KABAG-RBA")}))
AT = {"agency": BIRO, "year": 2024, "position": "KABAG-RBA"}
CODE = "PK-KABAG-RBA-2024"


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_workbook(operator("Contoh"), path=ROOT / "examples" / "biro-organisasi-2024.xlsx")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def rows(sample, db):
    """Each test with its own changes."""


def flow(code=CODE):
    return tables.AgreementFlow.objects.get(agreement__agency__code=BIRO, agreement__code=code)


def seal(code=CODE):
    return flow(code).sha256


def lines(code=CODE):
    snapshot = load_together(BIRO, 2024, {AgreementLine})
    return [line for line in snapshot.agreement_lines if line.agreement == code]


def agreed():
    draft_agreement(PLANNER, **AT)
    propose_agreement(PLANNER, agency=BIRO, agreement=CODE)
    agree_agreement(HEAD, agency=BIRO, agreement=CODE, note="disepakati sesuai RKT")


def signed():
    agreed()
    sign_agreement(CHIEF, agency=BIRO, agreement=CODE, seen=seal())
    sign_agreement(HEAD, agency=BIRO, agreement=CODE, seen=seal())


def test_a_draft_takes_its_lines_from_the_plan():
    assert draft_agreement(PLANNER, **AT) == CODE
    targets = {line.indicator: line.target.shown() for line in lines()}
    assert targets["IKU-1"] == "87%"
    assert set(targets) == {"IKU-1", "IK-IV.B", "ISK-IV.B.1", "ISK-IV.B.2", "ISK-IV.B.3"}
    programmes = tables.AgreementProgramme.objects.filter(agreement__code=CODE).values_list("node__code", flat=True)
    assert list(programmes) == ["IV.B"]
    assert flow().state == "draf"
    assert tables.AuditRecord.objects.last().action == "menyusun perjanjian"


def test_the_head_promises_what_the_sample_promises():
    tables.Agreement.objects.filter(agency__code=BIRO).delete()
    code = draft_agreement(PLANNER, agency=BIRO, year=2024, position="KABIRO")
    assert [line.indicator for line in lines(code)] == ["IKU-1", "IKU-2"]
    programmes = tables.AgreementProgramme.objects.filter(agreement__code=code).values_list("node__code", flat=True)
    assert list(programmes) == ["I", "II", "III", "IV"]


def test_it_refuses_a_second_draft_and_a_position_without_indicators():
    draft_agreement(PLANNER, **AT)
    with pytest.raises(Refusal, match="sudah ada"):
        draft_agreement(PLANNER, **AT)
    tables.Indicator.objects.filter(agency__code=BIRO, responsible__code="KABAG-KAJ").update(responsible=None)
    with pytest.raises(Refusal, match="belum dapat disusun") as refused:
        draft_agreement(PLANNER, agency=BIRO, year=2024, position="KABAG-KAJ")
    assert "penanggung jawab" in str(refused.value)
    with pytest.raises(NotFound):
        draft_agreement(PLANNER, agency=BIRO, year=2024, position="ENTAH")


def test_filling_anew_puts_back_what_the_plan_says():
    draft_agreement(PLANNER, **AT)
    first = lines()[0]
    save_record(PLANNER, agency=BIRO, record=AgreementLine(CODE, first.order, first.sasaran, first.wording, percent(50), first.unit, first.indicator))  # fmt: skip
    assert lines()[0].target.shown() == "50%"
    refill_agreement(PLANNER, agency=BIRO, agreement=CODE, reason="RKT disesuaikan")
    assert lines()[0].target.shown() == "87%"
    changes = tables.FieldChange.objects.of(BIRO, "AgreementLine", f"{CODE} 1")
    assert next((change.before, change.after) for change in changes) == ("50%", "87%")


def test_it_goes_from_draft_to_both_signatures():
    signed()
    row = flow()
    assert (row.state, row.promiser_signed_by, row.superior_signed_by) == (
        "ditandatangani", "Contoh Kabag", "Contoh Kepala",
    )  # fmt: skip
    assert row.agreement.signed_on is not None
    assert len(row.sha256) == 64
    actions = list(tables.AuditRecord.objects.order_by("pk").values_list("action", flat=True))[-5:]
    assert actions == [
        "menyusun perjanjian", "mengajukan perjanjian", "menyepakati perjanjian", "menandatangani perjanjian",
        "menandatangani perjanjian",
    ]  # fmt: skip
    states = [
        change.after for change in tables.FieldChange.objects.of(BIRO, "Agreement", CODE) if change.field == "Status"
    ]
    assert states == ["ditandatangani", "ditandatangani pihak pertama", "disepakati", "diajukan"]


def test_after_signing_nothing_changes():
    signed()
    before = lines()
    first = before[0]
    with pytest.raises(Refusal, match="tidak dapat diubah"):
        save_record(PLANNER, agency=BIRO, record=AgreementLine(CODE, 1, first.sasaran, first.wording, percent(1), first.unit))  # fmt: skip
    for step in (propose_agreement, withdraw_agreement, discard_agreement, refill_agreement):
        with pytest.raises(Refusal):
            step(PLANNER, agency=BIRO, agreement=CODE)
    with pytest.raises(Refusal):
        return_agreement(HEAD, agency=BIRO, agreement=CODE, note="terlambat")
    assert lines() == before


def test_only_the_holder_of_the_position_signs_and_in_order():
    agreed()
    for other in (PLANNER, HEAD):
        with pytest.raises(NotAllowed):
            sign_agreement(other, agency=BIRO, agreement=CODE, seen=seal())
    sign_agreement(CHIEF, agency=BIRO, agreement=CODE, seen=seal())
    with pytest.raises(NotAllowed):
        sign_agreement(CHIEF, agency=BIRO, agreement=CODE, seen=seal())
    refused = tables.AuditRecord.objects.last()
    assert refused.action == "menandatangani perjanjian"
    assert "bukan pemegang jabatan pihak kedua" in refused.details["refused"]


def test_nobody_signs_for_both_sides():
    both = Actor("Contoh Rangkap", (Grant(Role.SUPERIOR, BIRO),), "rangkap", frozenset({(BIRO, "KABAG-RBA"), (BIRO, "KABIRO")}))  # fmt: skip
    agreed()
    sign_agreement(both, agency=BIRO, agreement=CODE, seen=seal())
    with pytest.raises(NotAllowed, match="pihak pertama"):
        sign_agreement(both, agency=BIRO, agreement=CODE, seen=seal())


def test_what_changed_since_it_was_seen_is_not_signed():
    agreed()
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=10)
    with pytest.raises(Conflict, match="berubah sejak Anda membukanya"):
        sign_agreement(CHIEF, agency=BIRO, agreement=CODE, seen=seal())
    with pytest.raises(Refusal, match="berubah sejak disepakati"):
        sign_agreement(CHIEF, agency=BIRO, agreement=CODE, seen="")


def test_the_superior_returns_with_a_note_and_the_promiser_never_decides():
    draft_agreement(PLANNER, **AT)
    propose_agreement(CHIEF, agency=BIRO, agreement=CODE)
    with pytest.raises(NotAllowed, match="pihak pertama"):
        agree_agreement(CHIEF, agency=BIRO, agreement=CODE)
    with pytest.raises(NotAllowed):
        agree_agreement(PLANNER, agency=BIRO, agreement=CODE)
    with pytest.raises(Refusal, match="catatan"):
        return_agreement(HEAD, agency=BIRO, agreement=CODE, note=" ")
    return_agreement(HEAD, agency=BIRO, agreement=CODE, note="target terlalu rendah")
    assert (flow().state, flow().note) == ("dikembalikan", "target terlalu rendah")


def test_a_contradiction_with_the_plan_needs_a_reason():
    draft_agreement(PLANNER, **AT)
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=80)
    propose_agreement(PLANNER, agency=BIRO, agreement=CODE)
    with pytest.raises(Refusal, match="berbeda dari perencanaan") as refused:
        agree_agreement(HEAD, agency=BIRO, agreement=CODE)
    assert any("80%" in fault.read for fault in refused.value.faults)
    agree_agreement(HEAD, agency=BIRO, agreement=CODE, note="target diturunkan karena anggaran")
    assert tables.AuditRecord.objects.last().details["differences"] >= 1


def test_a_revision_is_a_new_version_and_the_old_one_stays():
    with pytest.raises(NotFound):
        revise_agreement(PLANNER, agency=BIRO, agreement=CODE, reason=RevisionReason.PRIORITY, note="anggaran")
    signed()
    old = lines()
    new = revise_agreement(
        PLANNER, agency=BIRO, agreement=CODE, reason=RevisionReason.PRIORITY, note="anggaran berubah"
    )
    assert new == f"{CODE}-P1"
    assert [line.target for line in lines(new)] == [line.target for line in old]
    assert (flow(new).state, flow().state) == ("draf", "ditandatangani")
    with pytest.raises(Refusal):
        revise_agreement(PLANNER, agency=BIRO, agreement=CODE, reason=RevisionReason.PRIORITY, note="sekali lagi")
    discard_agreement(PLANNER, agency=BIRO, agreement=new)
    assert not tables.Agreement.objects.filter(code=new).exists()


def test_a_revision_needs_to_say_what_happened():
    signed()
    with pytest.raises(Refusal, match="keterangan"):
        revise_agreement(PLANNER, agency=BIRO, agreement=CODE, reason=RevisionReason.OFFICIAL, note="")


def test_a_signature_outside_is_noted_with_its_day_and_place():
    agreed()
    with pytest.raises(Refusal) as refused:
        record_signed(PLANNER, agency=BIRO, agreement=CODE, day=date(2999, 1, 1), note="")
    assert len(refused.value.faults) == 2
    record_signed(PLANNER, agency=BIRO, agreement=CODE, day=date(2024, 1, 2), note="arsip 045/2024")
    row = flow()
    assert row.agreement.signed_on == date(2024, 1, 2)
    assert "045/2024" in row.superior_signed_by
    table = all_tables()[type(load_together(BIRO, 2024, {type_of_agreement()}).agreements[0])]
    record = table.record_of(table.rows.filter(pk=row.agreement_id).values_list(*table.paths).get())
    assert road_of(record, row).recorded


def type_of_agreement():
    from selaras.core.agreements import Agreement

    return Agreement


def test_it_is_printed_for_a_party_and_for_nobody_else(tmp_path):
    draft_agreement(PLANNER, **AT)
    paths = print_agreement(CHIEF, agency=BIRO, agreement=CODE, formats=["html"], output=tmp_path)
    text = paths[0].read_text("utf-8")
    assert "Kepala Bagian Reformasi Birokrasi" in text
    assert "87%" in text
    reader = acting("Contoh Pemilik", {Role.OWNER}, {BIRO})
    with pytest.raises(NotAllowed):
        print_agreement(reader, agency=BIRO, agreement=CODE, formats=["html"], output=tmp_path)
    with pytest.raises(Refusal, match="tidak dikenal"):
        print_agreement(PLANNER, agency=BIRO, agreement=CODE, formats=["exe"], output=tmp_path)


def test_a_stranger_is_not_told_that_it_exists():
    stranger = acting("Contoh Asing", {Role.PLANNER}, {"LAIN"})
    draft_agreement(PLANNER, **AT)
    for step in (propose_agreement, discard_agreement):
        with pytest.raises(NotFound):
            step(stranger, agency=BIRO, agreement=CODE)


def test_the_deadline_is_kept_and_has_a_history():
    set_deadline(PLANNER, agency=BIRO, year=2024, due=date(2024, 2, 2))
    set_deadline(PLANNER, agency=BIRO, year=2024, due=date(2024, 2, 3))
    assert tables.Deadline.objects.get(agency__code=BIRO, what="perjanjian").due == date(2024, 2, 3)
    assert tables.FieldChange.objects.of(BIRO, "Deadline").count() == 2


def test_a_workbook_changes_nothing_that_was_signed(tmp_path):
    signed()
    path = save_workbook(operator("Contoh"), agency=BIRO, year=2024, path=tmp_path / "keluar.xlsx")
    assert load_workbook(operator("Contoh"), path=path).is_unchanged
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=10)
    with pytest.raises(Refusal, match="tidak dimuat") as refused:
        load_workbook(operator("Contoh"), path=path)
    assert f"perjanjian {CODE} sudah ditandatangani" in str(refused.value)
