"""Tables of stage reform: the score sheet of the reform index."""

from __future__ import annotations

from django.db import models

from selaras.store.models.columns import exact, one_each, text
from selaras.store.models.org import OfAgency


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

    class Meta:
        verbose_name = "indeks RB"
        ordering = ("sequence", "pk")
        constraints = (one_each("reformscore", "year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.subject}"
