"""Tables of the nation as files: who may take them, as a spreadsheet or with commas, and that nothing is cut unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from selaras.analytics.exact import bare
from selaras.analytics.kept import Kept
from selaras.core.access import Act, check
from selaras.core.errors import NotFound
from selaras.documents.package import comma_lines
from selaras.documents.write.listing import grid
from selaras.web.exporting import MOST_ROWS, XLSX
from selaras.web.nation.frame import Side, count, paged, show, year_choices

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]
"""A table to be given out: its title, heads and rows. Rows may be made while they are sent; they ask no database."""
FORMS = ("xlsx", "csv")


def exported(
    request: Any, side: Side, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse | None:
    """The table as XLSX or CSV if the address asks for it; None if it does not. Raises NotAllowed.

    CSV has every row and is sent as it is made. XLSX has as many as are made while somebody waits (`MOST_ROWS`); its last
    line says how many are missing and that the CSV has them.
    """
    form = request.GET.get("format", "")
    if form not in FORMS:
        return None
    if not side.public:
        for code in sorted(side.agencies if side.agencies is not None else {""}):
            check(request.actor, Act.EXPORT, code)
    if form == "xlsx":
        cut = _("TERPOTONG: %(n)s baris lagi tidak termuat dalam lembar ini. Seluruhnya ada pada berkas CSV tabel ini.")
        answer = HttpResponse(grid(title, heads, rows, most=MOST_ROWS, cut=cut), content_type=XLSX)
    else:
        lines = comma_lines(heads, ([_plain(cell) for cell in row] for row in rows))
        streamed = StreamingHttpResponse(_spoken(lines, get_language()), content_type="text/csv; charset=utf-8")
        answer = cast("HttpResponse", streamed)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{slugify(title)[:120]}.{form}"
    )
    return answer


def exported_of(request: Any, side: Side, sheets: dict[str, Sheet], *, bare: str = "") -> HttpResponse | None:
    """One of several tables of a page, the one that the address names (`tabel`, else `bare`), as XLSX or CSV.

    Raises NotFound and NotAllowed.
    """
    if not request.GET.get("format"):
        return None
    name = request.GET.get("tabel", bare)
    if name not in sheets:
        raise NotFound(_("Tabel ini tidak ada."))
    return exported(request, side, *sheets[name])


def exports_of(request: HttpRequest, sheets: dict[str, Sheet]) -> list[dict[str, str]]:
    """The tables of a page with their addresses as XLSX and CSV."""
    return [{"title": title, **exports(request, tabel=name)} for name, (title, _heads, _rows) in sheets.items()]


def exports(request: HttpRequest, rows: int = 0, **more: str) -> dict[str, str]:
    """The addresses of the page's table as XLSX and CSV; with a note where it has more `rows` than a spreadsheet takes."""
    asked = {key: value for key, value in request.GET.items() if key not in {"halaman", "format"} and value} | more
    found = {form: f"?{urlencode(asked | {'format': form})}" for form in FORMS}
    if rows > MOST_ROWS:
        found["note"] = _("XLSX memuat %(n)s baris pertama; CSV memuat seluruhnya.") % {"n": count(MOST_ROWS)}
    return found


def listed(
    request: Any,
    side: Side,
    data: Kept,
    year: int,
    sheet: Sheet,
    template: str,
    rows: Sequence[Any],
    line: Callable[[Any], dict[str, Any]],
    **context: Any,
) -> HttpResponse:
    """A page with one long list: as a file if the address asks for it, else page by page; `line` makes a row of the page."""
    file = exported(request, side, *sheet)
    if file is not None:
        return file
    page = paged(request, rows)
    return show(
        request,
        side,
        template,
        {
            "of_year": year,
            "years": year_choices(request, data, year),
            "page": page,
            "total": count(len(rows)),
            "files": exports(request, len(rows)),
            "lines": [line(row) for row in page],
            **context,
        },
    )


def yes_no(flag: bool | None) -> str:
    """A flag in a file; nothing where it is not known."""
    return "" if flag is None else "ya" if flag else "tidak"


def _spoken(lines: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """The pieces in the language of the request, which is over when they are made."""
    while True:
        with override(language):
            piece = next(lines, None)
        if piece is None:
            return
        yield piece


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(bare(cell), "f")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
