"""Reading DOCX: paragraphs and tables straight from `document.xml`, with computed list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from selaras.core.source import Form, Reading
from selaras.documents.read.archive import SAVE_AGAIN, Archive
from selaras.documents.read.assemble import assemble
from selaras.documents.read.docx_numbering import W, is_on, list_of, number, numbering, styles, value
from selaras.documents.read.layout import as_lines
from selaras.documents.read.limits import Limits, Meter, refuse
from selaras.documents.read.lines import Grid, Item, Line, Piece, Role, tidy

MAIN = "word/document.xml"
ATTACHED = "{urn:selaras:attachment}attachment"
DEEPEST = 300
SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPrChange", "pPrChange", "tblPrChange")
}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
UNREAD = {*SKIPPED, FALLBACK, f"{W}pPr"}
TEXT_BOX = f"{W}txbxContent"
BREAKS = {f"{W}br", f"{W}cr"}
RENDERED = f"{W}lastRenderedPageBreak"


def read_docx(path: Path, limits: Limits) -> Reading:
    """A DOCX file. Pages are known only where a word processor stored its last page breaks."""
    archive = Archive(path, limits)
    if MAIN not in archive.names:
        refuse(path.name, "Berkas ini bukan dokumen Word (.docx)", SAVE_AGAIN)
    root = archive.xml(MAIN)
    body = root.find(f"{W}body")
    if body is None:
        refuse(path.name, "Dokumen Word ini tidak berisi naskah", SAVE_AGAIN)
    story = _Story(archive, Meter(path.name, limits))
    story.paged = next(body.iter(RENDERED), None) is not None
    items: list[Item] = [*_margins(archive, story), *story.blocks(body, 0)]
    return assemble(
        items, source=path.name, form=Form.DOCX, pages=story.page or 0, attachment=_attachment(archive),
        notes=("Nomor halaman menurut saat dokumen terakhir disimpan.",) if story.paged else (),
    )  # fmt: skip


def _optional(archive: Archive, name: str) -> etree._Element | None:
    return archive.xml(name) if name in archive.names else None


def _margins(archive: Archive, story: _Story) -> Iterator[Line]:
    for name in sorted(archive.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            for paragraph in archive.xml(name).iter(f"{W}p"):
                text = tidy(story.text(paragraph))
                if text:
                    yield Line(text, role=Role.MARGIN)


def _attachment(archive: Archive) -> str:
    """The JSON that our own writer leaves in the file; empty if there is none."""
    for name in sorted(archive.names):
        if re.fullmatch(r"customXml/item\d*\.xml", name):
            root = archive.xml(name)
            if root.tag == ATTACHED:
                return root.text or ""
    return ""


@dataclass(slots=True)
class _Paragraph:
    text: str
    bold: bool
    boxes: list[etree._Element] = field(default_factory=list)


class _Story:
    def __init__(self, archive: Archive, meter: Meter) -> None:
        self.meter = meter
        self.styles = styles(_optional(archive, "word/styles.xml"))
        self.numbering = numbering(_optional(archive, "word/numbering.xml"))
        self.paged = False
        self.turned = 0

    @property
    def page(self) -> int | None:
        """The page that we are on, where pages are known."""
        return self.turned + 1 if self.paged else None

    # --- blocks

    def blocks(self, parent: etree._Element, depth: int) -> Iterator[Item]:
        """Lines and grids of a body, a cell or a text box, in order."""
        if depth > DEEPEST:
            return
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth)
            elif element.tag in SKIPPED or element.tag == FALLBACK or not isinstance(element.tag, str):
                continue
            else:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Item]:
        self.turned += sum(1 for _ in element.iter(RENDERED)) if self.paged else 0
        found = self._content(element)
        style = self.styles.get(value(element.find(f"{W}pPr/{W}pStyle")))
        text = tidy(found.text)
        if text:
            self.meter.line(text)
            yield self._line(element, found.text, self._counted(element), bold=found.bold or bool(style and style.bold))
        for box in found.boxes:
            yield from self.blocks(box, depth + 1)

    def _line(self, element: etree._Element, raw: str, counted: str, *, bold: bool) -> Line:
        style = self.styles.get(value(element.find(f"{W}pPr/{W}pStyle")))
        name = style.name.casefold() if style else ""
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        level = number(value(outline), 9) + 1 if outline is not None else style.level if style else 0
        role = Role.UNKNOWN
        if name.startswith(("toc ", "table of figures", "daftar isi")) and name != "toc heading":
            role = Role.ENTRY
        elif 0 < level < 10:
            role = Role.HEADING
        elif name in {"caption", "keterangan"}:
            role = Role.CAPTION
        elif name in {"title", "subtitle", "judul", "subjudul"}:
            role = Role.TEXT
        elif counted:
            role = Role.ITEM
        text = tidy(" .... ".join(raw.rsplit("\t", 1)) if role is Role.ENTRY else f"{counted} {raw}")
        centred = value(element.find(f"{W}pPr/{W}jc")) == "center"
        return Line(
            text, page=self.page, bold=bold, centred=centred, role=role, level=level if role is Role.HEADING else 0
        )

    def _counted(self, element: etree._Element) -> str:
        style = self.styles.get(value(element.find(f"{W}pPr/{W}pStyle")))
        found = list_of(element.find(f"{W}pPr/{W}numPr"), style.numbering if style else None)
        return self.numbering.next(*found) if found else ""

    # --- text

    def text(self, element: etree._Element) -> str:
        """The plain text of a paragraph, text boxes left out."""
        return self._content(element).text

    def _content(self, paragraph: etree._Element) -> _Paragraph:
        parts: list[str] = []
        boxes: list[etree._Element] = []
        bold = plain = False
        stack: list[etree._Element] = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag in UNREAD:
                continue
            if tag == TEXT_BOX:
                boxes.append(element)
            elif tag == f"{W}r":
                words = "".join(part.text or "" for part in element.iterfind(f"{W}t")).strip()
                strong = is_on(element.find(f"{W}rPr/{W}b"))
                bold, plain = bold or (bool(words) and strong), plain or (bool(words) and not strong)
                stack.extend(reversed(element))
            elif tag == f"{W}t":
                parts.append(element.text or "")
            elif tag in (f"{W}tab", f"{W}ptab"):
                parts.append("\t")
            elif tag in BREAKS:
                parts.append(" ")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            else:
                stack.extend(reversed(element))
        return _Paragraph("".join(parts), bold and not plain, boxes)

    # --- tables

    def _table(self, table: etree._Element, depth: int) -> Iterator[Item]:
        page = self.page
        rows: list[list[Piece]] = []
        owners: dict[int, tuple[int, int]] = {}  # grid column → row and position of the cell that spans down
        header = 0
        for element in _children(table, f"{W}tr"):
            rows.append(self._row(element, rows, owners))
            if header == len(rows) - 1 and is_on(element.find(f"{W}trPr/{W}tblHeader")):
                header += 1
        grid = Grid(tuple(tuple(row) for row in rows), page=page, header=header or None, edges=_edges(table))
        lines = as_lines(grid) if not header else None
        if lines is None:
            yield grid
        elif len(rows) == 1 or grid.width == 1:
            for cell in (cell for row in _children(table, f"{W}tr") for cell in _children(row, f"{W}tc")):
                yield from self.blocks(cell, depth + 1)
        else:
            yield from lines

    def _row(self, element: etree._Element, rows: list[list[Piece]], owners: dict[int, tuple[int, int]]) -> list[Piece]:
        row: list[Piece] = []
        column = min(number(value(element.find(f"{W}trPr/{W}gridBefore"))), 100)
        row += [Piece()] * column
        before = self.turned
        turned = 0
        for cell in _children(element, f"{W}tc"):
            self.turned = before
            wide = max(1, min(number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1), 200))
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            owner = owners.get(column)
            if merged is not None and value(merged) != "restart" and owner is not None:
                at, place = owner
                spanned = rows[at][place]
                rows[at][place] = Piece(
                    spanned.text, spanned.colspan, len(rows) - at + 1, page=spanned.page, bold=spanned.bold
                )
            else:
                text, bold = self._cell(cell)
                row.append(Piece(text, wide, page=self.page, bold=bold))
                owners.pop(column, None)
                if merged is not None:
                    owners[column] = (len(rows), len(row) - 1)
            self.meter.cell(row[-1].text if row else "", wide)
            column += wide
            turned = max(turned, self.turned - before)
        self.turned = before + turned
        return row

    def _cell(self, cell: etree._Element) -> tuple[str, bool]:
        texts, bolds = [], []
        for paragraph in cell.iter(f"{W}p"):
            if any(parent.tag in (FALLBACK, *SKIPPED) for parent in paragraph.iterancestors()):
                continue
            self.turned += sum(1 for _ in paragraph.iter(RENDERED)) if self.paged else 0
            found = self._content(paragraph)
            text = tidy(found.text)
            if text:
                texts.append(f"{self._counted(paragraph)} {text}".strip())
                style = self.styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")))
                bolds.append(found.bold or bool(style and style.bold))
        return tidy(" ".join(texts)), bool(bolds) and all(bolds)


def _children(parent: etree._Element, tag: str, depth: int = 0) -> Iterator[etree._Element]:
    """Children with the tag, also inside content controls and custom XML, but not inside deeper tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins") and depth < DEEPEST:
            yield from _children(child, tag, depth + 1)


def _edges(table: etree._Element) -> tuple[float, ...]:
    widths = [number(value(column, "w")) / 20 for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + max(width, 0.0))
    return tuple(edges)
