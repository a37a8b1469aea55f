"""All work in progress of one agency and year by one query: flows, chapters, editions, cases, readings, steps, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import State
from selaras.core.measurement.records import Progress
from selaras.core.pending import ended
from selaras.core.period import Span
from selaras.core.planning import PlanDocument
from selaras.store import models as tables
from selaras.store.agreements import owing
from selaras.store.models.registers import Standing
from selaras.store.models.work import ChapterState, ReadingState, ReviewState

SOON = 7
"""Records are told of so many days before they fall due."""


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of work in progress, as it stands in its table."""

    part: str
    key: str
    title: str
    state: str
    login: str
    author: str
    place: str
    position: str
    due: date | None
    number: int


def lines_of(agency_code: str, year: int, today: date) -> Iterator[Line]:
    """All work in progress of an agency, of every kind, by one query."""
    parts = (
        _parts(agency_code, year), _evaluations(agency_code, year), _values(agency_code, year, today),
        _reform(agency_code, year, today), _due_records(agency_code, today),
    )  # fmt: skip
    first, *others = chain.from_iterable(parts)
    for row in first.union(*others, all=True).order_by("line_part", "line_pk"):
        yield Line(*row[1:])


def _parts(agency: str, year: int) -> Iterator[QuerySet[Any, Any]]:
    of_agency = {"agency__code": agency}
    yield line_part(
        tables.AgreementFlow.objects.filter(agreement__agency__code=agency, agreement__year=year), "agreement",
        key=F("agreement__code"), state=F("state"), author=F("changed_by"),
    )  # fmt: skip
    made = tables.Agreement.objects.filter(agency__code=agency, year=year, promiser=OuterRef("pk"))
    yield line_part(
        owing(agency, year).exclude(Exists(made)), "owing", key=F("code"), title=F("title"),
    )  # fmt: skip
    yield line_part(
        tables.ChapterTask.objects.filter(**of_agency, year=year, owner__isnull=False).exclude(
            state=ChapterState.DONE.value
        ),
        "chapter", key=F("section"), state=F("state"), login=F("owner__username"), due=F("due"),
    )  # fmt: skip
    yield line_part(
        tables.ReportEdition.objects.filter(**of_agency, year=year), "edition",
        key=Cast("pk", TextField()), title=F("kind"), state=F("state"), author=F("frozen_by"), number=F("version"),
    )  # fmt: skip
    yield line_part(
        tables.ReviewCase.objects.filter(**of_agency).exclude(
            state__in=[ReviewState.DONE.value, ReviewState.RETURNED.value]
        ),
        "case", key=Cast("pk", TextField()), title=F("title"), state=F("state"), author=F("opened_by"),
        login=F("assigned__username"), due=F("due"),
    )  # fmt: skip
    waiting = tables.ReviewCase.objects.filter(**of_agency, readings__state=ReadingState.WAITING.value)
    yield line_part(
        waiting, "reading", key=Cast("pk", TextField()), title=F("title"), number=Count("readings"),
    )  # fmt: skip
    yield line_part(
        tables.FollowUpStep.objects.filter(
            obstacle__agency__code=agency, obstacle__year=year, verified_at__isnull=True
        ),
        "step", key=F("obstacle__code"), title=F("obstacle__obstacle"), author=F("by"), state=F("text"),
    )  # fmt: skip
    yield line_part(
        tables.Deadline.objects.filter(**of_agency, year=year), "deadline",
        key=F("what"), state=F("span"), due=F("due"), number=F("index"),
    )  # fmt: skip


def _evaluations(agency: str, year: int) -> Iterator[QuerySet[Any, Any]]:
    """Evaluations up to the year that are not final, who works on them, documents asked for, open recommendations."""
    name = Coalesce(NullIf(F("unit__name"), Value("")), F("agency__name"))
    working = tables.Evaluation.objects.filter(agency__code=agency, year__lte=year).exclude(state=State.FINAL.value)
    yield line_part(
        working, "evaluation",
        key=Cast("pk", TextField()), title=name, state=F("state"), place=F("unit__code"), due=F("due"), number=F("year"),
    )  # fmt: skip
    name = Coalesce(NullIf(F("evaluation__unit__name"), Value("")), F("evaluation__agency__name"))
    yield line_part(
        tables.EvaluationMember.objects.filter(evaluation__in=working.values("pk")), "member",
        key=Cast("evaluation", TextField()), title=name, state=F("evaluation__state"), login=F("user__username"),
        place=F("role"), number=F("evaluation__year"),
    )  # fmt: skip
    yield line_part(
        tables.EvaluationRequest.objects.filter(
            evaluation__in=working.values("pk"), closed_at__isnull=True, answered_at__isnull=True
        ),
        "request", key=Cast("evaluation", TextField()), title=F("text"), place=F("evaluation__unit__code"),
        author=F("asked_by"), due=F("due"),
    )  # fmt: skip
    yield line_part(
        tables.Recommendation.objects.filter(agency__code=agency, year__lte=year).exclude(stage=Stage.VERIFIED.value),
        "recommendation", key=F("code"), title=F("text"), state=F("stage"), author=F("claimed_by"),
        place=F("unit__code"), position=F("responsible__code"), due=F("due"), number=F("year"),
    )  # fmt: skip


