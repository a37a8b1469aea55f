"""Somebody without account asks, follows, answers and rates by number and secret; the office answers and gives tickets.

Of a secret only its hash is kept; it has 80 bits, so that nobody finds it by trying. A right secret always opens: wrong
ones cost time (`_visits`), but only who gives them. An unknown number and a wrong secret are told alike.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from selaras.actions import _mail
from selaras.actions._keeping import Upload
from selaras.actions._notices import tell
from selaras.actions._people import words
from selaras.actions._register_figures import recount
from selaras.actions._register_mail import queue, tell_client
from selaras.actions._registers import (
    add_event,
    hand,
    next_number,
    page_of,
    record_held,
    refuse_inactive,
    refuse_references,
    write_row,
)
from selaras.actions._ticket_doors import open_by_secret
from selaras.actions._ticket_files import kept, looked_at
from selaras.actions._visits import count_request, count_try, refuse_machine
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, Role, check_somewhere
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.core.registers import steps
from selaras.core.registers.fields import FieldKind
from selaras.core.registers.numbering import SECRET_BYTES, seal_of, secret_of
from selaras.core.registers.reading import asked_publicly, read_texts
from selaras.core.registers.records import Record
from selaras.core.registers.survey import Response, faults_of_response
from selaras.rulebook.service import SMART, load_surveys
from selaras.store import models as tables
from selaras.store.models.registers import Happening
from selaras.store.register_access import Held, find_register, held_of
from selaras.store.register_rows import workdays_on
from selaras.store.tickets import TicketView, ticket_view

NEW = "baru"
CLIENT = "pemohon"
"""How a step names somebody of the public; never who it is."""
LONGEST_MESSAGE = 2000
MOST_MESSAGES = 20
"""So many messages a client may write in a row before the office answers."""
MAIL_ATTEMPTS = 5
ATTACHED, SENT = "lampiran", "kiriman"
"""What files are called in the store: never by the name that their sender gave them."""
AGREED = "Pemohon menyetujui pemrosesan data pribadinya untuk menangani permohonan ini."
NO_CONSENT = Fault(
    "persetujuan pemrosesan data pribadi belum diberikan",
    remedy="Beri tanda persetujuan, atau datang ke loket bila Anda tidak ingin mengisi formulir ini.",
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the client is given: the secret is shown once and kept nowhere."""

    register: str
    number: str
    secret: str


@dataclass(frozen=True, slots=True)
class MailRound:
    """What a round of sending did."""

    sent: int
    failed: int


def open_ticket(
    by: Actor, *, agency: str, register: str, texts: Mapping[str, str], email: str = "", source: str = "",
    trap: str = "", consent: bool | None = None, uploads: Sequence[Upload] = (),
) -> Ticket:  # fmt: skip
    """Take a request in by the public form; only its fields are read. Gives number and secret.

    `source` is the address the request came from, `trap` a field that no person sees. `consent` says whether the person
    agreed that the personal data be processed; None where that was not asked (a program). Raises Refusal with every
    fault, or because too much came from one place; NotFound for a register that is not open; CannotRun.
    """
    _open_register(agency, register)
    count_try(source)
    files = looked_at(uploads)
    with traced(by, action="permohonan umum", agency=agency) as trace:
        held = _open_register(agency, register)
        refuse_machine(trap, texts)
        if consent is False:
            raise Refusal("Permohonan belum dapat diterima.", NO_CONSENT)
        address = _address(email)
        today = timezone.localdate()
        allowed = {item.code for item in asked_publicly(held.register) if item.kind is not FieldKind.FILE}
        content, faults = read_texts(
            held.register, {code: text for code, text in texts.items() if code in allowed}, Place(record=NEW)
        )
        if faults:
            raise Refusal("Permohonan belum dapat diterima.", *faults)
        draft = steps.open_record(held.register, number=NEW, content=content, on=today, by=CLIENT, roles={Role.READER})
        refuse_references(held, draft)
        number, series, serial = next_number(held, today, "")
        record = Record(number, held.register.code, draft.content, draft.moves)
        row = write_row(held, record, workdays_on(today), series=series, serial=serial, public=True)
        add_event(row, Happening.STATE, on=today, by=CLIENT, code=record.state, public=True)
        if consent:
            add_event(row, Happening.NOTE, on=today, by=CLIENT, note=AGREED)
        for name, digest in kept(agency, files, ATTACHED):
            add_event(row, Happening.FROM_CLIENT, on=today, by=CLIENT, file=name, sha256=digest, public=True)
        ticket = _ticket(held, row, address)
        state = held.register.states[0]
        count_request(source)
        if address:
            queue(held, row, address, state.told or state.name)
        trace |= {"register": register, "record": number}
        recount(by, trace, held, {today.year})
        _tell_office(by, held, number, f"Permohonan baru {number} ({held.register.name}) masuk dari laman umum.")
    return ticket


