"""Tables of stage reporting: how the year's documents are made, and the agency's own words."""

from __future__ import annotations

from django.db import models

from selaras.store.models.columns import code, one_each, reference, text
from selaras.store.models.org import OfAgency


class ReportSettings(OfAgency):
    """How one year's documents are made."""

    year = models.PositiveSmallIntegerField()
    outline = text()
    scale = text()
    efficiency = text()
    signatory = reference("store.Position", optional=True)
    signed_at = text()
    signed_on = models.DateField(null=True, blank=True)
    reviewer = reference("store.Position", optional=True)

    class Meta:
        verbose_name = "pengaturan laporan"
        ordering = ("sequence", "pk")
        constraints = (one_each("reportsettings", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.outline}"


class Narrative(OfAgency):
    """The agency's own words for a section."""

    year = models.PositiveSmallIntegerField()
    section = code()
    order = models.IntegerField()
    text = text()

    class Meta:
        verbose_name = "narasi"
        ordering = ("sequence", "pk")
        constraints = (one_each("narrative", "year", "section", "order"),)

    def __str__(self) -> str:
        return f"{self.section} {self.order}"
