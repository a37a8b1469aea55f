"""The evidence of one value as its page lists it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.core.measurement.records import EvidenceKind, Progress
from selaras.store import models as tables
from selaras.web.days import format_date

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
        else ""
    )
    facts = [row.kind.capitalize()]
    facts += [format_date(row.dated)] if row.dated else []
    facts += [row.target] if row.kind == EvidenceKind.REGISTER.value else []
    facts += [f"SHA-256 {row.sha256[:12]}…"] if row.sha256 else []
    return {
        "name": row.title, "url": url, "facts": " · ".join(facts), "icon": ICONS[row.kind], "is_link": is_link,
        "health": _health(check) if check else (_("Belum diperiksa") if is_link else ""),
        "tone": ("good" if check.healthy else "bad") if check else "none",
        "remove_url": reverse("measurement:remove_evidence", args=at) if may_remove else "",
        "check_url": reverse("measurement:check_link", args=at) if is_link else "",
    }  # fmt: skip


def _health(check: Any) -> str:
    word = _("Terbuka") if check.healthy else _("Tidak terbuka: %(answer)s") % {"answer": check.answer}
    return f"{word}, {format_date(localtime(check.at).date())}"
