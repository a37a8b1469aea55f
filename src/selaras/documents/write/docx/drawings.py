"""DrawingML for pictures: inline ones that are seen, and plain colour behind the cover."""

from __future__ import annotations

import struct
import zlib

from selaras.documents.write.docx import page
from selaras.documents.write.docx.markup import escape
from selaras.documents.write.docx.story import Story

_SVG_EXTENSION = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip'
    ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{}"/></a:ext></a:extLst>'
)
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def fitted(size: tuple[float, float], width: int, height: int) -> tuple[int, int]:
    """The largest width and height of this shape that fit into the given twips."""
    scale = min(width / size[0], height / size[1])
    return round(size[0] * scale), round(size[1] * scale)


def drawing(story: Story, picture: str, size: tuple[int, int], alt: str, *, vector: str = "") -> str:
    """An inline picture as a run; `size` is in twips, `alt` says what is seen, `vector` is its SVG, if there is one."""
    number = story.next_picture()
    wide, high = (length * page.EMU_PER_TWIP for length in size)
    names = f'id="{number}" name="Gambar {number}" descr="{escape(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {names}/><wp:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"{_graphic(picture, names, (wide, high), vector)}</wp:inline></w:drawing></w:r>"
    )


def backdrop(story: Story, picture: str, top: int, height: int) -> str:
    """A picture behind the text over the whole width of the paper, `top` twips below its upper edge.

    It is marked as decoration, which screen readers pass over.
    """
    number = story.next_picture()
    wide, high, down = (length * page.EMU_PER_TWIP for length in (page.SHORT_SIDE, height, top))
    names = f'id="{number}" name="Hiasan {number}" descr=""'
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"<wp:docPr {names}>{_DECORATION}</wp:docPr><wp:cNvGraphicFramePr/>"
        f"{_graphic(picture, names, (wide, high), '')}</wp:anchor></w:drawing></w:r>"
    )


def _graphic(picture: str, names: str, extent: tuple[int, int], vector: str) -> str:
    wide, high = extent
    extension = _SVG_EXTENSION.format(vector) if vector else ""
    return (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {names}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{picture}">{extension}</a:blip><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )


def plain_png(color: str) -> bytes:
    """A PNG of one pixel in this colour (`#rrggbb`)."""
    header = struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0" + bytes.fromhex(color.removeprefix("#")))
    chunks = ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )
