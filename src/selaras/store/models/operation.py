"""Tables of stage operation: what was deleted of personal data, what people ask about theirs, salts of the history."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from selaras.store.models.columns import choice, text
from selaras.store.models.org import Agency
from selaras.store.models.users import User


class Wish(StrEnum):
    """What a person can ask about the own data (UU 27/2022, bab hak subjek data pribadi)."""

    COPY = "salinan"
    MEND = "perbaikan"
    ERASE = "penghapusan"
    OBJECT = "keberatan"


class WishState(StrEnum):
    """How far a request is."""

    WAITING = "menunggu"
    GRANTED = "dipenuhi"
    REFUSED = "ditolak"


class Erasure(models.Model):
    """The proof that personal data were deleted or made nameless: what, by which rule, who decided; no personal data.

    `subject` is a keyed hash of whom it was about: who knows the name and holds the installation's key can tell that it was
    done, and nobody can read the name from it. Empty for a run over many.
    """

    agency = models.CharField(max_length=None, blank=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    rule = text()
    basis = text()
    decided_by = text()
    made_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    reason = text()

    class Meta:
        verbose_name = "penghapusan data pribadi"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("agency", "kind"), name="erasure_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%Y-%m-%d}"


class SubjectRequest(models.Model):
    """What a person asks about the own data, until when it must be answered, and how it was."""

    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = text()
    contact = text()
    wish = choice(Wish)
    state = choice(WishState)
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = text()
    answer = text()
    text = text()

    class Meta:
        verbose_name = "permintaan subjek data"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "due_at"), name="subjectrequest_due"),)

    def __str__(self) -> str:
        return f"{self.wish} {self.made_at:%Y-%m-%d}"


class HistorySalt(models.Model):
    """The random word that goes before the history of one act when it is sealed.

    It goes when a value of the act is erased: then nobody can try out what was erased against the old seal.
    """

    act = models.UUIDField(unique=True)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = "garam riwayat"

    def __str__(self) -> str:
        return str(self.act)
