"""The backup file: a zip of the database, the files of the workspace and a manifest with the hash of each.

Nothing here needs Django, because a backup is opened before there is a workspace. A backup holds the secret key and
everybody's data: it is as secret as the workspace itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from selaras import __version__
from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.core.place import Place
from selaras.store import KEY_NAME
from selaras.store.database import FILE_NAME

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files/"
CHUNK = 1 << 20
PASSING = frozenset(
    {
        "incoming",
        "verifications",
        "setup.code",
        FILE_NAME,
        f"{FILE_NAME}-wal",
        f"{FILE_NAME}-shm",
        f"{FILE_NAME}-journal",
    }
)
"""What lies in a workspace and is not kept: uploads on their way, the one-time code, and the database's own files."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup: its name in the zip, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `made_at` in ISO 8601 with its zone, `vendor` is `sqlite` or `postgresql`."""

    made_at: str
    program: str
    vendor: str
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of everything, unpacked."""
        return sum(member.size for member in self.members)

    @property
    def has_key(self) -> bool:
        """Whether the secret key is in it; one that comes from the environment is not."""
        return any(member.name == FILES + KEY_NAME for member in self.members)


class Packer:
    """Writes a backup file by file."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._members: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> None:
        """Add one file under its name; the hash is of what was written."""
        with path.open("rb") as file:
            digest, size = hashlib.sha256(), 0
            with self._packed.open(name, "w", force_zip64=True) as out:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
        self._members[name] = Member(name, size, digest.hexdigest())

    def add_folder(self, data: Path) -> None:
        """Add the files of the workspace that are not in yet; those that go away meanwhile are left out."""
        for name, path in kept_files(data):
            if FILES + name not in self._members:
                try:
                    self.add(FILES + name, path)
                except FileNotFoundError:
                    continue  # removed since it was listed; a database that still needed it would have it listed before

    def finish(self, *, made_at: str, vendor: str) -> Manifest:
        """Write the manifest as the last member."""
        manifest = Manifest(made_at, __version__, vendor, tuple(self._members.values()))
        self._packed.writestr(
            MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        )
        return manifest


def kept_files(data: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a workspace that a backup keeps, by its name below the workspace; hidden ones are drafts."""
    for folder, below, names in os.walk(data, followlinks=True):
        here = Path(folder)
        top = here == data
        below[:] = sorted(name for name in below if not name.startswith(".") and not (top and name in PASSING))
        for name in sorted(names):
            if not name.startswith(".") and not (top and name in PASSING):
                yield (here / name).relative_to(data).as_posix(), here / name


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself. Raises CannotRun for a file that is not there, Refusal for one that is no backup."""
    with _opened(path) as packed:
        return _manifest(packed, path)


def unpack(path: Path, into: Path) -> Manifest:
    """Write every file of a backup into the empty folder `into` and compare each with its hash.

    Raises Refusal with every file that is damaged, missing or not named in the manifest, CannotRun without room.
    """
    with _opened(path) as packed:
        manifest = _manifest(packed, path)
        free = shutil.disk_usage(into).free
        if free < manifest.size:
            raise CannotRun(f"Ruang pada {into} tidak cukup: perlu {manifest.size} bita, tersisa {free} bita.")
        listed = {member.name for member in manifest.members}
        faults = [
            _fault(path, name, "tidak ada dalam daftar isi") for name in set(packed.namelist()) - listed - {MANIFEST}
        ]
        for member in manifest.members:
            faults += _unpacked(packed, member, into, path)
    if faults:
        raise Refusal(f"Cadangan {path.name} rusak; tidak ada yang dipulihkan.", *faults)
    return manifest


def _unpacked(packed: zipfile.ZipFile, member: Member, into: Path, source: Path) -> list[Fault]:
    target = into / member.name
    digest = hashlib.sha256()
    try:
        with packed.open(member.name) as file:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                _copy(file, out, digest, member.size)
    except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return [_fault(source, member.name, "hilang atau tidak terbaca")]
    except OSError as error:
        raise CannotRun(f"{target} tidak dapat ditulis: {reason_of(error)}.") from error
    target.chmod(0o600 if member.name == FILES + KEY_NAME else 0o644)
    if digest.hexdigest() == member.sha256:
        return []
    return [_fault(source, member.name, "isinya bukan yang dahulu dicadangkan")]


def _copy(file: IO[bytes], out: IO[bytes], digest: hashlib._Hash, size: int) -> None:
    """Copy at most one byte more than was promised: a longer file is found out by its hash, not by a full disk."""
    left = size + 1
    while left and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        out.write(chunk)
        left -= len(chunk)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Refusal(f"{path.name} bukan berkas cadangan, atau terpotong.") from error
    except OSError as error:
        raise CannotRun(f"{path} tidak dapat dibuka: {reason_of(error)}.") from error


def _manifest(packed: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        told = json.loads(packed.read(MANIFEST))
        members = tuple(Member(str(item["name"]), int(item["size"]), str(item["sha256"])) for item in told["members"])
        manifest = Manifest(str(told["made_at"]), str(told["program"]), str(told["vendor"]), members)
        kind = int(told["format"])
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise Refusal(f"{path.name} bukan berkas cadangan Selaras: daftar isinya tidak terbaca.") from error
    if kind > FORMAT or _version(manifest.program) > _version(__version__):
        raise Refusal(
            f"Cadangan {path.name} dibuat oleh Selaras {manifest.program}, yang lebih baru daripada {__version__} ini.",
            Fault("versi program", Place(source=path.name), read=manifest.program, remedy="Perbarui Selaras dahulu."),
        )  # fmt: skip
    if DATABASE.get(manifest.vendor) not in {member.name for member in members}:
        raise Refusal(f"Cadangan {path.name} tidak memuat basis data.")
    if wrong := [member.name for member in members if not _safe(member.name)]:
        raise Refusal(f"Cadangan {path.name} memuat nama berkas yang tidak diterima: {wrong[0]}.")
    return manifest


def _safe(name: str) -> bool:
    """Whether a name stays below its folder on every system."""
    parts = PurePosixPath(name).parts
    inside = name in DATABASE.values() or (name.startswith(FILES) and len(parts) > 1)
    foreign = "\0" if os.sep == "/" else "\\\0:"
    return inside and ".." not in parts and not set(name) & set(foreign)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def _fault(source: Path, name: str, words: str) -> Fault:
    return Fault(f"berkas {name} {words}", Place(source=source.name), remedy="Pakai cadangan yang lain.")
