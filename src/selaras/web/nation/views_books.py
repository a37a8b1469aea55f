"""Report books: which there are, how their last run went, a new or changed one, and having one made at the next turn."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.actions import books as verbs
from selaras.core.access import Act
from selaras.core.errors import Refusal
from selaras.core.nation.books import Book, Origin, Rhythm
from selaras.core.period import Span
from selaras.core.reporting import KINDS
from selaras.documents.write import FORMATS
from selaras.store.books import file_of, find_book, lines_of, papers_of, waiting_books
from selaras.store.models import ReportBook
from selaras.store.models.nation import BookState
from selaras.web.core_words import word
from selaras.web.days import format_date
from selaras.web.nation.frame import Side, count, for_insiders, paged, show

FAILED = "gagal"
MOST_FAILURES = 50
"""Documents of one cause that the page names; the list beside the documents has every one."""
SUMMARY = {
    "dokumen": gettext_lazy("Dokumen"), "baru": gettext_lazy("Disusun"), "tetap": gettext_lazy("Tidak berubah"),
    "gagal": gettext_lazy("Gagal"), "berkesalahan": gettext_lazy("Data masih keliru"), "detik": gettext_lazy("Detik"),
}  # fmt: skip


@for_insiders(Act.KEEP_BOOKS)
def books(request: Any, side: Side) -> HttpResponse:
    """Every book with its last run."""
    today = timezone.localdate()
    rows, kept = [], list(ReportBook.objects.all())
    due = {row.code for row in waiting_books(kept, today)}
    for row in kept:
        rows.append(
            {
                "row": row,
                "kinds": ", ".join(word(KINDS.get(kind, kind)) for kind in row.kinds),
                "scope": _scope(row),
                "state": word(row.state),
                "due": row.code in due,
                "running": row.state == BookState.RUNNING.value,
                "when": format_date(timezone.localtime(row.last_at).date()) if row.last_at else "",
                "url": side.url("book", row.code),
                "made": count(row.last_summary.get("dokumen", 0)),
                "failed": row.last_summary.get("gagal", 0),
            }
        )
    return show(
        request, side, "nation/books.html", {"title": _("Buku laporan"), "lines": rows, "new_url": side.url("book_new")}
    )


@for_insiders(Act.KEEP_BOOKS, methods=("GET", "POST"))
def book(request: Any, side: Side, code: str = "") -> HttpResponse:
    """One book: its scope and rhythm, to be changed, asked for or removed."""
    row = find_book(code) if code else None
    faults: list[str] = []
    if request.method == "POST":
        try:
            return _done(request, side, code)
        except Refusal as refusal:
            faults = [fault.sentence() for fault in refusal.faults] or [refusal.message]
    given = request.POST if faults else None
    made = lines_of(row) if row else []
    page = paged(request, [line for line in made if line["state"] != FAILED])
    return show(request, side, "nation/book.html", {
        "title": row.name if row else _("Buku baru"), "row": row, "faults": faults, "given": _given(given, row),
        "kinds": [(key, words, key in _listed(given, row, "kinds", ["lkjip"])) for key, words in KINDS.items()],
        "formats": [(one, one in _listed(given, row, "formats", ["pdf"])) for one in FORMATS],
        "origins": list(Origin), "rhythms": list(Rhythm), "spans": [Span.YEAR, Span.QUARTER, Span.MONTH],
        "crumbs": [(_("Buku laporan"), side.url("books")), (row.name if row else _("Buku baru"), "")],
        "summary": [(SUMMARY.get(name, name), count(amount)) for name, amount in (row.last_summary if row else {}).items()],
        "command": f"selaras book run {row.code}" if row else "",
        "failures": _causes([_line(side, code, line) for line in made if line["state"] == FAILED]),
        "page": page, "documents": [_line(side, code, line) for line in page], "amount": count(page.paginator.count),
        "papers": [(name, side.url("book_file", code, name)) for name in (papers_of(row) if row else [])],
    })  # fmt: skip


@for_insiders(Act.KEEP_BOOKS)
def file(request: Any, side: Side, code: str, name: str) -> HttpResponse:
    """A document or list of the last run of a book."""
    del request, side
    path = file_of(find_book(code), name)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type="application/octet-stream"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return cast("HttpResponse", answer)


def _line(side: Side, code: str, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "agency": line["agency"], "office": line["office"] or line["agency"], "kind": KINDS.get(line["kind"], line["kind"]),
        "cause": line["cause"], "remedy": line["remedy"], "detail": line.get("detail", ""),
        "errors": count(line.get("errors", 0)) if line.get("errors") else "",
        "files": [(name, side.url("book_file", code, name)) for name, _sha256, _size in line["files"]],
    }  # fmt: skip


def _causes(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The failed documents by cause and remedy, the most frequent first."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in lines:
        groups.setdefault((line["cause"], line["remedy"]), []).append(line)
    return [
        {"cause": cause, "remedy": remedy, "amount": count(len(group)), "lines": group[:MOST_FAILURES],
         "rest": count(len(group) - MOST_FAILURES) if len(group) > MOST_FAILURES else ""}
        for (cause, remedy), group in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]  # fmt: skip


def _done(request: Any, side: Side, code: str) -> HttpResponse:
    form = request.POST
    if form.get("hapus") and code:
        verbs.remove_book(request.actor, code=code)
        messages.success(request, _("Buku dihapus; berkas yang sudah disusun tetap ada."))
        return redirect(side.url("books"))
    if form.get("susun") and code:
        verbs.ask_for_book(request.actor, code=code)
        messages.success(request, _("Buku akan disusun pada giliran berikutnya."))
        return redirect(side.url("book", code))
    made = verbs.save_book(request.actor, book=_book(form, code), active="active" in form)
    messages.success(request, _("Buku %(name)s disimpan.") % {"name": made.name})
    return redirect(side.url("book", made.code))


def _book(form: Any, code: str) -> Book:
    try:
        return Book(
            code or form.get("code", "").strip(),
            form.get("name", "").strip(),
            tuple(form.getlist("kinds")),
            tuple(part for part in form.get("agencies", "").replace(",", " ").split() if part),
            tuple(form.getlist("formats")),
            Origin(form.get("origin", "")),
            Rhythm(form.get("rhythm", "")),
            int(form["year"]) if form.get("year", "").strip() else None,
            Span(form.get("span") or Span.YEAR.value),
            int(form.get("index") or 1),
        )
    except ValueError as error:
        raise Refusal(_("Isian buku tidak terbaca; periksa tahun dan pilihannya.")) from error


def _listed(given: Any, row: ReportBook | None, name: str, bare: list[str]) -> list[str]:
    if given is not None:
        return list(given.getlist(name))
    return list(getattr(row, name)) if row else bare


def _given(given: Any, row: ReportBook | None) -> dict[str, Any]:
    if given is not None:
        return {**given.dict(), "active": "active" in given}
    if row is None:
        return {
            "origin": Origin.PUBLISHED.value,
            "rhythm": Rhythm.YEARLY.value,
            "span": Span.YEAR.value,
            "index": 1,
            "active": True,
        }
    return {"code": row.code, "name": row.name, "agencies": ", ".join(row.agencies), "origin": row.origin, "rhythm": row.rhythm,
            "year": row.year or "", "span": row.span, "index": row.index, "active": row.active}  # fmt: skip


def _scope(row: ReportBook) -> str:
    return _("%(n)s instansi") % {"n": count(len(row.agencies))} if row.agencies else _("semua instansi")
