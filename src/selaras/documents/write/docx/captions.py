"""Captions with sequence fields, and the lists of contents that gather headings and captions."""

from __future__ import annotations

from selaras.core.document import Contents, ContentsKind
from selaras.documents.write.docx.anchors import Anchor
from selaras.documents.write.docx.markup import (
    FIELD_END,
    bookmarked,
    escape,
    field,
    field_start,
    paragraph,
    run,
)
from selaras.documents.write.docx.story import Story

_INSTRUCTIONS = {
    ContentsKind.HEADINGS: r'TOC \o "1-3" \h \z \u',
    ContentsKind.TABLES: r'TOC \h \z \c "Tabel"',
    ContentsKind.PICTURES: r'TOC \h \z \c "Gambar"',
}
_LABEL = "CaptionLabel"
_UNKNOWN_PAGE = "…"
_NOTHING = {
    ContentsKind.HEADINGS: "Tidak ada judul.",
    ContentsKind.TABLES: "Tidak ada tabel bernomor.",
    ContentsKind.PICTURES: "Tidak ada gambar bernomor.",
}


def caption(story: Story, anchor: Anchor, text: str, *, above: bool) -> str:
    """A caption paragraph; `above` keeps it with the table that follows."""
    label = bookmarked(numbered(story, anchor.label), anchor.name, anchor.number)
    gap = run("  ") if anchor.label else ""
    return paragraph(label + gap + run(text), "Caption" if above else "PictureCaption", keep_next=above)


def numbered(story: Story, label: str) -> str:
    r"""`Tabel 3.1` as text `Tabel 3.` and a SEQ field whose result is 1.

    The field says `\r n` where plain counting would not give our number (each chapter begins anew), so updating all
    fields keeps every number. A number that does not end in digits stays text, beside a hidden SEQ field that keeps
    the caption in its list.
    """
    name, _, number = label.partition(" ")
    if not number:
        return run(label, style=_LABEL)
    prefix, digits = _split(number)
    expected = story.sequences.get(name, 0) + 1
    value = int(digits) if digits else expected
    story.sequences[name] = value
    reset = "" if value == expected else rf" \r {value}"
    if not digits:
        return run(label, style=_LABEL) + field(rf"SEQ {name} \* ARABIC \h", "")
    return run(f"{name} {prefix}", style=_LABEL) + field(rf"SEQ {name} \* ARABIC{reset}", digits, style=_LABEL)


def _split(number: str) -> tuple[str, str]:
    """`3.` and `1` of `3.1`; leading zeros belong to the text."""
    kept = number.rstrip("0123456789")
    digits = number[len(kept) :]
    plain = digits.lstrip("0")
    return (number[: len(number) - len(plain)], plain) if plain.isascii() and plain else (number, "")


def contents(story: Story, block: Contents) -> list[str]:
    """A list of contents as a TOC field that is filled already; page numbers are PAGEREF fields.

    A word processor fills in the page numbers when it opens the file (`w:updateFields`).
    """
    entries = story.anchors.listed(block.kind)
    start = field_start(_INSTRUCTIONS[block.kind])
    if not entries:
        return [paragraph(start + run(_NOTHING[block.kind]) + FIELD_END, "Empty")]
    lines = [
        paragraph((start if place == 0 else "") + _entry(entry), _style(entry), tabs=_tabs(story))
        for place, entry in enumerate(entries)
    ]
    lines.append(paragraph(FIELD_END, "SectionEnd"))
    if block.kind is not ContentsKind.HEADINGS:
        return lines
    opening = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return [f"<w:sdt>{opening}</w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"]


def _style(entry: Anchor) -> str:
    return f"TOC{entry.level}" if entry.kind is ContentsKind.HEADINGS else "TableofFigures"


def _tabs(story: Story) -> str:
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{story.width}"/></w:tabs>'


def _entry(entry: Anchor) -> str:
    page = field(f"PAGEREF {entry.name} \\h", _UNKNOWN_PAGE)
    line = run(entry.entry.replace("\t", " ")) + "<w:r><w:tab/></w:r>" + page
    return f'<w:hyperlink w:anchor="{escape(entry.name)}" w:history="1">{line}</w:hyperlink>'
