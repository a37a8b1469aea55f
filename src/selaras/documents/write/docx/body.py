"""From the blocks of a document to the parts of the package."""

from __future__ import annotations

from collections.abc import Iterable

from selaras.core.document import (
    Align,
    Block,
    Chart,
    Contents,
    Cover,
    Division,
    Fields,
    Gallery,
    Heading,
    Listing,
    OrgChart,
    PageBreak,
    PageNumbers,
    Paragraph,
    Signatures,
    Table,
    Voice,
)
from selaras.documents.write.docx.captions import contents
from selaras.documents.write.docx.divisions import Furniture, section_properties
from selaras.documents.write.docx.frames import cover, fields, signatures
from selaras.documents.write.docx.lists import listing
from selaras.documents.write.docx.markup import FIELD_END, NAMESPACES, bookmarked, paragraph, run, runs
from selaras.documents.write.docx.pictures import chart, gallery
from selaras.documents.write.docx.story import Section, Story
from selaras.documents.write.docx.tables import table

_STYLES = {
    Voice.TEXT: "BodyText",
    Voice.GENERATED: "BodyText",
    Voice.NARRATIVE: "Narrative",
    Voice.EMPTY: "Empty",
    Voice.NOTE: "Note",
}
_OWN_WORDS = "Narasi instansi"
_LEVELS = 4


def body_xml(story: Story) -> str:
    """The whole main part: every block in its section, and the properties of each section at its end."""
    for position, block in enumerate(story.document.blocks):
        write_block(story, block, position)
    furniture = Furniture(story)
    endings = [section_properties(story, section, furniture) for section in story.sections]
    parts = [_closed(section, ending) for section, ending in zip(story.sections[:-1], endings[:-1], strict=True)]
    last = "".join(story.sections[-1].elements) or paragraph("")
    return f"<w:document {NAMESPACES}><w:body>{''.join(parts)}{last}{endings[-1]}</w:body></w:document>"


def write_block(story: Story, block: Block, position: int) -> None:
    """Add one block to the present section."""
    narrative = isinstance(block, Paragraph | Listing) and block.voice is Voice.NARRATIVE
    if not narrative:
        story.narrating = ""
    match block:
        case Division():
            story.start_section(block)
        case Cover():
            story.start_section(Division(PageNumbers.NONE))
            story.sections[-1].cover = True
            story.add(*cover(story, block))
        case PageBreak():
            story.break_before = bool(story.sections[-1].elements)
        case _:
            _leave_cover(story)
            _add(story, _elements(story, block, position))


def _elements(story: Story, block: Block, position: int) -> list[str]:
    match block:
        case Heading():
            return [_heading(story, block, position)]
        case Paragraph():
            after = story.document.blocks[position + 1 : position + 2]
            return _paragraph(story, block, announces=bool(after) and isinstance(after[0], Listing))
        case Listing():
            label = _label(story, "") if block.voice is Voice.NARRATIVE else []
            return [*label, *listing(story, block)]
        case Table():
            return table(story, block, position)
        case Chart() | OrgChart():
            return chart(story, block, position)
        case Gallery():
            return gallery(story, block)
        case Fields():
            return fields(story, block)
        case Signatures():
            return signatures(story, block)
        case Contents():
            return contents(story, block)
        case _:
            raise TypeError(f"{type(block).__name__} does not stand among other blocks")


def _leave_cover(story: Story) -> None:
    """What follows a cover without a division of its own stands on a page of its own."""
    if story.sections[-1].cover:
        story.start_section(Division(PageNumbers.NONE))


def _add(story: Story, elements: Iterable[str]) -> None:
    """Add elements, the first of them on a new page where a page break stood before."""
    made = list(elements)
    if story.break_before and made:
        story.break_before = False
        if made[0].startswith("<w:p><w:pPr>"):
            made[0] = _on_new_page(made[0])
        else:
            made.insert(0, paragraph("", "SectionEnd", break_before=True))
    story.add(*made)


_BEFORE_BREAK = ("<w:pStyle ", "<w:keepNext/>")


def _on_new_page(element: str) -> str:
    """The paragraph with w:pageBreakBefore at its place in the schema: after the style and `keepNext`."""
    place = len("<w:p><w:pPr>")
    while element.startswith(_BEFORE_BREAK, place):
        place = element.index(">", place) + 1
    return f"{element[:place]}<w:pageBreakBefore/>{element[place:]}"


def _heading(story: Story, block: Heading, position: int) -> str:
    level = min(max(block.level, 1), _LEVELS)
    if level == 1:
        story.break_before = story.break_before or bool(block.number and story.sections[-1].elements)
        number = run(block.number, style="ChapterNumber") + "<w:r><w:br/></w:r>" if block.number else ""
    else:
        number = run(f"{block.number}\t") if block.number else ""
    anchor = story.anchors.by_position[position]
    indent = "" if level == 1 or block.number else '<w:ind w:left="0" w:firstLine="0"/>'
    return paragraph(
        bookmarked(number + run(block.text), anchor.name, anchor.number), f"Heading{level}", indent=indent
    )  # fmt: skip


def _paragraph(story: Story, block: Paragraph, *, announces: bool) -> list[str]:
    """A paragraph; one that announces a list stays on the page where the list begins."""
    align = block.align if block.align is not Align.JUSTIFY else None
    words = runs(block.spans, story.link)
    if block.voice is Voice.NARRATIVE:
        return [*_label(story, block.lead), paragraph(words, "Narrative", align=align, keep_next=announces)]
    lead = run(f"{block.lead}: ", strong=True) if block.lead else ""
    return [paragraph(lead + words, _STYLES[block.voice], align=align, keep_next=announces)]


def _label(story: Story, lead: str) -> list[str]:
    """The label above the agency's own words, once for blocks that follow each other."""
    wanted = lead or story.narrating or _OWN_WORDS
    if story.narrating == wanted:
        return []
    story.narrating = wanted
    return [paragraph(run(wanted), "NarrativeLabel")]


def _closed(section: Section, ending: str) -> str:
    """A section's elements with its properties in the last paragraph, or in a tiny one of their own

    after a table and after a list of contents (whose open field would swallow the fields of the footer in LibreOffice).
    """
    elements = section.elements or [paragraph("", "SectionEnd")]
    if not elements[-1].startswith("<w:p><w:pPr>") or elements[-1].endswith(f"{FIELD_END}</w:p>"):
        elements = [*elements, paragraph("", "SectionEnd")]
    last = elements[-1].replace("</w:pPr>", f"{ending}</w:pPr>", 1)
    return "".join(elements[:-1]) + last
