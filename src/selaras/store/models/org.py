"""Tables of stage org: agencies, units, positions and who holds them, employees, legal bases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from selaras.core import org
from selaras.store.models.columns import choice, code, in_order, one_each, reference, text
from selaras.store.querysets import AgencyQuerySet, RecordQuerySet


class Agency(models.Model):
    """An accountable entity."""

    code = models.CharField(max_length=None, unique=True)
    name = text()
    short_name = text()
    kind = choice(org.AgencyKind)
    parent_name = text()
    city = text()
    address = text()
    phone = text()
    email = text()
    website = text()
    data_licence = models.CharField(max_length=40, blank=True)
    """The code of the terms of its open data (`rulebook.licences`); empty until somebody chose them."""

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "instansi"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OfAgency(models.Model):
    """What every record has: its agency, and its rank in the agency's own order."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField(default=0)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True


class Unit(OfAgency):
    """A unit with its dates."""

    code = code()
    name = text()
    parent = reference("store.Unit", optional=True)
    kind = choice(org.UnitKind)
    coordination = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "unit kerja"
        ordering = ("sequence", "pk")
        constraints = (one_each("unit", "code"), in_order("unit", "since", "until"))

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Position(OfAgency):
    """A position in a unit, or outside the agency."""

    code = code()
    title = text()
    unit = reference("store.Unit", optional=True)
    superior = reference("store.Position", optional=True)
    outside = models.BooleanField(default=False)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "jabatan"
        ordering = ("sequence", "pk")
        constraints = (one_each("position", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Tenure(OfAgency):
    """Who holds a position from when to when."""

    position = reference("store.Position")
    name = text()
    capacity = choice(org.Capacity)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    nip = text()
    rank = text()

    class Meta:
        verbose_name = "pejabat"
        ordering = ("sequence", "pk")
        constraints = (
            one_each("tenure", "position", "name", "since"),
            models.UniqueConstraint(
                name="tenure_key_open",
                fields=("agency", "position", "name"),
                condition=Q(since__isnull=True),
                violation_error_message="kunci yang sama sudah ada",
            ),
            in_order("tenure", "since", "until"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.capacity})"


class Employee(OfAgency):
    """An employee."""

    code = code()
    name = text()
    group = text()
    status = choice(org.Employment)
    sex = choice(org.Sex)
    education = choice(org.Education)
    unit = reference("store.Unit", optional=True)
    nip = text()
    rank = text()
    job = text()
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "pegawai"
        ordering = ("sequence", "pk")
        constraints = (one_each("employee", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class LegalBasis(OfAgency):
    """A regulation that the report rests on."""

    code = code()
    kind = text()
    number = text()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = text()
    gazette = text()
    amendment = text()
    status = choice(org.RegulationStatus)
    note = text()
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "dasar hukum"
        ordering = ("sequence", "pk")
        constraints = (one_each("legalbasis", "code"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
