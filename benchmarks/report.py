"""One report from the database to PDF and DOCX, beside WeasyPrint and docxtpl with LibreOffice; 552 offices in a batch.

Everything runs in one go on the same content. `--offices 0` leaves the batch out.
"""

import argparse
import dataclasses
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from measure import peak_mib, table, timed

ROOT = Path(__file__).parents[1]
EXAMPLE, CODE, YEAR = ROOT / "examples" / "sekretariat-kpu-2022.xlsx", "KPU-PROB", 2022


def main():
    """Measure one report, its peers, and the batch."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--offices", type=int, default=552)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        one_report(work)
        if args.offices:
            batch(work, args.offices, args.workers)


def one_report(work):
    from selaras.store import setup

    setup(work / "data")
    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator
    from selaras.core.reporting import compose
    from selaras.documents.write import write
    from selaras.documents.write.pdf import created
    from selaras.documents.write.typeset import typeset
    from selaras.documents.write.typst_source import typst_source
    from selaras.rulebook import load
    from selaras.store.snapshot import load_snapshot

    load_workbook(operator("benchmark"), path=EXAMPLE)
    law = load(date(YEAR, 12, 31))
    queries, snapshot = timed(lambda: load_snapshot(CODE, YEAR))
    composing, document = timed(lambda: compose(snapshot, law, kind="lkjip"))
    sourcing, (source, files) = timed(lambda: typst_source(document))
    bare, _ = timed(lambda: typeset(source, files, work / "bare.pdf", created=created(YEAR)))

    def from_database(form):
        write(compose(load_snapshot(CODE, YEAR), law, kind="lkjip"), form, work / f"report.{form}")

    pdf, _ = timed(lambda: from_database("pdf"))
    child = peak_mib(resource.RUSAGE_CHILDREN)
    docx, _ = timed(lambda: from_database("docx"))
    html, _ = timed(lambda: from_database("html"))
    xlsx, _ = timed(lambda: from_database("xlsx"))
    own = peak_mib()
    pages = count_pages(work / "report.pdf")
    before = queries + composing + sourcing
    cold = {form: cold_start(work, form) for form in ("pdf", "docx")}
    table(
        f"One report of {pages} pages ({EXAMPLE.name}), median of five, warm",
        [
            ("queries", ms(queries), "database to snapshot"),
            ("engine and composer", ms(composing), "snapshot to document"),
            ("typesetter's source", ms(sourcing), f"all before the typesetter: {ms(before)} (aim: under 150 ms)"),
            ("bare typesetting", ms(bare), "the same source, one child process"),
            (
                "database to PDF",
                ms(pdf),
                f"{pdf / bare:.2f} × bare typesetting (aim: 1.2); child {child:.0f} MiB, parent {own:.0f} MiB",
            ),
            ("database to DOCX", ms(docx), "aim: under 400 ms"),
            ("database to HTML", ms(html), ""),
            ("database to XLSX", ms(xlsx), ""),
            ("cold command, PDF", ms(cold["pdf"]), "a new process, Python and Django started"),
            ("cold command, DOCX", ms(cold["docx"]), ""),
        ],
    )
    peers(work, document, pdf, docx)


def ms(seconds):
    return f"{seconds * 1000:,.0f} ms"


def count_pages(path):
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def cold_start(work, form):
    command = [
        sys.executable,
        "-m",
        "selaras.cli.main",
        "report",
        "--agency",
        CODE,
        "--year",
        str(YEAR),
        "--format",
        form,
    ]
    command += ["--data", str(work / "data"), "--output", str(work / "cold")]
    seconds, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True), runs=3)
    return seconds


def peers(work, document, pdf, docx):
    """The same content through the usual ways."""
    rows = []
    for peer in (through_weasyprint, through_docxtpl):
        try:
            rows += peer(work, document, pdf, docx)
        except (ImportError, OSError) as problem:
            rows.append((peer.__name__, "–", f"not measured: {str(problem).splitlines()[0]}"))
    table("Peers, the same content", rows)


def through_weasyprint(work, document, pdf, docx):
    import weasyprint

    page = work / "report.html"
    seconds, _ = timed(lambda: weasyprint.HTML(filename=str(page)).write_pdf(work / "weasy.pdf"), runs=1)
    pages = count_pages(work / "weasy.pdf")
    return [("WeasyPrint, HTML to PDF", ms(seconds), f"{pages} pages, {seconds / pdf:.1f} × Selaras, database to PDF")]


def through_docxtpl(work, document, pdf, docx):
    import docxtpl

    template = office_template(work / "template.docx")
    images = chart_images(document, work)

    def render():
        book = docxtpl.DocxTemplate(template)
        pictures = {key: docxtpl.InlineImage(book, str(path)) for key, path in images.items()}
        book.render({"blocks": office_blocks(document, pictures)}, autoescape=True)
        book.save(work / "office.docx")

    filled, _ = timed(render, runs=3)
    rows = [("docxtpl, to DOCX", ms(filled), f"{filled / docx:.1f} × Selaras, database to DOCX")]
    if shutil.which("soffice"):
        convert(work, "office.docx")  # the first start makes the profile
        seconds, _ = timed(lambda: convert(work, "office.docx"), runs=3)
        whole, pages = filled + seconds, count_pages(work / "office.pdf")
        note = f"{pages} pages, {whole / pdf:.1f} × Selaras, database to PDF (aim: at least 6)"
        rows.append(("docxtpl and LibreOffice, to PDF", ms(whole), note))
        seconds, _ = timed(lambda: convert(work, "report.docx"), runs=3)
        whole, pages = docx + seconds, count_pages(work / "report.pdf")
        note = f"{pages} pages, {whole / pdf:.1f} × Selaras, database to PDF"
        rows.append(("our own DOCX through LibreOffice", ms(whole), note))
    return rows


def convert(work, name):
    profile = f"-env:UserInstallation=file://{work}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(work / name)]
    subprocess.run(command, check=True, capture_output=True)


def office_template(path):
    """A template as an agency would make one: loops over blocks, tables with loops over rows and cells."""
    from docx import Document

    book = Document()
    for line in (
        "{%p for b in blocks %}", "{%p if b.kind == 'heading' %}", "{{ b.text }}", "{%p elif b.kind == 'paragraph' %}",
        "{{ b.text }}", "{%p elif b.kind == 'picture' %}", "{{ b.image }}", "{{ b.caption }}",
        "{%p elif b.kind == 'table' %}", "{{ b.caption }}",
    ):  # fmt: skip
        book.add_paragraph(line)
    grid = book.add_table(rows=3, cols=3, style="Table Grid")
    grid.cell(0, 0).text = "{%tr for row in b.rows %}"
    for column, text in enumerate(("{%tc for c in row %}", "{{ c }}", "{%tc endfor %}")):
        grid.cell(1, column).text = text
    grid.cell(2, 0).text = "{%tr endfor %}"
    book.add_paragraph("{%p endif %}")
    book.add_paragraph("{%p endfor %}")
    book.save(path)
    return path


def chart_images(document, work):
    """Every chart as PNG, as an agency would paste it; drawing them is not counted against the peer."""
    import typst

    from selaras.core.document import Chart, OrgChart
    from selaras.documents.charts import draw

    images = {}
    for block in document.blocks:
        if isinstance(block, Chart | OrgChart):
            (work / "chart.svg").write_text(draw(block), "utf-8")
            (work / "chart.typ").write_text(
                '#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg", width: 16cm)', "utf-8"
            )
            images[block.key] = work / f"chart-{len(images)}.png"
            typst.compile(str(work / "chart.typ"), output=str(images[block.key]), format="png", ppi=150)
    return images


def office_blocks(document, pictures):
    from selaras.core import document as d

    blocks = []
    for block in document.blocks:
        if isinstance(block, d.Heading):
            blocks.append({"kind": "heading", "text": block.full})
        elif isinstance(block, d.Paragraph):
            blocks.append({"kind": "paragraph", "text": d.plain(block.spans)})
        elif isinstance(block, d.Listing):
            blocks += [{"kind": "paragraph", "text": d.plain(item)} for item in block.items]
        elif isinstance(block, d.Table):
            rows = [[cell.text for cell in row.cells] for row in (*block.header, *block.body)]
            blocks.append({"kind": "table", "caption": f"{block.label} {block.caption}", "rows": rows})
        elif isinstance(block, d.Chart | d.OrgChart):
            blocks.append(
                {"kind": "picture", "caption": f"{block.label} {block.caption}", "image": pictures[block.key]}
            )
    return blocks


def batch(work, offices, workers):
    """Every office's report on a pool of processes, from its own data in one database."""
    from selaras.actions.exchange import load_workbook
    from selaras.core.access import operator
    from selaras.documents.workbook import read_records, write_workbook

    agency, records, _ = read_records(EXAMPLE)
    started = time.perf_counter()
    codes = [f"KPU-{number:03}" for number in range(1, offices + 1)]
    for code in codes:
        path = work / "office.xlsx"
        write_workbook(
            path, dataclasses.replace(agency, code=code, name=f"Sekretariat KPU Contoh {code[-3:]}"), records
        )
        load_workbook(operator("benchmark"), path=path)
    loading = time.perf_counter() - started
    from django.db import connections

    connections.close_all()
    started = time.perf_counter()
    with ProcessPoolExecutor(workers, initializer=enter, initargs=(work / "data",)) as pool:
        peaks = list(pool.map(compose_one, codes, [work / "batch"] * offices, chunksize=4))
    seconds = time.perf_counter() - started
    files = list((work / "batch").glob("*.pdf"))
    early, late = max(peaks[: offices // 4]), max(peaks)
    table(
        f"{offices} offices in one batch, {workers} processes",
        [
            ("reports", f"{len(files)}", f"{sum(file.stat().st_size for file in files) / 2**20:,.0f} MiB of PDF"),
            ("loading their workbooks", f"{loading:,.0f} s", f"{loading / offices * 1000:.0f} ms each"),
            ("composing and typesetting", f"{seconds:,.0f} s", f"{offices / seconds * 60:,.0f} reports per minute"),
            ("memory of a worker", f"{late:.0f} MiB", f"{early:.0f} MiB after the first quarter"),
        ],
    )


def enter(data):
    from selaras.store import setup

    os.environ["OMP_NUM_THREADS"] = "1"
    setup(data)


def compose_one(code, output):
    from selaras.actions.reports import compose
    from selaras.core.access import operator

    compose(operator("benchmark"), agency=code, year=YEAR, kind="lkjip", formats=["pdf"], output=output)
    return peak_mib()


if __name__ == "__main__":
    main()
