"""The trail: who did what and when, each record chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models

from selaras.store.querysets import AuditQuerySet, FieldChangeQuerySet

PERSONAL_KINDS = frozenset({"Employee", "Tenure", "akun", "peran", "pemegang jabatan", "SKP", "MPH"})
"""Kinds whose history holds personal data: their acts are sealed with a salt (`HistorySalt`), so that one can be erased."""


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


class FieldChange(models.Model):
    """One field of one record from one value to another: the history of every value.

    All changes of one act share `act`, whose audit record counts them and holds their digest.
    """

    act = models.UUIDField()
    at = models.DateTimeField()
    actor = models.TextField()
    agency = models.CharField(max_length=None)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=600)
    field = models.CharField(max_length=120)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    objects = FieldChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "riwayat nilai"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("agency", "kind", "key"), name="fieldchange_place"),
            models.Index(fields=("act",), name="fieldchange_act"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.field}: {self.before} → {self.after}"

    def line(self) -> str:
        """The change as one line of the digest."""
        return json.dumps(
            [self.agency, self.kind, self.key, self.field, self.before, self.after, self.reason], ensure_ascii=False
        )
