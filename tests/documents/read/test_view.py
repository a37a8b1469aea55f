"""What was understood is shown: as JSON, as text, as HTML beside the page pictures, and by the command."""

from __future__ import annotations

import json

import pytest
from tests.documents.read.shapes import read
from tests.documents.sample import sample

from selaras.cli.main import main
from selaras.documents.read.sandbox import pictures
from selaras.documents.read.view import as_html, as_json, as_text, summary
from selaras.documents.write import write

CONTENT = (
    "BAB I\n\nPENDAHULUAN\n\nTarget tahun ini naik.\n\nTabel 1.1 Capaian <A>\n\nNo\tUraian\tAnggaran\tCapaian\n"
    "1\tSatu\tRp1.500.000\t87,5%\n2\tDua\tRp900\t1.234\n"
)


@pytest.fixture
def reading(tmp_path):
    return read(tmp_path, CONTENT)


def test_json_gives_every_cell_with_place_and_reading(reading):
    told = json.loads(json.dumps(as_json(reading)))
    table = told["blocks"][2]
    assert (table["number"], table["caption"], table["columns"]) == ("1.1", "Capaian <A>", 4)
    cell = table["body"][0][3]
    assert cell["value"] == "87.5"
    assert cell["unit"] == "%"
    assert cell["place"] == {"line": 10, "table": "Tabel 1.1", "row": 1, "column": "4", "quote": "87,5%"}
    assert table["body"][0][2]["unit"] == "Rp"


def test_a_figure_with_two_readings_is_shown_with_its_question(reading):
    assert "question" in as_json(reading)["blocks"][2]["body"][1][3]


def test_html_escapes_what_strangers_wrote_and_needs_nothing_else(reading):
    page = as_html(reading)
    assert "Capaian &lt;A&gt;" in page
    assert "http://" not in page
    assert "<script" not in page


def test_text_shows_headings_tables_and_where_they_stand(reading):
    shown = as_text(reading)
    assert "# BAB I PENDAHULUAN  [baris 1]" in shown
    assert "| 1 | Satu | Rp1.500.000 | 87,5% |" in shown


def test_the_summary_counts_what_was_found(reading):
    assert summary(reading) == "laporan.txt (txt): 1 judul, 1 paragraf, 1 tabel, 12 sel."


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_command_writes_each_form(tmp_path, capsys, form):
    path = tmp_path / "laporan.txt"
    path.write_text(CONTENT, "utf-8")
    assert main(["read", str(path), "--format", form]) == 0
    assert "PENDAHULUAN" in capsys.readouterr().out
    out = tmp_path / "hasil"
    assert main(["read", str(path), "--format", form, "--output", str(out)]) == 0
    assert "PENDAHULUAN" in out.read_text("utf-8")


def test_the_command_says_why_a_file_cannot_be_read(tmp_path, capsys):
    path = tmp_path / "kosong.pdf"
    path.write_bytes(b"")
    assert main(["read", str(path)]) == 2
    assert "Berkas kosong" in capsys.readouterr().err


def test_the_html_of_a_pdf_shows_page_and_reading_side_by_side(tmp_path, capsys):
    path = tmp_path / "contoh.pdf"
    write(sample(), "pdf", path)
    drawn = pictures(path, most=2)
    assert len(drawn) == 2
    assert all(picture.startswith(b"\xff\xd8") for picture in drawn)
    assert main(["read", str(path), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert page.count('src="data:image/jpeg;base64,') >= 2
    assert 'id="h1"' in page
