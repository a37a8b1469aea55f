"""The service of a year for the annual report: published satisfaction surveys, and what public registers counted."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from selaras.core.period import Period
from selaras.core.registers.published import (
    PublicService,
    PublishedSatisfaction,
    ServiceAction,
    ServiceElement,
    ServiceFigure,
)
from selaras.core.reporting.satisfaction import band_words, shown
from selaras.store import models as tables
from selaras.store.register_access import Held, held_of
from selaras.store.register_figures import figures_in
from selaras.store.service_surveys import Round, sheet_of_round, survey_of


def of_report(agency: str, year: int) -> tuple[tuple[PublishedSatisfaction, ...], tuple[PublicService, ...]]:
    """The surveys whose time ended in the year and that were published, and the registers open to the public.

    Two queries, and a few for each survey and register there is. A register without records in the year tells nothing.
    """
    rounds = tables.SkmRound.objects.filter(agency__code=agency, published=True, until__year=year)
    opened = Count("records", filter=Q(records__opened__year=year))
    registers = (
        tables.RegisterDefinition.objects.select_related("agency")
        .filter(agency__code=agency, open_to_public=True, restricted=False)
        .annotate(opened_amount=opened)
        .filter(opened_amount__gt=0)
    )
    as_of = min(timezone.localdate(), date(year + 1, 3, 31))
    return (
        tuple(_satisfaction(row) for row in rounds.order_by("until", "pk")),
        tuple(_service(held_of(row), row.opened_amount, year, as_of) for row in registers.order_by("sequence", "pk")),
    )


def _satisfaction(row: tables.SkmRound) -> PublishedSatisfaction:
    sheet = sheet_of_round(Round(row, survey_of(row.survey, row.until)))
    survey, result = sheet.round.survey, sheet.result
    names = {item.code: item.name for item in survey.elements}
    return PublishedSatisfaction(
        row.code, row.title, row.since, row.until, result.respondents, shown(result.converted, survey.places),
        band_words(result.band),
        tuple(
            ServiceElement(
                item.element.name, item.answered, shown(item.mean, 3), shown(item.converted, survey.places),
                band_words(item.band),
            )
            for item in result.elements
        ),
        tuple(item.element.name for item in result.lowest(survey.weakest)),
        tuple(
            ServiceAction(names.get(plan.element, plan.element), plan.action, plan.responsible, plan.due, plan.done_on)
            for plan in sheet.plan
        ),
        survey.source.text,
    )  # fmt: skip


def _service(held: Held, records: int, year: int, as_of: date) -> PublicService:
    figures = tuple(
        ServiceFigure(line.rule.name, line.counted.figure.told() if line.counted else line.refused)
        for line in figures_in(held, Period(year), as_of)
    )
    return PublicService(held.row.code, held.register.name, records, as_of, figures)
