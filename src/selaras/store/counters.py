"""Counters that several server processes keep side by side: each in a mapped file of its own, added up when asked.

A process writes only its own file, so counting takes no lock between processes and no query. The space is reserved before
it is used: a full disk makes a process count in memory alone, and never stops it.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER = ".metrics"
"""Where they lie in the workspace; hidden, so that no backup keeps them."""
FIRST = 1 << 16
MOST = 1 << 22
"""Bytes that one process may fill; what is new after that is not counted any more."""
HEAD = struct.Struct("<Q")
SIZE = struct.Struct("<I")
VALUE = struct.Struct("<d")
Labels = tuple[tuple[str, str], ...]
Key = tuple[str, Labels]


class Counters:
    """The counters of this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._pid = 0
        self._places: dict[Key, int] = {}
        self._used = HEAD.size
        self._map: mmap.mmap | None = None

    def add(self, name: str, amount: float = 1.0, **labels: str) -> None:
        """Count `amount` more under a name and its labels."""
        key = (name, tuple(sorted(labels.items())))
        with self._guard:
            if self._pid != os.getpid():  # a child of the process that made us
                self._begin()
            place = self._places.get(key)
            if place is None:
                place = self._new(key)
            if place and self._map is not None:
                VALUE.pack_into(self._map, place, VALUE.unpack_from(self._map, place)[0] + amount)

    def _begin(self) -> None:
        self._pid, self._places, self._used = os.getpid(), {}, HEAD.size
        self._map = self._opened(FIRST)
        HEAD.pack_into(self._map, 0, self._used)

    def _new(self, key: Key) -> int:
        """The place of a new counter; 0 where there is no room for it."""
        words = json.dumps(key, ensure_ascii=False).encode()
        words += b" " * (-(self._used + SIZE.size + len(words)) % VALUE.size)
        end = self._used + SIZE.size + len(words) + VALUE.size
        assert self._map is not None
        if end > len(self._map):
            if end > MOST:
                return 0
            before, self._map = self._map, self._opened(len(self._map) * 2)
            self._map[: len(before)] = before[:]
        SIZE.pack_into(self._map, self._used, len(words))
        start = self._used + SIZE.size
        self._map[start : start + len(words)] = words
        place = start + len(words)
        VALUE.pack_into(self._map, place, 0.0)
        self._used = end
        HEAD.pack_into(self._map, 0, end)  # last, so that a reader never meets half a counter
        self._places[key] = place
        return place

    def _opened(self, size: int) -> mmap.mmap:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self._folder / f"{os.getpid()}.count", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, size)
                return mmap.mmap(handle, size)
            finally:
                os.close(handle)
        except OSError:
            return mmap.mmap(-1, size)


def together(folder: Path) -> dict[Key, float]:
    """Every counter of every process, added up; those of processes that have ended count on."""
    sums: dict[Key, float] = {}
    for path in sorted(folder.glob("*.count")) if folder.is_dir() else ():
        with suppress(OSError):
            for key, value in _read(path.read_bytes()):
                sums[key] = sums.get(key, 0.0) + value
    return sums


def forget(folder: Path) -> None:
    """Begin at nought: called before the server starts."""
    for path in folder.glob("*.count") if folder.is_dir() else ():
        path.unlink(missing_ok=True)


def _read(content: bytes) -> Iterator[tuple[Key, float]]:
    if len(content) < HEAD.size:
        return
    place, end = HEAD.size, min(HEAD.unpack_from(content)[0], len(content))
    while place + SIZE.size <= end:
        start = place + SIZE.size
        length = SIZE.unpack_from(content, place)[0]
        if start + length + VALUE.size > end:
            return
        name, labels = json.loads(content[start : start + length])
        yield (name, tuple((key, value) for key, value in labels)), VALUE.unpack_from(content, start + length)[0]
        place = start + length + VALUE.size
