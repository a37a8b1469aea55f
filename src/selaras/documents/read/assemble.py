"""From lines, grids and page breaks to a `Reading`: the same code for every file form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from selaras.core.document import Align, Block, Document, Heading, Paragraph, Span, Table
from selaras.core.place import Place
from selaras.core.source import Entry, Form, Reading
from selaras.documents.read import headings as h
from selaras.documents.read import tables as t
from selaras.documents.read.lines import Break, Grid, Item, Line, Role, tidy

MOST_CAPTION_LINES = 5
GAP_IN_CONTENTS = 3
LONGEST_CHAPTER_LINE = 90
NUMBERED = (h.DECIMAL, h.LETTER, h.COUNTED)


@dataclass(frozen=True, slots=True)
class Label:
    """What a caption says: the number of the table, its title, and whether it goes on from the page before."""

    number: str
    title: str
    goes_on: bool = False


def assemble(
    items: Sequence[Item],
    *,
    source: str,
    form: Form,
    title: str = "",
    pages: int = 0,
    unreadable: tuple[int, ...] = (),
    notes: tuple[str, ...] = (),
    attachment: str = "",
) -> Reading:
    """Understand the items of one file. `source` is the file's name, `pages` its page count (0 without pages)."""
    work = _Assembler(_paragraphs(items), source)
    work.run()
    document = Document(
        title=title or next((block.text for block in work.blocks if isinstance(block, Heading)), source),
        kind="", agency="", year=0, blocks=tuple(work.finished()),
    )  # fmt: skip
    return Reading(
        source=source, form=form, document=document, pages=pages, unreadable=unreadable,
        contents=tuple(work.contents), lists=tuple(work.lists), margins=_once(work.margins),
        notes=(*notes, *work.notes), attachment=attachment,
    )  # fmt: skip


def _once(margins: Sequence[str]) -> tuple[str, ...]:
    """Each running header once, whatever page number it bears."""
    return tuple({re.sub(r"\d+", "#", margin.casefold()): margin for margin in reversed(margins)}.values())[::-1]


def label(text: str) -> Label | None:
    """A caption of a table, or None: `Tabel 3.1 Laporan …`, `Tabel 2.`, `Lanjutan Tabel 4`."""
    found = h.TABLE_LABEL.match(text)
    if not found or len(text) > h.LONGEST_CAPTION:
        return None
    title = found["text"].strip()
    if not found["number"] and title:
        if not h.CONTINUED.search(text) and not (again := h.NUMBERED_TITLE.match(title)):
            return None
        if not h.CONTINUED.search(text) and again:
            return Label(again["number"], again["text"])
    if (
        title
        and (title[0].islower() or (h.SENTENCE.search(title) and title.endswith(".")))
        and not h.CONTINUED.search(title)
    ):
        return None
    goes_on = bool(found["more"] or h.CONTINUED.search(title))
    number = re.sub(r"\s", "", found["number"] or "").replace("–", "-").rstrip(".-")
    return Label(number, "" if goes_on and h.CONTINUED.sub("", title) == "" else title.rstrip(" :"), goes_on)


def _paragraphs(items: Sequence[Item]) -> list[Item]:
    """Lines that go on with the line before them are joined to it."""
    joined: list[Item] = []
    for item in items:
        if isinstance(item, Line):
            item = replace(item, text=tidy(item.text))
            last = joined[-1] if joined else None
            if not item.text:
                continue
            if item.continues and isinstance(last, Line):
                joined[-1] = replace(last, text=_glued(last.text, item.text), bounds=last.bounds)
                continue
        joined.append(item)
    return joined


def _glued(before: str, after: str) -> str:
    """Two lines of one paragraph; a word parted at the line end is put together, a repeated word keeps its hyphen."""
    parted = re.search(r"(\w+)-$", before)
    if parted and after[:1].islower():
        return before + after if after.startswith(parted[1]) else before[:-1] + after
    return f"{before} {after}"


