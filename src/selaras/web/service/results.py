"""The result of a survey as pages show it: value and band, elements, services, respondents, follow-up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from selaras.core.numerals import format_number
from selaras.core.registers.survey import SurveyBand, SurveyResult
from selaras.core.reporting.satisfaction import LEAST_SHOWN, shown
from selaras.store.service_surveys import RoundSheet
from selaras.web.days import format_date
from selaras.web.service.questionnaire import not_told, trait_label


def shown_sheet(sheet: RoundSheet, *, hide_small: bool) -> dict[str, Any]:
    """Everything of a round, formatted. `hide_small` leaves out values of services with too few respondents."""
    row, result, survey = sheet.round.row, sheet.result, sheet.round.survey
    names = {item.code: item.name for item in survey.elements}
    lowest = {item.element.code for item in result.lowest(survey.weakest)} if result.respondents else set()
    lacking = max(0, (sheet.needed or 0) - result.respondents)
    return {
        "title": row.title, "since": format_date(row.since), "until": format_date(row.until), "published": row.published,
        "value": shown(result.converted, survey.places), "band": _band(result.band), "index": shown(result.index, 3),
        "respondents": _count(result.respondents),
        "needed": "" if sheet.needed is None else _count(sheet.needed),
        "population": "" if row.population is None else _count(row.population),
        "lacking": _count(lacking) if lacking else "",
        "elements": [
            {"name": item.element.name, "answered": _count(item.answered), "mean": shown(item.mean, 3),
             "value": shown(item.converted, survey.places), "band": _band(item.band),
             "share": float(item.converted) if item.converted is not None else None,
             "is_lowest": item.element.code in lowest}
            for item in result.elements
        ],
        "services": [_service(name, one, hide_small) for name, one in sheet.services.items()],
        "traits": [
            (trait_label(name), [(label or not_told(), _count(amount)) for label, amount in groups.items()])
            for name, groups in sheet.traits.items()
        ],
        "plan": [
            {"pk": one.pk, "element": names.get(one.element, one.element), "action": one.action,
             "responsible": one.responsible, "due": format_date(one.due) if one.due else "",
             "done": format_date(one.done_on) if one.done_on else ""}
            for one in sheet.plan
        ],
        "weight": "" if result.weight is None else format_number(result.weight), "source": survey.source,
        "survey_name": survey.name,
    }  # fmt: skip


def _service(name: str, result: SurveyResult, hide_small: bool) -> dict[str, Any]:
    hidden = hide_small and result.respondents < LEAST_SHOWN
    return {
        "name": name, "respondents": _count(result.respondents),
        "value": _("terlalu sedikit") if hidden else shown(result.converted, 2),
        "band": None if hidden else _band(result.band),
    }  # fmt: skip


def _count(amount: int) -> str:
    return format_number(Decimal(amount))


def _band(band: SurveyBand | None) -> dict[str, str] | None:
    return {"words": f"{band.letter} – {band.name}", "tone": band.tone.value} if band else None
