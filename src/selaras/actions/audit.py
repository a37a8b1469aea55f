"""The trail that every verb leaves: one record per act, in the same transaction, chained by hashes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from selaras.core.access import Actor
from selaras.store.models import AuditRecord


@contextmanager
def traced(by: Actor, *, action: str, agency: str = "") -> Iterator[dict[str, Any]]:
    """One transaction and one audit record around an act.

    What the act puts into the dictionary stands in the record as its details (texts and whole numbers only). If
    it raises, nothing is changed and nothing recorded.
    """
    details: dict[str, Any] = {}
    with transaction.atomic():
        yield details
        append(by, action=action, agency=agency, details=details)


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
