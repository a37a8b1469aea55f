"""What was published of work culture, for the annual report: editions as they were frozen, with names beside the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selaras.core.culture.editions import PublishedStudy, PublishedSurvey, study_from, survey_from
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.studies import Stage
from selaras.core.culture.surveys import instrument
from selaras.store.culture_rows import framework_of
from selaras.store.models import Study, SurveyWave, Unit


def of_report(agency: str, year: int) -> tuple[tuple[PublishedStudy, ...], tuple[PublishedSurvey, ...]]:
    """The studies and waves of a year that were published; no worked example and no invented answers.

    Two queries, three where a wave was published.
    """
    studies = Study.objects.filter(
        agency__code=agency, year=year, published_at__isnull=False, stage=Stage.PUBLISHED.value, demo=""
    )
    editions = studies.order_by("code").values_list("edition", flat=True)
    rows = list(
        SurveyWave.objects.filter(
            survey__agency__code=agency, year=year, published_at__isnull=False, survey__synthetic=False
        )
        .select_related("survey")
        .order_by("opens", "pk")
    )
    units = _units(agency, (group for row in rows for group in row.edition["groups"])) if rows else {}
    surveys = tuple(survey_from(row.edition, names_of_scores(framework_of(row.survey)), units) for row in rows)
    return tuple(study_from(data) for data in editions), surveys


def names_of_scores(framework: Framework) -> dict[str, str]:
    """What every score of a questionnaire is called: the node of its code, else the construct that all its items stand on."""
    questionnaire = instrument(framework)
    nodes = {node.code: node.name for node in framework.nodes}
    found = {}
    for group, codes in questionnaire.groups().items():
        tops = {item.construct for item in questionnaire.items if item.code in codes}
        name = nodes.get(group) or (nodes[tops.pop()] if len(tops) == 1 else group)
        found[group] = name[:1].upper() + name[1:]
    return found


def _units(agency: str, codes: Iterable[str]) -> Mapping[str, str]:
    wanted = {code for code in codes if code}
    return dict(Unit.objects.filter(agency__code=agency, code__in=wanted).values_list("code", "name"))
