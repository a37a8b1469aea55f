"""The page of one value: entry, target and achievement, steps, explanation, comments and history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from selaras.actions.bulk_measurement import Step
from selaras.actions.comments import write_comment
from selaras.actions.measurement import (
    erase_realisation,
    lock_realisation,
    record_realisation,
    return_realisation,
    submit_realisation,
    verify_realisation,
)
from selaras.actions.records import save_record
from selaras.core.access import Act, may
from selaras.core.calendar import format_date
from selaras.core.errors import Conflict, NotFound, Refusal
from selaras.core.measurement.records import Progress
from selaras.core.period import Period, Span
from selaras.core.planning import Indicator
from selaras.core.reporting.entry import Entry
from selaras.core.reporting.figures import Figures
from selaras.store import models as tables
from selaras.store.measuring import figures_of, limits_of, load_indicators, load_place
from selaras.store.rows import key_text
from selaras.store.units import nearest_owner
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.evidence_shown import files_of
from selaras.web.measurement.forms import ExplanationForm, NamedEvidenceForm, ValueForm
from selaras.web.measurement.lines import may_measure, period_url
from selaras.web.measurement.periods import back_to, columns, period_of, short_name
from selaras.web.records.views import events_of

KIND = "Realisation"
STEPS = (
    (Progress.DRAFT, gettext_noop("Diisi")), (Progress.SUBMITTED, gettext_noop("Diajukan")),
    (Progress.VERIFIED, gettext_noop("Diverifikasi")), (Progress.LOCKED, gettext_noop("Dikunci")),
)  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """The indicator and period of a page, found, and what the person may do with them."""

    request: InsideRequest
    figures: Figures
    indicator: Indicator
    period: Period

    @cached_property
    def entry(self) -> Entry:
        """The value seen through the figures."""
        return Entry(self.figures, self.indicator, self.period, limits_of(self.period.year))

    @cached_property
    def unit(self) -> str:
        """The unit that answers for the indicator."""
        tree = {node.code: (node.parent, node.owner) for node in self.figures.snapshot.nodes}
        return nearest_owner(self.indicator.node, tree)

    @property
    def key(self) -> str:
        """The natural key in words, under which comments and history stand."""
        return key_text((self.indicator.code, self.period))

    @property
    def state(self) -> Progress | None:
        """How far the value is; None where nothing was entered."""
        return self.entry.realisation.status if self.entry.realisation else None

    @property
    def may_measure(self) -> bool:
        """Whether the person may enter."""
        return may_measure(self.request.actor, self.agency, self.unit, self.indicator.responsible)

    @property
    def may_verify(self) -> bool:
        """Whether the person may verify, return and lock."""
        return may(self.request.actor, Act.VERIFY, self.agency, self.unit)

    @property
    def may_explain(self) -> bool:
        """Whether the person may write the explanation."""
        return may(self.request.actor, Act.EXPLAIN, self.agency, self.unit)

    @property
    def is_own(self) -> bool:
        """Whether the person entered the value, and so may not verify it."""
        realisation = self.entry.realisation
        return realisation is not None and realisation.entered_by.casefold() == self.request.actor.name.casefold()

    @property
    def agency(self) -> str:
        """The agency's code."""
        return self.request.place.code

    @property
    def url(self) -> str:
        """The address of the page."""
        return period_url(self.agency, self.indicator.code, self.period)

    @property
    def at(self) -> dict[str, Any]:
        """The value as the verbs name it."""
        return {"agency": self.agency, "indicator": self.indicator.code, "period": self.period}


def subject_of(request: InsideRequest, indicator: str, span: str, index: int, *, values: bool = True) -> Subject:
    """What a page is about, with the values of the indicator or only its place. Raises NotFound."""
    place = request.place
    period = period_of(place.year, span, index)
    snapshot = (
        load_indicators(place.code, place.year, {indicator}, places=True)
        if values else load_place(place.code, place.year, indicator)
    )  # fmt: skip
    figures = figures_of(snapshot)
    found = figures.indicators.get(indicator)
    if found is None:
        raise NotFound(_("Indikator %(code)s tidak ditemukan.") % {"code": indicator})
    return Subject(request, figures, found, period)


