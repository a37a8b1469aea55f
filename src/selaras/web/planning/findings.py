"""Everything that the checks of `core` say about a plan, and what of it belongs to one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.finding import Finding, Severity
from selaras.core.measurement.planned import check_quarters
from selaras.core.planning import Target
from selaras.core.planning.checks import check_plan
from selaras.core.planning.wording import check_chain, check_wording
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value
from selaras.web.gate import InsideRequest
from selaras.web.planning.remembered import remembered

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def findings_of(figures: Figures, *, chain: bool = True) -> tuple[Finding, ...]:
    """Every finding on the plan of the year, the gravest first. `chain` needs the supports to be loaded.

    They are found once for as long as the figures live.
    """
    known: dict[bool, tuple[Finding, ...]] = remembered(figures, "findings")
    if chain not in known:
        known[chain] = tuple(sorted(_found(figures, chain=chain), key=lambda finding: ORDER[finding.severity]))
    return known[chain]


def _found(figures: Figures, *, chain: bool) -> Iterator[Finding]:
    snapshot = figures.snapshot
    yield from check_plan(
        snapshot.plans, snapshot.nodes, snapshot.indicators, snapshot.targets, snapshot.year,
        last_values=last_values(figures), grade_scales=figures.law.grade_scales,
    )  # fmt: skip
    yield from check_wording(snapshot.nodes, snapshot.indicators)
    if chain:
        yield from check_chain(snapshot.nodes, snapshot.indicators, snapshot.supports, snapshot.targets, snapshot.year)
    own: dict[str, list[Target]] = defaultdict(list)
    for target in snapshot.targets:
        own[target.indicator].append(target)
    for indicator in snapshot.indicators:
        goal = figures.aim(indicator, snapshot.year).value
        quarters = check_quarters(indicator, own[indicator.code], snapshot.year, goal)
        if quarters.finding:
            yield quarters.finding


def last_values(figures: Figures) -> dict[str, Value]:
    """The value of the year before, by the indicator's code, where there is one."""
    found: dict[str, Value] = remembered(figures, "last values")
    for indicator in figures.snapshot.indicators if not found else ():
        value = figures.realised(indicator, figures.year - 1).value
        if value is not None:
            found[indicator.code] = value
    return found


def about(findings: Iterable[Finding], *records: str) -> list[Finding]:
    """The findings that name one of some records (by `Place.record`)."""
    wanted = set(records)
    return [finding for finding in findings if any(place.record in wanted for place in finding.places)]


def linked(request: InsideRequest, figures: Figures, findings: Iterable[Finding]) -> list[tuple[Finding, SafeString]]:
    """Each finding with a link to the page where what it names can be mended; empty where there is none."""
    base = (request.place.code, request.place.year)
    where = _mended_at(figures)

    def page(record: str) -> str:
        kind, code = where.get(record, ("", ""))
        if kind == "node":
            return f"{reverse('planning:overview', args=base)}?{urlencode({'simpul': code})}"
        if kind == "indicator":
            return reverse("planning:indicator", args=(*base, code))
        return reverse("planning:renstra", args=base) if kind else ""

    return [
        (finding, _link(next((found for place in finding.places if (found := page(place.record))), "")))
        for finding in findings
    ]


def _mended_at(figures: Figures) -> dict[str, tuple[str, str]]:
    """For each record, by its place, the sort of page on which it is mended and the code there."""
    known: dict[str, tuple[str, str]] = remembered(figures, "mended at")
    if not known:
        known |= {node.place.record: ("node", node.code) for node in figures.nodes.values()}
        known |= {item.place.record: ("indicator", item.code) for item in figures.indicators.values()}
        known |= {item.place.record: ("indicator", item.indicator) for item in figures.snapshot.targets}
        known |= {plan.place.record: ("plan", plan.code) for plan in figures.snapshot.plans}
    return known


def _link(address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, _("Buka untuk membetulkan")) if address else SafeString("")
