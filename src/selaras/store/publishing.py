"""What the nation's files need of an agency's year beside its snapshot: days, counts, published editions. No persons."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from selaras.core.access import Act, Actor, may
from selaras.core.deadlines import Matter, Slot
from selaras.core.evaluation.recommendations import Stage
from selaras.core.measurement.records import Progress, Realisation
from selaras.core.people.ratings import Predicate
from selaras.core.period import Period, Span
from selaras.core.snapshot import Snapshot
from selaras.store import models as tables
from selaras.store.duties import dues_of
from selaras.store.editions import published_editions
from selaras.store.people_reports import distribution_of
from selaras.store.rows import key_text
from selaras.store.snapshot import find_agency, years_of

REPORT = "lkjip"
BESIDE = ("Catatan", "Status")
"""What may be written to a value that stands already: it does not tell when the value came."""
Key = tuple[str, Period]


@dataclass(frozen=True, slots=True)
class Source:
    """One agency's year that can be published, and what changes whenever anything of it may have changed."""

    agency: str
    year: int
    stamp: str
    frozen: str = ""
    """The hash of the frozen data of its published report; empty where the database itself is the source."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published edition: kind, period, version, day, hash of its frozen data."""

    kind: str
    period: Period
    version: int
    day: date | None
    sha256: str


def installation() -> str:
    """A name of this installation that tells nothing about it; another one has another."""
    return hmac.new(settings.SECRET_KEY.encode(), b"selaras-nation", hashlib.sha256).hexdigest()[:16]


def known_agencies(actor: Actor) -> list[str]:
    """The codes of every agency that the actor may see, in order."""
    return list(tables.Agency.objects.visible_to(actor).order_by("code").values_list("code", flat=True))


def live_sources(agency: str, year: int | None, *, apart: Iterable[str]) -> Iterator[Source]:
    """The years of an agency in the database; acts named `apart` change nothing of them. Raises NotFound."""
    pk, _ = find_agency(agency)
    trail = tables.AuditRecord.objects.filter(agency=agency).exclude(action__in=list(apart))
    stamp = trail.order_by("-at", "-pk").values_list("hash", flat=True).first() or ""
    for each in years_of(pk):
        if year in (None, each):
            yield Source(agency, each, stamp)


def published_sources(agency: str, year: int | None) -> Iterator[Source]:
    """The years of an agency whose report is published, each by its newest edition. Raises NotFound."""
    find_agency(agency)
    rows = published_editions(agency).filter(kind=REPORT, span=Span.YEAR.value)
    newest = {row.year: row for row in rows.order_by("year", "version")}
    every = hashlib.sha256()
    for row in published_editions(agency).order_by("pk"):
        every.update(f"{row.pk} {row.snapshot_sha256} {row.published_at}\n".encode())
    for each, row in newest.items():
        if year in (None, each):
            yield Source(agency, each, every.hexdigest(), row.snapshot_sha256)


def editions_told(agency: str, year: int) -> tuple[Published, ...]:
    """Every published edition of an agency's year, without files; one query."""
    return tuple(
        Published(
            row.kind, Period(row.year, Span(row.span), row.index), row.version,
            timezone.localtime(row.published_at).date() if row.published_at else None, row.snapshot_sha256,
        )
        for row in published_editions(agency).filter(year=year)
    )  # fmt: skip


def dues_told(snapshot: Snapshot) -> Mapping[Slot, date]:
    """The days that count in an agency's year."""
    pk, agency = find_agency(snapshot.agency.code)
    return {slot: due.day for slot, due in dues_of(pk, agency.kind, snapshot.year).items()}


def recorded_days(snapshot: Snapshot, dues: Mapping[Slot, date]) -> tuple[dict[Key, date], dict[Key, date]]:
    """The day on which each value of the year was first recorded, and that on which it was last verified; two queries.

    A value that was loaded from a workbook has no day: the history of a value begins with its first change, and when that
    was says nothing about when the value came. Nor has what was due before the agency came into this installation.
    """
    code = snapshot.agency.code
    came = tables.AuditRecord.objects.filter(agency=code).order_by("at").values_list("at", flat=True).first()
    since = timezone.localtime(came).date() if came else date.min
    names = {
        key_text((item.indicator, item.period)): (item.indicator, item.period)
        for item in snapshot.realisations
        if item.period.year == snapshot.year
    }
    rows = tables.FieldChange.objects.filter(agency=code, kind=Realisation.__name__)
    told = rows.order_by().values_list("key").annotate(
        first=Min("at"), entered=Min("at", filter=Q(before="") & ~Q(after="") & ~Q(field__in=BESIDE)),
        verified=Max("at", filter=Q(field="Status", after=Progress.VERIFIED.value)),
    )  # fmt: skip
    recorded: dict[Key, date] = {}
    verified: dict[Key, date] = {}
    for name, first, entered, last in told.iterator(chunk_size=2000):
        if name in names:
            due = dues.get(Slot(Matter.MEASUREMENT.value, names[name][1].span, names[name][1].index))
            if entered == first and (due is None or due >= since):
                recorded[names[name]] = timezone.localtime(first).date()
            if last is not None:
                verified[names[name]] = timezone.localtime(last).date()
    return recorded, verified


def predicates_told(actor: Actor, agency: str, year: int) -> tuple[tuple[str, str, int, str], ...]:
    """Unit, predicate, people and the unit's own predicate, as far as few people may be told; nothing without the right."""
    if not may(actor, Act.COUNT_PREDICATES, agency):
        return ()
    rated = tables.SkpAssessment.objects.filter(plan__agency__code=agency, plan__year=year)
    if not rated.exists():  # years before there were rules of predicates are years without ratings
        return ()
    nobody = replace(actor, positions=frozenset())  # what an assessor may see of the own few people is not for files
    return tuple(
        (line.unit, predicate.value, count, line.organisation.value if line.organisation else "")
        for line in distribution_of(nobody, agency, year)
        if line.counts
        for predicate, count in zip(Predicate, line.counts, strict=True)
        if count
    )


def recommendations_told(agency: str, year: int) -> tuple[tuple[str, bool, int], ...]:
    """Stage, whether overdue at the end of the year, and how many recommendations given in the year; one query."""
    late = Q(due__lte=date(year, 12, 31)) & ~Q(stage=Stage.VERIFIED.value)
    rows = tables.Recommendation.objects.filter(agency__code=agency, year=year).order_by()
    told = rows.values_list("stage").annotate(every=Count("pk"), late=Count("pk", filter=late))
    return tuple(
        (stage, overdue, count)
        for stage, every, over in told
        for overdue, count in ((True, over), (False, every - over))
        if count
    )
