"""A folder of reports reviewed at once: reports per minute, how busy the processors are, and the memory it takes.

`--count N` reports (500 unless told): copies of the sample agencies' reports as PDF, DOCX, HTML and XLSX. Beside it the same
files one after the other on one processor, a tenth of them, so that the gain of reading side by side can be seen.
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
    """Make the folder, review it, print one line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        masters = list(made(work))
        print(f"{'':28} {'reports':>8} {'seconds':>8} {'per minute':>11} {'processors':>11} {'MB at most':>11}")
        told("side by side", filled(work / "semua", masters, count), count, one=False)
        tenth = max(1, count // 10)
        told("on one processor", filled(work / "sebagian", masters, tenth), tenth, one=True)


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
    """Review a folder by the product's own command; processor time of readers and rules over wall-clock time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "review",
        str(folder),
        "--format",
        "text",
        "--output",
        str(folder / "hasil"),
    ]
    if one:
        command = ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), done.returncode
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / seconds
    print(
        f"{name:28} {count:>8} {seconds:>8.1f} {60 * count / seconds:>11.0f} {busy:>11.2f} {after.ru_maxrss / 1024:>11.0f}"
    )


if __name__ == "__main__":
    main()
