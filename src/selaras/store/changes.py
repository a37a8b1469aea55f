"""What changed of realisations since they were last verified, out of the history of values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from selaras.core.measurement.records import Progress
from selaras.store.models import FieldChange

KIND = "Realisation"
STATE = "Status"
SIGNING = frozenset({STATE, "Diisi oleh", "Diverifikasi oleh"})
"""Fields that say who and how far, not what."""


@dataclass(frozen=True, slots=True)
class Since:
    """What is known of one realisation: who verified it last and when, and which fields changed since."""

    verified_by: str = ""
    verified_on: str = ""
    changes: tuple[FieldChange, ...] = ()

    @property
    def was_verified(self) -> bool:
        """Whether it was verified before."""
        return bool(self.verified_on)


NEVER = Since()


def since_verified(agency: str, keys: Collection[str]) -> dict[str, Since]:
    """For each realisation, by its key in words, what changed since its last verification. One query.

    A value that goes back and forth and ends as it was verified has not changed.
    """
    rows = FieldChange.objects.filter(agency=agency, kind=KIND, key__in=list(keys)).order_by("pk")
    found: dict[str, Since] = {}
    for row in rows:
        known = found.get(row.key, NEVER)
        if row.field == STATE and row.after == Progress.VERIFIED.value:
            found[row.key] = Since(row.actor, f"{row.at.isoformat()}")
        elif row.field not in SIGNING and known.was_verified:
            found[row.key] = Since(known.verified_by, known.verified_on, (*known.changes, row))
    return {key: Since(one.verified_by, one.verified_on, _net(one.changes)) for key, one in found.items()}


def _net(changes: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """For each field only from where to where in the end, if that is not the same."""
    kept: dict[str, FieldChange] = {}
    for change in changes:
        first = kept.get(change.field)
        kept[change.field] = FieldChange(
            field=change.field, before=first.before if first else change.before, after=change.after,
            actor=change.actor, at=change.at, reason=change.reason or (first.reason if first else ""),
        )  # fmt: skip
    return tuple(change for change in kept.values() if change.before != change.after)
