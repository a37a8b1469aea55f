"""Lists with real numbering: each list counts from its own beginning."""

from __future__ import annotations

from selaras.core.document import Listing, Numbering, Voice
from selaras.documents.write.docx import page
from selaras.documents.write.docx.markup import NAMESPACES, paragraph, runs
from selaras.documents.write.docx.story import Story
from selaras.documents.write.docx.styles import NARRATIVE_BORDER

_KINDS = tuple(Numbering)
_LEVELS = {
    Numbering.NONE: ("bullet", "•", "ListBullet"),
    Numbering.DECIMAL: ("decimal", "%1.", "ListNumber"),
    Numbering.ALPHA: ("lowerLetter", "%1.", "ListNumber"),
}


def listing(story: Story, block: Listing) -> list[str]:
    """The items of a list as paragraphs."""
    number = story.start_list(block.numbering)
    style = _LEVELS[block.numbering][2]
    borders = NARRATIVE_BORDER if block.voice is Voice.NARRATIVE else ""
    color = page.MUTED if block.voice in {Voice.EMPTY, Voice.NOTE} else ""
    indent = '<w:ind w:left="738" w:hanging="454"/>' if borders else ""
    return [
        paragraph(runs(item, story.link, color=color), style, number=number, borders=borders, indent=indent)
        for item in block.items
    ]


def numbering_xml(lists: list[Numbering]) -> str:
    """The numbering part: one definition per kind, one instance per list, each starting anew."""
    definitions = "".join(_definition(kind) for kind in _KINDS)
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{_KINDS.index(kind)}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number, kind in enumerate(lists, start=1)
    )
    return f"<w:numbering {NAMESPACES}>{definitions}{instances}</w:numbering>"


def _definition(kind: Numbering) -> str:
    form, sign, _ = _LEVELS[kind]
    return (
        f'<w:abstractNum w:abstractNumId="{_KINDS.index(kind)}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="454"/></w:pPr></w:lvl></w:abstractNum>'
    )
