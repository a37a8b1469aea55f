"""The form by which a report comes in, and how an uploaded file is handed to a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from selaras.actions.evidence import Upload

ACCEPT = ".pdf,.docx,.xlsx,.html,.htm,.txt"


class ReportForm(forms.Form):
    """A report with its title and year; the file fields are drawn by the drop zone."""

    title = forms.CharField(
        label=_("Judul"), required=False, max_length=200, help_text=_("Kosongkan untuk memakai nama berkasnya.")
    )
    year = forms.IntegerField(
        label=_("Tahun laporan"), required=False, min_value=1990, max_value=2200,
        help_text=_("Kosongkan bila tertulis dalam laporan."),
    )  # fmt: skip


@contextmanager
def handed_in(*uploads: UploadedFile[bytes]) -> Iterator[Sequence[Upload]]:
    """Uploaded files as files on disk under neutral names, for as long as the verb needs them."""
    with TemporaryDirectory(prefix="selaras-reviu-") as folder:
        given = []
        for number, upload in enumerate(uploads):
            path = Path(folder) / f"unggahan-{number}"
            with path.open("wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
            given.append(Upload(path, upload.name or "laporan"))
        yield given
