"""Files that appear whole or not at all, and their fingerprints."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from selaras.core.errors import CannotRun, Fault, reason_of
from selaras.core.outage import outage_of

DRAFT = ".draf-"
OLD = 24 * 3600
"""Seconds after which a draft of another machine that shares the folder counts as left behind."""
_cleared: set[Path] = set()


@contextmanager
def written(path: Path, *, mode: int = 0o644) -> Iterator[Path]:
    """A temporary name beside `path` to write to; renamed to `path` at the end, removed if anything fails.

    What stands at `path` afterwards is on the disk, also after a loss of power. What a process that was killed left
    beside `path` is cleared away by the next that writes there. `mode`: who may read it. Raises CannotRun, which
    names the place and what to do, if the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_drafts(path.parent)
        handle, name = tempfile.mkstemp(prefix=draft_prefix(), suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(mode)
        _settle(draft)
        draft.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def clear_drafts(folder: Path, *, again: bool = False) -> int:
    """Remove from a folder what writers that were killed have left; how many. Looks once per process, or `again`."""
    if folder in _cleared and not again:
        return 0
    _cleared.add(folder)
    gone = 0
    with os.scandir(folder) as entries:
        left = [entry for entry in entries if _own_name(entry.name).startswith(DRAFT)]
    for entry in left:
        with suppress(OSError):  # another process clears away the same, or renames its draft just now
            if _is_left(entry):
                _remove(Path(entry.path))
                gone += 1
    return gone


def _own_name(name: str) -> str:
    """A draft's name; the writers of documents put one more dot before it while they write (`documents.write.delivery`)."""
    return name[1:] if name.startswith(f".{DRAFT}") else name


def draft_prefix() -> str:
    """How the name of a draft of this process begins, for folders that are drafts too."""
    return f"{DRAFT}{_machine()}-{os.getpid()}-"


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Whether nobody writes a draft any more: its process on this machine has ended, or it is a day old."""
    name = _own_name(entry.name)
    if name.startswith(draft_prefix()):
        return False
    if time.time() - entry.stat().st_mtime > OLD:
        return True
    machine, pid, *_ = f"{name.removeprefix(DRAFT)}--".split("-")
    if machine != _machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _machine() -> str:
    """The machine, as it stands in the names of drafts."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _settle(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk."""
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing
            raise
    finally:
        os.close(handle)


def not_written(path: Path, error: OSError) -> CannotRun:
    outage = outage_of(error)
    faults = (Fault(outage.kind.words, remedy=outage.kind.remedy),) if outage else ()
    return CannotRun(f"{path} tidak dapat ditulis: {reason_of(error)}.", *faults)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
