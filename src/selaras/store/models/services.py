"""Tables of services: the standard of each, and what clients answered (SKM)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.store.models.columns import code, in_order, one_each, text
from selaras.store.models.org import OfAgency
from selaras.store.models.registers import RegisterDefinition


class ServiceNorm(OfAgency):
    """The standard of one service: what it states by component, whether it was announced, where its records are."""

    service = code()
    name = text()
    definition = models.ForeignKey(
        RegisterDefinition, on_delete=models.SET_NULL, null=True, blank=True, related_name="norms"
    )
    deadline = models.CharField(max_length=40, blank=True)
    announced = models.BooleanField(default=False)
    statements = models.JSONField(default=dict)

    class Meta:
        verbose_name = "standar pelayanan"
        ordering = ("sequence", "pk")
        constraints = (one_each("servicenorm", "service"),)

    def __str__(self) -> str:
        return f"{self.service} {self.name}"


class SkmRound(OfAgency):
    """One time of asking clients (SKM): which survey, which services, from when to when, how many clients there were."""

    code = code()
    title = text()
    survey = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    population = models.PositiveIntegerField(null=True, blank=True)
    published = models.BooleanField(default=False)
    services = models.JSONField(default=list)
    seal = models.CharField(max_length=64, blank=True)
    """The hash of the word by which clients open the form."""

    class Meta:
        verbose_name = "survei kepuasan"
        ordering = ("-since", "-pk")
        constraints = (one_each("skmround", "code"), in_order("skmround", "since", "until"))

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class SkmResponse(models.Model):
    """The answers of one respondent, without anything that tells who it was."""

    round = models.ForeignKey(SkmRound, on_delete=models.CASCADE, related_name="responses")
    service = text()
    on = models.DateField()
    answers = models.JSONField(default=dict)
    traits = models.JSONField(default=dict)
    suggestion = text()

    class Meta:
        verbose_name = "jawaban survei"
        ordering = ("round", "pk")

    def __str__(self) -> str:
        return f"{self.round_id} {self.on}"


class SkmPlan(models.Model):
    """What will be done about one element: who, until when."""

    round = models.ForeignKey(SkmRound, on_delete=models.CASCADE, related_name="plan")
    element = models.CharField(max_length=40)
    responsible = text()
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    action = text()

    class Meta:
        verbose_name = "tindak lanjut survei"
        ordering = ("round", "pk")
        constraints = (
            models.CheckConstraint(
                name="skmplan_has_action", condition=~Q(action=""), violation_error_message="tindakan belum diisi"
            ),
        )

    def __str__(self) -> str:
        return f"{self.element} {self.action}"
