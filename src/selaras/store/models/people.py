"""Tables of stage people: employee goals (SKP) with rows, behaviour, annexes, matrix, feedback, ratings, objections.

They are personal data: nothing here belongs to a snapshot, a workbook or the public, and `core.people.privacy` says who
reads a file.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.core.org import Capacity
from selaras.core.people.feedback import FeedbackKind, Occasion
from selaras.core.people.matrix import TeamRole
from selaras.core.people.objection import Outcome
from selaras.core.people.ratings import OrganisationPredicate, Rating
from selaras.core.people.skp import AnnexKind, Method, Origin, Section, SkpForm, SkpState
from selaras.core.period import Span
from selaras.store.models.columns import (
    PeriodColumns,
    ValueColumns,
    choice,
    code,
    in_order,
    one_each,
    period_is_real,
    reference,
    text,
    value_is_whole,
)
from selaras.store.models.org import Employee, OfAgency
from selaras.store.models.users import User


class StaffSeat(models.Model):
    """Which account is which employee, so that a person reads the own file."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_seats")
    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        verbose_name = "akun pegawai"

    def __str__(self) -> str:
        return f"{self.user_id} {self.employee_id}"


class SkpPlan(OfAgency):
    """The goals of one employee in one position over one stretch of a year."""

    code = code()
    year = models.PositiveSmallIntegerField()
    position = reference("store.Position")
    employee = reference("store.Employee", optional=True)
    assessor = reference("store.Position", optional=True)
    agreement = reference("store.Agreement", optional=True)
    form = choice(SkpForm)
    method = choice(Method)
    since = models.DateField()
    until = models.DateField()
    capacity = choice(Capacity)
    cycle = choice(Span)
    unit = text()
    signed_at = text()
    signed_on = models.DateField(null=True, blank=True)
    state = choice(SkpState)
    changed_at = models.DateTimeField(auto_now=True)
    note = text()
    """Why it was returned or opened again."""

    class Meta:
        verbose_name = "SKP"
        ordering = ("sequence", "pk")
        constraints = (one_each("skpplan", "code"), in_order("skpplan", "since", "until"))
        indexes = (
            models.Index(fields=("agency", "year", "state"), name="skpplan_state"),
            models.Index(fields=("employee", "year"), name="skpplan_employee"),
            models.Index(fields=("assessor", "year"), name="skpplan_assessor"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.code}"


class SkpRow(models.Model):
    """One result of a plan."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField()
    section = choice(Section)
    result = text()
    measure = text()
    target = ValueColumns(optional=True)
    unit = text()
    perspective = text()
    aspect = text()
    supports = text()
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    line = models.PositiveSmallIntegerField(null=True, blank=True)
    indicator = reference("store.Indicator", optional=True)
    origin = choice(Origin)

    class Meta:
        verbose_name = "hasil kerja SKP"
        ordering = ("plan", "order")
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="skprow_key"),
            value_is_whole("skprow", "target", optional=True),
        )

    def __str__(self) -> str:
        return f"{self.order} {self.result}"


class SkpBehaviour(models.Model):
    """The leader's special expectation on one core value."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="behaviours")
    value = models.CharField(max_length=40)
    expectation = text()

    class Meta:
        verbose_name = "ekspektasi perilaku"
        ordering = ("plan", "pk")
        constraints = (models.UniqueConstraint(fields=("plan", "value"), name="skpbehaviour_key"),)

    def __str__(self) -> str:
        return self.value


class SkpAnnex(models.Model):
    """One entry of one of the three lists of the annex."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="annexes")
    kind = choice(AnnexKind)
    order = models.PositiveSmallIntegerField()
    text = text()

    class Meta:
        verbose_name = "lampiran SKP"
        ordering = ("plan", "kind", "order")
        constraints = (models.UniqueConstraint(fields=("plan", "kind", "order"), name="skpannex_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class MatrixMember(models.Model):
    """A person with a role in the team of a leader's plan."""

    leader = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="members")
    employee = reference("store.Employee")
    role = choice(TeamRole)
    position = reference("store.Position", optional=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "anggota matriks peran hasil"
        ordering = ("leader", "order", "pk")
        constraints = (models.UniqueConstraint(fields=("leader", "employee"), name="matrixmember_key"),)

    def __str__(self) -> str:
        return f"{self.employee_id} {self.role}"


class MatrixCell(models.Model):
    """One thing that a member delivers for one result of the leader."""

    member = models.ForeignKey(MatrixMember, on_delete=models.CASCADE, related_name="cells")
    result = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    text = text()
    measure = models.TextField(blank=True)
    target = ValueColumns(optional=True)
    unit = models.TextField(blank=True)
    aspect = models.TextField(blank=True)
    indicator = reference("store.Indicator", optional=True)

    class Meta:
        verbose_name = "isi matriks peran hasil"
        ordering = ("member", "result", "order")
        constraints = (
            models.UniqueConstraint(fields=("member", "result", "order"), name="matrixcell_key"),
            value_is_whole("matrixcell", "target", optional=True),
        )

    def __str__(self) -> str:
        return self.text


class SkpDialogue(models.Model):
    """A conversation between superior and employee on a plan."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="dialogues")
    on = models.DateField()
    occasion = choice(Occasion)
    parties = models.JSONField(default=list)
    topic = text()
    agreed = text()
    by = text()

    class Meta:
        verbose_name = "dialog kinerja"
        ordering = ("plan", "on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.topic}"


class SkpFeedback(models.Model):
    """Continuous feedback on a plan, one of its rows or one of the core values, with evidence."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="feedback")
    on = models.DateField()
    giver = text()
    kind = choice(FeedbackKind)
    row = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)
    text = text()

    class Meta:
        verbose_name = "umpan balik"
        ordering = ("plan", "on", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class SkpResult(models.Model):
    """What was realised of a row in a period, where measurement does not say it."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="results")
    order = models.PositiveSmallIntegerField()
    period = PeriodColumns()
    realised = ValueColumns(optional=True)
    evidence = models.JSONField(default=list)
    text = text()

    class Meta:
        verbose_name = "realisasi SKP"
        ordering = ("plan", "year", "span", "index", "order")
        constraints = (
            models.UniqueConstraint(fields=("plan", "order", "year", "span", "index"), name="skpresult_key"),
            period_is_real("skpresult"),
            value_is_whole("skpresult", "realised", optional=True),
        )

    def __str__(self) -> str:
        return f"{self.order} {self.period.name}"


class SkpAssessment(models.Model):
    """The ratings of results and behaviour of a plan in a period; the predicate follows from the matrix."""

    plan = models.ForeignKey(SkpPlan, on_delete=models.CASCADE, related_name="assessments")
    period = PeriodColumns()
    results = choice(Rating)
    behaviour = choice(Rating)
    assessor = text()
    on = models.DateField()
    reason = text()

    class Meta:
        verbose_name = "penilaian SKP"
        ordering = ("plan", "year", "span", "index")
        constraints = (
            models.UniqueConstraint(fields=("plan", "year", "span", "index"), name="skpassessment_key"),
            period_is_real("skpassessment"),
        )

    def __str__(self) -> str:
        return f"{self.period.name} {self.results} {self.behaviour}"


class SkpObjection(models.Model):
    """An objection against the rating of a plan, and what the superior's superior decided."""

    plan = models.OneToOneField(SkpPlan, on_delete=models.CASCADE, related_name="objection")
    received_on = models.DateField()
    filed_on = models.DateField()
    reason = text()
    decider = text()
    decided_on = models.DateField(null=True, blank=True)
    outcome = choice(Outcome, optional=True)
    results = choice(Rating, optional=True)
    behaviour = choice(Rating, optional=True)
    ground = text()

    class Meta:
        verbose_name = "keberatan atas penilaian"

    def __str__(self) -> str:
        return f"{self.filed_on} {self.reason}"


class OrganisationDecision(OfAgency):
    """The predicate of an organisation in a period as a named person decided it."""

    unit = reference("store.Unit", optional=True)
    period = PeriodColumns()
    predicate = choice(OrganisationPredicate)
    decider = reference("store.Position")
    decider_name = text()
    on = models.DateField()
    proposed = choice(OrganisationPredicate, optional=True)
    reason = text()
    advice = text()

    class Meta:
        verbose_name = "predikat kinerja organisasi"
        ordering = ("agency", "year", "span", "index", "unit", "pk")
        constraints = (
            one_each("organisationdecision", "unit", "year", "span", "index"),
            models.UniqueConstraint(
                fields=("agency", "year", "span", "index"),
                condition=Q(unit__isnull=True),
                name="organisationdecision_key_whole",
            ),
            period_is_real("organisationdecision"),
        )

    def __str__(self) -> str:
        return f"{self.period.name} {self.predicate}"
