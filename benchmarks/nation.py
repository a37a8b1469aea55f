"""Roll-ups of a made nation: time and memory on DuckDB and on Spark, beside hand-written SQL, pandas and a bare scan.

    python benchmarks/nation.py --rows 50000000                  # everything; 2 GB of disk
    python benchmarks/nation.py --rows 1000000 --skip spark      # a quick look
    python benchmarks/nation.py --growth                         # 1, 10, 50 and 100 million on DuckDB alone

Each measurement runs in a child of its own, so that its peak of memory is its own; the first run of each is thrown away.
Ratios within one run are what counts: the machine's speed falls out of them. The hand-written SQL divides exactly too, by
the same method, but knows only the rules that the made rows need (no ranges, grades, yes or no), so that the ratio holds
what Ibis costs and what those rules cost together; `bare` only reads and adds the same columns.
"""

from __future__ import annotations

import argparse
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import spark_cluster
from benchmarks.nation_made import made

from selaras.analytics.manifest import manifests
from selaras.analytics.opening import Nation
from selaras.analytics.rollups import ROLLUPS

NAMES = ("instansi", "jenis", "unit", "kelas", "anggaran", "efisiensi", "kemajuan", "kelengkapan")
SLICE = 1_000_000
EXACT = """
  SELECT *, CASE WHEN (part < 0) <> (whole < 0) THEN -size_ ELSE size_ END AS raw FROM (
   SELECT *, ((guess + CASE WHEN rest < 0 THEN -1 WHEN rest >= bottom THEN 1 ELSE 0 END)::DECIMAL(24,6) * 0.000001)::DECIMAL(38,15) AS size_ FROM (
    SELECT *, top - guess * bottom AS rest FROM (
     SELECT *, (CASE WHEN top::DOUBLE / bottom::DOUBLE < 1e14 THEN floor(top::DOUBLE / bottom::DOUBLE) END)::BIGINT::DECIMAL(18,0) AS guess FROM (
      SELECT *, abs(part) * 100000000::DECIMAL(10,0) AS top, nullif(abs(whole), 0) AS bottom FROM (
       SELECT *,
        CASE WHEN target_kind IS NULL OR realised_kind IS NULL OR target_kind <> realised_kind THEN NULL
             WHEN target_upper IS NOT NULL OR realised_upper IS NOT NULL OR target <= 0 THEN NULL
             WHEN polarity = 'naik' THEN realised WHEN lower_method = 'inversi' THEN target ELSE target + target - realised END AS part,
        CASE WHEN lower_method = 'inversi' THEN realised ELSE target END AS whole
       FROM nation_measurements WHERE span = 'tahun' AND measured)))))
"""
SUMMARY = """count(*) AS indicators, count(share) AS with_figure, sum(CASE WHEN raw >= 100 THEN 1 ELSE 0 END) AS reached,
  sum(CASE WHEN raw < 100 THEN 1 ELSE 0 END) AS missed, sum(share) AS total, min(share) AS lowest, max(share) AS highest"""
SHARED = f"(SELECT *, CASE WHEN raw > cap THEN cap ELSE raw END AS share FROM ({EXACT}))"
PRINTED = """round(share::DECIMAL(18,6), 2)"""
SQL = {
    "instansi": f"SELECT year, agency, {SUMMARY} FROM {SHARED} GROUP BY ALL",
    "jenis": f"""SELECT m.year, a.kind, {SUMMARY} FROM {SHARED} m JOIN nation_agencies a USING (year, agency) GROUP BY ALL""",
    "unit": f"""SELECT m.year, m.agency, l.ancestor, l.depth, {SUMMARY} FROM {SHARED} m
      JOIN nation_lineage l USING (year, agency, unit) GROUP BY ALL""",
    "kelas": f"""SELECT m.year, a.kind, a.scale, CASE WHEN p >= l1 THEN n1 WHEN p >= l2 THEN n2 WHEN p >= l3 THEN n3
       WHEN p >= l4 THEN n4 WHEN p IS NULL THEN 'tanpa nilai' ELSE n5 END AS class_label, count(*) AS indicators
      FROM (SELECT *, {PRINTED} AS p FROM {SHARED}) m JOIN nation_agencies a USING (year, agency)
      JOIN (SELECT year, agency, {", ".join(f"max(label) FILTER (position = {n}) AS n{n}, max(lower) FILTER (position = {n}) AS l{n}" for n in range(1, 6))}
            FROM nation_classes GROUP BY ALL) c USING (year, agency) GROUP BY ALL""",
    "anggaran": """SELECT year, agency, name, kind, sum(ceiling)::DECIMAL(38,2) AS ceiling, sum(spent)::DECIMAL(38,2) AS spent
      FROM nation_budgets JOIN nation_agencies USING (year, agency) WHERE counts GROUP BY ALL""",
    "kelengkapan": """SELECT year, agency, span, count(*) AS expected, count(realised_kind) AS filled,
      sum(CASE WHEN realised_kind IS NOT NULL AND state IN ('terverifikasi', 'terkunci') THEN 1 ELSE 0 END) AS settled,
      sum(CASE WHEN realised_kind IS NOT NULL AND evidence > 0 THEN 1 ELSE 0 END) AS proved, count(target_kind) AS planned,
      sum(CASE WHEN realised_kind IS NOT NULL AND recorded_on <= due_on THEN 1 ELSE 0 END) AS on_time,
      sum(CASE WHEN realised_kind IS NOT NULL AND recorded_on > due_on THEN 1 ELSE 0 END) AS late
      FROM nation_measurements WHERE measured GROUP BY ALL""",
}  # fmt: skip
BARE = {
    "instansi": """SELECT year, agency, count(*), sum(target), sum(realised), max(cap), max(polarity), max(lower_method), max(target_kind),
      max(realised_kind), max(target_upper), max(realised_upper) FROM nation_measurements WHERE span = 'tahun' AND measured GROUP BY ALL""",
    "anggaran": "SELECT year, agency, sum(ceiling), sum(spent) FROM nation_budgets WHERE counts GROUP BY ALL",
    "kelengkapan": """SELECT year, agency, span, count(realised_kind), max(state), sum(evidence), max(recorded_on), max(due_on), count(target_kind)
      FROM nation_measurements WHERE measured GROUP BY ALL""",
}  # fmt: skip


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


