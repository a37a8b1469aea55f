"""Files as they come in and go out: on disk for as long as a verb needs them, sent so that no browser runs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse

from selaras.actions.evidence import Upload
from selaras.store.evidence import path_of


@contextmanager
def on_disk(file: UploadedFile[Any] | None) -> Iterator[Upload | None]:
    """An uploaded file for as long as its content is needed."""
    if file is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="selaras-evaluasi-") as folder:
        path = Path(folder) / Path(file.name or "berkas").name[:60]  # a refusal names it as its sender does
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        yield Upload(path, Path(file.name or "berkas").name)


def stored(agency: str, name: str) -> HttpResponse:
    """A stored file as a download. Raises NotFound where it is not in the store."""
    path = path_of(agency, name)
    # The browser closes the file with the answer.
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=plain_name(name), content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


def plain_name(file: str) -> str:
    """The name people know: what stands after the digest of the content."""
    return file.partition("-")[2] or file


def is_link(target: str) -> bool:
    """Whether a target leads out of the store."""
    return target.startswith(("http://", "https://"))
