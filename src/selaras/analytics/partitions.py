"""The partitions that lie in the folder of the nation, and the rows of one of them, without an engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from selaras.analytics.manifest import Manifest, manifest_paths, read_manifest
from selaras.core.errors import CannotRun, Fault

LOOK_AGAIN = 5.0
"""Seconds for which a folder is taken to be unchanged."""
Only = tuple[str, str, str]
"""A table, a column of it and a value: of that table the rows with that value alone."""
Rows = dict[str, list[dict[str, Any]]]


class _Folder:
    """The partitions of a folder, looked up again when a manifest was written since."""

    def __init__(self, root: Path, *, public: bool) -> None:
        self._root = root
        self._public = public
        self._lock = threading.Lock()
        self._looked = 0.0
        self._seen: dict[str, tuple[tuple[int, int], Manifest]] = {}

    def partitions(self) -> tuple[Manifest, ...]:
        with self._lock:
            if not self._looked or time.monotonic() - self._looked > LOOK_AGAIN:
                paths = manifest_paths(self._root, public=self._public)
                found = {str(path): mark for path in paths if (mark := _mark(path))}
                self._seen = {
                    path: self._seen[path]
                    if path in self._seen and self._seen[path][0] == mark
                    else (mark, read_manifest(Path(path)))
                    for path, mark in found.items()
                }
                self._looked = time.monotonic()
            return tuple(manifest for _, manifest in self._seen.values())


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except FileNotFoundError:  # withdrawn between the two looks
        return None
    return told.st_mtime_ns, told.st_size


@lru_cache(maxsize=8)
def _folder(root: str, *, public: bool) -> _Folder:
    return _Folder(Path(root), public=public)


def partitions(root: Path, *, public: bool) -> tuple[Manifest, ...]:
    """The partitions of a folder; for the public only those without columns for insiders. Raises Refusal."""
    return tuple(one for one in _folder(str(root), public=public).partitions() if not (public and one.inside))


def look_anew() -> None:
    """Forget what was seen in every folder."""
    _folder.cache_clear()


def partition_rows(root: Path, manifest: Manifest, names: Sequence[str], *, only: Only | None = None) -> Rows:
    """The rows of some tables of one agency and year, straight from its files: small, so it needs no engine.

    Kept in memory, not to be changed by who reads them. A year's measurements by month are many: who needs a few says `only`.
    """
    files = tuple(manifest.tables[name].file for name in names)
    return _partition(str(root), manifest.folder, manifest.content, files, tuple(names), only)


def partition_stream(root: Path, manifest: Manifest, wanted: Mapping[str, Sequence[str]]) -> Rows:
    """Some columns of some tables of one agency and year, read anew: for who goes through every partition once."""
    return {
        name: _read(str(root), manifest.folder, manifest.tables[name].file).select(list(columns)).to_pylist()
        for name, columns in wanted.items()
    }


@lru_cache(maxsize=64)
def _partition(
    root: str, folder: str, content: str, files: tuple[str, ...], names: tuple[str, ...], only: Only | None
) -> Rows:
    del content  # part of the key: a partition that was written anew is read anew
    tables = {name: _read(root, folder, file) for name, file in zip(names, files, strict=True)}
    if only is not None:
        name, column, value = only
        tables[name] = tables[name].filter(pc.equal(tables[name][column], value))
    return {name: table.to_pylist() for name, table in tables.items()}


def _read(root: str, folder: str, file: str) -> pa.Table:
    try:
        return pq.ParquetFile(Path(root) / folder / file).read()
    except (OSError, pa.ArrowException) as error:
        raise CannotRun(
            "Partisi nasional tidak terbaca.", Fault(folder, remedy="Terbitkan lagi partisi itu.")
        ) from error
