"""Putting a backup back into a workspace: everything is checked and unpacked beside first, what was there is kept.

Nothing here needs Django: the workspace is opened afterwards.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.store import LOCK_NAME, alone, dumping
from selaras.store.archive import DATABASE, FILES, Manifest, read_manifest, unpack
from selaras.store.database import database

SQLITE = "django.db.backends.sqlite3"
BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `aside` is where the workspace from before lies, `schema` the one in PostgreSQL, else empty."""

    manifest: Manifest
    aside: str
    schema: str


def restore(path: Path, data: Path, *, stamp: str, replace: bool = False) -> Restored:
    """Put a backup into the workspace `data`, which must be empty; with `replace` what is there is put aside.

    `stamp` (digits) names what is put aside. DATABASE_URL decides the database, as always. Raises Refusal for a
    damaged backup, a database of another kind, a workspace that is in use or not empty; CannotRun if it cannot write.
    """
    manifest = read_manifest(path)
    data = data.absolute()
    described = database(os.environ.get("DATABASE_URL", ""), data)
    _check_kind(manifest, described)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with alone(data):
            _check_free(data, described, replace=replace)
            with tempfile.TemporaryDirectory(prefix=".pemulihan-", dir=data) as name:
                unpack(path, Path(name))
                return _moved(manifest, Path(name), data, described, stamp)
    except OSError as error:
        raise CannotRun(f"Folder kerja {data} tidak dapat dipakai: {reason_of(error)}.") from error


def _moved(manifest: Manifest, fresh: Path, data: Path, described: dict[str, Any], stamp: str) -> Restored:
    copy = fresh / DATABASE[manifest.vendor]
    schema = ""
    if manifest.vendor == "sqlite":
        dumping.check_copy(copy)
        target = Path(described["NAME"])
        aside = _put_aside(data, stamp, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.chmod(0o600)
        shutil.move(copy, target)
    else:
        schema = dumping.put_aside(described, stamp) if dumping.tables_in(described) else ""
        try:
            dumping.fill(described, copy)
        except CannotRun:
            if schema:
                dumping.take_back(described, schema)
            raise
        aside = _put_aside(data, stamp, None)
    for entry in sorted((fresh / FILES).iterdir()) if (fresh / FILES).is_dir() else ():
        entry.rename(data / entry.name)
    return Restored(manifest, str(aside) if aside else "", schema)


def _put_aside(data: Path, stamp: str, target: Path | None) -> Path | None:
    """Move what lies in the workspace into a hidden folder of it: a rename, also where the workspace is a mounted disk."""
    there = [entry for entry in data.iterdir() if not entry.name.startswith(".")]
    if target is not None and target.parent != data:
        there += [path for end in BESIDE if (path := target.with_name(target.name + end)).exists()]
    if not there:
        return None
    aside = data / f".sebelum-{stamp}"
    aside.mkdir(mode=0o700)
    for entry in there:
        shutil.move(entry, aside / entry.name)
    return aside


def _check_kind(manifest: Manifest, described: dict[str, Any]) -> None:
    here = "sqlite" if described["ENGINE"] == SQLITE else "postgresql"
    if here != manifest.vendor:
        raise Refusal(
            f"Cadangan ini dari {manifest.vendor}, sedangkan instalasi ini memakai {here}.",
            Fault("jenis basis data berbeda", read=manifest.vendor, expected=here,
                  remedy="Atur DATABASE_URL ke basis data sejenis, lalu pulihkan."),
        )  # fmt: skip


def _check_free(data: Path, described: dict[str, Any], *, replace: bool) -> None:
    """Refuse a workspace with something in it, or one that somebody uses."""
    sqlite = described["ENGINE"] == SQLITE
    target = Path(described["NAME"])
    full = [
        entry.name for entry in data.iterdir() if entry.name != LOCK_NAME and not entry.name.startswith(".sebelum-")
    ]
    if sqlite and target.exists():
        full.append(target.name)
    if not sqlite and dumping.tables_in(described):
        full.append(f"basis data {described['NAME']}")
    if full and not replace:
        raise Refusal(
            f"{data} tidak kosong; tidak ada yang dipulihkan.",
            Fault("sudah ada isinya", read=", ".join(sorted(set(full))[:5]), expected="folder dan basis data kosong",
                  remedy="Sebutkan folder lain dengan --data, atau --replace: isi yang lama disisihkan, bukan dihapus."),
        )  # fmt: skip
    if sqlite and target.exists():
        dumping.check_unused(target)
