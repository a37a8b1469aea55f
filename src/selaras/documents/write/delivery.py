"""Putting a finished file in its place."""

from __future__ import annotations

import os
from pathlib import Path

from selaras.core.errors import CannotRun, Fault, reason_of
from selaras.core.outage import outage_of
from selaras.core.place import Place


def deliver(content: bytes, path: Path) -> None:
    """Write `content` to `path` at once, so that nobody ever reads half of it.

    Raises CannotRun naming the file if the folder does not exist or may not be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as broken:
        beside.unlink(missing_ok=True)
        outage = outage_of(broken)
        remedy = outage.kind.remedy if outage else "Periksa apakah foldernya ada dan boleh ditulisi."
        fault = Fault(f"tidak dapat ditulis: {reason_of(broken)}", Place(source=str(path)), remedy=remedy)
        raise CannotRun("Berkas tidak ditulis.", fault) from broken
