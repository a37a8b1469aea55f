"""Pictures in the text: charts as SVG with a PNG beside it, photos in two columns, each with words for it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from selaras.core.document import Align, Block, Chart, Gallery, OrgChart, Photo
from selaras.documents.charts import draw
from selaras.documents.write.docx.captions import caption
from selaras.documents.write.docx.drawings import drawing, fitted
from selaras.documents.write.docx.frames import bare_table
from selaras.documents.write.docx.markup import paragraph, run
from selaras.documents.write.docx.raster import rasterise, svg_size
from selaras.documents.write.docx.story import Story
from selaras.documents.write.photographs import photo_details, photograph

_PHOTO_COLUMNS = 2
_PHOTO_GAP = 216  # both cell margins, in twips
_PHOTO_HIGH = 3 / 4  # of its width: the most that a photo may take, so that rows stay even
_CHART_HIGH = 0.85  # of the text's height


def draw_all(blocks: Sequence[Block]) -> dict[int, tuple[str, bytes]]:
    """SVG and PNG of every chart by the position of its block."""
    drawn = {position: draw(block) for position, block in enumerate(blocks) if isinstance(block, Chart | OrgChart)}
    return dict(zip(drawn, zip(drawn.values(), rasterise(list(drawn.values())), strict=True), strict=True))


def chart(story: Story, block: Chart | OrgChart, position: int) -> list[str]:
    """A chart with its caption and source below."""
    svg, png = story.drawings[position]
    width, height = fitted(svg_size(svg), story.width, round(story.height * _CHART_HIGH))
    picture = story.package.add_image("png", png)
    vector = story.package.add_image("svg", svg.encode())
    image = drawing(story, picture, (width, height), block.alt or block.caption, vector=vector)
    elements = [paragraph(image, "Picture")]
    anchor = story.anchors.by_position.get(position)
    if anchor:
        elements.append(caption(story, anchor, block.caption, above=False))
    if isinstance(block, Chart) and block.source:
        elements.append(paragraph(run(f"Sumber: {block.source}"), "Note", align=Align.CENTER))
    return elements


def gallery(story: Story, block: Gallery) -> list[str]:
    """Photos in two columns, each above its caption; the last row may hold one."""
    if not block.photos:
        return []
    width = story.width // _PHOTO_COLUMNS
    rows = []
    for start in range(0, len(block.photos), _PHOTO_COLUMNS):
        pair = block.photos[start : start + _PHOTO_COLUMNS]
        cells = [_photo(story, photo, width - _PHOTO_GAP) for photo in pair]
        rows.append([*cells, *[paragraph("")] * (_PHOTO_COLUMNS - len(pair))])
    return [bare_table([width] * _PHOTO_COLUMNS, rows), paragraph("", "AfterTable")]


def _photo(story: Story, photo: Photo, width: int) -> str:
    details = photo_details(photo)
    words = run(photo.caption, strong=True) + (run("\n" + details) if details else "")
    below = paragraph(words, "PhotoCaption")
    made = photograph(photo, story.files)
    if not made.jpeg:
        return paragraph(run(made.reason), "MissingPhoto") + below
    picture = story.package.add_image("jpg", made.jpeg)
    size = fitted(_jpeg_size(made.jpeg), width, round(width * _PHOTO_HIGH))
    return paragraph(drawing(story, picture, size, photo.alt or photo.caption), "Photo") + below


def _jpeg_size(jpeg: bytes) -> tuple[int, int]:
    from PIL import Image  # only reports with photos pay for the import

    with Image.open(BytesIO(jpeg)) as opened:
        return opened.size
