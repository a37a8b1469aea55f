"""How predicates spread by unit against the pattern; the predicate of an organisation, proposed and then decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.people_organisation import decide_organisation
from selaras.core.access import Act, check_somewhere
from selaras.core.calendar import format_date
from selaras.core.errors import NotFound
from selaras.core.numerals import format_percent
from selaras.core.people.distribution import Judgement, Pattern, bars, possible
from selaras.core.people.organisation import Measure
from selaras.core.people.ratings import OrganisationPredicate, Predicate, Rating
from selaras.core.period import Period, Span
from selaras.store.people import rules_of
from selaras.store.people_organisation import OrganisationView, decisions_of, organisation_of
from selaras.store.people_reports import DistributionLine, distribution_of
from selaras.web.gate import InsideRequest, inside
from selaras.web.people.frame import address, period_key, predicate_look, tabs
from selaras.web.people.given import chosen, perhaps
from selaras.web.people.papers import distribution_sent
from selaras.web.people.words import MEASURES, PREDICATES, RATINGS

MOST_PEOPLE = 500
PERIODS = (*(f"{Span.QUARTER.value}-{index}" for index in range(1, 5)), Span.YEAR.value)


@inside(Act.COUNT_PREDICATES)
def spread(request: InsideRequest) -> HttpResponse:
    """The counts by unit, one of them as a chart beside its pattern, and what is possible for any number of people."""
    place = request.place
    if request.GET.get("format") == "xlsx":
        return distribution_sent(request)
    lines = distribution_of(request.actor, place.code, place.year)
    wanted = request.GET.get("unit", "")
    current = next((line for line in lines if line.unit == wanted), None)
    if current is None:
        raise NotFound(_("Unit %(code)s tidak ditemukan.") % {"code": wanted})
    return render(request, "people/spread.html", {
        "tabs": tabs(request, "spread"), "lines": [_line(line, is_current=line is current) for line in lines],
        "current": current, "chart": _chart(current), "judgement": _judged(current.judgement),
        "predicate": predicate_look(current.organisation), "able": _able(request, place.year),
        "heads": [PREDICATES[item][0] for item in Predicate], "hidden": current.counts is None and current.people > 0,
        "organisation_url": f"{address(request, 'organisation')}?{urlencode({'unit': current.unit})}",
    })  # fmt: skip


@inside(Act.COUNT_PREDICATES)
def decisions(request: InsideRequest) -> HttpResponse:
    """One unit in one period: facts, proposal with its reasons, decision; and every decision of the year."""
    place = request.place
    unit, key = request.GET.get("unit", ""), request.GET.get("periode", Span.YEAR.value)
    period = _period(place.year, key)
    expectation = perhaps(Rating, request.GET.get("ekspektasi", ""), _("Ekspektasi"))
    view = organisation_of(place.code, period, unit, expectation)
    names, titles = view.units, view.titles
    mine = [(code, titles.get(code, code)) for home, code in sorted(request.actor.positions) if home == place.code]
    return render(request, "people/organisation.html", {
        "tabs": tabs(request, "organisation"), "units": list(names.items()), "unit": unit,
        "unit_name": names.get(unit, place.short_name or place.name), "period": period, "period_key": key,
        "periods": [(name, _period(place.year, name).name) for name in PERIODS],
        "ratings": [(item.value, RATINGS[item][0]) for item in Rating], "expectation": expectation,
        "view": view, "facts": _facts(view), "proposal": predicate_look(view.proposal.predicate),
        "decision": _decision(view, titles), "head": titles.get(view.head, view.head),
        "superior": titles.get(view.superior, view.superior),
        "predicates": [(item.value, PREDICATES[item][0]) for item in OrganisationPredicate],
        "deciders": mine, "may_decide": place.can["DECIDE_ORGANISATION"] and bool(mine),
        "decide_url": address(request, "decide"),
        "needs_expectation": period.span is Span.YEAR,
        "every": [
            {
                "name": names.get(item.unit, place.short_name or place.name) if item.unit else place.short_name or place.name,
                "period": item.period.name, "predicate": predicate_look(item.predicate), "who": item.decider_name,
                "title": titles.get(item.decider, item.decider), "when": format_date(item.on),
                "url": f"?{urlencode({'unit': item.unit, 'periode': period_key(item.period)})}",
            }
            for item in decisions_of(place.code, place.year)
        ],
        "rows": [(item.name, figure.shown(), figure.arithmetic()) for item, figure in view.achievements],
    })  # fmt: skip


@inside(Act.DECIDE_ORGANISATION, methods=("POST",))
def decide(request: InsideRequest) -> HttpResponse:
    """The decision of a named person."""
    place, given = request.place, request.POST
    check_somewhere(request.actor, Act.DECIDE_ORGANISATION, place.code)
    unit, key = given.get("unit", ""), given.get("periode", "")
    decide_organisation(
        request.actor, agency=place.code, period=_period(place.year, key), unit=unit, decider=given.get("penetap", ""),
        predicate=chosen(OrganisationPredicate, given.get("predikat", ""), _("Predikat")),
        expectation=perhaps(Rating, given.get("ekspektasi", ""), _("Ekspektasi")), reason=given.get("alasan", ""),
        advice=given.get("pertimbangan", ""),
    )  # fmt: skip
    messages.success(request, _("Predikat ditetapkan."))
    return redirect(f"{address(request, 'organisation')}?{urlencode({'unit': unit, 'periode': key})}")


def _period(year: int, key: str) -> Period:
    """The period that an address names. Raises NotFound."""
    if key not in PERIODS:
        raise NotFound(_("Periode %(key)s tidak ada.") % {"key": key})
    name, _gap, index = key.partition("-")
    return Period(year, Span(name), int(index or 1))


def _line(line: DistributionLine, *, is_current: bool) -> dict[str, Any]:
    counts = list(line.counts) if line.counts else []
    return {
        "name": line.name, "depth": min(line.depth, 4), "people": line.people, "rated": sum(counts), "counts": counts,
        "joined": line.joined, "predicate": predicate_look(line.organisation), "current": is_current,
        "fits": None if line.judgement is None else not line.judgement.findings,
        "fair": line.judgement is not None and line.judgement.fair,
        "url": f"?{urlencode({'unit': line.unit})}",
    }  # fmt: skip


def _chart(line: DistributionLine) -> dict[str, Any] | None:
    """The bars with the bound that the pattern sets for each predicate as a mark, and the same as a table."""
    if line.counts is None:
        return None
    pattern = line.judgement.pattern if line.judgement else None
    drawn, rows = [], []
    size = sum(line.counts)
    for bar in bars(line.counts, pattern):
        label, tone = PREDICATES[bar.predicate]
        figure = _("%(n)s orang (%(share)s)") % {"n": bar.people, "share": format_percent(bar.share, places=2)}
        bound = _bound(bar.least, bar.most, size)
        mark = None if pattern is None else bar.least if bar.least > 0 else bar.most if bar.most < size else None
        drawn.append({"label": label, "value": bar.people, "figure": figure, "tone": tone, "mark": mark})
        rows.append([str(label), str(bar.people), format_percent(bar.share, places=2), bound])
    most = max(Predicate, key=lambda item: line.counts[list(Predicate).index(item)])  # type: ignore[index]
    return {
        "bars": drawn, "rows": rows, "top": max(size, 1),
        "summary": _("%(size)s orang dinilai; kelompok terbesar %(name)s.") % {"size": size, "name": PREDICATES[most][0]},
        "heads": [_("Predikat"), _("Orang"), _("Bagian"), _("Batas pola")],
    }  # fmt: skip


def _bound(least: int, most: int, size: int) -> str:
    if least > 0 and most < size:
        return _("%(least)s sampai %(most)s orang") % {"least": least, "most": most}
    if least > 0:
        return _("paling sedikit %(n)s orang") % {"n": least}
    return _("paling banyak %(n)s orang") % {"n": most} if most < size else "–"


def _judged(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    return {
        "demands": [
            {"words": item.limit.wanted(judgement.size), "people": item.people, "met": item.met, "attainable": item.attainable}
            for item in judgement.demands
        ],
        "fair": judgement.fair, "findings": judgement.findings, "source": judgement.pattern.source,
        "ties": judgement.pattern.ties,
    }  # fmt: skip


def _able(request: InsideRequest, year: int) -> dict[str, Any]:
    """What a number of people can fulfil of a pattern: asked for by hand, because small units cannot fulfil all."""
    patterns = rules_of(year).patterns
    asked, size = request.GET.get("pola", ""), request.GET.get("orang", "")
    found: dict[str, Any] = {
        "patterns": [(item.value, PREDICATES[item][0]) for item in patterns], "pattern": asked, "size": size,
    }  # fmt: skip
    pattern: Pattern | None = next((made for item, made in patterns.items() if item.value == asked), None)
    if pattern is None or not size.isdecimal() or not 1 <= int(size) <= MOST_PEOPLE:
        return found
    able = possible(pattern, int(size))
    return found | {
        "whole": able.whole, "source": pattern.source,
        "example": [(PREDICATES[item][0], count) for item, count in zip(Predicate, able.example, strict=True)],
        "demands": [
            (limit.wanted(int(size)), index in able.attainable) for index, limit in enumerate(pattern.limits)
        ],
    }  # fmt: skip


def _facts(view: OrganisationView) -> list[dict[str, Any]]:
    counts = {
        Measure.MET: view.facts.met, Measure.EXCEEDED: view.facts.exceeded, Measure.STILL: view.facts.still,
        Measure.UNMEASURED: view.facts.unmeasured,
    }  # fmt: skip
    return [
        {"label": MEASURES[item], "count": count, "share": format_percent(view.facts.share(item), places=2)}
        for item, count in counts.items()
    ]


def _decision(view: OrganisationView, titles: Mapping[str, str]) -> dict[str, Any] | None:
    made = view.decision
    if made is None:
        return None
    return {
        "predicate": predicate_look(made.predicate), "who": made.decider_name,
        "title": titles.get(made.decider, made.decider), "when": format_date(made.on), "reason": made.reason,
        "advice": made.advice, "proposed": predicate_look(made.proposed),
    }  # fmt: skip
