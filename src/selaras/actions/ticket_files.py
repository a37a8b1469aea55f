"""What the owner of a ticket fetches by number and secret: letters as PDF, and files that came with messages."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from selaras.actions._files import written
from selaras.actions._keeping import Upload
from selaras.actions._ticket_doors import open_by_secret
from selaras.actions._ticket_files import MOST_CLIENT_BYTES, MOST_FILES
from selaras.actions.audit import traced
from selaras.core.access import Actor
from selaras.core.reporting.service_letter import Wording, compose
from selaras.documents.write import write
from selaras.store.tickets import file_of, letter_of

__all__ = ["MOST_CLIENT_BYTES", "MOST_FILES", "Upload", "fetch_file", "fetch_letter"]


def fetch_letter(
    by: Actor, *, agency: str, number: str, secret: str, letter: str, output: Path, source: str = ""
) -> Path:
    """Write one letter of a ticket as PDF into the folder `output`.

    Raises NotFound for a wrong secret as for a letter that is not there yet, Refusal after too many wrong ones, CannotRun.
    """
    ticket = open_by_secret(by, agency, number, secret, source)
    held, found, paragraphs = letter_of(ticket, letter, timezone.localdate())
    row = ticket.record
    path = output / f"{found.code}.pdf"
    document = compose(
        Wording(held.row.agency.name, held.register.name, found.name, row.number, row.opened, paragraphs),
        year=timezone.localdate().year,
    )
    with written(path) as draft:
        write(document, "pdf", draft)
    with traced(by, action="mengambil surat", agency=agency) as trace:
        trace |= {"register": held.row.code, "record": row.number, "letter": found.code}
    return path


def fetch_file(by: Actor, *, agency: str, number: str, secret: str, order: int, source: str = "") -> str:
    """The stored name of the file that came with one message of a ticket. Raises NotFound."""
    ticket = open_by_secret(by, agency, number, secret, source)
    name = file_of(ticket, order)
    with traced(by, action="mengambil berkas tiket", agency=agency) as trace:
        trace |= {"register": ticket.record.definition.code, "record": ticket.record.number}
    return name
