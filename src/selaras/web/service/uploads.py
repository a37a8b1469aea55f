"""Files that come with a public form: on disk for as long as the verb needs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from selaras.actions.ticket_files import MOST_CLIENT_BYTES, MOST_FILES, Upload
from selaras.core.errors import Fault, Refusal


@contextmanager
def on_disk(files: Sequence[UploadedFile[Any]]) -> Iterator[list[Upload]]:
    """Uploaded files as the verbs take them. Raises Refusal for too many or too large ones before anything is written."""
    if len(files) > MOST_FILES or any((file.size or 0) > MOST_CLIENT_BYTES for file in files):
        expected = f"paling banyak {MOST_FILES} berkas, masing-masing paling besar {MOST_CLIENT_BYTES >> 20} MB"
        raise Refusal(
            "Lampiran tidak diterima.", Fault("lampiran terlalu banyak atau terlalu besar", expected=expected)
        )
    with tempfile.TemporaryDirectory(prefix="selaras-lampiran-") as folder:
        made = []
        for number, file in enumerate(files):
            path = Path(folder) / f"{number}"
            with path.open("wb") as target:
                for chunk in file.chunks():
                    target.write(chunk)
            made.append(Upload(path, Path(file.name or "berkas").name))
        yield made
