"""Invitations: a link that works once and for a while, mailed where there is a mail server."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.store.example import AGENCY, records
from tests.store.filling import fill
from tests.web.accounts.mailbox import Mailbox, use

from selaras.actions import accounts, invitations
from selaras.core.access import Act, Actor, Grant, Role, may, operator
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store import models as tables
from selaras.store.users import actor_of

pytestmark = pytest.mark.django_db
CODE = AGENCY.code
PASSWORD = "kuda-laut-biru-77"
LOCAL = Actor("Admin Instansi", (Grant(Role.ADMINISTRATOR, CODE),), login="lokal")
STRANGER = Actor("Pengunjung")
PAGE = "https://selaras.example/undangan/"


@pytest.fixture(autouse=True)
def ground(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    fill(records())


def invite(**asked):
    return invitations.invite(
        LOCAL, **{"role": Role.PLANNER, "name": "Ani Contoh", "agency": CODE, "page": PAGE} | asked
    )


def accept(secret, username="ani", **asked):
    return invitations.accept_invitation(
        STRANGER, secret=secret, **{"username": username, "name": "Ani Contoh", "password": PASSWORD} | asked
    )


def test_an_invitation_makes_an_account_with_its_role_once():
    made = invite(unit=tables.Unit.objects.filter(agency__code=CODE).first().code)
    user = accept(made.secret)
    actor = actor_of(user, timezone.localdate())
    assert may(actor, Act.EDIT_PLAN, CODE, tables.Unit.objects.filter(agency__code=CODE).first().code)
    assert not may(actor, Act.EDIT_PLAN, CODE)
    with pytest.raises(NotFound, match="tidak berlaku"):
        accept(made.secret, "budi")
    assert not tables.User.objects.filter(username="budi").exists()


def test_only_the_hash_of_the_secret_is_kept():
    made = invite()
    row = tables.Invitation.objects.get(pk=made.pk)
    assert made.secret not in str(row.__dict__)
    assert made.secret not in str(list(tables.AuditRecord.objects.values_list("details", flat=True)))


def test_an_invitation_ends_with_its_time_and_when_it_is_withdrawn():
    late, withdrawn = invite(), invite()
    tables.Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    invitations.withdraw_invitation(LOCAL, invitation=withdrawn.pk)
    for made in (late, withdrawn):
        with pytest.raises(NotFound):
            accept(made.secret)
    with pytest.raises(Refusal, match="sudah"):
        invitations.withdraw_invitation(LOCAL, invitation=withdrawn.pk)
    with pytest.raises(NotFound):
        invitations.withdraw_invitation(LOCAL, invitation=10**6)


def test_a_refused_account_leaves_the_invitation_open():
    made = invite()
    with pytest.raises(Refusal, match="tidak dibuat"):
        accept(made.secret, password="pendek")
    assert accept(made.secret)


def test_somebody_who_has_an_account_joins_with_it():
    user = accounts.add_user(operator("o"), username="budi", name="Budi Contoh", password=PASSWORD)
    made = invite(role=Role.REPORTER)
    with pytest.raises(NotAllowed):
        invitations.join_by_invitation(STRANGER, secret=made.secret)
    invitations.join_by_invitation(actor_of(user, timezone.localdate()), secret=made.secret)
    assert may(actor_of(user, timezone.localdate()), Act.WRITE_REPORT, CODE)
    again = invite(role=Role.REPORTER)
    with pytest.raises(Refusal, match="sudah dipegang"):
        invitations.join_by_invitation(actor_of(user, timezone.localdate()), secret=again.secret)
    assert tables.Invitation.objects.get(pk=again.pk).accepted_at is None


@pytest.mark.parametrize("asked", [{"name": " "}, {"email": "bukan"}, {"days": 0}, {"days": 61}, {"role": Role.READER}])
def test_an_invitation_that_makes_no_sense_is_refused(asked):
    with pytest.raises(Refusal, match="tidak dibuat"):
        invite(**asked)


def test_nobody_invites_beyond_the_own_agency():
    with pytest.raises(NotAllowed):
        invite(agency="")
    with pytest.raises(NotAllowed):
        invitations.invite(
            Actor("P", (Grant(Role.PLANNER, CODE),)), role=Role.PLANNER, name="X", agency=CODE, page=PAGE
        )


def test_the_link_goes_out_by_mail_where_there_is_a_server(settings):
    with Mailbox() as mailbox:
        use(settings, mailbox)
        made = invite(email="ani@contoh.example")
    assert made.mailed
    assert mailbox.messages[0]["To"] == "ani@contoh.example"
    assert f"{PAGE}{made.secret}/" in mailbox.messages[0].get_content()


def test_a_refusing_mail_server_does_not_lose_the_invitation(settings):
    with Mailbox(refused=["ani@contoh.example"]) as mailbox:
        use(settings, mailbox)
        made = invite(email="ani@contoh.example")
    assert not made.mailed
    assert "550" in made.problem
    assert accept(made.secret)
