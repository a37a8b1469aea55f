"""An obstacle's follow-up: steps, evidence, verification by another person, and many changed at once."""

from datetime import date

import pytest
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.actions.evidence import Upload
from selaras.actions.followup import add_step, change_obstacles, verify_step, withdraw_step
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import FollowUp, Obstacle
from selaras.store import models as tables
from selaras.store.evidence import path_of

pytestmark = pytest.mark.django_db
DOES = acting("Contoh Pelaksana", {Role.OWNER}, {AGENCY.code})
CHECKS = acting("Contoh Atasan", {Role.SUPERIOR}, {AGENCY.code})
CODES = ("H-1", "H-2")


@pytest.fixture(autouse=True)
def register(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    kinds = records()
    kinds[Obstacle] = [Obstacle(code, YEAR, "S1", f"Hambatan {code}") for code in CODES]
    fill(kinds)


def add(by=DOES, text="Rapat koordinasi.", **more):
    return add_step(by, agency=AGENCY.code, year=YEAR, obstacle="H-1", text=text, **more)


def change(by=DOES, codes=("H-1",), **more):
    return change_obstacles(by, agency=AGENCY.code, year=YEAR, obstacles=codes, **more)


def state(code="H-1"):
    return tables.Obstacle.objects.get(code=code).status


def test_the_first_step_makes_the_follow_up_run_and_stands_in_the_history():
    add()
    assert state() == FollowUp.RUNNING.value
    changes = tables.FieldChange.objects.of(AGENCY.code, "Obstacle", f"{YEAR} H-1")
    assert {change.field for change in changes} == {"Langkah", "Status"}


def test_a_step_is_verified_by_another_person_and_only_once():
    step = add()
    with pytest.raises(NotAllowed):
        verify_step(DOES, agency=AGENCY.code, step=step.pk)
    same_person = acting("Contoh Pelaksana ", {Role.PLANNER}, {AGENCY.code})
    with pytest.raises(NotAllowed, match="orang lain"):
        verify_step(same_person, agency=AGENCY.code, step=step.pk)
    assert verify_step(CHECKS, agency=AGENCY.code, step=step.pk).verified_by == CHECKS.name
    with pytest.raises(Refusal, match="sudah diverifikasi"):
        verify_step(CHECKS, agency=AGENCY.code, step=step.pk)


def test_done_needs_steps_that_are_all_verified():
    with pytest.raises(Refusal, match="belum dapat dinyatakan selesai"):
        change(status=FollowUp.DONE)
    first, second = add(), add(text="Surat edaran.")
    verify_step(CHECKS, agency=AGENCY.code, step=first.pk)
    with pytest.raises(Refusal) as refused:
        change(status=FollowUp.DONE)
    assert refused.value.faults[0].read == "1 dari 2 langkah terverifikasi"
    verify_step(CHECKS, agency=AGENCY.code, step=second.pk)
    assert change(status=FollowUp.DONE) == 1
    assert state() == FollowUp.DONE.value


def test_many_get_a_day_and_a_person_in_one_act():
    count = change(codes=CODES, due=date(YEAR, 12, 1), responsible="KADIS", reason="Rapat pimpinan")
    assert count == 2
    assert set(tables.Obstacle.objects.values_list("due", "responsible__code")) == {(date(YEAR, 12, 1), "KADIS")}
    assert tables.AuditRecord.objects.filter(action="mengubah tindak lanjut").count() == 1
    assert set(tables.FieldChange.objects.values_list("reason", flat=True)) == {"Rapat pimpinan"}
    assert change(codes=CODES, due=date(YEAR, 12, 1)) == 0


def test_what_another_person_changed_meanwhile_is_a_conflict():
    add()
    with pytest.raises(Conflict):
        change(status=FollowUp.OPEN, seen={"H-1": FollowUp.OPEN.value})
    assert state() == FollowUp.RUNNING.value


def test_a_file_is_kept_and_what_is_not_a_document_is_refused(tmp_path):
    good = tmp_path / "x"
    good.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    step = add(upload=Upload(good, "Notula Rapat.pdf"))
    assert path_of(AGENCY.code, step.file).read_bytes() == good.read_bytes()
    bad = tmp_path / "y"
    bad.write_bytes(b"MZ\x90\x00 program")
    with pytest.raises(Refusal, match="tidak disimpan"):
        add(upload=Upload(bad, "Notula.pdf"))
    with pytest.raises(Refusal):
        add(link="javascript:alert(1)")
    assert tables.FollowUpStep.objects.count() == 1


def test_an_own_step_is_taken_back_until_it_is_verified():
    step = add()
    with pytest.raises(NotAllowed):
        withdraw_step(CHECKS, agency=AGENCY.code, step=step.pk)
    withdraw_step(DOES, agency=AGENCY.code, step=step.pk)
    assert not tables.FollowUpStep.objects.exists()
    kept = add()
    verify_step(CHECKS, agency=AGENCY.code, step=kept.pk)
    with pytest.raises(Refusal, match="tidak dapat ditarik"):
        withdraw_step(DOES, agency=AGENCY.code, step=kept.pk)


def test_strangers_and_unknown_codes_are_refused_and_recorded():
    with pytest.raises(NotFound):
        add_step(acting("Asing", {Role.PLANNER}, {"LAIN"}), agency=AGENCY.code, year=YEAR, obstacle="H-1", text="x")
    with pytest.raises(NotFound):
        change(codes=("TIDAK-ADA",), status=FollowUp.RUNNING)
    with pytest.raises(NotAllowed):
        add(by=acting("Contoh Pereviu", {Role.REVIEWER}, {AGENCY.code}))
    with pytest.raises(Refusal, match="Langkah tidak disimpan"):
        add(text="  ")
    with pytest.raises(Refusal, match="Tidak ada yang diubah"):
        change()
    assert tables.AuditRecord.objects.filter(details__has_key="refused").count() == 5
