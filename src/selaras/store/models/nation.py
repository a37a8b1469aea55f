"""Tables of stage nation: report books over many agencies, and how their last run went."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from selaras.core.nation.books import Origin, Rhythm
from selaras.core.period import Span
from selaras.store.models.columns import choice


class BookState(StrEnum):
    """How the last run of a book went."""

    NEVER = "belum pernah"
    RUNNING = "berjalan"
    WHOLE = "lengkap"
    PARTLY = "ada yang gagal"


class ReportBook(models.Model):
    """A book: documents of some kinds, of some or all agencies, made in a rhythm. Of the installation, not of one agency."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    agencies = models.JSONField(default=list, blank=True)
    """Codes of the agencies; empty is every one."""
    kinds = models.JSONField(default=list)
    formats = models.JSONField(default=list)
    origin = choice(Origin)
    rhythm = choice(Rhythm)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    span = choice(Span)
    index = models.PositiveSmallIntegerField(default=1)
    active = models.BooleanField(default=True)
    asked = models.BooleanField(default=False)
    """Somebody wants it made at the next turn, due or not."""
    state = choice(BookState)
    last_period = models.CharField(max_length=80, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    last_summary = models.JSONField(default=dict, blank=True)
    folder = models.CharField(max_length=400, blank=True)
    """Where its last run lies, below the folder of books."""
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "buku laporan"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
