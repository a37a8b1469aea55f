"""Telling headings, list items, captions, contents lines and running headers apart, line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from selaras.documents.read.lines import Break, Grid, Item, Line, Role

LONGEST_HEADING = 160
LONGEST_CAPTION = 260
LONGEST_ENTRY = 400

PAGE_NUMBER = re.compile(
    r"^(?:[-–—|]?\s*)?(?:(?:hal(?:aman)?|page)\.?\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*[-–—|])?$", re.IGNORECASE
)
PAGE_OF = re.compile(r"^(?:hal(?:aman)?|page)\.?\s*\d+\s*(?:dari|of|/)\s*\d+$", re.IGNORECASE)
_PAGE = r"(?:(?:[IVXL]{1,5}|[A-Z])\s?[–-]\s?)?\d{1,4}|(?:[-–]\s?)?[ivxlIVXL]{1,7}|…|-"
ENTRY = re.compile(rf"^(?P<text>.*?)(?P<dots>[\s.·…_‧∙•]*)(?:\s|(?<=[.·…_‧∙]))(?P<page>{_PAGE})$")
PAGES_ONLY = re.compile(rf"^(?:{_PAGE})(?:\s+(?:{_PAGE}))+$")
EACH_PAGE = re.compile(_PAGE)
LISTED_TITLE = re.compile(
    r"^(?:Tabel|Gambar|Grafik|Bagan|Diagram|Lampiran|Foto)\b|^\d{1,2}(?:\.\d{1,2})+\.?\s", re.IGNORECASE
)
LEADERS = re.compile(r"(?:[.·…_‧∙]\s?){4,}|…{2,}|(?:\s[.·…‧∙])+[\s\u2060]+(?=\d{1,4}$)")
TWO_ENTRIES = re.compile(r"(?:\s[.·…‧∙])+[\s\u2060]+\d{1,4}(?=\s+[A-Z])")
"""The end of an entry whose leaders are too few to be seen, run together with the next one."""
CONTENTS = re.compile(
    r"^DAFTAR\s+(ISI|TABEL|GAMBAR|GRAFIK|LAMPIRAN|BAGAN|DIAGRAM|FOTO)\b(?:\s+(?:DAN|ISI|TABEL|GAMBAR|GRAFIK|LAMPIRAN|BAGAN))*$",
    re.IGNORECASE,
)
CHAPTER = re.compile(r"^BAB\s+(?P<number>[IVXL]+|\d{1,2})\b\s*[.:–—-]?\s*(?P<text>.*)$", re.IGNORECASE)
APPENDIX = re.compile(r"^LAMPIRAN\s+(?P<number>[IVXL]+|\d{1,2}|[A-Z])\b\s*[.:–—-]?\s*(?P<text>.*)$", re.IGNORECASE)
DECIMAL = re.compile(r"^(?P<number>[1-9]\d?(?:\.\d{1,2}){1,4})\.?\s+(?P<text>\D.*)$")
LETTER = re.compile(r"^(?P<number>[A-Z])\.\s+(?P<text>\S.*)$")
ROMAN = re.compile(r"^(?P<number>[IVX]{1,5})\.\s+(?P<text>\S.*)$")
COUNTED = re.compile(r"^(?P<number>\d{1,2})\.\s+(?P<text>\D.*)$")
GOAL = re.compile(r"^(?P<number>(?:Sasaran|Tujuan|Indikator|IKU)(?:\s+\w+)?\s+\d{1,2}\s*:)\s+(?P<text>\S.*)$")
BRACKETED = re.compile(r"^(?P<number>\(?(?:\d{1,2}|[a-z])\)(?:\s*[–-]\s*\(?\w{1,2}\))?)\s+(?P<text>\D.*)$")
SINGLE_BRACKETED = re.compile(r"^\(?(?P<number>\d{1,2}|[a-z])\)\s+\S")
LISTED = re.compile(r"^(?:[-–•*▪‣·✓➢❖o]\s+|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s|\([ivx]+\)\s)")
NAMED = re.compile(
    r"^(?:KATA\s+PENGH?ANTAR|PENGANTAR|PRAKATA|IKHTISAR\s+EKSEKUTIF|RINGKASAN\s+EKSEKUTIF|EXECUTIVE\s+SUMMARY|"
    r"PERNYATAAN\s+(?:TELAH\s+)?DIREVI[EU]W?U?|LAMPIRAN(?:\s*[-–]\s*LAMPIRAN)?|DAFTAR\s+(?:PUSTAKA|SINGKATAN)|"
    r"DOKUMENTASI(?:\s+KEGIATAN)?|LAMPIRAN\s+PERJANJIAN\s+KINERJA.*|"
    r"(?:PERJANJIAN|PERNYATAAN\s+PERJANJIAN|RENCANA|PENGUKURAN|PENETAPAN)\s+KINERJA(?:\s+(?:TAHUN(?:AN)?|PERUBAHAN)\b.*)?|"
    r"SASARAN\s+KINERJA\s+PEGAWAI|RENCANA\s+AKSI(?:\s+.*)?|INDIKATOR\s+KINERJA\s+UTAMA)$"
)
OUTLINE = re.compile(r"^sistem(?:atika)?\s+(?:penulisan|penyajian|laporan|penyusunan)", re.IGNORECASE)
PICTURE = re.compile(r"^(?:[\d.]+\s+)?(?:Gambar|Grafik|Diagram|Bagan|Foto)\s+\d", re.IGNORECASE)
PICTURE_BACKWARDS = re.compile(r"^\d+(?:\.\d+)*\.?\s+(?:Grafik|Gambar|Diagram|Bagan)\b", re.IGNORECASE)
_TABLE_NUMBER = r"(?:\d{1,3}|[IVXL]{1,5}|[A-Z])(?:\s?[.\-–]\s?(?:\d{1,3}|[A-Za-z]))*"
TABLE_LABEL = re.compile(
    rf"^(?:(?P<more>lanjutan|sambungan)\s+)?(?:Tabel|Table|Tabei)\s*(?P<number>{_TABLE_NUMBER})?(?![\w%])\s*[.:–—-]?\s*(?P<text>.*)$",
    re.IGNORECASE,
)
NUMBERED_TITLE = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?:Tabel\s+)?(?P<text>\D.*)$")
CONTINUED = re.compile(
    r"\(?\s*\b(?:lanjutan|sambungan|lanjt\.?|continued)\b[^()]*\)?\s*\.?\s*$|^\(?(?:lanjutan|sambungan)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"\b(?:menunjukkan|menggambarkan|menyajikan|memperlihatkan|dapat\s+(?:dilihat|diketahui|dijelaskan|disimpulkan)|"
    r"di\s?(?:atas|bawah)\s+(?:ini|dapat|menunjukkan|terlihat|diketahui|maka)|tersebut\s+di\s?atas|berikut\s+ini|sebagaimana|terlihat|maka)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^[A-Z][\w ]{2,30},\s*(?:(?:\d{1,2}|[.…\s]+)\s*[A-Z][a-z]+\s+\d{4}|[.…]{3,})\s*$")
"""Place and date of a signature; the post and the name stand in the lines below it."""
_BELOW_DATE = 8
_STEP = 40.0  # points: lines of other pages so near in height stand at the same place
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Title:
    """What a line says if it is a heading."""

    level: int
    number: str
    text: str


def ordinal(number: str) -> int:
    """The value of an Arabic or Roman numeral; 0 if it is none."""
    if number.isdecimal():
        return int(number)
    total = 0
    digits = [ROMAN_VALUES.get(letter, 0) for letter in number.upper()]
    for at, digit in enumerate(digits):
        total += -digit if at + 1 < len(digits) and digits[at + 1] > digit else digit
    return total


def chapter(text: str) -> Title | None:
    """`BAB II PERENCANAAN KINERJA` or `BAB II`; not a sentence that begins with a chapter's name."""
    found = CHAPTER.match(text)
    if not found or len(text) > LONGEST_HEADING or text.endswith((";", ",")) or re.match(r"(?i)bab\s+ini", text):
        return None
    title = found["text"].strip(" .")
    if title and (title[0].islower() or SENTENCE.search(title) or len(title.split()) > 15):
        return None
    return Title(1, f"BAB {found['number'].upper()}", title)


