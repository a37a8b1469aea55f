"""Documents of evaluations sent to a browser: composed into a folder of their own, sent, gone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from selaras.actions.evaluation_documents import compose_letter, compose_many, write_sheet
from selaras.core.errors import NotFound, Refusal
from selaras.web.gate import InsideRequest
from selaras.web.reporting.sending import attachment

LETTERS = ("pdf", "docx", "xlsx")


def letter_file(request: InsideRequest, evaluation: int, form: str) -> HttpResponse:
    """The LHE as a file. Raises NotFound for another form."""
    if form not in LETTERS:
        raise NotFound(_("Bentuk berkas ini tidak ada."))
    with tempfile.TemporaryDirectory(prefix="selaras-lhe-") as folder:
        (path,) = compose_letter(
            request.actor, agency=request.place.code, evaluation=evaluation, formats=[form], output=Path(folder)
        )
        return attachment(path.read_bytes(), path.name)


def sheet_file(request: InsideRequest, evaluation: int) -> HttpResponse:
    """The LKE as a workbook that calculates."""
    with tempfile.TemporaryDirectory(prefix="selaras-lke-") as folder:
        path = write_sheet(request.actor, agency=request.place.code, evaluation=evaluation, output=Path(folder))
        return attachment(path.read_bytes(), path.name)


def bundle_of(request: InsideRequest, evaluations: Sequence[int], *, drafts: bool) -> HttpResponse:
    """The LHE of several units in one archive, with `drafts` also what is not final.

    Raises Refusal where none of them has an evaluation.
    """
    if not evaluations:
        raise Refusal(_("Unit yang dipilih belum mempunyai evaluasi."))
    with tempfile.TemporaryDirectory(prefix="selaras-lhe-") as folder:
        path = compose_many(
            request.actor, agency=request.place.code, year=request.place.year, evaluations=evaluations,
            drafts=drafts, output=Path(folder),
        )  # fmt: skip
        return attachment(path.read_bytes(), path.name)
