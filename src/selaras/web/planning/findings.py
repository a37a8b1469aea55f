"""Everything that the checks of `core` say about a plan, and what of it belongs to one record."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.finding import Finding, Severity
from selaras.core.measurement.planned import check_quarters
from selaras.core.planning.checks import check_plan
from selaras.core.planning.wording import check_chain, check_wording
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value
from selaras.web.gate import InsideRequest

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def findings_of(figures: Figures, *, chain: bool = True) -> list[Finding]:
    """Every finding on the plan of the year, the gravest first. `chain` needs the supports to be loaded."""
    snapshot = figures.snapshot
    found = [
        *check_plan(
            snapshot.plans, snapshot.nodes, snapshot.indicators, snapshot.targets, snapshot.year,
            last_values=last_values(figures), grade_scales=figures.law.grade_scales,
        ),
        *check_wording(snapshot.nodes, snapshot.indicators),
    ]  # fmt: skip
    if chain:
        found += check_chain(snapshot.nodes, snapshot.indicators, snapshot.supports, snapshot.targets, snapshot.year)
    for indicator in snapshot.indicators:
        goal = figures.aim(indicator, snapshot.year).value
        quarters = check_quarters(indicator, snapshot.targets, snapshot.year, goal)
        if quarters.finding:
            found.append(quarters.finding)
    return sorted(found, key=lambda finding: ORDER[finding.severity])


def last_values(figures: Figures) -> dict[str, Value]:
    """The value of the year before, by the indicator's code, where there is one."""
    found = {}
    for indicator in figures.snapshot.indicators:
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
    pages: dict[str, str] = {}
    base = (request.place.code, request.place.year)
    tree = reverse("planning:overview", args=base)
    for node in figures.nodes.values():
        pages[node.place.record] = f"{tree}?{urlencode({'simpul': node.code})}"
    for indicator in figures.indicators.values():
        pages[indicator.place.record] = reverse("planning:indicator", args=(*base, indicator.code))
    for target in figures.snapshot.targets:
        pages[target.place.record] = reverse("planning:indicator", args=(*base, target.indicator))
    for plan in figures.snapshot.plans:
        pages[plan.place.record] = reverse("planning:renstra", args=base)
    return [
        (finding, _link(next((pages[place.record] for place in finding.places if place.record in pages), "")))
        for finding in findings
    ]


def _link(address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, _("Buka untuk membetulkan")) if address else SafeString("")
