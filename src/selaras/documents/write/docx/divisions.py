"""Sections of the file: paper, page numbers, running header and footer."""

from __future__ import annotations

from selaras.core.document import Align, Division, PageNumbers
from selaras.documents.write.docx import page
from selaras.documents.write.docx.frames import bare_table
from selaras.documents.write.docx.markup import NAMESPACES, field, paragraph, run
from selaras.documents.write.docx.story import Section, Story

_FORMATS = {PageNumbers.ROMAN: "lowerRoman", PageNumbers.ARABIC: "decimal"}
_NUMBER_ROOM = 850
_RIGHT = Align.RIGHT
_EMPTY = paragraph("")


class Furniture:
    """Headers and footers, each written once however many sections use it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._relations: dict[tuple[str, str], str] = {}

    def relation(self, kind: str, content: str) -> str:
        """The relationship of the `header` or `footer` that holds these paragraphs."""
        known = self._relations.get((kind, content))
        if known:
            return known
        tag = "w:hdr" if kind == "header" else "w:ftr"
        number = len(self._relations) + 1
        xml = f"<{tag} {NAMESPACES}>{content}</{tag}>"
        self._relations[kind, content] = self._story.package.add_part(kind, f"{kind}{number}", xml)
        return self._relations[kind, content]


def section_properties(story: Story, section: Section, furniture: Furniture) -> str:
    """The w:sectPr of a section. Header and footer are always named, or they would come from the section before."""
    division = section.division
    header = furniture.relation("header", _EMPTY if section.cover else _header(division))
    footer = furniture.relation("footer", _EMPTY if section.cover else _footer(division, story.document.footer))
    form = _FORMATS.get(division.numbers, "")
    numbers = (f' w:fmt="{form}"' if form else "") + (' w:start="1"' if division.restart else "")
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
        f'<w:footerReference w:type="default" r:id="{footer}"/><w:type w:val="nextPage"/>{_paper(section)}'
        f'{f"<w:pgNumType{numbers}/>" if numbers else ""}<w:cols w:space="708"/></w:sectPr>'
    )


def _paper(section: Section) -> str:
    landscape = section.division.landscape and not section.cover
    short, long = page.SHORT_SIDE, page.LONG_SIDE
    size = f'w:w="{long}" w:h="{short}" w:orient="landscape"' if landscape else f'w:w="{short}" w:h="{long}"'
    margins = page.COVER if section.cover else page.LANDSCAPE if landscape else page.PORTRAIT
    return (
        f'<w:pgSz {size}/><w:pgMar w:top="{margins.top}" w:right="{margins.right}" w:bottom="{margins.bottom}"'
        f' w:left="{margins.left}" w:header="{margins.header}" w:footer="{margins.footer}" w:gutter="0"/>'
    )


def _header(division: Division) -> str:
    return paragraph(run(division.running), "Header") if division.running else _EMPTY


def _footer(division: Division, words: str) -> str:
    """The words of every page at the left, the page number at the right; words that wrap leave the number its room."""
    width, _ = page.text_size(landscape=division.landscape)
    if division.numbers is PageNumbers.NONE:
        return paragraph(run(words), "Footer") if words else _EMPTY
    cells = [paragraph(run(words), "Footer"), paragraph(field("PAGE", "1", style="PageNumber"), "Footer", align=_RIGHT)]
    table = bare_table([width - _NUMBER_ROOM, _NUMBER_ROOM], [cells], margin=0)
    return table + paragraph("", "SectionEnd")
