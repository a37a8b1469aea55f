"""Files from strangers: an answer or a clear refusal in Indonesian, within bounds of time and memory; never a crash."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import random
import subprocess
import sys
import time
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.read import hostile
from tests.documents.sample import sample

from selaras.core.errors import CannotRun, Refusal
from selaras.core.source import Form, Reading
from selaras.documents.read import DEFAULT, read
from selaras.documents.read.forms import form_of, read_form
from selaras.documents.read.sandbox import _Careful
from selaras.documents.write import write

TIGHT = replace(DEFAULT, seconds=5, memory=1024 * 2**20)


@pytest.fixture
def refused(tmp_path):
    def told(content, *, name="berkas.bin", limits=TIGHT):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Refusal) as caught:
            read(path, limits=limits)
        assert name in str(caught.value)
        assert caught.value.faults[0].remedy
        return str(caught.value)

    return told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"), (b"\x00" * 50, "kosong"), (b"{\\rtf1 halo}", "RTF"), (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "gambar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "bentuk lama"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (b"PK\x03\x04 rusak", "rusak"), (bytes(range(256)) * 20, "tidak dikenal"),
        (hostile.archive({"a.txt": "halo"}), "arsip ZIP"), (hostile.archive({"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
    ],
)  # fmt: skip
def test_it_says_what_the_file_is_and_what_to_do(refused, content, words):
    assert words in refused(content)


@pytest.mark.parametrize("content", [hostile.entities(), hostile.outside_entity()])
def test_it_refuses_xml_that_declares_entities(refused, content):
    assert "deklarasi XML" in refused(content)


def test_it_refuses_a_zip_bomb(refused):
    assert "mengembang" in refused(hostile.bomb())


def test_it_refuses_an_encrypted_archive(refused):
    assert "kata sandi" in refused(hostile.broken_header(hostile.word(hostile.paragraph("halo"))))


def test_it_refuses_a_document_without_text_part_or_with_broken_xml(refused):
    assert "tidak berisi" in refused(hostile.archive({"word/document.xml": "<a/>"}))
    assert "utuh" in refused(hostile.archive({"word/document.xml": "<a><b></a>"}))


def test_deep_nesting_and_absurd_spans_do_no_harm(tmp_path):
    for name, content in (("dalam.docx", hostile.nested(100)), ("lebar.docx", hostile.spanning())):
        path = tmp_path / name
        path.write_bytes(content)
        assert read(path, limits=TIGHT).document.blocks


def test_absurd_html_does_no_harm(tmp_path):
    path = tmp_path / "lebar.html"
    rows = '<tr><td colspan="99999999" rowspan="99999999">a</td></tr>' * 300
    path.write_text("<html><body>" + "<div>" * 3000 + f"<table>{rows}</table>", "utf-8")
    try:
        read(path, limits=TIGHT)
    except Refusal as refusal:
        assert "lebar.html" in str(refusal)


def test_too_many_cells_are_refused_with_both_numbers(tmp_path):
    path = tmp_path / "besar.txt"
    path.write_text("a\tb\tc\n" * 1000, "utf-8")
    with pytest.raises(Refusal, match="paling banyak 100"):
        read(path, limits=replace(DEFAULT, cells=100))


def test_a_file_beyond_the_size_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "besar.pdf"
    path.write_bytes(b"%PDF-1.4" + b"x" * 2000)
    with pytest.raises(Refusal, match="terlalu besar"):
        read(path, limits=replace(DEFAULT, size=1000))


@pytest.mark.parametrize("name", ["tidak-ada.pdf", "folder"])
def test_a_missing_file_or_a_folder_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotRun, match="tidak ada atau bukan berkas"):
        read(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
def test_processor_time_is_bounded(tmp_path):
    path = tmp_path / "lama.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(15_000):
        sheet.append([number] * 20)
    book.save(path)
    before = time.monotonic()
    with pytest.raises(Refusal, match=r"terlalu lama|tidak selesai"):
        read(path, limits=replace(DEFAULT, seconds=1))
    assert time.monotonic() - before < 20


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
def test_memory_is_bounded(tmp_path):
    path = tmp_path / "gemuk.txt"
    path.write_text("kata " * 4_000_000, "utf-8")
    with pytest.raises(Refusal, match=r"memori|berhenti"):
        read(path, limits=replace(DEFAULT, memory=100 * 2**20))


def test_the_form_is_told_by_content_and_not_by_name(tmp_path):
    path = tmp_path / "laporan.pdf"
    path.write_text("<html><body><p>Halo</p></body></html>", "utf-8")
    assert form_of(path) is Form.HTML
    assert read(path).form is Form.HTML
    path.write_text("Laporan biasa\n", "utf-8")
    assert form_of(path) is Form.TEXT


def test_nothing_but_our_own_values_comes_back_from_the_child():
    evil = pickle.dumps(subprocess.Popen)
    with pytest.raises(pickle.UnpicklingError):
        _Careful(io.BytesIO(evil)).load()
    with pytest.raises(pickle.UnpicklingError):
        _Careful(io.BytesIO(pickle.dumps(os.system))).load()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """One small healthy file of each form."""
    folder = tmp_path_factory.mktemp("sehat")
    document = sample()
    for form in ("docx", "html", "xlsx"):
        write(document, form, folder / f"contoh.{form}")
    (folder / "contoh.txt").write_text(
        "BAB I\n\nPENDAHULUAN\n\nTabel 1.1 Contoh\n\nNo\tUraian\tNilai\n1\tSatu\t10,5%\n" * 5, "utf-8"
    )
    return {path.suffix[1:]: path.read_bytes() for path in sorted(folder.iterdir())}


def damaged(data, rng):
    """The file with flipped bits, a piece cut out, doubled, or its end missing."""
    broken = bytearray(data)
    kind = rng.randrange(4)
    if kind == 0:
        for _ in range(rng.randrange(1, 40)):
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del broken[rng.randrange(len(broken)) :]
    else:
        start = rng.randrange(len(broken))
        piece = broken[start : start + rng.randrange(1, 2000)]
        broken[start : start + (len(piece) if kind == 2 else 0)] = b"" if kind == 2 else piece
    return bytes(broken)


def answers(path, data):
    path.write_bytes(data)
    with contextlib.suppress(Refusal):
        assert isinstance(read_form(path, DEFAULT), Reading)


@pytest.mark.parametrize("form", ["docx", "html", "xlsx", "txt"])
def test_damaged_files_end_in_an_answer_or_a_refusal(tmp_path, seeds, form):
    rng = random.Random(20260101)
    for _ in range(15):
        answers(tmp_path / f"rusak.{form}", damaged(seeds[form], rng))


def test_damaged_text_of_office_parts_ends_in_an_answer_or_a_refusal(tmp_path, seeds):
    """The archive is whole again, so that the damage reaches the readers and not only the checksum."""
    import zipfile

    rng = random.Random(7)
    for form, part in (("docx", "word/document.xml"), ("docx", "word/numbering.xml"), ("xlsx", "xl/worksheets/sheet2.xml"),
                       ("xlsx", "xl/styles.xml"), ("xlsx", "xl/workbook.xml"), ("xlsx", "xl/sharedStrings.xml")):  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(seeds[form])) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        for _ in range(4):
            answers(tmp_path / f"rusak.{form}", hostile.archive(parts | {part: damaged(parts[part], rng)}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=400).map(str.encode), st.binary(max_size=400)))
def test_any_bytes_end_in_an_answer_or_a_refusal(tmp_path, data):
    answers(tmp_path / "sembarang", data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["<table>", "<tr>", "<td colspan=3>", "<td rowspan=2>", "</td>", "</tr>", "</table>", "<ol type=i start=9>", "<li>",
                         "<h2>", "</h2>", "BAB I", "Tabel 1.1 X", "1", "87%", "<thead>", "</thead>", "<p>", "<caption>", "&amp;", "<nav>"]),
        max_size=60,
    )
)  # fmt: skip
def test_any_mixture_of_tags_ends_in_an_answer_or_a_refusal(tmp_path, tags):
    answers(tmp_path / "campur.html", ("<html><body>" + " ".join(tags)).encode())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["BAB I", "PENDAHULUAN", "Tabel 1.1 Contoh", "Tabel", "3.1 Contoh", "DAFTAR ISI", "A. Judul .... 3", "No\tUraian\tNilai",
                         "1\tSatu\t10%", "\tdan seterusnya\t", "---\t---", "(1)\t(2)\t(3)", "", "", "", "", "1. Butir;", "\f", "a. kecil", "Isi."]),
        max_size=60,
    )
)  # fmt: skip
def test_any_mixture_of_lines_ends_in_an_answer_or_a_refusal(tmp_path, pieces):
    answers(tmp_path / "campur.txt", ("Awal.\n" + "\n".join(pieces)).encode())
