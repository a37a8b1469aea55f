"""Backups: the whole installation in one file, taken while people work, and the record that one was put back."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from selaras.actions._accounts import check_installation, rows_of
from selaras.actions._files import draft_prefix, sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, may
from selaras.core.errors import CannotRun, Fault, Refusal
from selaras.store.archive import DATABASE, Manifest, Packer
from selaras.store.dumping import dump


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its file, the SHA-256 of the file, its bytes, and what is in it."""

    path: Path
    sha256: str
    size: int
    manifest: Manifest


def back_up(by: Actor, *, path: Path) -> Backup:
    """Write database, evidence, editions, uploads and secret key to the new file `path`, readable by its owner only.

    Others may go on working: the database is of one moment, and every file that it names is in it. Raises NotAllowed,
    Refusal for a file that exists or lies in the workspace, CannotRun if it cannot be written.
    """
    made: Backup | None = None
    failure: Refusal | None = None
    if may(by, Act.GRANT, ""):
        # Outside the transaction of the record: it would keep every writer waiting for as long as this takes.
        try:
            made = _made(path.absolute())
        except Refusal as refusal:
            failure = refusal
    with traced(by, action="membuat cadangan") as trace:
        check_installation(by)
        if failure or not made:
            raise failure or CannotRun("Cadangan tidak dibuat.")
        trace |= {"file": path.name, "sha256": made.sha256, "files": len(made.manifest.members)}
    return made


def note_restored(by: Actor, *, manifest: Manifest, source: str) -> int:
    """Record in a restored installation where its content is from, and end every session that came back with it.

    Returns how many sessions ended. Raises NotAllowed.
    """
    with traced(by, action="memulihkan cadangan") as trace:
        check_installation(by)
        ended = 0
        if apps.is_installed("django.contrib.sessions"):
            ended = int(rows_of("sessions", "Session").delete()[0])
        trace |= {"file": source, "made_at": manifest.made_at, "program": manifest.program, "sessions": ended}
    return ended


def _made(path: Path) -> Backup:
    data = Path(settings.DATA)
    if path.exists():
        raise Refusal(
            f"{path} sudah ada; cadangan tidak menimpa berkas.", Fault("nama berkas", remedy="Pilih nama lain.")
        )
    if path.resolve().is_relative_to(data.resolve()):
        raise Refusal(
            "Cadangan di dalam folder kerja akan hilang bersamanya.",
            Fault("tempat cadangan", read=str(path), expected=f"di luar {data}"),
        )
    made_at = timezone.localtime().isoformat(timespec="seconds")
    with written(path, mode=0o600) as draft:
        with (
            tempfile.TemporaryDirectory(prefix=draft_prefix(), dir=draft.parent) as name,
            zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed,
        ):
            packer = Packer(packed)
            packer.add_folder(data)  # before the database, so that what it names cannot have been removed meanwhile
            vendor = dump(Path(name) / "database")
            packer.add(DATABASE[vendor], Path(name) / "database")
            packer.add_folder(data)  # what came while the database was copied
            manifest = packer.finish(made_at=made_at, vendor=vendor)
        digest, size = sha256_of(draft), draft.stat().st_size
    return Backup(path, digest, size, manifest)
