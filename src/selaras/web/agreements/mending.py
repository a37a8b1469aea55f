"""Where what an agreement and the plan disagree on can be mended: one link per finding, to the page of the first thing named."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selaras.core.finding import Finding
from selaras.web.agreements.frame import CasePage


def linked(case: CasePage, findings: Iterable[Finding]) -> list[tuple[Finding, SafeString]]:
    """Each finding with a link to where it can be mended; empty where the person may not mend it or nothing is named."""
    pages = {**_of_the_plan(case), **_of_the_agreement(case)}
    return [
        (finding, _link(next((pages[place.record] for place in finding.places if place.record in pages), ("", ""))))
        for finding in findings
    ]


def _of_the_plan(case: CasePage) -> dict[str, tuple[str, str]]:
    """Addresses and words by the record that a finding names."""
    base = (case.place.code, case.place.year)
    tree = reverse("planning:overview", args=base)
    sheets = {item.code: reverse("planning:indicator", args=(*base, item.code)) for item in case.snapshot.indicators}
    found = {item.place.record: (sheets[item.code], item.code) for item in case.snapshot.indicators}
    for target in case.snapshot.targets:
        if target.indicator in sheets:
            found[target.place.record] = (sheets[target.indicator], target.indicator)
    for node in case.snapshot.nodes:
        found[node.place.record] = (f"{tree}?{urlencode({'simpul': node.code})}", node.code)
    return {
        record: (address, _("Buka %(code)s dalam rencana") % {"code": code})
        for record, (address, code) in found.items()
    }


def _of_the_agreement(case: CasePage) -> dict[str, tuple[str, str]]:
    """The lines and programmes of the agreement, while they can be changed."""
    if not case.may_edit_lines:
        return {}
    words = _("Betulkan baris PK")
    base = (case.place.code, case.place.year, case.agreement.code)
    lines = {item.place.record: (reverse("agreements:line", args=(*base, item.order)), words) for item in case.lines}
    return lines | {
        item.place.record: (reverse("agreements:programme", args=(*base, item.order)), words)
        for item in case.programmes
    }


def _link(page: tuple[str, str]) -> SafeString:
    address, words = page
    return format_html('<a href="{}">{}</a>', address, words) if address else SafeString("")
