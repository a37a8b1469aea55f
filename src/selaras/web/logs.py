"""What is written to the log: one line of JSON for each event, with the number of its request and without secrets.

Logs are read by more people than the database. They name the pattern of an address and never the address itself, which
may hold the word of a survey, a ticket or an invitation; of a query they hold the SQL and never its values.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from selaras.store.errand import errand

HIDDEN = "•••"
SHORTEST_SECRET = 6
"""A shorter setting would blacken ordinary words."""
SECRET_SETTINGS = (
    "SECRET_KEY", "EMAIL_HOST_PASSWORD", "METRICS_TOKEN",
)  # fmt: skip
SECRET_NAME = re.compile(r"PASSWORD|SECRET|TOKEN|PASSPHRASE|_PIN$|PRIVATE_KEY", re.IGNORECASE)
TELLING = re.compile(
    r"(?i)(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}"
    r"|(\b[\w-]*(?:password|passwd|passphrase|secret|token|sandi|kode)[\w-]*['\"]?\s*[=:]\s*['\"]?)[^\s'\"&,;)}\]]+"
    r"|(://[^/\s:@]*:)[^@\s/]+(?=@)"
    r"|(\bselaras_)[A-Za-z0-9_-]{16,}"
    r"|(\bwhsec_)[A-Za-z0-9+/=_-]{8,}"
)
NIP = re.compile(r"\b\d{15}(?=\d{3}\b)")
EXTRA = ("method", "route", "status", "ms", "queries", "sql_ms", "user", "sql", "bytes")
WANTED = ("INFO", "WARNING")


def without_secrets(text: str) -> str:
    """A text in which every secret that the process knows, and all that looks like one, is blackened."""
    for secret in secrets():
        text = text.replace(secret, HIDDEN)
    return NIP.sub("•" * 15, TELLING.sub(_blackened, text))


def secrets() -> Iterator[str]:
    """Every secret of the settings and of the environment that is long enough to be told from a word."""
    known = {str(getattr(settings, name, "") or "") for name in SECRET_SETTINGS}
    known |= {value for name, value in os.environ.items() if SECRET_NAME.search(name)}
    for described in settings.DATABASES.values():
        known.add(str(described.get("PASSWORD") or ""))
    for address in (os.environ.get("DATABASE_URL", ""),):
        known.add(unquote(urlsplit(address).password or "") if "://" in address else "")
    yield from sorted((secret for secret in known if len(secret) >= SHORTEST_SECRET), key=len, reverse=True)


def _blackened(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group is not None), "") + HIDDEN


class Plain(logging.Formatter):
    """For people at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One event with the number of its request at the end."""
        number = errand.get()
        text = without_secrets(super().format(plainly(record)))
        return f"{text} [{number}]" if number else text


class Json(logging.Formatter):
    """For programs: one line, one object, one event."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, place, request, words, and what the event adds; an error with where it happened."""
        record = plainly(record)
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "request": errand.get(),
            "message": without_secrets(record.getMessage()),
        }  # fmt: skip
        for name in EXTRA:
            if name in record.__dict__:
                value = record.__dict__[name]
                said[name] = without_secrets(value) if isinstance(value, str) else value
        if record.exc_info:
            said["error"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False, default=str)


def plainly(record: logging.LogRecord) -> logging.LogRecord:
    """Django's own words for a failed request name its address; here they name the pattern of it."""
    request = record.__dict__.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or not record.name.startswith("django."):
        return record
    told = logging.makeLogRecord(record.__dict__)
    told.args = ()
    told.msg = (
        f"{record.getMessage().partition(':')[0]}: {getattr(request, 'method', '')} "
        f"{match.route if match else '(tanpa pola)'}"
    )
    return told
