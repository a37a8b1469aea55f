"""A folder of reports reviewed at once: on one processor and on all of them, then a long folder; processor seconds per report.

`--few N` reports (60 unless told) on one processor, then the same on all, with the gain; then `--count N` (500 unless told).
All are copies of the sample agencies' reports as PDF, DOCX, HTML and XLSX. Where other work runs beside, processor seconds per
report can be compared, wall-clock time can not.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from selaras.core.reporting import compose
from selaras.documents.workbook import read_snapshot
from selaras.documents.write import write
from selaras.rulebook import load

EXAMPLES = Path(__file__).parents[1] / "examples"
BOOKS = (("biro-organisasi-2024.xlsx", 2024), ("sekretariat-kpu-2022.xlsx", 2022))
FORMS = ("pdf", "docx", "html", "xlsx")
COMMAND = "import sys; from selaras.cli.main import main; sys.exit(main(sys.argv[1:]))"


def main():
    """Make the folders, review them, print one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--few", type=int, default=60)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        masters = list(made(work))
        heads = ("reports", "seconds", "per minute", "processors", "CPU s each", "MB at most")
        print(f"{'':24}" + "".join(f"{head:>12}" for head in heads))
        few = filled(work / "sedikit", masters, args.few)
        alone = told("1 worker, 1 processor", few, args.few, one=True)
        beside = told(f"{cores()} workers", few, args.few, one=False)
        print(f"{'':24}{cores()} workers against one: {alone / beside:.2f} times as fast")
        if args.count:
            told(f"{cores()} workers, long", filled(work / "semua", masters, args.count), args.count, one=False)


def cores():
    """The processors that may be used, one reading worker each."""
    return len(os.sched_getaffinity(0))


def made(folder):
    """The reports that are copied."""
    for name, year in BOOKS:
        document = compose(read_snapshot(EXAMPLES / name, year), load(date(year, 12, 31)), kind="lkjip")
        for form in FORMS:
            path = folder / f"{year}.{form}"
            write(document, form, path)
            yield path


def filled(folder, masters, count):
    """A folder with so many reports."""
    folder.mkdir()
    for number in range(count):
        master = masters[number % len(masters)]
        shutil.copy(master, folder / f"laporan-{number:04}{master.suffix}")
    return folder


def told(name, folder, count, *, one):
    """Review a folder by the product's own command; print and give the seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    results = folder.with_name(f"hasil {name}")
    command = [sys.executable, "-c", COMMAND, "review", str(folder), "--format", "text", "--output", str(results)]
    if one:
        command = ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), done.returncode
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    shown = (f"{seconds:.1f}", f"{60 * count / seconds:.0f}", f"{spent / seconds:.2f}", f"{spent / count:.3f}")
    print(
        f"{name:24}{count:>12}" + "".join(f"{value:>12}" for value in (*shown, f"{after.ru_maxrss / 1024:.0f}")),
        flush=True,
    )
    return seconds


if __name__ == "__main__":
    main()
