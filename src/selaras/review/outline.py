"""The skeleton of a document as rules see it: headings with parents, captions, numbering, entries of its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selaras.core.document import Heading, Paragraph, Table, plain
from selaras.core.place import Place
from selaras.core.source import Entry
from selaras.review.report import Report

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CHAPTER = re.compile(r"^\s*BAB\s+([IVXLC]+|\d+)\b[.:\s]*", re.IGNORECASE)
_LABEL = re.compile(
    r"^\s*(?:[-–•]\s*)?((?:\d{1,2}(?:\.\d{1,2})+)\.?|\d{1,2}[.)](?:\s?[–-]\s?\d{1,2}[.)])?|[A-Za-z][.)]|[IVX]{1,5}\.)\s+"
)
CAPTION = re.compile(
    r"^\s*\W{0,3}(Tabel|Gambar|Grafik|Diagram|Bagan)\s*\.?\s*((?:[A-Z]\.)?\d+(?:[.\-]\d+)*)\s*[.:]?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
FRONT = 5
"""So many lines from the top hold the title."""
_INTERIM = re.compile(
    r"\blaporan\s+(?:kinerja|capaian kinerja|pemantauan|monitoring)\b.{0,40}\b(?:triwulan|semester|bulan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A heading or an entry of the contents: its label (`BAB I`, `1.2`, `A.`), its words, its place."""

    label: str
    words: str
    level: int
    place: Place
    page: str = ""

    @property
    def full(self) -> str:
        """Label and words."""
        return f"{self.label} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of a table or picture: series (`Tabel`), number, title, whether a table stands with it."""

    series: str
    number: str
    title: str
    place: Place
    table: Table | None = None


def roman(text: str) -> int:
    """The value of a roman number, 0 if it is none."""
    total = 0
    for letter, following in zip(text.upper(), [*text.upper()[1:], ""], strict=True):
        value, after = ROMAN.get(letter, 0), ROMAN.get(following, 0)
        total += -value if value < after else value
    return total


def split_label(text: str) -> tuple[str, str]:
    """A title as label and words: `1.2 Tugas` gives `1.2`, `Tugas`; `BAB I PENDAHULUAN` gives `BAB I`, `PENDAHULUAN`."""
    chapter = _CHAPTER.match(text)
    if chapter:
        return f"BAB {chapter[1].upper()}", text[chapter.end() :].strip(" .:")
    label = _LABEL.match(text)
    if label:
        return label[1].rstrip(".)"), text[label.end() :].strip(" .:")
    return "", text.strip(" .:")


def headings(report: Report) -> list[Title]:
    """The headings of the text in order; a chapter whose number and name are repeated is given once."""
    found: list[Title] = report.once("headings", _headings)
    return found


def _headings(report: Report) -> list[Title]:
    found: list[Title] = []
    for block in report.reading.document.blocks:
        if isinstance(block, Heading):
            label, words = split_label(block.full)
            title = Title(label, words, block.level, block.place)
            if not any(
                before.full.casefold() == title.full.casefold() and before.level == title.level for before in found[-2:]
            ):
                found.append(title)
    return found


def entries(report: Report) -> list[Title]:
    """The entries of the printed table of contents; a bare `BAB I` is joined with the entry that names it."""
    found: list[Title] = report.once("entries", _entries)
    return found


def _entries(report: Report) -> list[Title]:
    found: list[Title] = []
    for entry in report.reading.contents:
        label, words = split_label(entry.text)
        if found and found[-1].label.startswith("BAB") and not found[-1].words and not label:
            found[-1] = Title(found[-1].label, words, 1, _at(report, entry), entry.page)
            continue
        found.append(Title(label, words, 1 if label.startswith("BAB") else 0, _at(report, entry), entry.page))
    return found


def list_entries(report: Report) -> list[Caption]:
    """The entries of the printed lists of tables and pictures."""
    found = []
    for entry in report.reading.lists:
        match = CAPTION.match(entry.text)
        if match:
            found.append(Caption(match[1].capitalize(), match[2], match[3].strip(" ."), _at(report, entry)))
    return found


def captions(report: Report) -> list[Caption]:
    """Every caption in the text, with the table that stands with it."""
    found: list[Caption] = report.once("captions", _captions)
    return found


def _captions(report: Report) -> list[Caption]:
    found: list[Caption] = []
    for block in report.reading.document.blocks:
        if isinstance(block, Table) and block.number:
            found.append(Caption("Tabel", block.number, block.caption, block.place, block))
        elif isinstance(block, Paragraph):
            match = CAPTION.match(plain(block.spans))
            if match and len(match[3].split()) <= 30 and not _speaks(match[3]):
                found.append(Caption(match[1].capitalize(), match[2], match[3].strip(" ."), block.place))
    return found


def tables(report: Report) -> Iterator[Table]:
    """The tables of the document in order."""
    return (block for block in report.reading.document.blocks if isinstance(block, Table))


def number_of(label: str) -> int:
    """The last number of a label: `BAB III` gives 3, `2.4` 4, `C` 3; 0 for one without a number."""
    last = label.removeprefix("BAB").strip().rsplit(".", 1)[-1]
    if last.isdigit():
        return int(last)
    if label.startswith("BAB") or len(last) > 1:
        return roman(last)
    return ord(last.lower()) - 96 if last.isalpha() else 0


def style_of(label: str) -> str:
    """What labels in one run have in common: the part before the last number, and how that is written."""
    before, _, last = label.rpartition(".")
    return before + ("1" if last.isdigit() else "A" if last.isupper() else "a")


def chapters(report: Report) -> list[tuple[Title, list[Title]]]:
    """Each chapter with the headings in it, in order."""
    found: list[tuple[Title, list[Title]]] = report.once("chapters", _chapters)
    return found


def _chapters(report: Report) -> list[tuple[Title, list[Title]]]:
    found: list[tuple[Title, list[Title]]] = []
    for title in headings(report):
        if title.label.startswith("BAB"):
            found.append((title, []))
        elif found and title.level > found[-1][0].level:
            found[-1][1].append(title)
        elif found and title.level <= found[-1][0].level:
            found.append((title, []))
    return [item for item in found if item[0].label.startswith("BAB")]


def is_whole_report(report: Report) -> bool:
    """Whether the document is a whole performance report: a chapter on accountability and another chapter."""
    chapters = [title for title in headings(report) if title.level == 1 or title.label.startswith("BAB")]
    names = " ".join(title.words.casefold() for title in chapters)
    return "akuntabilitas" in names and ("penutup" in names or "pendahuluan" in names)


def is_interim(report: Report) -> bool:
    """Whether the document reports on a quarter, a half or a month, of which the form of the yearly report asks nothing."""
    titles = [report.reading.document.title, *(sentence.text for sentence in report.sentences[:FRONT])]
    return any(_INTERIM.search(title) for title in titles)


def _speaks(words: str) -> bool:
    """Whether what follows `Tabel 3.1` goes on as a sentence (`Tabel 3.1 di atas menunjukkan …`)."""
    return bool(
        re.match(
            r"(?:di\s?atas|di\s?bawah|berikut|tersebut|menunjukkan|dapat|memperlihatkan|adalah|,)", words, re.IGNORECASE
        )
    )


def _at(report: Report, entry: Entry) -> Place:
    return Place(source=report.reading.source, page=entry.on_page, line=entry.line, quote=entry.text)
