"""Reading tables: cells right, time and memory, beside pdfplumber and pypdf, on our own reports and on samples with truths.

Everything runs in one go; each reader works in a process of its own. `--samples FOLDER` names a folder of folders with
PDF, DOCX or XLSX files and a `truth.json` that lists tables with their rows. DOCX and XLSX are also read by python-docx
and openpyxl alone.
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
READERS = {
    ".pdf": ("selaras", "pdfplumber", "pypdf"),
    ".docx": ("selaras", "python-docx"),
    ".xlsx": ("selaras", "openpyxl"),
}
ALL = sorted({reader for readers in READERS.values() for reader in readers})


def main():
    """Write the reports, let every reader read them, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--reader", choices=ALL, help=argparse.SUPPRESS)
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
    """Cells right against the truth of each sample, for each form and each of its readers."""
    truth = {form: {} for form in READERS}
    for file in sorted(folder.resolve().glob("*/truth.json")):
        tables = json.loads(file.read_text("utf-8"))["tables"]
        rows = [
            row[1:] for it in tables if isinstance(it["rows"], list) for row in it["rows"]
        ]  # the first names the row
        for form in READERS:
            paths = [str(path) for path in sorted(file.parent.glob(f"*{form}"))]
            if paths:
                truth[form]["\n".join(paths)] = [numbers for row in rows if (numbers := figures(row))]
    for form, known in truth.items():
        if known:
            report(f"Samples of real reports, {form[1:].upper()} (figures of each row)", known, figures, form)


def report(title, truth, view, form=".pdf"):
    files = [path for paths in truth for path in paths.split("\n")]
    found = {reader: child(reader, files) for reader in READERS[form]}
    lines = []
    for reader, answer in found.items():
        right = total = 0
        for paths, rows in truth.items():
            got = [view(row) for path in paths.split("\n") for row in answer["rows"][path]]
            right += matched(rows, got)
            total += sum(map(len, rows))
        ratio = answer["seconds"] / found["selaras"]["seconds"]
        each = (
            f"{answer['pages']} pages, {answer['seconds'] / answer['pages'] * 1000:.1f} ms/page"
            if answer["pages"]
            else ""
        )
        speed = ", ".join(filter(None, (each, f"{ratio:.1f} × our time", f"{answer['mib']:.0f} MiB")))
        lines.append((reader, f"{100 * right / total:.2f}%", f"{right} of {total} cells; {speed}"))
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
    work = WORK[reader]
    work(paths[0])
    started = time.process_time()
    rows, pages = {}, 0
    for path in paths:
        count, found = work(path)
        rows[str(path)] = [[clean(cell) for cell in row if cell and clean(cell)] for row in found]
        pages += count
    return {"seconds": time.process_time() - started, "pages": pages, "rows": rows, "mib": peak_mib()}


def by_selaras(path):
    from selaras.documents.read.forms import read_form
    from selaras.documents.read.limits import DEFAULT

    reading = read_form(Path(path), DEFAULT)
    return reading.pages, [texts(row) for row in rows_of(reading.document)]


def by_pdfplumber(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return len(pdf.pages), [row for page in pdf.pages for found in page.extract_tables() for row in found]


def by_pypdf(path):
    """It knows no tables: each line is a row, its cells parted by wide gaps."""
    from pypdf import PdfReader

    pages = PdfReader(path).pages
    lines = [line for page in pages for line in page.extract_text(extraction_mode="layout").splitlines()]
    return len(pages), [re.split(r"\s{2,}", line.strip()) for line in lines]


def by_python_docx(path):
    import docx

    return 0, [[cell.text for cell in row.cells] for table in docx.Document(path).tables for row in table.rows]


def by_openpyxl(path):
    import openpyxl

    sheets = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets
    return 0, [
        [str(value) for value in row if value is not None] for it in sheets for row in it.iter_rows(values_only=True)
    ]


WORK = {
    "selaras": by_selaras, "pdfplumber": by_pdfplumber, "pypdf": by_pypdf, "python-docx": by_python_docx, "openpyxl": by_openpyxl,
}  # fmt: skip


def rows_of(document):
    from selaras.core.document import Table

    return [row for block in document.blocks if isinstance(block, Table) for row in (*block.header, *block.body)]


def texts(row):
    """The words of each cell, or the number behind them where the file keeps one, a percentage as the file keeps it."""
    return [text for cell in row.cells if (text := clean(cell.text) if cell.amount is None else kept(cell))]


def kept(cell):
    return f"{cell.amount / 100 if cell.unit == '%' else cell.amount:f}"


def clean(text):
    """One space between words; hyphens and slashes at line ends are nobody's mistake here."""
    text = re.sub(r"(?<=\w)[\u00ad\u0002]\s*", "", text)
    return re.sub(r"(?<=[/-])\s", "", " ".join(text.replace("\u00ad", "").split()))


def figures(row):
    """The numbers of a row to two decimals, whatever their separators; a unit may follow, those amid words are left out."""
    return [f"{number:.2f}" for cell in row if (number := figure(cell)) is not None]


def figure(cell):
    if isinstance(cell, int | float):
        return Decimal(str(cell))
    plain = re.sub(r"^Rp\.?\s*|\s*%$|,-$|\s*\([A-Z]+\)$|(?<=\d)\s+[A-Za-z]+$", "", (cell or "").strip())
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+|\d+", plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    return Decimal(plain) if re.fullmatch(r"-?\d+\.\d+", plain) else None


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
