"""Realisation and rating of one plan by period: measured or typed, rated by the assessor, objected to, decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.people_objection import decide_objection, file_objection
from selaras.actions.people_rating import assess, record_result
from selaras.core.access import Act
from selaras.core.calendar import format_date
from selaras.core.errors import NotFound, Refusal
from selaras.core.people.objection import Outcome
from selaras.core.people.ratings import Rating
from selaras.core.people.realisation import check_assessment
from selaras.core.people.skp import SkpForm, SkpState
from selaras.core.period import Period, Span
from selaras.core.reading import read_value
from selaras.store.people import PlanFile, objection_until, plan_of, realisations_of
from selaras.store.people_unit import unit_predicate
from selaras.web.core_words import word
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, head_of, period_key, period_of, predicate_look, rating_periods
from selaras.web.people.given import chosen, day_of, lines_of, perhaps
from selaras.web.people.papers import downloads
from selaras.web.people.rated import BEHAVIOURS, credit_look, given_look, matrix_lines, objection_look, row_lines
from selaras.web.people.words import RATINGS

RUNNING = (SkpState.AGREED, SkpState.EVALUATED)


@inside(Act.KEEP_SKP)
def page(request: InsideRequest, plan: str) -> HttpResponse:
    """One period: what came of each row, the rating with its cell in the matrix, objection and credit."""
    file = plan_of(request.actor, request.place.code, plan)
    head = head_of(request, file, "rating")
    period = _asked(file, request.GET.get("periode", ""))
    is_year = period.span is Span.YEAR
    drawn = realisations_of(request.place.code, file, period)
    given = next((item for item in file.assessments if item.period == period), None)
    counts = file.final if is_year else given
    running = file.plan.state in RUNNING and (head["is_own"] or head["is_assessor"])
    urls = {row.order: address(request, "realisation", plan, row.order) for row in file.rows} if running else {}
    rates = file.plan.state in RUNNING and head["is_assessor"] and not head["is_own"]
    rules = file.rules
    unit = unit_predicate(request.place.pk, file.plan)
    return render(request, "people/rating.html", {
        **head, "periods": _periods(request, file, period), "period_name": period.name, "period_key": period_key(period),
        "lines": row_lines(file, period, drawn, urls), "given": given_look(file, counts),
        "ratings": [(item.value, RATINGS[item][0]) for item in Rating],
        "rate_url": address(request, "rate", plan) if rates else "", "matrix_lines": matrix_lines(rules.matrix, counts),
        "heads": [RATINGS[item][0] for item in BEHAVIOURS], "matrix_source": rules.matrix.source,
        "findings": check_assessment(file.plan, file.rows, given, drawn, file.feedback) if given and rates else (),
        "organisation": predicate_look(unit), **_head_rule(file, unit), **_objection(request, file, head, is_year=is_year),
        "final_url": _final_url(request, file, head) if is_year else "",
        "credit": _credit(request, file) if is_year else None, "downloads": downloads(request, file, period_key(period)),
    })  # fmt: skip


@inside(Act.KEEP_SKP, methods=("POST",))
def realisation(request: InsideRequest, plan: str, order: int) -> HttpResponse:
    """What came of one row in a period."""
    file, given = plan_of(request.actor, request.place.code, plan), request.POST
    period = _asked(file, given.get("periode", ""))
    record_result(
        request.actor, agency=request.place.code, code=plan, order=order, period=period,
        realised_value=read_value(given.get("nilai", ""), kind=None), text=given.get("uraian", ""),
        evidence=lines_of(given.get("bukti", "")),
    )  # fmt: skip
    messages.success(request, _("Realisasi disimpan."))
    return redirect(f"{address(request, 'rating', plan)}?periode={period_key(period)}#realisasi-{order}")


@inside(Act.KEEP_SKP, methods=("POST",))
def rate(request: InsideRequest, plan: str) -> HttpResponse:
    """The two ratings of a period."""
    file, given = plan_of(request.actor, request.place.code, plan), request.POST
    period = _asked(file, given.get("periode", ""))
    assess(
        request.actor, agency=request.place.code, code=plan, period=period,
        results=chosen(Rating, given.get("hasil", ""), _("Rating hasil kerja")),
        behaviour=chosen(Rating, given.get("perilaku", ""), _("Rating perilaku kerja")), reason=given.get("alasan", ""),
    )  # fmt: skip
    messages.success(request, _("Penilaian ditetapkan."))
    return redirect(f"{address(request, 'rating', plan)}?periode={period_key(period)}#penilaian")


@inside(Act.KEEP_SKP, methods=("POST",))
def objection(request: InsideRequest, plan: str) -> HttpResponse:
    """Object to the rating of the year."""
    received = request.POST.get("diterima", "")
    file_objection(
        request.actor, agency=request.place.code, code=plan, reason=request.POST.get("alasan", ""),
        received_on=day_of(received, _("Hasil diterima")) if received else None,
    )  # fmt: skip
    messages.success(request, _("Keberatan diajukan kepada atasan pejabat penilai."))
    return redirect(f"{address(request, 'rating', plan)}#keberatan")


@inside(Act.KEEP_SKP, methods=("POST",))
def decide(request: InsideRequest, plan: str) -> HttpResponse:
    """Decide on an objection."""
    given = request.POST
    decide_objection(
        request.actor, agency=request.place.code, code=plan, ground=given.get("pertimbangan", ""),
        outcome=chosen(Outcome, given.get("keputusan", ""), _("Keputusan")),
        results=perhaps(Rating, given.get("hasil", ""), _("Rating hasil kerja")),
        behaviour=perhaps(Rating, given.get("perilaku", ""), _("Rating perilaku kerja")),
    )  # fmt: skip
    messages.success(request, _("Keberatan diputus."))
    return redirect(f"{address(request, 'rating', plan)}#keberatan")


def _asked(file: PlanFile, key: str) -> Period:
    """The period that is asked for; the year without a word. Raises NotFound."""
    if not key:
        return Period(file.plan.year, Span.YEAR)
    found = period_of(file.plan, key)
    if found is None:
        raise NotFound(_("Periode %(key)s tidak ada pada SKP ini.") % {"key": key})
    return found


def _periods(request: InsideRequest, file: PlanFile, current: Period) -> list[dict[str, Any]]:
    rated = {item.period for item in file.assessments}
    base = address(request, "rating", file.plan.code)
    return [
        {
            "title": period.name.removesuffix(f" Tahun {period.year}").removesuffix(f" {period.year}")
            if period.span is not Span.YEAR else period.name,
            "url": f"{base}?periode={period_key(period)}", "current": period == current, "rated": period in rated,
        }
        for period in rating_periods(file.plan)
    ]  # fmt: skip


def _head_rule(file: PlanFile, unit: Any) -> dict[str, Any]:
    """For the head of a unit: which rating of results the unit's predicate gives, and how sure that is."""
    if file.plan.form is not SkpForm.HEAD or unit is None:
        return {}
    rating = RATINGS[file.rules.heads.rating(unit)][0]
    return {
        "head_rule": file.rules.heads.source,
        "head_words": _("Predikat organisasi memberi pimpinannya rating hasil kerja %(rating)s.")
        % {"rating": str(rating).lower()},
    }


