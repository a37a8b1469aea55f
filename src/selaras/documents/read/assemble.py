"""From lines, grids and page breaks to a `Reading`: the same code for every file form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from selaras.core.document import Block, Document, Heading, Table
from selaras.core.source import Form, Reading
from selaras.documents.read import headings as h
from selaras.documents.read import tables as t
from selaras.documents.read.assembly import Assembly
from selaras.documents.read.captions import captioned, placed
from selaras.documents.read.contents import taken
from selaras.documents.read.lines import Break, Grid, Item, Line, Role, tidy
from selaras.documents.read.table_slots import Draft
from selaras.documents.read.titles import heading, told_heading


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
    work = Assembly(_paragraphs(items), source)
    _run(work)
    document = Document(
        title=title or next((block.text for block in work.blocks if isinstance(block, Heading)), source),
        kind="", agency="", year=0, blocks=tuple(_finished(work)),
    )  # fmt: skip
    return Reading(
        source=source, form=form, document=document, pages=pages, unreadable=unreadable,
        contents=tuple(work.contents), lists=tuple(work.lists), margins=_once(work.margins),
        notes=(*notes, *work.notes), attachment=attachment,
    )  # fmt: skip


def _once(margins: Sequence[str]) -> tuple[str, ...]:
    """Each running header once, whatever page number it bears."""
    return tuple({re.sub(r"\d+", "#", margin.casefold()): margin for margin in reversed(margins)}.values())[::-1]


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
    if re.search(r"\w–$", before) and after[:1].isalnum():
        return before + after
    return f"{before} {after}"


def _run(work: Assembly) -> None:
    """Walk through all items once."""
    running = h.running(work.items)
    for at in sorted(running):
        item = work.items[at]
        if isinstance(item, Line) and not h.is_page_number(item.text):
            work.margins.append(item.text)
    work.items = [item for at, item in enumerate(work.items) if at not in running]
    work.decimals = h.decimals_are_headings(work.items)
    work.size = h.body_size(work.items)
    at = 0
    while at < len(work.items):
        item = work.items[at]
        if isinstance(item, Break):
            work.broken = True
            at += 1
        elif isinstance(item, Grid):
            at = placed(work, at, item)
        else:
            at = _line(work, at, item)


def _line(work: Assembly, at: int, line: Line) -> int:
    listed = line.role is Role.ENTRY or work.listing is not None or bool(h.LEADERS.search(line.text))
    if listed and taken(work, at, line):
        return at + 1
    if line.role is Role.HEADING:
        return told_heading(work, at, line)
    if line.role is Role.MARGIN:
        work.margins.append(line.text)
        return at + 1
    if (after := captioned(work, at, line)) is not None:
        return after
    if line.role in (Role.UNKNOWN, Role.CAPTION) and (after := heading(work, at, line)) is not None:
        return after
    work.paragraph(line)
    return at + 1


def _finished(work: Assembly) -> list[Block]:
    """The blocks with their tables made."""
    done: list[Block] = []
    count = 0
    for block in work.blocks:
        if isinstance(block, Draft):
            count += 1
            made: Table = t.finished(block, key=f"tabel-{count}", source=work.source)
            name = made.label or made.caption or f"tabel ke-{count}"
            work.notes += [f"{name}: {note}." for note in block.notes]
            done.append(made)
        else:
            done.append(block)
    return done