def _short(text: str) -> bool:
    ends = text.endswith((".", ";", ",", ":"))
    return len(text) <= LONGEST_HEADING and not (ends and (text[-1] != "." or len(text.split()) > 12))


def numbered(line: Line, *, listed: bool) -> Title | None:
    """A numbered heading below the chapters. `listed` says that the line stands in a run of list items."""
    text = line.text
    if not listed and (title := _marked(line)):
        return title
    if not _short(text) or PICTURE_BACKWARDS.match(text) or TABLE_LABEL.match(text):
        return None
    if (found := DECIMAL.match(text)) and found["text"][:1].isupper() and not LEADERS.search(text):
        return Title(min(found["number"].count(".") + 1, 4), found["number"], found["text"])
    sure = line.bold or (line.alone and not listed)
    for pattern, level in ((ROMAN, 2), (LETTER, 2), (COUNTED, 3)):
        found = pattern.match(text)
        if found and (sure or (level == 2 and not listed)) and found["text"][:1].isupper() and not text.endswith("."):
            return Title(level, f"{found['number']}.", found["text"])
    return None


def _marked(line: Line) -> Title | None:
    """`Sasaran 1: …` or `1) …` set apart from the text by bold or italic letters."""
    if len(line.text) > LONGEST_CAPTION:
        return None
    for pattern, level, apart in ((GOAL, 3, line.bold), (BRACKETED, 4, line.bold or line.italic)):
        found = pattern.match(line.text)
        if found and apart and found["text"][:1].isupper() and not line.text.endswith("."):
            return Title(level, found["number"], found["text"])
    return None


