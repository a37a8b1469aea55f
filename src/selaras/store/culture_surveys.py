"""Surveys out of the tables: the form behind a link, progress and results that reveal nobody, kept computations, waves.

Nobody reads answers while a wave is open: a result that grows by one gives that one away.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from selaras.core.access import Act, Actor, may_somewhere, refusal
from selaras.core.culture.answers import Answers
from selaras.core.culture.descriptives import Spread, WaveChange, compare, spread
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.index import InternalIndex, internal_index
from selaras.core.culture.privacy import (
    Threshold,
    change_shown,
    comments_shown,
    distribution_shown,
    shown,
    shown_in_tree,
)
from selaras.core.culture.runs import AnalysisRun, input_digest
from selaras.core.culture.surveys import (
    BUCKETS,
    Care,
    Instrument,
    Invitation,
    Response,
    care,
    instrument,
    progress,
    scored,
    scores,
    token_digest,
)
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.culture import rules_on
from selaras.store.culture_rows import framework_of
from selaras.store.models import Employee, StatisticsRun, Survey, SurveyResponse, SurveyTicket, SurveyWave, Unit

WHOLE = ""
"""The group that is everybody."""


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """What somebody with a link sees: the questionnaire as it stands, the notice, the groups that are asked for."""

    survey: str
    wave: str
    agency: str
    title: str
    notice: str
    unit: str
    questionnaire: Instrument
    buckets: Mapping[str, tuple[str, ...]]
    comments: bool
    closes: date
    synthetic: bool
    unit_name: str = ""


@dataclass(frozen=True)
class WaveResults:
    """The results of a closed wave as they may be shown on a screen (or published, by the stricter threshold).

    `groups` holds only groups that may be shown; "" is everybody. `hidden` says that there are others.
    """

    wave: SurveyWave
    threshold: int
    n: int
    population: int
    by: str
    groups: Mapping[str, Mapping[str, Spread]]
    hidden: bool
    index: Mapping[str, InternalIndex]
    care: Care | None
    distributions: Mapping[str, Mapping[int, int]]
    comments: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """The share of employees who answered; None without a population."""
        return Fraction(min(self.n, self.population), self.population) if self.population else None


@dataclass(frozen=True)
class WaveData:
    """A wave with its answers, inside the store and the actions only; pages get `WaveResults`."""

    wave: SurveyWave
    framework: Framework
    responses: tuple[Response, ...]

    @cached_property
    def questionnaire(self) -> Instrument:
        """The questionnaire of the wave."""
        return instrument(self.framework)

    @cached_property
    def answers(self) -> Answers:
        """All answers, reversed items turned."""
        return scored(self.questionnaire, self.responses)


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One score in two waves; `change` is None where it may not be shown."""

    score: str
    before: int
    after: int
    change: WaveChange | None


def surveys_of(actor: Actor, agency: str) -> QuerySet[Survey]:
    """The surveys of an agency with their waves. Two queries. Raises NotFound, NotAllowed."""
    if not may_somewhere(actor, Act.READ_STUDY, agency):
        raise refusal(actor, Act.READ_STUDY, agency)
    return Survey.objects.filter(agency__code=agency).select_related("study").prefetch_related("waves").defer("content")


def survey_at(actor: Actor, agency: str, code: str) -> Survey:
    """One survey. Raises NotFound, NotAllowed."""
    row = surveys_of(actor, agency).defer(None).filter(code=code).first()
    if row is None:
        raise NotFound(f"Survei {code} tidak ditemukan.")
    return row


def wave_at(actor: Actor, agency: str, survey: str, wave: str) -> SurveyWave:
    """One wave with its survey. One query. Raises NotFound, NotAllowed."""
    if not may_somewhere(actor, Act.READ_STUDY, agency):
        raise refusal(actor, Act.READ_STUDY, agency)
    rows = SurveyWave.objects.select_related("survey__agency")
    row = rows.filter(survey__agency__code=agency, survey__code=survey, code=wave).first()
    if row is None:
        raise NotFound(f"Gelombang {wave} pada survei {survey} tidak ditemukan.")
    return row


