"""Editions: data frozen, their documents, their road to the public, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions.editions import REVIEWED, approve, freeze, publish, return_edition, send_to_review, withdraw
from selaras.actions.open_data import choose_licence
from selaras.core.access import Act, may
from selaras.core.errors import NotFound
from selaras.core.reporting.changes import figure_changes, text_changes
from selaras.core.reporting.licence import choose
from selaras.core.snapshot import NARRATED, Snapshot
from selaras.rulebook.licences import load_licences
from selaras.store.editions import (
    PUBLIC,
    before,
    edition_key,
    edition_period,
    find_edition,
    frozen_snapshot,
    read_edition_file,
    standing_licence,
    versions_around,
)
from selaras.store.models import ReportEdition
from selaras.store.models.work import EditionState, ReviewState
from selaras.store.reviews import ISSUED
from selaras.web.days import period_name
from selaras.web.gate import InsideRequest, inside
from selaras.web.records.views import events_of
from selaras.web.reporting.documents import NAMES, chosen, moment, shown_state, steps
from selaras.web.reporting.drafts import figures_of, live
from selaras.web.reporting.navigation import tabs
from selaras.web.reporting.sending import attachment

DONE = {
    "kirim": gettext_lazy("Edisi dikirim ke APIP untuk direviu."),
    "setujui": gettext_lazy("Edisi disetujui."),
    "kembalikan": gettext_lazy("Edisi dikembalikan dengan catatan."),
    "terbitkan": gettext_lazy("Edisi terbit. Halaman publiknya sudah terbuka."),
    "tarik": gettext_lazy("Edisi ditarik dari halaman publik. Berkasnya tetap disimpan."),
}
FORMS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


@inside(Act.WRITE_REPORT, methods=("POST",))
def freeze_now(request: InsideRequest) -> HttpResponse:
    """Freeze the data and compose the documents of one edition."""
    place = request.place
    kind, period = chosen(place.year, request.POST.get("dokumen", ""))
    made = freeze(
        request.actor,
        agency=place.code,
        year=place.year,
        kind=kind,
        period=period,
        note=request.POST.get("catatan", ""),
    )
    messages.success(request, _("Data dibekukan sebagai edisi %(version)s.") % {"version": made.version})
    return redirect("reporting:edition", place.code, place.year, made.pk)


@inside(Act.PUBLISH, methods=("GET", "POST"))
def licence(request: InsideRequest) -> HttpResponse:
    """The terms of the agency's open data: which stand, what they allow, another one."""
    place = request.place
    if request.method == "POST":
        made = choose_licence(request.actor, agency=place.code, licence=request.POST.get("lisensi", ""))
        messages.success(request, _("Lisensi data terbuka: %(name)s.") % {"name": made.name})
        return redirect("reporting:licence", place.code, place.year)
    return render(request, "reporting/licence.html", {
        "tabs": tabs(place, ""), "licences": load_licences(),
        "chosen": choose("", load_licences(), standing=standing_licence(place.code)),
    })  # fmt: skip


@inside()
def edition_page(request: InsideRequest, edition: int) -> HttpResponse:
    """One edition: how far it is, what may happen next, its files and its history."""
    place = request.place
    row = _edition(request, edition)
    earlier, later = versions_around(row)
    following = _next(request, row, later)
    return render(request, "reporting/edition.html", {
        "tabs": tabs(place, ""), "edition": row, "name": _name(row), "state": shown_state(row), "steps": steps(row),
        "frozen": moment(row.frozen_at), "later": later, "earlier": earlier, "next": following,
        "files": _files(row, public=False), "public_files": _files(row, public=True),
        "cases": [_case(case) for case in sorted(row.reviews.all(), key=lambda case: -case.pk)],
        "events": _events(place.code, row),
        "licences": load_licences() if following["publish"] else (),
        "licence": choose("", load_licences(), standing=standing_licence(place.code)) if following["publish"] else None,
    })  # fmt: skip


@inside()
def file(request: InsideRequest, edition: int, name: str) -> HttpResponse:
    """A file of an edition, after a look at its fingerprint."""
    row = _edition(request, edition)
    sha256 = row.files.get(name) or row.files.get(PUBLIC + name)
    if name == "data.json" and sha256 is None:
        sha256 = row.snapshot_sha256
    if not sha256:
        raise NotFound(_("Berkas ini tidak ada pada edisi tersebut."))
    return attachment(read_edition_file(request.place.code, sha256, name.rpartition(".")[2]), name)


