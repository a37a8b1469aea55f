"""Unsur yang harus ada dalam laporan kinerja tidak ditemukan.

Mengapa: tanpa unsur itu laporan tidak menjawab yang diminta pedoman, dan reviu tidak dapat dilakukan.
Peraturan: Permenpan-RB 53/2014, Lampiran II.
Salah: bab akuntabilitas tanpa perbandingan dengan standar nasional dan tanpa pernyataan bahwa standar itu tidak ada.
Benar: perbandingan, atau satu kalimat bahwa standar nasional tidak ada.
"""

from __future__ import annotations

from collections.abc import Iterator

from selaras.core.document import Table
from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import saying, says
from selaras.review.outline import headings, is_interim, is_whole_report
from selaras.review.prose import any_of, first_place, nearest, quoted
from selaras.review.report import Report, Role, SentenceKind
from selaras.review.wordlists import Element, elements

CODE = "ST06"
KINDS = ("missing-element",)
LONGEST = 60
"""So long may a line be that is a heading because of its capitals."""
REACHED = (Role.REALISATION, Role.ACHIEVEMENT)
AIMS = (Role.TARGET, Role.FINAL_TARGET)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """The elements of the data file, in whole reports of a year only."""
    if not is_whole_report(report) or is_interim(report):
        return
    for element in elements():
        if not _present(report, element):
            yield Finding(
                CODE,
                "missing-element",
                Severity(element.severity),
                f"Tidak ditemukan: {element.name}",
                stated="tidak ada",
                expected=element.name,
                places=(_belongs(report, element),),
                regulation=element.regulation,
                suggestion=element.suggestion,
            )


def _present(report: Report, element: Element) -> bool:
    wanted = any_of(element.found_by)
    if element.code == "jangka-menengah" and _compares_with_plan_end(report):
        return True
    if element.code == "tahun-lalu" and _compares_with_last_year(report):
        return True
    if element.code == "anggaran" and any(grid.columns_of(Role.SPENT) for grid in report.grids):
        return True
    if element.scope == "text":
        return says(report, wanted)
    if element.scope == "statement":
        return _stated(report, element)
    if element.said_by and says(report, any_of(element.said_by)):
        return True
    captions = [block.caption for block in report.reading.document.blocks if isinstance(block, Table)]
    titles = [title.words for title in headings(report)]
    return any(wanted.search(text) for text in [*titles, *captions, *_shouted(report)])


def _shouted(report: Report) -> list[str]:
    """Short lines in capitals, which are headings though nothing marks them so."""
    return [
        sentence.text
        for sentence in report.sentences
        if sentence.kind is SentenceKind.TEXT and len(sentence.text) <= LONGEST and sentence.text.isupper()
    ]


def _compares_with_plan_end(report: Report) -> bool:
    """Whether one table holds realisations and the targets of the last year of the plan."""
    last = report.identity.plan_last
    return any(
        grid.columns_of(Role.REALISATION)
        and any(column.role in AIMS and column.year == last and last is not None for column in grid.columns)
        and last != report.identity.year
        for grid in report.grids
    )


def _compares_with_last_year(report: Report) -> bool:
    """Whether one table holds realisations or achievements of the year and of the one before."""
    year = report.identity.year
    if year is None:
        return False
    return any(
        any(column.year == year - 1 and column.role in REACHED for column in grid.columns)
        and any(column.year in (year, None) and column.role in REACHED for column in grid.columns)
        for grid in report.grids
    )


def _stated(report: Report, element: Element) -> bool:
    """A statement: the word, and beside it a quotation, a colon or `adalah`; nothing is missing where the word never stands."""
    wanted = any_of(element.found_by)
    spoken = [sentence.text for sentence in saying(report, wanted)]
    verbs = any_of(
        [rf"{word}\b[^.]{{0,80}}(?:[“\":]|adalah|yaitu|berbunyi|mengisyaratkan)" for word in element.found_by]
    )
    return not spoken or any(("“" in text and wanted.search(text)) or verbs.search(text) for text in spoken)


def _belongs(report: Report, element: Element) -> Place:
    """Where the element would stand: the heading that fits first, else the sentence that speaks of it, else the beginning."""
    for words in element.belongs:
        wanted = any_of([words])
        title = next((title for title in headings(report) if wanted.search(title.words)), None)
        if title is not None:
            return quoted(title.full, title.place)
        if element.belongs_in == "headings":
            continue
        cited = {id(citation.sentence) for citation in report.citations}
        spoken = [item for item in report.sentences if item.kind is not SentenceKind.CELL and id(item) not in cited]
        sentence = nearest(spoken, wanted)
        if sentence is not None:
            return quoted(sentence.text, sentence.place)
    return first_place(report)
