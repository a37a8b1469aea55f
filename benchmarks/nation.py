"""Roll-ups of a made nation: time and memory on DuckDB and on Spark, beside hand-written SQL, pandas and a bare scan.

    python benchmarks/nation.py --rows 50000000                  # everything; 2 GB of disk
    python benchmarks/nation.py --rows 1000000 --skip spark      # a quick look
    python benchmarks/nation.py --growth                         # 1, 10, 50 and 100 million on DuckDB alone; 4 GB of disk

The hand-written SQL (`nation_sql`) gives the same rows as the roll-ups, which is checked first. Roll-up, SQL and bare scan
take turns in one process, and their ratio is of processor seconds: the machine's speed and its other load fall out of it.
Making an expression and its SQL happens once and is told apart (`+once`). `bare` only reads and adds the columns that are needed; the memory is the highest that the process held during a roll-up, for
Spark that of all executors and the driver together.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import spark_cluster
from benchmarks.nation_made import made
from benchmarks.nation_sql import BARE, SQL

from selaras.analytics.manifest import manifests
from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS
from selaras.analytics.schema import BY_NAME

NAMES = ("instansi", "jenis", "unit", "kelas", "anggaran", "efisiensi", "kemajuan", "kelengkapan", "selisih")
SLICE = 1_000_000
HEAP, DRIVER = 1_800, "1200m"
"""What Java may keep, in MB: all executors together, and the driver; with what lies outside the heaps under 4 GiB."""
MOST_CHECKED = 12_000_000
"""Up to so many rows the results are held against each other; with more that would take longer than measuring."""


def measured(work: str, root: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Run one kind of work in a child; seconds per roll-up and the child's peak of memory in MB."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(work, root, given, theirs))
    child.start()
    theirs.close()
    try:
        found: dict[str, Any] = ours.recv()
    except EOFError:
        found = {"failed": "the child ended without an answer (out of memory?)"}
    child.join()
    return found


def _child(work: str, root: Path, given: dict[str, Any], pipe: Any) -> None:
    try:
        found = {"seconds": WORK[work](root, given)}
    except Exception as error:  # noqa: BLE001 (told, and the others go on)
        found = {"failed": f"{type(error).__name__}: {str(error)[:300]}"}
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pipe.send(found)


def _times(given: dict[str, Any], runs: dict[str, Any]) -> dict[str, float]:
    found = {}
    for name, run in runs.items():
        if given.get("warm", True):
            run()
        taken = []
        for _ in range(given["runs"]):
            started = time.perf_counter()
            run()
            taken.append(time.perf_counter() - started)
        found[name] = round(statistics.median(taken), 3)
    return found


def _duckdb(root: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Roll-up, hand-written SQL and bare scan in turn: processor and wall seconds of each, and the roll-up's peak."""
    nation = Nation(root, threads=given["threads"], memory=given["memory"])
    for name in BY_NAME:  # the hand-written SQL reads the same views
        nation.table(name)
    found: dict[str, Any] = {}
    for name in given["names"]:
        if given["check"]:
            _same(nation, name)
        prepared, made = time.process_time(), ROLLUPS[name].make(nation)
        nation.sql(made)
        prepared = time.process_time() - prepared
        ways = {
            "duckdb": lambda made=made: nation.rows(made),
            "sql": lambda name=name: nation.backend.con.sql(SQL[name]).to_arrow_table(),
        }
        if name in BARE:
            ways["bare"] = lambda name=name: nation.backend.con.sql(BARE[name]).to_arrow_table()
        taken: dict[str, list[tuple[float, float, int]]] = {way: [] for way in ways}
        for turn in range(given["runs"] + given["warm"]):
            for way, run in ways.items():
                told = _once(run)
                if turn >= given["warm"]:
                    taken[way].append(told)
        found[name] = {
            way: {
                "cpu": round(statistics.median(one[0] for one in each), 3),
                "wall": round(statistics.median(one[1] for one in each), 3),
                "peak_mb": max(one[2] for one in each),
            }
            for way, each in taken.items()
        }
        found[name]["prepared_s"] = round(prepared, 3)
        print(f"  {name}: {found[name]}", flush=True)
    return found


