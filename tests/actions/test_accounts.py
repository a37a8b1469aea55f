"""Accounts and roles: made, given, taken away, linked with positions, switched off; and never without an administrator."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from hypothesis import given
from hypothesis import strategies as st
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions import accounts
from selaras.actions._accounts import LOGIN
from selaras.core.access import Act, Actor, Grant, Role, acting, may, may_somewhere, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.users import actor_of

pytestmark = pytest.mark.django_db
TODAY = date.today()
PASSWORD = "kuda-laut-biru-77"
ROOT = operator("operator")
CODE = AGENCY.code
LOCAL = Actor("Admin Instansi", (Grant(Role.ADMINISTRATOR, CODE),), login="lokal")


@pytest.fixture(autouse=True)
def ground(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
    fill(records())
    chief = accounts.add_user(ROOT, username="kepala", name="Kepala Contoh", password=PASSWORD)
    accounts.grant_role(ROOT, username="kepala", role=Role.ADMINISTRATOR)
    return chief


def person(username="ani", **columns):
    return accounts.add_user(ROOT, username=username, name=f"{username} Contoh", password=PASSWORD, **columns)


def as_actor(username):
    return actor_of(tables.User.objects.get(username=username), TODAY)


def last():
    return tables.AuditRecord.objects.order_by("-pk").first()


def test_an_account_is_made_and_the_trail_says_so(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = person(email="ani@contoh.example")
    assert user.check_password(PASSWORD)
    assert user.password.startswith("argon2")
    assert (last().action, last().details["user"]) == ("membuat akun", "ani")
    assert tables.FieldChange.objects.filter(kind="akun", key="ani").exists()


def test_every_fault_of_a_new_account_is_told_at_once():
    with pytest.raises(Refusal) as told:
        accounts.add_user(ROOT, username="A b", name=" ", email="bukan surel", password="pendek")
    text = str(told.value)
    assert all(word in text for word in ("nama pengguna", "nama orang", "alamat surel", "kata sandi"))
    assert not tables.User.objects.filter(username="a b").exists()
    assert last().details["refused"] == "Akun tidak dibuat."


def test_a_login_and_an_address_belong_to_one_person():
    person(email="Ani@contoh.example")
    with pytest.raises(Refusal, match="sudah dipakai"):
        person("ANI")
    with pytest.raises(Refusal, match="surel sudah dipakai"):
        person("budi", email="ani@CONTOH.example")


@given(st.text(max_size=70))
def test_a_login_that_is_accepted_is_safe_in_addresses_and_files(text):
    if LOGIN.fullmatch(text):
        assert text == text.lower()
        assert not set(text) - set("abcdefghijklmnopqrstuvwxyz0123456789._-")


def test_only_the_administrator_of_all_agencies_makes_accounts():
    with pytest.raises(NotAllowed):
        accounts.add_user(LOCAL, username="citra", name="Citra Contoh", password=PASSWORD)
    assert "refused" in last().details


def test_a_role_reaches_from_its_first_day_on_and_goes_at_once():
    person()
    row = accounts.grant_role(LOCAL, username="ani", role=Role.PLANNER, agency=CODE, since=TODAY)
    assert may(as_actor("ani"), Act.EDIT_PLAN, CODE)
    accounts.withdraw_role(LOCAL, grant=row.pk, reason="pindah tugas")
    assert not may_somewhere(as_actor("ani"), Act.SEE, CODE)
    change = tables.FieldChange.objects.filter(kind="peran", key="ani").last()
    assert (change.after, change.reason) == ("", "pindah tugas")
    with pytest.raises(NotFound):
        accounts.withdraw_role(LOCAL, grant=row.pk)


def test_an_administrator_of_one_agency_gives_nothing_elsewhere():
    person()
    with pytest.raises(NotAllowed):
        accounts.grant_role(LOCAL, username="ani", role=Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        accounts.grant_role(
            acting("lain", {Role.ADMINISTRATOR}, ["LAIN"]), username="ani", role=Role.PLANNER, agency=CODE
        )
    with pytest.raises(NotAllowed):
        accounts.grant_role(acting("perencana", {Role.PLANNER}, [CODE]), username="ani", role=Role.PLANNER, agency=CODE)


def test_an_administrator_of_a_unit_gives_roles_in_its_subtree_only():
    person()
    units = tables.Unit.objects.filter(agency__code=CODE)
    inside, outside = units[0].code, units[1].code
    of_unit = Actor("Admin Unit", (Grant(Role.ADMINISTRATOR, CODE, frozenset({inside})),))
    accounts.grant_role(of_unit, username="ani", role=Role.OWNER, agency=CODE, unit=inside)
    for unit in (outside, ""):
        with pytest.raises(NotAllowed):
            accounts.grant_role(of_unit, username="ani", role=Role.OWNER, agency=CODE, unit=unit)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"role": Role.READER, "username": "ani"}, "publik"),
        ({"role": Role.PLANNER, "username": "ani", "since": TODAY, "until": TODAY - timedelta(1)}, "mendahului"),
        ({"role": Role.PLANNER}, "tanpa pemegang"),
        ({"role": Role.PLANNER, "username": "ani", "unit": "TIDAK-ADA"}, "TIDAK-ADA"),
        ({"role": Role.PLANNER, "username": "siapa"}, "siapa"),
        ({"role": Role.PLANNER, "position": "TIDAK-ADA"}, "TIDAK-ADA"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused(asked, told):
    person()
    with pytest.raises(Refusal, match=told):
        accounts.grant_role(ROOT, agency=CODE, **asked)


def test_the_same_role_is_not_given_twice_on_the_same_days():
    person()
    first = {"username": "ani", "role": Role.PLANNER, "agency": CODE}
    accounts.grant_role(ROOT, **first, since=TODAY, until=TODAY + timedelta(9))
    with pytest.raises(Refusal, match="sudah dipegang"):
        accounts.grant_role(ROOT, **first)
    accounts.grant_role(ROOT, **first, since=TODAY + timedelta(10))


def test_a_role_of_a_position_follows_the_account_of_its_holder():
    person()
    position = tables.Position.objects.filter(agency__code=CODE).first()
    tenure = tables.Tenure.objects.create(
        agency=position.agency, position=position, name="Ani", capacity="Plt.", since=TODAY
    )
    accounts.grant_role(LOCAL, position=position.code, role=Role.SUPERIOR, agency=CODE)
    accounts.seat_user(LOCAL, username="ani", tenure=tenure.pk)
    assert may(as_actor("ani"), Act.VERIFY, CODE)
    accounts.unseat_user(LOCAL, tenure=tenure.pk)
    assert not may_somewhere(as_actor("ani"), Act.VERIFY, CODE)
    with pytest.raises(NotFound):
        accounts.unseat_user(LOCAL, tenure=tenure.pk)
    with pytest.raises(NotFound):
        accounts.seat_user(LOCAL, username="ani", tenure=10**6)


def test_the_last_administrator_stays(ground):
    grant = ground.role_grants.get()
    with pytest.raises(Refusal, match="terakhir"):
        accounts.withdraw_role(ROOT, grant=grant.pk)
    with pytest.raises(Refusal, match="terakhir"):
        accounts.disable_user(ROOT, username="kepala")
    assert tables.User.objects.get(username="kepala").is_active
    person()
    accounts.grant_role(ROOT, username="ani", role=Role.ADMINISTRATOR, until=TODAY + timedelta(30))
    with pytest.raises(Refusal, match="terakhir"):
        accounts.withdraw_role(ROOT, grant=grant.pk)
    accounts.grant_role(ROOT, username="ani", role=Role.ADMINISTRATOR, since=TODAY + timedelta(31))
    accounts.withdraw_role(ROOT, grant=grant.pk)


def session_of(user):
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store.create()
    return store.session_key


def test_switching_an_account_off_ends_its_sessions_and_keeps_its_history():
    user, other = person(), person("budi")
    mine, theirs = session_of(user), session_of(other)
    accounts.disable_user(ROOT, username="ani", reason="pensiun")
    assert list(Session.objects.values_list("session_key", flat=True)) == [theirs] != [mine]
    assert not tables.User.objects.get(username="ani").is_active
    with pytest.raises(Refusal, match="sudah nonaktif"):
        accounts.disable_user(ROOT, username="ani")
    with pytest.raises(Refusal, match="nonaktif"):
        accounts.reset_key(ROOT, username="ani")
    accounts.enable_user(ROOT, username="ani")
    assert tables.User.objects.get(username="ani").is_active


def test_nobody_switches_the_own_account_off():
    with pytest.raises(Refusal, match="sendiri"):
        accounts.disable_user(as_actor("kepala"), username="kepala")


def test_an_administrator_of_one_agency_does_not_open_accounts_that_reach_further():
    person()
    accounts.grant_role(ROOT, username="ani", role=Role.PLANNER, agency=CODE)
    accounts.set_password(LOCAL, username="ani", password="kuda-laut-hijau-78")
    tables.Agency.objects.create(code="LAIN", name="Instansi Lain", kind="satuan kerja")
    accounts.grant_role(ROOT, username="ani", role=Role.PLANNER, agency="LAIN")
    for verb in (accounts.reset_key, accounts.disable_user, accounts.clear_second_factors):
        with pytest.raises(NotAllowed, match="di luar"):
            verb(LOCAL, username="ani")
    person("budi")
    with pytest.raises(NotFound):
        accounts.reset_key(LOCAL, username="budi")
    accounts.grant_role(LOCAL, username="budi", role=Role.PLANNER, agency=CODE)
    assert accounts.reset_key(LOCAL, username="budi")
    accounts.grant_role(ROOT, username="kepala", role=Role.PLANNER, agency=CODE)
    with pytest.raises(NotAllowed):
        accounts.set_password(LOCAL, username="kepala", password=PASSWORD)
    with pytest.raises(NotFound):
        accounts.reset_key(acting("perencana", {Role.PLANNER}, [CODE]), username="budi")


def test_a_weak_password_is_refused_with_what_is_wrong():
    person()
    with pytest.raises(Refusal, match="kata sandi") as told:
        accounts.set_password(ROOT, username="ani", password="123456")
    assert len(told.value.faults) >= 2


def test_ones_own_profile_is_changed_and_the_address_stays_out_of_the_trail():
    person()
    accounts.set_own_profile(as_actor("ani"), email="ani@contoh.example", mail_duties=False, language="en")
    user = tables.User.objects.get(username="ani")
    assert (user.email, user.mail_duties, user.language) == ("ani@contoh.example", False, "en")
    assert "contoh.example" not in str(last().details)
    assert not tables.FieldChange.objects.filter(after__contains="contoh.example").exists()
    accounts.set_own_language(as_actor("ani"), language="id")
    with pytest.raises(Refusal):
        accounts.set_own_language(as_actor("ani"), language="xx")
    with pytest.raises(NotAllowed):
        accounts.set_own_language(ROOT, language="id")


def test_ones_other_sessions_end_and_this_one_stays():
    user = person()
    here, there = session_of(user), session_of(user)
    assert accounts.end_own_sessions(as_actor("ani"), but=here) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == [here] != [there]
