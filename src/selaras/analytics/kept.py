"""Results of the nation, computed once for each content and kept as files: pages read them and never scan the nation.

They are computed by a process of its own (`computing`); a page that asks for them starts it and does not wait for its end.
What is kept lies in a folder named by the hash of the content; it appears whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import operator
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from selaras import __version__
from selaras.analytics.manifest import Manifest, national_hash
from selaras.analytics.partitions import look_anew, partitions
from selaras.core.errors import CannotRun, Fault
from selaras.core.nation.signs import SignList, SignRow

FORM = 6
"""Raised whenever the kept tables change their form: older ones are then made anew."""
SIGNS, NAMES = "tanda.json", "nama-tanda.json"
FAILED = "gagal.txt"
TRY_AGAIN = 300.0
"""Seconds after which computing that failed is tried once more: a full disk may have room by then."""
GROUP = 5_000
"""Rows of a group in a kept file, so that a part of it is found without reading all."""
WHOLE = "seluruh-tanda-"
"""Begins the name of the file of a sign with more rows than are kept in memory."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The results of one content: `tables` by name, the signs, and the partitions they were made from."""

    folder: Path
    hash: str
    partitions: tuple[Manifest, ...] = field(compare=False)

    def rows(self, name: str) -> tuple[dict[str, Any], ...]:
        """Every row of a table; small ones only. Kept in memory, not to be changed by who reads them."""
        return _rows(str(self.folder), name)

    def part(self, name: str, **wanted: Any) -> list[dict[str, Any]]:
        """The rows of a large table whose columns have these values (a set means any of them)."""
        filters = [(key, "in" if isinstance(value, set) else "==", value) for key, value in wanted.items()]
        found: list[dict[str, Any]] = pq.read_table(self.folder / f"{name}.parquet", filters=filters).to_pylist()
        return found

    def stream(self, name: str, columns: Sequence[str], **wanted: Any) -> Iterator[dict[str, Any]]:
        """Some columns of the rows with these values, one after the other: a table of any length is never held."""
        wish = reduce(operator.and_, (pc.field(column) == value for column, value in wanted.items()))
        found = ds.dataset(self.file(name), format="parquet").scanner(
            columns=list(columns), filter=wish, batch_size=GROUP, batch_readahead=2, use_threads=False
        )
        for batch in found.to_batches():
            yield from batch.to_pylist()

    def file(self, name: str) -> Path:
        """The file of a table."""
        return self.folder / f"{name}.parquet"

    @property
    def signs(self) -> dict[str, SignList]:
        """Every sign by its code, without its rows: `cut` says how many there are, `sign` has them."""
        return _signs(str(self.folder))

    def sign(self, code: str) -> SignList:
        """One sign with its strongest rows. Kept in memory."""
        return _sign(str(self.folder), code)

    def sign_rows(self, code: str) -> Iterator[SignRow]:
        """Every row of a sign, strongest first, also those beyond what is kept in memory (without their numbers)."""
        path = self.file(f"{WHOLE}{code}")
        if not path.is_file():
            yield from self.sign(code).rows
            return
        for batch in pq.ParquetFile(path).iter_batches(batch_size=GROUP):
            yield from (SignRow(**row) for row in batch.to_pylist())

    @property
    def names(self) -> dict[str, str]:
        """Names of the indicators in the lists of the signs, by `year|agency|indicator`."""
        return _names(str(self.folder))


@lru_cache(maxsize=64)
def _rows(folder: str, name: str) -> tuple[dict[str, Any], ...]:
    return tuple(pq.read_table(Path(folder) / f"{name}.parquet").to_pylist())


@lru_cache(maxsize=4)
def _signs(folder: str) -> dict[str, SignList]:
    return {
        told["code"]: SignList(
            rows=(), cut=told.pop("amount"), untested=tuple(map(tuple, told.pop("untested"))), **told
        )
        for told in json.loads((Path(folder) / SIGNS).read_text("utf-8"))
    }


