"""Results of the nation, computed once for each content and kept as files: pages read them and never scan the nation.

They are computed by a process of its own with bounds on memory and threads: a scan of fifty million rows can then neither
hold up nor take along the process that answers pages, and its memory goes back to the system. What is kept lies in a folder
named by the hash of the content; it appears whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import operator
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from selaras import __version__
from selaras.analytics.manifest import Manifest, manifest_paths, national_hash, read_manifest
from selaras.core.errors import CannotRun, Fault
from selaras.core.nation.signs import SignList, SignRow

MEMORY, THREADS = "1500MB", 2
FORM = 5
"""Raised whenever the kept tables change their form: older ones are then made anew."""
LOOK_AGAIN = 5.0
"""Seconds for which a folder is taken to be unchanged."""
SIGNS = "tanda.json"
FAILED = "gagal.txt"
TRY_AGAIN = 300.0
"""Seconds after which computing that failed is tried once more: a full disk may have room by then."""
DAY = 86_400.0
OLD = 4
"""So many results of earlier contents stay."""
MOST_ROWS = 20_000
"""Rows of one sign that are kept in memory; how many there were is kept with them, and all of them in a file."""
GROUP = 5_000
"""Rows of a group in a kept file, so that a part of it is found without reading all."""

WHOLE = "seluruh-tanda-"
SIGN_ROWS = pa.schema([
    ("agency", pa.string()), ("year", pa.int32()), ("unit", pa.string()), ("indicator", pa.string()), ("subject", pa.string()),
    ("reason", pa.string()), ("strength", pa.float64()), ("chance", pa.float64()), ("allowed", pa.float64()),
])  # fmt: skip
"""A file of a sign with more rows than are kept in memory."""


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
        """The lists of the signs by their codes."""
        return _signs(str(self.folder))

    def sign_rows(self, code: str) -> Iterator[SignRow]:
        """Every row of a sign, strongest first, also those beyond what is kept in memory (without their numbers)."""
        path = self.file(f"{WHOLE}{code}")
        if not path.is_file():
            yield from self.signs[code].rows
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
def _told(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(folder) / SIGNS).read_text("utf-8"))
    return found


@lru_cache(maxsize=4)
def _signs(folder: str) -> dict[str, SignList]:
    return {code: _sign_of(item) for code, item in _told(folder)["signs"].items()}


def _names(folder: str) -> dict[str, str]:
    names: dict[str, str] = _told(folder)["names"]
    return names


def _sign_of(item: dict[str, Any]) -> SignList:
    rows = tuple(
        SignRow(**(row | {"numbers": tuple((name, value) for name, value in row["numbers"])})) for row in item["rows"]
    )
    untested = tuple((reason, amount) for reason, amount in item["untested"])
    return SignList(item["code"], rows, item["tested"], untested, item["level"], item["survivors"], item["cut"])


# ---- which partitions there are --------------------------------------------------------------------------------------


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


def forget() -> None:
    """Look everything up anew; for tests and tools that write between two looks."""
    _folder.cache_clear()
    _rows.cache_clear()
    _told.cache_clear()
    _signs.cache_clear()


# ---- computing them --------------------------------------------------------------------------------------------------


def kept(root: Path, store: Path, *, public: bool, wait: float, agencies: frozenset[str] | None = None) -> Kept | None:
    """The results for what lies in `root` now; None while they are still being computed after `wait` seconds.

    With `agencies`, those of these agencies alone, as if there were no other: kept in a place of their own. An empty nation
    has no partitions and no tables. Raises CannotRun if computing failed, Refusal for a damaged folder.
    """
    found = partitions(root, public=public)
    if agencies is not None:
        found = tuple(one for one in found if one.agency in agencies)
        reach = hashlib.sha256(json.dumps(sorted(agencies)).encode()).hexdigest()[:20]
        store = store.with_name(f"{store.name}-sebagian") / reach
    key = _key(found, public=public)
    target = store / key
    made = Kept(target, key, found)
    if not found or (target / SIGNS).is_file():
        return made
    failed = store / f"{key}-{FAILED}"
    if not failed.is_file() or _age(failed) > TRY_AGAIN:
        _start(root, store, key, public=public, agencies=agencies)
    end = time.monotonic() + wait
    while not (target / SIGNS).is_file():
        if failed.is_file():
            raise CannotRun("Ringkasan nasional tidak dapat dihitung.", Fault(failed.read_text("utf-8")[-400:]))
        if time.monotonic() > end:
            return None
        time.sleep(0.1)
    return made


def _key(found: Sequence[Manifest], *, public: bool) -> str:
    """The name of the results of a content."""
    return hashlib.sha256(f"{FORM}|{public}|{__version__}|{national_hash(found)}".encode()).hexdigest()[:40]


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


_STARTED: set[str] = set()


def _start(root: Path, store: Path, key: str, *, public: bool, agencies: frozenset[str] | None = None) -> None:
    """One process computes a content; several that ask for it wait for the same one (it holds a lock)."""
    if key in _STARTED:
        return
    (store / f"{key}-{FAILED}").unlink(missing_ok=True)
    order = json.dumps({
        "root": str(root), "store": str(store), "key": key, "public": public,
        "agencies": None if agencies is None else sorted(agencies),
    })  # fmt: skip
    command = [sys.executable, "-P", "-c", "from selaras.analytics.kept import main; main()", order]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _STARTED.add(key)
    threading.Thread(target=_buried, args=(process, store, key), daemon=True).start()


def _buried(process: subprocess.Popen[bytes], store: Path, key: str) -> None:
    """Wait for a process, so that no dead child stays behind; one that was ended from outside could not say so itself."""
    status = process.wait()
    failed = store / f"{key}-{FAILED}"
    if status and not (store / key / SIGNS).is_file() and not failed.is_file():
        store.mkdir(parents=True, exist_ok=True)
        failed.write_text(f"prosesnya berhenti dengan status {status}; periksa memori komputer", "utf-8")
    _STARTED.discard(key)


def main() -> None:
    """The process: compute the results of a content, unless another one does."""
    order = json.loads(sys.argv[1])
    store, key = Path(order["store"]), order["key"]
    store.mkdir(parents=True, exist_ok=True)
    os.nice(5)  # pages come first
    with _alone(store / f"{key}.kunci") as alone:
        if not alone or (store / key / SIGNS).is_file():
            return
        try:
            reach = order["agencies"]
            compute(
                Path(order["root"]), store, public=order["public"], agencies=None if reach is None else frozenset(reach)
            )
        except BaseException as error:
            (store / f"{key}-{FAILED}").write_text(f"{type(error).__name__}: {error}", "utf-8")
            raise


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[bool]:
    try:
        import fcntl
    except ImportError:
        yield True
        return
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    path.unlink(missing_ok=True)


def compute(root: Path, store: Path, *, public: bool, agencies: frozenset[str] | None = None) -> Path:
    """Compute every table and sign of what lies there now, and put them in place by one rename. Gives the folder."""
    from selaras.analytics.opening import Nation
    from selaras.analytics.page_tables import PAGE_TABLES
    from selaras.analytics.signs_told import sign_list
    from selaras.rulebook.nation import load_nation

    store.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".", dir=store))
    try:
        nation = Nation(root, memory=MEMORY, threads=THREADS, spill=draft / "spill", public=public)
        nation.manifests = tuple(
            one
            for one in nation.manifests
            if not (public and one.inside) and (agencies is None or one.agency in agencies)
        )
        for name, table in PAGE_TABLES.items():
            rows = nation.rows(table.make(nation).order_by(list(table.order)))
            pq.write_table(rows, draft / f"{name}.parquet", row_group_size=GROUP)
        rules = load_nation()
        lists = {} if public else {code: sign_list(nation, code, rules) for code in rules.signs}
        told = {
            code: asdict(one)
            | {"rows": [asdict(row) for row in one.rows[:MOST_ROWS]], "cut": max(len(one.rows) - MOST_ROWS, 0)}
            for code, one in lists.items()
        }
        for code, one in lists.items():
            if len(one.rows) > MOST_ROWS:
                _write_whole(draft / f"{WHOLE}{code}.parquet", one.rows)
        names = _names_for(draft, lists)
        nation.close()
        shutil.rmtree(draft / "spill", ignore_errors=True)
        (draft / SIGNS).write_text(json.dumps({"signs": told, "names": names}, ensure_ascii=False), "utf-8")
        target = store / _key(
            nation.manifests, public=public
        )  # of what was read, should it have changed since the order
        with contextlib.suppress(OSError):
            draft.rename(target)  # another process may have been first: then its results are the same
        _clear_old(store, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _write_whole(path: Path, rows: Sequence[SignRow]) -> None:
    """Every row of a sign of which only the strongest are kept in memory: for who takes the list as a file."""
    with pq.ParquetWriter(path, SIGN_ROWS) as file:
        for start in range(0, len(rows), GROUP):
            part = [asdict(row) for row in rows[start : start + GROUP]]
            file.write_table(pa.Table.from_pylist(part, schema=SIGN_ROWS))


def _names_for(folder: Path, lists: dict[str, SignList]) -> dict[str, str]:
    """The names of the indicators that stand in the lists."""
    wanted = {
        f"{row.year}|{row.agency}|{row.indicator}"
        for one in lists.values()
        for row in one.rows[:MOST_ROWS]
        if row.indicator
    }
    if not wanted:
        return {}
    table = pq.read_table(folder / "angka.parquet", columns=["year", "agency", "indicator", "name"])
    keys = pc.binary_join_element_wise(pc.cast(table["year"], pa.string()), table["agency"], table["indicator"], "|")
    mask = pc.is_in(keys, value_set=pa.array(sorted(wanted), pa.string()))
    return dict(zip(keys.filter(mask).to_pylist(), table["name"].filter(mask).to_pylist(), strict=True))


def _clear_old(store: Path, current: Path) -> None:
    """Results of contents that are long gone go; a few stay for pages that are being answered."""
    folders = sorted(
        (path for path in store.iterdir() if path.is_dir() and not path.name.startswith(".") and path != current),
        key=lambda path: path.stat().st_mtime, reverse=True,
    )  # fmt: skip
    drafts = [path for path in store.glob(".*") if path.is_dir() and _age(path) > DAY]  # of processes that were ended
    for path in folders[OLD:] + drafts:
        shutil.rmtree(path, ignore_errors=True)


# ---- one partition ---------------------------------------------------------------------------------------------------


Only = tuple[str, str, str]
"""A table, a column of it and a value: of that table the rows with that value alone."""
Rows = dict[str, list[dict[str, Any]]]


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
