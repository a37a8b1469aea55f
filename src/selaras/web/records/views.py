"""Pages over any kind of record: list with search and export, form, removal, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from selaras.actions.records import ACTS, remove_record, save_record
from selaras.core.access import may_somewhere
from selaras.core.errors import NotFound
from selaras.core.measurement.records import Realisation
from selaras.core.org import Agency
from selaras.core.period import Period, Span
from selaras.core.value import Value
from selaras.documents.workbook.columns import Column, Sheet
from selaras.documents.workbook.sheets import SHEETS
from selaras.store.models import FieldChange
from selaras.store.nips import Sight, sight_of
from selaras.store.records import record_at, searched, value_kinds
from selaras.store.rows import Table, all_tables, key_text, shown
from selaras.web.days import format_date
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.records.forms import RecordForm
from selaras.web.records.page_words import on_page
from selaras.web.records.presets import preset

PER_PAGE = 50
COLUMNS = 7
OWN_VERBS = {Realisation}
BY_SLUG: dict[str, Sheet] = {
    sheet.name.casefold().replace(" ", "-"): sheet for sheet in SHEETS if sheet.record is not Agency
}
SLUGS: dict[type[Any], str] = {sheet.record: slug for slug, sheet in BY_SLUG.items()}
"""The word in the address for each kind of record."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record in a list."""

    row: int
    cells: tuple[str, ...]


def label_of(sheet: Sheet) -> str:
    """What a kind of record is called: the name of its table, as people read it."""
    return all_tables()[sheet.record].label


def sheet_of(slug: str) -> tuple[Sheet, Table]:
    """The sheet and the table behind a word in the address. Raises NotFound."""
    sheet = BY_SLUG.get(slug)
    if sheet is None:
        raise NotFound(_("Jenis data %(slug)s tidak ada.") % {"slug": slug})
    return sheet, all_tables()[sheet.record]


@inside()
def kinds(request: InsideRequest) -> HttpResponse:
    """Every kind of record, with what it is for."""
    return render(
        request,
        "records/kinds.html",
        {"kinds": [(slug, label_of(sheet), on_page(sheet.about)) for slug, sheet in BY_SLUG.items()]},
    )


@inside()
def index(request: InsideRequest, kind: str) -> HttpResponse:
    """The records of one kind, searched, page by page, or all of them as a spreadsheet."""
    sheet, table = sheet_of(kind)
    words = request.GET.get("cari", "").strip()
    sight = sight_of(request.actor, request.place.code)
    rows = searched(table, request.place.pk, request.place.year, words, hidden=sight.hidden)
    columns = sheet.inputs
    if wants_xlsx(request):
        body = (
            [_exported(_value(item, c)) for c in columns]
            for item in map(sight.record, map(table.record_of, rows.values_list(*table.paths)))
        )
        return exported(request, sheet.name, [c.header for c in columns], body)
    page = Paginator(rows.values_list("pk", *table.paths), PER_PAGE).get_page(request.GET.get("halaman"))
    page.shown_pages = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    shown_columns = columns[:COLUMNS]
    lines = [
        RecordLine(row[0], tuple(shown(_value(item, column)) for column in shown_columns))
        for row in page.object_list
        for item in [sight.record(table.record_of(row[1:]))]
    ]
    return render(request, "records/index.html", {
        "kind": kind, "about": on_page(sheet.about), "label": label_of(sheet), "columns": shown_columns, "lines": lines,
        "page": page, "words": words,
        "may_edit": may_edit(request, sheet),
    })  # fmt: skip


