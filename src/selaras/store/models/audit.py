"""The trail: who did what and when, each record chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models

from selaras.store.querysets import AuditQuerySet


class AuditRecord(models.Model):
    """One act. `hash` covers every other column and the hash before, so a change in the past shows."""

    at = models.DateTimeField()
    actor = models.TextField()
    action = models.CharField(max_length=80)
    agency = models.CharField(max_length=None, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan audit"
        ordering = ("pk",)
        indexes = (models.Index(fields=("agency", "at"), name="audit_agency_at"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.agency}"

    def computed_hash(self) -> str:
        """SHA-256 over the record and the hash before it."""
        at = self.at.astimezone(UTC).isoformat()
        parts: list[Any] = [self.previous, at, self.actor, self.action, self.agency, self.details]
        text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