def give_ticket(by: Actor, *, agency: str, register: str, number: str, email: str = "") -> Ticket:
    """Give the client of a record at the counter a ticket to follow it; a new one makes the old one useless.

    Raises Refusal for a register that is not open to the public, NotAllowed, NotFound.
    """
    with record_held(by, agency, register, number, "memberi tiket", Act.SERVE) as kept:
        if not kept.register.open_to_public:
            raise Refusal("Tiket tidak diberikan.", Fault("register tidak dibuka untuk umum", read=register))
        return _ticket(kept.held, kept.row, _address(email))


def follow_ticket(by: Actor, *, agency: str, number: str, secret: str, source: str = "") -> TicketView:
    """What became of a ticket. `source` is the address that asks: wrong secrets are counted by it and the number.

    Raises NotFound, alike for a number there is not and for a wrong secret; Refusal after too many wrong ones.
    """
    return ticket_view(open_by_secret(by, agency, number, secret, source), timezone.localdate())


def write_message(
    by: Actor, *, agency: str, number: str, secret: str, text: str, upload: Upload | None = None, source: str = ""
) -> None:
    """Write to the office about one's own ticket, with a file where there is one, as long as the matter is open.

    Raises Refusal, NotFound, CannotRun.
    """
    ticket = open_by_secret(by, agency, number, secret, source)
    files = looked_at([upload] if upload else [])
    with traced(by, action="pesan pemohon", agency=agency) as trace:
        row, held = ticket.record, held_of(ticket.record.definition)
        note = words(text, "Pesan", empty=bool(files), most=LONGEST_MESSAGE)
        if row.closed is not None:
            raise Refusal("Pesan tidak dikirim.", Fault("permohonan sudah selesai", remedy="Ajukan permohonan baru."))
        kinds = list(row.events.order_by("-order").values_list("kind", flat=True)[:MOST_MESSAGES])
        if kinds == [Happening.FROM_CLIENT.value] * MOST_MESSAGES:
            raise Refusal("Pesan tidak dikirim.", Fault("terlalu banyak pesan", remedy="Tunggu jawaban petugas."))
        name, digest = next(iter(kept(agency, files, ATTACHED)), ("", ""))
        add_event(
            row, Happening.FROM_CLIENT, on=timezone.localdate(), by=CLIENT, note=note, file=name, sha256=digest,
            public=True,
        )  # fmt: skip
        trace |= {"register": held.row.code, "record": row.number}
        _tell_office(by, held, row.number, f"Pemohon menulis tentang {row.number} ({held.register.name}).", row)


def rate_service(
    by: Actor, *, agency: str, number: str, secret: str, answers: Mapping[str, int], comment: str = "",
    source: str = "",
) -> None:  # fmt: skip
    """Rate the service after the matter was finished, by the items of the SMART survey; once.

    Raises Refusal for answers outside the scale, a matter that is open, or a second rating; NotFound.
    """
    ticket = open_by_secret(by, agency, number, secret, source)
    with traced(by, action="menilai layanan", agency=agency) as trace:
        today, row = timezone.localdate(), ticket.record
        survey = load_surveys(today)[SMART]
        faults = list(faults_of_response(survey, Response(row.definition.code, today, answers)))
        if row.closed is None:
            faults.append(Fault("layanan belum selesai", expected="permohonan yang selesai"))
        if tables.RegisterRating.objects.filter(record=row).exists():
            faults.append(Fault("layanan ini sudah dinilai"))
        if faults:
            raise Refusal("Penilaian tidak disimpan.", *faults)
        tables.RegisterRating.objects.create(
            record=row, survey=SMART, on=today, answers=dict(answers),
            comment=words(comment, "Komentar", empty=True, most=LONGEST_MESSAGE),
        )  # fmt: skip
        trace |= {"register": row.definition.code, "record": row.number}


