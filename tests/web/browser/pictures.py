"""Pictures of the docs: taken in the browser by the test that knows how to reach the page, small, and looked after."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.web.browser.installation import WIDE

IMAGES = Path(__file__).parents[3] / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """A picture for the docs: who looks at what."""

    name: str
    word: str
    path: str


def check_picture(shot, request, opened):
    """The picture is there, small and of the usual size; with --golden `opened` gives the page it is taken from anew."""
    picture = IMAGES / f"web-{shot.name}.png"
    if request.config.getoption("--golden"):
        page = opened()
        page.set_viewport_size(WIDE)
        page.evaluate("document.activeElement.blur()")
        picture.write_bytes(small(page.screenshot()))
    assert picture.exists(), f"{picture.name} is missing: run this test with --golden"
    assert picture.stat().st_size < MOST_BYTES
    with Image.open(picture) as taken:
        assert taken.size == (WIDE["width"], WIDE["height"])


def small(png):
    """The picture with a palette: pages of ours have few colours."""
    with Image.open(io.BytesIO(png)) as taken:
        spare = taken.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
        )
    buffer = io.BytesIO()
    spare.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