def _duckdb(root: Path, given: dict[str, Any]) -> dict[str, float]:
    nation = Nation(root, threads=given["threads"], memory=given["memory"])
    return _times(given, {name: (lambda name=name: nation.rows(ROLLUPS[name].make(nation))) for name in given["names"]})


def _sql(root: Path, given: dict[str, Any]) -> dict[str, float]:
    nation = Nation(root, threads=given["threads"], memory=given["memory"])
    nation.table("units")  # makes the views
    return _times(
        given,
        {
            name: (lambda text=text: nation.backend.raw_sql(text).fetchall())
            for name, text in given["sql"].items()
            if name in given["names"]
        },
    )


def _spark(root: Path, given: dict[str, Any]) -> dict[str, float]:
    workers = given["workers"]
    with spark_cluster.cluster(workers, memory="2g") as master, \
            spark_cluster.session(master, workers=workers, memory="1800m", driver="1500m") as session:  # fmt: skip
        nation = Nation(root, spark=session)
        return _times(
            given, {name: (lambda name=name: nation.rows(ROLLUPS[name].make(nation))) for name in given["names"]}
        )


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


WORK = {"duckdb": _duckdb, "sql": _sql, "bare": _sql, "spark": _spark, "pandas": _pandas}


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
        found["bare"] = measured("bare", root, plain | {"sql": BARE})
        found["sql"] = measured("sql", root, plain | {"sql": SQL})
        found["duckdb"] = measured("duckdb", root, plain)
        if "pandas" not in options.skip:
            share = max(1, round(len(list(manifests(root))) * min(1, SLICE * options.pandas / count)))
            found["pandas"] = measured("pandas", root, plain | {"partitions": share})
        if "spark" not in options.skip:
            why = spark_cluster.missing()
            for workers in () if why else (1, 2):
                found[f"spark_{workers}"] = measured(
                    "spark", root, {"workers": workers, "runs": 1, "warm": False, "names": options.names}
                )
            if why:
                print(f"spark left out: {why}")
        _table(found)
        return told | found


def _table(found: dict[str, Any]) -> None:
    heads = [name for name in ("bare", "sql", "duckdb", "spark_1", "spark_2") if name in found]
    print("roll-up      " + "".join(f"{head:>10}" for head in heads) + "   ibis/sql  duckdb/bare  spark2/spark1")
    for name in NAMES:
        cells = {head: found[head].get("seconds", {}).get(name) for head in heads}
        line = "".join(f"{cell:>10.2f}" if cell is not None else f"{'–':>10}" for cell in cells.values())
        pairs = (("duckdb", "sql"), ("duckdb", "bare"), ("spark_2", "spark_1"))
        ratios = [f"{cells[a] / cells[b]:.2f}" if cells.get(a) and cells.get(b) else "–" for a, b in pairs]
        print(f"{name:<13}{line}   {ratios[0]:>8}  {ratios[1]:>11}  {ratios[2]:>13}")
    print(
        "peak MB      "
        + "".join(f"{found[head].get('peak_mb', 0):>10}" for head in heads)
        + "   (Spark: the Python side only)"
    )
    for name, part in found.items():
        if "failed" in part:
            print(f"{name}: {part['failed']}")
    if "pandas" in found:
        print(f"pandas: {found['pandas']}")


def _rows(root: Path) -> int:
    return sum(item.tables["measurements"].rows for item in manifests(root))


def _size(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--growth", action="store_true", help="1, 10, 50 and 100 million rows, DuckDB only")
    parser.add_argument("--skip", action="append", default=[], choices=("spark", "pandas"))
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--memory", default="3GB", help="DuckDB's limit")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pandas", type=int, default=5, help="millions of rows that pandas gets")
    parser.add_argument("--folder", help="where the files are made (about 35 MB for each million rows)")
    parser.add_argument("--use", type=Path, help="a folder that stands already instead of a made one")
    parser.add_argument("--names", nargs="+", choices=NAMES, default=NAMES, help="only these roll-ups")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.growth:
        options.skip = ["spark", "pandas"]
    sizes = (1_000_000, 10_000_000, 50_000_000, 100_000_000) if options.growth else (options.rows,)
    found = [once(rows, options) for rows in sizes]
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
