"""The documents of a year as the overview lists them, and what may happen to an edition next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.editions import REVIEWED
from selaras.core.errors import Refusal
from selaras.core.period import PER_YEAR, Period, Span
from selaras.core.reporting import KINDS
from selaras.store.models import ReportEdition
from selaras.store.models.work import EditionState, ReviewState
from selaras.web.days import format_date, period_name

SPANS = {"triwulan": Span.QUARTER, "bulanan": Span.MONTH}
NAMES = {
    "lkjip": gettext_lazy("Laporan kinerja tahunan (LKjIP)"),
    "pk": gettext_lazy("Perjanjian kinerja yang berlaku"),
    "triwulan": gettext_lazy("Laporan triwulanan"),
    "bulanan": gettext_lazy("Laporan bulanan"),
    "rencana-aksi": gettext_lazy("Rencana aksi per triwulan"),
    "pengukuran": gettext_lazy("Formulir pengukuran kinerja"),
}
LISTED = ("lkjip", "pk", "triwulan", "rencana-aksi", "pengukuran")
SHOWN = {"diterbitkan": "terbit", "ditarik": "dicabut"}
"""States of editions by the names that the chips know."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of the year with its newest edition."""

    kind: str
    name: str
    period: str
    newest: ReportEdition | None
    versions: int
    code: str = ""

    @property
    def state(self) -> str:
        """The state as the chips know it."""
        return shown_state(self.newest) if self.newest else "belum"

    @property
    def changed(self) -> str:
        """When its newest edition was frozen."""
        return moment(self.newest.frozen_at) if self.newest else ""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of the road of an edition, for the stepper."""

    title: str
    state: str
    when: str = ""
    who: str = ""


def period_code(period: Period | None) -> str:
    """A period in a form or an address: `triwulan-2`; empty for the year."""
    return f"{period.span.value}-{period.index}" if period and period.span is not Span.YEAR else ""


def period_from(year: int, kind: str, code: str) -> Period | None:
    """The period that a form names for a kind. Raises Refusal."""
    span = SPANS.get(kind)
    if span is None:
        return None
    index = code.removeprefix(f"{span.value}-")
    if not index.isdecimal() or not 1 <= int(index) <= PER_YEAR[span]:
        raise Refusal(_("Pilih periode laporan ini dahulu."))
    return Period(year, span, int(index))


def choices(year: int) -> list[tuple[str, str]]:
    """Every document that can be composed, as value and words: `triwulan:triwulan-2`."""
    found = []
    for kind in KINDS:
        span = SPANS.get(kind)
        for period in [Period(year, span, n) for n in range(1, PER_YEAR[span] + 1)] if span else [None]:
            words = f"{NAMES[kind]} – {period_name(period)}" if period else str(NAMES[kind])
            found.append((f"{kind}:{period_code(period)}", words))
    return found


def chosen(year: int, value: str) -> tuple[str, Period | None]:
    """The kind and period of a value of `choices`. Raises Refusal."""
    kind, _mark, code = value.partition(":")
    if kind not in KINDS:
        raise Refusal(_("Pilih jenis dokumennya dahulu."))
    return kind, period_from(year, kind, code)


def lines(year: int, editions: Iterable[ReportEdition]) -> list[DocumentLine]:
    """The documents of the year: the usual ones, and any other that has an edition."""
    by_document: dict[tuple[str, str], list[ReportEdition]] = {}
    for edition in editions:
        by_document.setdefault((edition.kind, period_code(_period(edition))), []).append(edition)
    wanted = [(kind, period_code(period)) for kind in LISTED for period in _periods(year, kind)]
    found = []
    for kind, code in dict.fromkeys([*wanted, *by_document]):
        versions = by_document.get((kind, code), [])
        period = period_from(year, kind, code)
        newest = max(versions, key=lambda edition: edition.version, default=None)
        found.append(
            DocumentLine(
                kind, str(NAMES[kind]), period_name(period) if period else "", newest, len(versions), f"{kind}:{code}"
            )
        )
    return found


def steps(edition: ReportEdition | None) -> list[StepShown]:
    """The road of an edition: written, frozen, reviewed (an annual report), approved, published."""
    state = EditionState(edition.state) if edition else EditionState.DRAFT
    order = [
        EditionState.DRAFT,
        EditionState.FROZEN,
        EditionState.IN_REVIEW,
        EditionState.APPROVED,
        EditionState.PUBLISHED,
    ]
    titles = [_("Ditulis"), _("Data dibekukan"), _("Direviu APIP"), _("Disetujui"), _("Terbit")]
    if edition is not None and edition.kind not in REVIEWED:
        del order[2], titles[2]
    returned = state in (EditionState.RETURNED, EditionState.WITHDRAWN)
    at = (1 if returned and state is EditionState.RETURNED else len(order) - 1) if returned else order.index(state)
    facts = _facts(edition)
    found = []
    for number, (step, title) in enumerate(zip(order, titles, strict=True)):
        mark = "returned" if returned and number == at else "done" if number <= at and number else "next"
        mark = "done" if number == 0 and edition is not None else "current" if number == 0 else mark
        if not returned and number == at + 1 and edition is not None:
            mark = "current"
        if step is EditionState.IN_REVIEW and state is EditionState.IN_REVIEW and not _review_done(edition):
            mark = "current"
        if step is EditionState.APPROVED and state is EditionState.IN_REVIEW and not _review_done(edition):
            mark = "next"
        when, who = facts.get(step, ("", ""))
        found.append(StepShown(title, mark, when, who))
    return found


def _facts(edition: ReportEdition | None) -> dict[EditionState, tuple[str, str]]:
    if edition is None:
        return {}
    return {
        EditionState.IN_REVIEW: _review_facts(edition),
        EditionState.FROZEN: (moment(edition.frozen_at), edition.frozen_by),
        EditionState.APPROVED: (moment(edition.approved_at), edition.approved_by),
        EditionState.PUBLISHED: (moment(edition.published_at), edition.published_by),
    }


def _review_facts(edition: ReportEdition) -> tuple[str, str]:
    """When and by whom the review was finished or the report given back; until then when and by whom it was sent."""
    cases = sorted(edition.reviews.all(), key=lambda case: case.pk)
    if not cases:
        return "", ""
    closed = [case for case in cases if case.closed_at]
    done = [case for case in closed if case.state == ReviewState.DONE.value]
    last = (done or closed or cases)[-1]
    if last.closed_at:
        return moment(last.closed_at), last.closed_by
    return moment(last.opened_at), _("dikirim oleh %(who)s") % {"who": last.opened_by}


def _review_done(edition: ReportEdition | None) -> bool:
    return edition is not None and any(case.state == ReviewState.DONE.value for case in edition.reviews.all())


def shown_state(edition: ReportEdition) -> str:
    """The state by the name that the chips know."""
    return SHOWN.get(edition.state, edition.state)


def moment(at: datetime | None) -> str:
    """A point in time as people read it, empty where there is none."""
    return f"{format_date(localtime(at).date())} {localtime(at):%H.%M}" if at else ""


def _period(edition: ReportEdition) -> Period | None:
    return None if edition.span == Span.YEAR.value else Period(edition.year, Span(edition.span), edition.index)


def _periods(year: int, kind: str) -> list[Period | None]:
    span = SPANS.get(kind)
    return [Period(year, span, number) for number in range(1, PER_YEAR[span] + 1)] if span else [None]
