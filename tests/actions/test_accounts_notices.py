"""Notices: told to those who hold a role, marked as read, mailed in one digest."""

from datetime import date, timedelta

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill
from tests.web.accounts.mailbox import Mailbox, use

from selaras.actions import notices
from selaras.core.access import Actor, Role, operator
from selaras.core.errors import CannotRun, NotAllowed, NotFound
from selaras.store import models as tables
from selaras.store.users import actor_of

pytestmark = pytest.mark.django_db
CODE = AGENCY.code
ROOT = operator("operator")


@pytest.fixture(autouse=True)
def people():
    fill(records())
    made = {}
    for name, role, email in (
        ("ani", Role.PLANNER, "ani@contoh.example"), ("budi", Role.PLANNER, ""), ("citra", Role.REVIEWER, "citra@contoh.example"),
    ):  # fmt: skip
        user = tables.User.objects.create(username=name, name=name, email=email)
        tables.RoleGrant.objects.create(user=user, role=role, agency=tables.Agency.objects.get(code=CODE))
        made[name] = user
    return made


def actor(user):
    return actor_of(user, date.today())


def tell(by=ROOT, **asked):
    return notices.notify(by, agency=CODE, text="Realisasi triwulan I menunggu.", url="/", **asked)


def test_the_holders_of_a_role_are_told_once_and_the_one_who_acts_is_not(people):
    assert tell(actor(people["ani"]), roles=[Role.PLANNER]) == ("budi",)
    assert tell(roles=[Role.PLANNER], logins=["citra"]) == ("ani", "citra")
    assert tell(roles=[Role.PLANNER]) == ()
    assert tables.AuditRecord.objects.filter(action="memberi tahu").count() == 3


def test_a_stranger_tells_nobody(people):
    with pytest.raises(NotFound):
        tell(Actor("siapa"), roles=[Role.PLANNER])


def test_people_mark_their_own_notices_only(people):
    tell(roles=[Role.PLANNER])
    first = tables.Notice.objects.get(user=people["ani"])
    assert notices.mark_read(actor(people["budi"]), notices=[first.pk]) == 0
    assert notices.mark_read(actor(people["ani"]), notices=[first.pk]) == 1
    assert notices.mark_read(actor(people["budi"])) == 1
    with pytest.raises(NotAllowed):
        notices.mark_read(ROOT)
    assert tell(roles=[Role.PLANNER]) == ("ani", "budi"), "what has been read may be told again"


def test_one_mail_holds_what_is_unread_and_is_sent_once(people, settings):
    with pytest.raises(CannotRun, match="belum diatur"):
        notices.send_digests(ROOT, base="https://selaras.example")
    tell(roles=[Role.PLANNER])
    notices.notify(ROOT, agency=CODE, text="PK menunggu tanda tangan.", url="/i/x/", roles=[Role.PLANNER])
    with Mailbox() as mailbox:
        use(settings, mailbox)
        done = notices.send_digests(ROOT, base="https://selaras.example")
        again = notices.send_digests(ROOT, base="https://selaras.example")
    assert (done.people, done.notices, again.people) == (1, 2, 0)
    (mail,) = mailbox.messages
    assert "2 pemberitahuan baru" in mail["Subject"]
    assert "https://selaras.example/i/x/" in mail.get_content()


def test_one_refused_address_does_not_stop_the_others(people, settings):
    tell(roles=[Role.PLANNER, Role.REVIEWER])
    with Mailbox(refused=["ani@contoh.example"]) as mailbox:
        use(settings, mailbox)
        done = notices.send_digests(ROOT, base="")
    assert (done.people, len(done.problems)) == (1, 1)
    assert "550" in done.problems[0].read
    assert tables.Notice.objects.get(user=people["ani"]).mailed_at is None


def test_nobody_is_mailed_who_does_not_want_it(people, settings):
    tables.User.objects.filter(username="ani").update(mail_duties=False)
    tell(roles=[Role.PLANNER])
    with Mailbox() as mailbox:
        use(settings, mailbox)
        assert notices.send_digests(ROOT, base="").people == 0
    assert not mailbox.messages


def test_only_the_installation_mails_for_everybody(people):
    with pytest.raises(NotAllowed):
        notices.send_digests(actor(people["ani"]), base="")
    with pytest.raises(NotAllowed):
        notices.remind(actor(people["ani"]), day=date.today())


def test_a_deadline_is_told_two_weeks_and_three_days_before_and_on_the_day(people):
    due = date(2026, 4, 15)
    agency = tables.Agency.objects.get(code=CODE)
    tables.Deadline.objects.create(agency=agency, year=2026, what="laporan", due=due)
    tables.Deadline.objects.create(agency=agency, year=2026, what="lain-lain", due=due + timedelta(1))
    assert [notices.remind(ROOT, day=due - timedelta(days)) for days in (15, 14, 4, 3, 1)] == [0, 2, 0, 0, 0]
    assert "15-04-2026" in tables.Notice.objects.first().text
    tables.Notice.objects.all().delete()
    assert notices.remind(ROOT, day=due) == 2
