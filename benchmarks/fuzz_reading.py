"""Reading damaged files: bit flips, truncation, streams and parts damaged inside, lies, nesting, absurd sizes; all forms.

Every file is read by a child of its own with bounds on time and memory, as `selaras read` does. `--files` files are spread
over `--processes`; the same `--seed` makes the same files. With `--minutes` it stops there and says how many were read; the
next piece goes on with `--seed`. Ends with status 1 if a file made the reader crash.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.documents.read.bounded import tried  # noqa: E402
from tests.documents.read.damage import damaged  # noqa: E402
from tests.documents.sample import sample  # noqa: E402

from selaras.core.reporting import compose  # noqa: E402
from selaras.documents.read.limits import DEFAULT  # noqa: E402
from selaras.documents.workbook import read_snapshot  # noqa: E402
from selaras.documents.write import write  # noqa: E402
from selaras.rulebook import load  # noqa: E402

KINDS = ("pk", "pengukuran")
FORMS = ("pdf", "docx", "xlsx", "html")
EXAMPLE = ROOT / "examples" / "sekretariat-kpu-2022.xlsx"
CHUNK = 50


def main():
    """Make the whole files, damage them, read them, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=30, help="processor time of one file")
    parser.add_argument("--memory", type=int, default=1_024, help="MiB of one file")
    parser.add_argument("--minutes", type=float, help="stop after so long")
    parser.add_argument("--keep", type=Path, help="folder for files that crash or take too long")
    args = parser.parse_args()
    wholes = made_whole()
    chunks = [
        (start, min(start + CHUNK, args.seed + args.files)) for start in range(args.seed, args.seed + args.files, CHUNK)
    ]
    end = time.monotonic() + 60 * args.minutes if args.minutes else None
    orders = [(wholes, *chunk, args.seconds, args.memory, args.keep, end) for chunk in chunks]
    with ProcessPoolExecutor(args.processes) as pool:
        found = [each for part in pool.map(tried_many, orders) for each in part]
    sys.exit(told(found))


def made_whole():
    """Reports of the example agencies and the sample document in every form."""
    law, snapshot = load(date(2024, 12, 31)), read_snapshot(EXAMPLE, 2022)
    documents = [sample(), *(compose(snapshot, law, kind=kind) for kind in KINDS)]
    wholes = {form: [] for form in FORMS}
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            for document in documents:
                path = Path(folder) / f"laporan.{form}"
                write(document, form, path)
                wholes[form].append(path.read_bytes())
    lines = "BAB I\n\nPENDAHULUAN\n\nTabel 3.1 Capaian\n\nNo\tIndikator\tTarget\n1\tIndeks mutu\t85\n\nCapaian 94,12%.\n\nDAFTAR ISI\nA .... 1\n"
    return {**wholes, "txt": [lines.encode() * 20]}


def tried_many(order):
    """Form, way and outcome of the files with these numbers."""
    wholes, start, last, seconds, memory, keep, end = order
    limits = replace(DEFAULT, seconds=seconds, memory=memory * 2**20)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(start, last):
            if end is not None and time.monotonic() > end:
                break
            form, way, content = damaged(wholes, seed)
            path = Path(folder) / f"berkas.{form}"
            path.write_bytes(content)
            outcome = tried(path, limits)
            if keep and outcome.kind in {"crash", "slow", "memory"}:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{outcome.kind}-{seed}-{way}.{form}").write_bytes(content)
            found.append((seed, form, way, outcome))
    return found


def told(found):
    """Print counts by form, the slowest, the largest, and each crash; 1 if there was one."""
    kinds = ("answer", "refusal", "depth", "memory", "slow", "crash")
    rows = []
    for form in [*sorted({form for _, form, _, _ in found}), "all"]:
        some = [each for each in found if form in (each[1], "all")]
        counts = Counter(outcome.kind for *_, outcome in some)
        seconds = sorted(outcome.seconds for *_, outcome in some)
        peak = max(outcome.peak for *_, outcome in some)
        times = f"{seconds[len(some) // 2]:.2f}", f"{seconds[-1]:.1f}"
        rows.append((form, len(some), *(counts[kind] for kind in kinds), *times, peak // 2**20))
    for row in (("form", "files", *kinds, "median s", "slowest s", "most MiB"), *rows):
        print("".join(f"{value!s:>11}" for value in row))
    for seed, form, way, outcome in sorted(found, key=lambda each: -each[3].seconds)[:8]:
        print(f"  {outcome.seconds:6.1f} s  {outcome.peak // 2**20:5} MiB  {seed} {form} {way}: {outcome.kind}")
    for seed, form, way, outcome in found:
        if outcome.kind == "crash":
            print(f"  crash {seed} {form} {way}: {outcome.said}")
    return int(any(outcome.kind == "crash" for *_, outcome in found))


if __name__ == "__main__":
    main()
