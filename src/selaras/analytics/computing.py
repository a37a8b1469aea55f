"""The process that computes the results of the nation: every table of the pages and every sign, into a folder of files.

It has bounds on memory and threads: a scan of fifty million rows can then neither hold up nor take along the process that
answers pages, and its memory goes back to the system. One computes at a time; the others wait for it and find its results.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from selaras.analytics.kept import FAILED, GROUP, NAMES, SIGNS, WHOLE, age_of, name_of, sign_file
from selaras.analytics.opening import Nation
from selaras.analytics.page_tables import PAGE_TABLES
from selaras.analytics.signs_told import sign_list
from selaras.core.nation.signs import SignList, SignRow
from selaras.rulebook.nation import load_nation

MEMORY, THREADS = "1500MB", 2
DAY = 86_400.0
OLD = 4
"""So many results of earlier contents stay."""
MOST_ROWS = 20_000
"""Rows of one sign that are kept in memory; how many there were is kept with them, and all of them in a file."""
LOCK = ".kunci"
SIGN_ROWS = pa.schema([
    ("agency", pa.string()), ("year", pa.int32()), ("unit", pa.string()), ("indicator", pa.string()), ("subject", pa.string()),
    ("reason", pa.string()), ("strength", pa.float64()), ("chance", pa.float64()), ("allowed", pa.float64()),
])  # fmt: skip
"""A file of a sign with more rows than are kept in memory."""


def main() -> None:
    """The process: compute the results of what lies there, unless another one has."""
    order = json.loads(sys.argv[1])
    store, reach = Path(order["store"]), order["agencies"]
    store.mkdir(parents=True, exist_ok=True)
    os.nice(5)  # pages come first
    with _alone(store / LOCK):
        try:
            agencies = None if reach is None else frozenset(reach)
            compute(Path(order["root"]), store, public=order["public"], agencies=agencies)
        except BaseException as error:
            (store / f"{order['key']}-{FAILED}").write_text(f"{type(error).__name__}: {error}", "utf-8")
            raise


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other process has the lock."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def compute(root: Path, store: Path, *, public: bool, agencies: frozenset[str] | None = None) -> Path:
    """Compute every table and sign of what lies there now, and put them in place by one rename. Gives the folder."""
    store.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".", dir=store))
    try:
        nation = Nation(root, memory=MEMORY, threads=THREADS, spill=draft / "spill", public=public)
        if agencies is not None:
            nation.manifests = tuple(one for one in nation.manifests if one.agency in agencies)
        # Named by what is read here, should it have changed since the order.
        target = store / name_of(nation.manifests, public=public)
        if not (target / SIGNS).is_file():
            _write(nation, draft, public=public)
            _put(draft, target)
            _clear_old(store, target)
        nation.close()
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _put(draft: Path, target: Path) -> None:
    """One rename; what stands there without its last file is the rest of one that was being removed."""
    if target.is_dir() and not (target / SIGNS).is_file():
        _remove(target)
    try:
        draft.rename(target)
    except OSError:
        if not (target / SIGNS).is_file():  # without locks another may have been first: with the same results
            raise


def _remove(folder: Path) -> None:
    """Out of sight first: what is half removed is never taken for results."""
    hidden = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    with contextlib.suppress(FileNotFoundError):
        folder.rename(hidden / folder.name)
    shutil.rmtree(hidden, ignore_errors=True)


def _write(nation: Nation, draft: Path, *, public: bool) -> None:
    """Every table and, for insiders, every sign."""
    for name, table in PAGE_TABLES.items():
        rows = nation.rows(table.make(nation).order_by(list(table.order)))
        pq.write_table(rows, draft / f"{name}.parquet", row_group_size=GROUP)
    rules = load_nation()
    lists = [] if public else [sign_list(nation, code, rules) for code in rules.signs]
    for one in lists:
        _write_json(sign_file(draft, one.code), [asdict(row) for row in one.rows[:MOST_ROWS]])
        if len(one.rows) > MOST_ROWS:
            _write_whole(draft / f"{WHOLE}{one.code}.parquet", one.rows)
    _write_json(draft / NAMES, _names_for(draft, lists))
    shutil.rmtree(draft / "spill", ignore_errors=True)
    _write_json(draft / SIGNS, [
        {"code": one.code, "amount": len(one.rows), "tested": one.tested, "untested": one.untested, "level": one.level,
         "survivors": one.survivors} for one in lists
    ])  # fmt: skip


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _write_whole(path: Path, rows: Sequence[SignRow]) -> None:
    """Every row of a sign of which only the strongest are kept in memory: for who takes the list as a file."""
    with pq.ParquetWriter(path, SIGN_ROWS) as file:
        for start in range(0, len(rows), GROUP):
            part = [asdict(row) for row in rows[start : start + GROUP]]
            file.write_table(pa.Table.from_pylist(part, schema=SIGN_ROWS))


def _names_for(folder: Path, lists: Sequence[SignList]) -> dict[str, str]:
    """The names of the indicators that stand in the lists."""
    wanted = {
        f"{row.year}|{row.agency}|{row.indicator}" for one in lists for row in one.rows[:MOST_ROWS] if row.indicator
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
    long_ago = time.time() - DAY
    # Drafts of processes that ended before their end.
    left = [path for path in store.glob(".*") if path.is_dir() and path.stat().st_mtime < long_ago]
    for path in folders[OLD:]:
        _remove(path)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    for path in store.glob(f"*-{FAILED}"):
        if age_of(path) > DAY:
            path.unlink(missing_ok=True)