@inside(methods=("GET", "POST"))
def new(request: InsideRequest, kind: str) -> HttpResponse:
    """A form for a new record; values in the address fill it in beforehand."""
    sheet, _table = sheet_of(kind)
    initial = {column.field: request.GET[column.field] for column in sheet.inputs if column.field in request.GET}
    known = preset(
        sheet.record, agency=request.place.pk, year=request.place.year, node=initial.get("node", "")
    )  # fmt: skip
    form = RecordForm(
        sheet, agency=request.place.pk, kinds=value_kinds(request.place.pk), initial=known | initial,
        data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    return _saved(request, kind, form)


@inside(methods=("GET", "POST"))
def edit(request: InsideRequest, kind: str, row: int) -> HttpResponse:
    """The form of one record, with its history beside it."""
    sheet, table = sheet_of(kind)
    record = sight_of(request.actor, request.place.code).record(record_at(table, request.place.pk, row))
    form = RecordForm(
        sheet, agency=request.place.pk, kinds=value_kinds(request.place.pk), record=record,
        data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    return _saved(request, kind, form, row=row)


@inside(methods=("POST",))
def remove(request: InsideRequest, kind: str, row: int) -> HttpResponse:
    """Delete one record."""
    _sheet, table = sheet_of(kind)
    record = record_at(table, request.place.pk, row)
    remove_record(request.actor, agency=request.place.code, record=record, reason=request.POST.get("reason", ""))
    messages.success(request, _("%(name)s dihapus.") % {"name": table.place_of(_key(table, record)).record})
    return redirect(_back(request, kind))


@inside()
def history(request: InsideRequest, kind: str, row: int) -> HttpResponse:
    """Who changed what of one record, when and why."""
    sheet, table = sheet_of(kind)
    record = record_at(table, request.place.pk, row)
    return render(request, "records/history.html", {
        "kind": kind, "sheet": sheet, "label": label_of(sheet), "row": row, "name": table.place_of(_key(table, record)).record,
        "events": events_of(
            request.place.code, sheet.record.__name__, key_text(_key(table, record).values()),
            sight=sight_of(request.actor, request.place.code),
        ),
    })  # fmt: skip


def events_of(agency: str, kind: str, key: str, *, most: int = 100, sight: Sight | None = None) -> list[dict[str, str]]:
    """The history of one record for the timeline, newest first; NIPs as far as `sight` goes."""
    sight = sight or Sight(agency, "", whole=False)
    return [
        {
            "when": f"{format_date(localtime(change.at).date())} {localtime(change.at):%H.%M}",
            "iso": change.at.isoformat(),
            "who": change.actor,
            "did": change.field or (_("membuat") if change.after else _("menghapus")),
            "old": sight.value(change.field, change.before) if change.field else "",
            "new": sight.value(change.field, change.after) if change.field else "",
            "why": change.reason,
        }
        for change in FieldChange.objects.of(agency, kind, key)[:most]
    ]


def may_edit(request: InsideRequest, sheet: Sheet) -> bool:
    """Whether the person may change records of this kind for some unit, by this form."""
    return sheet.record not in OWN_VERBS and may_somewhere(request.actor, ACTS[sheet.record], request.place.code)


def _saved(request: InsideRequest, kind: str, form: RecordForm, row: int | None = None) -> HttpResponse:
    """The form again, or the way back after its record was stored."""
    reason = request.POST.get("reason", "")
    if form.submit(
        request,
        lambda: save_record(request.actor, agency=request.place.code, record=form.made, seen=form.seen, reason=reason),
    ):
        said = _("Tersimpan.") if form.changes or row is None else _("Tidak ada yang berubah.")
        messages.success(request, said)
        return redirect(_back(request, kind))
    place = request.place
    sheet, table = sheet_of(kind)
    name = table.place_of(_key(table, form.record)).record if form.record is not None else ""
    key = key_text(_key(table, form.record).values()) if form.record is not None else ""
    return render(request, "records/form.html", {
        "kind": kind, "about": on_page(sheet.about), "label": label_of(sheet),
        "form": form, "row": row, "conflict": form.conflict, "name": name,
        "back": _back(request, kind), "may_edit": may_edit(request, sheet),
        "events": events_of(place.code, sheet.record.__name__, key, most=20, sight=sight_of(request.actor, place.code))
        if key else [],
    }, status=form.status)  # fmt: skip


def _back(request: InsideRequest, kind: str) -> str:
    asked = request.POST.get("kembali") or request.GET.get("kembali") or ""
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("records:index", args=(request.place.code, request.place.year, kind))


def _key(table: Table, record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in table.key}


def _exported(value: Any) -> Any:
    is_plain = (
        value is None
        or isinstance(value, Decimal | date | Value)
        or (isinstance(value, int) and not isinstance(value, bool))
    )
    return value if is_plain else shown(value)


def _value(item: Any, column: Column) -> Any:
    """What stands in one column of a record; a period stands in two of them, its year and the part of it."""
    value = getattr(item, column.root)
    if not isinstance(value, Period):
        return value
    return value.year if column.field.endswith(".year") else _part(value)


def _part(period: Period) -> str:
    if period.span is Span.YEAR:
        return "Tahun"
    return period.name.removesuffix(str(period.year)).removesuffix(" Tahun ").strip()
