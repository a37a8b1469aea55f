"""Reminders of the days that stand in evaluations, recommendations and reviews, for the daily run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from selaras.actions._notices import tell
from selaras.core.access import Actor, Role
from selaras.core.calendar import format_date
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.stages import State
from selaras.store.models import Evaluation, EvaluationRequest, Recommendation, ReviewCase, User
from selaras.store.models.work import ReviewState
from selaras.store.users import holders_of

OWNERS = (Role.PLANNER, Role.REPORTER)
LONGEST = 120
CLOSED = (Stage.VERIFIED.value, Stage.CLAIMED.value)
DONE = (ReviewState.DONE.value, ReviewState.RETURNED.value)
Reminder = tuple[str, str, Iterable[User]]
"""The agency, what to say, and whom to say it to."""


def remind_of_evaluations(by: Actor, day: date, ahead: Collection[int]) -> int:
    """Tell people of what is due some days from `day` on; returns how many notices that made. Call inside the act."""
    days = [day + timedelta(step) for step in ahead]
    count = 0
    for agency, words, people in _due(days, day):
        count += len(tell(by, people, text=words, url="/", agency=agency, topic="tenggat"))
    return count


def _due(days: Collection[date], today: date) -> Iterator[Reminder]:
    open_ones = Recommendation.objects.filter(due__in=days).exclude(stage__in=CLOSED)
    for item in open_ones.select_related("agency", "responsible"):
        people = [*_holders(item, today), *holders_of(item.agency.code, today, *OWNERS)]
        yield item.agency.code, f"Rekomendasi {item.code} ditunggu sampai {_day(item.due)}: {_cut(item.text)}", people
    asked = EvaluationRequest.objects.filter(due__in=days, closed_at__isnull=True, answered_at__isnull=True)
    for request in asked.select_related("evaluation__agency"):
        code = request.evaluation.agency.code
        words = f"Dokumen yang diminta evaluator ditunggu sampai {_day(request.due)}: {_cut(request.text)}"
        yield code, words, holders_of(code, today, *OWNERS)
    for row in Evaluation.objects.filter(due__in=days, state=State.DRAFT.value).select_related("agency", "unit"):
        name = row.unit.name if row.unit else row.agency.short_name or row.agency.name
        words = f"Penilaian mandiri {name} tahun {row.year} ditunggu sampai {_day(row.due)}."
        yield row.agency.code, words, holders_of(row.agency.code, today, *OWNERS)
    cases = ReviewCase.objects.filter(due__in=days, assigned__isnull=False).exclude(state__in=DONE)
    for case in cases.select_related("agency", "assigned"):
        if case.assigned is not None:
            yield case.agency.code, f"Reviu {_cut(case.title)} ditunggu sampai {_day(case.due)}.", [case.assigned]


def _holders(item: Recommendation, day: date) -> Iterator[User]:
    """Who holds the responsible position on a day, as far as they have an account."""
    if item.responsible is not None:
        people = User.objects.filter(seats__tenure__position=item.responsible, is_active=True).distinct()
        for person in people.prefetch_related("seats__tenure"):
            if any(
                _on(seat.tenure, day) for seat in person.seats.all() if seat.tenure.position_id == item.responsible_id
            ):
                yield person


def _on(tenure: object, day: date) -> bool:
    since, until = getattr(tenure, "since", None), getattr(tenure, "until", None)
    return (since is None or since <= day) and (until is None or day <= until)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
