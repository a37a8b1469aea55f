"""The HTML page: complete in itself, without script, sound for people and machines alike."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from PIL import Image
from tests.documents.sample import CAPAIAN, sample

from selaras.core import document as d
from selaras.core.computed import Computed, Input, Status
from selaras.core.errors import CannotRun
from selaras.core.place import Place
from selaras.documents.write.html import write_html
from selaras.documents.write.html.page import page

VOID = {"meta", "col", "img", "br", "path", "rect", "circle"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag closed in order; collects tags, attributes and text by element."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "script"}:
            self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.found if name == tag]

    def values(self, attribute):
        return [attrs[attribute] for _, attrs in self.found if attribute in attrs]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def document(*blocks: d.Block, **more) -> d.Document:
    return d.Document("Judul", "lkjip", "Biro Contoh", 2023, blocks, **more)


def read(*blocks: d.Block, **more) -> Reader:
    return Reader(page(document(*blocks, **more)))


@pytest.fixture(scope="module")
def whole() -> Reader:
    return Reader(page(sample()))


def test_it_asks_nothing_of_any_network(whole):
    source = page(sample())
    assert not re.search(r"(src|href|action|srcset)=\"?(https?:)?//", source)
    assert "@import" not in source
    assert "url(" not in source
    assert all(link.startswith("#") for link in whole.values("href"))
    assert not whole.all("link")
    assert whole.all("meta")[1]["content"].startswith("default-src 'none'")


def test_it_runs_no_script(whole):
    assert [attrs["type"] for attrs in whole.all("script")] == ["application/json"]
    assert not [name for _, attrs in whole.found for name in attrs if name.startswith("on")]


def test_every_id_is_unique_and_every_reference_leads_somewhere(whole):
    ids = Counter(whole.values("id"))
    assert max(ids.values()) == 1
    wanted = {link[1:] for link in whole.values("href")} | set(whole.values("popovertarget"))
    wanted |= set(whole.values("aria-labelledby"))
    assert wanted <= set(ids)


def test_the_language_title_and_landmarks_are_there(whole):
    assert whole.all("html")[0]["lang"] == "id"
    for tag in ("header", "nav", "main", "footer", "h1"):
        assert len(whole.all(tag)) == 1
    assert whole.all("a")[0]["class"] == "skip"


def test_no_heading_level_is_skipped(whole):
    levels = [int(tag[1]) for tag, _ in whole.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_sections_nest_by_their_headings():
    reader = read(d.Heading(1, "A"), d.Heading(2, "B"), d.Heading(3, "C"), d.Heading(1, "D"))
    assert [tag for tag, _ in reader.found if tag in {"section", "h2", "h3", "h4"}] == [
        "section", "h2", "section", "h3", "section", "h4", "section", "h2", "section", "h2",
    ]  # fmt: skip


def test_tables_have_captions_scopes_and_a_box_to_scroll_in(whole):
    tables = [attrs for attrs in whole.all("div") if attrs.get("class") == "table"]
    assert len(tables) == 2
    assert whole.text.count("Tabel 3.2 Capaian Anggaran Program") >= 2
    assert all(attrs.get("scope") in {"col", "row", "colgroup"} for attrs in whole.all("th"))
    boxes = [attrs for attrs in whole.all("div") if str(attrs.get("class")).startswith("scroll")]
    assert all(attrs["tabindex"] == "0" and attrs["role"] in {"region", "group"} for attrs in boxes)
    assert all("aria-label" in attrs or "aria-labelledby" in attrs for attrs in boxes)


def test_each_figure_has_one_card_with_its_arithmetic(whole):
    buttons = [attrs for attrs in whole.all("button") if attrs.get("class") == "fig"]
    assert len(buttons) == 2
    cards = [attrs for attrs in whole.all("div") if "popover" in attrs]
    assert len(cards) == 1
    assert {attrs["popovertarget"] for attrs in buttons} == {cards[0]["id"]}
    for expected in ("realisasi ÷ target × 100%", "87,5%", "85%", "102,94%", "setengah ke atas, 2 desimal"):
        assert expected in whole.text


def test_a_card_shows_source_cap_status_and_note():
    place = Place(source="realisasi.xlsx", sheet="Realisasi", cell="C7")
    capped = replace(
        CAPAIAN,
        inputs=(Input("realisasi", "9", place),),
        value=Decimal(120),
        raw=Decimal("187.5"),
        note="dibatasi 120%",
    )
    missing = Computed("k", "Tanpa target", None, status=Status.NO_TARGET)
    text = read(d.Paragraph((d.Span("x", figure=capped), d.Span("y", figure=missing)))).text
    for expected in ("realisasi.xlsx, lembar Realisasi, sel C7", "187,50%", "dibatasi 120%", "target belum ditetapkan"):
        assert expected in text


def test_two_figures_with_one_key_are_two_cards():
    other = replace(CAPAIAN, value=Decimal(1))
    reader = read(d.Paragraph((d.Span("x", figure=CAPAIAN), d.Span("y", figure=other), d.Span("z", figure=CAPAIAN))))
    assert len([attrs for attrs in reader.all("div") if "popover" in attrs]) == 2


HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\x00"


def test_hostile_text_stays_text_everywhere():
    span = d.Span(
        HOSTILE, strong=True, figure=replace(CAPAIAN, key=HOSTILE, name=HOSTILE, formula=HOSTILE, note=HOSTILE)
    )
    cell = d.Cell((span,))
    table = d.Table(
        HOSTILE, (d.Column(Decimal(1)),), (d.Row((cell,)),), (d.Row((cell,)),), HOSTILE, HOSTILE, ((span,),), HOSTILE
    )
    chart = d.Chart(
        HOSTILE, d.ChartKind.STAFF, HOSTILE, (HOSTILE,), (d.Series(HOSTILE, (Decimal(1),)),), number=HOSTILE, alt=HOSTILE,
        labels=(HOSTILE,), source=HOSTILE, unit=HOSTILE,
    )  # fmt: skip
    blocks = (
        d.Cover(HOSTILE, 2023, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,)), d.Division(d.PageNumbers.ROMAN, HOSTILE),
        d.Heading(1, HOSTILE, HOSTILE, HOSTILE), d.Paragraph((span,), d.Voice.NARRATIVE, lead=HOSTILE),
        d.Listing(((span,),)), table, chart, d.OrgChart(HOSTILE, HOSTILE, (d.Box("a", HOSTILE, HOSTILE),), HOSTILE, HOSTILE),
        d.Gallery((d.Photo(HOSTILE, None, HOSTILE, HOSTILE, HOSTILE),)), d.Fields(((HOSTILE, HOSTILE),)),
        d.Signatures((d.Signatory(*[HOSTILE] * 5),), HOSTILE), *[d.Contents(kind) for kind in d.ContentsKind],
    )  # fmt: skip
    evil = d.Document(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        2023,
        blocks,
        subject=HOSTILE,
        footer=HOSTILE,
        attachment=json.dumps(HOSTILE),
        language='"x',
    )
    reader = Reader(page(evil))
    assert len(reader.all("script")) == 1
    assert not reader.all("img")
    assert "alert(1)" in reader.text
    assert not [name for _, attrs in reader.found for name in attrs if name.startswith("on")]


def test_the_data_can_be_read_back_exactly():
    data = {"teks": "</script><!-- & \u2028 ü", "angka": [1, 2.5]}
    source = page(document(attachment=json.dumps(data, ensure_ascii=False)))
    inside = re.search(r'<script type="application/json" id="selaras-data">(.*?)</script>', source, re.DOTALL)
    assert inside
    assert "<" not in inside[1]
    assert json.loads(inside[1]) == data


def test_without_data_there_is_no_script_at_all():
    assert not read(d.Heading(1, "A")).all("script")


def test_the_voices_are_told_apart():
    voices = [d.Paragraph(d.text(voice.value), voice) for voice in d.Voice]
    source = page(document(*voices))
    assert '<p class="generated">generated</p>' in source
    assert '<p class="empty">empty</p>' in source
    assert '<p class="note">note</p>' in source
    assert '<blockquote class="own"><p class="own-label">Narasi instansi</p><p>narrative</p></blockquote>' in source


def test_narrative_blocks_in_a_row_share_one_mark():
    own = d.Voice.NARRATIVE
    blocks = (
        d.Paragraph(d.text("a"), own),
        d.Listing((d.text("b"),), voice=own),
        d.Paragraph(d.text("c"), own, lead="Lain"),
    )
    assert len(read(*blocks).all("blockquote")) == 2


def test_a_class_is_a_chip_with_its_word(whole):
    chips = [attrs["class"] for attrs in whole.all("span") if "chip" in str(attrs.get("class"))]
    assert chips == ["chip t-dg", "chip t-r"]
    assert "Sangat Baik" in whole.text


def test_charts_are_drawn_in_the_page_with_their_numbers_to_unfold(whole):
    assert len(whole.all("svg")) == 7
    assert all(attrs["role"] == "img" for attrs in whole.all("svg"))
    assert len(whole.all("details")) == 1 + 6
    assert "Gambar 3.3 Anggaran dan realisasi" in whole.text


def test_photos_are_inside_the_page_and_missing_ones_say_so():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    gallery = d.Gallery((d.Photo("Ada", file="a.png", alt="Rapat"), d.Photo("Tidak ada")))
    reader = Reader(page(document(gallery), files={"a.png": out.getvalue()}.__getitem__))
    (picture,) = reader.all("img")
    assert picture["src"].startswith("data:image/jpeg;base64,")
    assert picture["alt"] == "Rapat"
    assert "Foto belum diunggah" in reader.text


def test_blocks_with_the_same_words_get_different_anchors():
    reader = read(d.Heading(1, "Sama"), d.Heading(1, "Sama"), d.Heading(1, "!!!"), d.Heading(1, "x", key="Sama"))
    assert [attrs["id"] for attrs in reader.all("h2")[:4]] == ["b-sama", "b-sama-2", "b-bagian", "b-sama-3"]


def test_a_reference_to_nothing_stays_words():
    reader = read(d.Paragraph((d.Span("Tabel 9.9", ref="tak ada"),)))
    assert "Tabel 9.9" in reader.text
    assert "b-tak-ada" not in reader.values("id")


def test_spans_that_reach_too_far_are_cut():
    wide = d.Cell(d.text("x"), colspan=9, rowspan=9)
    table = d.Table(
        "t", (d.Column(Decimal(1)), d.Column(Decimal(1))), (), (d.Row((wide,)), d.Row((d.Cell(),))), "T", "1"
    )
    (cell,) = read(table).all("th")
    assert (cell["colspan"], cell["rowspan"]) == ("2", "2")


def test_the_same_document_gives_the_same_bytes(tmp_path):
    write_html(sample(), tmp_path / "a.html")
    write_html(sample(), tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_does_not_exist_is_a_refusal_that_names_the_file(tmp_path):
    with pytest.raises(CannotRun, match=r"a\.html"):
        write_html(sample(), tmp_path / "nowhere" / "a.html")
