"""Tables of stage reform: the score sheet of the reform index, action plans with their progress, the index of units."""

from __future__ import annotations

from django.db import models

from selaras.core.reform.scheme import Adjustment
from selaras.store.models.columns import choice, code, exact, one_each, reference, text
from selaras.store.models.org import Agency, OfAgency


class ReformScore(OfAgency):
    """The score sheet of one year."""

    year = models.PositiveSmallIntegerField()
    general_initial = exact()
    coefficient = exact()
    thematic = exact()
    total_weight = exact()
    adjusted_weight = exact()
    subject = text()
    source = text()
    adjustment = choice(Adjustment, optional=True)
    predicate = text()

    class Meta:
        verbose_name = "indeks RB"
        ordering = ("sequence", "pk")
        constraints = (one_each("reformscore", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.subject}"


class ReformAction(OfAgency):
    """One action of the reform plan (rencana aksi) with what is planned by the end of each quarter."""

    code = code()
    year = models.PositiveSmallIntegerField()
    unit = reference("store.Unit", optional=True)
    title = text()
    output = text()
    measure = text()
    first = exact(optional=True)
    second = exact(optional=True)
    third = exact(optional=True)
    fourth = exact(optional=True)
    area = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=80, blank=True)
    root_cause = text()
    responsible = reference("store.Position", optional=True)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "rencana aksi RB"
        ordering = ("sequence", "pk")
        constraints = (one_each("reformaction", "year", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ReformProgress(models.Model):
    """What an action has reached by the end of a quarter, with its evidence."""

    action = models.ForeignKey(ReformAction, on_delete=models.CASCADE, related_name="progress")
    quarter = models.PositiveSmallIntegerField()
    realised = exact()
    evidence = models.JSONField(default=list)
    note = text()
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "kemajuan rencana aksi RB"
        ordering = ("action", "quarter")
        constraints = (
            models.UniqueConstraint(fields=("action", "quarter"), name="reformprogress_key"),
            models.CheckConstraint(
                name="reformprogress_quarter_exists",
                condition=models.Q(quarter__range=(1, 4)),
                violation_error_message="triwulan tidak ada",
            ),
        )

    def __str__(self) -> str:
        return f"{self.quarter} {self.realised}"


class UnitReform(OfAgency):
    """The reform index of one unit in one year, as received."""

    unit = reference("store.Unit")
    year = models.PositiveSmallIntegerField()
    value = exact()
    predicate = models.CharField(max_length=80, blank=True)
    source = text()

    class Meta:
        verbose_name = "indeks RB unit"
        ordering = ("sequence", "pk")
        constraints = (one_each("unitreform", "unit", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.value}"


class ReformBinding(models.Model):
    """The indicator whose yearly value is the share of units with a good reform; nobody types it."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="reform_binding")
    indicator = models.OneToOneField("store.Indicator", on_delete=models.CASCADE, related_name="reform_binding")
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "indikator dari indeks RB unit"

    def __str__(self) -> str:
        return f"{self.agency_id} {self.indicator_id}"
