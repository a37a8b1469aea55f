"""The DOCX writer: what a word processor finds in the file, and whether it may stand there."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from tests.documents.sample import achievement_table, budget_table, sample

from selaras.core import document as d
from selaras.core.errors import CannotRun
from selaras.documents.write import write
from selaras.documents.write.docx import docx_bytes, read_attachment, write_docx
from selaras.documents.write.docx.captions import numbered
from selaras.documents.write.docx.grid import grid
from selaras.documents.write.docx.markup import escape, shares, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NS = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
SCHEMA_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens spacing ind contextualSpacing jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u shd"
    " vertAlign lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
    " tblCaption tblDescription",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "tcPr": "tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tcMar": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "styles": "docDefaults latentStyles style",
    "settings": "zoom embedTrueTypeFonts defaultTabStop characterSpacingControl updateFields compat themeFontLang"
    " decimalSymbol listSeparator",
    "compat": "doNotExpandShiftReturn compatSetting",
    "numbering": "abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl name lvl",
    "lvl": "start numFmt suff lvlText lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "font": "altName panose1 charset family pitch sig embedRegular embedBold embedItalic",
    "sdt": "sdtPr sdtContent",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "anchor": "simplePos positionH positionV extent effectExtent wrapNone docPr cNvGraphicFramePr graphic",
}


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(document, **more):
    return etree.fromstring(parts(docx_bytes(document, **more))["word/document.xml"]).find("w:body", NS)


def of(*blocks, **more):
    return d.Document("Judul", "lkjip", "Biro Contoh", 2023, tuple(blocks), **more)


def words(element):
    return "".join(element.itertext(f"{W}t"))


def style_of(paragraph):
    found = paragraph.find("w:pPr/w:pStyle", NS)
    return "" if found is None else found.get(f"{W}val")


def styled(root, style):
    return [each for each in root.iter(f"{W}p") if style_of(each) == style]


def instructions(root):
    return [each.text.strip() for each in root.iter(f"{W}instrText")]


@pytest.fixture(scope="module")
def written_sample():
    return docx_bytes(sample())


@pytest.fixture(scope="module")
def sample_body(written_sample):
    return etree.fromstring(parts(written_sample)["word/document.xml"]).find("w:body", NS)


# ---- the package ----


def test_every_part_is_well_formed_and_has_a_content_type(written_sample):
    every = parts(written_sample)
    types = etree.fromstring(every["[Content_Types].xml"])
    known = {each.get("Extension") for each in types if each.get("Extension")}
    named = {each.get("PartName") for each in types if each.get("PartName")}
    for name, data in every.items():
        if name.endswith((".xml", ".rels", ".svg")):
            etree.fromstring(data)
        assert name == "[Content_Types].xml" or f"/{name}" in named or name.rpartition(".")[2] in known
    assert {name[1:] for name in named} <= set(every)


def test_every_relationship_leads_to_a_part_and_every_reference_to_a_relationship(written_sample):
    every = parts(written_sample)
    relations = etree.fromstring(every["word/_rels/document.xml.rels"])
    targets = {each.get("Id"): each.get("Target") for each in relations}
    for target in targets.values():
        assert (target.removeprefix("../") if target.startswith("../") else f"word/{target}") in every
    used = re.findall(rb'r:(?:embed|id)="(\w+)"', every["word/document.xml"])
    assert {each.decode() for each in used} <= set(targets)


def test_children_stand_in_the_order_of_the_schema(written_sample):
    for name, data in parts(written_sample).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in etree.fromstring(data).iter(etree.Element):
            order = SCHEMA_ORDER.get(etree.QName(element).localname, "").split()
            if order and len(element):
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (name, etree.QName(element).localname, places)


def test_every_style_that_is_used_is_defined(written_sample):
    every = parts(written_sample)
    defined = {each.get(f"{W}styleId") for each in etree.fromstring(every["word/styles.xml"]).iter(f"{W}style")}
    used = set()
    for name, data in every.items():
        if re.fullmatch(r"word/(document|header\d+|footer\d+|styles)\.xml", name):
            root = etree.fromstring(data)
            for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
                used |= {each.get(f"{W}val") for each in root.iter(f"{W}{tag}")}
    assert used <= defined


def test_ids_of_bookmarks_and_drawings_are_unique(sample_body):
    for tag in (f"{W}bookmarkStart", f"{{{NS['wp']}}}docPr"):
        ids = [each.get("id") or each.get(f"{W}id") for each in sample_body.iter(tag)]
        assert ids
        assert len(ids) == len(set(ids))
    names = [each.get(f"{W}name") for each in sample_body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"_\w{1,39}", name) for name in names)


def test_the_same_document_gives_the_same_bytes_without_a_date_of_today(written_sample):
    assert docx_bytes(sample()) == written_sample
    with zipfile.ZipFile(io.BytesIO(written_sample)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_python_docx_reads_title_agency_date_and_styles(tmp_path):
    path = tmp_path / "laporan.docx"
    write(sample(), "docx", path)
    opened = docx.Document(str(path))
    properties = opened.core_properties
    assert (properties.title, properties.author) == ("Laporan Kinerja Biro Contoh Tahun 2023", "Biro Contoh")
    assert (properties.language, properties.created.year) == ("id-ID", 2023)
    headings = [each.text for each in opened.paragraphs if each.style.name == "Heading 1"]
    assert headings[-2:] == ["BAB III\nAKUNTABILITAS KINERJA", "LAMPIRAN"]
    assert opened.tables[1].style.name == "Normal Table"
    assert {"toc 1", "toc 3", "table of figures", "Caption", "List Number"} <= {each.name for each in opened.styles}


def test_the_attachment_is_read_back_exactly(tmp_path):
    attachment = (
        json.dumps({"nama": "A & B <c> ]]> \u2028 é", "nilai": "102.94"}, ensure_ascii=False, indent=1) + "\r\n"
    )
    path = tmp_path / "a.docx"
    write_docx(of(attachment=attachment), path)
    assert read_attachment(path) == attachment


def test_a_file_without_attachment_gives_none_and_a_stranger_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    write_docx(of(), path)
    assert read_attachment(path) == ""
    path.write_text("bukan zip")
    with pytest.raises(CannotRun):
        read_attachment(path)


def test_it_refuses_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(CannotRun):
        write_docx(of(), tmp_path / "tiada" / "a.docx")


def test_both_typefaces_are_inside_with_names_of_others_to_try(written_sample):
    every = parts(written_sample)
    fonts = etree.fromstring(every["word/fontTable.xml"])
    assert [each.get(f"{W}name") for each in fonts] == ["Source Serif Pro", "Source Sans Pro"]
    assert "Cambria" in fonts[0].find("w:altName", NS).get(f"{W}val")
    relations = {
        each.get("Id"): each.get("Target") for each in etree.fromstring(every["word/_rels/fontTable.xml.rels"])
    }
    for embedded in fonts.iter(f"{W}embedRegular", f"{W}embedBold", f"{W}embedItalic"):
        data = every["word/" + relations[embedded.get(f"{R}id")]]
        mask = bytes.fromhex(embedded.get(f"{W}fontKey").strip("{}").replace("-", ""))[::-1]
        assert bytes(byte ^ mask[place % 16] for place, byte in enumerate(data[:4])) == b"\x00\x01\x00\x00"


def test_the_language_is_indonesian_and_fields_are_updated_on_opening(written_sample):
    every = parts(written_sample)
    language = etree.fromstring(every["word/styles.xml"]).find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NS)
    assert language.get(f"{W}val") == "id-ID"
    assert etree.fromstring(every["word/settings.xml"]).find("w:updateFields", NS).get(f"{W}val") == "true"


# ---- headings, contents, captions ----


def test_a_chapter_is_one_heading_paragraph_with_its_number_on_a_line_of_its_own(sample_body):
    chapter = next(each for each in styled(sample_body, "Heading1") if words(each).startswith("BAB III"))
    assert words(chapter) == "BAB IIIAKUNTABILITAS KINERJA"
    assert len(chapter.findall(".//w:br", NS)) == 1


def test_a_numbered_chapter_begins_a_page_and_a_page_break_reaches_the_next_block():
    root = body(of(d.Paragraph(d.text("a")), d.Heading(1, "X", "BAB I"), d.PageBreak(), budget_table(1)))
    breaks = [each.getparent().getparent() for each in root.iter(f"{W}pageBreakBefore")]
    assert [style_of(each) for each in breaks] == ["Heading1", "Caption"]


def test_bold_is_not_toggled_away_in_the_number_of_a_chapter(written_sample):
    styles = etree.fromstring(parts(written_sample)["word/styles.xml"])
    heading, number = (
        styles.find(f"w:style[@w:styleId='{name}']/w:rPr/w:b", NS) for name in ("Heading1", "ChapterNumber")
    )
    assert heading is not None
    assert number is None


def test_the_table_of_contents_is_a_field_that_is_filled_already(sample_body):
    assert r'TOC \o "1-3" \h \z \u' in instructions(sample_body)
    assert r'TOC \h \z \c "Tabel"' in instructions(sample_body)
    entries = [words(each) for each in sample_body.iter(f"{W}p") if style_of(each).startswith("TOC")]
    assert entries[4] == "BAB III AKUNTABILITAS KINERJA…"
    assert [words(each) for each in styled(sample_body, "TableofFigures")][:2] == [
        "Tabel 3.1 Capaian Kinerja Tahun 2023…",
        "Tabel 3.2 Capaian Anggaran Program…",
    ]


def test_every_field_is_closed_and_every_reference_has_its_bookmark(sample_body):
    kinds = [each.get(f"{W}fldCharType") for each in sample_body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 10
    names = {each.get(f"{W}name") for each in sample_body.iter(f"{W}bookmarkStart")}
    pointed = {line.split()[1] for line in instructions(sample_body) if line.startswith(("REF", "PAGEREF"))}
    pointed |= {each.get(f"{W}anchor") for each in sample_body.iter(f"{W}hyperlink")}
    assert pointed <= names


def updated(root):
    """What a word processor makes of the captions when it updates all fields."""
    counters, labels = {}, []
    for paragraph in [*root.iter(f"{W}p")]:
        if style_of(paragraph) not in {"Caption", "PictureCaption"}:
            continue
        text, inside = "", False
        for element in paragraph.iter(f"{W}t", f"{W}instrText", f"{W}fldChar"):
            if element.tag == f"{W}instrText":
                name = element.text.split()[1]
                reset = re.search(r"\\r (\d+)", element.text)
                counters[name] = int(reset[1]) if reset else counters.get(name, 0) + 1
                text += "" if r"\h" in element.text else str(counters[name])
                inside = True
            elif element.tag == f"{W}fldChar":
                inside = inside and element.get(f"{W}fldCharType") != "end"
            elif not inside:
                text += element.text or ""
        labels.append(text)
    return labels


def numbers(document):
    return [
        f"{block.label}  {block.caption}"
        for block in document.blocks
        if isinstance(block, d.Table | d.Chart | d.OrgChart) and block.caption
    ]


def test_updating_the_fields_keeps_our_numbers(sample_body):
    assert updated(sample_body) == numbers(sample())
    shown = [words(each) for each in sample_body.iter(f"{W}p") if style_of(each) in {"Caption", "PictureCaption"}]
    assert shown == numbers(sample())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["1.1", "1.2", "1.3", "2.1", "2.2", "L.1", "L.2", "7", "10.12", "3.0", "3.01", "A", "²"]),
        max_size=12,
    )
)
@pytest.mark.slow
def test_updating_the_fields_keeps_any_numbers(given_numbers):
    document = of(*(replace(budget_table(1), number=number) for number in given_numbers))
    assert updated(body(document)) == numbers(document)


def test_a_reference_prints_the_number_as_a_field_and_other_words_as_a_link(sample_body):
    reference = next(line for line in instructions(sample_body) if line.startswith("REF"))
    bookmark = sample_body.find(f".//w:bookmarkStart[@w:name='{reference.split()[1]}']", NS)
    assert words(bookmark.getparent()).startswith("Tabel 3.1")
    line = (d.Span("tabel di bawah", ref="capaian"), d.Span("Tabel 9", ref="tiada"))
    root = body(of(d.Paragraph(line), achievement_table()))
    assert [words(each) for each in root.iter(f"{W}hyperlink")] == ["tabel di bawah"]
    assert not [line for line in instructions(root) if line.startswith("REF")]


# ---- tables ----


def table_of(block, **more):
    return body(of(block, **more)).find("w:tbl", NS)


def test_header_rows_repeat_and_no_row_is_split():
    rows = table_of(achievement_table()).findall("w:tr", NS)
    assert [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows] == [True, True, False, False]
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)


def test_merged_cells_fill_the_grid_in_both_directions():
    rows = table_of(achievement_table()).findall("w:tr", NS)
    first = [
        (cell.find("w:tcPr/w:gridSpan", NS), cell.find("w:tcPr/w:vMerge", NS)) for cell in rows[0].findall("w:tc", NS)
    ]
    assert [span.get(f"{W}val") if span is not None else "" for span, _ in first] == ["", "", "", "3", ""]
    assert [merge.get(f"{W}val") if merge is not None else "" for _, merge in first] == ["restart"] * 3 + [
        "",
        "restart",
    ]
    second = rows[1].findall("w:tc", NS)
    assert [words(cell) for cell in second] == ["", "", "", "Target", "Realisasi", "Capaian", ""]
    assert [cell.find("w:tcPr/w:vMerge", NS) is not None for cell in second] == [True] * 3 + [False] * 3 + [True]


def test_column_widths_are_fixed_and_add_up_to_the_text():
    table = table_of(budget_table(2))
    assert table.find("w:tblPr/w:tblLayout", NS).get(f"{W}type") == "fixed"
    widths = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
    assert sum(widths) == int(table.find("w:tblPr/w:tblW", NS).get(f"{W}w"))
    for row in table.iter(f"{W}tr"):
        assert sum(int(each.get(f"{W}w")) for each in row.iter(f"{W}tcW")) == sum(widths)


def test_numbers_stand_right_totals_are_shaded_and_a_tone_colours_its_word():
    budget = table_of(budget_table(1))
    total = budget.findall("w:tr", NS)[-1].findall("w:tc", NS)
    assert total[1].find("w:p/w:pPr/w:jc", NS).get(f"{W}val") == "right"
    assert all(cell.find("w:tcPr/w:shd", NS) is not None for cell in total)
    red = table_of(achievement_table()).findall("w:tr", NS)[-1].findall("w:tc", NS)[-1]
    assert words(red).strip() == "Sangat Rendah"
    assert red.find("w:p/w:r/w:rPr/w:shd", NS).get(f"{W}fill") == "B3261E"


def test_it_refuses_a_row_that_has_more_cells_than_there_are_columns():
    wide = d.Row(tuple(d.Cell(d.text(str(place))) for place in range(9)))
    with pytest.raises(ValueError, match="anggaran"):
        docx_bytes(of(replace(budget_table(1), body=(wide,))))


def test_a_table_without_rows_says_so():
    root = body(of(replace(budget_table(1), header=(), body=())))
    assert root.find("w:tbl", NS) is None
    assert "tidak memuat baris" in words(root)


def test_two_tables_never_grow_together():
    root = body(of(replace(budget_table(1), notes=(), source=""), d.Fields((("a", "b"),)), achievement_table()))
    for table in root.findall("w:tbl", NS):
        assert table.getnext().tag == f"{W}p"


@given(st.data())
def test_every_row_covers_every_column_once(data):
    columns = data.draw(st.integers(1, 5))
    rows, left = [], [0] * columns  # left: rows that a cell from above still covers
    for _ in range(data.draw(st.integers(1, 5))):
        cells, place = [], 0
        while place < columns:
            if left[place]:
                place += 1
                continue
            room = next((step for step in range(1, columns - place) if left[place + step]), columns - place)
            span, high = data.draw(st.integers(1, room)), data.draw(st.integers(1, 4))
            cells.append(d.Cell(colspan=span, rowspan=high))
            left[place : place + span] = [high] * span
            place += span
        left = [max(0, each - 1) for each in left]
        rows.append(d.Row(tuple(cells)))
    block = d.Table("t", tuple(d.Column(Decimal(1)) for _ in range(columns)), (), tuple(rows))
    for row in grid(block):
        covered = [column for each in row.cells for column in range(each.column, each.column + each.span)]
        assert covered == list(range(columns))


def test_a_column_grows_until_its_longest_word_fits():
    narrow = replace(
        achievement_table(),
        columns=tuple(d.Column(Decimal(share)) for share in (1, 60, 20, 1, 1, 1, 1)),
    )
    widths = [int(each.get(f"{W}w")) for each in table_of(narrow).iter(f"{W}gridCol")]
    assert min(widths) > 400
    assert widths[4] > 800  # "Realisasi"
    assert sum(widths) == 9071


def test_a_table_of_many_columns_gets_smaller_letters():
    head = d.Row(tuple(d.Cell(d.text("Persentase")) for _ in range(12)))
    crowded = d.Table("t", tuple(d.Column(Decimal(1)) for _ in range(12)), (head,), (head,))
    assert {style_of(each) for each in table_of(crowded).iter(f"{W}p")} == {"TableHeadTiny", "TableTextTiny"}


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12), st.integers(1, 20000))
def test_shares_add_up_exactly(weights, total):
    assert sum(shares(weights, total)) == (total if any(weights) else 0)


# ---- words ----


def test_hostile_text_stays_text():
    hostile = '</w:t><w:p/> & "kutip" <b> {MERGEFIELD} \x00\x07\ud800\ufffe akhir'
    document = of(
        d.Cover(hostile, 2023, hostile, hostile, hostile, (hostile,)),
        d.Division(d.PageNumbers.ARABIC, running=hostile),
        d.Heading(1, hostile, hostile, hostile),
        d.Heading(2, hostile, hostile),
        d.Contents(d.ContentsKind.HEADINGS),
        d.Paragraph((d.Span(hostile, strong=True, ref=hostile),), d.Voice.NARRATIVE, lead=hostile),
        d.Listing((d.text(hostile),)),
        replace(achievement_table(), key=hostile, caption=hostile, number=hostile, source=hostile),
        d.Chart("c", d.ChartKind.ACHIEVEMENT, hostile, (hostile,), (d.Series(hostile, (None,)),), alt=hostile),
        d.Gallery((d.Photo(hostile, file=hostile),)),
        d.Fields(((hostile, hostile),)),
        d.Signatures((d.Signatory(hostile, hostile, hostile, hostile, hostile),), hostile),
        footer=hostile, subject=hostile, attachment=hostile,
    )  # fmt: skip
    document = replace(document, title=hostile, agency=hostile)
    for name, data in parts(docx_bytes(document)).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    root = body(document)
    assert words(styled(root, "Narrative")[0]) == '</w:t><w:p/> & "kutip" <b> {MERGEFIELD}  akhir'


@given(st.text())
def test_any_text_survives_without_the_characters_that_xml_forbids(text):
    root = etree.fromstring(f'<r a="{escape(text)}">{escape(text)}</r>')
    kept = "".join(c for c in text if c in "\t\n\r" or c.isprintable() or etree_accepts(c))
    assert (root.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
    etree.fromstring(f'<w:r xmlns:w="w">{written(text)}</w:r>')


def etree_accepts(character):
    try:
        etree.Element("a").text = character
    except ValueError:
        return False
    return character not in "\ufffe\uffff"


def test_line_ends_and_tabs_inside_text_become_breaks_and_tabs():
    assert re.sub(r"<w:t [^>]*>|</w:t>", "", written("a\tb\r\nc\n\nd")) == "a<w:tab/>b<w:br/>c<w:br/><w:br/>d"


def test_voices_have_their_styles_and_the_own_words_one_label(sample_body):
    own = d.Voice.NARRATIVE
    root = body(
        of(
            d.Paragraph(d.text("satu"), own, lead="Narasi instansi"),
            d.Listing((d.text("butir"),), d.Numbering.ALPHA, own),
            d.Paragraph(d.text("dua"), own, lead="Narasi instansi"),
            d.Paragraph(d.text("kosong"), d.Voice.EMPTY),
            d.Paragraph(d.text("tiga"), own, lead="Narasi instansi"),
        )
    )
    assert [style_of(each) for each in root.findall("w:p", NS)] == [
        "NarrativeLabel", "Narrative", "ListNumber", "Narrative", "Empty", "NarrativeLabel", "Narrative",
    ]  # fmt: skip
    assert words(styled(sample_body, "Empty")[0]) == "Analisis efisiensi belum diisi."


def test_each_list_counts_from_its_beginning():
    items = (d.text("a"), d.text("b"))
    document = of(d.Listing(items, d.Numbering.DECIMAL), d.Listing(items, d.Numbering.DECIMAL), d.Listing(items))
    every = parts(docx_bytes(document))
    used = [each.get(f"{W}val") for each in etree.fromstring(every["word/document.xml"]).iter(f"{W}numId")]
    assert used == ["1", "1", "2", "2", "3", "3"]
    instances = etree.fromstring(every["word/numbering.xml"]).findall("w:num", NS)
    assert all(each.find("w:lvlOverride/w:startOverride", NS).get(f"{W}val") == "1" for each in instances)
    assert [each.find("w:abstractNumId", NS).get(f"{W}val") for each in instances] == ["1", "1", "0"]


def test_a_number_without_digits_stays_text_and_keeps_its_place_in_the_list():
    class Counting:
        def __init__(self):
            self.sequences = {}

    xml = numbered(Counting(), "Tabel A")
    assert r"SEQ Tabel \* ARABIC \h" in xml
    assert "Tabel A" in xml


# ---- pages, pictures, signatures ----


def test_divisions_become_sections_with_their_numbers_and_orientation(sample_body, written_sample):
    sections = list(sample_body.iter(f"{W}sectPr"))
    kinds = [each.find("w:pgNumType", NS) for each in sections]
    assert [None if each is None else each.get(f"{W}fmt") for each in kinds] == [
        None,
        "lowerRoman",
        "decimal",
        "decimal",
    ]
    assert [None if each is None else each.get(f"{W}start") for each in kinds] == [None, "1", "1", None]
    assert [each.find("w:pgSz", NS).get(f"{W}orient") for each in sections] == [None, None, None, "landscape"]
    every = parts(written_sample)
    relations = {each.get("Id"): each.get("Target") for each in etree.fromstring(every["word/_rels/document.xml.rels"])}
    heads, feet = (
        [words(etree.fromstring(every["word/" + relations[each.find(f"w:{kind}Reference", NS).get(f"{R}id")]]))
         for each in sections]
        for kind in ("header", "footer")
    )  # fmt: skip
    assert heads == ["", *["Laporan Kinerja Biro Contoh Tahun 2023"] * 2, "Lampiran"]
    assert feet == ["", *[f"{sample().footer}1"] * 3]


def test_every_chart_is_a_vector_with_a_raster_beside_it_and_words_for_it(sample_body, written_sample):
    every = parts(written_sample)
    assert len(list(sample_body.iter(f"{{{NS['asvg']}}}svgBlip"))) == 7
    assert sum(name.endswith(".svg") for name in every) == 7
    for inline in sample_body.iter(f"{{{NS['wp']}}}inline"):
        assert inline.find("wp:docPr", NS).get("descr")
    png = Image.open(io.BytesIO(every["word/media/image3.png"]))
    assert png.size[0] == 960
    assert len(png.convert("L").getcolors()) > 50  # letters, not only bars


def test_photos_come_in_and_missing_ones_are_said_to_be_missing():
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(buffer, "PNG")
    photos = (d.Photo("Rapat", file="a.png"), d.Photo("Apel"), d.Photo("Bimtek", file="rusak.jpg"))
    files = {"a.png": buffer.getvalue(), "rusak.jpg": b"bukan gambar"}
    root = body(of(d.Gallery(photos)), files=files.__getitem__)
    assert root.find(".//wp:docPr", NS).get("descr") == "Rapat"
    assert [words(each) for each in styled(root, "MissingPhoto")] == [
        "Foto belum diunggah",
        "Berkas foto tidak dapat dibuka: rusak.jpg",
    ]


def test_a_single_signature_stands_right_and_none_is_torn_apart(sample_body):
    tables = [each for each in sample_body.findall("w:tbl", NS) if styled(each, "Signature")]
    rows = [[words(cell) for cell in row.findall("w:tc", NS)] for row in tables[0].findall("w:tr", NS)]
    assert rows[0] == ["", "Kota Contoh, 15 Januari 2024"]
    assert ["", "NIP 19700101 199503 1 001"] in rows
    assert all(each.find("w:pPr/w:keepNext", NS) is not None for each in styled(tables[1], "Signature"))
    both = [[words(cell) for cell in row.findall("w:tc", NS)] for row in tables[1].findall("w:tr", NS)]
    assert both[1] == ["Pihak Kedua,", "Pihak Pertama,"]
    assert both[4][0] == "Atasan Contoh"
    assert both[4][1].startswith("(....")


def test_an_empty_document_is_still_a_document(tmp_path):
    path = tmp_path / "kosong.docx"
    write_docx(of(), path)
    assert docx.Document(str(path)).paragraphs


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_libreoffice_opens_it_and_shows_contents_captions_and_page_numbers(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    write_docx(sample(), tmp_path / "laporan.docx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "laporan.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "laporan.pdf").pages]
    assert 10 <= len(pages) <= 15
    assert "BAB III AKUNTABILITAS KINERJA" in pages[2]
    assert "Tabel 3.2 Capaian Anggaran Program" in pages[3]
    assert re.search(r"\bii\b", pages[2])
    chapter = next(page for page in pages if "Narasi instansi".upper() in page.upper())
    assert "Tabel 3.1" in chapter
    repeated = [page for page in pages if "Program/Kegiatan" in page]
    assert len(repeated) > 2
