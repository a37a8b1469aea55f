"""Ways into the tables: every queryset is entered through `visible_to(actor)`."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from selaras.core.access import Actor

Row = TypeVar("Row", bound=models.Model)


class AgencyQuerySet(models.QuerySet[Row]):
    """Agencies."""

    def visible_to(self, actor: Actor) -> Self:
        """The agencies that the actor's roles reach."""
        return self.filter(code__in=actor.agencies) if actor.agencies else self


class RecordQuerySet(models.QuerySet[Row]):
    """Records of one kind."""

    def visible_to(self, actor: Actor) -> Self:
        """The records of the agencies that the actor's roles reach."""
        return self.filter(agency__code__in=actor.agencies) if actor.agencies else self

    def in_order(self) -> Self:
        """The agency's own order: that of its workbook."""
        return self.order_by("sequence", "pk")


class AuditQuerySet(models.QuerySet[Row]):
    """The trail of what was done."""

    def visible_to(self, actor: Actor) -> Self:
        """The trail of the agencies that the actor's roles reach."""
        return self.filter(agency__in=actor.agencies) if actor.agencies else self

    def first_broken(self) -> Row | None:
        """The first record that does not fit its own hash or the one before, None if the chain holds."""
        previous = ""
        for record in self.order_by("pk").iterator():
            chained = getattr(record, "previous", None) == previous
            previous = record.computed_hash()  # type: ignore[attr-defined]
            if not chained or getattr(record, "hash", None) != previous:
                return record
        return None
