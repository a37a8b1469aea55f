"""Tables of stage issuing: documents that were issued, each stage of their file, who signs in which order, keys, minutes.

The files lie in the workspace, named by their fingerprint; the tables say which file is which.
"""

from __future__ import annotations

from django.db import models

from selaras.core.issuing.stages import IssuedState, KeyKind, Level, SignatureState, Way
from selaras.store.models.columns import choice, text
from selaras.store.models.org import Agency
from selaras.store.models.users import User


def fingerprint() -> models.CharField[str, str]:
    """A SHA-256 in hexadecimal letters; empty stands for none yet."""
    return models.CharField(max_length=64, blank=True)


class IssuedDocument(models.Model):
    """One version of one document that is, or waits to be, signed electronically."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=600)
    """The record that the document is made of, as its stage names it."""
    record = models.PositiveBigIntegerField(default=0)
    """The row of that record, for links; 0 where the key alone names it."""
    title = text()
    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=None, blank=True)
    """The code of the unit that answers for it; empty for the whole agency."""
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(max_length=16, unique=True)
    """Unguessable; opens the public page of verification."""
    state = choice(IssuedState)
    reason = text()
    """Why there is this version."""
    note = text()
    """Why it was withdrawn, or why the last signature was refused."""
    data_sha256 = fingerprint()
    """Of exactly the content that was issued: while another one stands in the records, nobody may sign."""
    source_sha256 = fingerprint()
    """Of the file before the first signature."""
    sha256 = fingerprint()
    """Of the file as it is now."""
    file = models.CharField(max_length=300)
    """The name under which it is handed out."""
    pages = models.PositiveIntegerField(default=0)
    places = models.JSONField(default=dict)
    """Where on the page each signature's stamp stands: page, left, bottom, right, top in points, by its order."""
    public = models.BooleanField(default=False)
    """The public page hands out the file; otherwise it only confirms."""
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    issued_at = models.DateTimeField(null=True, blank=True)
    made_by = text()
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "dokumen terbit"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "kind", "key", "version"),
                name="issueddocument_key",
                violation_error_message="versi dokumen ini sudah ada",
            ),
        )
        indexes = (
            models.Index(fields=("agency", "year", "state"), name="issueddocument_state"),
            models.Index(fields=("sha256",), name="issueddocument_sha256"),
        )

    def __str__(self) -> str:
        return f"{self.title} versi {self.version} ({self.state})"


class IssuedStage(models.Model):
    """A file of an issued document as it was at some time, so that an earlier signed stage is recognised too."""

    document = models.ForeignKey(IssuedDocument, on_delete=models.CASCADE, related_name="stages")
    number = models.PositiveIntegerField()
    """How many signatures are on it; 0 is the file before the first."""
    sha256 = fingerprint()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tahap dokumen terbit"
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="issuedstage_key"),)
        indexes = (models.Index(fields=("sha256",), name="issuedstage_sha256"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.number} {self.sha256}"


class IssuedSignature(models.Model):
    """One place for a signature: who is to sign, in which order, and what was signed by which certificate."""

    document = models.ForeignKey(IssuedDocument, on_delete=models.CASCADE, related_name="signatures")
    order = models.PositiveIntegerField()
    role = text()
    """As what the person signs: pihak pertama, pejabat penilai, pimpinan instansi, …"""
    position = models.CharField(max_length=None, blank=True)
    """The code of the position whose holder signs; empty where a person signs as such."""
    office = text()
    """The name of the position as the stamp shows it."""
    holder = text()
    """The name of who is to sign."""
    identity = models.CharField(max_length=30, blank=True)
    """The NIP of who is to sign, where the document knows it."""
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    required = models.BooleanField(default=True)
    state = choice(SignatureState)
    provider = choice(Way, optional=True)
    level = choice(Level, optional=True)
    certificate_subject = text()
    certificate_serial = models.CharField(max_length=80, blank=True)
    certificate_sha256 = fingerprint()
    issuer = text()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = text()
    reason = text()
    """Of the signature, or of its refusal."""
    sha256_before = fingerprint()
    sha256_after = fingerprint()

    class Meta:
        verbose_name = "tanda tangan dokumen"
        ordering = ("document", "order")
        constraints = (models.UniqueConstraint(fields=("document", "order"), name="issuedsignature_key"),)
        indexes = (models.Index(fields=("user", "state"), name="issuedsignature_user"),)

    def __str__(self) -> str:
        return f"{self.order} {self.holder} {self.state}"


class Minutes(models.Model):
    """The minutes of a meeting (berita acara): what was decided, and who signs it in which order."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=120)
    title = text()
    held_on = models.DateField()
    place = text()
    signers = models.JSONField(default=list)
    """The codes of the positions that sign, in their order."""
    made_by = text()
    changed_at = models.DateTimeField(auto_now=True)
    text = text()

    class Meta:
        verbose_name = "berita acara"
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "number"), name="minutes_key", violation_error_message="nomor ini sudah dipakai"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class SigningKey(models.Model):
    """A key by which the server can sign: in a file or a device of the agency, or kept by a service far away."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="signing_keys")
    name = models.CharField(max_length=200)
    kind = choice(KeyKind)
    secret = text()
    """What the provider needs to reach the key, sealed by the installation (`store.sealing`)."""
    certificate = text()
    """The certificate and its chain as PEM, the signer's first."""
    subject = text()
    issuer = text()
    serial = models.CharField(max_length=80, blank=True)
    sha256 = fingerprint()
    """Of the signer's certificate."""
    holder = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="signing_keys")
    """Whose key it is; empty for the electronic seal of the agency itself."""
    agency_seal = models.BooleanField(default=False)
    """Made as the agency's own seal: it stays one only while this says so, also when an account is gone."""
    active = models.BooleanField(default=True)
    added_by = text()
    added_at = models.DateTimeField(auto_now_add=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    not_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "kunci tanda tangan"
        ordering = ("agency", "name", "pk")
        indexes = (models.Index(fields=("agency", "active"), name="signingkey_active"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"
