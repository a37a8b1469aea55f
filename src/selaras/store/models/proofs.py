"""Tables of stage proofs: signed heads of the trail, verifications that people asked for, roots that an agency trusts."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from selaras.store.models.columns import choice, text
from selaras.store.models.org import Agency


class AnchorKind(StrEnum):
    """By what an anchor is signed."""

    INSTALLATION = "ed25519"
    """The key of the installation itself."""
    CMS = "cms"
    """A detached signature by a certificate of the agency."""


class VerificationState(StrEnum):
    """How far a verification is."""

    WAITING = "menunggu"
    RUNNING = "diperiksa"
    READY = "selesai"
    FAILED = "gagal"


class AuditAnchor(models.Model):
    """The head of the trail at some time, signed; each anchor names the one before it by its hash."""

    number = models.PositiveBigIntegerField(unique=True)
    last_id = models.PositiveBigIntegerField()
    records = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content of the anchor before; empty for the first."""
    made_at = models.DateTimeField()
    made_by = text()
    kind = choice(AnchorKind)
    signature = models.BinaryField()
    certificate = text()
    """The public key, or the certificate with its chain, as PEM."""

    class Meta:
        verbose_name = "jangkar jejak audit"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.last_id} {self.head[:16]}"


class Verification(models.Model):
    """A file that somebody wants to have verified. The file goes when it was looked at, the answer some time later."""

    code = models.CharField(max_length=40, unique=True)
    """Unguessable; who has it may read the answer."""
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200)
    state = choice(VerificationState)
    result = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150, blank=True)
    """The account; empty for the public."""

    class Meta:
        verbose_name = "pemeriksaan berkas"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("state", "id"), name="verification_state"),
            models.Index(fields=("expires_at",), name="verification_expires"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class TrustRoot(models.Model):
    """A root of certificates that is trusted: by every agency here, or by one of them."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    pem = text()
    sha256 = models.CharField(max_length=64)
    """Of the certificate."""
    not_after = models.DateTimeField()
    source = text()
    """Where it was got and how it was compared with what its owner announces."""
    added_by = text()
    added_at = models.DateTimeField()
    removed_by = text()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "akar tepercaya"
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sha256",), condition=models.Q(removed_at__isnull=True), name="trustroot_key",
                violation_error_message="akar ini sudah dipercaya",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name
