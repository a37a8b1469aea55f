"""What the page of one value shows beside the entry: the other periods, the road, the next steps, the trend, the talk."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from selaras.core.calendar import format_time
from selaras.core.measurement.records import Progress
from selaras.core.period import Span
from selaras.core.reporting.entry import Entry
from selaras.store import models as tables
from selaras.web.days import format_date
from selaras.web.measurement.lines import period_url
from selaras.web.measurement.periods import columns, short_name
from selaras.web.measurement.subject import KIND, Subject

STEPS = (
    (Progress.DRAFT, gettext_noop("Diisi")), (Progress.SUBMITTED, gettext_noop("Diajukan")),
    (Progress.VERIFIED, gettext_noop("Diverifikasi")), (Progress.LOCKED, gettext_noop("Dikunci")),
)  # fmt: skip


def tabs_of(subject: Subject) -> list[dict[str, Any]]:
    """The other periods of the indicator: those of the page's length, else those that are filled in, else quarters."""
    used = {item.period.span for item in subject.figures.snapshot.realisations
            if item.indicator == subject.indicator.code and item.period.year == subject.period.year}  # fmt: skip
    used |= {item.period.span for item in subject.figures.snapshot.targets
             if item.indicator == subject.indicator.code and item.period.year == subject.period.year}  # fmt: skip
    shorter = [span for span in (Span.QUARTER, Span.MONTH, Span.SEMESTER) if span in used]
    span = subject.period.span if subject.period.span is not Span.YEAR else next(iter(shorter), Span.QUARTER)
    return [
        {"title": short_name(period), "url": period_url(subject.agency, subject.indicator.code, period),
         "current": period == subject.period}
        for period in columns(subject.period.year, span)
    ]  # fmt: skip


def steps_of(subject: Subject) -> list[dict[str, str]]:
    """The road of the value, with who took it so far."""
    order = [state for state, _title in STEPS]
    at = order.index(subject.state) if subject.state else -1
    realisation = subject.entry.realisation
    who = {Progress.DRAFT: realisation.entered_by, Progress.VERIFIED: realisation.verified_by} if realisation else {}
    return [
        {
            "title": _(title), "who": who.get(state, ""),
            "state": "done" if number <= at else "current" if number == at + 1 else "next",
        }
        for number, (state, title) in enumerate(STEPS)
    ]  # fmt: skip


def next_steps(subject: Subject) -> dict[str, bool]:
    """Which steps the person may take now."""
    state = subject.state
    return {
        "submit": subject.may_measure and state is Progress.DRAFT,
        "verify": subject.may_verify and state is Progress.SUBMITTED and not subject.is_own,
        "own": subject.may_verify and state is Progress.SUBMITTED and subject.is_own,
        "give_back": subject.may_verify and state in {Progress.SUBMITTED, Progress.VERIFIED},
        "lock": subject.may_verify and state is Progress.VERIFIED,
    }


def trend_of(entry: Entry) -> dict[str, Any]:
    """Realisations of the years, for the small chart and its table; empty where there is nothing to compare."""
    years = list(range(entry.period.year - 4, entry.period.year + 1))
    found = [(year, entry.figures.realised(entry.indicator, year).value) for year in years]
    aims = [entry.figures.aim(entry.indicator, year).value for year in years]
    kept = [
        (str(year), value, aim) for (year, value), aim in zip(found, aims, strict=True) if value or aim
    ]  # fmt: skip
    if sum(value is not None and value.amount is not None for _year, value, _aim in kept) < 2:
        return {}
    return {
        "labels": [year for year, _value, _aim in kept],
        "series": [
            {"name": _("Realisasi"), "values": [value.amount if value else None for _y, value, _a in kept],
             "figures": [value.shown() if value else "–" for _y, value, _a in kept]},
            {"name": _("Target"), "values": [aim.amount if aim else None for _y, _v, aim in kept], "figures": []},
        ],
        "rows": [(year, aim.shown() if aim else "–", value.shown() if value else "–") for year, value, aim in kept],
        "summary": "; ".join(f"{year}: {value.shown() if value else '–'}" for year, value, _aim in kept),
    }  # fmt: skip


def comments_of(subject: Subject) -> list[dict[str, Any]]:
    """What was said about the value, oldest first."""
    rows = tables.Comment.objects.filter(agency=subject.agency, kind=KIND, key=subject.key)
    return [
        {
            "who": row.name, "text": row.text, "iso": row.at.isoformat(),
            "when": f"{format_date(localtime(row.at).date())} {format_time(localtime(row.at).time())}",
            "mine": row.author_id == subject.request.user.pk,
        }
        for row in rows
    ]  # fmt: skip
