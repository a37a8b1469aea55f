"""Running text out of PDF pages: paragraphs, columns, margins, and what is not text."""

import contextlib
import io
import random

import pypdf
import pytest
import typst
from PIL import Image

from selaras.core import document as d
from selaras.core.errors import CannotRun, Refusal
from selaras.documents.read.limits import DEFAULT, Limits
from selaras.documents.read.pdf import Pace, read_pdf
from selaras.documents.read.pdf_lines import joined

HEAD = "#set page(width: 400pt, height: 500pt, margin: 50pt)\n#set text(size: 10pt, hyphenate: false)\n#set par(justify: true)\n"
PROSE = (
    "Laporan ini menyajikan kinerja selama satu tahun dibandingkan dengan perjanjian kinerja, tahun sebelumnya, dan "
    "target akhir rencana strategis. Setiap angka dihitung dari data yang terekam dan dapat ditelusuri kembali. "
)
OTHER = (
    "Anggaran dikelola menurut program dan kegiatan. Penyerapan dibandingkan dengan pagu setelah perubahan, dan sisa "
    "anggaran dijelaskan menurut sebabnya. Efisiensi tidak dihitung bila sasaran tidak tercapai seluruhnya. "
)


@pytest.fixture
def write(tmp_path):
    def made(source, *, head=HEAD):
        path = tmp_path / "contoh.pdf"
        path.write_bytes(typst.compile((head + source).encode()))
        return path

    return made


@pytest.fixture
def read(write):
    return lambda source, **more: read_pdf(write(source, **more), DEFAULT)


def paragraphs(reading):
    return [d.plain(block.spans) for block in reading.document.blocks if isinstance(block, d.Paragraph)]


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_are_not(read):
    assert paragraphs(read(f"{PROSE}\n\n{OTHER}")) == [PROSE.strip(), OTHER.strip()]


@pytest.mark.parametrize(("above", "below"), [
    ("Pada tahun ini biro mengukur dua indikator dan dua indikator", "(2) mencapai target."),
    ("Rencana ini berlaku untuk seluruh perangkat daerah pada tahun 2020–", "2024 dan sesudahnya."),
])  # fmt: skip
def test_a_figure_at_the_beginning_of_a_line_does_not_end_a_paragraph(read, above, below):
    found = paragraphs(read(f"#set par(justify: false)\n#box(width: 100%)[{above} \\ {below}]"))
    assert found == [above + ("" if above.endswith("–") else " ") + below]


def test_a_paragraph_that_begins_with_a_long_bold_label_is_one(read):
    label = "2. *Capaian untuk indikator yang makin rendah makin baik:*"
    rest = "dua kali target dikurangi realisasi dibagi target;"
    assert paragraphs(read(f"1. Capaian;\n{label} {rest}\n3. Efisiensi."))[1] == f"{label.replace('*', '')} {rest}"


def test_a_paragraph_goes_on_on_the_next_page(read):
    found = paragraphs(read("#v(330pt)\n" + PROSE * 2))
    assert found == [(PROSE * 2).strip()]


def test_two_columns_of_text_are_read_one_after_the_other(read):
    found = " ".join(paragraphs(read(f"#columns(2)[{PROSE * 2}#colbreak(){OTHER * 2}]")))
    assert found == (PROSE * 2 + OTHER * 2).strip()


def test_a_box_beside_the_text_does_not_mix_with_it(read):
    source = f"""#place(top + right, rect(width: 100pt, height: 90pt, fill: aqua)[Capaian sasaran sebesar 150% atau sangat memuaskan])
    #block(width: 180pt)[{PROSE}]"""
    found = paragraphs(read(source))
    assert PROSE.strip() in found
    assert "Capaian sasaran sebesar 150% atau sangat memuaskan" in " ".join(found)


def test_signatures_side_by_side_are_read_one_by_one(read):
    source = """#grid(columns: (1fr, 1fr), [Pihak Kedua, \\ Asisten Administrasi \\ Umum], [Pihak Pertama, \\ Kepala Biro \\ Organisasi])"""
    text = " ".join(paragraphs(read(source)))
    assert text == "Pihak Kedua, Asisten Administrasi Umum Pihak Pertama, Kepala Biro Organisasi"


def test_running_headers_footers_and_page_numbers_are_not_text(read):
    head = (
        HEAD
        + '#set page(header: [Laporan Kinerja Tahun 2024], footer: context [Biro Contoh #h(1fr) #counter(page).display("i")])\n'
    )
    texts = [f"Bagian {word} menyajikan hal lain. {PROSE}" for word in ("satu", "dua", "tiga", "empat")]
    reading = read("#pagebreak()".join(texts), head=head)
    assert paragraphs(reading) == [text.strip() for text in texts]
    assert "Laporan Kinerja Tahun 2024" in reading.margins


