"""The trail that every verb leaves: one record per act, also for refused ones, chained by hashes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from selaras.core.access import Act, Actor, check
from selaras.core.errors import Refusal
from selaras.store.models import AuditRecord, FieldChange

FLUSH = 500
LONGEST_REFUSAL = 400


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

    def changed(self, kind: str, key: str, field: str, before: str, after: str, reason: str = "") -> None:
        """Remember one field of one record from one value to another."""
        change = FieldChange(
            act=self._act, at=self._at, actor=self._by.name, agency=self._agency,
            kind=kind, key=key, field=field, before=before, after=after, reason=reason,
        )  # fmt: skip
        self._digest.update(change.line().encode() + b"\n")
        self._waiting.append(change)
        self._count += 1
        if len(self._waiting) >= FLUSH:
            self._flush()

    def finish(self) -> None:
        """Write the changes and seal them with a digest in the details; call inside the act's transaction."""
        self._flush()
        if self._count:
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
            yield trace
            trace.finish()
            append(by, action=action, agency=agency, details=dict(trace))
    except Refusal as refusal:
        told = {"refused": refusal.message[:LONGEST_REFUSAL], "faults": len(refusal.faults)}
        with transaction.atomic():
            append(by, action=action, agency=agency, details=told)
        raise


def append(by: Actor, *, action: str, agency: str, details: dict[str, Any]) -> AuditRecord:
    """Add one record at the end of the chain; call inside a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Two writers that read the same last record would fork the chain. SQLite has one writer anyway.
            cursor.execute(f'LOCK TABLE "{AuditRecord._meta.db_table}" IN EXCLUSIVE MODE')  # noqa: SLF001
    last = AuditRecord.objects.order_by("-pk").values_list("hash", flat=True).first()
    record = AuditRecord(
        at=timezone.now(), actor=by.name, action=action, agency=agency, details=details, previous=last or ""
    )
    record.hash = record.computed_hash()
    record.save(force_insert=True)
    return record