@dataclass(slots=True)
class _Assembler:
    items: list[Item]
    source: str
    blocks: list[Block | t.Draft] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    lists: list[Entry] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    listing: list[Entry] | None = None  # the list of contents in which we are
    outlined: int = 0  # the chapter that a "sistematika penulisan" has reached, 0 outside
    outlining: bool = False
    broken: bool = False  # a page ended since the last block
    told: bool = False  # a caption said "lanjutan" since the last block
    decimals: bool = False  # the document numbers its sections 1.1, 1.2 …
    size: float = 0.0  # of most of the text, in points

    def run(self) -> None:
        """Walk through all items once."""
        running = h.running(self.items)
        for at in sorted(running):
            item = self.items[at]
            if isinstance(item, Line) and not h.is_page_number(item.text):
                self.margins.append(item.text)
        self.items = [item for at, item in enumerate(self.items) if at not in running]
        self.decimals = h.decimals_are_headings(self.items)
        self.size = h.body_size(self.items)
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if isinstance(item, Break):
                self.broken = True
                at += 1
            elif isinstance(item, Grid):
                at = self._grid(at, item)
            else:
                at = self._line(at, item)

    # --- lines

    def _line(self, at: int, line: Line) -> int:
        if line.role is Role.ENTRY or self.listing is not None or h.LEADERS.search(line.text):
            taken = self._entry(at, line)
            if taken:
                return at + 1
        if line.role is Role.HEADING:
            return self._told_heading(at, line)
        if line.role is Role.MARGIN:
            self.margins.append(line.text)
            return at + 1
        if (after := self._caption(at, line)) is not None:
            return after
        if line.role in (Role.UNKNOWN, Role.CAPTION) and (after := self._heading(at, line)) is not None:
            return after
        self._paragraph(line)
        return at + 1

    def _entry(self, at: int, line: Line) -> bool:
        """Whether the line belongs to a list of contents; it is then kept there and not in the text."""
        if self.listing is not None and self._is_page_column(line):
            return True
        if self.listing is not None and (end := h.TWO_ENTRIES.search(line.text)):
            first, second = line.text[: end.end()], line.text[end.end() :].strip()
            return self._entry(at, replace(line, text=first)) and self._entry(at, replace(line, text=second))
        found = h.entry(line.text, inside=self.listing is not None, told=line.role is Role.ENTRY)
        if found is None and (line.role is Role.ENTRY or self._is_half_entry(at, line)):
            found = (line.text, "")
        if found is None:
            if not h.CONTENTS.match(line.text):
                self.listing = None
            return False
        where = self.listing if self.listing is not None else self.contents
        entry = Entry(found[0], found[1].strip("…"), line.line, line.page)
        if where and not where[-1].page and entry.page and entry.text[:1].islower():
            where[-1] = replace(where[-1], text=f"{where[-1].text} {entry.text}", page=entry.page)
        else:
            where.append(entry)
        return True

    def _is_half_entry(self, at: int, line: Line) -> bool:
        """The first half of an entry, a chapter line without page, or a title whose page stands elsewhere."""
        if self.listing is None or h.CONTENTS.match(line.text) or len(line.text) > h.LONGEST_CAPTION:
            return False
        return self._more_entries(at) or (self.listing is self.lists and bool(h.LISTED_TITLE.match(line.text)))

    def _is_page_column(self, line: Line) -> bool:
        """A column of page numbers that was read apart from its titles: each goes to the entry it stands beside."""
        if self.listing is None or not h.PAGES_ONLY.match(line.text):
            return False
        pages = h.EACH_PAGE.findall(line.text)
        open_ = [at for at, entry in enumerate(self.listing) if not entry.page]
        if len(open_) == len(pages):
            for at, page in zip(open_, pages, strict=True):
                self.listing[at] = replace(self.listing[at], page=page)
        return True

    def _more_entries(self, at: int) -> bool:
        ahead = [item for item in self.items[at + 1 : at + 1 + 2 * GAP_IN_CONTENTS] if not isinstance(item, Break)]
        for item in ahead[:GAP_IN_CONTENTS]:
            if not isinstance(item, Line) or len(item.text) > h.LONGEST_CAPTION:
                return False
            if h.entry(item.text, inside=True):
                return True
        return False

    def _told_heading(self, at: int, line: Line) -> int:
        """A heading that the file itself declares."""
        found = h.chapter(line.text) or _split_number(line.text)
        level = line.level or found.level
        text, number = found.text, found.number
        after = at + 1
        if number.startswith("BAB") and not text:
            follower = self.items[after] if after < len(self.items) else None
            if isinstance(follower, Line) and follower.role is Role.HEADING and not h.chapter(follower.text):
                text, after = follower.text, after + 1
        self._add_heading(Heading(level, text, number, place=self._place(line)), line)
        return after

    def _heading(self, at: int, line: Line) -> int | None:
        found = h.chapter(line.text)
        if found:
            return self._chapter(at, line, found)
        if self.outlining and self._in_outline(line):
            return None
        found = h.named(line) or h.numbered(line, listed=h.is_listed(self.items, at)) or self._next_in_count(line)
        if found is None:
            return None
        if found.number and re.fullmatch(r"\d+(\.\d+)+", found.number) and not self._trustworthy(line):
            return None
        return self._annex(at, line, found)

    def _next_in_count(self, line: Line) -> h.Title | None:
        """`4. …` standing alone where the heading before it at that level was `3.`, even if it ends with a full stop."""
        found = h.COUNTED.match(line.text)
        if not found or not line.alone or len(line.text) > h.LONGEST_HEADING or line.text.endswith((";", ":", ",")):
            return None
        before = next(
            (block for block in reversed(self.blocks) if isinstance(block, Heading) and block.level <= 3), None
        )
        if before is None or before.level != 3 or before.number != f"{int(found['number']) - 1}.":
            return None
        return h.Title(3, f"{found['number']}.", found["text"])

    def _trustworthy(self, line: Line) -> bool:
        return self.decimals or line.bold or line.alone or line.role is Role.HEADING

    def _in_outline(self, line: Line) -> bool:
        return not (h.numbered(line, listed=False) and not self.outlined) or bool(self.outlined)

    def _chapter(self, at: int, line: Line, found: h.Title) -> int | None:
        order = h.ordinal(found.number.removeprefix("BAB "))
        if self.outlining:
            if order > self.outlined and not self._opens_page(line):
                self.outlined = order
                return None
            self.outlining = False
        title, after = found.text, at + 1
        quote = line.text
        while after < len(self.items) and after - at <= 3:
            follower = self.items[after]
            if not isinstance(follower, Line) or not _goes_with_chapter(follower, title):
                break
            title = f"{title} {follower.text}".strip()
            quote = f"{quote} {follower.text}"
            after += 1
        last = self.blocks[-1] if self.blocks else None
        heading = Heading(1, title, found.number, place=replace(self._place(line), quote=quote))
        if isinstance(last, Heading) and last.full.casefold() == heading.full.casefold():
            return after  # the divider page already said it
        self._add_heading(heading, line)
        return after

    def _opens_page(self, line: Line) -> bool:
        """The line begins a page and is set larger, or bold in the middle: no entry of an outline of chapters looks so."""
        return self.broken and line.bold and (line.centred or 0 < self.size < line.size - 1)

    def _annex(self, at: int, line: Line, found: h.Title) -> int:
        """`Lampiran 2` alone on its line, its title set apart in the next."""
        after = at + 1
        follower = self.items[after] if after < len(self.items) else None
        alone = h.APPENDIX.fullmatch(line.text)
        if alone and not alone["text"] and isinstance(follower, Line) and _titles_annex(follower, line):
            place = replace(self._place(line), quote=f"{line.text} {follower.text}")
            heading = Heading(1, follower.text, f"Lampiran {alone['number']}", place=place)
            after += 1
        else:
            heading = Heading(found.level, found.text, found.number, place=self._place(line))
        self._add_heading(heading, line)
        return after

    def _add_heading(self, heading: Heading, line: Line) -> None:
        self.listing = None
        if h.CONTENTS.match(heading.text) and not self.outlining:
            self.listing = self.contents if "ISI" in heading.text.upper().split() else self.lists
        elif h.OUTLINE.match(heading.text):
            self.outlining, self.outlined = True, 0
        elif self.outlining and line.role is Role.HEADING:
            self.outlining = False
        self._add(heading)

    def _paragraph(self, line: Line) -> None:
        align = Align.CENTER if line.centred else Align.JUSTIFY
        self._add(Paragraph((Span(line.text, strong=line.bold),), align=align, place=self._place(line)))

    def _add(self, block: Block | t.Draft) -> None:
        self.blocks.append(block)
        self.broken = self.told = False

    def _place(self, line: Line) -> Place:
        return Place(
            source=self.source, sheet=line.sheet, cell=line.cell, page=line.page, line=line.line, quote=line.text
        )

    # --- captions and tables

    def _caption(self, at: int, line: Line) -> int | None:
        """A caption at `at`: bound to the table after it, or to the one before; returns where to go on."""
        found = label(line.text)
        if found is None:
            found = self._bare_caption(at, line)
            if found is None:
                return None
        if found.goes_on and self._last_table() is not None:
            self.told = True
            return at + 1
        parts, after = [line], at + 1
        while after < len(self.items) and len(parts) <= MOST_CAPTION_LINES:
            follower = self.items[after]
            if isinstance(follower, Break):
                after += 1
                continue
            if not isinstance(follower, Line) or not self._is_caption_line(follower, after):
                break
            parts.append(follower)
            after += 1
        target = self.items[after] if after < len(self.items) else None
        if isinstance(target, Grid):
            return self._captioned(after, target, found, parts)
        return self._caption_below(at, line, found)

    def _bare_caption(self, at: int, line: Line) -> Label | None:
        """A bold `2.2 Perjanjian Kinerja …` right above a table, in a document that numbers no sections that way."""
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        found = h.NUMBERED_TITLE.match(line.text)
        backwards = re.match(r"^[\d.]+\s+Tabel\b", line.text)
        if (
            found
            and isinstance(following, Grid)
            and (backwards or (line.bold and not self.decimals))
            and line.role is not Role.HEADING
        ):
            return Label(found["number"], found["text"])
        return None

    def _is_caption_line(self, line: Line, at: int) -> bool:
        if len(line.text) > 200 or line.role in (Role.HEADING, Role.ITEM, Role.ENTRY) or label(line.text):
            return False
        if line.text.endswith((";", ":")) or (line.text.endswith(".") and len(line.text) > 60):
            return False
        if h.chapter(line.text) or h.LISTED.match(line.text):
            return False
        if h.NUMBERED_TITLE.match(line.text):
            before = self.items[at - 1]
            return isinstance(before, Line) and bool(re.fullmatch(r"Tabel\.?", before.text, re.IGNORECASE))
        return True

    def _captioned(self, at: int, grid: Grid, found: Label, parts: Sequence[Line]) -> int:
        number, titles = found.number, [found.title]
        for line in parts[1:]:
            again = h.NUMBERED_TITLE.match(line.text)
            if not number and again:
                number, text = again["number"], again["text"]
            else:
                text = line.text
            titles.append(text)
        title = " ".join(part for part in titles if part)
        place = replace(self._place(parts[0]), quote=" ".join(line.text for line in parts))
        last = self._last_table()
        if (
            last is not None
            and number
            and last.number == number
            and t.join(last, grid, over_break=True, told=not title)
        ):
            return at + 1
        drawn = t.draft(grid)
        if drawn is None:
            return at + 1
        drawn.caption, drawn.number, drawn.place = title, number, place
        self._add(drawn)
        return at + 1

    def _caption_below(self, at: int, line: Line, found: Label) -> int | None:
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, t.Draft) and not last.number and not last.caption and found.title:
            last.caption, last.number, last.place = found.title, found.number, self._place(line)
            return at + 1
        self._paragraph(line)  # a caption without its table (a picture): still text that others may refer to
        return at + 1

    def _last_table(self) -> t.Draft | None:
        last = self.blocks[-1] if self.blocks else None
        return last if isinstance(last, t.Draft) else None

    def _grid(self, at: int, grid: Grid) -> int:
        last = self._last_table()
        if last is None and self._behind_repeated_title(grid):
            return at + 1
        anew = bool(grid.caption)
        if last is not None and not anew and t.join(last, grid, over_break=self.broken, told=self.told):
            self.broken = self.told = False
            return at + 1
        drawn = t.draft(grid)
        if drawn is not None:
            if grid.caption:
                found = label(grid.caption)
                drawn.caption, drawn.number = (found.title, found.number) if found else (grid.caption, "")
                drawn.place = Place(page=grid.page, line=grid.line, quote=grid.caption)
            self._add(drawn)
        self.listing = None
        return at + 1

    def _behind_repeated_title(self, grid: Grid) -> bool:
        """Joined to the table before a line that only repeats that table's first header row; the line is then dropped."""
        if len(self.blocks) < 2:
            return False
        between, table = self.blocks[-1], self.blocks[-2]
        if not isinstance(table, t.Draft) or not isinstance(between, Heading | Paragraph) or not table.headers:
            return False
        first = [slot.text for slot in table.rows[0] if slot.text]
        same = len(first) == 1 and first[0].casefold() == between.place.quote.casefold()
        if not (same and t.join(table, grid, over_break=False)):
            return False
        self.blocks.pop()
        self.broken = self.told = False
        return True

    def finished(self) -> list[Block]:
        """The blocks with their tables made."""
        done: list[Block] = []
        count = 0
        for block in self.blocks:
            if isinstance(block, t.Draft):
                count += 1
                made: Table = t.finished(block, key=f"tabel-{count}", source=self.source)
                name = made.label or made.caption or f"tabel ke-{count}"
                self.notes += [f"{name}: {note}." for note in block.notes]
                done.append(made)
            else:
                done.append(block)
        return done


