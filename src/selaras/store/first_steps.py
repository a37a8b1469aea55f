"""What an agency has of what the first year of work needs, told by one query."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from selaras.core.period import Span
from selaras.core.planning import PlanDocument
from selaras.store import models as tables


class FirstStep(StrEnum):
    """What a new agency is given, in the order in which it is best done."""

    UNITS = "unit"
    HOLDERS = "pejabat"
    PEOPLE = "orang"
    SEATS = "tautan akun"
    PLAN = "renstra"
    TREE = "pohon"
    INDICATORS = "indikator"
    TARGETS = "target"
    BUDGET = "anggaran"
    SIGNATORY = "penandatangan"
    AGREEMENTS = "perjanjian"


def done_in(agency: int, year: int) -> dict[FirstStep, bool]:
    """For each step whether anything of it is there, in order."""
    own: dict[str, Any] = {"agency": OuterRef("pk")}
    yearly = own | {"year": year}
    rows: dict[FirstStep, QuerySet[Any]] = {
        FirstStep.UNITS: tables.Unit.objects.filter(**own),
        FirstStep.HOLDERS: tables.Tenure.objects.filter(**own),
        FirstStep.PEOPLE: tables.RoleGrant.objects.filter(**own),
        FirstStep.SEATS: tables.Seat.objects.filter(tenure__agency=OuterRef("pk")),
        FirstStep.PLAN: tables.StrategicPlan.objects.filter(**own),
        FirstStep.TREE: tables.Node.objects.filter(**own),
        FirstStep.INDICATORS: tables.Indicator.objects.filter(**own),
        FirstStep.TARGETS: tables.Target.objects.filter(
            **yearly, document=PlanDocument.RKT.value, span=Span.YEAR.value
        ),
        FirstStep.BUDGET: tables.BudgetLine.objects.filter(**yearly),
        FirstStep.SIGNATORY: tables.ReportSettings.objects.filter(**yearly, signatory__isnull=False),
        FirstStep.AGREEMENTS: tables.Agreement.objects.filter(**yearly),
    }
    marks = {f"has_{step.name.lower()}": Exists(found) for step, found in rows.items()}
    values = tables.Agency.objects.filter(pk=agency).annotate(**marks).values_list(*marks).get()
    return dict(zip(rows, map(bool, values), strict=True))
