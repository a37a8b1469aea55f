"""Tables of stage agreements: Perjanjian Kinerja and their lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.core import agreements, planning
from selaras.store.models.columns import ValueColumns, choice, code, money, one_each, reference, text, value_is_whole
from selaras.store.models.org import OfAgency


class Agreement(OfAgency):
    """One version of a Perjanjian Kinerja."""

    code = code()
    year = models.PositiveSmallIntegerField()
    promiser = reference("store.Position")
    superior = reference("store.Position", optional=True)
    version = models.PositiveSmallIntegerField(default=0)
    signed_on = models.DateField(null=True, blank=True)
    signed_at = text()
    reason = choice(agreements.RevisionReason, optional=True)
    reason_note = text()

    class Meta:
        verbose_name = "perjanjian kinerja"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("agreement", "code"),
            models.CheckConstraint(
                name="agreement_revision_needs_reason",
                condition=Q(version=0) | ~Q(reason=""),
                violation_error_message="perubahan perjanjian memerlukan salah satu dari tiga alasan",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class AgreementLine(OfAgency):
    """One indicator promised."""

    agreement = reference("store.Agreement", part=True)
    order = models.IntegerField()
    sasaran = text()
    wording = text()
    target = ValueColumns()
    unit = text()
    indicator = reference("store.Indicator", optional=True)

    class Meta:
        verbose_name = "indikator PK"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("agreementline", "agreement", "order"),
            value_is_whole("agreementline", "target"),
        )

    def __str__(self) -> str:
        return f"{self.order}. {self.wording}"


class HeadGoal(OfAgency):
    """One row of the SKP of an agreement's promiser."""

    agreement = reference("store.Agreement", part=True)
    order = models.IntegerField()
    wording = text()
    target = ValueColumns()
    unit = text()
    indicator = reference("store.Indicator", optional=True)

    class Meta:
        verbose_name = "sasaran SKP"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("headgoal", "agreement", "order"),
            value_is_whole("headgoal", "target"),
        )

    def __str__(self) -> str:
        return f"{self.order}. {self.wording}"


class AgreementProgramme(OfAgency):
    """One programme with its budget as worded in the agreement."""

    agreement = reference("store.Agreement", part=True)
    order = models.IntegerField()
    wording = text()
    amount = money()
    source = choice(planning.FundSource)
    node = reference("store.Node", optional=True)

    class Meta:
        verbose_name = "program PK"
        ordering = ("sequence", "pk")
        constraints = (one_each("agreementprogramme", "agreement", "order"),)

    def __str__(self) -> str:
        return f"{self.order}. {self.wording}"
