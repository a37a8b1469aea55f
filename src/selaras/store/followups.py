"""The register of obstacles for its pages: each with its sasaran, person, day and how many steps are verified."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from selaras.core.measurement.records import FollowUp
from selaras.store import models as tables

ORDERS: dict[str, tuple[Any, ...]] = {
    "kode": ("sequence", "pk"), "-kode": ("-sequence", "-pk"),
    "tenggat": (F("due").asc(nulls_last=True), "sequence"), "-tenggat": (F("due").desc(nulls_last=True), "sequence"),
    "status": ("status", "sequence"), "-status": ("-status", "sequence"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of the register; empty means everything."""

    words: str = ""
    status: str = ""
    responsible: str = ""
    unit: str = ""
    time: str = ""
    order: str = "tenggat"


LATE, UNVERIFIED, NO_DAY = "terlambat", "menunggu-verifikasi", "tanpa-tenggat"


def register(agency: int, year: int, asked: Asked, today: date) -> QuerySet[Any]:
    """The obstacles of a year that answer to `asked`, each with its counts of steps, by one query."""
    rows = tables.Obstacle.objects.filter(agency_id=agency, year=year).annotate(
        all_steps=Count("steps", distinct=True),
        verified_steps=Count("steps", filter=Q(steps__verified_at__isnull=False), distinct=True),
    )
    for word in asked.words.split():
        rows = rows.filter(
            Q(code__icontains=word) | Q(obstacle__icontains=word) | Q(constraint__icontains=word)
            | Q(follow_up__icontains=word) | Q(node__title__icontains=word)
        )  # fmt: skip
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.responsible:
        rows = rows.filter(responsible__code=asked.responsible)
    if asked.unit:
        rows = rows.filter(Q(node__owner__code=asked.unit) | Q(responsible__unit__code=asked.unit))
    rows = rows.filter(_time(asked.time, today))
    return rows.select_related("node", "responsible").order_by(*ORDERS.get(asked.order, ORDERS["tenggat"]))


def _time(which: str, today: date) -> Q:
    done = Q(status=FollowUp.DONE.value)
    if which == LATE:
        return ~done & Q(due__lt=today)
    if which == NO_DAY:
        return ~done & Q(due__isnull=True)
    if which == UNVERIFIED:
        waiting = tables.FollowUpStep.objects.filter(verified_at__isnull=True).values("obstacle")
        return Q(pk__in=waiting)
    return Q()


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole register of a year in numbers, and who and where it speaks of: pairs of code and title."""

    open: int
    running: int
    done: int
    late: int
    waiting: int
    positions: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]


def summary(agency: int, year: int, today: date) -> Summary:
    """The numbers of a year's register and the choices of its filters, by one query."""
    rows = (
        tables.Obstacle.objects.filter(agency_id=agency, year=year)
        .annotate(waiting=Count("steps", filter=Q(steps__verified_at__isnull=True)))
        .values_list(
            "status", "due", "waiting", "responsible__code", "responsible__title",
            "responsible__unit__code", "responsible__unit__name", "node__owner__code", "node__owner__name",
        )
    )  # fmt: skip
    states: Counter[str] = Counter()
    positions: dict[str, str] = {}
    units: dict[str, str] = {}
    late = waiting = 0
    for status, due, steps, position, title, unit, unit_name, owner, owner_name in rows:
        states[status] += 1
        late += status != FollowUp.DONE.value and due is not None and due < today
        waiting += steps > 0
        positions |= {position: title} if position else {}
        units |= {code: name for code, name in ((unit, unit_name), (owner, owner_name)) if code}
    return Summary(
        states[FollowUp.OPEN.value], states[FollowUp.RUNNING.value], states[FollowUp.DONE.value], late, waiting,
        tuple(sorted(positions.items(), key=lambda pair: pair[1])), tuple(sorted(units.items(), key=lambda pair: pair[1])),
    )  # fmt: skip


def with_holder(rows: QuerySet[tables.Obstacle], day: date) -> QuerySet[Any]:
    """The same obstacles, each with the name of who holds the responsible position on a day (`holder`)."""
    began = Q(since__isnull=True) | Q(since__lte=day)
    lasts = Q(until__isnull=True) | Q(until__gte=day)
    held = tables.Tenure.objects.filter(began & lasts, position=OuterRef("responsible")).order_by("-since", "pk")
    return rows.annotate(holder=Subquery(held.values("name")[:1]))