def form_of(token: str, day: date) -> SurveyForm:
    """The form behind a link, on a day. Two queries; nothing is written, nobody needs an account.

    Raises NotFound for a link that was never given out, Refusal for a used one and outside the days of the wave.
    """
    rows = SurveyTicket.objects.select_related("wave__survey__agency")
    ticket = rows.filter(digest=token_digest(token)).first() if 20 <= len(token) <= 200 else None
    if ticket is None:
        raise NotFound("Tautan survei ini tidak dikenal.")
    wave, survey = ticket.wave, ticket.wave.survey
    if ticket.used:
        raise Refusal(
            "Tautan ini sudah dipakai.",
            Fault("tautan terpakai", remedy="Setiap tautan hanya untuk satu kali pengisian."),
        )
    refuse_shut(wave, day)
    return SurveyForm(
        survey.code, wave.code, survey.agency.name, survey.title, survey.notice, ticket.unit,
        instrument(framework_of(survey)), {name: tuple(choices) for name, choices in survey.buckets.items()},
        survey.comments, wave.closes, survey.synthetic, units_named(survey.agency.code, [ticket.unit]).get(ticket.unit, ""),
    )  # fmt: skip


def refuse_shut(wave: SurveyWave, day: date) -> None:
    """Refuse answers outside the days of a wave."""
    if not is_open(wave, day):
        raise Refusal(
            "Survei ini sedang tidak dibuka.",
            Fault("di luar masa pengisian", expected=f"{wave.opens.isoformat()} sampai {wave.closes.isoformat()}"),
        )


def is_open(wave: SurveyWave, day: date) -> bool:
    """Whether answers are taken on a day."""
    return wave.closed_at is None and wave.opens <= day <= wave.closes


def is_closed(wave: SurveyWave, day: date) -> bool:
    """Whether no more answers can come, so that results may be read."""
    return wave.closed_at is not None or day > wave.closes


def threshold_of(survey: Survey) -> Threshold:
    """The thresholds of a survey."""
    return Threshold(survey.k_screen, survey.k_publish)


def tickets_of(wave: SurveyWave) -> dict[str, tuple[int, int]]:
    """By unit how many links were given out, and to how many employees; not how many were used. One query."""
    given = dict(
        SurveyTicket.objects.filter(wave=wave).order_by().values_list("unit").annotate(n=Count("pk"))
    )  # fmt: skip
    return {unit: (given.get(unit, 0), people) for unit, people in wave.population.items()}


def progress_of(wave: SurveyWave) -> dict[str, Fraction | None]:
    """The share of employees by unit who have answered; None for a unit that is too small to be shown. One query."""
    used = SurveyTicket.objects.filter(wave=wave).values_list("unit", "used")
    invitations = (Invitation("", wave.survey.code, unit, done) for unit, done in used.iterator())
    return progress(invitations, wave.population, threshold_of(wave.survey))


def data_of(wave: SurveyWave) -> WaveData:
    """A wave with its answers, in the order of their random keys. One query."""
    rows = SurveyResponse.objects.filter(wave=wave).order_by("key")
    return WaveData(wave, framework_of(wave.survey), tuple(_response(wave, row) for row in rows))


def _response(wave: SurveyWave, row: SurveyResponse) -> Response:
    return Response(
        str(row.key), wave.survey.code, row.unit, row.answers, row.buckets, row.comment, row.hurried
    )  # fmt: skip


def results_of(
    actor: Actor, agency: str, survey: str, wave: str, day: date, *, by: str = "unit", publish: bool = False
) -> WaveResults:
    """The results of a closed wave by unit or by one coarse group, suppressed. Three queries.

    Raises Refusal while the wave is open, below the threshold, and for a group that is not asked for; NotFound.
    """
    row = wave_at(actor, agency, survey, wave)
    if not is_closed(row, day):
        raise Refusal(
            "Hasil survei belum dapat dibaca.",
            Fault(
                "gelombang masih dibuka",
                expected=f"setelah {row.closes.isoformat()}",
                remedy="Tutup gelombangnya dahulu.",
            ),
        )
    return results(data_of(row), parents_of(agency), by=by, publish=publish)


