"""The door of a ticket: number and secret open it; a wrong secret is counted for who gave it."""

from __future__ import annotations

from selaras.actions._visits import count_wrong
from selaras.actions.audit import traced
from selaras.core.access import Actor
from selaras.core.errors import NotFound
from selaras.store import models as tables
from selaras.store.tickets import UNKNOWN, opened_by


def open_by_secret(by: Actor, agency: str, number: str, secret: str, source: str = "") -> tables.RegisterTicket:
    """The ticket that number and secret open; a wrong secret is counted for who gave it, never against the owner.

    Raises NotFound, Refusal within the time that too many wrong ones cost.
    """
    ticket = opened_by(agency, number, secret)
    if ticket is not None:
        return ticket
    if count_wrong(source, agency, number):
        with traced(by, action="kode tiket salah", agency=agency) as trace:
            trace["record"] = number.strip()[:80]
    raise NotFound(UNKNOWN)
