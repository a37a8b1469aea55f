"""Tables of the evaluation: instruments of an agency's own, evaluations with their answers, evidence, team, requests.

The official instruments are data of the rulebook; recommendations are facts of the agency and come back in its plan.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import Column, State, TeamRole
from selaras.core.evaluation.template import Effort
from selaras.core.measurement.records import EvidenceKind
from selaras.store.models.columns import choice, code, exact, one_each, reference, text
from selaras.store.models.org import Agency, OfAgency, Unit
from selaras.store.models.users import User
from selaras.store.models.work import ReviewCase


class EvaluationTemplate(models.Model):
    """An instrument that an agency made out of another one; `content` is what the rulebook's files hold."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    base = models.CharField(max_length=80)
    title = text()
    content = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = text()

    class Meta:
        verbose_name = "instrumen evaluasi"
        ordering = ("agency", "code")
        constraints = (models.UniqueConstraint(fields=("agency", "code"), name="evaluationtemplate_key"),)

    def __str__(self) -> str:
        return self.title


class Evaluation(models.Model):
    """The evaluation of one unit, or of the agency as a whole, over one year of performance."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """None is the agency as a whole."""
    year = models.PositiveSmallIntegerField()
    template = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    """The instrument as it stood when the evaluation was opened: later changes of it do not touch what was scored."""
    state = choice(State)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = text()
    changed_at = models.DateTimeField(auto_now=True)
    due = models.DateField(null=True, blank=True)
    score = exact(optional=True)
    """The final score in points and its predicate, written when the evaluation is closed; empty before."""
    predicate = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = text()
    letter = models.JSONField(default=dict)
    """Data of the letter of the LHE: number, date, place, nature, subject, recipient, signatory."""
    notes = models.JSONField(default=dict)
    """Narrative of the LHE per component, by its code."""

    class Meta:
        verbose_name = "evaluasi akuntabilitas"
        ordering = ("-year", "agency", "unit", "pk")
        constraints = (
            models.UniqueConstraint(fields=("agency", "unit", "year"), name="evaluation_key"),
            models.UniqueConstraint(
                fields=("agency", "year"), condition=Q(unit__isnull=True), name="evaluation_key_whole"
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=("year", "state"), name="evaluation_state"),)

    def __str__(self) -> str:
        return f"{self.year} {self.template}"


class EvaluationMember(models.Model):
    """Who works on an evaluation and as what."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = choice(TeamRole)

    class Meta:
        verbose_name = "anggota tim evaluasi"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("evaluation", "user"), name="evaluationmember_key"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class EvaluationAnswer(models.Model):
    """What one side (self-assessment, evaluator, quality control, final) says to a sub-component or a criterion.

    `item` is the code of the sub-component or criterion; `answer` a letter of its scale, or for a probe whether it is met.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    column = choice(Column)
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, blank=True)
    points = exact(optional=True)
    """For instruments of which only scores are known."""
    effort = choice(Effort, optional=True)
    years = models.PositiveSmallIntegerField(default=0)
    """Since how many years, where the answer rests on persistence."""
    reason = text()
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "jawaban LKE"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("evaluation", "column", "item"), name="evaluationanswer_key"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item} {self.column} {self.answer}"


class EvaluationProof(models.Model):
    """A file or link that somebody added as evidence for a sub-component or criterion, with a note."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="proofs")
    item = models.CharField(max_length=40)
    kind = choice(EvidenceKind)
    title = text()
    target = text()
    sha256 = models.CharField(max_length=64, blank=True)
    note = text()
    by = text()
    at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    healthy = models.BooleanField(null=True, blank=True)
    """What the last look at a link gave; None before it."""
    answer = text()

    class Meta:
        verbose_name = "bukti evaluasi"
        ordering = ("pk",)
        indexes = (models.Index(fields=("evaluation", "item"), name="evaluationproof_item"),)

    def __str__(self) -> str:
        return self.title


class EvaluationRequest(models.Model):
    """A document that the evaluators ask for, until when, and what was given."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="requests")
    item = models.CharField(max_length=40, blank=True)
    due = models.DateField(null=True, blank=True)
    asked_by = text()
    asked_at = models.DateTimeField(auto_now_add=True)
    reply = text()
    target = text()
    sha256 = models.CharField(max_length=64, blank=True)
    answered_by = text()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    text = text()

    class Meta:
        verbose_name = "permintaan dokumen"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Recommendation(OfAgency):
    """A recommendation of an evaluation or a review, the action plan for it, who and until when."""

    code = code()
    year = models.PositiveSmallIntegerField()
    unit = reference("store.Unit", optional=True)
    source = text()
    component = models.CharField(max_length=40, blank=True)
    given_on = models.DateField(null=True, blank=True)
    action = text()
    responsible = reference("store.Position", optional=True)
    due = models.DateField(null=True, blank=True)
    stage = choice(Stage)
    claimed_by = text()
    claimed_on = models.DateField(null=True, blank=True)
    decided_by = text()
    decided_on = models.DateField(null=True, blank=True)
    note = text()
    order = models.IntegerField(default=0)
    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.SET_NULL, null=True, blank=True, related_name="recommendations"
    )
    review = models.ForeignKey(
        ReviewCase, on_delete=models.SET_NULL, null=True, blank=True, related_name="recommendations"
    )
    text = text()

    class Meta:
        verbose_name = "rekomendasi"
        ordering = ("sequence", "pk")
        constraints = (one_each("recommendation", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class RecommendationReply(OfAgency):
    """A target or an activity of a plan that answers a recommendation."""

    recommendation = reference("store.Recommendation", part=True)
    year = models.PositiveSmallIntegerField()
    indicator = reference("store.Indicator", optional=True)
    node = reference("store.Node", optional=True)
    note = text()

    class Meta:
        verbose_name = "jawaban atas rekomendasi"
        ordering = ("sequence", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "year", "indicator"), name="recommendationreply_indicator"
            ),
            models.UniqueConstraint(fields=("recommendation", "year", "node"), name="recommendationreply_node"),
            models.CheckConstraint(
                name="recommendationreply_names_one",
                condition=Q(indicator__isnull=False) ^ Q(node__isnull=False),
                violation_error_message="sebut satu: indikator atau simpul",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.note}"


class RecommendationStep(models.Model):
    """One step that was taken for a recommendation, with its evidence; another person verifies or returns it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(auto_now_add=True)
    by = text()
    file = text()
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = text()
    returned = text()
    """Why the verifier did not accept it; empty if accepted or not looked at."""
    text = text()

    class Meta:
        verbose_name = "langkah rekomendasi"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
