"""Reviewing: processor seconds per page for reading, beside pdfplumber and pypdf, and for understanding and rules; a folder in parallel.

Reads our own report as PDF, DOCX and HTML, one of more than 60 pages, and, with `--samples DIR`, every PDF below a folder; then counts the
cells that are right against the truths of the samples, for every reader.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

from measure import peak_mib, table, timed
from read_pdf import samples

ROOT = Path(__file__).parents[1]
RUNS = 5
COMMAND = "import sys; from selaras.cli.main import main; sys.exit(main(sys.argv[1:]))"
FOLLOWING = ("targets", "realisations", "explanations", "evidence", "data_quality", "supports", "agreement_lines")
"""The records of an indicator that go with its copy in the long report."""
EXAMPLE, YEAR = ROOT / "examples" / "sekretariat-kpu-2022.xlsx", 2022


def main():
    """One report in each form, its peers, and a folder of copies on both cores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=40)
    parser.add_argument("--samples", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        paths = written(work)
        for path in (*paths.values(), long(work)):
            one(path)
        peers(paths["pdf"])
        batch(work, paths["pdf"], args.copies)
    if args.samples:
        for path in sorted(args.samples.rglob("*.pdf")):
            one(path)
        samples(args.samples)


def written(work):
    from selaras.core.reporting import compose
    from selaras.documents.workbook import read_snapshot
    from selaras.documents.write import write
    from selaras.rulebook import load

    document = compose(read_snapshot(EXAMPLE, YEAR), load(date(YEAR, 12, 31)), kind="lkjip")
    paths = {form: work / f"laporan.{form}" for form in ("pdf", "docx", "html")}
    for form, path in paths.items():
        write(document, form, path)
    return paths


def long(work):
    """The same report with every indicator once more under another name: more than 60 pages."""
    from selaras.core.reporting import compose
    from selaras.core.snapshot import RECORD_KINDS, Indicator
    from selaras.documents.workbook import read_snapshot
    from selaras.documents.write import write
    from selaras.rulebook import load

    snapshot = read_snapshot(EXAMPLE, YEAR)
    more = {}
    for kind in RECORD_KINDS:
        if kind.record is not Indicator and kind.field not in FOLLOWING:
            continue
        given = getattr(snapshot, kind.field)
        names = [name for name, other in kind.references if other is Indicator] or ["code"]
        again = [replace(item, **{name: f"{getattr(item, name)}-2" for name in names}) for item in given]
        if kind.record is Indicator:
            again = [replace(item, name=f"{item.name} Tahap Kedua") for item in again]
        if kind.field == "agreement_lines":
            again = [replace(item, order=item.order + 100) for item in again]
        more[kind.field] = (*given, *again)
    path = work / "laporan-panjang.pdf"
    write(compose(replace(snapshot, **more), load(date(YEAR, 12, 31)), kind="lkjip"), "pdf", path)
    return path


def one(path):
    from selaras.documents.read import read
    from selaras.documents.read.forms import read_form
    from selaras.documents.read.limits import DEFAULT
    from selaras.review.claims import understand
    from selaras.review.engine import review
    from selaras.rulebook import load

    law = load(date.today())
    inside, reading = spent(lambda: read_form(path, DEFAULT))
    child, _ = spent(lambda: read(path))
    knowing, report = spent(lambda: understand(reading))
    fresh = iter(
        [understand(reading) for _ in range(RUNS)]
    )  # what one run of the rules has found must not help the next
    rules, found = spent(lambda: review(next(fresh), law))
    pages = reading.pages or 1
    table(
        f"{path.name}: {reading.pages} pages, {len(report.grids)} tables, {len(report.sentences)} sentences, {len(found)} findings; seconds of processor",
        [
            ("reading", f"{inside * 1000:,.0f} ms", f"{inside / pages * 1000:.1f} ms a page"),
            ("reading in a bounded child", f"{child * 1000:,.0f} ms", "as `selaras review` does, its start included"),
            ("understanding", f"{knowing * 1000:,.0f} ms", f"{knowing / pages * 1000:.1f} ms a page"),
            ("all rules", f"{rules * 1000:,.0f} ms", "aim: well under 250 ms for 60 pages"),
            (
                "the three together",
                f"{child + knowing + rules:.2f} s",
                f"aim: about 2 s for 60 pages; peak {peak_mib():.0f} MiB",
            ),
            ("`selaras review`, cold", f"{command(path):.2f} s", "a new process, Python started"),
        ],
    )


def spent(step):
    """Seconds of processor that a step takes, of this process and its children (the median), and its result."""
    seconds = []
    for _ in range(RUNS):
        before, result = processor(), step()
        seconds.append(processor() - before)
    return median(seconds), result


def processor():
    """Seconds of processor used so far by this process and by its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def command(path):
    """Seconds of processor of the whole command."""
    words = [sys.executable, "-c", COMMAND, "review", str(path), "--format", "json"]
    return spent(lambda: subprocess.run(words, check=False, capture_output=True))[0]


def peers(path):
    from selaras.documents.read.forms import read_form
    from selaras.documents.read.limits import DEFAULT

    ours, _ = timed(lambda: read_form(path, DEFAULT), runs=3)
    rows = [("Selaras, text and tables", f"{ours * 1000:,.0f} ms", "")]
    import pdfplumber
    from pypdf import PdfReader

    def tables():
        with pdfplumber.open(path) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    seconds, _ = timed(tables, runs=1)
    rows.append(("pdfplumber, tables only", f"{seconds * 1000:,.0f} ms", f"{seconds / ours:.1f} × Selaras"))
    seconds, _ = timed(lambda: [page.extract_text() for page in PdfReader(path).pages], runs=1)
    rows.append(("pypdf, text only", f"{seconds * 1000:,.0f} ms", f"{seconds / ours:.1f} × Selaras"))
    table("Reading the PDF, beside others", rows)


def batch(work, path, copies):
    folder = work / "laporan"
    folder.mkdir()
    for number in range(copies):
        (folder / f"laporan-{number:03}.pdf").write_bytes(path.read_bytes())
    started = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "selaras.cli.main",
        "review",
        str(folder),
        "--format",
        "json",
        "--output",
        str(work / "out"),
    ]
    subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - started
    written = len(list((work / "out").glob("*.json")))
    remark = f"{written} results; {copies / seconds * 60:,.0f} reports a minute on {os.cpu_count()} cores"
    table("A folder of reports", [(f"{copies} reports", f"{seconds:.1f} s", remark)])


if __name__ == "__main__":
    main()
