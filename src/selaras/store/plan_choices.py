"""What a form may name of an agency's plan, positions, indicators and nodes, all by one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast

from selaras.store.models import Indicator, Node, Position

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """Codes with their titles, each kind in the agency's own order."""

    positions: Choices
    indicators: Choices
    nodes: Choices


def plan_choices(agency: int) -> PlanChoices:
    """Positions, indicators and nodes of an agency, by code and title."""
    parts = [
        rows.filter(agency_id=agency)
        .order_by()
        .annotate(
            part=Value(kind, CharField()), at=Cast(F("sequence"), IntegerField()), key=Cast("code", TextField()),
            words=Cast(title, TextField()),
        )
        .values_list("part", "at", "key", "words")
        for kind, rows, title in (
            ("position", Position.objects.all(), "title"),
            ("indicator", Indicator.objects.all(), "name"),
            ("node", Node.objects.all(), "title"),
        )
    ]  # fmt: skip
    found: dict[str, Choices] = {"position": [], "indicator": [], "node": []}
    for kind, _, code, words in parts[0].union(*parts[1:], all=True).order_by("part", "at"):
        found[kind].append((code, words))
    return PlanChoices(found["position"], found["indicator"], found["node"])
