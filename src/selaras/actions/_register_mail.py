"""Messages to somebody without an account: queued inside the act, sent by a timer, emptied once they are sent."""

from __future__ import annotations

from selaras.actions._registers import Kept
from selaras.store import models as tables


def tell_client(kept: Kept, text: str) -> None:
    """Queue a message to who asked, where the record has a ticket with an address; personal data stay out of it."""
    ticket = tables.RegisterTicket.objects.filter(record=kept.row.pk).first()
    if ticket is None or not ticket.email or not text:
        return
    queue(kept.row, ticket.email, kept.register.name, kept.record.number, text)


def queue(row: tables.RegisterRecord, to: str, register: str, number: str, text: str) -> None:
    """Queue one message about a record."""
    body = (
        f"{text}\n\nNomor: {number}\nRegister: {register}\n\n"
        "Ikuti perkembangannya pada laman layanan kami dengan nomor ini dan kode rahasia Anda.\n"
        "Surel ini dikirim otomatis; jangan membalasnya.\n"
    )
    tables.RegisterMail.objects.create(record=row, to=to, subject=f"{register}: {number}", body=body)
