"""Partitions written: rows in the order of their keys, each file by its content, the manifest last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from selaras.analytics.exact import bare
from selaras.analytics.manifest import INSIDE, NAME, Manifest, Part, content_of, folder_of, name_of, read_manifest
from selaras.analytics.schema import BY_NAME, TABLES, VERSION, Table, arrow_schema
from selaras.core.errors import CannotRun, Refusal, reason_of

ROW_GROUP = 100_000
KEPT_SECONDS = 3600
"""So long files stay that no manifest names any more: somebody may be reading them."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when a partition is made, for its manifest."""

    installation: str
    made_at: str
    inside: bool
    stamp: str = ""


def write_partition(
    root: Path, year: int, agency: str, rows: Mapping[str, Sequence[tuple[Any, ...]]], origin: Origin
) -> bool:
    """Write the partition of one agency's year; whether anything was written: not, if the same content stands there.

    Whatever happens on the way, a reader finds the partition of before or this one. Raises CannotRun if the folder
    cannot be written to, ValueError for rows that do not fit the schema.
    """
    tables = {table.name: _in_order(table, rows.get(table.name, ())) for table in TABLES}
    hashes = {name: content_hash(found) for name, found in tables.items()}
    content = content_of(hashes)
    folder = root / folder_of(year, agency)
    before = standing(root, year, agency, inside=origin.inside)
    if before is not None and before.content == content and before.inside == origin.inside:
        if before.stamp != origin.stamp:
            _commit(folder, _manifest(year, agency, before.tables, content, origin))
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts = {name: _written(folder, BY_NAME[name], tables[name], hashes[name]) for name in tables}
        _commit(folder, _manifest(year, agency, parts, content, origin))
        _drop_older_form(folder, inside=origin.inside)
        _clean(folder)
    except OSError as error:
        raise CannotRun(f"{folder} tidak dapat ditulis: {reason_of(error)}.") from error
    return True


def standing(root: Path, year: int, agency: str, *, inside: bool) -> Manifest | None:
    """The manifest that stands for an edition of an agency's year; None where there is none that can be used.

    One of whose files is gone cannot: the year is then written again.
    """
    path = root / folder_of(year, agency) / name_of(inside=inside)
    try:
        found = read_manifest(path) if path.exists() else None
    except Refusal:
        return None
    if found is None or all((path.parent / part.file).is_file() for part in found.tables.values()):
        return found
    return None


def remove_partition(root: Path, year: int, agency: str, *, inside: bool) -> bool:
    """Take an edition of a partition away, its manifest first; whether there was one. Raises CannotRun."""
    folder = root / folder_of(year, agency)
    name, other = (folder / name_of(inside=each) for each in (inside, not inside))
    try:
        if not name.exists():
            return False
        name.unlink()
        _sync(folder)
        if other.exists():
            _clean(folder, at_once=True)
        else:
            shutil.rmtree(folder)
    except OSError as error:
        raise CannotRun(f"{folder} tidak dapat dihapus: {reason_of(error)}.") from error
    return True


def content_hash(table: pa.Table) -> str:
    """The SHA-256 of the rows, whatever their order and however a file stores them."""
    digest = hashlib.sha256()
    columns = [column.to_pylist() for column in table.columns]
    for line in sorted("\x1f".join(map(_told, row)) for row in zip(*columns, strict=True)):
        digest.update(line.encode() + b"\x1e")
    return digest.hexdigest()


def _told(cell: Any) -> str:
    if cell is None:
        return "\x00"
    if isinstance(cell, Decimal):
        return format(bare(cell), "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _in_order(table: Table, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """The rows as Arrow, sorted by the key of the table; raises ValueError for two of one key."""
    names = [column.name for column in table.columns]
    at = [names.index(name) for name in table.key]
    ordered = sorted(rows, key=lambda row: tuple(str(row[index] or "").rjust(12) for index in at))
    keys = {tuple(row[index] for index in at) for row in ordered}
    if len(keys) < len(ordered):
        raise ValueError(f"{table.name}: two rows with one key")
    columns = list(zip(*ordered, strict=True)) or [() for _ in names]
    schema = arrow_schema(table)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _written(folder: Path, table: Table, rows: pa.Table, content: str) -> Part:
    name = f"{table.name}-{content[:16]}.parquet"

    def write(draft: Path) -> None:
        pq.write_table(rows, draft, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)

    _put(folder / name, write)
    with (folder / name).open("rb") as file:
        return Part(name, rows.num_rows, hashlib.file_digest(file, "sha256").hexdigest(), content)


def _put(path: Path, write: Any) -> None:
    """A file by way of a temporary name, on the disk before it has its own."""
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        write(draft)
        draft.chmod(0o644)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _commit(folder: Path, manifest: Manifest) -> None:
    _sync(folder)
    _put(folder / name_of(inside=manifest.inside), lambda draft: draft.write_text(manifest.text(), encoding="utf-8"))
    _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop_older_form(folder: Path, *, inside: bool) -> None:
    """Once what is for insiders stood under the public name: that goes when either edition is written."""
    path = folder / NAME
    if inside and path.exists() and (told := _told_in(path)) and told.get("inside") is True:
        path.unlink()


def _told_in(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _clean(folder: Path, *, at_once: bool = False) -> None:
    """Remove files that no manifest names, once nobody can still be reading them (or at once)."""
    known = {NAME, INSIDE}
    for name in (NAME, INSIDE):
        if (folder / name).exists():
            tables = _told_in(folder / name).get("tables")
            if not isinstance(tables, dict):
                return  # damaged: what it named cannot be told
            known |= {part["file"] for part in tables.values()}
    for path in folder.iterdir():
        if path.name not in known and (at_once or path.stat().st_mtime < time.time() - KEPT_SECONDS):
            path.unlink(missing_ok=True)


def _manifest(year: int, agency: str, parts: Mapping[str, Part], content: str, origin: Origin) -> Manifest:
    return Manifest(
        year, agency, VERSION, dict(parts), content, origin.inside, origin.made_at, origin.installation, origin.stamp
    )  # fmt: skip
