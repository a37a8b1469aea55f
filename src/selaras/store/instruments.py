"""The evaluation instruments that an agency may choose, by code and title: what a field that names one may hold."""

from __future__ import annotations

from selaras.rulebook.lke import templates
from selaras.store.models import EvaluationTemplate


def template_choices(agency: str) -> list[tuple[str, str]]:
    """Every instrument by code and title, the agency's own ones first; one query."""
    own = EvaluationTemplate.objects.filter(agency__code=agency).values_list("code", "title")
    return [*own, *((code, item.title) for code, item in templates().items())]
