"""The first run: the code, the first administrator, the first agency, the samples."""

import pytest
from tests.conftest import ROOT as REPOSITORY

from selaras.actions import setup
from selaras.core.access import Act, Actor, Role, may, operator
from selaras.core.errors import NotAllowed, Refusal
from selaras.core.org import Agency, AgencyKind
from selaras.store import models as tables
from selaras.store.accounts import nobody_yet, setup_code_file, setup_code_fits
from selaras.store.users import actor_of

pytestmark = pytest.mark.django_db
FIRST = Actor("Penyiapan pertama")
PASSWORD = "kuda-laut-biru-77"


@pytest.fixture(autouse=True)
def workspace(settings, tmp_path):
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def administrator(code, username="kepala"):
    return setup.first_administrator(FIRST, code=code, username=username, name="Kepala Contoh", password=PASSWORD)


def test_the_code_is_kept_as_a_hash_that_only_its_owner_reads():
    code = setup.issue_setup_code(operator("o"))
    assert code not in setup_code_file().read_text()
    assert setup_code_file().stat().st_mode & 0o077 == 0
    assert setup_code_fits(code.lower().replace("-", " "))
    assert not setup_code_fits("AAAA-AAAA-AAAA-AAAA")
    assert code not in str(list(tables.AuditRecord.objects.values_list("details", flat=True)))


def test_the_code_makes_one_administrator_of_everything():
    user = administrator(setup.issue_setup_code(operator("o")))
    assert may(actor_of(user, user.joined_at.date()), Act.GRANT, "")
    assert not setup_code_file().exists()
    assert not nobody_yet()
    with pytest.raises(Refusal, match="sudah selesai"):
        setup.issue_setup_code(operator("o"))


def test_a_wrong_old_or_missing_code_makes_nobody():
    with pytest.raises(NotAllowed):
        administrator("")
    old = setup.issue_setup_code(operator("o"))
    new = setup.issue_setup_code(operator("o"))
    with pytest.raises(NotAllowed):
        administrator(old)
    assert nobody_yet()
    administrator(new)
    with pytest.raises(NotAllowed):
        administrator(new, "lain")


def test_a_refused_account_does_not_spend_the_code():
    code = setup.issue_setup_code(operator("o"))
    with pytest.raises(Refusal, match="tidak dibuat"):
        setup.first_administrator(FIRST, code=code, username="kepala", name="Kepala", password="pendek")
    assert administrator(code)


def test_an_agency_is_opened_for_its_first_year():
    agency = Agency("DINAS", "Dinas Contoh", "Dinas", AgencyKind.REGIONAL_UNIT)
    setup.open_agency(operator("o"), agency=agency, year=2026)
    assert tables.ReportSettings.objects.get(agency__code="DINAS").year == 2026
    with pytest.raises(Refusal, match="sudah dipakai"):
        setup.open_agency(operator("o"), agency=Agency("dinas", "X", "X", AgencyKind.MINISTRY), year=2026)
    with pytest.raises(Refusal, match="kosong"):
        setup.open_agency(operator("o"), agency=Agency("", " ", "", AgencyKind.MINISTRY), year=2026)
    with pytest.raises(NotAllowed):
        setup.open_agency(Actor("siapa"), agency=Agency("BARU", "X", "X", AgencyKind.MINISTRY), year=2026)


def test_the_samples_come_with_a_person_for_every_role():
    made = setup.load_samples(operator("o"), accounts=True)
    assert {account.role for account in made} == set(Role) - {Role.ADMINISTRATOR, Role.READER}
    assert set(tables.Agency.objects.values_list("code", flat=True)) == {"BIRO-ORG", "KPU-PROB"}
    leader = actor_of(tables.User.objects.get(username="contoh.pimpinan"), tables.User.objects.first().joined_at.date())
    assert leader.positions == {("BIRO-ORG", "KABIRO")}
    superior = actor_of(
        tables.User.objects.get(username="contoh.asisten"), tables.User.objects.first().joined_at.date()
    )
    assert superior.positions == {("BIRO-ORG", "ASISTEN")}
    planner = tables.User.objects.get(username="contoh.perencana.kpu")
    assert planner.check_password(made[0].password)
    assert not may(actor_of(planner, planner.joined_at.date()), Act.EDIT_PLAN, "BIRO-ORG")


def test_the_samples_that_are_installed_are_those_of_the_repository():
    for book in (REPOSITORY / "examples").glob("*.xlsx"):
        assert (setup.BOOKS / book.name).read_bytes() == book.read_bytes(), f"copy {book.name} to {setup.BOOKS}"
