"""Why values stand as they stand: the last reason that was given for each of some records."""

from __future__ import annotations

from collections.abc import Iterable

from selaras.store.models import FieldChange

BATCH = 400


def reasons_of(agency: str, kind: str, keys: Iterable[str]) -> dict[str, str]:
    """The newest reason of each record of one kind by its key in words; records without one are left out.

    One query for up to some hundred records.
    """
    wanted = list(keys)
    found: dict[str, str] = {}
    for start in range(0, len(wanted), BATCH):
        rows = FieldChange.objects.filter(agency=agency, kind=kind, key__in=wanted[start : start + BATCH])
        found |= dict(rows.exclude(reason="").order_by("pk").values_list("key", "reason"))
    return found
