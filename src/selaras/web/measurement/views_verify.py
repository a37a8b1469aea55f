"""Verification by exception: what waits, first of all what changed since it was last verified and what is odd."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from selaras.core.access import Act, reach
from selaras.core.measurement.records import Progress
from selaras.core.period import Period
from selaras.core.reporting.entry import Entry
from selaras.store import models as tables
from selaras.store.changes import NEVER, Since, since_verified
from selaras.store.measuring import figures_of, load_indicators
from selaras.store.rows import key_text
from selaras.web.days import format_date, period_name
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.measurement.grid_shown import Line
from selaras.web.measurement.lines import Board, period_url
from selaras.web.measurement.periods import key_of

CHANGED, ODD, FIRST, SAME = "berubah", "janggal", "pertama", "tetap"


@dataclass(frozen=True)
class Waiting:
    """One value that waits for verification."""

    entry: Entry
    line: Line
    since: Since
    evidence: int
    url: str
    actor_name: str

    @property
    def value(self) -> str:
        """The pair of indicator and period as the form sends it."""
        return f"{self.line.indicator.code}|{key_of(self.entry.period)}"

    @cached_property
    def sort(self) -> str:
        """Why it deserves a look."""
        if self.since.changes:
            return CHANGED
        if self.reasons:
            return ODD
        return SAME if self.since.was_verified else FIRST

    @cached_property
    def reasons(self) -> list[str]:
        """What is odd: doubts of the figures, a target missed without a cause, no evidence."""
        found = [finding.message for finding in self.entry.remarks]
        if self.entry.need and not self.entry.is_explained:
            found.append(_("%(need)s tanpa penjelasan.") % {"need": f"{self.entry.need}".capitalize()})
        if not self.evidence:
            found.append(_("Belum ada bukti."))
        return found

    @property
    def is_own(self) -> bool:
        """Whether the person entered it, and so may not verify it."""
        realisation = self.entry.realisation
        return realisation is not None and realisation.entered_by.casefold() == self.actor_name.casefold()

    @property
    def verified_on(self) -> str:
        """The day of the last verification."""
        when = self.since.verified_on
        return format_date(localtime(datetime.fromisoformat(when)).date()) if when else ""


@inside(Act.VERIFY)
def waiting(request: InsideRequest) -> HttpResponse:
    """Everything that was submitted to the person, sorted by how much it deserves a look."""
    place = request.place
    periods = _submitted(place.pk, place.year)
    snapshot = load_indicators(place.code, place.year, {code for code, _period in periods}, places=True)
    figures = figures_of(snapshot)
    board = Board(figures, snapshot.indicators, {}, request.actor, place.code)
    evidence = Counter((item.indicator, item.period) for item in snapshot.evidence)
    lines = {line.indicator.code: line for line in board.lines}
    units = reach(request.actor, Act.VERIFY, place.code)
    mine = [
        (lines[code], period)
        for code, period in periods
        if code in lines and (units is None or lines[code].unit in units)
    ]
    history = since_verified(place.code, [key_text((line.indicator.code, period)) for line, period in mine])
    found = [
        Waiting(
            Entry(figures, figures.indicators[line.indicator.code], period, board.limits), line,
            history.get(key_text((line.indicator.code, period)), NEVER), evidence[line.indicator.code, period],
            period_url(place.code, line.indicator.code, period), request.actor.name,
        )
        for line, period in mine
    ]  # fmt: skip
    asked = request.GET.get("golongan", "")
    if wants_xlsx(request):
        kept = [one for _sort, _title, group in _groups(found, asked) for one in group]
        return exported(request, _("Verifikasi"), _heads(), map(_cells, kept))
    context = {
        "groups": _groups(found, asked), "tabs": _tabs(found, asked, request.path), "all": len(found),
        "bulk": render_to_string("measurement/verify_steps.html"),
    }  # fmt: skip
    return render(request, "measurement/verify.html", context)


WORDS = {
    CHANGED: gettext_noop("Berubah sejak verifikasi terakhir"), ODD: gettext_noop("Perlu dilihat"),
    FIRST: gettext_noop("Pertama kali diajukan"), SAME: gettext_noop("Sama dengan yang pernah diverifikasi"),
}  # fmt: skip


def _groups(found: list[Waiting], asked: str) -> list[tuple[str, str, list[Waiting]]]:
    kept = [(sort, _(title), [one for one in found if one.sort == sort]) for sort, title in WORDS.items()]
    return [group for group in kept if group[2] and asked in {"", group[0]}]


def _heads() -> list[str]:
    return [
        _("Golongan"), _("Kode"), _("Indikator"), _("Unit"), _("Periode"), _("Diisi oleh"), _("Satuan"), _("Target"),
        _("Realisasi"), _("Capaian"), _("Kelas"), _("Diverifikasi terakhir"), _("Perubahan"), _("Yang perlu dilihat"),
    ]  # fmt: skip


def _cells(one: Waiting) -> list[Any]:
    entry, since = one.entry, one.since
    changes = "; ".join(f"{change.field}: {change.before or '–'} → {change.after or '–'}" for change in since.changes)
    return [
        _(WORDS[one.sort]), one.line.indicator.code, one.line.indicator.name, one.line.unit_name,
        period_name(entry.period), entry.realisation.entered_by if entry.realisation else "", entry.indicator.unit,
        entry.aim.value, entry.value, entry.achievement, entry.band.label if entry.band else "",
        " ".join(filter(None, (since.verified_by, one.verified_on))), changes, " ".join(one.reasons),
    ]  # fmt: skip


def _tabs(found: list[Waiting], asked: str, path: str) -> list[dict[str, Any]]:
    tabs = [{"title": _("Semua"), "count": len(found), "current": asked == "", "url": path}]
    return tabs + [
        {"title": _(title), "count": sum(one.sort == sort for one in found), "current": asked == sort,
         "url": f"{path}?golongan={sort}"}
        for sort, title in WORDS.items()
    ]  # fmt: skip


def _submitted(agency: int, year: int) -> list[tuple[str, Period]]:
    rows = tables.Realisation.objects.filter(agency=agency, year=year, status=Progress.SUBMITTED.value)
    found = rows.select_related("indicator").order_by("sequence", "pk")
    return [(row.indicator.code, row.period) for row in found]
