"""Files that the public sends with a request or a message: few, small, looked at like every evidence, named by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from selaras.actions._content import FileKind
from selaras.actions._keeping import Upload, keep, kind_taken, not_taken
from selaras.actions._scanning import scan
from selaras.core.errors import Fault, Refusal

MOST_FILES = 3
MOST_CLIENT_BYTES = 5 << 20


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file with what it is by its content; None for one that is not taken."""

    upload: Upload
    kind: FileKind | None


def looked_at(uploads: Sequence[Upload]) -> list[LookedAt]:
    """Look at files, the virus scanner too; call outside a transaction. Raises Refusal, CannotRun."""
    if len(uploads) > MOST_FILES:
        fault = Fault("terlalu banyak berkas", read=str(len(uploads)), expected=f"paling banyak {MOST_FILES} berkas")
        raise Refusal("Lampiran tidak diterima.", fault)
    found = []
    for upload in uploads:
        size = upload.path.stat().st_size
        if size > MOST_CLIENT_BYTES:
            fault = Fault(
                "berkas terlalu besar", read=upload.name, expected=f"paling besar {MOST_CLIENT_BYTES >> 20} MB",
                remedy="Perkecil berkasnya atau bawa ke loket.",
            )  # fmt: skip
            raise Refusal("Lampiran tidak diterima.", fault)
        kind = kind_taken(upload)
        if kind is not None:
            scan(upload.path, upload.name)
        found.append(LookedAt(upload, kind))
    return found


def kept(agency: str, files: Sequence[LookedAt], stem: str) -> list[tuple[str, str]]:
    """Keep files that were looked at; stored name and SHA-256 of each.

    `stem` stands instead of the sender's name for the file, which may tell who it is. Raises Refusal for a kind that is
    not taken, CannotRun.
    """
    for file in files:
        if file.kind is None:
            raise not_taken(file.upload)
    return [
        keep(agency, Upload(file.upload.path, f"{stem}{Path(file.upload.name).suffix}"), file.kind.suffix)
        for file in files
        if file.kind is not None
    ]
