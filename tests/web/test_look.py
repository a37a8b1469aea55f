import re
from pathlib import Path

import pytest
from django.template import Context, Template

WEB = Path(__file__).parents[2] / "src" / "selaras" / "web"
TEMPLATES = sorted(WEB.rglob("*.html"))
STATIC = WEB / "static" / "selaras"
PAIRS = [
    ("ink", "ground"), ("ink", "surface"), ("ink-2", "surface"), ("ink-2", "sunken"), ("ink-3", "ground"),
    ("ink-3", "surface"), ("ink-3", "sunken"), ("ink-3", "hover"), ("accent-ink", "surface"), ("accent-ink", "ground"),
    ("accent-ink", "accent-soft"), ("accent-on", "accent-fill"), ("accent-on", "accent-fill-hover"),
    *((f"{tone}-ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "none")),
    *((f"class-{step}-ink", f"class-{step}-soft") for step in range(1, 6)),
    ("bad-ink", "surface"), ("good-ink", "surface"),
]  # fmt: skip
MARKS = [("line-strong", "surface"), ("focus", "surface"), ("focus", "ground"), ("good", "surface"), ("bad", "surface"),
         ("warn", "surface"), *((f"class-{step}", "surface") for step in range(1, 6))]  # fmt: skip


def tokens(theme):
    text = (STATIC / "tokens.css").read_text("utf-8")
    light, dark = text.split(':root[data-bs-theme="dark"]')
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if theme == "dark" else found


def brightness(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme):
    colours = tokens(theme)
    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_mark_and_border_of_a_control_stands_out(theme):
    colours = tokens(theme)
    poor = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in MARKS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 3} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_no_template_needs_inline_code_or_style(path):
    text = re.sub(r"{%\s*verbatim.*?endverbatim\s*%}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=|\son\w+\s*=\s*[\"']|<style|javascript:", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "hx-on" not in text


def test_every_icon_that_is_used_was_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8"))}
    from selaras.web.shell import ADMIN, STAGES
    from selaras.web.templatetags.ui import STATUSES

    used |= {look.icon for look in STATUSES.values()} | {stage.icon for stage in (*STAGES, *ADMIN)}
    assert used <= drawn


def test_the_guide_shows_every_component():
    shown = "".join(path.read_text("utf-8") for path in TEMPLATES)
    shown += "".join(path.read_text("utf-8") for path in (WEB / "templatetags").glob("*.py"))
    shown += (WEB / "number_echo.py").read_text("utf-8")
    for path in (WEB / "templates" / "components").glob("*.html"):
        assert f"components/{path.name}" in shown or f'"{path.stem}"' in shown, path.name


@pytest.mark.parametrize("page", ["", "publik/", "masuk/", "?pesan=1", "?urut=-nama&halaman=3"])
def test_the_guide_answers(client, settings, page, db):
    settings.ROOT_URLCONF = "tests.web.guide_urls"
    answer = client.get(f"/gaya/{page}")
    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


def render(text, **values):
    return Template("{% load ui ui_charts %}" + text).render(Context(values))


def test_a_class_is_said_in_words_and_steps_never_in_colour_alone():
    shown = render('{% class_chip "Sangat Rendah" "merah" %}')
    assert "Sangat Rendah" in shown and "level-1" in shown and "chip-class-1" in shown


def test_nothing_measured_is_said_and_never_shown_as_zero():
    assert "Belum diukur" in render('{% achievement "" %}')
    assert "Belum diukur" in render("{% met None %}")


def test_words_from_people_are_escaped_in_chips_and_charts():
    bad = "<script>x</script>"
    shown = render(
        "{% chip bad %}{% status bad %}{% bars rows %}", bad=bad, rows=[{"label": bad, "value": 1, "figure": bad}]
    )
    assert "<script>" not in shown


def test_a_gap_in_a_line_is_no_point():
    shown = render(
        "{% lines labels series %}",
        labels=["2024", "2025", "2026"],
        series=[{"name": "a", "values": [1, None, 3], "figures": ["1", "", "3"]}],
    )
    assert shown.count("plot-dot") == 2 and shown.count("plot-line") == 0


def test_a_meter_never_leaves_its_track():
    assert 'width="100%"' in render("{% meter 180 %}") and 'class="meter-fill" width="0%"' in render(
        "{% meter 'tidak ada' %}"
    )


def read_back(client, settings, **asked):
    settings.ROOT_URLCONF = "tests.web.guide_urls"
    return client.get("/gaya/angka/", asked).content.decode()


@pytest.mark.parametrize("text", ["87,5", "87.5"])
def test_both_ways_of_writing_a_decimal_are_read_back_alike(client, settings, text, db):
    assert "<strong>87,5%</strong>" in read_back(client, settings, teks=text, hint="persen")


def test_two_readings_are_asked_and_each_answer_can_be_read_in_one_way_only(client, settings, db):
    asked = read_back(client, settings, teks="1.234", field="target")
    assert "?" in asked and 'data-fill="target"' in asked
    answers = re.findall(r'data-value="([^"]+)"', asked)
    assert answers == ["1234", "1,2340"]
    for answer, shown in zip(answers, ["1.234", "1,234"], strict=True):
        assert f"<strong>{shown}</strong>" in read_back(client, settings, teks=answer)


def test_what_is_no_number_is_said(client, settings, db):
    assert "field-error" in read_back(client, settings, teks="12 orang")
    assert "field-error" in read_back(client, settings, teks="9" * 500)
    assert read_back(client, settings, teks="  ").strip() == ""
