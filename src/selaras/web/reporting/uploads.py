"""A file that a browser sends, on disk for as long as a verb needs it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(upload: UploadedFile[bytes]) -> Iterator[Path]:
    """The content of an upload as a file, removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unggahan"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        yield path
