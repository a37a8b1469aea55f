"""Layout without rules: label and value pairs, signatures, the cover."""

from __future__ import annotations

from collections.abc import Sequence

from selaras.core.document import Cover, Fields, Signatory, Signatures
from selaras.documents import palette
from selaras.documents.write.docx import page
from selaras.documents.write.docx.drawings import backdrop, plain_png
from selaras.documents.write.docx.markup import paragraph, run, shares
from selaras.documents.write.docx.story import Story

_LETTER = 125  # the usual width of a letter of body text, in twips
_COLON = 284
_SIGNING_SPACE = 1250
_BAND_TOP, _BAND_BOTTOM, _BAND_PAD, _BAND_EDGE = 1701, 4082, 907, 147  # 30, 72, 16 and 2.6 mm under a margin of 30 mm
_BAND_REST = _BAND_PAD + _BAND_EDGE
_MIDDLE, _FOOT = 4082, 2835  # 72 and 50 mm
_FOOT_RULE = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{page.RULE}"/></w:pBdr>'
_DOTS = "(" + "." * 40 + ")"


def bare_table(
    widths: Sequence[int], rows: Sequence[Sequence[str]], heights: Sequence[int] = (), *, margin: int | None = None
) -> str:
    """A table without rules; `rows` are the finished contents of the cells, `heights` the least heights of rows,

    `margin` the space at both sides of a cell (None = as usual).
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = []
    for index, row in enumerate(rows):
        height = f'<w:trHeight w:val="{heights[index]}" w:hRule="atLeast"/>' if heights and heights[index] else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for width, content in zip(widths, row, strict=True)
        )
        body.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>")
    sides = "" if margin is None else "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{f"<w:tblCellMar>{sides}</w:tblCellMar>" if sides else ""}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def fields(story: Story, block: Fields) -> list[str]:
    """Label and value pairs, aligned at the colon."""
    if not block.rows:
        return []
    longest = max(len(label) for label, _ in block.rows)
    label_width = min(longest * _LETTER + 350, story.width * 2 // 5)
    widths = [label_width, _COLON, story.width - label_width - _COLON]
    rows = [[paragraph(run(part), "Form") for part in (label, ":", value)] for label, value in block.rows]
    return [bare_table(widths, rows), paragraph("", "AfterTable")]


def signatures(story: Story, block: Signatures) -> list[str]:
    """Signatures side by side with room to sign; one alone stands right. The block never breaks over pages."""
    if not block.signatories:
        return []
    people: list[Signatory | None] = list(block.signatories)
    if len(people) == 1:
        people.insert(0, None)
    widths = shares([1] * len(people), story.width)
    last = len(people) - 1
    lines = [[block.place_date if place == last else "" for place in range(len(people))]]
    lines += [[getattr(each, name, "") for each in people] for name in ("role", "position")]
    signed = [[_name(each) for each in people]]
    signed += [[_below(each, name) for each in people] for name in ("rank", "nip")]
    rows = [_line(line, strong=index == 2) for index, line in enumerate(lines)]
    rows.append(_line([""] * len(people)))
    rows += [_line(line, style="" if index else "SignatoryName") for index, line in enumerate(signed)]
    room = [0] * len(lines) + [_SIGNING_SPACE] + [0] * len(signed)
    filled = [place for place, line in enumerate([*lines, None, *signed]) if line is None or any(line)]
    table = bare_table(widths, [rows[place] for place in filled], [room[place] for place in filled])
    return [paragraph("", "BeforeSignature", keep_next=True), table, paragraph("", "AfterTable")]


def _line(texts: Sequence[str], *, strong: bool = False, style: str = "") -> list[str]:
    """One row of signatures; a dotted line for a name that is still to come has no style of its own."""
    made = [run(text, strong=strong, style="" if text == _DOTS else style) for text in texts]
    return [paragraph(content, "Signature", keep_next=True) for content in made]


def _name(person: Signatory | None) -> str:
    return "" if person is None else person.name or _DOTS


def _below(person: Signatory | None, name: str) -> str:
    if person is None:
        return ""
    return f"NIP {person.nip}" if name == "nip" and person.nip else getattr(person, name)


def cover(story: Story, block: Cover) -> list[str]:
    """The cover: a dark band with parent, kind of report and a blue edge, then agency and year, contact at the foot.

    One table within the margins holds the words, so that every word processor keeps their places; two pictures
    behind it carry the colour to the edges of the paper.
    """
    foot = [*block.contact, *([story.document.footer] if story.document.footer else [])]
    rows = [
        (_BAND_TOP, "top", page.BLUE_DEEP, paragraph(run(block.parent), "CoverParent")),
        (_BAND_BOTTOM, "bottom", page.BLUE_DEEP, _title(block)),
        (_BAND_REST, "top", "", paragraph("", "SectionEnd")),
        (_MIDDLE, "top", "", _year(block)),
        (_FOOT, "bottom", "", _contact(foot)),
    ]
    return [paragraph(_colors(story), "SectionEnd"), _cover_table(rows)]


def _title(block: Cover) -> str:
    return paragraph(run(block.title), "Title") + (
        paragraph(run(block.subtitle), "Subtitle") if block.subtitle else ""
    )  # fmt: skip


def _year(block: Cover) -> str:
    word, space = run("TAHUN"), run("  ")
    year = paragraph(word + space + run(str(block.year), style="CoverYearNumber"), "CoverYear")
    return paragraph(run(block.agency), "CoverAgency") + year


def _contact(lines: Sequence[str]) -> str:
    return "".join(
        paragraph(run(line), "CoverContact", borders=_FOOT_RULE if place == 0 else "")
        for place, line in enumerate(lines)
    ) or paragraph("", "CoverContact")


def _cover_table(rows: Sequence[tuple[int, str, str, str]]) -> str:
    width = page.SHORT_SIDE - page.COVER.left - page.COVER.right
    made = []
    for height, align, fill, content in rows:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        made.append(
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr>'
            f'<w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:tcMar><w:left w:w="0" w:type="dxa"/>'
            f'<w:right w:w="0" w:type="dxa"/></w:tcMar><w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc></w:tr>'
        )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{"".join(made)}</w:tbl>'
    )


def _colors(story: Story) -> str:
    edge = page.COVER.top + _BAND_TOP + _BAND_BOTTOM + _BAND_PAD
    return "".join(
        backdrop(story, story.package.add_image("png", plain_png(color)), top, height)
        for color, top, height in ((palette.BLUE_DEEP, 0, edge), (palette.BLUE, edge, _BAND_EDGE))
    )
