"""Ways into the tables: every queryset is entered through `visible_to(actor)`."""

from __future__ import annotations

import hashlib
from typing import Self, TypeVar

from django.db import models

from selaras.core.access import Actor

Row = TypeVar("Row", bound=models.Model)


class AgencyQuerySet(models.QuerySet[Row]):
    """Agencies."""

    def visible_to(self, actor: Actor) -> Self:
        """The agencies that the actor's roles reach."""
        return self if actor.everywhere else self.filter(code__in=actor.agencies)


class RecordQuerySet(models.QuerySet[Row]):
    """Records of one kind."""

    def visible_to(self, actor: Actor) -> Self:
        """The records of the agencies that the actor's roles reach."""
        return self if actor.everywhere else self.filter(agency__code__in=actor.agencies)

    def in_order(self) -> Self:
        """The agency's own order: that of its workbook."""
        return self.order_by("sequence", "pk")


class FieldChangeQuerySet(models.QuerySet[Row]):
    """The history of values."""

    def visible_to(self, actor: Actor) -> Self:
        """The history of the agencies that the actor's roles reach."""
        return self if actor.everywhere else self.filter(agency__in=actor.agencies)

    def of(self, agency: str, kind: str, key: str = "") -> Self:
        """The history of one kind of record, or of one record, newest first."""
        found = self.filter(agency=agency, kind=kind)
        return (found.filter(key=key) if key else found).order_by("-pk")

    def digest(self) -> str:
        """SHA-256 over the changes in their order; that of one act stands in its audit record."""
        digest = hashlib.sha256()
        for change in self.order_by("pk").iterator():
            digest.update(change.line().encode() + b"\n")  # type: ignore[attr-defined]
        return digest.hexdigest()


class AuditQuerySet(models.QuerySet[Row]):
    """The trail of what was done."""

    def visible_to(self, actor: Actor) -> Self:
        """The trail of the agencies that the actor's roles reach."""
        return self if actor.everywhere else self.filter(agency__in=actor.agencies)

    def first_broken(self) -> Row | None:
        """The first record that does not fit its own hash or the one before, None if the chain holds."""
        previous = ""
        for record in self.order_by("pk").iterator():
            chained = getattr(record, "previous", None) == previous
            previous = record.computed_hash()  # type: ignore[attr-defined]
            if not chained or getattr(record, "hash", None) != previous:
                return record
        return None
