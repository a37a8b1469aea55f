"""Captions and the tables that they stand at: bound to the table below or above, joined over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selaras.core.document import Heading, Paragraph
from selaras.core.place import Place
from selaras.documents.read import headings as h
from selaras.documents.read import tables as t
from selaras.documents.read.assembly import Assembly
from selaras.documents.read.lines import Break, Grid, Line, Role
from selaras.documents.read.table_parts import join
from selaras.documents.read.table_slots import Draft

MOST_CAPTION_LINES = 5


@dataclass(frozen=True, slots=True)
class Label:
    """What a caption says: the number of the table, its title, and whether it goes on from the page before."""

    number: str
    title: str
    goes_on: bool = False


def label(text: str) -> Label | None:
    """A caption of a table, or None: `Tabel 3.1 Laporan …`, `Tabel 2.`, `Lanjutan Tabel 4`."""
    found = h.TABLE_LABEL.match(text)
    if not found or len(text) > h.LONGEST_CAPTION:
        return None
    title = found["text"].strip()
    if not found["number"] and title and not h.CONTINUED.search(text):
        again = h.NUMBERED_TITLE.match(title)
        return Label(again["number"], again["text"]) if again else None
    sentence = title and (title[0].islower() or (h.SENTENCE.search(title) and title.endswith(".")))
    if sentence and not h.CONTINUED.search(title):
        return None
    goes_on = bool(found["more"] or h.CONTINUED.search(title))
    number = re.sub(r"\s", "", found["number"] or "").replace("–", "-").rstrip(".-")
    return Label(number, "" if goes_on and h.CONTINUED.sub("", title) == "" else title.rstrip(" :"), goes_on)


def captioned(work: Assembly, at: int, line: Line) -> int | None:
    """A caption at `at`: bound to the table after it, or to the one before; returns where to go on."""
    found = label(line.text)
    if found is None:
        found = _bare_caption(work, at, line)
        if found is None:
            return None
    if found.goes_on and work.last_table() is not None:
        work.told = True
        return at + 1
    parts, after = [line], at + 1
    while after < len(work.items) and len(parts) <= MOST_CAPTION_LINES:
        follower = work.items[after]
        if isinstance(follower, Break):
            after += 1
            continue
        if not isinstance(follower, Line) or not _is_caption_line(work, follower, after):
            break
        parts.append(follower)
        after += 1
    target = work.items[after] if after < len(work.items) else None
    if isinstance(target, Grid):
        return _bound(work, after, target, found, parts)
    return _caption_below(work, at, line, found)


def _bare_caption(work: Assembly, at: int, line: Line) -> Label | None:
    """A bold `2.2 Perjanjian Kinerja …` right above a table, in a document that numbers no sections that way."""
    following = work.items[at + 1] if at + 1 < len(work.items) else None
    found = h.NUMBERED_TITLE.match(line.text)
    backwards = re.match(r"^[\d.]+\s+Tabel\b", line.text)
    if (
        found
        and isinstance(following, Grid)
        and (backwards or (line.bold and not work.decimals))
        and line.role is not Role.HEADING
    ):
        return Label(found["number"], found["text"])
    return None


def _is_caption_line(work: Assembly, line: Line, at: int) -> bool:
    if len(line.text) > 200 or line.role in (Role.HEADING, Role.ITEM, Role.ENTRY) or label(line.text):
        return False
    if line.text.endswith((";", ":")) or (line.text.endswith(".") and len(line.text) > 60):
        return False
    if h.chapter(line.text) or h.LISTED.match(line.text):
        return False
    if h.NUMBERED_TITLE.match(line.text):
        before = work.items[at - 1]
        return isinstance(before, Line) and bool(re.fullmatch(r"Tabel\.?", before.text, re.IGNORECASE))
    return True


def _bound(work: Assembly, at: int, grid: Grid, found: Label, parts: Sequence[Line]) -> int:
    number, titles = found.number, [found.title]
    for line in parts[1:]:
        again = h.NUMBERED_TITLE.match(line.text)
        if not number and again:
            number, text = again["number"], again["text"]
        else:
            text = line.text
        titles.append(text)
    title = " ".join(part for part in titles if part)
    place = replace(work.place(parts[0]), quote=" ".join(line.text for line in parts))
    last = work.last_table()
    if last is not None and number and last.number == number and join(last, grid, over_break=True, told=not title):
        return at + 1
    drawn = t.draft(grid)
    if drawn is None:
        return at + 1
    drawn.caption, drawn.number, drawn.place = title, number, place
    work.add(drawn)
    return at + 1


def _caption_below(work: Assembly, at: int, line: Line, found: Label) -> int | None:
    last = work.blocks[-1] if work.blocks else None
    if isinstance(last, Draft) and not last.number and not last.caption and found.title:
        last.caption, last.number, last.place = found.title, found.number, work.place(line)
        return at + 1
    work.paragraph(line)  # a caption without its table (a picture): still text that others may refer to
    return at + 1


def placed(work: Assembly, at: int, grid: Grid) -> int:
    """The grid at `at` made a table of its own, or a part of the one before it; returns where to go on."""
    last = work.last_table()
    if last is None and _behind_repeated_title(work, grid):
        return at + 1
    anew = bool(grid.caption)
    if last is not None and not anew and join(last, grid, over_break=work.broken, told=work.told):
        work.broken = work.told = False
        return at + 1
    drawn = t.draft(grid)
    if drawn is not None:
        if grid.caption:
            found = label(grid.caption)
            drawn.caption, drawn.number = (found.title, found.number) if found else (grid.caption, "")
            drawn.place = Place(page=grid.page, line=grid.line, quote=grid.caption)
        work.add(drawn)
    work.listing = None
    return at + 1


def _behind_repeated_title(work: Assembly, grid: Grid) -> bool:
    """Joined to the table before a line that only repeats that table's first header row; the line is then dropped."""
    if len(work.blocks) < 2:
        return False
    between, table = work.blocks[-1], work.blocks[-2]
    if not isinstance(table, Draft) or not isinstance(between, Heading | Paragraph) or not table.headers:
        return False
    first = [slot.text for slot in table.rows[0] if slot.text]
    same = len(first) == 1 and first[0].casefold() == between.place.quote.casefold()
    if not (same and join(table, grid, over_break=False)):
        return False
    work.blocks.pop()
    work.broken = work.told = False
    return True