def _once(run: Any) -> tuple[float, float, int]:
    """Processor seconds of the whole process, wall seconds, and the highest memory in MB while it ran."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    Path("/proc/self/clear_refs").write_text("5")  # forgets the peak of before
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return cpu, wall, _peak("self")


def _same(nation: Nation, name: str) -> None:
    """Raises AssertionError unless the SQL gives the rows of the roll-up: the same columns, every digit."""
    expression = ROLLUPS[name].make(nation)
    columns = ", ".join(f'"{column}"' for column in expression.columns)
    for table, text in (("ours", nation.sql(expression)), ("theirs", SQL[name])):
        nation.backend.raw_sql(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {columns} FROM ({text})")
    (differ,) = nation.backend.raw_sql(
        "SELECT count(*) FROM ((FROM ours EXCEPT ALL FROM theirs) UNION ALL (FROM theirs EXCEPT ALL FROM ours))"
    ).fetchone()
    counts = [nation.backend.raw_sql(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("ours", "theirs")]
    nation.backend.raw_sql("DROP TABLE ours; DROP TABLE theirs")
    assert differ == 0, f"{name}: {differ} of {counts} rows differ"


def _spark(root: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Each roll-up once, after a small one that is thrown away: seconds of the processors in all Java processes together,

    seconds on the wall, and the highest memory of all executors and of the driver while it ran.
    """
    workers = given["workers"]
    heap = f"{HEAP // workers}m"
    with spark_cluster.cluster(workers, memory="2g") as master, \
            spark_cluster.session(master, workers=workers, memory=heap, driver=DRIVER) as session:  # fmt: skip
        started = time.perf_counter()
        nation = Nation(root, spark=session)
        for name in BY_NAME:
            nation.table(name)
        print(f"  spark, {workers} worker(s): opened in {time.perf_counter() - started:.1f} s", flush=True)
        nation.rows(ROLLUPS["anggaran"].make(nation))
        found = {}
        for name in given["names"]:
            made = ROLLUPS[name].make(nation)
            processes = _java(os.getpid())
            for pid in processes:
                Path(f"/proc/{pid}/clear_refs").write_text("5")
            wall, cpu = time.perf_counter(), sum(map(_cpu, processes))
            nation.rows(made)
            cpu, wall = sum(map(_cpu, processes)) - cpu, time.perf_counter() - wall
            at_work, driver = (
                sum(_peak(pid) for pid, command in processes.items() if part in command)
                for part in (b"CoarseGrainedExecutor", b"SparkSubmit")
            )
            found[name] = {"cpu": round(cpu, 2), "wall": round(wall, 2), "executors_mb": at_work, "driver_mb": driver}
            print(f"  spark, {workers} worker(s), {name}: {found[name]}", flush=True)
        return found


def _java(parent: int) -> dict[int, bytes]:
    """The Java processes that a process started, directly or not, with their commands; they live as long as the cluster."""
    parents, commands = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid = int(path.parent.name)
            parents[pid] = int(path.read_text().rpartition(")")[2].split()[1])
            commands[pid] = path.with_name("cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
    found, new = [], [parent]
    while new:
        new = [pid for pid, above in parents.items() if above in new]
        found += new
    return {pid: commands[pid] for pid in found if b"java" in commands.get(pid, b"").partition(b"\0")[0]}


def _cpu(pid: int) -> float:
    """The processor seconds of a process so far."""
    cells = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int | str) -> int:
    """The highest memory of a process, in MB, since it was last forgotten; 0 for one that has just ended."""
    _, _, told = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")
    return int(told.split()[0]) >> 10 if told else 0


def _pandas(root: Path, given: dict[str, Any]) -> dict[str, float]:
    """The mean by agency in floating point, over as many partitions as fit; loading is told apart."""
    import numpy as np
    import pandas as pd
    import pyarrow.parquet as pq

    columns = ["span", "measured", "polarity", "lower_method", "cap", "target", "realised"]
    started = time.perf_counter()
    frames = []
    for item in list(manifests(root))[: given["partitions"]]:
        path = root / item.folder / item.tables["measurements"].file
        frame = pq.ParquetFile(path).read(columns=columns).to_pandas()
        frames.append(frame.assign(agency=item.agency, year=item.year))
    every = pd.concat(frames, ignore_index=True)
    loaded = time.perf_counter() - started

    def run() -> Any:
        rows = every[(every["span"] == "tahun") & every["measured"]]
        target, realised = rows["target"].astype(float), rows["realised"].astype(float)
        lower = np.where(
            rows["lower_method"] == "inversi", target * 100 / realised, (2 * target - realised) * 100 / target
        )
        share = pd.Series(np.where(rows["polarity"] == "naik", realised * 100 / target, lower), rows.index)
        share = share.where(~(share > rows["cap"].astype(float)), rows["cap"].astype(float))
        return rows.assign(share=share).groupby(["year", "agency"])["share"].agg(["mean", "count", "min", "max"])

    return {"load": round(loaded, 3), "rows": len(every), **_times(given, {"instansi": run})}


WORK = {"duckdb": _duckdb, "spark": _spark, "pandas": _pandas}


def once(rows: int, options: argparse.Namespace) -> dict[str, Any]:
    """Everything for one size."""
    with tempfile.TemporaryDirectory(prefix="nation-", dir=options.folder) as name:
        root = options.use or Path(name)
        started = time.perf_counter()
        count = _rows(root) if options.use else made(root, rows, processes=options.threads)
        told = {"rows": count, "made_s": round(time.perf_counter() - started, 1), "mb": _size(root) >> 20}
        print(json.dumps(told), flush=True)
        plain = {"threads": options.threads, "memory": options.memory, "runs": options.runs, "names": options.names}
        found: dict[str, Any] = {}
        check = count <= MOST_CHECKED
        print(
            "rows held against the hand-written SQL" if check else "too many rows to hold against the SQL", flush=True
        )
        found["duckdb"] = _told(measured, "duckdb", root, plain | {"check": check, "warm": int(options.runs > 1)})
        if "pandas" not in options.skip:
            share = max(1, round(len(list(manifests(root))) * min(1, SLICE * options.pandas / count)))
            found["pandas"] = _told(measured, "pandas", root, plain | {"partitions": share})
        if "spark" not in options.skip:
            why = spark_cluster.missing()
            for workers in () if why else options.workers:
                found[f"spark_{workers}"] = _told(
                    measured, "spark", root, {"workers": workers, "names": options.spark_names or options.names}
                )
            if why:
                print(f"spark left out: {why}")
        _table(found)
        return told | found


