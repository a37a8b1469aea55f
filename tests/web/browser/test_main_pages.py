"""The main page of each stage as its people see it: nothing for axe, nothing on the console, and its picture for the docs."""

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.web.browser.installation import PHONE, WIDE
from tests.web.browser.walk import BIRO

IMAGES = Path(__file__).parents[3] / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 256
PUBLIC = "/publik/BIRO-ORG/2024/"

STAGES = (
    ("perencana", f"{BIRO}beranda/"),
    ("perencana", f"{BIRO}organisasi/"),
    ("perencana", f"{BIRO}perencanaan/"),
    ("perencana", f"{BIRO}perjanjian/"),
    ("pengampu", f"{BIRO}pengukuran/"),
    ("anggaran", f"{BIRO}anggaran/"),
    ("penyusun", f"{BIRO}laporan/"),
    ("pereviu", f"{BIRO}reviu/"),
    ("pereviu", f"{BIRO}reviu/1/"),
    ("penyusun", f"{BIRO}riwayat/"),
    ("atasan", f"{BIRO}tindak-lanjut/"),
    ("pimpinan", f"{BIRO}beranda/"),
    ("penyusun", f"{BIRO}tanda-tangan/"),
    ("kepala", f"{BIRO}retensi/"),
    ("pengampu", "/akun/data-saya/"),
    ("", PUBLIC),
    ("", f"{PUBLIC}indikator/IKU-1/"),
)


@dataclass(frozen=True)
class Shot:
    """A picture for the docs: who looks at what."""

    name: str
    word: str
    path: str
    size: dict


SHOTS = (
    Shot("beranda", "pimpinan", f"{BIRO}beranda/", WIDE),
    Shot("pohon-kinerja", "perencana", f"{BIRO}perencanaan/", WIDE),
    Shot("perjanjian", "perencana", f"{BIRO}perjanjian/peta/", WIDE),
    Shot("pengukuran", "pengampu", f"{BIRO}pengukuran/", WIDE),
    Shot("laporan", "penyusun", f"{BIRO}laporan/", WIDE),
    Shot("reviu", "pereviu", f"{BIRO}reviu/1/", WIDE),
    Shot("publik", "", PUBLIC, WIDE),
    Shot("telepon", "pimpinan", f"{BIRO}beranda/", PHONE),
)


def opened(people, word, path):
    page = people[word] if word else people.somebody()
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("word", "path"), STAGES)
def test_axe_and_the_console_find_nothing(people, word, path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    before = len(people.complaints)
    found = axe.Axe().run(opened(people, word, path)).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert people.complaints[before:] == []


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_pictures_of_the_docs_are_small(shot, request):
    """With --golden the pictures are taken anew: `pytest tests/web/browser --golden`."""
    picture = IMAGES / f"web-{shot.name}.png"
    if request.config.getoption("--golden"):
        page = opened(request.getfixturevalue("people"), shot.word, shot.path)
        page.set_viewport_size(shot.size)
        page.evaluate("document.activeElement.blur()")
        picture.write_bytes(small(page.screenshot()))
        page.set_viewport_size(WIDE)
    assert picture.exists(), f"{picture.name} is missing: run this test with --golden"
    assert picture.stat().st_size < MOST_BYTES
    with Image.open(picture) as taken:
        assert taken.size == (shot.size["width"], shot.size["height"])


def small(png):
    """The picture with a palette: pages of ours have few colours."""
    with Image.open(io.BytesIO(png)) as taken:
        spare = taken.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
        )
    buffer = io.BytesIO()
    spare.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