def _goes_with_chapter(line: Line, title: str) -> bool:
    """The line is the title of the chapter above it, or the next line of that title."""
    text = line.text
    if line.role is Role.TEXT or len(text) > LONGEST_CHAPTER_LINE or (title and line.alone):
        return False
    if h.chapter(text) or h.CONTENTS.match(text) or label(text) or any(rule.match(text) for rule in NUMBERED):
        return False
    capitals = text.upper() == text and any(letter.isalpha() for letter in text)
    short = len(text.split()) <= 8 and not text.endswith((".", ";", ":", ","))
    return capitals or (not title and line.alone and short)


def _titles_annex(line: Line, annex: Line) -> bool:
    """The line is the title of the annex whose number stands above it: in the same bold capitals, and larger."""
    text = line.text
    if label(text) or len(text) > LONGEST_CHAPTER_LINE or line.role is Role.TEXT or not line.bold:
        return False
    return text.upper() == text and any(letter.isalpha() for letter in text) and line.size > annex.size + 1


def _split_number(text: str) -> h.Title:
    """Number and text of a declared heading; level 2 where its number does not tell."""
    for pattern, level in ((h.DECIMAL, 0), (h.ROMAN, 2), (h.LETTER, 2), (h.COUNTED, 3), (h.BRACKETED, 4), (h.GOAL, 5)):
        found = pattern.match(text)
        if found:
            number = found["number"] if level in (0, 4, 5) else f"{found['number']}."
            return h.Title(min(level, 4) or min(found["number"].count(".") + 1, 4), number, found["text"])
    found = h.APPENDIX.match(text)
    if found and found["text"]:
        return h.Title(1, f"Lampiran {found['number']}", found["text"])
    return h.Title(2, "", text)