def _objection(request: InsideRequest, file: PlanFile, head: dict[str, Any], *, is_year: bool) -> dict[str, Any]:
    rule, annual, plan = file.rules.objection, file.annual, file.plan
    may_file = is_year and head["is_own"] and plan.state is SkpState.EVALUATED and annual is not None
    may_decide = head["is_superior"] and plan.state is SkpState.OBJECTED and not head["is_own"]
    found: dict[str, Any] = {
        "objection": objection_look(file.objection), "objection_source": rule.source,
        "objection_words": _("Paling lambat %(days)s %(kind)s sejak hasil penilaian diterima.")
        % {"days": rule.days, "kind": word(rule.kind.value)},
    }  # fmt: skip
    if may_file and annual is not None:
        found |= {"objection_url": address(request, "objection", plan.code), "received_on": annual.on.isoformat()}
        found["objection_words"] = _until(file, found["objection_words"])
    if may_decide:
        found |= {
            "decide_url": address(request, "objection-decide", plan.code),
            "outcomes": [(item.value, word(item.value).capitalize()) for item in Outcome],
        }
    return found


def _until(file: PlanFile, words: str) -> str:
    assert file.annual is not None
    try:
        last = objection_until(file.plan, file.annual.on)
    except Refusal as refused:  # the holidays of that year are not known yet
        return f"{words} {refused.message}"
    return f"{words} {_('Batas akhirnya %(day)s.') % {'day': format_date(last)}}"


def _final_url(request: InsideRequest, file: PlanFile, head: dict[str, Any]) -> str:
    ends = file.plan.state is SkpState.EVALUATED and (head["is_own"] or head["is_assessor"])
    return address(request, "step", file.plan.code, "final") if ends else ""


def _credit(request: InsideRequest, file: PlanFile) -> dict[str, Any] | None:
    months = request.GET.get("bulan", "")
    level = request.GET.get("jenjang", "")
    return credit_look(file, level, int(months) if months.isdecimal() and len(months) < 3 else None)
