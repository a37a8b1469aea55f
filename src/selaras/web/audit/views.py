"""The trail of an agency, one record of it, and the history of one value."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from selaras.core.access import Act, may, may_somewhere
from selaras.core.errors import NotAllowed, NotFound
from selaras.store.models import AuditRecord, FieldChange
from selaras.store.nips import Sight, sight_of
from selaras.web.accounts.moments import shown
from selaras.web.audit.words import kind_words, told
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside

ON_ONE_PAGE = 50
MOST_CHANGES = 200
PERSONAL = frozenset({"Employee", "Tenure"})


@inside(Act.AUDIT)
def trail(request: InsideRequest) -> HttpResponse:
    """What was done, filtered by person, action, words and days; for the installation too, if one may see it."""
    everywhere = may(request.actor, Act.AUDIT, "")
    whole = everywhere and request.GET.get("lingkup") == "instalasi"
    rows = AuditRecord.objects.all() if whole else AuditRecord.objects.filter(agency=request.place.code)
    asked = {name: request.GET.get(name, "").strip() for name in ("orang", "tindakan", "dari", "sampai", "hasil")}
    found = _filtered(rows, asked).order_by("-pk")
    if wants_xlsx(request):
        return exported(request, _("Jejak audit"), _heads(), map(_cells, found.iterator()))
    actors = _choices(rows, "actor")
    actions = _choices(rows, "action")
    page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)  # type: ignore[attr-defined]
    context = {
        "page": page, "asked": asked, "actors": actors, "actions": actions, "everywhere": everywhere, "whole": whole,
        "lines": [{"row": row, "when": shown(row.at), "told": told(row.details, short=True)} for row in page],
        "active": _active(request, asked),
    }  # fmt: skip
    return render(request, "audit/trail.html", context)


@inside(Act.AUDIT)
def record(request: InsideRequest, pk: int) -> HttpResponse:
    """One record with its details, its hash, and the values that it changed."""
    row = AuditRecord.objects.filter(pk=pk).first()
    if row is None or (row.agency != request.place.code and not may(request.actor, Act.AUDIT, row.agency)):
        raise NotFound(_("Catatan audit itu tidak ditemukan."))
    act = row.details.get("act")
    changes = list(FieldChange.objects.filter(act=act).order_by("pk")[: MOST_CHANGES + 1]) if act else []
    sight = sight_of(request.actor, row.agency)
    context = {
        "row": row, "when": shown(row.at), "told": told(row.details), "sound": row.hash == row.computed_hash(),
        "changes": [_change(request, item, sight) for item in changes[:MOST_CHANGES]],
        "more": len(changes) > MOST_CHANGES, "count": row.details.get("changed_fields", 0),
    }  # fmt: skip
    return render(request, "audit/record.html", context)


@inside(Act.SEE)
def history(request: InsideRequest) -> HttpResponse:
    """Everything that ever happened to one record: `jenis` and `kunci` as the trail names them."""
    kind, key = request.GET.get("jenis", ""), request.GET.get("kunci", "")
    if not kind or not key:
        raise NotFound(_("Sebutkan jenis dan kunci catatannya."))
    if kind in PERSONAL and not may_somewhere(request.actor, Act.EDIT_STAFF, request.place.code):
        raise NotAllowed(f"{request.actor.name} tidak berhak {Act.EDIT_STAFF.value}.")
    rows = FieldChange.objects.of(request.place.code, kind, key)
    sight = sight_of(request.actor, request.place.code)
    page = Paginator(rows, ON_ONE_PAGE).get_page(request.GET.get("halaman"))
    if not page.paginator.count:
        raise NotFound(_("Belum ada riwayat %(kind)s %(key)s.") % {"kind": kind_words(kind), "key": key})
    events = [
        {
            "when": shown(row.at), "iso": row.at.isoformat(), "who": row.actor, "did": row.field or "",
            "old": sight.value(row.field, row.before), "new": sight.value(row.field, row.after) or _("(dihapus)"),
            "why": row.reason,
        }
        for row in page
    ]  # fmt: skip
    return render(request, "audit/history.html", {"page": page, "events": events, "kind": kind_words(kind), "key": key})


def _heads() -> list[str]:
    return [
        _("Nomor"), _("Waktu"), _("Pelaku"), _("Tindakan"), _("Instansi"), _("Hasil"), _("Keterangan"), _("Sidik jari"),
    ]  # fmt: skip


def _cells(row: AuditRecord) -> list[Any]:
    details = "; ".join(f"{label}: {text}" for label, text in told(row.details, short=True))
    outcome = _("ditolak") if "refused" in row.details else _("berhasil")
    return [row.pk, row.at, row.actor, row.action, row.agency, outcome, details, row.hash]


def _filtered(rows: Any, asked: dict[str, str]) -> Any:
    if asked["orang"]:
        rows = rows.filter(actor=asked["orang"])
    if asked["tindakan"]:
        rows = rows.filter(action=asked["tindakan"])
    if asked["hasil"] == "ditolak":
        rows = rows.filter(details__has_key="refused")
    if day := _day(asked["dari"]):
        rows = rows.filter(at__gte=_midnight(day))
    if day := _day(asked["sampai"]):
        rows = rows.filter(at__lt=_midnight(day + timedelta(days=1)))
    return rows


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # a day that the calendar does not have
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _choices(rows: Any, column: str) -> list[str]:
    return list(rows.order_by(column).values_list(column, flat=True).distinct()[:200])


def _active(request: InsideRequest, asked: dict[str, str]) -> list[dict[str, str]]:
    labels = {
        "orang": _("Pelaku"), "tindakan": _("Tindakan"), "dari": _("Sejak"), "sampai": _("Sampai"), "hasil": _("Hasil"),
    }  # fmt: skip
    active = []
    for name, value in asked.items():
        if value:
            rest = {key: item for key, item in request.GET.items() if key not in {name, "halaman"}}
            active.append({"label": f"{labels[name]}: {value}", "url": f"?{urlencode(rest)}"})
    return active


def _change(request: InsideRequest, item: FieldChange, sight: Sight) -> dict[str, Any]:
    place = request.place
    address = ""
    if item.agency == place.code:
        query = urlencode({"jenis": item.kind, "kunci": item.key})
        address = f"{reverse('audit:history', args=(place.code, place.year))}?{query}"
    return {
        "row": item, "kind": kind_words(item.kind), "history": address,
        "before": sight.value(item.field, item.before), "after": sight.value(item.field, item.after),
    }  # fmt: skip
