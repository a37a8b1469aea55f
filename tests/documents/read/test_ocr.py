"""Pages that are only a picture: named, and with `--ocr` read by the program that recognises letters."""

from __future__ import annotations

import sys

import pytest
from PIL import Image, ImageDraw

from selaras.cli.main import main
from selaras.core import document as d
from selaras.core.errors import CannotRun
from selaras.documents.read import read
from selaras.documents.read.pdf_ocr import lacking

FOUND = (("Capaian", 300, 90), ("kinerja", 900, 91), ("94,12%", 1500, 88), ("#~", 1900, 4))


@pytest.fixture
def scan(tmp_path):
    """A PDF of one page that is a picture of a sentence."""
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).text((120, 200), "Capaian kinerja 94,12%", fill=0, font_size=48)
    path = tmp_path / "pindaian.pdf"
    picture.save(path, "PDF", resolution=150)
    return path


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that is searched for programs, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    lacking.cache_clear()
    yield folder
    lacking.cache_clear()


def stand_in(folder, *, languages="ind", status=0):
    """A program that is called as Tesseract is and answers in its table."""
    names = (
        "level",
        "page_num",
        "block_num",
        "par_num",
        "line_num",
        "word_num",
        "left",
        "top",
        "width",
        "height",
        "conf",
        "text",
    )
    rows = [
        names,
        *((5, 1, 1, 1, 1, at, left, 400, 400, 60, sure, word) for at, (word, left, sure) in enumerate(FOUND)),
    ]
    table = "\n".join("\t".join(map(str, row)) for row in rows)
    path = folder / "tesseract"
    path.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"if '--list-langs' in sys.argv:\n    print('List of languages:\\n{languages}')\n    sys.exit()\n"
        f"assert sys.stdin.buffer.read(2) == b'P5'\nprint({table!r})\nsys.exit({status})\n",
        "utf-8",
    )
    path.chmod(0o755)


def sentences(reading):
    return [d.plain(block.spans) for block in reading.document.blocks if isinstance(block, d.Paragraph)]


def test_a_scanned_page_is_named_and_not_read(scan):
    reading = read(scan)
    assert reading.unreadable == (1,)
    assert sentences(reading) == []


def test_without_the_program_it_names_the_packages(scan, programs):
    with pytest.raises(CannotRun) as caught:
        read(scan, ocr=True)
    assert "tesseract-ocr-ind" in str(caught.value)
    assert "sudo apt install tesseract-ocr tesseract-ocr-ind" in str(caught.value)


def test_without_indonesian_letters_it_names_the_packages(scan, programs):
    stand_in(programs, languages="eng")
    with pytest.raises(CannotRun) as caught:
        read(scan, ocr=True)
    assert "bahasa Indonesia" in str(caught.value)


def test_the_recognised_words_become_text_with_a_note_to_compare_them(scan, programs):
    stand_in(programs)
    reading = read(scan, ocr=True)
    assert reading.unreadable == ()
    assert sentences(reading) == ["Capaian kinerja 94,12%"]
    assert any("pengenalan huruf" in note and "1" in note for note in reading.notes)


def test_a_page_on_which_the_program_fails_stays_unreadable(scan, programs):
    stand_in(programs, status=1)
    assert read(scan, ocr=True).unreadable == (1,)


@pytest.mark.parametrize("command", ["read", "review"])
def test_the_commands_say_what_to_install(scan, programs, capsys, command):
    assert main([command, str(scan), "--ocr"]) == 2
    assert "tesseract-ocr-ind" in capsys.readouterr().err


@pytest.mark.skipif(bool(lacking()), reason=f"Tesseract: {lacking()}")
def test_a_real_picture_of_a_sentence_is_read(tmp_path):
    picture = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(picture).text((120, 200), "Capaian kinerja tahun 2024 sebesar 94,12 persen", fill=0, font_size=56)
    picture.save(tmp_path / "pindaian.pdf", "PDF", resolution=200)
    words = " ".join(sentences(read(tmp_path / "pindaian.pdf", ocr=True)))
    assert "Capaian kinerja tahun 2024" in words
    assert "94,12 persen" in words
