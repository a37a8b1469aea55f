"""The end of keeping: what is over its time goes, what the law keeps stays, and the trail can still be checked."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from selaras.actions import accounts, retention
from selaras.actions.audit import traced
from selaras.core.access import Actor, Grant, Role, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.retention import was_erased
from selaras.store.trail import verify

pytestmark = pytest.mark.django_db
BOSS = operator("operator")
NIP = "198501012010011001"


@pytest.fixture
def ani():
    agency = tables.Agency.objects.create(code="A", name="Instansi A", kind="kementerian/lembaga")
    boss = accounts.add_user(BOSS, username="kepala.sistem", name="Kepala Sistem", email="", password=None)
    accounts.grant_role(BOSS, role=Role.ADMINISTRATOR, username=boss.username)
    user = accounts.add_user(BOSS, username="ani.contoh", name="Ani Contoh", email="ani@contoh.go.id", password=None)
    accounts.grant_role(BOSS, role=Role.PLANNER, username="ani.contoh", agency="A")
    tables.Notice.objects.create(user=user, topic="x", text="Untuk Ani Contoh.")
    tables.Comment.objects.create(
        agency=agency.code, kind="Unit", key="U", author=user, name="Ani Contoh", text="Halo."
    )
    return user


@pytest.fixture
def employee(ani):
    agency = tables.Agency.objects.get(code="A")
    row = tables.Employee.objects.create(
        agency=agency, code="PEG-1", name="Budi Contoh", nip=NIP, status="PNS", sex="laki-laki", education="S1"
    )
    with traced(BOSS, action="memuat buku kerja", agency="A") as trace:
        trace.changed("Employee", "PEG-1", "NIP", "", NIP)
        trace.changed("Employee", "PEG-1", "Nama", "", "Budi Contoh")
        trace.changed("Unit", "U", "Nama", "", "Unit")
    return row


def actor(user, role=Role.PLANNER):
    return Actor(user.name, (Grant(role, "A"),), login=user.username)


def everything():
    """Every text of the database's history, accounts and notices."""
    rows = [list(model.objects.values()) for model in (tables.FieldChange, tables.User, tables.Notice, tables.Comment,
            tables.Employee, tables.Erasure, tables.HistorySalt)]  # fmt: skip
    return json.dumps(rows, default=str)


def test_an_account_becomes_nameless_and_the_trail_still_holds(ani):
    accounts.disable_user(BOSS, username="ani.contoh", reason="Pindah")
    counts = retention.erase_account(BOSS, username="ani.contoh", reason="Permintaan nomor 1")
    assert counts["history"] >= 3
    assert "Ani Contoh" not in everything()
    assert "ani.contoh" not in everything()
    assert "ani@contoh" not in everything()
    assert verify().breaks == ()
    assert was_erased("akun", "ani.contoh")
    assert not was_erased("akun", "lain")
    row = tables.Erasure.objects.get(kind="akun")
    assert (row.decided_by, row.reason) == ("operator", "Permintaan nomor 1")
    assert "27/2022" in row.basis


def test_an_active_account_and_an_empty_reason_are_refused(ani):
    with pytest.raises(Refusal, match="masih aktif"):
        retention.erase_account(BOSS, username="ani.contoh", reason="x")
    accounts.disable_user(BOSS, username="ani.contoh")
    with pytest.raises(Refusal, match="Alasan"):
        retention.erase_account(BOSS, username="ani.contoh", reason=" ")
    assert tables.User.objects.get(pk=ani.pk).name == "Ani Contoh"


def test_an_employee_who_left_becomes_nameless_and_the_seal_of_the_history_is_made_anew(employee):
    before = verify()
    assert tables.HistorySalt.objects.filter(
        act__in=tables.FieldChange.objects.filter(kind="Employee").values("act")
    ).exists()
    retention.erase_employee(BOSS, agency="A", code="PEG-1", reason="Pindah instansi")
    told = everything()
    assert NIP not in told
    assert "Budi Contoh" not in told
    after = verify()
    assert after.breaks == ()
    assert after.changes == before.changes, "no row of the history is taken away"
    assert not tables.HistorySalt.objects.filter(
        act__in=tables.FieldChange.objects.filter(kind="Employee").values("act")
    )
    assert tables.FieldChange.objects.get(kind="Unit", key="U").after == "Unit", "what is not personal stays"


def test_a_forged_history_is_not_washed_by_an_erasure(employee):
    tables.FieldChange.objects.filter(kind="Employee", field="Nama").update(after="Orang Lain")
    with pytest.raises(Refusal, match="segelnya"):
        retention.erase_employee(BOSS, agency="A", code="PEG-1", reason="x")
    assert len(verify().breaks) == 1


def test_a_history_changed_after_the_erasure_is_found(employee):
    retention.erase_employee(BOSS, agency="A", code="PEG-1", reason="x")
    tables.FieldChange.objects.filter(kind="Unit", key="U").update(after="Unit lain")
    assert [item.breach.value for item in verify().breaks] == ["diubah"]