def _told(work: Any, kind: str, root: Path, given: dict[str, Any]) -> dict[str, Any]:
    """Does the work and says how long it took in all, so that a longer run can be planned."""
    started = time.perf_counter()
    found: dict[str, Any] = work(kind, root, given)
    print(f"{kind}{given.get('workers', '')}: {time.perf_counter() - started:.0f} s in all", flush=True)
    return found


def _table(found: dict[str, Any]) -> None:
    engine = found["duckdb"].get("seconds", {})
    print(
        "\nprocessor s     bare     sql  duckdb   ibis/sql  duckdb/bare  +once   wall s  peak MB"
        "   spark 1: s   ÷duckdb  wall s      MB   spark 2: s   ÷duckdb  wall s      MB"
    )
    for name, ways in engine.items():
        bare, sql, ours = (ways.get(way, {}).get("cpu") for way in ("bare", "sql", "duckdb"))
        cells = [f"{cell:8.2f}" if cell is not None else f"{'–':>8}" for cell in (bare, sql, ours)]
        line = (
            f"{name:<12}{''.join(cells)}{ours / sql:>11.2f}{f'{ours / bare:.2f}' if bare else '–':>13}"
            f"{ways['prepared_s']:>7.2f}{ways['duckdb']['wall']:>9.2f}{ways['duckdb']['peak_mb']:>9}"
        )
        for workers in (1, 2):
            spark = found.get(f"spark_{workers}", {}).get("seconds", {}).get(name)
            line += (
                f"{spark['cpu']:>13.2f}{spark['cpu'] / ours:>10.1f}{spark['wall']:>8.2f}{spark['executors_mb'] + spark['driver_mb']:>8}"
                if spark else f"{'–':>13}{'–':>10}{'–':>8}{'–':>8}"
            )  # fmt: skip
        print(line)
    for name, part in found.items():
        if "failed" in part:
            print(f"{name}: {part['failed']}")
    if "seconds" in found.get("pandas", {}):
        pandas, ours = found["pandas"], engine.get("instansi", {}).get("duckdb", {}).get("wall")
        print(
            f"pandas: {pandas}"
            + (f"; instansi ÷ duckdb on the wall: {pandas['seconds']['instansi'] / ours:.1f}" if ours else "")
        )


def _growth(found: list[dict[str, Any]]) -> None:
    """How the cost grows: processor seconds for each million rows, by size."""
    print(
        "\nprocessor s for each million rows" + "".join(f"{one['rows'] / 1e6:>9.1f} M" for one in found) + "   peak MB"
    )
    engines = [one["duckdb"].get("seconds", {}) for one in found]
    for name in next((engine for engine in engines if engine), {}):
        ways = [engine.get(name, {}).get("duckdb") for engine in engines]
        cells = [
            f"{way['cpu'] / one['rows'] * 1e6:>11.3f}" if way else f"{'–':>11}"
            for way, one in zip(ways, found, strict=True)
        ]
        print(f"{name:<33}{''.join(cells)}   {' → '.join(str(way['peak_mb']) if way else '–' for way in ways)}")
    made = " ".join(f"{one['made_s'] / one['rows'] * 1e6:.2f}" for one in found)
    print(f"making them, s on the wall for each million: {made}; MB for each million: "
          + " ".join(f"{one['mb'] / one['rows'] * 1e6:.1f}" for one in found))  # fmt: skip


def _rows(root: Path) -> int:
    return sum(item.tables["measurements"].rows for item in manifests(root))


def _size(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--growth", action="store_true", help="several sizes (--sizes), DuckDB only")
    parser.add_argument("--sizes", type=int, nargs="+", default=(1_000_000, 10_000_000, 50_000_000, 100_000_000))
    parser.add_argument("--skip", action="append", default=[], choices=("spark", "pandas"))
    parser.add_argument("--workers", type=int, nargs="+", default=(1, 2), help="of Spark, one run for each number")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--memory", default="3GB", help="DuckDB's limit")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pandas", type=int, default=5, help="millions of rows that pandas gets")
    parser.add_argument("--folder", help="where the files are made (about 35 MB for each million rows)")
    parser.add_argument("--use", type=Path, help="a folder that stands already instead of a made one")
    parser.add_argument("--names", nargs="+", choices=NAMES, default=NAMES, help="only these roll-ups")
    parser.add_argument("--spark-names", nargs="+", choices=NAMES, help="only these on Spark")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.growth:
        options.skip = ["spark", "pandas"]
    sizes = options.sizes if options.growth else (options.rows,)
    found = [once(rows, options) for rows in sizes]
    if options.growth:
        _growth(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
