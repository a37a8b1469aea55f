"""Headings: chapters with the title below them, numbered sections, annexes, and those that the file declares."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from selaras.core.document import Heading
from selaras.documents.read import headings as h
from selaras.documents.read.assembly import Assembly
from selaras.documents.read.captions import label
from selaras.documents.read.lines import Line, Role

LONGEST_CHAPTER_LINE = 90
MOST_BETWEEN = 300  # blocks from one heading to the next
NUMBERED = (h.DECIMAL, h.LETTER, h.COUNTED)


def told_heading(work: Assembly, at: int, line: Line) -> int:
    """A heading that the file itself declares."""
    found = h.chapter(line.text) or _split_number(line.text)
    level = line.level or found.level
    text, number = found.text, found.number
    after = at + 1
    if number.startswith("BAB") and not text:
        follower = work.items[after] if after < len(work.items) else None
        if isinstance(follower, Line) and follower.role is Role.HEADING and not h.chapter(follower.text):
            text, after = follower.text, after + 1
    _add_heading(work, Heading(level, text, number, place=work.place(line)), line)
    return after


def heading(work: Assembly, at: int, line: Line) -> int | None:
    """A heading at `at`, told by its words, number and looks; returns where to go on, None if the line is no heading."""
    found = h.chapter(line.text)
    if found:
        return _chapter(work, at, line, found)
    if work.outlining and _in_outline(work, line):
        return None
    found = h.named(line) or h.numbered(line, listed=h.is_listed(work.items, at)) or _next_in_count(work, line)
    if found is None:
        return None
    if found.number and re.fullmatch(r"\d+(\.\d+)+", found.number) and not _trustworthy(work, line):
        return None
    return _annex(work, at, line, found)


def _next_in_count(work: Assembly, line: Line) -> h.Title | None:
    """`4. …` standing alone where the heading before it at that level was `3.`, even if it ends with a full stop."""
    found = h.COUNTED.match(line.text)
    if not found or not line.alone or len(line.text) > h.LONGEST_HEADING or line.text.endswith((";", ":", ",")):
        return None
    latest = islice(reversed(work.blocks), MOST_BETWEEN)
    before = next((block for block in latest if isinstance(block, Heading) and block.level <= 3), None)
    if before is None or before.level != 3 or before.number != f"{int(found['number']) - 1}.":
        return None
    return h.Title(3, f"{found['number']}.", found["text"])


def _trustworthy(work: Assembly, line: Line) -> bool:
    return work.decimals or line.bold or line.alone or line.role is Role.HEADING


def _in_outline(work: Assembly, line: Line) -> bool:
    """The line is an entry of an outline of chapters: a numbered heading before its first chapter is none."""
    return bool(work.outlined) or not h.numbered(line, listed=False)


def _chapter(work: Assembly, at: int, line: Line, found: h.Title) -> int | None:
    order = h.ordinal(found.number.removeprefix("BAB "))
    if work.outlining:
        told_in_sentences = work.broken and order > 1 and not work.outlined
        if order > work.outlined and not told_in_sentences and not _opens_page(work, line):
            work.outlined = order
            return None
        work.outlining = False
    title, after = found.text, at + 1
    quote = line.text
    while after < len(work.items) and after - at <= 3:
        follower = work.items[after]
        if not isinstance(follower, Line) or not _goes_with_chapter(follower, title):
            break
        title = f"{title} {follower.text}".strip()
        quote = f"{quote} {follower.text}"
        after += 1
    last = work.blocks[-1] if work.blocks else None
    made = Heading(1, title, found.number, place=replace(work.place(line), quote=quote))
    if isinstance(last, Heading) and last.full.casefold() == made.full.casefold():
        return after  # the divider page already said it
    _add_heading(work, made, line)
    return after


def _opens_page(work: Assembly, line: Line) -> bool:
    """The line begins a page and is set larger, or bold in the middle: no entry of an outline of chapters looks so."""
    return work.broken and line.bold and (line.centred or 0 < work.size < line.size - 1)


def _annex(work: Assembly, at: int, line: Line, found: h.Title) -> int:
    """`Lampiran 2` alone on its line, its title set apart in the next."""
    after = at + 1
    follower = work.items[after] if after < len(work.items) else None
    alone = h.APPENDIX.fullmatch(line.text)
    if alone and not alone["text"] and isinstance(follower, Line) and _titles_annex(follower, line):
        place = replace(work.place(line), quote=f"{line.text} {follower.text}")
        made = Heading(1, follower.text, f"Lampiran {alone['number']}", place=place)
        after += 1
    else:
        made = Heading(found.level, found.text, found.number, place=work.place(line))
    _add_heading(work, made, line)
    return after


def _add_heading(work: Assembly, heading: Heading, line: Line) -> None:
    work.listing = None
    if h.CONTENTS.match(heading.text) and not work.outlining:
        work.listing = work.contents if "ISI" in heading.text.upper().split() else work.lists
    elif h.OUTLINE.match(heading.text):
        work.outlining, work.outlined = True, 0
    elif work.outlining and line.role is Role.HEADING:
        work.outlining = False
    work.add(heading)


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
