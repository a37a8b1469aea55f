"""A report book of many offices on a pool of processes: how many a minute, memory of a worker, and going on after a kill.

python benchmarks/book.py --offices 552 --workers 2
"""

import argparse
import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import table

ROOT = Path(__file__).parents[1]
EXAMPLE, YEAR = ROOT / "examples" / "sekretariat-kpu-2022.xlsx", 2022


def main():
    """Load the offices, make the book, kill a second one half-way and go on with it, then make it from nothing new."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--offices", type=int, default=552)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", default="lkjip")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        loading = load(work, args.offices)
        whole, peak, done = run(work, args, work / "book")
        killed = kill_half_way(work, args, work / "killed")
        rest, _, left = run(work, args, work / "killed")
        again, _, same = run(work, args, work / "book")
        minute = args.offices / whole * 60
        table(
            f"A book of {args.offices} offices ({args.kind}, PDF), {args.workers} processes",
            [
                ("loading their workbooks", f"{loading:,.0f} s", f"{loading / args.offices * 1000:.0f} ms each"),
                ("the book", f"{whole:,.0f} s", f"{minute:,.0f} reports per minute; {done['gagal']} failed"),
                ("memory of the largest process", f"{peak:.0f} MiB", "polled twice a second"),
                (
                    "killed after",
                    f"{killed} documents",
                    f"gone on with: {left['tetap']} stay, {left['baru']} made, {rest:,.0f} s",
                ),
                (
                    "once more, nothing new",
                    f"{again:,.0f} s",
                    f"{same['tetap']} stay; {again / whole:.2f} of the first run",
                ),
            ],
        )


def load(work, offices):
    """Every office from the example, under a code of its own; gives the seconds."""
    from selaras.store import setup

    setup(work / "data")
    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator
    from selaras.documents.workbook import read_records, write_workbook

    agency, records, _ = read_records(EXAMPLE)
    started = time.perf_counter()
    for number in range(1, offices + 1):
        one = dataclasses.replace(agency, code=f"KPU-{number:03}", name=f"Sekretariat KPU Contoh {number:03}")
        write_workbook(work / "office.xlsx", one, records)
        load_workbook(operator("benchmark"), path=work / "office.xlsx")
    from django.db import connections

    connections.close_all()
    return time.perf_counter() - started


def command(work, args, output):
    return [
        sys.executable, "-m", "selaras.cli.main", "book", "run", "--kind", args.kind, "--year", str(YEAR), "--workers",
        str(args.workers), "--output", str(output), "--format", "json", "--data", str(work / "data"),
    ]  # fmt: skip


def run(work, args, output):
    """Seconds, the largest process in MiB, and the counts of a run."""
    started, peak = time.perf_counter(), 0.0
    with (work / "told.json").open("w+") as told:
        with subprocess.Popen(command(work, args, output), stdout=told, start_new_session=True) as running:
            while running.poll() is None:
                peak = max(peak, largest(running.pid))
                time.sleep(0.5)
        told.seek(0)
        return time.perf_counter() - started, peak, json.load(told)["runs"][0]


def kill_half_way(work, args, output):
    """Start a run and kill its first process when half of the offices are done; gives how many were."""
    state = output / ".keadaan.jsonl"
    with subprocess.Popen(command(work, args, output), stdout=subprocess.DEVNULL, start_new_session=True) as running:
        while running.poll() is None and finished(state) < args.offices / 2:
            time.sleep(0.2)
        os.kill(running.pid, signal.SIGKILL)
    time.sleep(3)  # its workers follow
    return finished(state)


def finished(state):
    return state.read_bytes().count(b"\n") if state.is_file() else 0


def largest(group):
    """The most memory that a process of the group holds, in MiB."""
    most = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            most = max(most, int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
    return most / 2**20


if __name__ == "__main__":
    main()