@inside()
def changes(request: InsideRequest, edition: int) -> HttpResponse:
    """What changed from the edition before to this one, or from this one to the data of now."""
    place = request.place
    row = _edition(request, edition)
    now = request.GET.get("dengan") == "sekarang"
    other = row if now else before(row)
    figures: list[Any] = []
    texts: list[Any] = []
    if other is not None:
        old = frozen_snapshot(place.code, other.snapshot_sha256)
        new = live(place.code, place.year) if now else frozen_snapshot(place.code, row.snapshot_sha256)
        figures, texts = _changes(old, new)
    return render(request, "reporting/changes.html", {
        "tabs": tabs(place, ""), "edition": row, "name": _name(row), "other": other, "now": now, "figures": figures,
        "texts": texts,
    })  # fmt: skip


@inside(methods=("POST",))
def step(request: InsideRequest, edition: int, step: str) -> HttpResponse:
    """One step of the road: send to review, approve, return, publish or withdraw."""
    place = request.place
    verb = STEPS.get(step)
    if verb is None:
        raise NotFound(_("Langkah ini tidak ada."))
    _edition(request, edition)
    verb(request, place.code, edition)
    messages.success(request, str(DONE[step]))
    return redirect("reporting:edition", place.code, place.year, edition)


STEPS: dict[str, Callable[[InsideRequest, str, int], Any]] = {
    "kirim": lambda request, code, pk: send_to_review(request.actor, agency=code, edition=pk),
    "setujui": lambda request, code, pk: approve(request.actor, agency=code, edition=pk),
    "kembalikan": lambda request, code, pk: return_edition(
        request.actor, agency=code, edition=pk, note=request.POST.get("catatan", "")
    ),
    "terbitkan": lambda request, code, pk: publish(
        request.actor, agency=code, edition=pk, licence=request.POST.get("lisensi", "")
    ),
    "tarik": lambda request, code, pk: withdraw(
        request.actor, agency=code, edition=pk, reason=request.POST.get("catatan", "")
    ),
}


def _edition(request: InsideRequest, pk: int) -> ReportEdition:
    row = find_edition(request.place.code, pk)
    if row.year != request.place.year:
        raise NotFound(_("Edisi laporan ini tidak ditemukan."))
    return row


def _name(row: ReportEdition) -> str:
    period = edition_period(row)
    return f"{NAMES.get(row.kind, row.kind)}{f' – {period_name(period)}' if period else ''}"


def _next(request: InsideRequest, row: ReportEdition, later: ReportEdition | None) -> dict[str, bool]:
    """Which steps the person can take now: by the state of the edition and the person's rights."""
    place, state = request.place, EditionState(row.state)
    newest = later is None
    waits = row.kind in REVIEWED and not any(case.state == ReviewState.DONE.value for case in row.reviews.all())
    leads = may(request.actor, Act.APPROVE_REPORT, place.code)
    publishes = may(request.actor, Act.PUBLISH, place.code)
    pending = newest and state in (EditionState.FROZEN, EditionState.IN_REVIEW)
    return {
        "send": newest and state is EditionState.FROZEN and row.kind in REVIEWED
        and may(request.actor, Act.WRITE_REPORT, place.code),
        "approve": pending and leads and not waits, "return": pending and leads,
        "publish": newest and state is EditionState.APPROVED and publishes,
        "withdraw": state is EditionState.PUBLISHED and publishes,
        "waits_for_review": pending and waits,
        "public": state is EditionState.PUBLISHED,
    }  # fmt: skip


def _events(agency: str, row: ReportEdition) -> list[dict[str, str]]:
    """The history of an edition; its only field that changes is its state."""
    events = events_of(agency, ReportEdition.__name__, edition_key(row), most=20)
    return [event | {"did": _("mengubah keadaan") if event["old"] else _("membekukan data")} for event in events]


def _files(row: ReportEdition, *, public: bool) -> list[dict[str, str]]:
    return [
        {"name": name.removeprefix(PUBLIC), "form": FORMS.get(name.rpartition(".")[2], ""), "sha256": sha256}
        for name, sha256 in sorted(row.files.items())
        if name.startswith(PUBLIC) is public
    ]


def _case(case: Any) -> dict[str, Any]:
    state = {"dibaca": "berjalan", "gagal dibaca": "ditolak"}.get(case.state, case.state)
    return {
        "pk": case.pk, "title": case.title, "state": state, "when": moment(case.opened_at), "who": case.opened_by,
        "note": case.note, "open": case.state in ISSUED,
    }  # fmt: skip


def _changes(old: Snapshot, new: Snapshot) -> tuple[list[Any], list[Any]]:
    figures = list(figure_changes(figures_of(old), figures_of(new)))
    texts = [{"about": NARRATED.get(item.section, item.section), "change": item} for item in text_changes(old, new)]
    return figures, texts