@lru_cache(maxsize=32)
def _sign(folder: str, code: str) -> SignList:
    found = _signs(folder)[code]
    rows = tuple(
        SignRow(**(row | {"numbers": tuple((name, value) for name, value in row["numbers"])}))
        for row in json.loads(sign_file(Path(folder), code).read_text("utf-8"))
    )
    return replace(found, rows=rows, cut=found.cut - len(rows))


@lru_cache(maxsize=4)
def _names(folder: str) -> dict[str, str]:
    names: dict[str, str] = json.loads((Path(folder) / NAMES).read_text("utf-8"))
    return names


def sign_file(folder: Path, code: str) -> Path:
    """The file of the rows of a sign that are kept in memory."""
    return folder / f"tanda-{code}.json"


def forget() -> None:
    """Look everything up anew; for tests and tools that write between two looks."""
    for cache in (_rows, _signs, _sign, _names):
        cache.cache_clear()
    look_anew()


# ---- asking for them -------------------------------------------------------------------------------------------------


def kept(root: Path, store: Path, *, public: bool, wait: float, agencies: frozenset[str] | None = None) -> Kept | None:
    """The results for what lies in `root` now; None while they are still being computed after `wait` seconds.

    With `agencies`, those of these agencies alone, as if there were no other: kept in a place of their own. An empty nation
    has no partitions and no tables. Raises CannotRun if computing failed, Refusal for a damaged folder.
    """
    if agencies is not None:
        reach = hashlib.sha256(json.dumps(sorted(agencies)).encode()).hexdigest()[:20]
        store = store.with_name(f"{store.name}-sebagian") / reach
    end = time.monotonic() + wait
    while True:
        found = partitions(root, public=public)
        if agencies is not None:
            found = tuple(one for one in found if one.agency in agencies)
        key = name_of(found, public=public)
        if not found or (store / key / SIGNS).is_file():
            return Kept(store / key, key, found)
        failed = store / f"{key}-{FAILED}"
        if failed.is_file() and age_of(failed) > TRY_AGAIN:
            failed.unlink(missing_ok=True)
        if failed.is_file():
            raise CannotRun("Ringkasan nasional tidak dapat dihitung.", Fault(failed.read_text("utf-8")[-400:]))
        _start(root, store, key, public=public, agencies=agencies)
        if time.monotonic() >= end:
            return None
        time.sleep(0.1)


def name_of(found: Sequence[Manifest], *, public: bool) -> str:
    """The name of the results of a content."""
    return hashlib.sha256(f"{FORM}|{public}|{__version__}|{national_hash(found)}".encode()).hexdigest()[:40]


def age_of(path: Path) -> float:
    """Seconds since a file was written; none for one that is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


_RUNNING: set[tuple[Path, bool]] = set()
_LOCK = threading.Lock()


def _start(root: Path, store: Path, key: str, *, public: bool, agencies: frozenset[str] | None = None) -> None:
    """Start the process unless one of this place runs: however often the content changes, they never pile up."""
    place = store, public
    with _LOCK:
        if place in _RUNNING:
            return
        _RUNNING.add(place)
    order = json.dumps({
        "root": str(root), "store": str(store), "key": key, "public": public,
        "agencies": None if agencies is None else sorted(agencies),
    })  # fmt: skip
    command = [sys.executable, "-P", "-c", "from selaras.analytics.computing import main; main()", order]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        _RUNNING.discard(place)
        raise
    threading.Thread(target=_buried, args=(process, store, key, public), daemon=True).start()


def _buried(process: subprocess.Popen[bytes], store: Path, key: str, public: bool) -> None:
    """Wait for a process, so that no dead child stays behind; one that was ended from outside could not say so itself."""
    try:
        status = process.wait()
        failed = store / f"{key}-{FAILED}"
        if status and not (store / key / SIGNS).is_file() and not failed.is_file():
            store.mkdir(parents=True, exist_ok=True)
            failed.write_text(f"prosesnya berhenti dengan status {status}; periksa memori komputer", "utf-8")
    finally:  # a full disk keeps nothing of this; the next page starts another
        _RUNNING.discard((store, public))
