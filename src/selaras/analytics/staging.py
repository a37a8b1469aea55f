"""Partitions put in place together: copied aside and checked, listed in a journal, then moved by renames alone.

Until the journal stands nothing of the target has changed; once it stands, everything needed is on the disk of the target
and the moves can be done again: the next run that gathers or publishes there finishes what a killed one had begun.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from selaras.analytics.manifest import REPUBLISH, Manifest, name_of
from selaras.core.errors import CannotRun, Fault, Refusal, reason_of
from selaras.core.place import Place

JOURNAL, DRAFTS, LOCK = ".kumpul.json", ".kumpul-", ".kunci"
BLOCK = 1 << 20


@dataclass(slots=True)
class Stage:
    """A folder inside the target that holds partitions which are not in place yet."""

    root: Path
    folder: Path
    moves: list[tuple[str, str]] = field(default_factory=list)
    """What is moved where, from `folder` and from `root`: the files of a partition before its manifest."""

    def add(self, source: Path, manifest: Manifest) -> None:
        """Copy a partition here. Raises Refusal for a file that is not (or no longer) what its manifest says."""
        place = self.folder / str(len(self.moves))
        place.mkdir()
        for part in manifest.tables.values():
            if _copied(source / part.file, place / part.file) != part.sha256:
                fault = Fault("berkas berubah selagi disalin", Place(source=str(source / part.file)), remedy=REPUBLISH)
                raise Refusal("Data nasional tidak dikumpulkan; tidak ada yang disalin.", fault)
            self.moves.append((f"{place.name}/{part.file}", f"{manifest.folder}/{part.file}"))
        name = name_of(inside=manifest.inside)
        _written(place / name, manifest.text())
        self.moves.append((f"{place.name}/{name}", f"{manifest.folder}/{name}"))
        _sync(place)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """The folder `root` for this process alone, for as long as it writes there; readers need no lock.

    The lock goes with its process, however that ends. Raises CannotRun where another process is writing, or none can.
    """
    try:
        import fcntl
    except ImportError:  # there is none on Windows
        yield
        return
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = (root / LOCK).open("a")
    except OSError as error:
        raise CannotRun(f"{root} tidak dapat ditulis: {reason_of(error)}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            fault = Fault(
                "selaras publish atau selaras gather lain belum selesai", remedy="Ulangi sesudah itu selesai."
            )
            raise CannotRun(f"{root} sedang ditulis proses lain.", fault) from error
        yield


@contextlib.contextmanager
def staged(root: Path) -> Iterator[Stage]:
    """A stage in the folder `root`; what was not put in place is gone afterwards. Raises CannotRun."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        stage = Stage(root, Path(tempfile.mkdtemp(prefix=DRAFTS, dir=root)))
        try:
            yield stage
        finally:
            if not (root / JOURNAL).exists():  # else what is here is needed to finish
                shutil.rmtree(stage.folder, ignore_errors=True)
    except OSError as error:
        raise CannotRun(f"{root} tidak dapat ditulis: {reason_of(error)}.") from error


def put_all(stage: Stage) -> None:
    """Put everything in place: from here on it will all be there, whatever happens."""
    for _, target in stage.moves:
        (stage.root / target).parent.mkdir(parents=True, exist_ok=True)
    _sync(stage.folder)
    draft = stage.folder / JOURNAL
    _written(draft, json.dumps({"stage": stage.folder.name, "moves": stage.moves}))
    draft.replace(stage.root / JOURNAL)
    _sync(stage.root)
    finish_gathering(stage.root)


def finish_gathering(root: Path) -> None:
    """Do what a journal says is left to do, and clear away what never came to be listed. Raises CannotRun."""
    journal = root / JOURNAL
    try:
        if journal.exists():
            told = json.loads(journal.read_text("utf-8"))
            folder = root / Path(told["stage"]).name
            for source, target in told["moves"]:
                if (folder / source).exists():
                    (root / target).parent.mkdir(parents=True, exist_ok=True)
                    (folder / source).replace(root / target)
                    _sync((root / target).parent)
            journal.unlink()
            _sync(root)
        for left in root.glob(f"{DRAFTS}*"):
            shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise CannotRun(f"{root} tidak dapat ditulis: {reason_of(error)}.") from error


def _copied(source: Path, target: Path) -> str:
    """Copy a file and give the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as given, target.open("wb") as made:
        while block := given.read(BLOCK):
            digest.update(block)
            made.write(block)
        made.flush()
        os.fsync(made.fileno())
    return digest.hexdigest()


def _written(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