def answer_client(
    by: Actor, *, agency: str, register: str, number: str, text: str, seen: int | None = None,
    upload: Upload | None = None,
) -> None:  # fmt: skip
    """Write to the client of a record: it stands on the ticket's page, and a mail says so where there is an address.

    A file goes with it to be fetched there. Raises Conflict, Refusal where there is no ticket, NotAllowed, NotFound,
    CannotRun.
    """
    check_somewhere(by, Act.SERVE, agency)
    files = looked_at([upload] if upload else [])
    with record_held(by, agency, register, number, "menjawab pemohon", Act.SERVE, seen=seen) as held:
        note = words(text, "Pesan", most=LONGEST_MESSAGE)
        if not tables.RegisterTicket.objects.filter(record=held.row).exists():
            raise Refusal("Pesan tidak dikirim.", Fault("rekaman tanpa tiket", remedy="Berikan tiket dahulu."))
        name, digest = next(iter(kept(agency, files, SENT)), ("", ""))
        add_event(
            held.row, Happening.TO_CLIENT, on=held.today, by=hand(by), note=note, file=name, sha256=digest, public=True
        )
        tell_client(held, "Ada pesan baru dari petugas tentang permohonan Anda.")


def send_mails(by: Actor) -> MailRound:
    """Send the messages that wait; what was sent is emptied. Raises NotAllowed; a refused mail is tried again later."""
    with traced(by, action="mengirim surel pemohon", act=Act.CONFIGURE) as trace:
        if not _mail.configured():
            return MailRound(0, 0)
        sent = failed = 0
        waiting = tables.RegisterMail.objects.filter(sent_at__isnull=True, attempts__lt=MAIL_ATTEMPTS)
        for row in waiting.order_by("pk")[:500]:
            try:
                _mail.send(to=row.to, subject=row.subject, text=row.body)
            except CannotRun as refused:
                row.attempts, row.answer = row.attempts + 1, refused.faults[0].sentence()[:400]
                failed += 1
            else:
                row.sent_at, row.to, row.body, row.answer = timezone.now(), "", "", ""
                sent += 1
            row.save()
        trace |= {"sent": sent, "failed": failed}
    return MailRound(sent, failed)


# ---- parts -----------------------------------------------------------------------------------------------------------


def _open_register(agency: str, register: str) -> Held:
    try:
        held = find_register(agency, register)
    except NotFound:
        raise NotFound("Layanan ini tidak ditemukan.") from None
    if not held.register.open_to_public or Role.READER not in held.register.opened_by:
        raise NotFound("Layanan ini tidak ditemukan.")
    refuse_inactive(held)
    return held


def _ticket(held: Held, row: tables.RegisterRecord, email: str) -> Ticket:
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    tables.RegisterTicket.objects.update_or_create(record=row, defaults={"seal": seal_of(secret), "email": email})
    return Ticket(held.register.code, row.number, secret)


def _address(email: str) -> str:
    made = email.strip()
    if made:
        try:
            validate_email(made)
        except ValidationError:
            fault = Fault("alamat surel tidak terbaca", read=made[:80], expected="nama@contoh.id")
            raise Refusal("Alamat surel tidak diterima.", fault) from None
    return made


def _tell_office(by: Actor, held: Held, number: str, text: str, row: tables.RegisterRecord | None = None) -> None:
    """Tell who a record was given to, or everybody of the desk; without a word of its content."""
    people: Iterable[tables.User]
    if row is not None and row.assignee is not None:
        people = [row.assignee]
    else:
        roles = [role.value for role in held.register.opened_by if role is not Role.READER]
        people = tables.User.objects.filter(
            role_grants__role__in=roles, role_grants__agency__code=held.agency
        ).distinct()[:100]
    url = page_of(held.agency, timezone.localdate().year, held.register.code, number)
    tell(by, people, text=text, url=url, agency=held.agency, topic="register")
