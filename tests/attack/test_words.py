"""A text that somebody typed comes out as that text, whatever it holds: never as markup, formula or field.

Any text at all is written into every kind of document and table that the product makes, and read back.
"""

import io
import re
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from selaras.core import document as d
from selaras.core.document import Cell, Column, Document, Heading, Paragraph, Row, Table
from selaras.documents.write import write
from selaras.documents.write.listing import grid

pytestmark = pytest.mark.slow
HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>x", "&lt;b&gt;&amp;", "]]><x/>", "<!--", "--><b>",
    '#import "x"', "#panic(1)", "$x^2$", "*tebal* _miring_ `kode`", '#raw("x")', "@kutip <label>", "= Judul", "// komentar", "\\u{41}",
    "{{ settings.SECRET_KEY }}", "{% load x %}", "${7*7}", "=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|'/C calc'!A0",
    "https://contoh.go.id/a b", "mailto:a@b.c", "javascript:alert(1)", "a'b\"c", "\u202egnp.exe", "é ñ 中 🙂", "0012", "1e5", "TRUE",
]  # fmt: skip
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp"), exclude_characters="\ufffe\uffff\ufeff"
)
WORDS = (
    st.one_of(st.sampled_from(HOSTILE), st.text(LETTERS, min_size=1, max_size=60))
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


class Reader(HTMLParser):
    """The texts of a page, and every tag that it holds."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name) for name, _ in attrs]

    def handle_data(self, data):
        self.words.append(data)


def document(text):
    words = d.text(text)
    head = Row((Cell(words), Cell(d.text("Nilai"))))
    table = Table(
        "t",
        (Column(Decimal(1)), Column(Decimal(1))),
        (head,),
        (Row((Cell(words), Cell(d.text("1")))),),
        caption=text,
        number="1.1",
    )
    signed = d.Signatures((d.Signatory(text, text, text, text, text),), text)
    listed = d.Listing((words,))
    chart = d.Chart(
        "c",
        d.ChartKind.BUDGET,
        text,
        (text, "dua"),
        (d.Series(text, (Decimal(1), Decimal(2))), d.Series("b", (Decimal(1), None))),
    )
    blocks = (
        d.Cover(text, 2024, text, text, text, (text,)),
        Heading(1, text),
        Paragraph(words, lead=text),
        listed,
        table,
        d.Fields(((text, text),)),
        chart,
        signed,
    )
    return Document(text, "lkjip", text, 2024, blocks, subject=text, footer=text)


def squeezed(text):
    return "".join(text.split())


def tags_of(path):
    page = Reader()
    page.feed(path.read_text("utf-8"))
    return page


@SOME
@given(WORDS)
def test_html_holds_the_text_and_no_other_markup(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("html")
    write(document(text), "html", folder / "a.html")
    write(document("Biasa"), "html", folder / "b.html")
    made, usual = tags_of(folder / "a.html"), tags_of(folder / "b.html")
    assert made.tags == usual.tags
    assert made.attributes == usual.attributes
    assert squeezed(text) in squeezed("".join(made.words))


@SOME
@given(WORDS)
def test_docx_holds_the_text_and_no_other_element(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("docx")
    found = []
    for name, words in (("a", text), ("b", "Biasa")):
        write(document(words), "docx", folder / f"{name}.docx")
        with zipfile.ZipFile(folder / f"{name}.docx") as packed:
            found.append(etree.fromstring(packed.read("word/document.xml")))
    made, usual = found
    assert [item.tag for item in made.iter()] == [item.tag for item in usual.iter()]
    assert squeezed(text) in squeezed("".join(made.itertext()))


@SOME
@given(WORDS)
def test_xlsx_holds_the_text_and_no_formula(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    write(document(text), "xlsx", path)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert any(squeezed(str(cell.value)) == squeezed(text) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells if squeezed(text) in squeezed(str(cell.value)))


@SOME
@given(WORDS)
def test_a_list_as_a_spreadsheet_holds_the_text_and_no_formula(text):
    book = openpyxl.load_workbook(
        io.BytesIO(grid("Daftar", ["Nama", "Isi"], [[text, f"={text}"], [f"\t{text}", f"@{text}"]]))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {text, f"={text}"} <= {cell.value for cell in cells}
    assert all(cell.hyperlink is None for cell in cells)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=0xFF, exclude_categories=("Cc", "Cf", "Mn")), min_size=1, max_size=40)
                .map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=8))  # fmt: skip
@example([text for text in HOSTILE if text.isascii()])
def test_pdf_shows_the_text_and_never_runs_it(tmp_path_factory, texts):
    """Letters that every font has; the layer of text gives them back, but for blanks, hyphens and ligatures."""
    from pypdf import PdfReader

    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    blocks = [Paragraph(d.text(f"awal{number} {text} akhir{number}")) for number, text in enumerate(texts)]
    write(Document("Uji", "lkjip", "Instansi", 2024, tuple(blocks)), "pdf", path)
    reader = PdfReader(path)
    words = comparable("".join(page.extract_text() for page in reader.pages))
    for number, text in enumerate(texts):
        between = re.search(f"awal{number}(.*?)akhir{number}", words)
        assert between, text
        assert between[1] == comparable(text), text
    assert "/JavaScript" not in str(reader.trailer["/Root"])
    links = [note for page in reader.pages for note in page.get("/Annots") or ()]
    assert not links, "an address that somebody typed is no link in a document of state"


def comparable(text):
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, letters)
    text = re.sub("[“”„]", '"', re.sub("[‘’‚]", "'", text))
    return re.sub(r"[\s\u00a0\u00ad\u2010-]", "", text)


@SOME
@given(WORDS)
def test_a_picture_holds_the_text_and_no_other_element(text):
    from selaras.documents.charts import draw

    def chart(words):
        return draw(
            d.Chart(
                "c",
                d.ChartKind.BUDGET,
                words,
                (words, "dua"),
                (d.Series(words, (Decimal(1), Decimal(2))), d.Series("b", (Decimal(1), None))),
            )
        )

    made, usual = (etree.fromstring(chart(words)) for words in (text, "Biasa"))
    assert {item.tag for item in made.iter()} <= {item.tag for item in usual.iter()}
    assert not [name for item in made.iter() for name in item.attrib if name.startswith("on") or "href" in name]


EVIL = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|'/C calc'!A0"]


def dangerous(cell):
    return cell[:1] in set("=+-@\t\r") and not re.fullmatch(r"[-+]?[\d.,]+", cell)


def csv_writers():
    """Every module that writes CSV, found in the source, so that a new one must be tried here."""
    source = Path(__file__).parents[2] / "src" / "selaras"
    return sorted(
        path.relative_to(source).as_posix() for path in source.rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)\(", path.read_text())
    )  # fmt: skip


GUARDS = {
    "documents/package.py": "safe_cell", "documents/registers.py": "_harmless", "documents/open_package.py": "_cell",
    "cli/commands/nation.py": "_csv",
}  # fmt: skip


def test_every_writer_of_csv_is_known_here():
    assert set(csv_writers()) == set(GUARDS), "name the function that guards its cells"


@pytest.mark.parametrize("words", EVIL)
@pytest.mark.parametrize("module", GUARDS)
def test_a_cell_of_csv_never_begins_a_formula(words, module):
    guard = getattr(import_module("selaras." + module.removesuffix(".py").replace("/", ".")), GUARDS[module])
    assert not dangerous(guard(words))
