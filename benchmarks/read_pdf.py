"""Reading PDF tables: cells right, time and memory, beside pdfplumber, on our own reports and on samples with truths.

Everything runs in one go; each reader works in a process of its own. `--samples FOLDER` names a folder of folders with
PDF files and a `truth.json` that lists tables with their rows.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

from measure import peak_mib, table

ROOT = Path(__file__).parents[1]
EXAMPLES = (("biro-organisasi-2024.xlsx", 2024), ("sekretariat-kpu-2022.xlsx", 2022))
READERS = ("selaras", "pdfplumber")


def main():
    """Write the reports, let every reader read them, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.reader:
        json.dump(read(args.reader, args.files), sys.stdout)
        return
    with tempfile.TemporaryDirectory() as folder:
        own_reports(Path(folder))
    if args.samples:
        samples(args.samples)


def own_reports(folder):
    truth = {}
    for path, document in composed(folder):
        truth[str(path)] = [texts(row) for row in rows_of(document)]
    report("Our own reports", truth, lambda row: row)


def samples(folder):
    truth = {}
    for file in sorted(folder.glob("*/truth.json")):
        pdfs = [str(path) for path in sorted(file.parent.glob("*.pdf"))]
        tables = json.loads(file.read_text("utf-8"))["tables"]
        rows = [
            row[1:] for it in tables if isinstance(it["rows"], list) for row in it["rows"]
        ]  # the first names the row
        if pdfs:
            truth["\n".join(pdfs)] = [kept for row in rows if (kept := figures(row))]
    report("Samples of real reports (figures of each row)", truth, figures)


def report(title, truth, view):
    found = {reader: child(reader, [path for paths in truth for path in paths.split("\n")]) for reader in READERS}
    lines = []
    for reader, answer in found.items():
        right = total = 0
        for paths, rows in truth.items():
            got = [view(row) for path in paths.split("\n") for row in answer["rows"][path]]
            right += matched(rows, got)
            total += sum(map(len, rows))
        ratio = answer["seconds"] / found["selaras"]["seconds"]
        speed = f"{answer['seconds'] / answer['pages'] * 1000:.1f} ms/page, {ratio:.1f} × ours, {answer['mib']:.0f} MiB"
        lines.append(
            (reader, f"{100 * right / total:.2f}%", f"{right} of {total} cells; {answer['pages']} pages, {speed}")
        )
    table(title, lines)


def matched(rows, got):
    """Cells of each true row that stand in the read row most like it; every read row counts once."""
    counts = [Counter(row) for row in got]
    by_cell = {}
    for number, row in enumerate(got):
        for cell in row:
            by_cell.setdefault(cell, set()).add(number)
    used, right = set(), 0
    for row in sorted(rows, key=len, reverse=True):
        want = Counter(row)
        near = set().union(*(by_cell.get(cell, set()) for cell in row)) - used
        best = max(near, key=lambda number: ((want & counts[number]).total(), -len(got[number])), default=None)
        if best is not None:
            right += (want & counts[best]).total()
            used.add(best)
    return right


def child(reader, paths):
    command = [sys.executable, __file__, "--reader", reader, *paths]
    return json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT / "benchmarks").stdout
    )


def read(reader, paths):
    """Rows of all tables of each file, with seconds of processor time, pages and memory."""
    work = {"selaras": by_selaras, "pdfplumber": by_pdfplumber}[reader]
    work(paths[0])
    started = time.process_time()
    rows, pages = {}, 0
    for path in paths:
        count, found = work(path)
        rows[str(path)] = [[clean(cell) for cell in row if cell and clean(cell)] for row in found]
        pages += count
    return {"seconds": time.process_time() - started, "pages": pages, "rows": rows, "mib": peak_mib()}


def by_selaras(path):
    from selaras.documents.read.limits import DEFAULT
    from selaras.documents.read.pdf import read_pdf

    reading = read_pdf(path, DEFAULT)
    return reading.pages, [texts(row) for row in rows_of(reading.document)]


def by_pdfplumber(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return len(pdf.pages), [row for page in pdf.pages for found in page.extract_tables() for row in found]


def rows_of(document):
    from selaras.core.document import Table

    return [row for block in document.blocks if isinstance(block, Table) for row in (*block.header, *block.body)]


def texts(row):
    return [text for cell in row.cells if (text := clean(cell.text))]


def clean(text):
    """One space between words; hyphens and slashes at line ends are nobody's mistake here."""
    text = re.sub(r"(?<=\w)[\u00ad\u0002]\s*", "", text)
    return re.sub(r"(?<=[/-])\s", "", " ".join(text.replace("\u00ad", "").split()))


def figures(row):
    """The numbers of a row as plain text, whatever their separators; those that stand in words are left out."""
    return [str(number.normalize()) for cell in row if (number := figure(cell)) is not None]


def figure(cell):
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    plain = re.sub(r"^Rp\.?\s*|\s*%$|,-$|\s*\([A-Z]+\)$", "", (cell or "").strip())
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+|\d+", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    return Decimal(plain) if re.fullmatch(r"\d+\.\d{1,2}", plain) else None


def composed(folder):
    from selaras.core.period import Period, Span
    from selaras.core.reporting import KINDS, compose
    from selaras.documents.workbook import read_snapshot
    from selaras.documents.write.pdf import write_pdf
    from selaras.rulebook import load

    for name, year in EXAMPLES:
        snapshot, law = read_snapshot(ROOT / "examples" / name, year), load(date(year, 12, 31))
        periods = {"triwulan": Period(year, Span.QUARTER, 4), "bulanan": Period(year, Span.MONTH, 6)}
        for kind in KINDS:
            document, path = compose(snapshot, law, kind=kind, period=periods.get(kind)), folder / f"{kind}-{year}.pdf"
            write_pdf(document, path)
            yield path, document


if __name__ == "__main__":
    main()
