"""The trail that every verb leaves: one record per act, also for refused ones, chained by hashes."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from selaras.core.access import Act, Actor, check
from selaras.core.errors import Refusal
from selaras.store.errand import errand
from selaras.store.models import AuditRecord, FieldChange, HistorySalt
from selaras.store.models.audit import PERSONAL_KINDS

FLUSH = 500
ACTING = 0x53414B
"""The number under which PostgreSQL keeps who acts for an agency."""
LONGEST_REFUSAL = 400
SKEW = timedelta(minutes=2)
"""So far the clocks of workers and machines may stand apart without a word."""


class Trace(dict[str, Any]):
    """What an act leaves: its details (texts and whole numbers only), and every field that it changed."""

    def __init__(self, by: Actor, agency: str) -> None:
        super().__init__()
        self._by = by
        self._agency = agency
        self._act = uuid.uuid4()
        self._at: datetime = timezone.now()
        self._digest = hashlib.sha256()
        self._waiting: list[FieldChange] = []
        self._count = 0
        self._personal = False

    @property
    def begun(self) -> datetime:
        """When the act began."""
        return self._at

    def changed(self, kind: str, key: str, field: str, before: str, after: str, reason: str = "") -> None:
        """Remember one field of one record from one value to another."""
        change = FieldChange(
            act=self._act, at=self._at, actor=self._by.name, agency=self._agency,
            kind=kind, key=key, field=field, before=before, after=after, reason=reason,
        )  # fmt: skip
        self._digest.update(change.line().encode() + b"\n")
        self._waiting.append(change)
        self._personal = self._personal or kind in PERSONAL_KINDS
        self._count += 1
        if len(self._waiting) >= FLUSH:
            self._flush()

    def finish(self) -> None:
        """Write the changes and seal them with a digest in the details; call inside the act's transaction."""
        self._flush()
        if self._count:
            if self._personal:  # whoever erases a value of it takes the salt away too
                salt = secrets.token_hex(16)
                HistorySalt.objects.create(act=self._act, salt=salt)
                self._digest.update(salt.encode())
            self["act"] = str(self._act)
            self["changed_fields"] = self._count
            self["digest"] = self._digest.hexdigest()

    def _flush(self) -> None:
        FieldChange.objects.bulk_create(self._waiting)
        self._waiting = []


@contextmanager
def traced(by: Actor, *, action: str, agency: str = "", act: Act | None = None, unit: str = "") -> Iterator[Trace]:
    """One transaction and one audit record around an act, after a look whether `by` may do `act` there.

    What the act puts into the trace stands in the record as its details. If it is refused, nothing is changed, and
    the attempt is recorded with the reason. Raises NotFound and NotAllowed of `core.access.check`.
    """
    trace = Trace(by, agency)
    try:
        if act is not None:
            check(by, act, agency, unit)
        with transaction.atomic():
            _alone(agency)
            yield trace
            trace.finish()
            append(by, action=action, agency=agency, details=dict(trace), begun=trace.begun)
    except Refusal as refusal:
        told = {"refused": refusal.message[:LONGEST_REFUSAL], "faults": len(refusal.faults)}
        with transaction.atomic():
            append(by, action=action, agency=agency, details=told)
        raise


def _alone(agency: str) -> None:
    """Let the acts of one agency follow each other: what an act has looked at stands until it has written.

    On PostgreSQL two people who both saw an empty cell would else both fill it, the second over the first, unseen. SQLite
    has one writer anyway. The lock goes with the transaction.
    """
    if agency and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ACTING, agency])


def append(
    by: Actor, *, action: str, agency: str, details: dict[str, Any], begun: datetime | None = None
) -> AuditRecord:
    """Add one record at the end of the chain; call inside a transaction.

    A record is never dated before its act had `begun`, and one that stands after a record of the future says by how
    many seconds the clock was set back: the order of the chain is that of the numbers, not of the clock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Two writers that read the same last record would fork the chain. SQLite has one writer anyway.
            cursor.execute(f'LOCK TABLE "{AuditRecord._meta.db_table}" IN EXCLUSIVE MODE')  # noqa: SLF001
    if number := errand.get():
        details = details | {"errand": number}
    last, last_at = AuditRecord.objects.order_by("-pk").values_list("hash", "at").first() or ("", None)
    at = max(timezone.now(), begun) if begun else timezone.now()
    if last_at is not None and last_at - at > SKEW:
        details = details | {"clock_back": int((last_at - at).total_seconds())}
    record = AuditRecord(at=at, actor=by.name, action=action, agency=agency, details=details, previous=last)
    record.hash = record.computed_hash()
    record.save(force_insert=True)
    return record
