"""Reading HTML: headings, paragraphs, lists and tables as the page shows them; scripts, navigation and hidden parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from selaras.core.source import Form, Reading
from selaras.documents.read.assemble import assemble
from selaras.documents.read.docx_numbering import spelled
from selaras.documents.read.layout import as_lines
from selaras.documents.read.limits import Limits, Meter, refuse
from selaras.documents.read.lines import Grid, Item, Line, Piece, Role, tidy
from selaras.documents.read.text import decoded

SKIPPED = {
    "script",
    "style",
    "head",
    "nav",
    "noscript",
    "template",
    "svg",
    "object",
    "iframe",
    "select",
    "textarea",
    "canvas",
    "video",
}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "ul", "caption",
}  # fmt: skip
SHAPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
DEEPEST = 200
BREAK = "\u2028"
"""What stands for a line break until it is known whether it parts lines or words."""
BROKEN = 60
"""So long may lines be that someone broke himself, as in a signature."""
WIDEST_SPAN = 200
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(path: Path, limits: Limits) -> Reading:
    """An HTML page, as text is encoded in it."""
    text = decoded(path.read_bytes())
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", text[:2048])
    if charset and charset[1].casefold() in {"iso-8859-1", "latin1", "windows-1252"}:
        text = path.read_bytes().decode("cp1252", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        refuse(path.name, "Halaman HTML ini kosong atau rusak", "Simpan ulang halamannya, lalu coba lagi.")
    page = _Page(Meter(path.name, limits))
    items = list(page.items(root))
    title = root.findtext(".//title") or ""
    return assemble(
        _levelled(items),
        source=path.name,
        form=Form.HTML,
        title=tidy(title),
        attachment=_attachment(root),
        notes=tuple(page.notes),
    )


def _attachment(root: etree._Element) -> str:
    for script in root.iter("script"):
        if script.get("id") == "selaras-data" and script.get("type") == "application/json":
            return script.text or ""
    return ""


def _levelled(items: list[Item]) -> list[Item]:
    """Heading levels from 1. A single `h1` is the title of the page, so that `h2` is a chapter; else the least level is."""
    levels = [item.level for item in items if isinstance(item, Line) and item.level]
    shift = 1 if levels.count(1) == 1 else min(levels, default=1) - 1
    return [
        replace(item, level=max(item.level - shift, 1))
        if isinstance(item, Line) and item.role is Role.HEADING
        else item
        for item in items
    ]


class _Page:
    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.notes: list[str] = []

    def items(self, root: etree._Element) -> Iterator[Item]:
        """Lines and grids of the page; where it names its main part, only cover and main part."""
        main = next(root.iter("main"), None)
        if main is None:
            yield from self._blocks(root, 0)
            return
        for header in root.iter("header"):
            if not any(parent is main for parent in header.iterancestors()):
                yield from (
                    replace(item, role=Role.TEXT) if isinstance(item, Line) else item
                    for item in self._blocks(header, 0)
                )
        yield from self._blocks(main, 0)
        for footer in root.iter("footer"):
            for printed in footer.iterfind(".//p[@class='printed']"):
                yield Line(tidy(self._text(printed)), role=Role.MARGIN)

    def _blocks(self, element: etree._Element, depth: int) -> Iterator[Item]:
        if depth > DEEPEST or _is_hidden(element):
            return
        tag = element.tag
        if tag == "table":
            yield from self._table(element, depth)
        elif tag in {"ul", "ol"}:
            yield from self._list(element, depth)
        elif tag == "dl":
            yield from self._pairs(element)
        elif tag == "details" and any(parent.tag == "figure" for parent in element.iterancestors()):
            return  # the picture's own figures once more
        elif _has_blocks(element):
            yield from self._mixed(element, depth)
        else:
            yield from self._leaf(element)

    def _mixed(self, element: etree._Element, depth: int) -> Iterator[Item]:
        """An element with text and blocks side by side: the text between blocks makes lines of its own."""
        loose = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and (child.tag in BLOCKS or _has_blocks(child)):
                yield from self._line("".join(loose), element)
                yield from self._blocks(child, depth + 1)
                loose = []
            elif isinstance(child.tag, str) and not _is_hidden(child):
                loose.append(self._text(child))
            loose.append(child.tail or "")
        yield from self._line("".join(loose), element)

    def _leaf(self, element: etree._Element) -> Iterator[Line]:
        yield from self._line(self._text(element), element)

    def _line(self, raw: str, element: etree._Element) -> Iterator[Line]:
        tag = str(element.tag)
        pieces = [piece for part in raw.split(BREAK) if (piece := tidy(part))]
        runs_on = any(piece[0].islower() for piece in pieces[1:])
        if len(pieces) > 1 and tag == "p" and not runs_on and all(len(piece) <= BROKEN for piece in pieces):
            for piece in pieces:  # the lines of a signature or an address
                yield from self._line(piece, element)
            return
        text = tidy(raw)
        if not text:
            return
        self.meter.line(text)
        heading = re.fullmatch(r"h([1-6])", tag)
        bold = bool(heading) or _is_bold(element)
        role = Role.HEADING if heading else Role.TEXT if tag == "figcaption" else Role.UNKNOWN
        centred = "center" in f"{element.get('class', '')} {element.get('align', '')} {element.get('style', '')}"
        yield Line(text, bold=bold, centred=centred, role=role, level=int(heading[1]) if heading else 0)

    def _list(self, element: etree._Element, depth: int) -> Iterator[Item]:
        points = [child for child in element if child.tag == "li"]
        if points and all(_is_link(point) for point in points):
            for point in points:
                yield Line(f"{tidy(self._text(point))} .... …", role=Role.ENTRY)
            return
        shape = SHAPES.get(element.get("type", ""), "decimal")
        start = element.get("start", "1")
        first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        for count, point in enumerate(points, start=first):
            mark = f"{spelled(count, shape)}." if element.tag == "ol" else "•"
            yield from self._point(point, mark, depth)

    def _point(self, point: etree._Element, mark: str, depth: int) -> Iterator[Item]:
        marked = False
        for item in self._blocks(point, depth + 1):
            if isinstance(item, Line) and not marked:
                item = replace(item, text=f"{mark} {item.text}", role=Role.ITEM)
                marked = True
            yield item

    def _pairs(self, element: etree._Element) -> Iterator[Line]:
        label = ""
        for child in element.iter("dt", "dd"):
            if _is_hidden(child):
                continue
            text = tidy(self._text(child))
            if child.tag == "dt":
                label = text
            elif text or label:
                self.meter.line(text)
                yield Line(f"{label} : {text}".strip(" "))

    def _text(self, element: etree._Element) -> str:
        """The text of an element and everything in it; a line break is a space, and blocks are kept apart."""
        parts: list[str] = []
        stack: list[etree._Element | str] = [element]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
                continue
            if not isinstance(item.tag, str) or (item is not element and _is_hidden(item)):
                continue
            inner: list[etree._Element | str] = [item.text or ""]
            for child in item:
                inner += [child, child.tail or ""]
            apart = BREAK if item.tag == "br" else " " if item.tag in BLOCKS or item.tag in {"td", "th", "tr"} else ""
            stack += reversed([apart, *inner, apart])
        return "".join(parts)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Item]:
        rows: list[tuple[Piece, ...]] = []
        header = 0
        headed = any(part.tag == "thead" for part in table)
        for row in _rows(table):
            cells = [cell for cell in row if cell.tag in {"td", "th"}]
            if not cells:
                continue
            parent = row.getparent()
            heads = parent is not None and parent.tag == "thead"
            heads = heads or (not headed and all(cell.tag == "th" for cell in cells))
            if heads and header == len(rows):
                header += 1
            rows.append(tuple(self._piece(cell) for cell in cells))
        found = table.find("caption")
        caption = tidy(self._text(found)) if found is not None else ""
        grid = Grid(tuple(rows), header=header or None, caption=caption)
        lines = as_lines(grid) if not header and not caption else None
        if lines is None:
            yield grid
        elif len(rows) == 1 or grid.width == 1:
            for cell in table.iter("td", "th"):
                if next(cell.iterancestors("table"), None) is table:  # those of tables within are theirs
                    yield from self._blocks(cell, depth + 1)
        else:
            yield from lines

    def _piece(self, cell: etree._Element) -> Piece:
        text = tidy(self._text(cell))
        wide, high = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
        self.meter.cell(text, wide)
        return Piece(text, wide, high, bold=cell.tag == "th" or _is_bold(cell))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, not those of tables in its cells; the foot last."""
    parts = [part for part in table if part.tag in {"thead", "tbody", "tfoot", "tr"}]
    for part in sorted(parts, key=lambda part: (part.tag == "tfoot", part.tag != "thead")):
        yield from [part] if part.tag == "tr" else (row for row in part if row.tag == "tr")


def _span(raw: str | None) -> int:
    return max(1, min(int(raw), WIDEST_SPAN)) if raw and re.fullmatch(r"\d{1,6}", raw.strip()) else 1


def _is_hidden(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return True
    return bool(
        element.get("hidden") is not None or element.get("popover") is not None or element.get("aria-hidden") == "true"
        or HIDDEN.search(element.get("style", ""))
    )  # fmt: skip


def _has_blocks(element: etree._Element) -> bool:
    return any(isinstance(child.tag, str) and child.tag in BLOCKS for child in element.iterdescendants())


def _is_bold(element: etree._Element) -> bool:
    inner = [child for child in element if isinstance(child.tag, str)]
    return (
        not (element.text or "").strip()
        and len(inner) == 1
        and inner[0].tag in {"b", "strong"}
        and not (inner[0].tail or "").strip()
    )


def _is_link(point: etree._Element) -> bool:
    links = [child for child in point if child.tag == "a"]
    return bool(links) and links[0].get("href", "").startswith("#") and not (point.text or "").strip()
