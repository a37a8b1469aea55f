"""Reading plain text: one paragraph per line, rows of tables with tabs, empty lines where pages ended."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from selaras.core.source import Form, Reading
from selaras.documents.read.assemble import assemble
from selaras.documents.read.headings import CONTENTS
from selaras.documents.read.limits import Limits, Meter
from selaras.documents.read.lines import Break, Grid, Item, Line, Piece, Role, tidy

EMPTY_LINES_AT_PAGE_END = 3
WRAPPED = re.compile(r"^[a-z]")
PAGE = re.compile(r"^(?:\d{1,4}|[ivxl]{1,7})$", re.IGNORECASE)


def read_text(path: Path, limits: Limits) -> Reading:
    """A plain text file in UTF-8, UTF-16 with mark, or Windows-1252."""
    lines = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    items = list(_Lines(lines, Meter(path.name, limits)).items())
    return assemble(items, source=path.name, form=Form.TEXT)


def decoded(data: bytes) -> str:
    """The text of a file, by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Lines:
    def __init__(self, lines: list[str], meter: Meter) -> None:
        self.lines, self.meter = lines, meter
        self.listing = False  # inside a list of contents
        self.bold = False  # inside a run of **bold** lines

    def items(self) -> Iterator[Item]:
        """Lines, grids and page breaks in order."""
        at = 0
        empty = 0
        begun = False
        while at < len(self.lines):
            raw = self.lines[at]
            if not raw.strip():
                empty += 1
                at += 1
                self.bold = False
                if "\f" in raw:
                    empty += EMPTY_LINES_AT_PAGE_END
                continue
            if begun and (empty >= EMPTY_LINES_AT_PAGE_END or raw.startswith("\f")):
                yield Break()
            empty, begun = 0, True
            end = self._table_end(at)
            if end > at:
                yield self._grid(at, end)
                at = end
            else:
                yield self._line(at)
                at += 1

    def _line(self, at: int) -> Line:
        raw = self.lines[at]
        self.meter.line(raw)
        shown, bold = self._unmarked(raw)
        text = tidy(shown)
        before = self.lines[at - 1] if at else ""
        after = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        role = Role.UNKNOWN
        if CONTENTS.match(text):
            self.listing = True
        elif self.listing and not self._is_entry(raw):
            self.listing = False
        elif self.listing:
            role = Role.ENTRY
            text = tidy(" .... ".join(shown.rstrip().rsplit("\t", 1)))
        wrapped = (
            bool(before.strip())
            and "\t" not in before
            and bool(WRAPPED.match(text))
            and not re.match(r"^[a-z][.)]\s", text)
        )
        goes_on = wrapped and not before.rstrip().endswith((".", ";", ":"))
        alone = not before.strip() and not after.strip()
        return Line(text, line=at + 1, bold=bold, continues=goes_on, alone=alone, role=role)

    def _unmarked(self, raw: str) -> tuple[str, bool]:
        """The line without marks for bold, and without the dash before an enumerated item; whether it is bold."""
        marks = raw.count("**")
        bold = self.bold or marks > 0
        if marks % 2:
            self.bold = not self.bold
        return re.sub(r"^\s*-\s+(?=\(?\w{1,3}[.)]\s)", "", raw.replace("**", "")), bold

    def _is_entry(self, raw: str) -> bool:
        cells = [tidy(cell) for cell in raw.split("\t")]
        filled = [cell for cell in cells if cell]
        return len(filled) >= 2 and bool(PAGE.match(filled[-1]))

    def _table_end(self, at: int) -> int:
        """The line after the table that begins at `at`; `at` itself if none begins there."""
        end = at
        widest = 0
        while end < len(self.lines) and "\t" in self.lines[end] and self.lines[end].strip():
            cells = [cell for cell in self.lines[end].split("\t") if cell.strip()]
            if self.listing and self._is_entry(self.lines[end]):
                break
            widest = max(widest, len(cells))
            end += 1
        return end if widest >= 2 else at

    def _grid(self, at: int, end: int) -> Grid:
        self.listing = False
        rows = []
        for number in range(at, end):
            pieces = tuple(self._piece(cell, number + 1) for cell in self.lines[number].split("\t"))
            self.meter.cell(self.lines[number], len(pieces))
            rows.append(pieces)
        return Grid(tuple(rows), line=at + 1, ruled=False, spans_known=False)

    def _piece(self, raw: str, line: int) -> Piece:
        return Piece(tidy(raw.replace("**", "")), line=line, bold=raw.count("**") >= 2)
