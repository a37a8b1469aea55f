"""Tables of work in progress: comments, signatures, report editions and chapters, reviews, history readings, deadlines.

They say how far people are with a record; the facts themselves stand in the tables of the stages.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from selaras.core.period import Span
from selaras.store.models.agreements import Agreement
from selaras.store.models.columns import choice, text
from selaras.store.models.measurement import Evidence, Obstacle
from selaras.store.models.org import Agency
from selaras.store.models.planning import Indicator, Node
from selaras.store.models.users import User


class AgreementState(StrEnum):
    """How far an agreement is."""

    DRAFT = "draf"
    PROPOSED = "diajukan"
    RETURNED = "dikembalikan"
    AGREED = "disepakati"
    SIGNED_BY_PROMISER = "ditandatangani pihak pertama"
    SIGNED = "ditandatangani"


class EditionState(StrEnum):
    """How far an edition of a report is."""

    DRAFT = "draf"
    FROZEN = "dibekukan"
    IN_REVIEW = "direviu"
    RETURNED = "dikembalikan"
    APPROVED = "disetujui"
    PUBLISHED = "diterbitkan"
    WITHDRAWN = "ditarik"


class ChapterState(StrEnum):
    """How far a chapter is."""

    OPEN = "belum"
    WRITING = "ditulis"
    DONE = "selesai"


class ReviewState(StrEnum):
    """How far a review is."""

    READING = "dibaca"
    OPEN = "direviu"
    RETURNED = "dikembalikan"
    DONE = "selesai"
    FAILED = "gagal dibaca"


class Judgement(StrEnum):
    """What the reviewer makes of a finding."""

    ACCEPTED = "diterima"
    WAIVED = "dikesampingkan"


class ReadingState(StrEnum):
    """What became of a figure read from an old report."""

    WAITING = "menunggu"
    CONFIRMED = "dikonfirmasi"
    CORRECTED = "diperbaiki"
    REFUSED = "ditolak"


class Comment(models.Model):
    """A remark beside a record, named by its kind and natural key."""

    agency = models.CharField(max_length=None)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=600)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    name = text()
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = text()
    text = text()

    class Meta:
        verbose_name = "komentar"
        ordering = ("pk",)
        indexes = (models.Index(fields=("agency", "kind", "key"), name="comment_place"),)

    def __str__(self) -> str:
        return self.text


class AgreementFlow(models.Model):
    """The road of one agreement to its signatures, in order: who promises, then the superior."""

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="flow")
    state = choice(AgreementState)
    note = text()
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = text()
    promiser_signed_at = models.DateTimeField(null=True, blank=True)
    promiser_signed_by = text()
    superior_signed_at = models.DateTimeField(null=True, blank=True)
    superior_signed_by = text()
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the exact content that was signed."""

    class Meta:
        verbose_name = "proses perjanjian"

    def __str__(self) -> str:
        return f"{self.agreement} {self.state}"


class ReportEdition(models.Model):
    """One edition of a report: its data frozen as a file, its documents, and how far it is."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    span = choice(Span)
    index = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    state = choice(EditionState)
    note = text()
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    files = models.JSONField(default=dict)
    """Names of the written documents in the workspace, each with its SHA-256."""
    changed_at = models.DateTimeField(auto_now=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = text()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = text()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = text()

    class Meta:
        verbose_name = "edisi laporan"
        ordering = ("-year", "kind", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "year", "kind", "span", "index", "version"),
                name="reportedition_key",
                violation_error_message="edisi ini sudah ada",
            ),
        )
        indexes = (models.Index(fields=("state", "year"), name="reportedition_state"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.year} edisi {self.version} ({self.state})"


class ChapterTask(models.Model):
    """Who writes a section of the report, until when, and how far it is."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=80)
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    state = choice(ChapterState)
    note = text()

    class Meta:
        verbose_name = "tugas bab"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("agency", "year", "section"), name="chaptertask_key"),)

    def __str__(self) -> str:
        return f"{self.year} {self.section} {self.state}"


