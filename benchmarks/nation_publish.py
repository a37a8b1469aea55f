"""Memory and time of `selaras publish` as agencies grow: ten times as many agencies must not need more memory.

    python benchmarks/nation_publish.py                       # 4 and 40 agencies of 3 years
    python benchmarks/nation_publish.py --agencies 10 600

Each size has a database of its own; it is published by a child, once in full and once more when nothing has changed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

YEARS = (2022, 2023, 2024)
MAKE = """
import sys
from pathlib import Path
from selaras.cli.options import open_workspace
open_workspace(Path(sys.argv[1]))
from benchmarks.web_data import generate
print(generate(int(sys.argv[2]), {years}, units=40, indicators=int(sys.argv[3])))
"""
PUBLISH = """
import json, resource, sys, time
from pathlib import Path
from selaras.cli.options import open_workspace
open_workspace(Path(sys.argv[1]))
from selaras.actions.publishing import publish_nation
from selaras.core.access import operator
before, wall, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, time.perf_counter(), time.process_time()
done = publish_nation(operator("ukur"), to=Path(sys.argv[1]) / "nation", inside=True)
print(json.dumps({**done.counts(), "before_mb": before, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
                  "wall_s": round(time.perf_counter() - wall, 1), "cpu_s": round(time.process_time() - cpu, 1)}))
"""


def child(script: str, *words: object) -> str:
    root = str(Path(__file__).resolve().parents[1])
    done = subprocess.run([sys.executable, "-c", script, *map(str, words)], capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": root}, cwd=root)  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, nargs="+", default=(4, 40))
    parser.add_argument("--indicators", type=int, default=200, help="of each agency")
    parser.add_argument("--folder")
    options = parser.parse_args()
    from selaras.analytics.manifest import manifests

    peaks = []
    for agencies in options.agencies:
        with tempfile.TemporaryDirectory(prefix="publish-", dir=options.folder) as name:
            started = time.perf_counter()
            print(child(MAKE.format(years=YEARS), name, agencies, options.indicators), flush=True)
            print(f"  made in {time.perf_counter() - started:.0f} s", flush=True)
            for turn in ("all of it", "nothing changed"):
                told = json.loads(child(PUBLISH, name))
                rows = sum(part.rows for item in manifests(Path(name) / "nation") for part in item.tables.values())
                print(f"  {agencies} agencies, {turn}: {rows:,} rows, {told}", flush=True)
                if turn == "all of it":
                    peaks.append(told["peak_mb"])
    print(f"peak MB: {' → '.join(map(str, peaks))} ({peaks[-1] / peaks[0]:.2f} times)")


if __name__ == "__main__":
    main()
