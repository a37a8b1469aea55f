"""The PDF writer: what a reader, a machine and an archive find in the file."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.documents.sample import budget_table, cell, sample

from selaras.core import document as d
from selaras.core.errors import CannotRun, Refusal
from selaras.documents import fonts
from selaras.documents.write import FORMATS, typeset, write
from selaras.documents.write.pdf import created, write_pdf
from selaras.documents.write.photographs import LONGEST_SIDE, photograph
from selaras.documents.write.syllables import SOFT_HYPHEN, softly, syllables
from selaras.documents.write.typst_source import typst_source
from selaras.documents.write.typst_table import fit, place
from selaras.documents.write.typst_text import UNPRINTABLE, literal, printed

HOSTILE = (
    '"); #panic("keluar") //',
    "\\",
    '\\"',
    '\\" + panic("x") + "',
    "#strong[x] $x^2$ *tebal* _miring_ `kode` <label> @rujukan",
    "= Judul palsu",
    "/* komentar */ // komentar",
    "${jndi:ldap://x} {{7*7}} <script>alert(1)</script>",
    ']] }} )) #{ } #import "report.typ"',
    "\\u{1F600} \\n \\",
    "baris satu\nbaris dua\r\nbaris tiga\ttab",
    "nol\x00 lonceng\x07 hapus\x7f",
    "\u202ekanan ke kiri\u202c \u200bnol\u200d \ufeff",
    "\ud800 pengganti tunggal",
    "emoji 👍🏽 👨‍👩‍👧 huruf 中文 العربية हिन्दी \ue000 \U0010ffff",
    "e\u0301 a\u0308 \u0301",
    "",
)


def of(*blocks, **more):
    return replace(sample(), blocks=blocks, attachment="", **more)


def pages(path):
    opened = pypdfium2.PdfDocument(str(path))
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in opened]
    finally:
        opened.close()


def made(tmp_path, document, **more):
    path = tmp_path / "laporan.pdf"
    write_pdf(document, path, **more)
    return path


def flat(items):
    for item in items:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "contoh.pdf"
    write(sample(), "pdf", path)
    return path


@pytest.fixture(scope="module")
def read(report):
    return pypdf.PdfReader(report)


def test_the_outline_holds_every_heading_with_its_number_and_page(read):
    found = [(item.title, read.get_destination_page_number(item)) for item in flat(read.outline)]
    headings = [block.full for block in sample().blocks if isinstance(block, d.Heading)]
    assert [title for title, _ in found] == headings
    for title, page in found:
        assert title.split()[-1] in read.pages[page].extract_text()


def test_the_attachment_is_the_snapshot_to_the_byte(read):
    assert read.attachments["selaras.json"] == [sample().attachment.encode()]
    spec = read.trailer["/Root"]["/AF"][0].get_object()
    assert spec["/AFRelationship"] == "/Data"
    assert "JSON" in spec["/Desc"]
    assert spec["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"


def test_pages_are_roman_in_front_and_begin_anew_in_arabic(read):
    labels = read.page_labels
    assert labels[1:4] == ["i", "ii", "iii"]
    assert labels[4:] == [str(number) for number in range(1, len(labels) - 3)]


def test_it_is_tagged_titled_and_in_indonesian(read):
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("id")
    assert "/StructTreeRoot" in root
    assert read.metadata.title == sample().title
    assert read.metadata.author == sample().agency
    assert str(sample().year) in read.metadata["/Keywords"]


def test_it_declares_pdf_a_3a(read):
    packet = read.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet


def test_every_font_is_embedded(read):
    for page in read.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "Source" in descriptor["/FontName"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_tables_and_figures_are_tagged_and_pictures_have_words(read):
    kinds, words = [], []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kinds.append(str(node.get("/S")))
            words.extend([str(node["/Alt"])] if "/Alt" in node else [])
            walk(node.get("/K", []))

    walk(read.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert {"/Table", "/TH", "/TD", "/Figure", "/Caption", "/TOC", "/L", "/H1", "/Link"} <= set(kinds)
    assert {block.alt for block in sample().blocks if isinstance(block, d.Chart)} <= set(words)


def test_the_page_numbers_in_the_contents_are_the_real_ones(read):
    contents = read.pages[2].extract_text() + read.pages[3].extract_text()
    listed = {block.full for block in sample().blocks if isinstance(block, d.Heading)}
    pictures = [block for block in sample().blocks if isinstance(block, (d.Table, d.Chart, d.OrgChart))]
    listed |= {f"{block.label} {block.caption}" for block in pictures}
    for words in listed:
        line = re.search(re.escape(words).replace(r"\ ", r"\s+") + r"[\s.]*?([ivx\d]+)\s*$", contents, re.MULTILINE)
        assert line, words
        real = read.pages[read.page_labels.index(line[1])].extract_text()
        assert words.split()[-1] in real


def test_a_reference_is_a_link_to_its_table(read):
    names = read.named_destinations
    targets = [note.get_object() for note in read.pages[4]["/Annots"] if note.get_object()["/Subtype"] == "/Link"]
    assert len(targets) == 1
    where = targets[0].get("/Dest") or targets[0]["/A"]["/D"]
    page = where[0] if isinstance(where, list) else names[str(where)].page
    assert page.get_object() == read.pages[4].get_object()


def test_a_reference_to_nothing_stays_words(tmp_path):
    path = made(tmp_path, of(d.Paragraph((d.Span("lihat "), d.Span("Tabel 9.9", ref="tidak ada")))))
    assert "lihat Tabel 9.9" in pages(path)[0]
    assert "/Annots" not in pypdf.PdfReader(path).pages[0]


def test_the_header_of_a_long_table_stands_on_each_of_its_pages(report):
    having = [page for page in pages(report) if "Kegiatan contoh nomor" in page]
    assert len(having) >= 3
    assert all("Program/Kegiatan" in page and "Realisasi (Rp)" in page for page in having)


def test_the_caption_stands_above_the_table_and_below_the_picture(report):
    text = "\n".join(pages(report)[4:])
    assert text.index("Tabel 3.2") < text.index("Kegiatan contoh nomor 1 ")
    assert text.index("Program B") < text.index("Gambar 3.3")


def test_each_voice_can_be_told_from_the_others(report):
    text = pages(report)[4]
    assert "NARASI INSTANSI\nKami berterima kasih" in text
    assert "Analisis efisiensi belum diisi." in text


def test_own_words_that_follow_each_other_carry_one_label(tmp_path):
    own = [d.Paragraph(d.text(words), d.Voice.NARRATIVE, lead="Narasi instansi") for words in ("Satu.", "Dua.")]
    listing = d.Listing((d.text("Tiga."),), voice=d.Voice.NARRATIVE)
    text = pages(made(tmp_path, of(*own, listing)))[0]
    assert text.count("NARASI INSTANSI") == 1
    assert all(words in text for words in ("Satu.", "Dua.", "Tiga."))


def test_our_numbers_are_printed_not_counted(tmp_path):
    table = replace(budget_table(1), number="L.7")
    chart = next(block for block in sample().blocks if isinstance(block, d.Chart))
    text = pages(made(tmp_path, of(table, replace(chart, number="4.12"))))[0]
    assert "Tabel L.7" in text
    assert "Gambar 4.12" in text


def test_an_empty_name_is_a_dotted_line_and_one_signature_stands_right(tmp_path):
    one = d.Signatures((d.Signatory("", "KEPALA BIRO"),), "Kota Contoh, 2 Januari 2023")
    path = made(tmp_path, of(one))
    opened = pypdfium2.PdfDocument(str(path))
    page = opened[0].get_textpage()
    middle = opened[0].get_width() / 2
    left = page.search("KEPALA").get_next()
    assert page.get_charbox(left[0])[0] > middle
    assert "....." in page.get_text_bounded().replace(" ", "")
    page.close()
    opened.close()


def test_the_same_document_gives_the_same_bytes(tmp_path, report):
    assert made(tmp_path, sample()).read_bytes() == report.read_bytes()


def test_the_file_says_nothing_of_the_machine(report):
    data = report.read_bytes()
    assert b"/tmp" not in data
    assert b"D:20231231" in data


@pytest.mark.parametrize("words", HOSTILE)
def test_a_literal_has_no_way_out(words):
    code = literal(words)
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\n])*"', code)


def test_hostile_text_in_every_place_is_printed_as_text(tmp_path):
    blocks = []
    for place_in_list, words in enumerate(HOSTILE):
        line = d.text(words)
        blocks += [
            d.Heading(2, words, words, words),
            d.Paragraph((d.Span(words, strong=True, emphasis=True, ref=words),), lead=words),
            d.Paragraph(line, d.Voice.NARRATIVE, lead=words),
            d.Paragraph(line, d.Voice.EMPTY, lead=words),
            d.Paragraph(line, d.Voice.NOTE),
            d.Listing((line, line), d.Numbering.DECIMAL),
            d.Fields(((words, words),)),
            d.Table(
                words,
                (d.Column(Decimal(1)), d.Column(Decimal(3))),
                (d.Row((cell(words), cell(words))),),
                (d.Row((cell(words, tone=d.Tone.RED), cell(words, strong=True)), 2),),
                caption=words,
                number=words,
                notes=(line,),
                source=words,
            ),
            d.Chart(
                f"c{place_in_list}", d.ChartKind.ABSORPTION, words, (words,), (d.Series(words, (Decimal(50),)),),
                number=words, labels=(words,), alt=words, source=words,
            ),
            d.Gallery((d.Photo(words, date(2023, 1, 1), words, words, words),)),
            d.Signatures((d.Signatory(words, words, words, words, words),), words),
        ]  # fmt: skip
    cover = d.Cover(HOSTILE[0], 2023, HOSTILE[4], HOSTILE[6], HOSTILE[7], HOSTILE)
    document = of(
        cover,
        d.Division(d.PageNumbers.ROMAN, running=HOSTILE[0]),
        *(d.Contents(kind) for kind in d.ContentsKind),
        *blocks,
        title=HOSTILE[0],
        agency=HOSTILE[3],
        subject=HOSTILE[7],
        footer=HOSTILE[4],
        language='id", evil: "x',
    )
    path = made(tmp_path, document)
    read = pypdf.PdfReader(path)
    assert read.metadata.title == HOSTILE[0]
    text = "\n".join(pages(path))
    for words in (HOSTILE[0], HOSTILE[3], HOSTILE[4], HOSTILE[7]):
        assert words in text.replace("\n", " ") or words in text.replace("\n", "")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_whatever_is_typed_only_known_characters_are_printed(words):
    assert {ord(letter) for letter in printed(words)} <= fonts.printable() | {10, ord(SOFT_HYPHEN), ord(UNPRINTABLE)}
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\n])*"', literal(words))


def test_every_printable_character_can_be_set_in_every_cut(tmp_path):
    letters = "".join(map(chr, sorted(fonts.printable())))
    cuts = [
        d.Span(f"{letters}\n", strong=strong, emphasis=slanted) for strong in (False, True) for slanted in (False, True)
    ]
    table = d.Table("t", (d.Column(Decimal(1)),), (), tuple(d.Row((d.Cell((cut,)),)) for cut in cuts))
    assert pages(made(tmp_path, of(d.Paragraph(tuple(cuts)), table)))


def picture(size=(60, 40), kind="PNG", mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, None).save(out, kind)
    return out.getvalue()


STORE = {
    "utuh.png": picture(),
    "tembus.png": picture((61, 40), mode="RGBA"),
    "cetak.jpg": picture((62, 40), "JPEG", "CMYK"),
    "palet.gif": picture((63, 40), "GIF", "P"),
    "rusak.jpg": picture(kind="JPEG")[:80],
    "bukan.png": b"bukan gambar",
    "kosong.png": b"",
}


def test_a_missing_or_broken_photo_is_a_frame_with_words(tmp_path):
    names = [*STORE, "hilang.png", ""]
    gallery = d.Gallery(tuple(d.Photo(f"Foto {name}", date(2023, 3, 1), "Kota Contoh", name) for name in names))
    path = made(tmp_path, of(gallery), files=STORE.__getitem__)
    text = "\n".join(pages(path))
    assert text.count("Foto belum diunggah") == 1
    assert text.count("tidak ditemukan") == 2
    assert text.count("tidak dapat dibuka") == 2
    assert text.count("Rabu, 1 Maret 2023 · Kota Contoh") == len(names)
    images = sum(len(page.images) for page in pypdf.PdfReader(path).pages)
    assert images == 4


def test_a_photo_is_made_small_and_loses_its_camera_data():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Kamera Contoh"
    Image.new("RGB", (4000, 1000), "red").save(out, "JPEG", exif=exif)
    ready = photograph(d.Photo("x", file="a.jpg"), lambda _: out.getvalue())
    with Image.open(io.BytesIO(ready.jpeg)) as small:
        assert small.height == LONGEST_SIDE > small.width
        assert not small.getexif()


def test_a_tall_group_of_spanned_rows_may_break_and_loses_nothing(tmp_path):
    rows = [d.Row((cell("Sasaran", rowspan=90), cell("baris 0")))]
    rows += [d.Row((cell(f"baris {number}"),)) for number in range(1, 90)]
    table = d.Table("t", (d.Column(Decimal(1)), d.Column(Decimal(2))), (d.Row((cell("A"), cell("B"))),), tuple(rows))
    text = "\n".join(pages(made(tmp_path, of(table))))
    assert all(re.search(rf"baris {number}\b", text) for number in range(90))


def test_a_long_word_in_a_narrow_column_is_hyphenated_and_keeps_its_reference(tmp_path):
    narrow = tuple(d.Column(Decimal(1)) for _ in range(14))
    word = d.Cell((d.Span("Pertanggungjawaban", strong=True, ref="lain"),))
    table = d.Table("t", narrow, (), (d.Row((word,) * 14),))
    lain = d.Heading(2, "Lain", key="lain")
    path = made(tmp_path, of(table, lain))
    assert len(pypdf.PdfReader(path).pages[0]["/Annots"]) >= 14
    source = typst_source(of(table, lain))[0]
    assert f"Per{SOFT_HYPHEN}tang{SOFT_HYPHEN}gung{SOFT_HYPHEN}ja{SOFT_HYPHEN}wa{SOFT_HYPHEN}ban" in source


def test_no_heading_caption_or_head_row_stands_alone_at_the_foot_of_a_page(tmp_path):
    groups = [
        d.Row((cell(f"kelompok {group}", rowspan=3), cell("isi"))) if row == 0 else d.Row((cell("isi"),))
        for group in range(6)
        for row in range(3)
    ]
    blocks = []
    for lines in range(30, 50):
        head = (d.Row((cell("KEPALA"), cell("KEPALA"))),)
        columns = (d.Column(Decimal(1)), d.Column(Decimal(2)))
        blocks += [
            d.PageBreak(),
            d.Listing((d.text("pengisi"),) * lines),
            d.Heading(2, "JUDUL"),
            d.Table(f"t{lines}", columns, head, tuple(groups), caption="KETERANGAN", number=str(lines), source="ASAL"),
        ]
    for page in pages(made(tmp_path, of(*blocks, footer=""))):
        lines = [line for line in page.splitlines() if line.strip()]
        assert not re.search("JUDUL|KETERANGAN|KEPALA", lines[-2])
        assert "ASAL" not in lines[0]


def test_a_cell_longer_than_a_page_goes_on_over_the_next(tmp_path):
    words = " ".join(f"kata{number}" for number in range(1500))
    table = d.Table("t", (d.Column(Decimal(1)), d.Column(Decimal(1))), (), (d.Row((cell(words), cell("x"))),))
    text = "\n".join(pages(made(tmp_path, of(table))))
    assert "kata0" in text
    assert "kata1499" in text


def test_a_row_with_too_few_cells_is_filled_and_one_with_too_many_is_an_error():
    rows = (d.Row((cell("a", rowspan=9), cell("b", colspan=9))), d.Row((cell("c"),)))
    placed = place(rows, 3, "t")
    assert [(it.column, it.cell.colspan, it.cell.rowspan) for it in placed[0]] == [(0, 1, 2), (1, 2, 1)]
    assert [it.column for it in placed[1]] == [1, 2]
    with pytest.raises(ValueError, match="row 0 has more cells than columns"):
        place((d.Row((cell("a"), cell("b"))),), 1, "t")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=14),
    st.lists(
        st.sampled_from(["1.234.567.890.123", "pertanggungjawaban", "x", "Sasaran strategis"]), min_size=14, max_size=14
    ),
)
def test_columns_always_fill_the_room(shares, words):
    columns = tuple(d.Column(Decimal(share)) for share in shares)
    table = d.Table("t", columns, (), (d.Row(tuple(map(cell, words[: len(columns)]))),))
    fitted = fit(table, place(table.body, len(columns), "t"), 453.0)
    assert sum(fitted.widths) == pytest.approx(453.0)
    assert min(fitted.widths) > 0


def test_an_amount_is_never_broken_while_another_column_has_room():
    table = d.Table(
        "t", (d.Column(Decimal(1)), d.Column(Decimal(99))), (), (d.Row((cell("1.234.567.890"), cell("x"))),)
    )
    fitted = fit(table, place(table.body, 2, "t"), 453.0)
    assert fitted.size == 9.0
    assert fitted.widths[0] > 60


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("pertanggungjawaban", "per-tang-gung-ja-wab-an"),
        ("penyelenggaraan", "pe-nye-leng-ga-raan"),
        ("program", "pro-gram"),
        ("kinerja", "ki-ner-ja"),
        ("2023", "2023"),
    ],
)
def test_a_word_breaks_between_syllables(word, parts):
    expected = parts.replace("-wab-an", "-wa-ban")
    assert "-".join(syllables(word)) == expected
    assert softly(word).replace(SOFT_HYPHEN, "") == word


def test_an_unknown_format_is_refused_with_those_that_exist(tmp_path):
    with pytest.raises(Refusal, match=" atau ".join(FORMATS)):
        write(sample(), "odt", tmp_path / "x.odt")


def test_the_typesetters_own_words_come_back_when_it_refuses(tmp_path):
    with pytest.raises(CannotRun, match="unknown variable: bukan"):
        typeset.typeset("#bukan", {}, tmp_path / "x.pdf", created=created(2023))
    assert list(tmp_path.iterdir()) == []


def test_it_stops_a_typesetter_that_takes_too_long(tmp_path):
    with pytest.raises(CannotRun, match=r"melewati 0\.5 detik"):
        typeset.typeset("#for a in range(30000) { for b in range(30000) { if a < b {} } }", {}, tmp_path / "x.pdf",
                        created=0, seconds=0.5)  # fmt: skip


def test_it_says_so_when_the_file_cannot_be_written(tmp_path):
    with pytest.raises(CannotRun, match="tidak dapat ditulis"):
        write_pdf(of(d.Paragraph(d.text("x"))), tmp_path / "tidak ada" / "x.pdf")


def test_the_typesetter_never_loads_into_this_process():
    code = "import sys, selaras.documents.write.pdf; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_document_without_blocks_is_still_a_file(tmp_path):
    assert len(pypdf.PdfReader(made(tmp_path, of())).pages) == 1


def test_the_source_names_only_files_that_it_brings():
    source, files = typst_source(sample())
    assert set(re.findall(r'image\("([^"]+)"', source)) <= set(files)
    assert all("/" not in name and Path(name).name == name for name in files)
