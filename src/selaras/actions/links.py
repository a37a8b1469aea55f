"""The health of evidence that is a link: asked on the web, outside any transaction, and kept with the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from selaras.actions._reaching import reach
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check_somewhere
from selaras.core.errors import NotFound
from selaras.core.measurement.records import EvidenceKind
from selaras.store import models as tables
from selaras.store.snapshot import find_agency


@dataclass(frozen=True, slots=True)
class LinkState:
    """One linked evidence and what the last look gave."""

    indicator: str
    title: str
    address: str
    healthy: bool
    answer: str


def check_link(by: Actor, *, agency: str, evidence: int) -> LinkState:
    """Look at one linked evidence, by its row key, and keep the answer. Raises NotFound and NotAllowed."""
    check_somewhere(by, Act.SEE, agency)
    rows = _links(agency).filter(pk=evidence)
    if not rows.exists():
        raise NotFound("Tautan bukti ini tidak ditemukan.")
    return _looked_at(by, agency, rows)[0]


def check_links(by: Actor, *, agency: str, year: int | None = None) -> tuple[LinkState, ...]:
    """Look at every linked evidence of an agency, or of one year; for a timer. Raises NotFound and NotAllowed."""
    check_somewhere(by, Act.MEASURE, agency)
    find_agency(agency)
    rows = _links(agency)
    return _looked_at(by, agency, rows if year is None else rows.filter(year=year))


def _links(agency: str) -> QuerySet[tables.Evidence]:
    return tables.Evidence.objects.filter(agency__code=agency, kind=EvidenceKind.LINK.value)


def _looked_at(by: Actor, agency: str, rows: QuerySet[tables.Evidence]) -> tuple[LinkState, ...]:
    # The web is slow; nobody may wait for it with the database.
    found = [
        (row, reach(row.target)) for row in rows.select_related("indicator").order_by("pk")
    ]  # fmt: skip
    states: Sequence[LinkState] = [
        LinkState(row.indicator.code, row.title, row.target, reached.healthy, reached.answer) for row, reached in found
    ]
    with traced(by, action="memeriksa tautan bukti", agency=agency) as trace:
        for row, reached in found:
            if not tables.Evidence.objects.filter(pk=row.pk, target=row.target).exists():
                continue  # taken away or changed while the web was asked
            tables.LinkCheck.objects.update_or_create(
                evidence_id=row.pk,
                defaults={"at": timezone.now(), "healthy": reached.healthy, "answer": reached.answer},
            )
        trace |= {"links": len(states), "broken": sum(not state.healthy for state in states)}
    return tuple(states)
