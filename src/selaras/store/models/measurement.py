"""Tables of stage measurement: realisations, evidence, explanations, obstacles, spending, data quality."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from selaras.core.measurement import records
from selaras.store.models.columns import (
    PeriodColumns,
    ValueColumns,
    choice,
    code,
    exact,
    money,
    one_each,
    period_is_real,
    reference,
    text,
    value_is_whole,
)
from selaras.store.models.org import OfAgency


class Realisation(OfAgency):
    """The realised value of an indicator in a period."""

    indicator = reference("store.Indicator")
    period = PeriodColumns()
    value = ValueColumns(optional=True)
    numerator = exact(optional=True)
    denominator = exact(optional=True)
    status = choice(records.Progress)
    entered_by = text()
    verified_by = text()
    note = text()

    class Meta:
        verbose_name = "realisasi"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("realisation", "indicator", "year", "span", "index"),
            period_is_real("realisation"),
            value_is_whole("realisation", optional=True),
            models.CheckConstraint(
                name="realisation_both_or_neither",
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                violation_error_message="pembilang dan penyebut harus diisi bersama-sama",
            ),
            models.CheckConstraint(
                name="realisation_two_pairs_of_eyes",
                condition=Q(verified_by="") | ~Q(verified_by=F("entered_by")),
                violation_error_message="diverifikasi oleh orang yang mengisinya",
            ),
        )

    def __str__(self) -> str:
        return f"{self.period.name} {self.status}"


class Evidence(OfAgency):
    """Evidence for a realisation."""

    indicator = reference("store.Indicator")
    period = PeriodColumns()
    kind = choice(records.EvidenceKind)
    title = text()
    target = text()
    sha256 = text()
    dated = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "bukti"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("evidence", "indicator", "year", "span", "index", "title"),
            period_is_real("evidence"),
        )

    def __str__(self) -> str:
        return self.title


class Explanation(OfAgency):
    """Why an indicator was met or missed."""

    indicator = reference("store.Indicator")
    year = models.PositiveSmallIntegerField()
    cause = text()
    obstacle = text()
    solution = text()
    next_step = text()
    efficiency = text()

    class Meta:
        verbose_name = "penjelasan"
        ordering = ("sequence", "pk")
        constraints = (one_each("explanation", "indicator", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.cause}"


class Obstacle(OfAgency):
    """An obstacle, its follow-up, who and until when."""

    code = code()
    year = models.PositiveSmallIntegerField()
    node = reference("store.Node", optional=True)
    obstacle = text()
    constraint = text()
    follow_up = text()
    responsible = reference("store.Position", optional=True)
    due = models.DateField(null=True, blank=True)
    status = choice(records.FollowUp)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "hambatan"
        ordering = ("sequence", "pk")
        constraints = (one_each("obstacle", "year", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.obstacle}"


class Spending(OfAgency):
    """Budget realised on a leaf of the tree in one month."""

    node = reference("store.Node")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    amount = money()

    class Meta:
        verbose_name = "realisasi anggaran"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("spending", "node", "year", "month"),
            models.CheckConstraint(
                name="spending_month_exists",
                condition=Q(month__range=(1, 12)),
                violation_error_message="bulan tidak ada",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02} {self.amount}"


class DataQuality(OfAgency):
    """How the data of an indicator were verified, where they come from, and their limits."""

    indicator = reference("store.Indicator")
    year = models.PositiveSmallIntegerField()
    verification = text()
    source = text()
    limits = text()

    class Meta:
        verbose_name = "mutu data"
        ordering = ("sequence", "pk")
        constraints = (one_each("dataquality", "indicator", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.source}"


class PhotoRecord(OfAgency):
    """A photo of an activity with its dated caption."""

    code = code()
    year = models.PositiveSmallIntegerField()
    caption = text()
    taken = models.DateField(null=True, blank=True)
    location = text()
    file = text()
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "foto"
        ordering = ("sequence", "pk")
        constraints = (one_each("photorecord", "year", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.caption}"