def test_a_second_erasure_in_the_same_act_is_sealed_upon_the_first(employee):
    with traced(BOSS, action="memuat buku kerja", agency="A") as trace:
        for code in ("PEG-8", "PEG-9"):
            trace.changed("Employee", code, "Nama", "", f"Orang {code}")
    for code in ("PEG-8", "PEG-9"):
        retention.erase_employee(BOSS, agency="A", code=code, reason="x")
        assert verify().breaks == ()
    assert "Orang PEG" not in everything()


def test_a_run_counts_first_and_then_ends_what_is_due_and_nothing_else(ani, employee):
    old = timezone.now() - timedelta(days=900)
    tables.Notice.objects.filter(user=ani).update(read_at=old, at=old)
    tables.Notice.objects.create(user=ani, topic="x", text="Baru.", read_at=timezone.now())
    accounts.disable_user(BOSS, username="ani.contoh")
    tables.FieldChange.objects.filter(kind="akun", field="aktif").update(at=old)
    tables.AuditRecord.objects.filter(action="menonaktifkan akun").exists()
    tables.RegisterVisit.objects.create(kind="percobaan", source="0" * 64)
    tables.RegisterVisit.objects.update(at=old)
    counted = {item.period.code: item.amount for item in retention.run_retention(BOSS, dry=True) if item.amount}
    assert counted == {"akun": 1, "pemberitahuan": 1, "kunjungan": 1}
    assert tables.User.objects.get(pk=ani.pk).name == "Ani Contoh"
    assert not tables.Erasure.objects.exists()
    retention.run_retention(BOSS)
    assert tables.User.objects.get(pk=ani.pk).name == f"Akun terhapus {ani.pk}"
    assert set(tables.Erasure.objects.values_list("kind", flat=True)) == {"akun", "pemberitahuan", "kunjungan"}
    assert tables.Employee.objects.get(pk=employee.pk).name == "Budi Contoh"
    assert verify().breaks == ()
    assert not [item for item in retention.run_retention(BOSS) if item.amount], "a second run has nothing to do"


def test_an_installation_may_set_its_own_months_but_not_end_what_the_law_keeps(ani, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "retention.toml").write_text("pemberitahuan = 1\n")
    tables.Notice.objects.update(read_at=timezone.now(), at=timezone.now() - timedelta(days=40))
    assert {item.period.code for item in retention.run_retention(BOSS, dry=True) if item.amount} == {"pemberitahuan"}
    (tmp_path / "retention.toml").write_text('edisi = 3\npemberitahuan = "dua"\n')
    with pytest.raises(Refusal) as caught:
        retention.run_retention(BOSS)
    assert len(caught.value.faults) == 2


def test_who_may_not_ends_nothing(ani, employee):
    with pytest.raises(NotAllowed):
        retention.run_retention(actor(ani), agency="A")
    with pytest.raises(NotAllowed):
        retention.erase_employee(actor(ani), agency="A", code="PEG-1", reason="x")
    with pytest.raises(NotFound):
        retention.erase_employee(actor(ani), agency="B", code="PEG-1", reason="x")
    with pytest.raises(NotAllowed):
        retention.run_retention(actor(ani, Role.ADMINISTRATOR))
    assert retention.run_retention(actor(ani, Role.ADMINISTRATOR), agency="A", dry=True)


def test_a_copy_holds_everything_about_oneself_and_no_secret(ani, employee):
    tables.StaffSeat.objects.create(user=ani, employee=employee)
    tables.ApiToken.objects.create(user=ani, name="mesin", secret_hash="f" * 64)
    told = retention.copy_own_data(actor(ani))
    data = json.loads(told)
    assert data["data"]["akun"][0]["email"] == "ani@contoh.go.id"
    assert data["data"]["pegawai"][0]["nip"] == NIP
    assert "Untuk Ani Contoh." in told
    assert "f" * 64 not in told
    assert '"password"' not in told
    with pytest.raises(NotFound):
        retention.copy_own_data(Actor("Lain", (Grant(Role.ADMINISTRATOR, "B"),), login="lain"), username="ani.contoh")


def test_a_request_is_answered_by_somebody_else_within_three_days(ani):
    number = retention.ask_about_own_data(actor(ani), wish=tables.Wish.MEND, text="Nama saya salah ejaannya.")
    row = tables.SubjectRequest.objects.get(pk=number)
    assert row.due_at - row.made_at <= timedelta(hours=72)
    with pytest.raises(Refusal, match="orang lain"):
        retention.answer_request(actor(ani, Role.ADMINISTRATOR), request=number, granted=True, answer="Ya.")
    with pytest.raises(NotFound):
        stranger = Actor("Asing", (Grant(Role.ADMINISTRATOR, "B"),), login="asing")
        retention.answer_request(stranger, request=number, granted=True, answer="Ya.")
    retention.answer_request(BOSS, request=number, granted=True, answer="Sudah diperbaiki.")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("dipenuhi", "operator")
    assert tables.Notice.objects.filter(user=ani, topic="data pribadi").exists()
    with pytest.raises(Refusal, match="sudah dijawab"):
        retention.answer_request(BOSS, request=number, granted=False, answer="Tidak.")
