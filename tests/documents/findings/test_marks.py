"""Marks on the pages: at the right one of equal cells, on the figure in its sentence, and never at the price of a crash."""

import subprocess
from dataclasses import replace

import pytest
from pypdf import PdfReader

from selaras.core.binding import bound, told_apart
from selaras.core.document import Cell, Column, Document, Paragraph, Row, Table, text
from selaras.core.errors import Refusal
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.documents.findings import Reviewed, write_html, write_pdf
from selaras.documents.findings.marks import Mark, boxes, marks
from selaras.documents.read import read
from selaras.documents.write import write

pytestmark = pytest.mark.slow

ROWS = (("Arsip tertata rapi", "90", "90"), ("Layanan tepat waktu", "80", "90"), ("Pengaduan selesai", "190", "90,5"))


def table():
    columns = tuple(Column(width) for width in (60, 20, 20))
    body = tuple(Row(tuple(Cell(text(words)) for words in row)) for row in ROWS)
    header = (Row(tuple(Cell(text(words)) for words in ("Indikator", "Target", "Realisasi"))),)
    return Table("t", columns, header, body, caption="Capaian", number="3.1")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tanda") / "laporan.pdf"
    sentence = Paragraph(text("Anggaran sebesar 700 juta terealisasi 650 juta atau 95,00 persen pada akhir tahun."))
    write(Document("Laporan", "lkjip", "Dinas", 2024, (sentence, table())), "pdf", path)
    return path


@pytest.fixture(scope="module")
def reading(file):
    return read(file)


def reviewed(reading, file, *findings):
    return Reviewed(reading, "Dinas", 2024, 1, 1, 0.1, findings, files=(file,))


def at(reading, row, column):
    """The place of a body cell as the reader gives it."""
    block = next(block for block in reading.document.blocks if isinstance(block, Table))
    return block.body[row].cells[column].place


def finding(place, stated=""):
    return Finding("AR02", "arithmetic", Severity.ERROR, "Salah.", stated, places=(place,))


def boxes_of(reading, file, *findings):
    wanted = marks(reviewed(reading, file, *findings))
    return boxes([file], wanted)


def test_of_equal_cells_the_one_in_its_row_and_column_is_marked(reading, file):
    first, second, third = boxes_of(reading, file, *(finding(at(reading, *spot)) for spot in ((0, 1), (0, 2), (1, 2))))
    assert len(first) == len(second) == len(third) == 1
    assert first[0].left < second[0].left
    assert abs(first[0].top - second[0].top) < 0.005
    assert third[0].top > second[0].top
    assert abs(third[0].left - second[0].left) < 0.01


def test_a_number_is_not_found_inside_a_longer_one(reading, file):
    quote = replace(at(reading, 2, 2), row=None, column="", quote="0,5")
    assert boxes_of(reading, file, finding(quote)) == [[]]


def test_in_a_sentence_the_wrong_figure_is_marked_and_not_the_whole(reading, file):
    whole = Place(
        "laporan.pdf",
        page=1,
        quote="Anggaran sebesar 700 juta terealisasi 650 juta atau 95,00 persen pada akhir tahun.",
    )
    long, short = boxes_of(reading, file, finding(whole), finding(whole, "95,00"))
    assert short[0].width < 0.1 < long[0].width


def test_a_figure_that_is_marked_has_its_comment_its_number_and_a_bookmark(reading, file, tmp_path):
    write_pdf(reviewed(reading, file, finding(at(reading, 1, 2))), tmp_path / "r.pdf")
    reader = PdfReader(tmp_path / "r.pdf")
    kinds = [item.get_object()["/Subtype"] for page in reader.pages for item in page.get("/Annots") or []]
    assert {"/Highlight", "/Stamp"} <= set(kinds)
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert "Temuan pada halamannya" in titles


def test_chapters_become_one_marked_pdf(reading, file, tmp_path):
    readings = [replace(reading, source=name) for name in ("a.pdf", "b.pdf")]
    whole, parts = bound(readings, "laporan")
    inside = told_apart(finding(Place("b.pdf", page=reading.pages + 1, quote="Pengaduan selesai")), parts, "laporan")
    item = Reviewed(whole, "Dinas", 2024, 1, 1, 0.1, (inside,), parts=parts, files=(file, file))
    write_pdf(item, tmp_path / "r.pdf")
    reader = PdfReader(tmp_path / "r.pdf")
    marked = [
        n
        for n, page in enumerate(reader.pages)
        for a in page.get("/Annots") or []
        if a.get_object()["/Subtype"] == "/Highlight"
    ]
    assert marked == [len(reader.pages) - reading.pages]
    write_html(item, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Tidak ada temuan pada halaman a.pdf" in page
    assert 'href="#t1"' in page
    assert 'src="data:image/jpeg;base64,' in page


def test_a_finding_without_a_page_is_told_all_the_same(reading, file, tmp_path):
    loose = Finding("ST06", "missing-element", Severity.WARNING, "Tidak ada <b>lampiran</b>.")
    write_html(reviewed(reading, file, loose), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Mengenai laporan secara keseluruhan" in page
    assert "&lt;b&gt;lampiran" in page
    assert "<script" not in page


def test_a_pdf_that_cannot_be_opened_is_refused(tmp_path):
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(b"%PDF-1.7 rusak")
    with pytest.raises(Refusal) as caught:
        boxes([broken], [Mark(1, 0, 0, "x", "", "error", "n")])
    assert "tidak dapat ditandai" in str(caught.value)


def test_a_pdf_that_takes_too_long_is_refused(file, monkeypatch):
    def late(*_, **__):
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(Refusal):
        boxes([file], [Mark(1, 0, 0, "x", "", "error", "n")])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_on_a_turned_page_the_boxes_lie_where_the_page_is_shown(reading, file, tmp_path, turn):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=file)
    for page in writer.pages:
        page.rotate(turn)
    writer.write(tmp_path / "putar.pdf")
    mark = Mark(1, 0, 0, "Pengaduan selesai", "", "error", "n")
    straight, turned = boxes([file], [mark])[0][0], boxes([tmp_path / "putar.pdf"], [mark])[0][0]
    right, down = straight.left + straight.width, straight.top + straight.height
    wanted = {90: (1 - down, straight.left), 180: (1 - right, 1 - down), 270: (straight.top, 1 - right)}[turn]
    assert (turned.left, turned.top) == pytest.approx(wanted, abs=0.002)