def test_a_printed_table_of_contents_is_kept_apart(read):
    lines = "".join(
        f"{n}.1 Bagian {word} #box(width: 1fr, repeat[.]) {n} \\ "
        for n, word in enumerate(("satu", "dua", "tiga"), start=1)
    )
    reading = read(f"#align(center)[*DAFTAR ISI*]\n\n{lines}\n#pagebreak()\n{PROSE}")
    assert [(entry.text, entry.page) for entry in reading.contents] == [
        ("1.1 Bagian satu", "1"),
        ("2.1 Bagian dua", "2"),
        ("3.1 Bagian tiga", "3"),
    ]
    assert paragraphs(reading) == [PROSE.strip()]


def test_a_reference_at_the_beginning_of_a_line_is_no_caption(read):
    source = (
        "#set par(justify: false)\nBiro ini menetapkan dua indikator kinerja utama yang disajikan dalam \\ Tabel 2.2."
    )
    assert paragraphs(read(source)) == [
        "Biro ini menetapkan dua indikator kinerja utama yang disajikan dalam Tabel 2.2."
    ]


def test_hyphens_at_line_ends_are_joined(read):
    source = (
        '#set text(hyphenate: true, lang: "en")\n#block(width: 70pt)['
        + "responsibility administration accountability " * 3
        + "]"
    )
    assert "-" not in " ".join(paragraphs(read(source)))


@pytest.mark.parametrize(("text", "line", "whole"), [
    ("pelaksa-", "naan", "pelaksanaan"),
    ("masing-", "masing indikator", "masing-masing indikator"),
    ("non-", "fisik", "non-fisik"),
    ("Wakil-", "Gubernur", "Wakil-Gubernur"),
    ("sebesar -", "5,2", "sebesar - 5,2"),
    ("1.234", "5.678", "1.234 5.678"),
    ("capaian", "kinerja", "capaian kinerja"),
])  # fmt: skip
def test_lines_are_joined_as_they_were_meant(text, line, whole):
    assert joined(text, line) == whole


def test_letters_that_were_spread_out_are_one_word(read):
    assert paragraphs(read("#text(tracking: 2pt)[Lampiran] \\ E s e l o n")) == ["Lampiran", "Eselon"]


def picture(tmp_path):
    file = io.BytesIO()
    Image.new("RGB", (200, 250), "grey").save(file, "PNG")
    (tmp_path / "scan.png").write_bytes(file.getvalue())


def test_pages_that_are_only_a_picture_are_named(tmp_path):
    picture(tmp_path)
    source = f"""{PROSE}#pagebreak()#place(image("scan.png", width: 100%, height: 100%))#pagebreak()
    {PROSE}#image("scan.png", width: 60%)#pagebreak()#pagebreak(weak: false)
    #place(image("scan.png", width: 100%, height: 100%))"""
    (tmp_path / "main.typ").write_text(HEAD + source)
    (tmp_path / "contoh.pdf").write_bytes(typst.compile(tmp_path / "main.typ"))
    reading = read_pdf(tmp_path / "contoh.pdf", DEFAULT)
    assert reading.unreadable == (2, 5)
    assert reading.pages == 5


def test_a_locked_file_is_refused_in_words(write):
    path = write(PROSE)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("rahasia", algorithm="RC4-128")
    writer.write(path)
    with pytest.raises(CannotRun, match="kata sandi"):
        read_pdf(path, DEFAULT)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"bukan PDF"])
def test_what_is_no_pdf_is_refused_in_words(tmp_path, content):
    path = tmp_path / "rusak.pdf"
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=r"rusak\.pdf tidak dapat dibaca"):
        read_pdf(path, DEFAULT)


@pytest.mark.parametrize(("limits", "what"), [
    (Limits(pages=1), "halaman"), (Limits(lines=3), "baris"), (Limits(size=100), "bita"), (Limits(text=50), "huruf"),
])  # fmt: skip
def test_more_than_the_limits_allow_is_refused(write, limits, what):
    with pytest.raises(Refusal, match=f"terlalu banyak {what}"):
        read_pdf(write("#pagebreak()".join([PROSE] * 3)), limits)


def test_a_reading_that_takes_too_long_is_stopped(write):
    with pytest.raises(CannotRun, match="terlalu lama"):
        read_pdf(write(PROSE), Limits(seconds=-1))


def test_a_reading_is_stopped_as_soon_as_it_shows_that_it_will_take_too_long():
    pace = Pace("contoh.pdf", pages=1_000, seconds=100)
    pace.started -= 20
    pace.check(900)
    with pytest.raises(CannotRun, match=r"100 dari 1000 halaman dalam 20 detik"):
        pace.check(100)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_ends_in_an_answer_or_a_refusal(write, seed):
    path = write(f"{PROSE}#table(columns: 2, [a], [1], [b], [2])")
    content, dice = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(dice.randrange(1, 40)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    path.write_bytes(content[: dice.randrange(200, len(content))] if seed % 3 == 0 else content)
    with contextlib.suppress(Refusal):
        read_pdf(path, DEFAULT)
