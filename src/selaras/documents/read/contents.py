"""Lists of contents: which lines are entries of a table of contents or a list of tables, with their pages."""

from __future__ import annotations

from dataclasses import replace

from selaras.core.source import Entry
from selaras.documents.read import headings as h
from selaras.documents.read.assembly import Assembly
from selaras.documents.read.lines import Break, Line, Role

GAP_IN_CONTENTS = 3


def taken(work: Assembly, at: int, line: Line) -> bool:
    """Whether the line belongs to a list of contents; it is then kept there and not in the text."""
    if work.listing is not None and _is_page_column(work, line):
        return True
    if work.listing is not None and (end := h.TWO_ENTRIES.search(line.text)):
        first, second = line.text[: end.end()], line.text[end.end() :].strip()
        return taken(work, at, replace(line, text=first)) and taken(work, at, replace(line, text=second))
    found = h.entry(line.text, inside=work.listing is not None, told=line.role is Role.ENTRY)
    if found is None and (line.role is Role.ENTRY or _is_half_entry(work, at, line)):
        found = (line.text, "")
    if found is None:
        if not h.CONTENTS.match(line.text):
            work.listing = None
        return False
    where = work.listing if work.listing is not None else work.contents
    entry = Entry(found[0], found[1].strip("…"), line.line, line.page)
    if where and not where[-1].page and entry.page and entry.text[:1].islower():
        where[-1] = replace(where[-1], text=f"{where[-1].text} {entry.text}", page=entry.page)
    else:
        where.append(entry)
    return True


def _is_half_entry(work: Assembly, at: int, line: Line) -> bool:
    """The first half of an entry, a chapter line without page, or a title whose page stands elsewhere."""
    if work.listing is None or h.CONTENTS.match(line.text) or len(line.text) > h.LONGEST_CAPTION:
        return False
    return _more_entries(work, at) or (work.listing is work.lists and bool(h.LISTED_TITLE.match(line.text)))


def _is_page_column(work: Assembly, line: Line) -> bool:
    """A column of page numbers that was read apart from its titles: each goes to the entry it stands beside."""
    if work.listing is None or not h.PAGES_ONLY.match(line.text):
        return False
    pages = h.EACH_PAGE.findall(line.text)
    open_ = [at for at, entry in enumerate(work.listing) if not entry.page]
    if len(open_) == len(pages):
        for at, page in zip(open_, pages, strict=True):
            work.listing[at] = replace(work.listing[at], page=page)
    return True


def _more_entries(work: Assembly, at: int) -> bool:
    ahead = [item for item in work.items[at + 1 : at + 1 + 2 * GAP_IN_CONTENTS] if not isinstance(item, Break)]
    for item in ahead[:GAP_IN_CONTENTS]:
        if not isinstance(item, Line) or len(item.text) > h.LONGEST_CAPTION:
            return False
        if h.entry(item.text, inside=True):
            return True
    return False
