"""Reckoning the facts of records anew: after a change of the definition or of the table of holidays, in batches."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from selaras.store import models as tables
from selaras.store.register_access import Held
from selaras.store.register_rows import record_of, whole_rows, workdays_on

BATCH = 500


def refresh(held: Held) -> int:
    """Reckon every record that was reckoned by something else than what holds today; call inside a transaction."""
    workdays = workdays_on(timezone.localdate())
    seal = held.seal(workdays)
    other = tables.RegisterRecord.objects.filter(definition=held.pk).filter(Q(seal__lt=seal) | Q(seal__gt=seal))
    done = 0
    while batch := list(whole_rows(other).order_by("pk")[:BATCH]):
        names: set[str] = set()
        for row in batch:
            packed = held.pack(record_of(held.register, row), workdays, seal)
            for name, value in packed.columns.items():
                setattr(row, name, value)
            names |= set(packed.columns)
            if packed.private is None:
                tables.RegisterPrivate.objects.filter(record=row.pk).delete()
            else:
                tables.RegisterPrivate.objects.update_or_create(record_id=row.pk, defaults=packed.private)
        tables.RegisterRecord.objects.bulk_update(batch, sorted(names))
        done += len(batch)
    return done