def named(line: Line) -> Title | None:
    """A heading without number that every report knows: `KATA PENGANTAR`, `LAMPIRAN`, `PERJANJIAN KINERJA TAHUN 2024`."""
    text = line.text
    if len(text) > LONGEST_HEADING or text.endswith((".", ";", ",", ":")):
        return None
    if CONTENTS.match(text) and text.upper() == text:
        return Title(1, "", text)
    upper = text.upper()
    known = NAMED.match(upper)
    if known and (text == upper or line.bold or (line.alone and len(text.split()) <= 4)):
        return Title(1, "", text)
    found = APPENDIX.match(text)
    if found and (text == upper or line.bold) and len(text.split()) <= 16:
        return Title(1, f"Lampiran {found['number']}", found["text"]) if found["text"] else Title(1, "", text)
    return None


def body_size(items: Sequence[Item]) -> float:
    """The font size of most of the text, 0 where it is not known."""
    weights: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Line) and item.size:
            weights[round(item.size, 1)] += len(item.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def is_page_number(text: str) -> bool:
    """The line is nothing but a page number."""
    return bool(PAGE_NUMBER.match(text) or PAGE_OF.match(text))


def running(items: Sequence[Item], *, depth: int = 5, least: int = 3) -> set[int]:
    """The positions of running headers, footers and page numbers: outermost lines of pages that come again and again.

    Lines are peeled off the pages from outside, at most `depth` from each end, as long as the same line (digits left out) is
    outermost on at least `least` pages, there at about the same height where the height is known: the name below a
    signature may end several pages too. Captions, chapters and contents lines are never among them.
    """
    pages = _pages(items)
    found = {at for at, item in enumerate(items) if isinstance(item, Line) and item.role is Role.MARGIN}
    if len(pages) < 2:
        return found
    for _ in range(depth):
        outer = [(number, at) for number, page in enumerate(pages) for at in _outermost(items, page, found)]
        counts = Counter(
            (key, level) for key, level, _ in {(_key(items[at]), _level(items[at]), page) for page, at in outer} if key
        )
        peeled = {at for _, at in outer if _again(items[at], counts) >= least or is_page_number(_text(items[at]))}
        if not peeled:
            break
        found |= peeled
    return found


def _level(item: Item) -> int:
    """The height of a line on its page in coarse steps; 0 where it is not known."""
    return round(item.bounds[1] / _STEP) if isinstance(item, Line) and item.bounds else 0


def _again(item: Item, counts: Counter[tuple[str, int]]) -> int:
    """On how many pages a line stands at about this height."""
    key, level = _key(item), _level(item)
    return sum(counts[key, level + step] for step in (-1, 0, 1))


def _pages(items: Sequence[Item]) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    for at, item in enumerate(items):
        if isinstance(item, Break):
            pages.append([])
        else:
            pages[-1].append(at)
    return [page for page in pages if page]


def _outermost(items: Sequence[Item], page: Sequence[int], peeled: set[int]) -> set[int]:
    left = [at for at in page if at not in peeled]
    signed = any(_SIGNED.match(_text(items[at])) for at in left[-_BELOW_DATE:])
    return {at for at in (*left[:1], *(() if signed else left[-1:])) if isinstance(items[at], Line)}


def _text(item: Item) -> str:
    return item.text if isinstance(item, Line) else ""


def _key(line: Item) -> str:
    if not isinstance(line, Line):
        return ""
    text = line.text
    if line.role not in (Role.UNKNOWN, Role.TEXT, Role.MARGIN) or len(text) > LONGEST_CAPTION or LISTED.match(text):
        return ""
    if chapter(text) or TABLE_LABEL.match(text) or PICTURE.match(text) or LEADERS.search(text) or DECIMAL.match(text):
        return ""
    if named(line):
        return ""
    return re.sub(r"\d+", "#", text.strip("* ").casefold())


def entry(text: str, *, inside: bool, told: bool = False) -> tuple[str, str] | None:
    """Title and page of a contents line. Outside a list of contents only a line with dot leaders before a page counts,

    unless the file itself says (`told`) that it is one: a blank to be filled in has dots too.
    """
    found = ENTRY.match(text) if len(text) <= LONGEST_ENTRY else None
    if not found or not found["text"].strip(" .") or re.fullmatch(r"(?i)(bab|lampiran|bagian)\s+\w+", text):
        return None
    page, led = found["page"], bool(LEADERS.search(text))
    if not (inside or told) and (not led or page in {"…", "-"}):
        return None
    if not led and (not inside or page in {"…", "-"} or re.fullmatch(r"\d{4}", page)):
        return None
    return found["text"].strip(" .·…_‧∙•"), page.strip("-– ")


def is_listed(items: Sequence[Item], at: int) -> bool:
    """The line at `at` has a neighbour that is an item of the same list."""
    line = items[at]
    assert isinstance(line, Line)
    mine = _counted(line.text)
    if not mine or line.alone:
        return False
    for neighbour in (at - 1, at + 1):
        other = items[neighbour] if 0 <= neighbour < len(items) else None
        if isinstance(other, Line) and (found := _counted(other.text)):
            step = _value(found["number"]) - _value(mine["number"])
            if step == neighbour - at:
                return True
    return False


def _counted(text: str) -> re.Match[str] | None:
    return COUNTED.match(text) or LETTER.match(text) or SINGLE_BRACKETED.match(text)


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else ord(number)


def decimals_are_headings(items: Sequence[Item]) -> bool:
    """The document numbers its sections 1.1, 1.2 …; then a bold `2.2 …` before a table is a heading, not a caption."""
    hits = 0
    waiting = False  # the item before was such a line
    for item in items:
        if isinstance(item, Break):
            continue
        hits += waiting and not isinstance(item, Grid)
        waiting = (
            isinstance(item, Line)
            and bool(DECIMAL.match(item.text))
            and not LEADERS.search(item.text)
            and _short(item.text)
        )
    return hits >= 2