def parents_of(agency: str) -> dict[str, str]:
    """The unit above every unit ("" for a top). One query."""
    rows = Unit.objects.filter(agency__code=agency).values_list("code", "parent__code")
    return {code: parent or "" for code, parent in rows}


def results(data: WaveData, parents: Mapping[str, str], *, by: str = "unit", publish: bool = False) -> WaveResults:
    """What may be shown of a wave by one breakdown. Raises Refusal."""
    threshold = threshold_of(data.wave.survey)
    k, n = (threshold.publish if publish else threshold.screen), len(data.responses)
    if n < k:
        raise Refusal(
            "Hasil survei tidak ditampilkan.",
            Fault("responden terlalu sedikit", read=f"kurang dari {k}", expected=f"mulai {k}"),
        )
    members = {WHOLE: list(range(n))} | _members(data, parents, by, k)
    named = {_group(response, by) for response in data.responses} - {""}
    points, table = data.questionnaire.scale.points, _scores(data)
    groups = {
        group: {
            score: spread([values[place] for place in places], points)
            for score, values in table.items()
            if sum(values[place] is not None for place in places) >= k
        }
        for group, places in members.items()
    }
    return WaveResults(
        data.wave, k, n, sum(data.wave.population.values()), by, groups, bool(named - members.keys()),
        {group: index for group, places in members.items() if (index := _index(data, places, k)) is not None},
        care(data.questionnaire, data.responses, rules_on(data.wave.opens).care), _distributions(data, threshold),
        _comments(data, threshold),
    )  # fmt: skip


def _group(response: Response, by: str) -> str:
    return response.unit if by == "unit" else response.buckets.get(by, "")


def _members(data: WaveData, parents: Mapping[str, str], by: str, k: int) -> dict[str, list[int]]:
    """Who belongs to every group that may be shown; a unit holds everybody below it too."""
    if by != "unit" and by not in BUCKETS:
        raise Refusal(
            "Hasil survei tidak ditampilkan.", Fault("kelompok tidak dikenal", read=by, expected=" | ".join(BUCKETS))
        )
    own: dict[str, list[int]] = {}
    for place, response in enumerate(data.responses):
        own.setdefault(_group(response, by), []).append(place)
    if by != "unit":
        return {name: own[name] for name in sorted(shown({key: len(rows) for key, rows in own.items()}, k)) if name}
    tree = {unit: parents.get(unit, "") for unit in {*parents, *own} if unit}
    visible = shown_in_tree(tree, {unit: len(rows) for unit, rows in own.items()}, k)
    made: dict[str, list[int]] = {}
    for unit, rows in own.items():
        at, seen = unit, set()
        while at and at not in seen:
            seen.add(at)
            if at in visible:
                made.setdefault(at, []).extend(rows)
            at = tree.get(at, "")
    return {unit: sorted(made[unit]) for unit in tree if unit in made}


def _scores(data: WaveData) -> dict[str, tuple[float | None, ...]]:
    if data.questionnaire.scale.fixed_total is not None:
        return {code: data.answers.column(code) for code in data.answers.items}
    return scores(data.questionnaire, data.answers)


def _index(data: WaveData, places: list[int], k: int) -> InternalIndex | None:
    if data.questionnaire.scale.fixed_total is not None:
        return None
    part = Answers(data.answers.items, tuple(data.answers.rows[place] for place in places))
    try:
        return internal_index(data.questionnaire, part, data.questionnaire.groups(), least=k)
    except Refusal:
        return None  # a score that nobody of the group answered: it has no index


def _distributions(data: WaveData, threshold: Threshold) -> dict[str, dict[int, int]]:
    """How often every answer was given to an item, as it was ticked; only where that gives nobody away."""
    made = {}
    for item in data.questionnaire.items:
        counts = Counter(value for row in data.responses if (value := row.answers.get(item.code)) is not None)
        if counts and distribution_shown(counts.values(), threshold):
            made[item.code] = {value: counts.get(value, 0) for value in range(1, data.questionnaire.scale.points + 1)}
    return made