def _values(agency: str, year: int, today: date) -> Iterator[QuerySet[Any, Any]]:
    """Periods that have ended, have a target of their own and no value; whole years likewise; submitted values."""
    values = tables.Realisation.objects.filter(indicator=OuterRef("indicator"), year=year)
    same = values.filter(span=OuterRef("span"), index=OuterRef("index"))
    whole = values.filter(span=Span.YEAR.value)
    targets = tables.Target.objects.filter(agency__code=agency, year=year)
    of_indicator: dict[str, Any] = {
        "key": F("indicator__code"), "title": F("indicator__name"), "place": F("indicator__node__code"),
        "position": F("indicator__responsible__code"), "state": F("span"), "number": F("index"),
    }  # fmt: skip
    over = Q(pk__in=[])
    for span in (Span.SEMESTER, Span.QUARTER, Span.MONTH):
        over |= Q(span=span.value, index__lte=len(ended(year, span, today)))
    within = targets.filter(over, document=PlanDocument.ACTION_PLAN.value)
    # A value for the whole year makes good for periods that nobody filled in.
    yield line_part(within.exclude(Exists(same)).exclude(Exists(whole)), "missing", **of_indicator)
    if ended(year, Span.YEAR, today):
        by_period = tables.Target.objects.filter(
            indicator=OuterRef("indicator"), year=year, document=PlanDocument.ACTION_PLAN.value
        )
        first = tables.Target.objects.filter(indicator=OuterRef("indicator"), year=year, span=Span.YEAR.value)
        yearly = targets.filter(span=Span.YEAR.value, pk=Subquery(first.order_by("pk").values("pk")[:1]))
        yield line_part(yearly.exclude(Exists(values)).exclude(Exists(by_period)), "missing", **of_indicator)
    submitted = tables.Realisation.objects.filter(agency__code=agency, year=year, status=Progress.SUBMITTED.value)
    yield line_part(submitted, "submitted", **of_indicator, author=F("entered_by"))


def _reform(agency: str, year: int, today: date) -> Iterator[QuerySet[Any, Any]]:
    """Actions of the reform with a target for the last quarter that has ended, of which nobody reported then or later."""
    over = len(ended(year, Span.QUARTER, today))
    if over:
        target = ("first", "second", "third", "fourth")[over - 1]
        told = tables.ReformProgress.objects.filter(action=OuterRef("pk"), quarter__gte=over)
        actions = tables.ReformAction.objects.filter(agency__code=agency, year=year, **{f"{target}__isnull": False})
        yield line_part(
            actions.exclude(Exists(told)), "reform", key=F("code"), title=F("title"), place=F("unit__code"),
            position=F("responsible__code"), number=Value(over),
        )  # fmt: skip


def _due_records(agency: str, today: date) -> Iterator[QuerySet[Any, Any]]:
    """How many records of each register, unit and person are late or fall due within a week, with the earliest day.

    Of a restricted register only what was given to somebody by name.
    """
    running = tables.RegisterRecord.objects.filter(
        definition__agency__code=agency, definition__active=True, standing=Standing.TIMED.value, ended__isnull=True,
        closed__isnull=True, due__lte=today + timedelta(SOON),
    )  # fmt: skip
    ours = running.filter(Q(definition__restricted=False, definition__at_desk=True) | Q(assignee__isnull=False))
    groups = ours.order_by().values("definition__code", "definition__name", "unit__code", "assignee__username")
    yield line_part(
        groups.annotate(first=Min("due"), low=Min("pk"), amount=Count("pk")), "register", pk="low",
        key=F("definition__code"), title=F("definition__name"), place=F("unit__code"),
        login=F("assignee__username"), due=F("first"), number=F("amount"),
    )  # fmt: skip


def line_part(rows: QuerySet[Any], part: str, *, pk: str = "pk", **columns: Any) -> QuerySet[Any, Any]:
    """Rows of one table with the columns of `Line`; what is not given is empty. `pk` names the column that orders them."""
    texts = {
        f"line_{name}": Coalesce(Cast(columns[name], TextField()), Value("", TextField()))
        if name in columns
        else Value("", TextField())
        for name in ("key", "title", "state", "login", "author", "place", "position")
    }
    due = Cast(columns.get("due", Value(None)), DateField())
    number = Cast(columns.get("number", Value(0)), IntegerField())
    found = rows.order_by().annotate(
        line_pk=F(pk), line_part=Value(part, CharField()), **texts, line_due=due, line_number=number
    )
    return found.values_list("line_pk", "line_part", *texts, "line_due", "line_number")  # type: ignore[no-any-return]
