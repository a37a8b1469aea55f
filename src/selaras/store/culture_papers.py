"""What the report of a culture study prints, out of the tables: evidence that may be quoted, surveys by the stricter

threshold, follow-up with owners as positions, and the performance of the indicator that the study answers to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from selaras.core.access import Actor
from selaras.core.culture.analyses import Analysis
from selaras.core.culture.conclusions import Conclusion
from selaras.core.culture.editions import PublishedSurvey, survey_from
from selaras.core.errors import Fault, Refusal
from selaras.core.measurement.records import Realisation, Spending
from selaras.core.org import Position, Unit
from selaras.core.planning import BudgetLine, BudgetVersion, Indicator, Node
from selaras.core.reporting.culture_facts import Performance, Quote, Step, StudyFacts, Told
from selaras.store.culture import StudyFile, rules_on, study_file
from selaras.store.culture_displays import quotes_of
from selaras.store.culture_editions import names_of_scores
from selaras.store.culture_results import edition_of, results
from selaras.store.culture_rows import framework_of, rule_of
from selaras.store.culture_surveys import data_of, is_closed, parents_of, units_named
from selaras.store.measuring import VALUES, WHERE_THEY_STAND, figures_of
from selaras.store.models import StatisticsRun, StudyAction, SurveyResponse, SurveyWave
from selaras.store.snapshot import find_agency
from selaras.store.together import load_together

MOST_QUOTES = 2


def study_facts(actor: Actor, agency: str, study: str, day: date) -> StudyFacts:
    """Everything that the report of a study prints. Not while coders work blind. Raises NotFound, Refusal."""
    file = study_file(actor, agency, study)
    if file.open_rounds:
        raise Refusal(
            "Laporan studi belum dapat disusun.",
            Fault("putaran penyandian masih terbuka", read=file.open_rounds[0].code, remedy="Tutup putarannya dahulu."),
        )
    row, (_pk, home) = file.row, find_agency(agency)
    waves = [
        wave
        for wave in SurveyWave.objects.filter(survey__study=row.pk).select_related("survey").order_by("opens", "pk")
        if is_closed(wave, day)
    ]
    actions = StudyAction.objects.select_related("study", "owner", "unit")
    return StudyFacts(
        home, row.year, file.example, file.support, file.strengths, file.banners, file.claims, file.flags,
        {item.code: _quotes(file, item) for item in file.conclusions}, rule_of(row).sentence(), row.k_publish,
        question=row.question, places=row.places, legal_basis=row.legal_basis, demo=row.demo,
        steps=_steps(actions.filter(study=row.pk)),
        before=_steps(actions.filter(study__agency__code=agency, study__year=row.year - 1, study__demo="")),
        surveys=tuple(_surveys(agency, waves)), told=tuple(_told(_large(waves))),
        scores=tuple({pair: None for wave in waves for pair in names_of_scores(framework_of(wave.survey)).items()}),
        national=rules_on(day).national,
        performance=_performance(agency, row.year, row.indicator.code) if row.indicator else None,
    )  # fmt: skip


def _quotes(file: StudyFile, conclusion: Conclusion) -> tuple[Quote, ...]:
    """Up to two passages for a conclusion and one against it, of those that may be quoted."""
    held = {row.code: row for row in file.support}
    own = [held[code] for code in conclusion.codes if code in held]
    plus = quotes_of(file, [item for row in own for item in row.plus])[:MOST_QUOTES]
    minus = quotes_of(file, [item for row in own for item in row.minus])[:1]
    sides = ((plus, False), (minus, True))
    return tuple(
        Quote(item["source"], item["start"], item["end"], item["text"], against)
        for found, against in sides
        for item in found
    )


def _steps(rows: QuerySet[StudyAction]) -> tuple[Step, ...]:
    return tuple(
        Step(
            row.study.code, row.statement, row.action, row.owner.title if row.owner else row.owner_words, row.due,
            row.get_state_display(), row.result,
        )
        for row in rows
    )  # fmt: skip


def _surveys(agency: str, waves: Iterable[SurveyWave]) -> Iterable[PublishedSurvey]:
    """The waves by the stricter threshold; a wave with too few answers is left out."""
    parents = parents_of(agency)
    for wave in waves:
        try:
            edition = edition_of(results(data_of(wave), parents, publish=True))
        except Refusal:
            continue  # fewer answers than may be published: the report says that there is no survey to show
        units = units_named(agency, edition["groups"])
        yield survey_from(edition, names_of_scores(framework_of(wave.survey)), units)


def _large(waves: list[SurveyWave]) -> list[SurveyWave]:
    """The waves with as many answers as may be published."""
    rows = SurveyResponse.objects.filter(wave__in=[wave.pk for wave in waves]).order_by()
    given = dict(rows.values_list("wave").annotate(n=Count("pk")))
    return [wave for wave in waves if given.get(wave.pk, 0) >= wave.survey.k_publish]


def _told(waves: list[SurveyWave]) -> Iterable[Told]:
    """The newest kept computation of every kind by wave, in its sentences, from the test of items to the regression;
    waves that may not be published have none.
    """
    place, kinds = {wave.pk: order for order, wave in enumerate(waves)}, [kind.value for kind in Analysis]
    seen: set[Any] = set()
    rows = StatisticsRun.objects.filter(wave__in=list(place)).select_related("wave__survey")
    for row in sorted(rows, key=lambda row: (place[row.wave_id], kinds.index(row.kind))):
        key = (row.wave_id, row.kind, str(row.params))
        if key not in seen and row.told:
            seen.add(key)
            yield Told(
                f"{row.wave.survey.code} {row.wave.code}", row.kind, tuple(row.told), row.at.date(), row.input_sha256
            )


def _performance(agency: str, year: int, code: str) -> Performance | None:
    """Target, achievement, budget and absorption of one indicator as the annual report prints them."""
    kinds: set[type[Any]] = {
        *VALUES,
        *WHERE_THEY_STAND,
        Indicator,
        Realisation,
        Node,
        Unit,
        Position,
        Spending,
        BudgetLine,
        BudgetVersion,
    }
    figures = figures_of(load_together(agency, year, kinds))
    indicator = figures.indicators.get(code)
    if indicator is None:
        return None
    node = figures.nodes[indicator.node]
    aim, realised = figures.aim(indicator, year), figures.realised(indicator, year)
    return Performance(
        indicator.name, node.title, _value(aim), _value(realised), figures.achievement(indicator),
        figures.budget.get(node.code), figures.spent.get(node.code), figures.absorption(node),
    )  # fmt: skip


def _value(found: Any) -> str:
    value = getattr(found, "value", None)
    return value.shown() if value is not None else "–"
