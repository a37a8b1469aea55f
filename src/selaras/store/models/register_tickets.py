"""Tables of the public side of registers: tickets, mails, what came from where, ratings."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from selaras.store.models.columns import choice, text
from selaras.store.models.registers import RegisterRecord


class VisitKind(StrEnum):
    """What came from an address of the public."""

    REQUEST = "permohonan"
    TRY = "percobaan"
    WRONG_SECRET = "kode salah"  # noqa: S105 (not a secret)


class RegisterTicket(models.Model):
    """How somebody without account follows a record: only the hash of the secret is kept."""

    record = models.OneToOneField(RegisterRecord, on_delete=models.CASCADE, related_name="ticket")
    seal = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    """Where to tell of each step; personal."""
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tiket"

    def __str__(self) -> str:
        return str(self.record_id)


class RegisterMail(models.Model):
    """A message to somebody without account that waits to be sent; emptied as soon as it is."""

    record = models.ForeignKey(RegisterRecord, on_delete=models.CASCADE, related_name="mails")
    to = models.EmailField(blank=True)
    subject = text()
    at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = text()
    body = text()

    class Meta:
        verbose_name = "surel kepada pemohon"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.subject


class RegisterVisit(models.Model):
    """What came from one address of the public within a day, so that a flood can be refused; only a hash is kept."""

    kind = choice(VisitKind)
    source = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "kunjungan laman umum"
        indexes = (models.Index(fields=("source", "at"), name="registervisit_source"),)

    def __str__(self) -> str:
        return self.source


class RegisterRating(models.Model):
    """What a client thought of the service, by items of a survey (SMART); once for each record."""

    record = models.OneToOneField(RegisterRecord, on_delete=models.CASCADE, related_name="rating")
    survey = models.CharField(max_length=40)
    on = models.DateField()
    answers = models.JSONField(default=dict)
    comment = text()

    class Meta:
        verbose_name = "penilaian layanan"

    def __str__(self) -> str:
        return f"{self.record_id} {self.on}"
