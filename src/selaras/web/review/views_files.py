"""Files of a review: pictures of pages, the report as it came in, and the review to take away."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from selaras.core.errors import NotFound
from selaras.rulebook import load
from selaras.store.models import ReviewCase
from selaras.store.reviews import file_at, pictures_at, visible_case
from selaras.web.gate import InsideRequest, inside
from selaras.web.review.case_page import lines_of
from selaras.web.review.papers import FORMS, bytes_of, today
from selaras.web.review.reviewed import reviewed_of
from selaras.web.review.views_case import UNREAD


@inside()
def picture(request: InsideRequest, case: int, page: int) -> HttpResponse:
    """The picture of one page, drawn by us from the report."""
    row = visible_case(request.actor, request.place.code, case)
    return page_picture(row, page)


def page_picture(row: ReviewCase, page: int) -> HttpResponse:
    """The picture of a page as an answer that the person's own browser may keep. Raises NotFound."""
    path = pictures_at(row.agency.code, row.file) / f"{page}.jpg"
    if not row.file or not path.is_file():
        raise NotFound(_("Gambar halaman ini tidak ada."))
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return cast("HttpResponse", answer)


@inside()
def original(request: InsideRequest, case: int) -> HttpResponse:
    """The report as it came in; always to be saved, never to be run in the page."""
    row = visible_case(request.actor, request.place.code, case)
    return as_attachment(row)


def as_attachment(row: ReviewCase) -> HttpResponse:
    """The file of a case as something to be saved. Raises NotFound."""
    path = file_at(row.agency.code, row.file)
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type="application/octet-stream"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return cast("HttpResponse", answer)


@inside()
def download(request: InsideRequest, case: int, form: str) -> HttpResponse:
    """The review as a file: marked PDF, working paper, page, JSON or SARIF."""
    if form not in FORMS:
        raise NotFound(_("Bentuk unduhan ini tidak ada."))
    row = visible_case(request.actor, request.place.code, case)
    if row.state in UNREAD:
        raise NotFound(_("Laporan ini belum selesai dibaca."))
    decisions = list(row.decisions.all())
    answers = {item.point: (item.answer, item.note) for item in row.checks.all()}
    content = bytes_of(form, reviewed_of(row, decisions), load(today()), answers, lines_of(row, decisions))
    end, kind = FORMS[form]
    answer = HttpResponse(content, content_type=kind)
    stem = Path(row.file).stem.replace('"', "") or "laporan"
    ascii_stem = stem.encode("ascii", "ignore").decode() or "laporan"
    answer["Content-Disposition"] = f'attachment; filename="{ascii_stem}-{end}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