def _comments(data: WaveData, threshold: Threshold) -> tuple[str, ...]:
    """Free text, shuffled, without any group; only by the stricter threshold."""
    found = [row.comment for row in data.responses if row.comment.strip()]
    if not comments_shown(len(data.responses), threshold):
        return ()
    random.SystemRandom().shuffle(found)
    return tuple(found)


def waves_compared(
    actor: Actor, agency: str, survey: str, before: str, after: str, day: date
) -> tuple[ScoreChange, ...]:
    """Every score in two closed waves, with its difference where both are large enough and not nearly the same people.

    Raises Refusal while one is open, NotFound.
    """
    first, second = (wave_at(actor, agency, survey, code) for code in (before, after))
    for row in (first, second):
        if not is_closed(row, day):
            raise Refusal("Gelombang belum dapat dibandingkan.", Fault("gelombang masih dibuka", read=row.code))
    k = first.survey.k_screen
    left, right = _scores(data_of(first)), _scores(data_of(second))
    made = []
    for score in left:
        one, two = ([value for value in side.get(score, ()) if value is not None] for side in (left, right))
        ok = change_shown(len(one), len(two), k) and len(one) > 1 and len(two) > 1
        made.append(ScoreChange(score, len(one), len(two), compare(one, two, k=k) if ok else None))
    return tuple(made)


def runs_of(wave: SurveyWave) -> tuple[tuple[StatisticsRun, bool], ...]:
    """The computations kept with a wave, newest first, each with whether it is out of date. Two queries."""
    rows = list(StatisticsRun.objects.filter(wave=wave))
    answers = data_of(wave).answers if rows else None
    return tuple((row, answers is not None and run_record(row).stale(answers)) for row in rows)


def run_record(row: StatisticsRun) -> AnalysisRun:
    """A kept computation as a value."""
    return AnalysisRun(row.kind, row.params, row.input_sha256, row.version, row.result)


def digest_of(answers: Answers, params: Mapping[str, str]) -> str:
    """The digest by which a computation is known again."""
    return input_digest(answers, params)


def published_waves(agency: str, year: int | None = None) -> QuerySet[SurveyWave]:
    """Waves whose results were published; only their `edition` may leave. One query."""
    rows = SurveyWave.objects.filter(survey__agency__code=agency, published_at__isnull=False).select_related("survey")
    return rows if year is None else rows.filter(year=year)


def used_tickets(wave: SurveyWave) -> int:
    """How many links were used in the whole wave. One query."""
    return SurveyTicket.objects.filter(wave=wave, used=True).count()


def employees_by_unit(agency: str) -> dict[str, int]:
    """How many employees every unit has, as a first population of a wave. One query."""
    rows = Employee.objects.filter(agency__code=agency, unit__isnull=False).order_by()
    return dict(rows.values_list("unit__code").annotate(n=Count("pk")).values_list("unit__code", "n"))


def spread_data(found: Spread) -> dict[str, Any]:
    """One group of answers as plain data for publication: counts and floats."""
    return {
        "n": found.n, "mean": found.mean, "positive": float(found.positive), "neutral": float(found.neutral),
        "negative": float(found.negative),
    }  # fmt: skip


def edition_of(found: WaveResults) -> dict[str, Any]:
    """Results as they are published; no comment, no distribution, no coarse group, only what the threshold lets out."""
    survey = found.wave.survey
    return {
        "survey": survey.code, "title": survey.title, "wave": found.wave.code, "year": found.wave.year,
        "synthetic": survey.synthetic, "threshold": found.threshold, "n": found.n, "population": found.population,
        "hidden_groups": found.hidden,
        "groups": {
            group: {score: spread_data(item) for score, item in scores_.items()} for group, scores_ in found.groups.items()
        },
        "index": {
            group: {"name": item.name, "index": float(item.index), "people": item.people,
                    "values": {value.value: float(value.positive) for value in item.values}}
            for group, item in found.index.items()
        },
    }  # fmt: skip


def units_named(agency: str, codes: Iterable[str]) -> dict[str, str]:
    """The names of units by code. One query."""
    return dict(Unit.objects.filter(agency__code=agency, code__in=list(codes)).values_list("code", "name"))
