"""Messages to somebody without an account: queued inside the act, sent by a timer, emptied once they are sent."""

from __future__ import annotations

from django.conf import settings

from selaras.actions._registers import Kept, in_address
from selaras.store import models as tables
from selaras.store.register_access import Held


def tell_client(kept: Kept, text: str, *, rateable: bool = False) -> None:
    """Queue a message to who asked, where the record has a ticket with an address; personal data stay out of it.

    With `rateable` the message also asks for a rating, which the ticket's page takes now.
    """
    ticket = tables.RegisterTicket.objects.filter(record=kept.row.pk).first()
    if ticket is None or not ticket.email or not text:
        return
    more = "\n\nMohon nilai layanan kami pada laman tiket Anda." if rateable else ""
    queue(kept.held, kept.row, ticket.email, f"{text}{more}")


def queue(held: Held, row: tables.RegisterRecord, to: str, text: str) -> None:
    """Queue one message about a record."""
    body = (
        f"{text}\n\nNomor: {row.number}\nRegister: {held.register.name}\n\n"
        "Ikuti perkembangannya dengan nomor ini dan kode rahasia Anda pada laman layanan kami:\n"
        f"{settings.SITE_URL}/publik/{in_address(held.agency)}/layanan/tiket/\n"
        "Surel ini dikirim otomatis; jangan membalasnya.\n"
    )
    tables.RegisterMail.objects.create(record=row, to=to, subject=f"{held.register.name}: {row.number}", body=body)
