"""Taking personal data out of the history of values, so that the trail can still be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, TextField, Value, When

from selaras.actions.audit import Trace
from selaras.core.errors import Fault, Refusal
from selaras.store.models import AuditRecord, FieldChange, HistorySalt
from selaras.store.retention import GONE

RESEALED = "resealed"


def erase_history(trace: Trace, changes: QuerySet[FieldChange], stands_for: str) -> int:
    """Blacken every value, key and reason of some changes, and seal their acts anew in the record of this act.

    The records of the trail stay as they are: what was sealed with a salt can be tried out no more, because the salt goes.
    What does not fit its seal before is not touched, so that nobody hides a forgery this way. Raises Refusal.
    """
    acts = set(changes.order_by().values_list("act", flat=True).distinct())
    if not acts:
        return 0
    wanted, found = _sealed(acts), dict(_digests(acts))
    broken = sorted(str(act) for act in acts if wanted.get(str(act)) != found[act])
    if broken:
        raise Refusal(
            "Riwayat tidak dihapus karena isinya tidak sesuai dengan segelnya.",
            Fault(
                "riwayat nilai diubah di luar program", read=broken[0], remedy="Jalankan `selaras audit verify` dahulu."
            ),
        )
    gone = {
        column: Case(When(**{column: ""}, then=F(column)), default=Value(GONE, TextField()))
        for column in ("before", "after")
    }
    count: int = changes.update(key=stands_for, reason="", **gone)
    HistorySalt.objects.filter(act__in=acts).delete()
    before = trace.setdefault(RESEALED, {})
    before |= {str(act): digest for act, digest in _digests(acts)}
    return count


def _digests(acts: set[UUID]) -> Iterator[tuple[UUID, str]]:
    """The digest of the history of each act as it stands now."""
    salts = dict(HistorySalt.objects.filter(act__in=acts).values_list("act", "salt"))
    rows = FieldChange.objects.filter(act__in=acts).order_by("act", "pk").iterator(chunk_size=2000)
    for act, changes in groupby(rows, key=lambda change: change.act):
        digest = hashlib.sha256()
        for change in changes:
            digest.update(change.line().encode() + b"\n")
        digest.update(salts.get(act, "").encode())
        yield act, digest.hexdigest()


def _sealed(acts: set[UUID]) -> dict[str, str]:
    """What the trail says about the history of each act: by its own record, or the last that sealed it anew."""
    names = {str(act) for act in acts}
    found: dict[str, str] = {}
    own = AuditRecord.objects.filter(details__act__in=list(names)).values_list("details", flat=True)
    again = AuditRecord.objects.filter(details__has_key=RESEALED).order_by("pk").values_list("details", flat=True)
    for details in own:
        found[str(details["act"])] = str(details.get("digest", ""))
    for details in again:
        found |= {act: str(digest) for act, digest in _pairs(details) if act in names}
    return found


def _pairs(details: dict[str, Any]) -> list[tuple[str, Any]]:
    return list(details[RESEALED].items())
