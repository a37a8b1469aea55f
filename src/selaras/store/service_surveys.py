"""Satisfaction surveys out of the tables: rounds, results by service and element, plan, publication; service standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.finding import Finding
from selaras.core.period import Period
from selaras.core.registers.clock import Verdict
from selaras.core.registers.definition import VERDICT, Summary, Tally
from selaras.core.registers.standards import Compliance, ServiceStandard, StandardComponent, compliance_of, findings_of
from selaras.core.registers.survey import (
    Response,
    ServiceSurvey,
    SurveyAction,
    SurveyResult,
    by_service,
    by_trait,
    check_plan,
    sample_size,
    score,
)
from selaras.rulebook.service import load_standard, load_surveys
from selaras.store import models as tables
from selaras.store.register_access import held_of
from selaras.store.register_counts import Counting


@dataclass(frozen=True, slots=True)
class Round:
    """A time of asking with its survey."""

    row: tables.SkmRound
    survey: ServiceSurvey


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round in the list of an agency's surveys."""

    code: str
    title: str
    survey: str
    since: date
    until: date
    services: int
    responses: int
    published: bool


@dataclass(frozen=True, slots=True)
class RoundSheet:
    """The result of a round: what the publication sheet shows, and what the office still has to do."""

    round: Round
    result: SurveyResult
    services: Mapping[str, SurveyResult]
    traits: Mapping[str, Mapping[str, int]]
    needed: int | None
    """How many respondents the population asks for; None where it is not known."""
    plan: tuple[tables.SkmPlan, ...]
    findings: tuple[Finding, ...]
    suggestions: tuple[str, ...]
    """Empty on the public sheet."""


def survey_of(code: str, day: date) -> ServiceSurvey:
    """The survey of that code in force on a day. Raises Refusal."""
    known = load_surveys(day)
    if code not in known:
        raise Refusal("Survei tidak dikenal.", Fault("kode survei", read=code, expected=", ".join(known)))
    return known[code]


def find_round(agency: str, code: str) -> Round:
    """A round of an agency. Raises NotFound."""
    row = tables.SkmRound.objects.filter(agency__code=agency, code=code).first()
    if row is None:
        raise NotFound(f"Survei {code} tidak ditemukan.")
    return Round(row, survey_of(row.survey, row.until))


def rounds_of(actor: Actor, agency: str) -> tuple[RoundLine, ...]:
    """Every round of an agency, the newest first; one query. Raises NotFound, NotAllowed."""
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    rows = tables.SkmRound.objects.filter(agency__code=agency).annotate(answered=Count("responses"))
    return tuple(
        RoundLine(
            row.code, row.title, row.survey, row.since, row.until, len(row.services), row.answered, row.published
        )
        for row in rows.order_by("-since", "-pk")
    )  # fmt: skip


def round_sheet(actor: Actor, agency: str, code: str, weight: Decimal | None = None) -> RoundSheet:
    """The result of a round with its plan; three queries. `weight` only reproduces an old report that rounded it.

    Raises NotFound, NotAllowed.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    return _sheet(find_round(agency, code), suggestions=True, weight=weight)


def public_sheet(agency: str, code: str) -> RoundSheet:
    """The result of a round that was published, without suggestions. Raises NotFound."""
    found = find_round(agency, code)
    if not found.row.published:
        raise NotFound(f"Survei {code} tidak ditemukan.")
    return _sheet(found, suggestions=False)


def published_rounds(agency: str) -> tuple[tables.SkmRound, ...]:
    """The rounds whose result an agency published, the newest first; one query."""
    return tuple(tables.SkmRound.objects.filter(agency__code=agency, published=True).order_by("-since", "-pk"))


def sheet_of_round(found: Round) -> RoundSheet:
    """The result of a round for a document that whoever may read it reads: without suggestions."""
    return _sheet(found, suggestions=False)


def responses_of(found: Round) -> list[Response]:
    """The answers of a round."""
    rows = found.row.responses.order_by("pk").values_list("service", "on", "answers", "traits")
    return [Response(service, on, answers, traits) for service, on, answers, traits in rows.iterator(chunk_size=5000)]


def _sheet(found: Round, *, suggestions: bool, weight: Decimal | None = None) -> RoundSheet:
    listed = responses_of(found)
    result = score(found.survey, listed, weight=weight)
    plan = tuple(found.row.plan.order_by("pk"))
    actions = [SurveyAction(row.element, row.action, row.responsible, row.due) for row in plan]
    names = sorted({name for response in listed for name in response.traits})
    sample = found.survey.sample
    population = found.row.population
    texts = found.row.responses.exclude(suggestion="").order_by("-pk").values_list("suggestion", flat=True)
    return RoundSheet(
        found, result, by_service(found.survey, listed), {name: by_trait(listed, name) for name in names},
        sample_size(population, sample) if population and sample else None, plan,
        check_plan(found.survey, result, actions), tuple(texts[:200]) if suggestions else (),
    )  # fmt: skip


# ---- service standards -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NormLine:
    """The standard of one service, and how far the service keeps it."""

    standard: ServiceStandard
    register: str
    deadline: str
    result: Compliance
    findings: tuple[Finding, ...]


def norms_of(actor: Actor, agency: str, today: date) -> tuple[tuple[StandardComponent, ...], tuple[NormLine, ...]]:
    """The components of a standard, and every service with its compliance in the year of `today`.

    One query and two for each service that has a register. Raises NotFound, NotAllowed.
    """
    check_somewhere(actor, Act.SEE_REGISTER, agency)
    components, source = load_standard(today)
    rows = tables.ServiceNorm.objects.filter(agency__code=agency).select_related("definition__agency")
    lines = []
    for row in rows.order_by("sequence", "pk"):
        standard = ServiceStandard(row.service, row.name, row.statements, row.announced)
        result = compliance_of(standard, components, _verdicts(row, today))
        code = row.definition.code if row.definition else ""
        lines.append(NormLine(standard, code, row.deadline, result, findings_of(standard, result, source)))
    return components, tuple(lines)


def _verdicts(row: tables.ServiceNorm, today: date) -> dict[Verdict, int]:
    """How many services of the year stand in which way towards the promised time; none without a register."""
    if row.definition is None:
        return {}
    held = held_of(row.definition)
    if held.register.deadline(row.deadline) is None:
        return {}
    table = Summary("ketepatan", "Ketepatan", Tally(), by=VERDICT + row.deadline)
    counting = Counting(held.pk, held.register, held.row.body, today)
    (lines,) = counting.summaries((table,), Period(today.year))
    return {Verdict(label): int(amount) for label, amount in lines}
