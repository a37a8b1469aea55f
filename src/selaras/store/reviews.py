"""Reviews on disk and in the tables: where the files of a review lie, and who may see which review."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from selaras.core.access import Act, Actor, may_somewhere
from selaras.core.errors import NotFound
from selaras.store.models import HistoryReading, ReviewCase, ReviewReply
from selaras.store.models.work import Judgement, ReviewState
from selaras.store.turns import Lane, place_of

REVIEW, HISTORY = "reviu", "riwayat"
"""What a report was brought in for; it stands in `result["purpose"]`."""

ISSUED = (ReviewState.RETURNED.value, ReviewState.DONE.value)
MOST_SECONDS = 600
"""So long a report may be read at most."""
STALE = timedelta(seconds=2 * MOST_SECONDS)
"""A reading that began longer ago (waiting for its turn counted) has ended without saying so."""
READING_FILE = "bacaan.json.gz"
TEXT_FILE = "naskah.html"


def root() -> Path:
    """The folder of all reviews, inside the workspace and outside everything that is served as it is."""
    return Path(settings.DATA) / "reviews"


def folder(agency: str) -> Path:
    """The folder of an agency's reviews; any code makes exactly one safe folder name."""
    return root() / quote(agency, safe="").replace(".", "%2E")


def file_at(agency: str, name: str) -> Path:
    """A stored file by its name, `<sha256>/<name>`. Raises NotFound for one that is not there or lies elsewhere."""
    home = folder(agency).resolve()
    path = (home / name.replace("\0", "")).resolve()
    if not name or not path.is_relative_to(home) or not path.is_file():
        raise NotFound("Berkas laporan ini tidak ada di penyimpanan reviu.")
    return path


def pictures_at(agency: str, name: str) -> Path:
    """The folder with the pictures of a stored file's pages."""
    return (folder(agency) / name).parent / "halaman"


def case_folder(agency: str, case: int) -> Path:
    """The folder with what was made for one review: the reading of its report and the marked text."""
    return folder(agency) / f"kasus-{case}"


def visible(actor: Actor, agency: str) -> QuerySet[ReviewCase]:
    """The reviews of an agency that an actor may see, newest first, without their findings.

    Working papers belong to the reviewer. Others see the review of an own edition once it was returned or finished.
    """
    rows = of_purpose(agency, REVIEW).defer("result").select_related("edition")
    if may_somewhere(actor, Act.REVIEW, agency):
        return rows
    return rows.filter(edition__isnull=False, state__in=ISSUED)


def of_purpose(agency: str, purpose: str) -> QuerySet[ReviewCase]:
    """The reports of an agency that were brought in for a review, or for the history."""
    rows = ReviewCase.objects.filter(agency__code=agency)
    wanted = Q(result__purpose=purpose)
    return rows.filter(wanted if purpose == HISTORY else ~Q(result__purpose=HISTORY) | Q(result__purpose__isnull=True))


def visible_case(actor: Actor, agency: str, pk: int) -> ReviewCase:
    """One review with its findings. Raises NotFound where there is none that the actor may see."""
    case = visible(actor, agency).defer(None).select_related("edition", "agency").filter(pk=pk).first()
    if case is None:
        raise NotFound("Reviu ini tidak ditemukan.")
    return case


def old_report(agency: str, pk: int) -> ReviewCase:
    """One report that figures of earlier years are taken from. Raises NotFound."""
    case = old_reports(agency).filter(pk=pk).first()
    if case is None:
        raise NotFound("Laporan lama ini tidak ditemukan.")
    return case


def old_reports(agency: str) -> QuerySet[ReviewCase]:
    """The reports that were brought in for the history, and reviewed ones from which figures were taken."""
    rows = ReviewCase.objects.filter(agency__code=agency).select_related("agency")
    has_figures = Exists(HistoryReading.objects.filter(case=OuterRef("pk")))
    return rows.filter(Q(result__purpose=HISTORY) | has_figures)