@inside()
def indicator(request: InsideRequest, indicator: str) -> HttpResponse:
    """An indicator without a period: its year."""
    return redirect(period_url(request.place.code, indicator, Period(request.place.year)))


@inside(methods=("GET", "POST"))
def period(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """One value with everything around it; the form saves it as a draft."""
    subject = subject_of(request, indicator, span, index)
    posted = request.method == "POST"
    form = ValueForm(
        subject.indicator, subject.figures.law, subject.entry.realisation, request.POST if posted else None
    )
    conflict = None
    if posted and form.is_valid():
        try:
            _save(subject, form)
        except Conflict as refusal:
            conflict = refusal
        except Refusal as refusal:
            if not refusal.faults:
                raise
            form.blame(refusal)
        else:
            messages.success(request, _("Tersimpan sebagai draf."))
            return redirect(subject.url)
    return _page(subject, form, conflict=conflict)


@inside(methods=("POST",))
def step(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """Submit, verify, return with a note, or lock."""
    subject = subject_of(request, indicator, span, index)
    word, note = request.POST.get("langkah", ""), request.POST.get("catatan", "")
    if word == Step.RETURN:
        return_realisation(request.actor, **subject.at, note=note)
    elif word == Step.SUBMIT:
        submit_realisation(request.actor, **subject.at)
    elif word == Step.VERIFY:
        verify_realisation(request.actor, **subject.at)
    elif word == Step.LOCK:
        lock_realisation(request.actor, **subject.at)
    else:
        raise NotFound(_("Langkah itu tidak ada."))
    done = {
        Step.SUBMIT: _("Realisasi diajukan."), Step.VERIFY: _("Realisasi diverifikasi."),
        Step.RETURN: _("Realisasi dikembalikan."), Step.LOCK: _("Realisasi dikunci."),
    }  # fmt: skip
    messages.success(request, done[Step(word)])
    return redirect(back_to(request, subject.url))


@inside(methods=("POST",))
def explain(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """Store why the year's target was met or missed."""
    subject = subject_of(request, indicator, span, index)
    form = ExplanationForm(subject.figures.explanations.get(indicator), request.POST)
    if not form.is_valid():
        return _page(subject, explanation=form, status=422)
    try:
        save_record(
            request.actor, agency=subject.agency, record=form.made(indicator, subject.period.year), seen=form.seen
        )
    except Conflict as conflict:
        return _page(subject, explanation=form, explanation_conflict=conflict, status=409)
    messages.success(request, _("Penjelasan tersimpan."))
    return redirect(f"{subject.url}#penjelasan")


@inside(methods=("GET", "POST"))
def talk(request: InsideRequest, indicator: str, span: str, index: int) -> HttpResponse:
    """Comments and history of the value, as a part of its page or, without htmx, as a page of their own."""
    subject = subject_of(request, indicator, span, index, values=False)
    if request.method == "POST":
        write_comment(
            request.actor, agency=subject.agency, kind=KIND, key=subject.key, text=request.POST.get("isi", ""),
            unit=subject.unit, url=subject.url,
        )  # fmt: skip
        if not request.htmx:
            messages.success(request, _("Komentar terkirim."))
            return redirect(subject.url)
    context = {
        "subject": subject, "comments": _comments(subject), "events": events_of(subject.agency, KIND, subject.key),
        "post_url": reverse("measurement:talk", args=_args(subject)) if may(
            request.actor, Act.COMMENT, subject.agency, subject.unit) else "",
        "crumbs": _crumbs(subject),
    }  # fmt: skip
    if request.htmx and request.method == "POST":
        return render(request, "components/comments.html", context)
    return render(request, "measurement/talk_part.html" if request.htmx else "measurement/talk.html", context)


def _save(subject: Subject, form: ValueForm) -> None:
    typed, given = form.typed, form.cleaned_data
    seen = subject.request.POST.get("terlihat")
    if typed.is_empty and subject.entry.realisation is not None and not given["catatan"].strip():
        erase_realisation(subject.request.actor, **subject.at, seen=seen, reason=given["alasan"])
        return
    record_realisation(
        subject.request.actor, **subject.at, value=typed.value, numerator=typed.numerator,
        denominator=typed.denominator, note=given["catatan"].replace("\r\n", "\n").strip(), seen=seen,
        reason=given["alasan"],
    )  # fmt: skip


def _page(
    subject: Subject, form: ValueForm | None = None, *, conflict: Conflict | None = None,
    explanation: ExplanationForm | None = None, explanation_conflict: Conflict | None = None, status: int = 0,
) -> HttpResponse:  # fmt: skip
    request, entry = subject.request, subject.entry
    realisation = entry.realisation
    value_form = form or ValueForm(subject.indicator, subject.figures.law, realisation)
    seen = realisation.told() if realisation else ""
    context = {
        "subject": subject, "entry": entry, "form": value_form, "conflict": conflict, "crumbs": _crumbs(subject),
        "seen": seen if conflict or not value_form.is_bound else request.POST.get("terlihat", seen),
        "explanation": explanation or ExplanationForm(subject.figures.explanations.get(subject.indicator.code)),
        "told": seen if entry.value and seen != entry.value.shown() else "",
        "explanation_conflict": explanation_conflict,
        "tabs": _tabs(subject), "steps": _steps(subject), "next": _next(subject), "args": _args(subject),
        "is_open": subject.may_measure and subject.state in {None, Progress.DRAFT},
        "files": files_of(subject), "named": NamedEvidenceForm(), "trend": _trend(entry),
        "back": back_to(request, reverse("measurement:grid", args=(subject.agency, request.place.year))),
        "position": next(
            (item.title for item in subject.figures.snapshot.positions if item.code == subject.indicator.responsible), ""
        ),
        "unit_name": next((item.name for item in subject.figures.snapshot.units if item.code == subject.unit), ""),
        "node": subject.figures.nodes.get(subject.indicator.node),
    }  # fmt: skip
    code = status or (409 if conflict else 422 if value_form.is_bound and value_form.errors else 200)
    return render(request, "measurement/period.html", context, status=code)


def _args(subject: Subject) -> tuple[Any, ...]:
    period = subject.period
    return subject.agency, period.year, subject.indicator.code, period.span.value, period.index


def _crumbs(subject: Subject) -> list[tuple[str, str]]:
    return [
        (_("Pengukuran"), reverse("measurement:grid", args=(subject.agency, subject.period.year))),
        (subject.indicator.code, ""),
    ]


def _tabs(subject: Subject) -> list[dict[str, Any]]:
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


def _steps(subject: Subject) -> list[dict[str, str]]:
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


def _next(subject: Subject) -> dict[str, bool]:
    """Which steps the person may take now."""
    state = subject.state
    return {
        "submit": subject.may_measure and state is Progress.DRAFT,
        "verify": subject.may_verify and state is Progress.SUBMITTED and not subject.is_own,
        "own": subject.may_verify and state is Progress.SUBMITTED and subject.is_own,
        "give_back": subject.may_verify and state in {Progress.SUBMITTED, Progress.VERIFIED},
        "lock": subject.may_verify and state is Progress.VERIFIED,
    }


def _trend(entry: Entry) -> dict[str, Any]:
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


def _comments(subject: Subject) -> list[dict[str, Any]]:
    rows = tables.Comment.objects.filter(agency=subject.agency, kind=KIND, key=subject.key)
    return [
        {
            "who": row.name, "text": row.text, "iso": row.at.isoformat(),
            "when": f"{format_date(localtime(row.at).date())} {localtime(row.at):%H.%M}",
            "mine": row.author_id == subject.request.user.pk,
        }
        for row in rows
    ]  # fmt: skip
