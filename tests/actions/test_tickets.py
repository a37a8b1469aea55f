"""Somebody without account asks, follows, writes and rates; nobody learns a name, and floods are refused."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from tests.actions.desk import ASKED, DAY, NAME, PPID, PUBLIC, TODAY, answered, asked, office
from tests.actions.staffed import CODE

from selaras.actions import register_records as verbs
from selaras.actions import tickets
from selaras.actions._visits import PER_HOUR, TRIES_PER_HOUR
from selaras.core.access import operator
from selaras.core.errors import NotFound, Refusal
from selaras.core.registers.numbering import seal_of
from selaras.store import models as tables
from selaras.store.register_access import find_register
from selaras.store.register_figures import rating_of
from selaras.store.register_view import record_view
from selaras.store.tickets import public_register, public_registers

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return office()


def sent(source="198.51.100.7", email="warga@contoh.example", **more):
    return tickets.open_ticket(PUBLIC, agency=CODE, register=PPID, texts=ASKED | more, email=email, source=source)


def followed(ticket, secret=None):
    return tickets.follow_ticket(PUBLIC, agency=CODE, number=ticket.number, secret=secret or ticket.secret)


def finished(who, ticket):
    answered(who["desk"], ticket.number, TODAY)
    verbs.advance_record(
        who["desk"], agency=CODE, register=PPID, number=ticket.number, target="diserahkan",
        texts={"tanggal_penyerahan": TODAY.isoformat()},
    )  # fmt: skip


def test_a_request_comes_in_and_is_followed_by_number_and_secret(who):
    assert [item.code for item in public_registers(CODE)] == [PPID]
    form = public_register(CODE, PPID)
    assert form.may_ask
    assert "ringkasan" not in {field.code for field in form.fields}
    ticket = sent()
    assert tables.RegisterTicket.objects.get().seal == seal_of(ticket.secret)
    assert ticket.secret not in repr(list(tables.RegisterTicket.objects.values()))
    view = followed(ticket, ticket.secret.lower().replace("-", " "))
    assert (view.number, view.closed, view.may_rate, view.due > TODAY) == (ticket.number, False, False, True)
    assert NAME not in repr(view)
    assert ticket.number in tables.Notice.objects.get(user__username="petugas").text
    assert NAME not in repr(list(tables.Notice.objects.values()) + list(tables.AuditRecord.objects.values()))
    assert record_view(who["desk"], CODE, PPID, ticket.number, TODAY).row.public


def test_only_what_the_public_form_asks_is_read(who):
    ticket = sent(keputusan="dikabulkan seluruhnya")
    assert "keputusan" not in tables.RegisterRecord.objects.get(number=ticket.number).content


def test_a_register_that_is_not_open_takes_nothing_from_the_public(who):
    for code in ("tiada", "disiplin_netralitas"):
        with pytest.raises(NotFound):
            tickets.open_ticket(PUBLIC, agency=CODE, register=code, texts={})


def test_a_wrong_secret_says_what_an_unknown_number_says(who):
    ticket = sent()
    said = set()
    for number, secret in (
        (ticket.number, "0000-0000-0000-0000"),
        ("9999/PI/I/2020", ticket.secret),
        (ticket.number, "x"),
    ):
        with pytest.raises(NotFound) as refused:
            tickets.follow_ticket(PUBLIC, agency=CODE, number=number, secret=secret)
        said.add(refused.value.message)
    assert len(said) == 1


def guess(number, source="203.0.113.5"):
    with pytest.raises(Refusal) as refused:
        tickets.follow_ticket(PUBLIC, agency=CODE, number=number, secret="0000-0000-0000-0000", source=source)
    return refused.value


@pytest.mark.parametrize("known", [True, False])
def test_wrong_secrets_cost_a_growing_time_but_the_right_one_always_opens(who, known):
    ticket = sent()
    number = ticket.number if known else "9999/PI/I/2020"
    assert [type(guess(number)) for _ in range(5)] == [NotFound] * 5
    assert "berulang kali" in str(guess(number))
    waits = []
    for _ in range(4):
        wait = 0
        while not isinstance(guess(number), NotFound):
            wait += 15
            tables.RegisterVisit.objects.update(at=F("at") - timedelta(seconds=15))
        waits.append(wait)
    assert waits == [15, 30, 60, 120]
    # From another address and for another number nothing was counted, and the owner is let in from anywhere.
    assert isinstance(guess(number, "203.0.113.6"), NotFound)
    assert isinstance(guess("8888/PI/I/2020"), NotFound)
    for source in ("203.0.113.5", "203.0.113.6", ""):
        view = tickets.follow_ticket(
            PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret, source=source
        )  # fmt: skip
        assert view.number == ticket.number


def test_guessing_on_and_on_fills_neither_the_trail_nor_the_table(who):
    for _ in range(50):
        guess("9999/PI/I/2020")
    assert tables.AuditRecord.objects.filter(action="kode tiket salah").count() == 5
    assert tables.RegisterVisit.objects.count() == 5
    assert sent()


def test_a_flood_from_one_place_is_refused_and_no_address_is_kept(who):
    for _ in range(PER_HOUR):
        sent()
    with pytest.raises(Refusal, match="belum dapat diterima"):
        sent()
    assert sent(source="203.0.113.9")
    assert "198.51.100.7" not in repr(list(tables.RegisterVisit.objects.values()))


def test_requests_that_are_refused_count_too(who):
    for _ in range(TRIES_PER_HOUR):
        with pytest.raises(Refusal, match="surel"):
            sent(email="bukan alamat")
    with pytest.raises(Refusal, match="terlalu banyak"):
        sent()
    assert tables.RegisterVisit.objects.count() == TRIES_PER_HOUR
    assert sent(source="203.0.113.9")
    tables.RegisterVisit.objects.update(at=F("at") - timedelta(hours=2))
    assert sent()


@pytest.mark.parametrize("given", [{"trap": "x"}, {"texts": {"informasi": "http://a http://b http://c http://d"}}])
def test_what_looks_like_a_machine_is_refused(who, given):
    texts = ASKED | given.pop("texts", {})
    with pytest.raises(Refusal, match="tidak diterima"):
        tickets.open_ticket(PUBLIC, agency=CODE, register=PPID, texts=texts, **given)


def test_both_sides_write_and_the_ticket_shows_it(who):
    ticket = sent()
    tickets.write_message(PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret, text="Apakah sudah siap?")
    tickets.answer_client(who["desk"], agency=CODE, register=PPID, number=ticket.number, text="Besok.")
    steps = [(step.told, step.from_client) for step in followed(ticket).steps if step.is_message]
    assert steps == [("Apakah sudah siap?", True), ("Besok.", False)]
    for _ in range(tickets.MOST_MESSAGES):
        tickets.write_message(PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret, text="Halo?")
    with pytest.raises(Refusal, match="tidak dikirim"):
        tickets.write_message(PUBLIC, agency=CODE, number=ticket.number, secret=ticket.secret, text="Halo?")


def test_the_service_is_rated_once_after_it_ended(who):
    ticket = sent()
    five = {"agency": CODE, "number": ticket.number, "secret": ticket.secret}
    survey = followed(ticket).survey
    answers = {item.code: survey.highest for item in survey.elements}
    assert len(answers) == 5
    with pytest.raises(Refusal, match="tidak disimpan"):
        tickets.rate_service(PUBLIC, **five, answers=answers)
    finished(who, ticket)
    assert followed(ticket).may_rate
    with pytest.raises(Refusal):
        tickets.rate_service(PUBLIC, **five, answers=answers | {survey.elements[0].code: 99})
    tickets.rate_service(PUBLIC, **five, answers=answers)
    with pytest.raises(Refusal):
        tickets.rate_service(PUBLIC, **five, answers=answers)
    assert rating_of(find_register(CODE, PPID), TODAY.year, TODAY).respondents == 1
    assert not followed(ticket).may_rate


def test_mails_are_sent_by_a_timer_and_emptied(who, settings):
    ticket = sent()
    settings.EMAIL_HOST = "mail.contoh.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    done = tickets.send_mails(operator("uji"))
    assert (done.sent, done.failed) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == ["warga@contoh.example"]
    assert ticket.number in letter.body
    assert NAME not in letter.body
    row = tables.RegisterMail.objects.get()
    assert (row.to, row.body) == ("", "")


def test_the_desk_gives_a_ticket_and_a_new_one_makes_the_old_useless(who):
    number = asked(who["desk"], on=DAY)
    first = tickets.give_ticket(who["desk"], agency=CODE, register=PPID, number=number)
    second = tickets.give_ticket(who["desk"], agency=CODE, register=PPID, number=number)
    assert followed(second).number == number
    with pytest.raises(NotFound):
        followed(first)
