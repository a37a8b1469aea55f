"""Displays that were kept: as they stood then, with the analyst's own words in their cells."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.culture_findings import keep_display, remove_display
from selaras.core.access import Act
from selaras.core.errors import NotFound
from selaras.store.culture import displays_of, study_at, study_file
from selaras.store.models import Study, StudyDisplay
from selaras.store.models.culture import DisplayKind
from selaras.web.culture import fields, matrices
from selaras.web.culture.fields import chosen
from selaras.web.culture.frame import address, head_of
from selaras.web.culture.typed import shown_again
from selaras.web.culture.views_displays import overview
from selaras.web.culture.words import DISPLAYS
from selaras.web.days import format_date
from selaras.web.gate import InsideRequest, inside


@inside(Act.STUDY, methods=("POST",))
@shown_again(overview)
def keep(request: InsideRequest, study: str) -> HttpResponse:
    """Keep a display as it stands now."""
    given = request.POST
    display = keep_display(
        request.actor, agency=request.place.code, study=study, kind=chosen(DisplayKind, given, "jenis", _("Sajian")),
        title=given.get("judul", ""), construct=given.get("konstruk", ""),
    )  # fmt: skip
    messages.success(request, _("Sajian disimpan sebagaimana adanya kini."))
    return redirect(address(request, "display", study, display))


@inside(Act.READ_STUDY, methods=("GET", "POST"))
@shown_again()
def page(request: InsideRequest, study: str, display: int) -> HttpResponse:
    """A kept display; a note on a cell keeps it anew, as it stands then."""
    if request.method == "POST":
        return _noted(request, study, display)
    file = study_file(request.actor, request.place.code, study)
    held = _found(file.row, display)
    kind = DisplayKind(held.kind)
    table = matrices.table_of(request, file, kind, held.construct, held.frozen)
    heads = dict(zip(held.frozen["columns"], table["heads"], strict=False))
    for row in table["rows"]:
        for cell in row["cells"]:
            cell["words"] = held.words.get(row["key"], {}).get(cell["column"], "")
    rows = [(row["key"], f"{row['key']} {row['name']}"[:90]) for row in table["rows"]]
    crumbs = ((_("Sajian"), address(request, "displays", study)), (held.title, ""))
    return render(request, "culture/display.html", {
        **head_of(request, file.row, file.me, "displays", *crumbs), "display": held, "kind": DISPLAYS[kind][1], "table": table,
        "when": format_date(held.at.date()), "quotes": held.frozen.get("quotes", []), "heads": table["heads"],
        "live_url": f"{address(request, 'displays', study)}?jenis={DISPLAYS[kind][0]}&konstruk={held.construct}",
        "remove_url": address(request, "display-remove", study, display), "fields": [
            fields.choice("baris", _("Baris"), rows, width="half"),
            fields.choice("lajur", _("Lajur"), list(heads.items()), width="half"),
            fields.area("catatan", _("Catatan analis"), rows=3, most=4000, help=_("Kosongkan untuk menghapus catatan sel itu.")),
        ],
    })  # fmt: skip


@inside(Act.STUDY, methods=("POST",))
@shown_again(page)
def remove(request: InsideRequest, study: str, display: int) -> HttpResponse:
    """Remove a kept display."""
    remove_display(request.actor, agency=request.place.code, study=study, display=display)
    messages.success(request, _("Sajian dihapus."))
    return redirect(address(request, "displays", study))


def _noted(request: InsideRequest, study: str, display: int) -> HttpResponse:
    row, _me = study_at(request.actor, request.place.code, study)
    held, given = _found(row, display), request.POST
    notes = {name: dict(cells) for name, cells in held.words.items()}
    notes.setdefault(given.get("baris", ""), {})[given.get("lajur", "")] = given.get("catatan", "")
    keep_display(
        request.actor, agency=request.place.code, study=study, kind=DisplayKind(held.kind), title=held.title,
        construct=held.construct, notes=notes, display=display,
    )  # fmt: skip
    messages.success(request, _("Catatan disimpan; sajian dibekukan ulang."))
    return redirect(address(request, "display", study, display))


def _found(row: Study, display: int) -> StudyDisplay:
    held = displays_of(row.pk).filter(pk=display).first()
    if held is None:
        raise NotFound(_("Sajian ini tidak ditemukan."))
    return held
