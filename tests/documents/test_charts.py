"""Charts: sound SVG from any data, nothing that a small SVG engine lacks, every figure in words."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.sample import charts

from selaras.core import document as d
from selaras.documents import palette
from selaras.documents.charts import draw
from selaras.documents.charts.canvas import WIDTH, safe
from selaras.documents.charts.lettering import width, wrap
from selaras.documents.charts.scale import magnitude, scale

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "path", "circle", "text"}
D = Decimal
ONE = (D(1),)


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def words(svg: str) -> list[str]:
    return [found.text or "" for found in read(svg).iter(f"{SVG}text")]


def said(svg: str) -> str:
    return " ".join(words(svg))


def chart(kind=d.ChartKind.ACHIEVEMENT, *, categories=("A",), values=ONE, **more) -> d.Chart:
    return d.Chart("k", kind, "Judul", tuple(categories), (d.Series("Capaian", tuple(values)),), **more)


def sample(kind: d.ChartKind) -> d.Chart:
    return next(found for found in charts() if isinstance(found, d.Chart) and found.kind is kind)


@pytest.mark.parametrize("block", charts(), ids=lambda block: block.key)
def test_every_chart_is_plain_svg_that_stands_alone(block):
    svg = draw(block)
    root = read(svg)
    assert {found.tag.removeprefix(SVG) for found in root.iter()} <= ALLOWED
    names = {name for found in root.iter() for name in found.attrib}
    assert not names & {"id", "class", "style", "href", "onload"}
    assert "url(" not in svg
    assert svg.count("http") == 1
    assert root.get("width") == "640"
    assert root.get("viewBox", "").startswith("-2 -2 640 ")
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == block.caption
    assert root[1].text == block.alt


@pytest.mark.parametrize("block", charts(), ids=lambda block: block.key)
def test_the_same_chart_gives_the_same_bytes(block):
    assert draw(block) == draw(replace(block))


@pytest.mark.parametrize("block", charts(), ids=lambda block: block.key)
def test_no_mark_leaves_the_drawing(block):
    root = read(draw(block))
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x")) >= -2
        assert float(box.get("x")) + float(box.get("width")) <= WIDTH + 2


def test_a_chart_takes_less_than_a_millisecond():
    block = charts()[0]
    draw(block)
    start = time.perf_counter()
    for _ in range(50):
        draw(block)
    assert (time.perf_counter() - start) / 50 < 0.005  # measured 0.3 ms; room for a busy machine


def test_achievement_says_value_class_and_the_line_at_100():
    text = said(draw(sample(d.ChartKind.ACHIEVEMENT)))
    for expected in ("102,94%", "Sangat Baik", "48,10%", "Sangat Rendah", "100%"):
        assert expected in text


def test_a_missing_value_is_said_and_never_drawn():
    missing, zero = draw(chart(values=(None,))), draw(chart(values=(D(0),)))
    assert "belum diukur" in said(missing)
    assert "belum diukur" not in said(zero)
    assert "0,00%" in said(zero)
    assert "0,00%" not in said(missing)
    assert missing.count("<rect") == 1  # only the cleared ground below the words


def test_a_missing_year_leaves_a_gap_in_the_line():
    whole = chart(d.ChartKind.TREND, categories="12345", values=map(D, range(5, 10)))
    gap = chart(d.ChartKind.TREND, categories="12345", values=(D(5), D(6), None, D(8), D(9)))

    def strokes(block):
        return [path for path in read(draw(block)).iter(f"{SVG}path") if path.get("stroke-width") == "2.6"]

    assert len(strokes(gap)) == len(strokes(whole)) + 1
    assert "belum diukur" in said(draw(gap))


def test_a_target_that_is_not_set_is_said_so():
    block = d.Chart(
        "k", d.ChartKind.TREND, "", ("2023", "2024"), (d.Series("Target", (D(1), None)), d.Series("R", (D(1), D(2))))
    )
    assert "Target belum ditetapkan" in said(draw(block))


def test_an_axis_that_does_not_begin_at_zero_says_so():
    assert "sumbu tegak tidak dimulai dari nol" in said(draw(sample(d.ChartKind.TREND)))
    assert "tidak dimulai" not in said(draw(chart(d.ChartKind.TREND, categories="12", values=(D(1), D(90)))))


def test_more_than_two_series_become_a_table_below_the_lines():
    lines = tuple(d.Series(name, (D(60), D(70))) for name in ("Target", "Realisasi", "Nasional"))
    text = words(draw(d.Chart("k", d.ChartKind.TREND, "", ("2023", "2024"), lines)))
    assert text.count("60") >= 3
    assert {"Target", "Realisasi", "Nasional"} <= set(text)


def test_budget_prints_exact_rupiah_and_a_short_axis():
    text = said(draw(sample(d.ChartKind.BUDGET)))
    for expected in ("Rp2.048.907.450", "Rp99.978.980", "dalam miliar rupiah"):
        assert expected in text


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (D(10) ** 12, "triliun rupiah"),
        (D(2) * 10**9, "miliar rupiah"),
        (D(999_999_999), "juta rupiah"),
        (D(5), "rupiah"),
    ],
)
def test_the_axis_takes_the_right_magnitude(amount, expected):
    assert magnitude(amount)[1] == expected


def test_staff_counts_stand_in_their_parts_and_sum_up_at_the_right():
    text = words(draw(sample(d.ChartKind.STAFF)))
    assert "12" in text
    assert text.count("6") >= 3


def test_an_incomplete_count_is_said_to_be_incomplete():
    lines = (d.Series("L", (D(2),)), d.Series("P", (None,)))
    assert "2 (belum lengkap)" in words(draw(d.Chart("k", d.ChartKind.STAFF, "", ("S1",), lines)))


def test_an_enormous_value_is_broken_off_but_printed():
    svg = draw(chart(categories=("A", "B"), values=(D(12500), D(90))))
    assert "12.500,00%" in said(svg)
    assert "200%" in words(svg)


def test_a_negative_achievement_goes_to_the_left():
    svg = draw(chart(values=(D(-50),)))
    assert "-50,00%" in words(svg)
    assert "-50%" in words(svg)


@pytest.mark.parametrize("kind", list(d.ChartKind))
def test_a_chart_without_data_says_so(kind):
    assert "Belum ada data untuk digambarkan." in words(draw(d.Chart("k", kind, "x", (), ())))


def test_the_quadrant_puts_achievement_upward_whatever_the_order():
    block = sample(d.ChartKind.QUADRANT)
    turned = replace(block, series=block.series[::-1])
    assert draw(block) == draw(turned)
    assert "Capaian ↑" in words(draw(block))


def test_tones_differ_in_pattern_not_only_in_colour():
    patterns = [swatch.pattern for swatch in palette.TONES.values()]
    assert len(set(patterns)) == len(patterns)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash", "blue-pale"])
@pytest.mark.parametrize("ink", ["ink", "muted", "blue", "blue-deep", "accent"])
def test_text_colours_have_the_contrast_of_wcag_aa(theme, ground, ink):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("swatch", [*palette.TONES.values(), *palette.SERIES])
def test_text_on_every_swatch_has_the_contrast_of_wcag_aa(swatch):
    assert contrast(swatch.fill, swatch.ink) >= 4.5


def test_hostile_text_stays_text():
    nasty = "<script>alert('x')</script> & \"q\" \x00\x0b"
    block = replace(chart(categories=(nasty,), labels=(nasty,)), caption=nasty, alt=nasty)
    svg = draw(block)
    assert "<script" not in svg
    assert "alert('x')" in (read(svg)[0].text or "")


def test_the_organisation_chart_has_both_lines_and_a_legend():
    svg = draw(charts()[-1])
    assert {"garis perintah", "garis koordinasi", "jabatan lowong", "lowong"} <= set(words(svg))
    assert svg.count("stroke-dasharray") == 2  # the line and its sample


def test_no_dashed_line_is_explained_where_there_is_none():
    svg = draw(d.OrgChart("o", "", (d.Box("a", "Kepala"), d.Box("b", "Bagian", "", "a"))))
    assert "garis koordinasi" not in words(svg)
    assert "stroke-dasharray" not in svg


def test_boxes_in_a_circle_or_without_a_known_superior_are_not_lost():
    boxes = (d.Box("a", "Lingkar A", "", "b"), d.Box("b", "Lingkar B", "", "a"), d.Box("c", "Yatim", "", "tak ada"))
    assert {"Lingkar A", "Lingkar B", "Yatim"} <= set(words(draw(d.OrgChart("o", "", boxes))))


names = st.text(st.characters(codec="utf-8"), max_size=40)
numbers = st.none() | st.decimals(min_value=-(10**13), max_value=10**13, places=3, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(list(d.ChartKind)),
    st.lists(names, max_size=6),
    st.lists(st.lists(numbers, max_size=7), max_size=4),
    st.lists(st.sampled_from(list(d.Tone)), max_size=6),
    st.sampled_from(["%", "Rp", "orang", ""]),
)
def test_any_data_gives_sound_svg(kind, categories, rows, tones, unit):
    lines = tuple(d.Series(f"s{place}", tuple(row)) for place, row in enumerate(rows))
    block = d.Chart(
        "k", kind, "x", tuple(categories), lines, unit=unit, labels=tuple(categories[1:]), tones=tuple(tones)
    )
    svg = draw(block)
    read(svg)
    assert not re.search(r"nan|inf\b", svg.split("<title>")[0])


@st.composite
def trees(draw_):
    size = draw_(st.integers(0, 40))
    return tuple(
        d.Box(
            str(place),
            draw_(names),
            parent=str(draw_(st.integers(0, place - 1))) if place and draw_(st.booleans()) else "",
            coordination=draw_(st.booleans()),
            vacant=draw_(st.booleans()),
        )
        for place in range(size)
    )


@settings(max_examples=40, deadline=None)
@given(trees())
def test_any_tree_of_posts_is_drawn_whole_and_without_overlap(boxes):
    root = read(draw(d.OrgChart("o", "", boxes)))
    spots = [
        (float(r.get("x")), float(r.get("y")), float(r.get("width")), float(r.get("height")))
        for r in root.iter(f"{SVG}rect")
    ]
    assert len(spots) == len(boxes) + any(box.vacant for box in boxes)
    for at, (x, y, w, h) in enumerate(spots):
        assert x >= -2
        assert x + w <= WIDTH + 2
        for x2, y2, w2, h2 in spots[at + 1 :]:
            assert x + w <= x2 + 0.2 or x2 + w2 <= x + 0.2 or y + h <= y2 + 0.2 or y2 + h2 <= y + 0.2


@given(st.text(max_size=80), st.floats(20, 300))
def test_wrapped_lines_fit_and_keep_every_letter(text, room):
    lines = wrap(text, room, 13.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 13.0) <= room or len(line) == 1 for line in lines)


@given(st.decimals(-(10**9), 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_a_scale_holds_its_ends_in_few_round_steps(low, more):
    made = scale(low, low + more, 0, 100)
    assert made.low <= low
    assert made.high >= low + more
    assert 1 <= len(made.ticks()) - 1 <= 8
    assert made.ticks()[-1] == made.high


def test_escaped_text_holds_no_letter_that_xml_forbids():
    assert safe("a\x00b\ud800<") == "ab&lt;"
