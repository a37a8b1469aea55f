"""WordprocessingML as text: escaping, runs, paragraphs and fields, in the child order that the schema demands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import accumulate, pairwise

from selaras.core.document import Align, Line, Span

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

JUSTIFICATION = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}

Linker = Callable[[Span], str]
"""Turns a span that refers to a table or picture into its runs."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|[\r\n\u2028\u2029\x0b\x0c]")


def escape(content: str) -> str:
    """Text made safe for XML, in elements and in attributes.

    `&`, `<`, `>` and the double quote become entities. Characters that XML 1.0 forbids (control characters
    other than tab and line ends, lone surrogates, U+FFFE and U+FFFF) are dropped: no file could hold them.
    """
    clean = _FORBIDDEN.sub("", content)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def written(content: str) -> str:
    """Text as the children of a run: line ends become `w:br`, tabs `w:tab`, the rest `w:t`."""
    if content.isprintable():  # the common case, which has no line end, tab or forbidden character
        return f'<w:t xml:space="preserve">{escape(content)}</w:t>'
    lines = []
    for line in _BREAKS.split(content):
        pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in line.split("\t")]
        lines.append("<w:tab/>".join(pieces))
    return "<w:br/>".join(lines)


def run(content: str, *, style: str = "", strong: bool = False, emphasis: bool = False, color: str = "") -> str:
    """One run. `style` is a character style, `color` six hexadecimal digits."""
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/><w:bCs/>" if strong else "")
        + ("<w:i/><w:iCs/>" if emphasis else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{written(content)}</w:r>"


def runs(line: Line, link: Linker | None = None, *, strong: bool = False, color: str = "") -> str:
    """A line of spans as runs. `link` writes the spans that refer to something; `strong` makes all of it bold."""
    parts = []
    for span in line:
        if span.ref and link is not None:
            parts.append(link(span))
        elif span.text:
            parts.append(run(span.text, strong=strong or span.strong, emphasis=span.emphasis, color=color))
    return "".join(parts)


def paragraph(
    content: str,
    style: str = "",
    *,
    align: Align | None = None,
    keep_next: bool = False,
    number: int = 0,
    borders: str = "",
    tabs: str = "",
    indent: str = "",
    break_before: bool = False,
) -> str:
    """One paragraph of finished runs. `number` is the list that it belongs to; borders, tabs and indent are XML."""
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:keepNext/>" if keep_next else "")
        + ("<w:pageBreakBefore/>" if break_before else "")
        + (f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else "")
        + borders
        + tabs
        + indent
        + (f'<w:jc w:val="{JUSTIFICATION[align]}"/>' if align else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, shown: str, *, style: str = "") -> str:
    """A complex field that shows the text `shown` until it is brought up to date.

    The character style stands on every run, because word processors differ in which one they go by.
    """
    end = FIELD_END.replace("<w:r>", f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>') if style else FIELD_END
    return f"{field_start(instruction, style=style)}{run(shown, style=style) if shown else ''}{end}"


def field_start(instruction: str, *, style: str = "") -> str:
    """The opening runs of a field that may span paragraphs; close it with `FIELD_END`."""
    opening = f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else "<w:r>"
    return (
        f'{opening}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'{opening}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'{opening}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmarked(content: str, name: str, number: int) -> str:
    """Runs between the two ends of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def shares(weights: Iterable[Decimal | int], total: int) -> list[int]:
    """Whole lengths in proportion to the weights that add up to `total` exactly."""
    numbers = [max(Decimal(weight), Decimal(0)) for weight in weights]
    whole = sum(numbers) or Decimal(1)
    edges = [round(total * reached / whole) for reached in accumulate(numbers, initial=Decimal(0))]
    return [right - left for left, right in pairwise(edges)]
