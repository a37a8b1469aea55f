"""Surveys out of the tables: the form behind a link, waves with their answers, progress that reveals nobody.

Nobody reads answers while a wave is open: a result that grows by one gives that one away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Count, QuerySet

from selaras.core.access import Act, Actor, may_somewhere, refusal
from selaras.core.culture.answers import Answers
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.privacy import (
    Threshold,
)
from selaras.core.culture.surveys import (
    Instrument,
    Invitation,
    Response,
    instrument,
    progress,
    scored,
    token_digest,
)
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.store.culture_rows import framework_of
from selaras.store.models import Employee, Survey, SurveyResponse, SurveyTicket, SurveyWave, Unit
from selaras.store.models.culture import SurveyMode
from selaras.store.sealing import keyed_digest


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
    linked: bool = False
    """Whether a code that the respondent makes up joins these answers to those of other waves."""


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
        is_linked(survey),
    )  # fmt: skip


def refuse_shut(wave: SurveyWave, day: date) -> None:
    """Refuse answers outside the days of a wave."""
    if not is_open(wave, day):
        raise Refusal(
            "Survei ini sedang tidak dibuka.",
            Fault("di luar masa pengisian", expected=f"{wave.opens.isoformat()} sampai {wave.closes.isoformat()}"),
        )


def is_linked(survey: Survey) -> bool:
    """Whether the answers of one person can be laid beside each other by a code of the person's own."""
    return survey.mode == SurveyMode.LINKED.value


def repeat_of(survey: Survey, code: str) -> str:
    """What is kept of a respondent's own code: a digest that only this installation's key makes, for this survey alone."""
    return keyed_digest(f"{survey.pk} {code}".encode(), "kode ulang survei") if code else ""


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
        str(row.key), wave.survey.code, row.unit, row.answers, row.buckets, row.comment, row.hurried, row.repeat
    )  # fmt: skip


def parents_of(agency: str) -> dict[str, str]:
    """The unit above every unit ("" for a top). One query."""
    rows = Unit.objects.filter(agency__code=agency).values_list("code", "parent__code")
    return {code: parent or "" for code, parent in rows}


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


def units_named(agency: str, codes: Iterable[str]) -> dict[str, str]:
    """The names of units by code. One query."""
    return dict(Unit.objects.filter(agency__code=agency, code__in=list(codes)).values_list("code", "name"))
