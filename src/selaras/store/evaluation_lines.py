"""What the evaluation's facts need beside the snapshot, by one query: editions and reviews, own deadlines, first entries,

evaluations and recommendations, employees with goals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, Q, TextField, Value, When
from django.db.models.functions import Cast, TruncDate

from selaras.core.people.skp import SkpState
from selaras.store import models as tables
from selaras.store.models.work import EditionState, Judgement
from selaras.store.open_work import Line, line_part

ANNUAL, AGREEMENT = "lkjip", "pk"
AGREED = "disepakati"
"""The state of a line that counts employees with agreed goals; the others have none."""
UNAGREED = (SkpState.DRAFT.value, SkpState.PROPOSED.value)
UNSEEN = frozenset({EditionState.DRAFT.value, EditionState.WITHDRAWN.value})


def lines_of(agency: str, year: int) -> Iterator[Line]:
    """Editions, their reviews, own deadlines, first entries, evaluations and recommendations, by one query."""
    first, *others = _parts(agency, year)
    for row in first.union(*others, all=True).order_by("line_part", "line_pk"):
        yield Line(*row[1:])


def _parts(agency: str, year: int) -> Iterator[Any]:
    of_agency = {"agency__code": agency}
    yield line_part(
        tables.ReportEdition.objects.filter(**of_agency, year=year).exclude(state__in=UNSEEN), "edition",
        key=F("kind"), state=F("state"), title=_day("frozen_at"), login=_day("approved_at"), author=_day("published_at"),
        number=F("version"),
    )  # fmt: skip
    yield line_part(
        tables.ReviewCase.objects.filter(**of_agency, edition__year=year, edition__kind=ANNUAL), "case",
        key=Cast("pk", TextField()), state=F("state"), due=TruncDate("closed_at"),
        number=Count("decisions", filter=Q(decisions__judgement=Judgement.ACCEPTED.value)),
    )  # fmt: skip
    yield line_part(
        tables.Deadline.objects.filter(**of_agency, year=year), "deadline",
        key=F("what"), state=F("span"), due=F("due"), number=F("index"),
    )  # fmt: skip
    yield line_part(
        tables.FieldChange.objects.filter(agency=agency, kind="Realisation", key__contains=str(year))
        .values("key")
        .annotate(first=Min("at"), last=Min("pk")),
        "entered", pk="last", key=F("key"), due=TruncDate("first"),
    )  # fmt: skip
    yield line_part(
        tables.Evaluation.objects.filter(**of_agency, year__gte=year - 2, year__lte=year), "evaluation",
        key=F("unit__code"), state=F("state"), title=F("score"), due=TruncDate("closed_at"), number=F("year"),
    )  # fmt: skip
    yield line_part(
        tables.Recommendation.objects.filter(**of_agency, year=year - 1), "recommendation",
        key=F("code"), place=F("unit__code"), state=F("stage"), due=F("given_on"), number=F("year"),
    )  # fmt: skip
    yield line_part(
        tables.RecommendationReply.objects.filter(**of_agency, year=year), "reply",
        key=F("recommendation__code"), title=F("indicator__code"), place=F("node__code"), number=F("year"),
    )  # fmt: skip
    yield _goals(agency, year)


def _goals(agency: str, year: int) -> Any:
    """How many employees each unit has, apart by whether they have agreed goals in the year.

    A head's plan names the position only, so its holder is known by the NIP.
    """
    plans = tables.SkpPlan.objects.filter(agency__code=agency, year=year)
    agreed = plans.exclude(state__in=UNAGREED)
    heads = tables.Tenure.objects.filter(position__in=agreed.filter(employee=None).values("position")).exclude(nip="")
    rows = tables.Employee.objects.filter(Exists(plans), agency__code=agency)
    has = Case(
        When(pk__in=agreed.exclude(employee=None).values("employee"), then=Value(AGREED)),
        When(nip__in=heads.values("nip"), then=Value(AGREED)),
        default=Value(""),
    )
    counted = rows.annotate(has=has).values("unit__code", "has").annotate(last=Max("pk"), n=Count("pk"))
    return line_part(counted, "staff", pk="last", place=F("unit__code"), state=F("has"), number=F("n"))


def _day(column: str) -> Any:
    return Cast(TruncDate(column), TextField())