def summaries(rows: QuerySet[ReviewCase]) -> Any:
    """For each review the small parts of its result: whose report, how many findings of which kind and severity."""
    return (
        rows.order_by("-pk").values(
            "pk", "title", "year", "state", "opened_at", "opened_by", "closed_at", "edition_id", "agency__code",
            "result__unit", "result__started", "result__counts", "result__kinds", "result__pages", "result__file",
        )
    )  # fmt: skip


def is_reading(case: ReviewCase, now: datetime) -> bool:
    """Whether the case is being read or waits for its turn, as far as can be told: begun, not ended, not too long ago."""
    started = (case.result or {}).get("started")
    if case.state != ReviewState.READING.value or not started:
        return False
    return now - datetime.fromisoformat(started) < STALE or place_in_queue(case) is not None


def place_in_queue(case: ReviewCase) -> int | None:
    """Where a case waits to be read, from 1; 0 while it is read, None if nothing of it is in the queue."""
    return place_of(Lane.READING, (case.result or {}).get("ticket", ""))


@dataclass(frozen=True, slots=True)
class Registered:
    """One reviewed report in the register: who read it until when, for how long, what was found and what was answered."""

    pk: int
    title: str
    year: int | None
    state: str
    unit: str
    opened_at: datetime
    closed_at: datetime | None
    assigned: str
    due: date | None
    minutes: int
    findings: int
    accepted: int
    waived: int
    replies: int
    statement: dict[str, str]
    signed_at: datetime | None
    signed_by: str

    @property
    def days(self) -> int | None:
        """Days from taking the report in to closing its review; None while it is open."""
        return (self.closed_at - self.opened_at).days if self.closed_at else None


@dataclass(frozen=True, slots=True)
class CommonFault:
    """A kind of finding over the reviewed reports of a year: in how many of them, how often in all."""

    kind: str
    reports: int
    findings: int


def register(actor: Actor, agency: str, year: int | None = None) -> tuple[Registered, ...]:
    """The register of reviewed reports, newest first, by one query; `year` is that of the reports.

    Reviewers see the whole of it, others what `visible` shows.
    """
    rows = visible(actor, agency)
    rows = rows if year is None else rows.filter(year=year)
    rows = rows.annotate(
        accepted=Count("decisions", filter=Q(decisions__judgement=Judgement.ACCEPTED.value), distinct=True),
        waived=Count("decisions", filter=Q(decisions__judgement=Judgement.WAIVED.value), distinct=True),
        answers=Count("replies", distinct=True),
    ).order_by("-pk")
    found = rows.values_list(
        "pk", "title", "year", "state", "result__unit", "opened_at", "closed_at", "assigned__name", "due", "minutes",
        "result__counts", "accepted", "waived", "answers", "statement", "signed_at", "signed_by",
    )  # fmt: skip
    return tuple(
        Registered(
            pk, title, of, state, unit or "", opened, closed, assigned or "", due, minutes, sum((counts or {}).values()),
            accepted, waived, answers, statement, signed, by,
        )
        for (pk, title, of, state, unit, opened, closed, assigned, due, minutes, counts, accepted, waived, answers,
             statement, signed, by) in found
    )  # fmt: skip


def common_faults(actor: Actor, agency: str, year: int) -> tuple[CommonFault, ...]:
    """Which kinds of findings the reports of a year share, the most frequent first, by one query."""
    reports: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for kinds in visible(actor, agency).filter(year=year).values_list("result__kinds", flat=True):
        for kind, count in (kinds or {}).items():
            reports[kind] += 1
            findings[kind] += count
    order = sorted(reports, key=lambda kind: (-reports[kind], -findings[kind], kind))
    return tuple(CommonFault(kind, reports[kind], findings[kind]) for kind in order)


def replies_of(case: ReviewCase) -> dict[str, ReviewReply]:
    """The unit's answers to the findings of a review, by fingerprint."""
    return {reply.fingerprint: reply for reply in ReviewReply.objects.filter(case=case)}


def foreign_name(row: ReviewCase) -> str:
    """The other agency that a report names as its own; empty for ours, and once somebody has said why it is ours."""
    return "" if row.result.get("accepted") else str(row.result.get("foreign", ""))
