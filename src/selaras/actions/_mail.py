"""Outgoing mail: whether there is a server for it, and one message at a time."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from selaras.core.errors import CannotRun, Fault

REMEDY = "Periksa SELARAS_SMTP_HOST, …_PORT, …_USER, …_PASSWORD, dan …_TLS; `selaras doctor --mail` mencobanya."


def configured() -> bool:
    """Whether the installation names a mail server."""
    return bool(getattr(settings, "EMAIL_HOST", ""))


def send(*, to: str, subject: str, text: str) -> None:
    """Hand one plain message to the mail server. Raises CannotRun with the server's answer."""
    if not configured():
        raise CannotRun("Surel tidak dikirim: server surel belum diatur.", Fault("tanpa server surel", remedy=REMEDY))
    message = EmailMessage(" ".join(subject.split()), text, to=[to], connection=get_connection())
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except (OSError, SMTPException) as error:
        raise CannotRun(
            "Surel tidak dapat dikirim.", Fault("server surel menolak", read=str(error), remedy=REMEDY)
        ) from error
