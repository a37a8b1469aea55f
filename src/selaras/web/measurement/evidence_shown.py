"""The evidence of one value as its page lists it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.measurement.records import EvidenceKind, Progress
from selaras.core.period import Period, Span
from selaras.store import models as tables
from selaras.store.evidence import damage_of
from selaras.web.days import format_date

COUNTED = 5
"""How many parts the target of a counted value has: register, rule, year, span and number."""
ICONS = {EvidenceKind.FILE.value: "file", EvidenceKind.LINK.value: "link", EvidenceKind.REGISTER.value: "book"}


def files_of(subject: Any) -> list[dict[str, Any]]:
    """Every evidence with its address and facts; links with their health. One query."""
    period = subject.period
    rows = tables.Evidence.objects.filter(
        agency__code=subject.agency, indicator__code=subject.indicator.code,
        year=period.year, span=period.span.value, index=period.index,
    ).select_related("link_check")  # fmt: skip
    may_remove = subject.may_measure and subject.state not in {Progress.VERIFIED, Progress.LOCKED}
    return [_shown(subject, row, may_remove=may_remove) for row in rows.order_by("pk")]


def counted_by(agency: str, indicator: str, period: Period) -> dict[str, str]:
    """The rule of a register that an indicator counts itself by, with the page of its records; empty for a typed one."""
    rows = tables.RegisterBinding.objects.filter(indicator__agency__code=agency, indicator__code=indicator)
    found = rows.values_list("definition__code", "definition__name", "rule").first()
    if found is None:
        return {}
    register, name, rule = found
    page = reverse("registers:figure", args=(agency, period.year, register, rule))
    url = page if period.span is Span.YEAR else f"{page}?periode={period.span.value}-{period.index}"
    return {"register": name, "url": url}


def _shown(subject: Any, row: Any, *, may_remove: bool) -> dict[str, Any]:
    period = subject.period
    at = (subject.agency, period.year, subject.indicator.code, period.span.value, period.index, row.pk)
    is_link = row.kind == EvidenceKind.LINK.value
    check = getattr(row, "link_check", None) if is_link else None
    url = (
        row.target
        if is_link
        else reverse("measurement:download", args=at)
        if row.kind == EvidenceKind.FILE.value
        else _records_url(subject, row.target)
    )
    facts = [row.kind.capitalize()]
    facts += [format_date(row.dated)] if row.dated else []
    facts += [row.target] if row.kind == EvidenceKind.REGISTER.value else []
    facts += [f"SHA-256 {row.sha256[:12]}…"] if row.sha256 else []
    is_file = row.kind == EvidenceKind.FILE.value and row.target
    damage = damage_of(subject.agency, row.target, row.sha256) if is_file else ""
    facts += [_("BERKAS %(damage)s") % {"damage": damage.upper()}] if damage else []
    return {
        "name": row.title, "url": url, "facts": " · ".join(facts), "icon": ICONS[row.kind], "is_link": is_link,
        "health": _health(check) if check else (_("Belum diperiksa") if is_link else ""),
        "tone": ("good" if check.healthy else "bad") if check else "none",
        "remove_url": reverse("measurement:remove_evidence", args=at) if may_remove else "",
        "check_url": reverse("measurement:check_link", args=at) if is_link else "",
    }  # fmt: skip


def _records_url(subject: Any, target: str) -> str:
    """The page of the records behind a counted value, by what its evidence names (`core.registers.binding`); else empty."""
    parts = target.split("/")
    if len(parts) != COUNTED or not parts[2].isdecimal() or not parts[4].isdecimal():
        return ""
    register, rule, year, span, index = parts
    page = reverse("registers:figure", args=(subject.agency, int(year), register, rule))
    return page if span == Span.YEAR.value else f"{page}?periode={span}-{index}"


def _health(check: Any) -> str:
    word = _("Terbuka") if check.healthy else _("Tidak terbuka: %(answer)s") % {"answer": check.answer}
    return f"{word}, {format_date(localtime(check.at).date())}"