class ReviewCase(models.Model):
    """One report under review: an uploaded file of anybody's, or an edition of our own."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    """The agency in which the reviewer works or whose report it is: it decides who may see the case."""
    edition = models.ForeignKey(ReportEdition, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    title = text()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    file = text()
    sha256 = models.CharField(max_length=64)
    state = choice(ReviewState)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = text()
    result = models.JSONField(default=dict)
    """The findings as `selaras review --format json` gives them."""
    error = text()
    note = text()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = text()
    assigned = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    """Time spent, as the reviewers wrote it down."""
    statement = models.JSONField(default=dict)
    """Data of the review statement: number, date, place, signatory. Its conclusion is never filled in."""
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = text()

    class Meta:
        verbose_name = "reviu"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("agency", "state"), name="reviewcase_state"),)

    def __str__(self) -> str:
        return self.title


class ReviewDecision(models.Model):
    """The reviewer's judgement of one finding, with its reason."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="decisions")
    fingerprint = models.CharField(max_length=64)
    judgement = choice(Judgement)
    reason = text()
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "putusan temuan"
        constraints = (models.UniqueConstraint(fields=("case", "fingerprint"), name="reviewdecision_key"),)

    def __str__(self) -> str:
        return f"{self.fingerprint} {self.judgement}"


class ReviewReply(models.Model):
    """What the unit answers to a finding of a returned report."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="replies")
    fingerprint = models.CharField(max_length=64)
    by = text()
    at = models.DateTimeField(auto_now=True)
    text = text()

    class Meta:
        verbose_name = "jawaban atas temuan"
        constraints = (models.UniqueConstraint(fields=("case", "fingerprint"), name="reviewreply_key"),)

    def __str__(self) -> str:
        return f"{self.fingerprint} {self.by}"


class ReviewCheck(models.Model):
    """The reviewer's answer to one point of the checklist."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="checks")
    point = models.CharField(max_length=20)
    answer = models.CharField(max_length=20, blank=True)
    note = text()
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "butir kertas kerja"
        constraints = (models.UniqueConstraint(fields=("case", "point"), name="reviewcheck_key"),)

    def __str__(self) -> str:
        return f"{self.point} {self.answer}"


class HistoryReading(models.Model):
    """One figure read from an old report, waiting for a person to confirm, correct or refuse it."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="readings")
    role = models.CharField(max_length=40)
    """What the figure is: target PK, realisasi, pagu, realisasi anggaran, …"""
    wording = text()
    year = models.PositiveSmallIntegerField()
    unit = text()
    read = text()
    """The figure as it was printed."""
    place = models.JSONField(default=dict)
    suggested = models.ForeignKey(Indicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    node = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The programme, activity or sub-activity that an amount is of; figures of indicators have `suggested`."""
    state = choice(ReadingState)
    settled = text()
    """The figure as it was taken over."""
    by = text()
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bacaan laporan lama"
        ordering = ("pk",)
        indexes = (models.Index(fields=("case", "state"), name="historyreading_state"),)

    def __str__(self) -> str:
        return f"{self.wording} {self.year} {self.read}"


class FollowUpStep(models.Model):
    """One step of the follow-up of an obstacle, with its evidence; another person verifies it."""

    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    by = text()
    file = text()
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = text()
    text = text()

    class Meta:
        verbose_name = "langkah tindak lanjut"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Deadline(models.Model):
    """Until when something is due in an agency: a measurement period, the report, the agreements."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=60)
    span = choice(Span, optional=True)
    index = models.PositiveSmallIntegerField(default=0)
    due = models.DateField()

    class Meta:
        verbose_name = "tenggat"
        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(fields=("agency", "year", "what", "span", "index"), name="deadline_key"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.due}"


class LinkCheck(models.Model):
    """What the last look at a linked evidence gave."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="link_check")
    at = models.DateTimeField()
    healthy = models.BooleanField()
    answer = text()

    class Meta:
        verbose_name = "pemeriksaan tautan"

    def __str__(self) -> str:
        return self.answer
