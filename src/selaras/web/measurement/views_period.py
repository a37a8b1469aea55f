"""The page of one value: entry, target and achievement, steps, explanation, comments and history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

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
from selaras.core.errors import Conflict, NotFound, Refusal
from selaras.core.measurement.records import Progress
from selaras.core.period import Period
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.evidence_shown import counted_by, files_of
from selaras.web.measurement.forms import ExplanationForm, NamedEvidenceForm, ValueForm
from selaras.web.measurement.lines import period_url
from selaras.web.measurement.period_shown import comments_of, next_steps, steps_of, tabs_of, trend_of
from selaras.web.measurement.periods import back_to
from selaras.web.measurement.subject import KIND, Subject, subject_of
from selaras.web.records.views import events_of


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
        "subject": subject, "comments": comments_of(subject), "events": events_of(subject.agency, KIND, subject.key),
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
    counted = counted_by(subject.agency, subject.indicator.code, subject.period)
    value_form = form or ValueForm(subject.indicator, subject.figures.law, realisation)
    seen = realisation.told() if realisation else ""
    context = {
        "subject": subject, "entry": entry, "form": value_form, "conflict": conflict, "crumbs": _crumbs(subject),
        "seen": seen if conflict or not value_form.is_bound else request.POST.get("terlihat", seen),
        "explanation": explanation or ExplanationForm(subject.figures.explanations.get(subject.indicator.code)),
        "told": seen if entry.value and seen != entry.value.shown() else "",
        "explanation_conflict": explanation_conflict,
        "tabs": tabs_of(subject), "steps": steps_of(subject), "next": next_steps(subject), "args": _args(subject),
        "is_open": subject.may_measure and subject.state in {None, Progress.DRAFT} and not counted, "counted": counted,
        "files": files_of(subject), "named": NamedEvidenceForm(), "trend": trend_of(entry),
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
